#include "ui/ladder/notes.hpp"

#include "app/say.hpp"
#include "core/base/message.hpp"

#include <algorithm>
#include <cmath>

namespace ui {
namespace {

using core::Text;

std::string_view words_of(const app::Badge& badge) {
  return badge.host_down ? core::render(Text::stage_note_host_down) : core::to_string(badge.state);
}

float badge_width(const LadderScene& scene, const app::Badge& badge) {
  const Type type = {scene.frame.fonts.mono_bold, scene.sizes.small, 0};
  return width_of(type, words_of(badge)) + 2 * scene.sizes.badge_padding;
}

/// What is left of a wait that is counted down; all of it once it no longer runs.
core::Time left_now(const app::RunView& run, core::Side side, const core::TimerChanged& timer) {
  const auto& running = run.current().world.at(side).timers;
  const core::Deadline deadline = {timer.change.timer, timer.expires_at};
  const bool runs = std::ranges::find(running, deadline) != running.end();
  return runs ? timer.expires_at - run.now() : timer.change.after_ms;
}

std::string words_of(const core::TimerChange& change, core::Time left) {
  const core::Time shown = left >= change.after_ms - 1000 ? change.after_ms : left / 1000 * 1000;
  const Text pattern =
      change.timer == core::Timer::TimeWait ? Text::stage_timer_two_msl : Text::stage_timer_limit;
  return app::Say(pattern).with("time", core::Duration{shown}).text();
}

/// The words of a note, in the room there is for them.
std::string words_in(const LadderScene& scene, const app::Note& note, const Type& type,
                     float room) {
  if (note.countdown) {
    return words_of(note.countdown->change, left_now(scene.run, note.side, *note.countdown));
  }
  return note.shorter.empty() || width_of(type, note.words) <= room ? note.words : note.shorter;
}

/// From a call to the state that follows from it, and from a state to what the application hears.
void draw_lead(const LadderScene& scene, float from, float to, float y) {
  const float length = std::abs(to - from);
  if (length < scene.sizes.gap) return;
  const ImU32 colour = scene.frame.colour.faint;
  const float towards = to > from ? 1.0F : -1.0F;
  const float head = scene.sizes.gap * 0.6F;
  scene.frame.draw.AddLine({from, y}, {to - towards * head, y}, colour, scene.sizes.hairline);
  scene.frame.draw.AddTriangleFilled({to, y}, {to - towards * head, y - head / 2},
                                     {to - towards * head, y + head / 2}, colour);
}

/// The outer edge of what stands beside a lifeline in a row: of its badge, or of the lifeline.
float outer_edge(const LadderScene& scene, int step, core::Side side) {
  const float x = scene.layout.x(side);
  for (const app::Mark& mark : scene.run.facts.row(step).marks) {
    const auto* badge = std::get_if<app::Badge>(&mark);
    if (badge == nullptr || badge->side != side) continue;
    return x + outward(side) * (scene.sizes.badge_offset + badge_width(scene, *badge));
  }
  return x + outward(side) * scene.sizes.lifeline;
}

/// In the lane of the application: level with what it causes, or with what causes it.
Box draw_in_lane(const LadderScene& scene, int step, const app::Note& note, const Type& type,
                 float y) {
  const core::Side side = note.side;
  const std::string words = words_in(scene, note, type, scene.layout.lane(side));
  const float edge = scene.lane_edge(side);
  const float top = y - type.size / 2;
  scene.lay_paper(edge, edge + outward(side) * width_of(type, words), top, type.size);
  const Box drawn = scene.unless_cut(
      top, [&] { return text(scene.frame, type, {edge, top}, outer_align(side), words); });
  const float near = edge - outward(side) * scene.sizes.gap / 2;
  const float far = outer_edge(scene, step, side) + outward(side) * scene.sizes.gap / 4;
  if (y != scene.layout.y(step)) return drawn;  // one line leads to the row
  const bool causes = note.place == app::NotePlace::Above;
  draw_lead(scene, causes ? near : far, causes ? far : near, y);
  return drawn;
}

}  // namespace

Box badge_box(const LadderScene& scene, int step, const app::Badge& badge) {
  const float width = badge_width(scene, badge);
  const float near = scene.layout.x(badge.side) + outward(badge.side) * scene.sizes.badge_offset;
  const float left = badge.side == core::Side::Client ? near - width : near;
  const float y = scene.layout.y(step);
  const float half = scene.sizes.badge_height / 2;
  return {{left, y - half}, {left + width, y + half}};
}

void draw_badge(const LadderScene& scene, int step, const app::Badge& badge) {
  Frame& frame = scene.frame;
  const Sizes& sizes = scene.sizes;
  const std::string_view words = words_of(badge);
  const StateColours colour = state_colours(badge.state, frame.dark);
  const Type type = {frame.fonts.mono_bold, sizes.small, colour.text};
  const Box box = badge_box(scene, step, badge);
  const float y = box.centre().y;
  const float half = sizes.badge_height / 2;
  const float x = scene.layout.x(badge.side);
  const float line = x + outward(badge.side) * sizes.lifeline / 2;
  frame.draw.AddLine({line, y}, {x + outward(badge.side) * sizes.badge_offset, y}, colour.shape,
                     sizes.hairline);
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

void draw_note(const LadderScene& scene, int step, const app::Note& note, float height) {
  Frame& frame = scene.frame;
  const Type type = scene.mono(note.alarm ? frame.colour.lost : frame.colour.faint);
  const float y = scene.layout.y(step) + height;
  if (scene.sizes.has_lane && note.of_application) {
    item(frame, ladder_id(note.kind, step), note.said, draw_in_lane(scene, step, note, type, y));
    return;
  }
  const std::string words = words_in(scene, note, type, scene.room_beside(note.side));
  const float x = scene.layout.x(note.side) + outward(note.side) * scene.sizes.badge_offset;
  const float top = y - type.size / 2;
  const float end = x + outward(note.side) * width_of(type, words);
  scene.lay_paper(x, end, top, type.size);
  const Box box = scene.unless_cut(
      top, [&] { return text(frame, type, {x, top}, outer_align(note.side), words); });
  item(frame, ladder_id(note.kind, step), note.said, box);
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
