#include "ui/ladder/notes.hpp"

#include "app/say.hpp"
#include "core/base/message.hpp"

#include <algorithm>
#include <cmath>

namespace ui {
namespace {

using core::Text;

/// What is left of a wait that is counted down.
struct Countdown {
  bool runs = false;
  core::Time left = 0;
  core::Time whole = 0;
};

Countdown countdown(const app::RunView& run, core::Side side, const core::TimerChanged& timer) {
  const auto& running = run.current().world.at(side).timers;
  const core::Deadline deadline = {timer.change.timer, timer.expires_at};
  const bool runs = std::ranges::find(running, deadline) != running.end();
  const core::Time whole = timer.change.after_ms;
  return {.runs = runs, .left = runs ? timer.expires_at - run.now() : whole, .whole = whole};
}

std::string words_of(const Countdown& count, core::Timer timer) {
  const core::Time shown =
      count.left >= count.whole - 1000 ? count.whole : count.left / 1000 * 1000;
  const Text pattern =
      timer == core::Timer::TimeWait ? Text::stage_timer_two_msl : Text::stage_timer_limit;
  return app::Say(pattern).with("time", core::Duration{shown}).text();
}

/// Below the words, as long as they are: how much of the wait is left.
void draw_bar(const LadderScene& scene, const Countdown& count, core::Timer timer,
              const Box& words) {
  const float top = words.max.y + scene.sizes.hairline * 2;
  const float share = static_cast<float>(count.left) / static_cast<float>(count.whole);
  const core::State state =
      timer == core::Timer::TimeWait ? core::State::TimeWait : core::State::FinWait2;
  const float round = scene.sizes.bar / 2;
  scene.frame.draw.AddRectFilled({words.min.x, top}, {words.max.x, top + scene.sizes.bar},
                                 scene.frame.colour.line, round);
  scene.frame.draw.AddRectFilled(
      {words.min.x, top}, {std::lerp(words.min.x, words.max.x, share), top + scene.sizes.bar},
      state_colours(state, scene.frame.dark).shape, round);
}

}  // namespace

void draw_badge(const LadderScene& scene, int step, const app::Badge& badge) {
  Frame& frame = scene.frame;
  const Sizes& sizes = scene.sizes;
  const std::string words(badge.host_down ? core::render(Text::stage_note_host_down)
                                          : core::to_string(badge.state));
  const StateColours colour = state_colours(badge.state, frame.dark);
  const Type type = {frame.fonts.mono_bold, sizes.small, colour.text};
  const float width = width_of(type, words) + 2 * sizes.badge_padding;
  const float x = scene.layout.x(badge.side);
  const float line = x + outward(badge.side) * sizes.lifeline / 2;
  const float near = x + outward(badge.side) * sizes.badge_offset;
  const float left = badge.side == core::Side::Client ? near - width : near;
  const float y = scene.layout.y(step);
  const float half = sizes.badge_height / 2;
  const Box box = {{left, y - half}, {left + width, y + half}};
  frame.draw.AddLine({line, y}, {near, y}, colour.shape, sizes.hairline);
  frame.draw.AddRectFilled(box.min, box.max, frame.colour.paper, half);
  frame.draw.AddRectFilled(box.min, box.max, colour.tint, half);
  frame.draw.AddRect(box.min, box.max, colour.shape, half, 0, sizes.hairline);
  text_in(frame, type, box, words);
  item(frame, ladder_id(badge.side == core::Side::Client ? "client" : "server", step),
       app::Say(Text::stage_end_of)
           .with("side", app::name_of(badge.side))
           .with("words", words)
           .text(),
       box);
}

void draw_note(const LadderScene& scene, int step, const app::Note& note) {
  Frame& frame = scene.frame;
  const Sizes& sizes = scene.sizes;
  const auto count =
      note.countdown ? countdown(scene.run, note.side, *note.countdown) : Countdown{};
  const std::string words = note.countdown ? words_of(count, note.countdown->change.timer)
                            : note.shorter.empty() || scene.fits(note.words) ? note.words
                                                                             : note.shorter;
  const float x = scene.layout.x(note.side) + outward(note.side) * sizes.badge_offset;
  const float beside = (sizes.badge_height + sizes.small) / 2;
  float top = scene.layout.y(step) - sizes.small / 2;
  if (note.place == app::NotePlace::Above) top -= beside;
  if (note.place == app::NotePlace::Below) {
    top += beside + static_cast<float>(note.line) * (sizes.small + sizes.hairline);
  }
  const Type type = scene.mono(note.alarm ? frame.colour.lost : frame.colour.faint);
  if (note.place == app::NotePlace::Middle) {
    // The now line does not strike it out.
    const float end = x + outward(note.side) * width_of(type, words);
    frame.draw.AddRectFilled({std::min(x, end), top}, {std::max(x, end), top + sizes.small},
                             frame.colour.paper);
  }
  const Box box = scene.unless_cut(
      top, [&] { return text(frame, type, {x, top}, outer_align(note.side), words); });
  item(frame, ladder_id(note.kind, step), note.said, box);
  if (count.runs) draw_bar(scene, count, note.countdown->change.timer, box);
}

void draw_half_closed(const LadderScene& scene, int step, core::Side open) {
  const auto words = [&](Text text) {
    const core::Side to = core::other(open);
    return app::Say(text).with("from", app::name_of(open)).with("to", app::name_of(to)).text();
  };
  const std::string whole = words(Text::stage_ladder_half_closed_open);
  const Type type = scene.small(scene.frame.colour.faint);
  const float room = scene.layout.x(core::Side::Server) - scene.layout.x(core::Side::Client) -
                     2 * scene.sizes.margin;
  const std::string_view drawn =
      width_of(type, whole) <= room ? whole : core::render(Text::stage_ladder_half_closed);
  const Box box = scene.words_between(type, scene.layout.y(step), drawn, scene.frame.colour.band);
  item(scene.frame, ladder_id("band", step), words(Text::stage_ladder_half_closed_said), box);
}

}  // namespace ui
