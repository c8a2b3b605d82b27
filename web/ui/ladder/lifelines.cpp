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
  const float to = step == scene.run.step
                       ? std::max(scene.now(), from) + layout.row() * scene.sizes.below_now
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

/// A segment that is on its way has its label where the now line would run between the lifelines.
bool on_the_way(const app::RunView& run) {
  const std::vector<int> near = run.facts.arrows_between(run.step, run.step);
  return std::ranges::any_of(near, [&](int segment) {
    const app::Flight& flight = run.facts.flight(segment);
    const bool arrives = flight.ends.has_value() || run.facts.bundle(segment) != nullptr;
    return flight.leaves == run.step || (arrives && run.facts.last_row(segment) > run.step);
  });
}

}  // namespace

void draw_band(const LadderScene& scene) {
  const LadderLayout& layout = scene.layout;
  const float half = scene.sizes.lifeline / 2;
  for (int step = scene.first; step <= scene.last; ++step) {
    if (!scene.half_closed(step)) continue;
    const float end = step == scene.run.step ? scene.now() : layout.y(step + 1);
    scene.frame.draw.AddRectFilled({layout.x(core::Side::Client) + half, layout.y(step)},
                                   {layout.x(core::Side::Server) - half, end},
                                   scene.frame.colour.band);
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
  // On a narrow stage there is always a label between the lifelines.
  const bool labelled = sizes.pill == 0 || on_the_way(scene.run);
  const std::array<float, 4> ends = {left, layout.x(core::Side::Client),
                                     layout.x(core::Side::Server), right - sizes.pill};
  for (std::size_t i = 0; i + 1 < ends.size(); ++i) {
    if (i == 1 && labelled) continue;
    dashes(scene.frame, {ends[i], y}, {ends[i + 1], y}, colour, sizes.hairline, sizes.gap / 2);
  }
  if (sizes.pill == 0) return;
  const float half = sizes.badge_height / 2;
  const Box pill = {{right - sizes.pill, y - half}, {right, y + half}};
  scene.frame.draw.AddRectFilled(pill.min, pill.max, colour, half);
  const std::string time = core::clock_text(scene.run.now());
  text_in(scene.frame, scene.mono(scene.frame.colour.on_accent), pill, time);
  group(scene.frame, "clock", app::Say(core::Text::stage_header_time).with("time", time).text(),
        pill);
}

void draw_lifelines(const LadderScene& scene) {
  for (const core::Side side : sides) {
    for (int step = scene.first; step <= scene.last; ++step) draw_part(scene, side, step);
  }
}

void draw_fold(const LadderScene& scene, int step) {
  const float y = scene.layout.y(static_cast<float>(step) + 0.5F);
  const float wide = scene.sizes.lifeline;
  const float high = scene.sizes.gap / 2;
  for (const core::Side side : sides) {
    const float x = scene.layout.x(side);
    if (y > scene.now()) continue;
    const std::array<ImVec2, 4> points = {{{x - 1.6F * wide, y + high},
                                           {x - 0.4F * wide, y - high},
                                           {x + 0.4F * wide, y + high},
                                           {x + 1.6F * wide, y - high}}};
    scene.frame.draw.AddPolyline(points.data(), points.size(), scene.frame.colour.paper,
                                 ImDrawFlags_None, 4 * scene.sizes.arrow);
    scene.frame.draw.AddPolyline(points.data(), points.size(), scene.frame.colour.ink,
                                 ImDrawFlags_None, scene.sizes.arrow);
  }
  core::Time wait = scene.run.at(step + 1).at - scene.run.at(step).at;
  // From ten seconds on, whole seconds are enough.
  if (wait >= 10'000) wait = (wait + 500) / 1000 * 1000;
  const std::string words =
      app::Say(core::Text::stage_ladder_wait).with("wait", core::Duration{wait}).text();
  const ImU32 behind = scene.half_closed(step) ? scene.frame.colour.band : scene.frame.colour.paper;
  const Box box = scene.words_between(scene.small(scene.frame.colour.faint), y, words, behind);
  item(scene.frame, ladder_id("fold", step), words, box);
}

void draw_fade(const LadderScene& scene) {
  const Box& rows = scene.layout.rows();
  const ImU32 solid = scene.frame.colour.paper;
  const ImU32 clear = transparent(solid);
  const float fade = scene.sizes.fade;
  const float below = scene.layout.above() * scene.run.scroll;
  if (scene.layout.above() - below >= 1) {
    scene.frame.draw.AddRectFilledMultiColor(rows.min, {rows.max.x, rows.min.y + fade}, solid,
                                             solid, clear, clear);
  }
  if (below >= 1) {
    scene.frame.draw.AddRectFilledMultiColor({rows.min.x, rows.max.y - fade}, rows.max, clear,
                                             clear, solid, solid);
  }
}

}  // namespace ui
