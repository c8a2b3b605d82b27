#include "ui/ladder/segments.hpp"

#include <algorithm>
#include <cmath>

namespace ui {
namespace {

struct Line {
  ImVec2 from;
  ImVec2 target;
};

/// From lifeline to lifeline, between these heights.
Line line(const LadderScene& scene, const core::Transmission& sent, float from_y, float target_y) {
  const core::Side to = core::other(sent.from);
  const float half = scene.sizes.lifeline / 2;
  return {{scene.layout.x(sent.from) - outward(sent.from) * half, from_y},
          {scene.layout.x(to) - outward(to) * half, target_y}};
}

/// The whole way of a segment, wherever on it the segment is.
Line line(const LadderScene& scene, const core::Transmission& sent) {
  const app::Flight& flight = scene.run.facts.flight(sent.number);
  const LadderLayout& layout = scene.layout;
  if (sent.of_network()) {
    const float end = layout.y(flight.leaves);
    return line(scene, sent, end - layout.row() / 2, end);
  }
  return line(scene, sent, layout.y(flight.leaves), layout.y(flight.row_of_end()));
}

ImVec2 between(ImVec2 from, ImVec2 target, float share) {
  return {std::lerp(from.x, target.x, share), std::lerp(from.y, target.y, share)};
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

Arrow arrow_of(const Line& line) {
  return {{line.from.x, line.from.y}, {line.target.x, line.target.y}};
}

/// The arrows of the other segments that are on their way while this one is. Where there are more
/// than words could avoid, those that leave next before and after it count.
std::vector<Arrow> arrows_beside(const LadderScene& scene, const core::Transmission& sent) {
  constexpr std::size_t most = 64;
  const app::Flight& flight = scene.run.facts.flight(sent.number);
  const std::vector<int> near =
      scene.run.facts.segments_between(flight.leaves - 2, flight.row_of_end() + 1);
  std::size_t first = 0;
  if (near.size() > most) {
    const auto own = static_cast<std::size_t>(std::ranges::find(near, sent.number) - near.begin());
    first = std::min(own - std::min(own, most / 2), near.size() - most);
  }
  const Arrow own = arrow_of(line(scene, sent));
  const float row = scene.layout.row();
  std::vector<Arrow> out;
  for (std::size_t i = first; i < std::min(near.size(), first + most); ++i) {
    if (near[i] == sent.number) continue;
    const Arrow other = arrow_of(line(scene, scene.run.timeline.segment(near[i])));
    const bool beside = other.to.y > own.from.y - row && other.from.y < own.to.y + row;
    if (beside) out.push_back(other);
  }
  return out;
}

struct LabelTypes {
  Type numeral;
  Type flags;
  Type values;
};

/// The ways to set a label: with all numbers or fewer, in one line or in two.
std::vector<LabelVariant> variants(const LabelTypes& types, const app::SegmentWords& words,
                                   const std::vector<std::string>& values, float disc) {
  std::vector<LabelVariant> out;
  for (const std::string& shown : values) {
    for (const bool one_line : {true, false}) {
      out.push_back({.number = disc,
                     .flags = width_of(types.flags, words.flags),
                     .values = width_of(types.values, shown),
                     .one_line = one_line});
    }
  }
  return out;
}

/// Number, flags and sequence numbers along the arrow: in one line above it where there is room,
/// else the sequence numbers below it, clear of other arrows and their labels.
void draw_label(const LadderScene& scene, const core::Transmission& sent, const Line& arrow,
                ImU32 colour, bool on_its_way, std::vector<OrientedBox>& labels) {
  Frame& frame = scene.frame;
  const Sizes& sizes = scene.sizes;
  const app::SegmentWords& words = scene.run.facts.words(sent.number);
  const std::vector<std::string>& values = words.values(scene.run.real_numbers);
  const LabelTypes types = {.numeral = {frame.fonts.bold, sizes.small, frame.colour.paper},
                            .flags = {frame.fonts.mono_bold, sizes.small, colour},
                            .values = scene.mono(frame.colour.faint)};
  // The number's disc becomes longer where the number does.
  const std::string number = std::to_string(sent.number);
  const float disc = std::max(2 * sizes.disc, width_of(types.numeral, number) + sizes.gap / 2);
  const LabelPlacement placed = place_label(arrow_of(arrow), variants(types, words, values, disc),
                                            arrows_beside(scene, sent), labels,
                                            {.text = sizes.small,
                                             .above = sizes.label_above,
                                             .below = sizes.label_below,
                                             .disc = sizes.disc,
                                             .after = sizes.gap,
                                             .between = 2 * sizes.gap,
                                             .margin = sizes.margin});
  labels.insert(labels.end(), placed.covers.begin(), placed.covers.end());

  const auto [x, y] = placed.number;
  const Box round = {{x - disc / 2, y - sizes.disc}, {x + disc / 2, y + sizes.disc}};
  const Box box = scene.unless_cut(round.min.y, [&] {
    frame.draw.AddRectFilled(round.min, round.max, colour, sizes.disc);
    text_in(frame, types.numeral, round, number);
    const Box head = join(round, text_along(frame, types.flags, placed.flags, words.flags));
    const std::string& shown = values[placed.setting / 2];
    const Box rest = text_along(frame, types.values, placed.values, shown);
    // A box around a steep line of text would be mostly empty: the head stands for all of it.
    constexpr float steep = 0.2F;
    const bool flat =
        std::abs(arrow.target.y - arrow.from.y) < steep * std::abs(arrow.target.x - arrow.from.x);
    return flat ? join(head, rest) : head;
  });
  item(frame, ladder_id("segment", sent.number),
       app::sentence_of(sent, words, scene.run.real_numbers, on_its_way), box);
}

}  // namespace

void draw_segment(const LadderScene& scene, int segment, std::vector<OrientedBox>& labels) {
  const core::Transmission& sent = scene.run.timeline.segment(segment);
  const app::Flight& flight = scene.run.facts.flight(segment);
  Frame& frame = scene.frame;
  const Sizes& sizes = scene.sizes;
  const int ends = flight.row_of_end();
  const float way = std::clamp((scene.run.position() - static_cast<float>(flight.leaves)) /
                                   static_cast<float>(ends - flight.leaves),
                               0.0F, 1.0F);
  const bool over = flight.ends.has_value() && way >= 1;
  const auto [from, target] = line(scene, sent);
  const float reach = std::lerp(sizes.sets_out, flight.lost ? sizes.dies_at : 1.0F, way);
  const ImVec2 tip = between(from, target, reach);
  const bool current = flight.leaves == scene.run.step || ends == scene.run.step;
  const ImU32 colour = colour_of(frame, sent, over && flight.lost, current);
  if (flight.repeated) {
    dashes(frame, from, tip, colour, sizes.arrow, sizes.gap);
  } else {
    frame.draw.AddLine(from, tip, colour, sizes.arrow);
  }
  if (over && flight.lost) {
    cross(frame, tip, colour);
  } else {
    arrow_head(frame, from, tip, colour);
  }
  const ImVec2 end = flight.lost ? between(from, target, sizes.dies_at) : target;
  draw_label(scene, sent, {from, end}, colour, !over, labels);
}

void draw_segment_of_network(const LadderScene& scene, int segment,
                             std::vector<OrientedBox>& labels) {
  const core::Transmission& sent = scene.run.timeline.segment(segment);
  const app::Flight& flight = scene.run.facts.flight(segment);
  Frame& frame = scene.frame;
  const Sizes& sizes = scene.sizes;
  const auto [from, target] = line(scene, sent);
  const ImVec2 tail = between(from, target, sizes.appears_at);
  const ImU32 colour = colour_of(frame, sent, flight.lost, flight.leaves == scene.run.step);
  dashes(frame, tail, target, colour, sizes.arrow, sizes.gap / 3);
  frame.draw.AddCircleFilled(tail, sizes.arrow_head / 2, frame.colour.paper);
  frame.draw.AddCircle(tail, sizes.arrow_head / 2, colour, 0, sizes.arrow);
  if (flight.lost) {
    cross(frame, target, colour);
  } else {
    arrow_head(frame, tail, target, colour);
  }
  draw_label(scene, sent, {tail, target}, colour, false, labels);
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
