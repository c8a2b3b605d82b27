#include "core/narrate.hpp"
#include "ui/layout.hpp"
#include "ui/views.hpp"

#include <algorithm>
#include <array>
#include <cmath>

namespace ui {
namespace {

constexpr std::array sides = {core::Side::Client, core::Side::Server};

std::string_view word(core::Pipe pipe) {
  switch (pipe) {
    case core::Pipe::Open: return "open";
    case core::Pipe::Closing: return "closing";
    case core::Pipe::Closed: return "closed";
    case core::Pipe::Cut: return "cut";
  }
  return {};
}

/// -1 towards the left for the client, 1 towards the right for the server.
float outward(core::Side side) {
  return side == core::Side::Client ? -1.0F : 1.0F;
}
Align outer_align(core::Side side) {
  return side == core::Side::Client ? Align::Right : Align::Left;
}
std::string key(std::string_view kind, int number) {
  return "ladder/" + std::string(kind) + "/" + std::to_string(number);
}

Box join(const Box& a, const Box& b) {
  return {{std::min(a.min.x, b.min.x), std::min(a.min.y, b.min.y)},
          {std::max(a.max.x, b.max.x), std::max(a.max.y, b.max.y)}};
}

/// Draws one run's ladder up to the current position, from back to front.
class Ladder {
 public:
  Ladder(const app::Model& model, const Box& box, Frame& frame)
      : model_(model),
        frame_(frame),
        sizes_(frame.sizes),
        layout_(model, frame, box),
        flights_(flights(model.timeline)) {}

  void draw() {
    heading();
    list(frame_, "ladder", "Ladder", layout_.rows());
    frame_.draw.PushClipRect(layout_.rows().min, layout_.rows().max, true);
    band();
    now_line();
    lifelines();
    for (int number = 1; number <= model_.step; ++number) {
      step(model_.at(number));
      const bool past = number < model_.step || model_.position() > static_cast<float>(number);
      if (model_.folded_after(number) && past) fold(number);
    }
    frame_.draw.PopClipRect();
  }

 private:
  [[nodiscard]] float row(int number) const { return layout_.y(static_cast<float>(number)); }
  [[nodiscard]] float now() const { return layout_.y(model_.position()); }
  [[nodiscard]] Type small(ImU32 colour) const { return {frame_.fonts.text, sizes_.small, colour}; }
  [[nodiscard]] Type mono(ImU32 colour) const { return {frame_.fonts.mono, sizes_.small, colour}; }

  // --- Above the rows ---------------------------------------------------------------------------

  void heading() {
    const float top = layout_.box().min.y + sizes_.gap;
    for (const core::Side side : sides) {
      const ImVec2 at = {layout_.x(side), top};
      const Box name = text(frame_, {frame_.fonts.bold, sizes_.title, frame_.colour.ink}, at,
                            Align::Centre, core::name(side));
      const Box closer =
          text(frame_, small(frame_.colour.faint), {at.x, top + sizes_.title + sizes_.gap / 2},
               Align::Centre, role(side));
      const std::string_view comma = role(side).empty() ? "" : ", ";
      group(frame_, core::name(side),
            std::string(core::name(side)) + std::string(comma) + std::string(role(side)),
            join(name, closer));
    }
    const Box& both = layout_.pipes();
    list(frame_, "pipes", "Pipes", both);
    pipe(core::Side::Client, {both.min, {both.max.x, both.min.y + sizes_.pipe}});
    pipe(core::Side::Server, {{both.min.x, both.max.y - sizes_.pipe}, both.max});
  }

  /// Who closes actively and who passively shows when somebody has closed.
  [[nodiscard]] std::string_view role(core::Side side) const {
    const auto closed = [&](core::Side who) {
      const auto first = model_.timeline.records.begin();
      const auto last = first + static_cast<std::ptrdiff_t>(model_.current().records.last);
      return std::any_of(first, last, [&](const core::Record& record) {
        const auto* changed = std::get_if<core::StateChanged>(&record.what);
        return changed != nullptr && record.side == who && changed->to == core::State::FinWait1;
      });
    };
    if (closed(side)) return "active closer";
    return closed(core::other(side)) ? "passive closer" : "";
  }

  void pipe(core::Side from, const Box& box) {
    const core::Pipe state = core::pipe(model_.current().world, from);
    const ImU32 open = state_colours(core::State::Established, frame_.dark).shape;
    const ImU32 closing = state_colours(core::State::FinWait1, frame_.dark).shape;
    const float round = sizes_.pipe / 2;
    ImU32 words = frame_.colour.faint;
    if (state == core::Pipe::Open || state == core::Pipe::Closing) {
      const bool is_open = state == core::Pipe::Open;
      const StateColours colours =
          state_colours(is_open ? core::State::Established : core::State::FinWait1, frame_.dark);
      frame_.draw.AddRectFilled(box.min, box.max, colours.tint, round);
      frame_.draw.AddRect(box.min, box.max, is_open ? open : closing, round, 0, sizes_.hairline);
      words = colours.text;
    } else {
      const ImU32 edge = state == core::Pipe::Cut ? frame_.colour.lost : frame_.colour.disabled;
      const float dash = sizes_.gap / 2;
      dashes(frame_, box.min, {box.max.x, box.min.y}, edge, sizes_.hairline, dash);
      dashes(frame_, {box.min.x, box.max.y}, box.max, edge, sizes_.hairline, dash);
    }
    text_in(frame_, small(words), box, word(state));
    // The tip says which way this pipe leads.
    const float tip = from == core::Side::Client ? box.max.x - round : box.min.x + round;
    head({tip - outward(core::other(from)) * sizes_.gap, box.centre().y}, {tip, box.centre().y},
         words);
    item(frame_, "pipes/" + std::string(core::name(from)),
         std::string(core::name(from)) + " to " + std::string(core::name(core::other(from))) +
             ": " + std::string(word(state)),
         box);
  }

  // --- Behind the rows ---------------------------------------------------------------------------

  [[nodiscard]] std::optional<core::Side> half_closed(int number) const {
    return core::half_closed(model_.at(number).world);
  }

  /// The half-closed time.
  void band() const {
    const float half = sizes_.lifeline / 2;
    for (int number = 1; number <= model_.step; ++number) {
      if (!half_closed(number)) continue;
      const float end = number == model_.step ? now() : row(number + 1);
      frame_.draw.AddRectFilled({layout_.x(core::Side::Client) + half, row(number)},
                                {layout_.x(core::Side::Server) - half, end}, frame_.colour.band);
    }
  }

  void lifelines() {
    for (const core::Side side : sides) {
      const float x = layout_.x(side) - sizes_.lifeline / 2;
      for (int number = 1; number <= model_.step; ++number) {
        const core::State state = model_.at(number).world.at(side).tcb.state;
        const bool last = number == model_.step;
        const float end =
            last ? std::max(now(), row(number)) + layout_.row() * 0.3F : row(number + 1);
        frame_.draw.AddRectFilled({x, row(number)}, {x + sizes_.lifeline, end},
                                  state_colours(state, frame_.dark).shape);
      }
    }
  }

  /// A long wait is drawn as a break in both lifelines, with its length.
  void fold(int number) {
    const float y = layout_.y(static_cast<float>(number) + 0.5F);
    const float wide = sizes_.lifeline;
    const float high = sizes_.gap / 2;
    for (const core::Side side : sides) {
      const float x = layout_.x(side);
      if (y > now()) continue;
      const std::array<ImVec2, 4> points = {{{x - 1.6F * wide, y + high},
                                             {x - 0.4F * wide, y - high},
                                             {x + 0.4F * wide, y + high},
                                             {x + 1.6F * wide, y - high}}};
      frame_.draw.AddPolyline(points.data(), points.size(), frame_.colour.paper, ImDrawFlags_None,
                              4 * sizes_.arrow);
      frame_.draw.AddPolyline(points.data(), points.size(), frame_.colour.ink, ImDrawFlags_None,
                              sizes_.arrow);
    }
    core::Time wait = model_.at(number + 1).at - model_.at(number).at;
    // Minutes are told in whole seconds.
    if (wait >= 10'000) wait = (wait + 500) / 1000 * 1000;
    const std::string words = core::duration_text(wait) + " pass";
    const ImU32 behind = half_closed(number) ? frame_.colour.band : frame_.colour.paper;
    const Box box = words_between(small(frame_.colour.faint), y, words, behind);
    item(frame_, key("fold", number), words, box);
  }

  void now_line() {
    const float y = now();
    const float right = layout_.rows().max.x - sizes_.margin;
    const ImU32 colour = frame_.colour.accent;
    // A segment that leaves now has its label where the line would run between the lifelines; on a
    // narrow stage there is always one.
    const bool leaves = std::ranges::any_of(
        flights_, [&](const Flight& flight) { return flight.leaves == model_.step; });
    const float left = layout_.rows().min.x + sizes_.margin;
    const std::array<float, 4> ends = {left, layout_.x(core::Side::Client),
                                       layout_.x(core::Side::Server), right - sizes_.pill};
    for (std::size_t i = 0; i + 1 < ends.size(); ++i) {
      if (i == 1 && (leaves || sizes_.pill == 0)) continue;
      dashes(frame_, {ends[i], y}, {ends[i + 1], y}, colour, sizes_.hairline, sizes_.gap / 2);
    }
    if (sizes_.pill == 0) return;
    const float half = sizes_.badge_height / 2;
    const Box pill = {{right - sizes_.pill, y - half}, {right, y + half}};
    frame_.draw.AddRectFilled(pill.min, pill.max, colour, half);
    const std::string time = core::clock_text(model_.now());
    text_in(frame_, mono(frame_.colour.on_accent), pill, time);
    group(frame_, "clock", "Time " + time, pill);
  }

  // --- Rows
  // ----------------------------------------------------------------------------------------

  [[nodiscard]] float middle() const {
    return (layout_.x(core::Side::Client) + layout_.x(core::Side::Server)) / 2;
  }

  /// A line of text between the lifelines, on a patch of what lies behind it: no line strikes it
  /// out.
  Box words_between(const Type& type, float y, std::string_view words, ImU32 behind) const {
    const float half = width_of(type, words) / 2 + sizes_.gap / 2;
    const float top = y - type.size / 2;
    frame_.draw.AddRectFilled({middle() - half, top}, {middle() + half, top + type.size}, behind);
    return text(frame_, type, {middle(), top}, Align::Centre, words);
  }

  void step(const core::Step& step) {
    if (step.kind == core::StepKind::Start) {
      for (const core::Side side : sides) badge(step, side, step.world.at(side).tcb.state);
    }
    const auto open = half_closed(step.number);
    if (step.kind == core::StepKind::Beat && open) half_closed_label(step, *open);
    for (std::size_t i = step.records.first; i < step.records.last; ++i) {
      const core::Record& record = model_.timeline.records[i];
      if (const auto* called = std::get_if<core::Called>(&record.what)) {
        call(step, record.side, *called);
      } else if (const auto* signalled = std::get_if<core::Signalled>(&record.what)) {
        signal(step, record.side, signalled->signal);
      } else if (const auto* changed = std::get_if<core::StateChanged>(&record.what)) {
        badge(step, record.side, changed->to);
      } else if (const auto* timer = std::get_if<core::TimerChanged>(&record.what)) {
        time_wait(step, record.side, *timer);
      } else if (const auto* sent = std::get_if<core::Sent>(&record.what)) {
        segment(model_.timeline.segment(sent->segment));
      }
    }
  }

  void badge(const core::Step& step, core::Side side, core::State state) {
    const StateColours colour = state_colours(state, frame_.dark);
    const Type type = {frame_.fonts.mono_bold, sizes_.small, colour.text};
    const float width = width_of(type, core::name(state)) + 2 * sizes_.badge_padding;
    const float line = layout_.x(side) + outward(side) * sizes_.lifeline / 2;
    const float near = layout_.x(side) + outward(side) * sizes_.badge_offset;
    const float left = side == core::Side::Client ? near - width : near;
    const float y = row(step.number);
    const float half = sizes_.badge_height / 2;
    const Box box = {{left, y - half}, {left + width, y + half}};
    frame_.draw.AddLine({line, y}, {near, y}, colour.shape, sizes_.hairline);
    frame_.draw.AddRectFilled(box.min, box.max, frame_.colour.paper, half);
    frame_.draw.AddRectFilled(box.min, box.max, colour.tint, half);
    frame_.draw.AddRect(box.min, box.max, colour.shape, half, 0, sizes_.hairline);
    text_in(frame_, type, box, core::name(state));
    item(frame_, key(side == core::Side::Client ? "client" : "server", step.number),
         std::string(core::name(side)) + ": " + std::string(core::name(state)), box);
  }

  /// A note beside a lifeline, above (-1) or below (1) the row's badge. Returns what it covers.
  Box note(const core::Step& step, core::Side side, float where, std::string_view words) const {
    const float x = layout_.x(side) + outward(side) * sizes_.badge_offset;
    const float y = row(step.number) + where * (sizes_.badge_height + sizes_.small) / 2;
    return text(frame_, mono(frame_.colour.faint), {x, y - sizes_.small / 2}, outer_align(side),
                words);
  }

  void call(const core::Step& step, core::Side side, const core::Called& called) {
    const std::string words = std::string(core::name(called.call)) + "()";
    item(frame_, key("call", step.number), std::string(core::name(side)) + " application: " + words,
         note(step, side, -1, words));
  }

  void signal(const core::Step& step, core::Side side, core::Signal signal) {
    if (signal != core::Signal::Eof) return;
    item(frame_, key("signal", step.number),
         std::string(core::name(side)) + " application: end of file",
         note(step, side, 1, "read() → 0"));
  }

  /// 2·MSL beside the state that waits for it, with what is left of it.
  void time_wait(const core::Step& step, core::Side side, const core::TimerChanged& timer) {
    const bool runs = timer.change.what == core::TimerDoes::Start ||
                      timer.change.what == core::TimerDoes::Restart;
    if (!runs || timer.change.timer != core::Timer::TimeWait) return;
    const auto& running = model_.current().world.at(side).timers;
    const bool current = std::ranges::any_of(running, [&](const core::Deadline& deadline) {
      return deadline.timer == core::Timer::TimeWait && deadline.at == timer.expires_at;
    });
    const core::Time whole = timer.change.after_ms;
    const core::Time left = current ? timer.expires_at - model_.now() : whole;
    const core::Time seconds = left >= whole - 1000 ? whole : left / 1000 * 1000;
    const Box words = note(step, side, 1, "2·MSL " + core::duration_text(seconds));
    if (current) {
      const float top = words.max.y + sizes_.hairline * 2;
      const float share = static_cast<float>(left) / static_cast<float>(whole);
      const ImU32 colour = state_colours(core::State::TimeWait, frame_.dark).shape;
      const float round = sizes_.bar / 2;
      frame_.draw.AddRectFilled({words.min.x, top}, {words.max.x, top + sizes_.bar},
                                frame_.colour.line, round);
      frame_.draw.AddRectFilled({words.min.x, top},
                                {std::lerp(words.min.x, words.max.x, share), top + sizes_.bar},
                                colour, round);
    }
    item(frame_, key("timer", step.number),
         std::string(core::name(side)) + ": 2·MSL timer " + core::duration_text(whole), words);
  }

  void half_closed_label(const core::Step& step, core::Side open) {
    const std::string from(core::name(open));
    const std::string to(core::name(core::other(open)));
    const std::string whole = "half-closed: " + from + " → " + to + " still open";
    const Type type = small(frame_.colour.faint);
    const float room =
        layout_.x(core::Side::Server) - layout_.x(core::Side::Client) - 2 * sizes_.margin;
    const std::string drawn = width_of(type, whole) <= room ? whole : "half-closed";
    const Box box = words_between(type, row(step.number), drawn, frame_.colour.band);
    item(frame_, key("band", step.number), "Half-closed: " + from + " to " + to + " still open",
         box);
  }

  // --- Segments
  // ------------------------------------------------------------------------------------

  /// u, u+1: a number counted from the first one of the side that it belongs to.
  [[nodiscard]] std::string symbol(core::Seq seq, core::Side side) const {
    const core::Start& start = model_.run.scenario.start[static_cast<std::size_t>(side)];
    if (model_.real_numbers || start.symbol.empty()) return std::to_string(seq.value);
    const std::int32_t distance = seq - start.snd_nxt;
    if (distance == 0) return start.symbol;
    return start.symbol + (distance > 0 ? "+" : "") + std::to_string(distance);
  }

  [[nodiscard]] std::string numbers(const core::Transmission& sent) const {
    std::string out = "seq=" + symbol(sent.segment.seq, sent.from);
    if (sent.segment.flags.ack) out += " ack=" + symbol(sent.segment.ack, core::other(sent.from));
    if (sent.segment.len > 0) out += " len=" + std::to_string(sent.segment.len);
    return out;
  }

  /// An arrow from the step in which the segment leaves to the one in which it arrives, as far as
  /// it has come. A lost one dies on its way; a repeated one is dashed.
  void segment(const core::Transmission& sent) {
    const Flight& flight = flights_[static_cast<std::size_t>(sent.number) - 1];
    const int ends = flight.ends.value_or(flight.leaves + 1);
    const float way = std::clamp((model_.position() - static_cast<float>(flight.leaves)) /
                                     static_cast<float>(ends - flight.leaves),
                                 0.0F, 1.0F);
    const bool over = flight.ends.has_value() && way >= 1;
    const core::Side to = core::other(sent.from);
    const float half = sizes_.lifeline / 2;
    const ImVec2 from = {layout_.x(sent.from) - outward(sent.from) * half, row(flight.leaves)};
    const ImVec2 target = {layout_.x(to) - outward(to) * half, row(ends)};
    // One that has just left is seen on its way already.
    constexpr float first = 0.3F;
    constexpr float dies_at = 0.93F;
    const float reach = flight.lost ? std::lerp(first, dies_at, way) : std::lerp(first, 1.0F, way);
    const ImVec2 tip = {std::lerp(from.x, target.x, reach), std::lerp(from.y, target.y, reach)};
    const bool current = flight.leaves == model_.step || ends == model_.step;
    const bool again = core::repeated(model_.timeline, sent);
    const ImU32 colour = over && flight.lost ? frame_.colour.lost
                         : current           ? frame_.colour.accent
                                             : frame_.colour.ink;
    if (again) {
      dashes(frame_, from, tip, colour, sizes_.arrow, sizes_.gap);
    } else {
      frame_.draw.AddLine(from, tip, colour, sizes_.arrow);
    }
    if (over && flight.lost) {
      cross(tip, colour);
    } else {
      head(from, tip, colour);
    }
    const std::string_view fate = !over ? "on its way" : flight.lost ? "lost" : "delivered";
    label(sent, from, target, colour, again, fate);
  }

  void head(ImVec2 from, ImVec2 tip, ImU32 colour) const {
    const float length = std::hypot(tip.x - from.x, tip.y - from.y);
    const ImVec2 along = {(tip.x - from.x) / length, (tip.y - from.y) / length};
    const float size = std::min(sizes_.arrow_head, length);
    const ImVec2 base = {tip.x - along.x * size, tip.y - along.y * size};
    const float half = size / 2.2F;
    frame_.draw.AddTriangleFilled(tip, {base.x - along.y * half, base.y + along.x * half},
                                  {base.x + along.y * half, base.y - along.x * half}, colour);
  }

  void cross(ImVec2 centre, ImU32 colour) const {
    const float half = sizes_.arrow_head * 0.6F;
    const float thick = sizes_.arrow * 1.5F;
    frame_.draw.AddLine({centre.x - half, centre.y - half}, {centre.x + half, centre.y + half},
                        colour, thick);
    frame_.draw.AddLine({centre.x - half, centre.y + half}, {centre.x + half, centre.y - half},
                        colour, thick);
  }

  /// Number, flags and sequence numbers along the arrow: in one line above it where there is room,
  /// else the sequence numbers below it.
  void label(const core::Transmission& sent, ImVec2 from, ImVec2 target, ImU32 colour, bool again,
             std::string_view fate) {
    const ImVec2 left = from.x < target.x ? from : target;
    const ImVec2 right = from.x < target.x ? target : from;
    const float length = std::hypot(right.x - left.x, right.y - left.y);
    const std::string flags = std::string(core::text(sent.segment.flags)) + (again ? " again" : "");
    const std::string values = numbers(sent);
    const Type strong = {frame_.fonts.mono_bold, sizes_.small, colour};
    const Type plain = mono(frame_.colour.faint);
    const float disc = 2 * sizes_.disc + sizes_.gap;
    const float flags_width = width_of(strong, flags);
    const float values_width = width_of(plain, values);
    const float one_line = disc + flags_width + 2 * sizes_.gap + values_width;
    const bool one = one_line <= length - 2 * sizes_.margin;
    const float above = sizes_.gap * 0.6F;
    float pen = (length - (one ? one_line : disc + flags_width)) / 2;
    const float lift = above + sizes_.small / 2;
    const ImVec2 along = {(right.x - left.x) / length, (right.y - left.y) / length};
    const ImVec2 centre = {left.x + along.x * (pen + sizes_.disc) + along.y * lift,
                           left.y + along.y * (pen + sizes_.disc) - along.x * lift};
    frame_.draw.AddCircleFilled(centre, sizes_.disc, colour);
    const Box round = {{centre.x - sizes_.disc, centre.y - sizes_.disc},
                       {centre.x + sizes_.disc, centre.y + sizes_.disc}};
    text_in(frame_, {frame_.fonts.bold, sizes_.small, frame_.colour.paper}, round,
            std::to_string(sent.number));
    pen += disc;
    Box box = join(round, text_along(frame_, strong, left, right, (pen + flags_width / 2) / length,
                                     above, flags));
    pen += flags_width + 2 * sizes_.gap;
    const float values_at = one ? (pen + values_width / 2) / length : 0.5F;
    const float values_above = one ? above : -above - sizes_.small * 1.3F;
    box = join(box, text_along(frame_, plain, left, right, values_at, values_above, values));
    item(frame_, key("segment", sent.number),
         "Segment " + std::to_string(sent.number) + ": " + flags + " from " +
             std::string(core::name(sent.from)) + " to " +
             std::string(core::name(core::other(sent.from))) + ", " + values + ", " +
             std::string(fate),
         box);
  }

  const app::Model& model_;
  Frame& frame_;
  const Sizes& sizes_;
  LadderLayout layout_;
  std::vector<Flight> flights_;
};

}  // namespace

void ladder_view(const app::Model& model, const Box& box, Frame& frame) {
  Ladder(model, box, frame).draw();
}

}  // namespace ui
