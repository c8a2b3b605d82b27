#include "ui/ladder/heading.hpp"

#include "app/say.hpp"
#include "core/base/message.hpp"
#include "core/base/text.hpp"
#include "ui/ladder/segments.hpp"

#include <algorithm>
#include <optional>
#include <string>

namespace ui {
namespace {

using core::Text;

Text word(core::DirectionState state) {
  switch (state) {
    case core::DirectionState::Open: return Text::stage_pipes_open;
    case core::DirectionState::Closing: return Text::stage_pipes_closing;
    case core::DirectionState::Closed: return Text::stage_pipes_closed;
    case core::DirectionState::Cut: return Text::stage_pipes_cut;
  }
  return {};
}

/// Who closes actively and who passively shows when somebody has closed.
std::optional<Text> role(const app::RunView& run, core::Side side) {
  const auto closed = [&](core::Side who) {
    const int since = run.facts.closes_actively[core::index(who)];
    return since != 0 && since <= run.step;
  };
  if (closed(side)) return Text::stage_end_active_closer;
  if (closed(core::other(side))) return Text::stage_end_passive_closer;
  return std::nullopt;
}

/// What an end is left with: no descriptor that refers to it, bytes that nobody has read.
std::string burden(const LadderScene& scene, core::Side side) {
  const core::Tcb& tcb = scene.run.current().world.at(side).tcb;
  const auto words = [&](Text text) { return app::Say(text).with("n", tcb.unread).text(); };
  const bool orphan =
      scene.run.facts.about_orphans && tcb.orphan && tcb.state != core::State::Closed;
  if (orphan && tcb.unread > 0) return words(Text::stage_end_orphan_and_unread);
  if (orphan) return words(Text::stage_end_orphan);
  return tcb.unread > 0 ? words(Text::stage_end_unread) : "";
}

/// The name of an end, and below it who it is in this close and what it is left with.
void draw_end(const LadderScene& scene, core::Side side) {
  Frame& frame = scene.frame;
  const Sizes& sizes = scene.sizes;
  const ImVec2 at = {scene.layout.x(side), scene.layout.box().min.y + sizes.gap};
  const std::string_view name = core::render(app::name_of(side));
  const auto closer = role(scene.run, side);
  const std::string left_with = burden(scene, side);
  const Type type = scene.small(frame.colour.faint);
  const float inner_most = sizes.pipe_inset - sizes.gap / 2;
  const Box& box = scene.layout.box();
  const float room = std::min(at.x - box.min.x, box.max.x - at.x) - sizes.margin + inner_most;
  std::string below(closer ? core::render(*closer) : "");
  if (!left_with.empty()) {
    const std::string both = below + (below.empty() ? "" : ", ") + left_with;
    below = width_of(type, both) <= room ? both : left_with;
  }
  const Box drawn =
      text(frame, {frame.fonts.bold, sizes.title, frame.colour.ink}, at, Align::Centre, name);
  // A long line goes outwards, where no pipe is.
  const float half = width_of(type, below) / 2;
  const float inner = std::min(half, inner_most);
  const Box role_box = text(frame, type, {at.x - outward(side) * inner, at.y + sizes.title + 2},
                            outer_align(side), below);
  group(frame, name, std::string(name), drawn);
  if (below.empty()) return;
  group(frame, std::string(name) + "/role",
        app::Say(Text::stage_end_of).with("side", name).with("words", below).text(), role_box);
}

void draw_pipe(const LadderScene& scene, core::Side from, const Box& box) {
  Frame& frame = scene.frame;
  const core::DirectionState state = core::direction_state(scene.run.current().world, from);
  const float round = scene.sizes.pipe / 2;
  ImU32 words = frame.colour.faint;
  if (state == core::DirectionState::Open || state == core::DirectionState::Closing) {
    const bool is_open = state == core::DirectionState::Open;
    const StateColours colours =
        state_colours(is_open ? core::State::Established : core::State::FinWait1, frame.dark);
    frame.draw.AddRectFilled(box.min, box.max, colours.tint, round);
    frame.draw.AddRect(box.min, box.max, colours.shape, round, 0, scene.sizes.hairline);
    words = colours.text;
  } else {
    const ImU32 edge =
        state == core::DirectionState::Cut ? frame.colour.lost : frame.colour.disabled;
    const float dash = scene.sizes.gap / 2;
    dashes(frame, box.min, {box.max.x, box.min.y}, edge, scene.sizes.hairline, dash);
    dashes(frame, {box.min.x, box.max.y}, box.max, edge, scene.sizes.hairline, dash);
  }
  text_in(frame, scene.small(words), box, core::render(word(state)));
  // The tip says which way this pipe leads.
  const core::Side to = core::other(from);
  const float tip = from == core::Side::Client ? box.max.x - round : box.min.x + round;
  arrow_head(frame, {tip - outward(to) * scene.sizes.gap, box.centre().y}, {tip, box.centre().y},
             words);
  item(frame, "pipes/" + std::string(core::render(app::name_of(from))),
       core::render(
           {Text::stage_pipes_direction,
            {{"from", app::name_of(from)}, {"to", app::name_of(to)}, {"state", word(state)}}}),
       box);
}

/// The simulated time, in the outer corner of one side.
void draw_clock(const LadderScene& scene) {
  Frame& frame = scene.frame;
  const Box& box = scene.layout.box();
  const float size = scene.sizes.has_lane ? scene.sizes.text : scene.sizes.small;
  const Type type = {frame.fonts.mono, size, frame.colour.ink};
  const std::string time = core::clock_text(scene.run.now());
  const ImVec2 at = {box.min.x + scene.sizes.margin, box.min.y + scene.sizes.gap};
  group(frame, "clock", app::Say(Text::stage_header_time).with("time", time).text(),
        text(frame, type, at, Align::Left, time));
}

/// The words for how many segments were lost and repeated: one text for each case.
struct CounterWords {
  std::optional<Text> drawn;  ///< below the counter
  Text said;
};
CounterWords words_of(const app::Row& row) {
  using enum Text;
  if (row.lost > 0 && row.repeated > 0) {
    return {stage_header_lost_and_repeated, stage_header_count_lost_and_repeated};
  }
  if (row.lost > 0) return {stage_header_lost, stage_header_count_lost};
  if (row.repeated > 0) return {stage_header_repeated, stage_header_count_repeated};
  return {std::nullopt, stage_header_count};
}

/// "segments 4/4", in the other side's corner, and what was lost and repeated where there is room.
void draw_counter(const LadderScene& scene) {
  Frame& frame = scene.frame;
  const Sizes& sizes = scene.sizes;
  const app::Row& row = scene.run.facts.row(scene.run.step);
  const auto total = static_cast<std::int64_t>(scene.run.timeline.segments.size());
  const auto say = [&](Text text) {
    return app::Say(text)
        .with("past", row.past)
        .with("total", total)
        .with("lost", row.lost)
        .with("repeated", row.repeated)
        .text();
  };
  const Type small = scene.small(frame.colour.faint);
  const ImVec2 at = {scene.layout.box().max.x - sizes.margin, scene.layout.box().min.y + sizes.gap};
  const std::string number = std::to_string(row.past) + "/" + std::to_string(total);
  Box box =
      text(frame, {frame.fonts.bold, sizes.title, frame.colour.ink}, at, Align::Right, number);
  const CounterWords words = words_of(row);
  if (sizes.has_lane) {
    const ImVec2 before = {box.min.x - sizes.gap, at.y + sizes.title - sizes.small - 1};
    box = join(box,
               text(frame, small, before, Align::Right, core::render(Text::stage_header_segments)));
    if (words.drawn) {
      box = join(
          box, text(frame, small, {at.x, at.y + sizes.title + 2}, Align::Right, say(*words.drawn)));
    }
  }
  group(frame, "segments", say(words.said), box);
}

/// What the outer columns are for.
void draw_lanes(const LadderScene& scene) {
  const Sizes& sizes = scene.sizes;
  const Type type = scene.small(scene.frame.colour.faint);
  for (const core::Side side : sides) {
    if (scene.layout.lane(side) == 0) continue;
    // Set as what stands below it: from the inner edge outwards.
    const float edge = scene.lane_edge(side);
    const float y = scene.layout.rows().min.y - sizes.gap / 4;
    text(scene.frame, type, {edge, y - type.size - sizes.hairline}, outer_align(side),
         core::render(Text::stage_end_lane));
    scene.frame.draw.AddLine({edge, y}, {edge + outward(side) * scene.layout.lane(side), y},
                             scene.frame.colour.line, sizes.hairline);
  }
}

}  // namespace

void draw_heading(const LadderScene& scene) {
  for (const core::Side side : sides) draw_end(scene, side);
  const Box& both = scene.layout.pipes();
  const float high = scene.sizes.pipe;
  list(scene.frame, "pipes", core::render(Text::stage_pipes_name), both);
  draw_pipe(scene, core::Side::Client, {both.min, {both.max.x, both.min.y + high}});
  draw_pipe(scene, core::Side::Server, {{both.min.x, both.max.y - high}, both.max});
  draw_clock(scene);
  draw_counter(scene);
  draw_lanes(scene);
}

}  // namespace ui
