#include "ui/ladder/segments.hpp"

#include "app/bundles.hpp"
#include "ui/ladder/segment_label.hpp"

#include <algorithm>
#include <cmath>
#include <string>

namespace ui {
namespace {

ImVec2 at(const Point& point) {
  return {point.x, point.y};
}

/// A reset, and what is lost, has a colour of its own; so has what moves now.
ImU32 colour_of(const Frame& frame, const core::Transmission& sent, bool lost, bool current) {
  if (lost || sent.segment.flags.rst) return frame.colour.lost;
  return current ? frame.colour.accent : frame.colour.ink;
}

void cross(const Frame& frame, ImVec2 centre, ImU32 colour) {
  const float half = frame.sizes.arrow_head * 0.6F;
  const float thick = frame.sizes.arrow * 1.5F;
  frame.draw.AddLine({centre.x - half, centre.y - half}, {centre.x + half, centre.y + half}, colour,
                     thick);
  frame.draw.AddLine({centre.x - half, centre.y + half}, {centre.x + half, centre.y - half}, colour,
                     thick);
}

void shaft(const Frame& frame, ImVec2 from, ImVec2 tip, ImU32 colour, bool repeated) {
  if (repeated) {
    dashes(frame, from, tip, colour, frame.sizes.arrow, frame.sizes.gap);
  } else {
    frame.draw.AddLine(from, tip, colour, frame.sizes.arrow);
  }
}

/// How far an arrow between two rows has come.
float way(const app::RunView& run, int leaves, int ends) {
  return std::clamp(
      (run.position() - static_cast<float>(leaves)) / static_cast<float>(ends - leaves), 0.0F,
      1.0F);
}

void draw_words(const LadderScene& scene, const core::Transmission& sent, ImU32 colour,
                bool on_its_way) {
  const app::SegmentWords& words = scene.run.facts.words(sent.number);
  const Box box = draw_label(scene,
                             {.segment = sent.number,
                              .number = std::to_string(sent.number),
                              .flags = words.flags,
                              .values = words.values(scene.run.real_numbers)},
                             colour);
  item(scene.frame, ladder_id("segment", sent.number),
       app::sentence_of(sent, words, scene.run.real_numbers, on_its_way), box);
}

// --- Bundles ------------------------------------------------------------------------------------

/// The edges of a bundle as far as they have come, and what lies between them.
void draw_sheaf(const LadderScene& scene, const app::Bundle& bundle,
                const app::BundleCount& count) {
  const Frame& frame = scene.frame;
  const auto& timeline = scene.run.timeline;
  const core::Transmission& leader = timeline.segment(bundle.segments.front());
  const auto edge = [&](int leaves, int ends) {
    const Arrow arrow = scene.arrows.from(leader.from, leaves, ends);
    const float reach = std::lerp(frame.sizes.sets_out, 1.0F, way(scene.run, leaves, ends));
    return Arrow{arrow.from, between(arrow.from, arrow.to, reach)};
  };
  const Arrow upper = edge(count.first_leaves, count.first_end);
  const Arrow lower = edge(count.last_leaves, count.last_end);
  std::vector<ImVec2> outline = {at(upper.from), at(upper.to)};
  if (count.arrived > count.first_end && count.arrived < count.last_end) {
    outline.push_back(at(scene.arrows.from(leader.from, count.last_leaves, count.arrived).to));
  }
  outline.push_back(at(lower.to));
  outline.push_back(at(lower.from));
  // Dear ImGui wants corners clockwise.
  if (leader.from == core::Side::Server) std::ranges::reverse(outline);
  const bool current = count.last_leaves == scene.run.step;
  const ImU32 colour = colour_of(frame, leader, false, current);
  frame.draw.AddConvexPolyFilled(outline.data(), static_cast<int>(outline.size()), veiled(colour));
  const auto draw_edge = [&](const Arrow& arrow, bool on_its_way) {
    shaft(frame, at(arrow.from), at(arrow.to), colour, leader.repeated);
    if (on_its_way) arrow_head(frame, at(arrow.from), at(arrow.to), colour);
  };
  draw_edge(upper, count.arrived == 0);
  draw_edge(lower, count.delivered + count.lost < count.sent);
}

/// Where the segments of a bundle end, each has its head or its cross; the one that ends now has
/// its arrow.
void draw_ends(const LadderScene& scene, const app::Bundle& bundle) {
  const Frame& frame = scene.frame;
  for (const int segment : bundle.segments) {
    const app::Flight& flight = scene.run.facts.flight(segment);
    const int ends = flight.ends.value_or(0);
    if (ends < scene.first || ends > scene.last) continue;
    const core::Transmission& sent = scene.run.timeline.segment(segment);
    const bool current = ends == scene.run.step;
    const ImU32 colour = colour_of(frame, sent, flight.lost, current);
    const Arrow arrow = scene.arrows.of(segment);
    const ImVec2 from = at(arrow.from);
    const ImVec2 tip = at(between(arrow.from, arrow.to, flight.lost ? frame.sizes.dies_at : 1.0F));
    if (current) shaft(frame, from, tip, colour, flight.repeated);
    end_arrow(frame, from, tip, colour, flight.lost);
  }
}

void draw_bundle(const LadderScene& scene, const app::Bundle& bundle) {
  const app::RunView& run = scene.run;
  const int leader = bundle.segments.front();
  const auto count_at = [&](int step) { return app::count(bundle, run.timeline, run.facts, step); };
  const auto label = [&](const app::BundleWords& words) {
    return LabelWords{.segment = leader,
                      .number = words.numbers,
                      .flags = words.what,
                      .values = {words.octets},
                      .lost = words.lost};
  };
  // Its words have the room that they will need in the end.
  const core::Transmission& sent = run.timeline.segment(leader);
  if (scene.labels.find(leader) == nullptr) {
    placed(scene, label(app::words_of(bundle, count_at(run.steps()), run.timeline, run.facts)));
  }
  const app::BundleCount count = count_at(run.step);
  draw_sheaf(scene, bundle, count);
  draw_ends(scene, bundle);
  const app::BundleWords words = app::words_of(bundle, count, run.timeline, run.facts);
  const bool current = count.last_leaves == run.step;
  item(scene.frame, ladder_id("bundle", leader), words.said,
       draw_label(scene, label(words), colour_of(scene.frame, sent, false, current)));
}

}  // namespace

void draw_segment(const LadderScene& scene, int segment) {
  if (const app::Bundle* bundle = scene.run.facts.bundle(segment)) {
    draw_bundle(scene, *bundle);
    return;
  }
  const core::Transmission& sent = scene.run.timeline.segment(segment);
  const app::Flight& flight = scene.run.facts.flight(segment);
  const Frame& frame = scene.frame;
  const Sizes& sizes = scene.sizes;
  const int ends = flight.row_of_end();
  const float gone = way(scene.run, flight.leaves, ends);
  const bool over = flight.ends.has_value() && gone >= 1;
  const Arrow arrow = scene.arrows.of(segment);
  const float reach = std::lerp(sizes.sets_out, flight.lost ? sizes.dies_at : 1.0F, gone);
  const ImVec2 from = at(arrow.from);
  const ImVec2 tip = at(between(arrow.from, arrow.to, reach));
  const bool current = flight.leaves == scene.run.step || ends == scene.run.step;
  const ImU32 colour = colour_of(frame, sent, over && flight.lost, current);
  shaft(frame, from, tip, colour, flight.repeated);
  end_arrow(frame, from, tip, colour, over && flight.lost);
  draw_words(scene, sent, colour, !over);
}

void draw_segment_of_network(const LadderScene& scene, int segment) {
  const core::Transmission& sent = scene.run.timeline.segment(segment);
  const app::Flight& flight = scene.run.facts.flight(segment);
  const Frame& frame = scene.frame;
  const Sizes& sizes = scene.sizes;
  const Arrow arrow = scene.arrows.labelled(segment);
  const ImVec2 tail = at(arrow.from);
  const ImVec2 target = at(arrow.to);
  const ImU32 colour = colour_of(frame, sent, flight.lost, flight.leaves == scene.run.step);
  dashes(frame, tail, target, colour, sizes.arrow, sizes.gap / 3);
  frame.draw.AddCircleFilled(tail, sizes.arrow_head / 2, frame.colour.paper);
  frame.draw.AddCircle(tail, sizes.arrow_head / 2, colour, 0, sizes.arrow);
  end_arrow(frame, tail, target, colour, flight.lost);
  draw_words(scene, sent, colour, false);
}

void end_arrow(const Frame& frame, ImVec2 from, ImVec2 tip, ImU32 colour, bool lost) {
  if (lost) {
    cross(frame, tip, colour);
  } else {
    arrow_head(frame, from, tip, colour);
  }
}

void arrow_head(const Frame& frame, ImVec2 from, ImVec2 tip, ImU32 colour) {
  const float length = std::hypot(tip.x - from.x, tip.y - from.y);
  const ImVec2 along = {(tip.x - from.x) / length, (tip.y - from.y) / length};
  const float size = std::min(frame.sizes.arrow_head, length);
  const ImVec2 base = {tip.x - along.x * size, tip.y - along.y * size};
  const float half = size / 2.2F;
  frame.draw.AddTriangleFilled(tip, {base.x - along.y * half, base.y + along.x * half},
                               {base.x + along.y * half, base.y - along.x * half}, colour);
}

}  // namespace ui
