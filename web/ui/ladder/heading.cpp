#include "ui/ladder/heading.hpp"

#include "app/say.hpp"
#include "core/base/message.hpp"
#include "ui/ladder/segments.hpp"

#include <cmath>
#include <optional>

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
  const std::string only_unread = tcb.unread > 0 ? words(Text::stage_end_unread) : "";
  if (!tcb.orphan || tcb.state == core::State::Closed) return only_unread;
  if (tcb.unread == 0) return std::string(core::render(Text::stage_end_orphan));
  const std::string both = words(Text::stage_end_orphan_and_unread);
  return scene.fits(both) ? both : only_unread;
}

void draw_burden(const LadderScene& scene, core::Side side, float top) {
  const std::string words = burden(scene, side);
  if (words.empty()) return;
  // Below the name, but not below the pipes.
  const LadderLayout& layout = scene.layout;
  const Type type = scene.small(scene.frame.colour.faint);
  const float x = layout.x(side);
  const float most =
      std::abs(layout.pipes().centre().x - x) - layout.pipes().width() / 2 - scene.sizes.gap;
  const float half = std::min(width_of(type, words) / 2, most);
  const ImVec2 at = {x - outward(side) * half, top};
  const std::string_view name = core::render(app::name_of(side));
  group(scene.frame, std::string(name) + "/burden",
        app::Say(Text::stage_end_of).with("side", app::name_of(side)).with("words", words).text(),
        text(scene.frame, type, at, outer_align(side), words));
}

void draw_end(const LadderScene& scene, core::Side side) {
  Frame& frame = scene.frame;
  const Sizes& sizes = scene.sizes;
  const ImVec2 at = {scene.layout.x(side), scene.layout.box().min.y + sizes.gap};
  const std::string_view name = core::render(app::name_of(side));
  const auto closer = role(scene.run, side);
  const Box drawn =
      text(frame, {frame.fonts.bold, sizes.title, frame.colour.ink}, at, Align::Centre, name);
  const Box below =
      text(frame, scene.small(frame.colour.faint), {at.x, at.y + sizes.title + sizes.gap / 2},
           Align::Centre, closer ? core::render(*closer) : "");
  const std::string said = closer ? app::Say(Text::stage_end_with_role)
                                        .with("side", app::name_of(side))
                                        .with("role", *closer)
                                        .text()
                                  : std::string(name);
  group(frame, name, said, join(drawn, below));
  draw_burden(scene, side, at.y + sizes.title + sizes.small + sizes.gap);
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

}  // namespace

void draw_heading(const LadderScene& scene) {
  for (const core::Side side : sides) draw_end(scene, side);
  const Box& both = scene.layout.pipes();
  const float high = scene.sizes.pipe;
  list(scene.frame, "pipes", core::render(Text::stage_pipes_name), both);
  draw_pipe(scene, core::Side::Client, {both.min, {both.max.x, both.min.y + high}});
  draw_pipe(scene, core::Side::Server, {{both.min.x, both.max.y - high}, both.max});
}

}  // namespace ui
