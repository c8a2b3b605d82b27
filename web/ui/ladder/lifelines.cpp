#include "ui/ladder/lifelines.hpp"

#include "app/say.hpp"
#include "core/base/message.hpp"
#include "core/base/text.hpp"

#include <algorithm>
#include <array>

namespace ui {
namespace {

void draw_part(const LadderScene& scene, core::Side side, int step) {
  const LadderLayout& layout = scene.layout;
  const core::Endpoint& at = scene.run.at(step).world.at(side);
  const float half = scene.sizes.lifeline / 2;
  const float x = layout.x(side);
  const float from = layout.y(step);
  const float to = step == scene.run.step ? std::max(scene.now(), from) + scene.sizes.below_now
                                          : layout.y(step + 1);
  const ImU32 colour = state_colours(at.tcb.state, scene.frame.dark).shape;
  if (!at.up) {
    dashes(scene.frame, {x, from}, {x, to}, colour, scene.sizes.arrow, scene.sizes.gap / 2);
    return;
  }
  scene.frame.draw.AddRectFilled({x - half, from}, {x + half, to}, colour);
  // A later incarnation has a line that is hollow.
  if (at.incarnation > 1 && at.tcb.state != core::State::Closed) {
    const float third = scene.sizes.lifeline / 3;
    const float left = x - half + third;
    scene.frame.draw.AddRectFilled({left, from}, {left + third, to}, scene.frame.colour.paper);
  }
}

/// Whether words stand where the now line would run between the lifelines: those of a segment that
/// is on its way, or of the half-closed time.
bool has_words(const app::RunView& run) {
  if (run.current().kind == core::StepKind::Annotation) return true;
  const std::vector<int> near = run.facts.arrows_between(run.step, run.step);
  return std::ranges::any_of(near, [&](int segment) {
    const app::Flight& flight = run.facts.flight(segment);
    const bool arrives = flight.ends.has_value() || run.facts.bundle(segment) != nullptr;
    return flight.leaves == run.step || (arrives && run.facts.last_row(segment) > run.step);
  });
}

}  // namespace

void draw_band(const LadderScene& scene) {
  const app::RunView& run = scene.run;
  const LadderLayout& layout = scene.layout;
  const float half = scene.sizes.lifeline / 2;
  const float left = layout.x(core::Side::Client) + half;
  const float right = layout.x(core::Side::Server) - half;
  const float now = scene.now() + scene.sizes.below_now;
  for (int step = scene.first; step <= scene.last; ++step) {
    const auto open = core::half_closed(run.at(step).world);
    if (!open) continue;
    const float from = layout.y(step);
    if (step == run.step) {
      scene.frame.draw.AddRectFilled({left, from}, {right, scene.now() + scene.sizes.small},
                                     scene.frame.colour.band);
      continue;
    }
    // The pipe that is still open is so until its FIN has come through.
    const float to = layout.y(step + 1);
    float closed_at = to;
    for (const int segment : run.facts.arrows_between(step + 1, step + 1)) {
      const core::Transmission& sent = run.timeline.segment(segment);
      const bool closes = sent.from == *open && sent.segment.flags.fin &&
                          run.facts.flight(segment).leaves == step + 1;
      if (closes) closed_at = std::max(to, std::min(scene.arrows.of(segment).to.y, now));
    }
    const bool by_server = *open == core::Side::Server;
    const std::array<ImVec2, 4> corners = {{{left, from},
                                            {right, from},
                                            {right, by_server ? to : closed_at},
                                            {left, by_server ? closed_at : to}}};
    scene.frame.draw.AddConvexPolyFilled(corners.data(), corners.size(), scene.frame.colour.band);
  }
}

void draw_now_line(const LadderScene& scene) {
  const LadderLayout& layout = scene.layout;
  const Sizes& sizes = scene.sizes;
  const float y = scene.now();
  if (y > layout.rows().max.y) return;
  const float left = layout.rows().min.x + sizes.margin;
  const float right = layout.rows().max.x - sizes.margin;
  const ImU32 colour = scene.frame.colour.accent;
  const bool labelled = has_words(scene.run);
  const std::array<float, 4> ends = {left, layout.x(core::Side::Client),
                                     layout.x(core::Side::Server), right};
  for (std::size_t i = 0; i + 1 < ends.size(); ++i) {
    if (i == 1 && labelled) continue;
    dashes(scene.frame, {ends[i], y}, {ends[i + 1], y}, colour, sizes.hairline, sizes.gap / 2);
  }
}

void draw_lifelines(const LadderScene& scene) {
  for (const core::Side side : sides) {
    for (int step = scene.first; step <= scene.last; ++step) draw_part(scene, side, step);
  }
}

void draw_fade(const LadderScene& scene) {
  const Box& rows = scene.layout.rows();
  const ImU32 solid = scene.frame.colour.paper;
  const ImU32 clear = transparent(solid);
  const float fade = scene.sizes.fade;
  const float above = scene.layout.scrolled();
  if (above >= 1) {
    scene.frame.draw.AddRectFilledMultiColor(rows.min, {rows.max.x, rows.min.y + fade}, solid,
                                             solid, clear, clear);
  }
  const int more = scene.run.preview ? scene.run.steps() : scene.run.step;
  if (scene.layout.y(more) > rows.max.y) {
    scene.frame.draw.AddRectFilledMultiColor({rows.min.x, rows.max.y - fade}, rows.max, clear,
                                             clear, solid, solid);
  }
}

}  // namespace ui
