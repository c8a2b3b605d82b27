#include "ui/ladder/waits.hpp"

#include "app/say.hpp"
#include "core/base/message.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <optional>
#include <string>

namespace ui {
namespace {

using core::Text;

/// From ten seconds on, whole seconds are enough.
core::Duration rounded(core::Time time) {
  return core::Duration{time >= 10'000 ? (time + 500) / 1000 * 1000 : time};
}

/// What is left of a wait at the end of the fold after a step, or now where that has not come yet.
core::Time left_of(const app::RunView& run, int step, const app::Wait& wait) {
  const core::Time now = run.step == step ? run.now() : run.at(step + 1).at;
  return std::max<core::Time>(0, wait.timer.expires_at - now);
}

bool is_time_wait(const app::Wait& wait) {
  return wait.timer.change.timer == core::Timer::TimeWait;
}

std::string words_of(const app::Wait& wait, core::Time left, bool whole) {
  const Text text = left == 0            ? Text::stage_timer_gone
                    : !whole             ? Text::stage_timer_left
                    : is_time_wait(wait) ? Text::stage_timer_two_msl_left
                                         : Text::stage_timer_limit_left;
  return app::Say(text)
      .with("time", core::Duration{wait.timer.change.after_ms})
      .with("left", rounded(left))
      .text();
}

/// The bar of a wait, at its end's lifeline: what is left is filled.
Box draw_bar(const LadderScene& scene, const app::Wait& wait, core::Time left, float y,
             float room) {
  Frame& frame = scene.frame;
  const Sizes& sizes = scene.sizes;
  const Type type = scene.small(frame.colour.ink);
  const auto wide = [&](const std::string& words) { return width_of(type, words) + 2 * sizes.gap; };
  std::string words = words_of(wait, left, true);
  if (wide(words) > room) words = words_of(wait, left, false);
  const float width = std::min(room, std::max(wide(words), room * sizes.bar_share));
  const core::Side side = wait.side;
  const float edge = scene.layout.x(side) - outward(side) * (sizes.lifeline / 2 + 1.5F * sizes.gap);
  const float left_x = side == core::Side::Client ? edge : edge - width;
  const Box box = {{left_x, y - sizes.bar / 2}, {left_x + width, y + sizes.bar / 2}};
  const core::State state = is_time_wait(wait) ? core::State::TimeWait : core::State::FinWait2;
  const StateColours colour = state_colours(state, frame.dark);
  const float round = sizes.gap / 2;
  const float share = static_cast<float>(left) / static_cast<float>(wait.timer.change.after_ms);
  frame.draw.AddRectFilled(box.min, box.max, frame.colour.paper, round);
  frame.draw.AddRectFilled(box.min, box.max, colour.tint, round);
  if (left > 0) {
    frame.draw.AddRectFilled(box.min, {std::lerp(box.min.x, box.max.x, share), box.max.y},
                             filling(colour.shape), round);
  }
  frame.draw.AddRect(box.min, box.max, colour.shape, round, 0, sizes.hairline);
  text_in(frame, type, box, words);
  return box;
}

void draw_break(const LadderScene& scene, float y) {
  const float wide = scene.sizes.lifeline;
  const float high = scene.sizes.gap / 2;
  for (const core::Side side : sides) {
    const float x = scene.layout.x(side);
    const std::array<ImVec2, 4> points = {{{x - 1.6F * wide, y + high},
                                           {x - 0.4F * wide, y - high},
                                           {x + 0.4F * wide, y + high},
                                           {x + 1.6F * wide, y - high}}};
    scene.frame.draw.AddPolyline(points.data(), points.size(), scene.frame.colour.paper,
                                 ImDrawFlags_None, 4 * scene.sizes.arrow);
    scene.frame.draw.AddPolyline(points.data(), points.size(), scene.frame.colour.ink,
                                 ImDrawFlags_None, scene.sizes.arrow);
  }
}

}  // namespace

void draw_fold(const LadderScene& scene, int step) {
  const app::Row& row = scene.run.facts.row(step);
  const float y = scene.layout.fold_y(step);
  const bool passes = step < scene.run.step || scene.run.position() > static_cast<float>(step);
  if (!passes && row.waits.empty()) return;
  const core::Time wait = scene.run.at(step + 1).at - scene.run.at(step).at;
  const std::string pass = app::Say(Text::stage_ladder_wait).with("wait", rounded(wait)).text();
  std::string said = passes ? pass : "";
  const float span = scene.layout.x(core::Side::Server) - scene.layout.x(core::Side::Client) -
                     scene.sizes.lifeline - 3 * scene.sizes.gap;
  const auto bars = static_cast<float>(row.waits.size());
  std::optional<Box> drawn;
  for (const app::Wait& one : row.waits) {
    const core::Time left = left_of(scene.run, step, one);
    const Box bar = draw_bar(scene, one, left, y, (span - (bars - 1) * scene.sizes.gap) / bars);
    drawn = drawn ? join(*drawn, bar) : bar;
    said += (said.empty() ? "" : ". ") + app::Say(Text::stage_end_of)
                                             .with("side", app::name_of(one.side))
                                             .with("words", words_of(one, left, true))
                                             .text();
  }
  if (passes) {
    if (scene.now() > y) draw_break(scene, y);
    const Type type = scene.small(scene.frame.colour.faint);
    const ImU32 behind =
        scene.half_closed(step) ? scene.frame.colour.band : scene.frame.colour.paper;
    if (!drawn) {
      drawn = scene.words_between(type, y, pass, behind);
    } else if (row.waits.size() == 1) {
      // Beside the bar, where there is room.
      const bool at_client = row.waits.front().side == core::Side::Client;
      const float free = span - drawn->width();
      if (free >= width_of(type, pass) + 2 * scene.sizes.gap) {
        const float x = at_client ? drawn->max.x + free / 2 : drawn->min.x - free / 2;
        drawn = join(*drawn, text(scene.frame, type, {x, y - type.size / 2}, Align::Centre, pass));
      }
    }
  }
  item(scene.frame, ladder_id("fold", step), said, *drawn);
}

void draw_open_ends(const LadderScene& scene) {
  const app::RunView& run = scene.run;
  if (run.step < run.steps()) return;
  Frame& frame = scene.frame;
  const Sizes& sizes = scene.sizes;
  for (const core::Side side : sides) {
    const auto& until = run.facts.stays_until[core::index(side)];
    if (!until) continue;
    const float x = scene.layout.x(side);
    const float half = sizes.lifeline / 2;
    const float from = scene.layout.y(run.step);
    const Box& rows = scene.layout.rows();
    const ImU32 colour = state_colours(run.current().world.at(side).tcb.state, frame.dark).shape;
    frame.draw.AddRectFilledMultiColor({x - half, from}, {x + half, rows.max.y}, colour, colour,
                                       transparent(colour), transparent(colour));
    const Type type = scene.small(frame.colour.faint);
    const float edge = x + outward(side) * sizes.badge_offset;
    const float top = scene.layout.free_below(side) + sizes.hairline;
    const Align align = outer_align(side);
    const Box first = text(frame, type, {edge, top}, align, core::render(Text::stage_open_still));
    const Box second = text(frame, type, {edge, top + sizes.line()}, align, core::render(*until));
    item(frame, ladder_id(core::render(app::name_of(side)), run.step + 1),
         app::Say(Text::stage_open_said)
             .with("side", app::name_of(side))
             .with("until", *until)
             .text(),
         join(first, second));
  }
}

}  // namespace ui
