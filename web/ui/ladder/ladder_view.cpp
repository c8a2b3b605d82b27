#include "core/base/text.hpp"
#include "core/narrate/narrate.hpp"
#include "ui/kit/label_placement.hpp"
#include "ui/ladder/ladder_layout.hpp"
#include "ui/views.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <span>
#include <vector>

namespace ui {
namespace {

constexpr std::array sides = {core::Side::Client, core::Side::Server};

std::string_view word(core::DirectionState pipe) {
  switch (pipe) {
    case core::DirectionState::Open: return "open";
    case core::DirectionState::Closing: return "closing";
    case core::DirectionState::Closed: return "closed";
    case core::DirectionState::Cut: return "cut";
  }
  return {};
}

/// What an end made of a segment, where no badge says it.
std::string_view word(core::Verdict verdict) {
  switch (verdict) {
    case core::Verdict::Accepted:
    case core::Verdict::Reset: return {};
    case core::Verdict::Duplicate: return "nothing new";
    case core::Verdict::OutOfWindow: return "out of window";
    case core::Verdict::OutOfOrder: return "held";
    case core::Verdict::Challenge: return "challenged";
    case core::Verdict::Ignored: return "ignored";
  }
  return {};
}

/// What the application learns, in few words and in a sentence.
struct Heard {
  std::string_view drawn;
  std::string_view said;
};
Heard heard(core::Signal signal) {
  switch (signal) {
    case core::Signal::Eof: return {"read() = 0", "end of file"};
    case core::Signal::ConnectionReset: return {"ECONNRESET", "connection reset"};
    case core::Signal::ConnectionRefused: return {"ECONNREFUSED", "connection refused"};
    case core::Signal::TimedOut: return {"ETIMEDOUT", "timed out"};
    case core::Signal::Closed: return {};
  }
  return {};
}

/// A timer's name as it runs out.
std::string_view word(core::Timer timer) {
  switch (timer) {
    case core::Timer::Retransmission: return "RTO over";
    case core::Timer::Persist: return "persist timer";
    case core::Timer::TimeWait: return "2·MSL over";
    case core::Timer::FinWait2: return "limit over";
    case core::Timer::DelayedAck: return "delayed ACK";
    case core::Timer::Keepalive: return "keepalive";
    case core::Timer::UserTimeout: return "user timeout";
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
        flights_(flights(model.timeline)),
        layout_(model, frame, box, flights_),
        first_(first_told()),
        last_(last_told()) {}

  void draw() {
    heading();
    list(frame_, "ladder", "Ladder", layout_.rows(), layout_.above(),
         layout_.above() * (1 - model_.scroll));
    frame_.draw.PushClipRect(layout_.rows().min, layout_.rows().max, true);
    band();
    now_line();
    lifelines();
    for (const core::Transmission& sent : model_.timeline.segments) {
      const Flight& flight = flights_[static_cast<std::size_t>(sent.number) - 1];
      const bool under_way = flight.leaves < first_ && flight.ends.value_or(0) >= first_;
      if (under_way && !sent.of_network()) segment(sent);
    }
    for (int number = first_; number <= last_; ++number) {
      step(model_.at(number));
      const bool past = number < model_.step || model_.position() > static_cast<float>(number);
      if (model_.folded_after(number) && past) fold(number);
    }
    fade();
    frame_.draw.PopClipRect();
  }

 private:
  /// The first and the last step that are drawn and named. What has been scrolled far away is not:
  /// of a run of hundreds of steps it would be more than Dear ImGui's indices can count.
  static constexpr int away = 30;  // more steps than any story of the catalogue has
  [[nodiscard]] int first_told() const {
    int first = 1;
    while (first < model_.step && row(first) < layout_.rows().min.y) ++first;
    return std::max(1, first - away);
  }
  [[nodiscard]] int last_told() const {
    int last = model_.step;
    while (last > first_ && row(last) > layout_.rows().max.y) --last;
    return std::min(model_.step, last + away);
  }
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
      if (const std::string extra = burden(side); !extra.empty()) {
        // Below the name, but not below the pipes.
        const Type type = small(frame_.colour.faint);
        const float most =
            std::abs(layout_.pipes().centre().x - at.x) - layout_.pipes().width() / 2 - sizes_.gap;
        const float half = std::min(width_of(type, extra) / 2, most);
        const ImVec2 place = {at.x - outward(side) * half,
                              top + sizes_.title + sizes_.small + sizes_.gap};
        group(frame_, std::string(core::name(side)) + "/burden",
              std::string(core::name(side)) + ": " + extra,
              text(frame_, type, place, outer_align(side), extra));
      }
    }
    const Box& both = layout_.pipes();
    list(frame_, "pipes", "Pipes", both);
    pipe(core::Side::Client, {both.min, {both.max.x, both.min.y + sizes_.pipe}});
    pipe(core::Side::Server, {{both.min.x, both.max.y - sizes_.pipe}, both.max});
  }

  /// What an end drags along: a descriptor that nobody holds, octets that nobody has read.
  [[nodiscard]] std::string burden(core::Side side) const {
    const core::Endpoint& end = model_.current().world.at(side);
    std::string out;
    if (end.tcb.unread > 0) out = std::to_string(end.tcb.unread) + " unread";
    if (!end.tcb.orphan || end.tcb.state == core::State::Closed) return out;
    if (out.empty()) return "orphan";
    const std::string both = "orphan, " + out;
    return fits(both) ? both : out;
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
    const core::DirectionState state = core::direction_state(model_.current().world, from);
    const ImU32 open = state_colours(core::State::Established, frame_.dark).shape;
    const ImU32 closing = state_colours(core::State::FinWait1, frame_.dark).shape;
    const float round = sizes_.pipe / 2;
    ImU32 words = frame_.colour.faint;
    if (state == core::DirectionState::Open || state == core::DirectionState::Closing) {
      const bool is_open = state == core::DirectionState::Open;
      const StateColours colours =
          state_colours(is_open ? core::State::Established : core::State::FinWait1, frame_.dark);
      frame_.draw.AddRectFilled(box.min, box.max, colours.tint, round);
      frame_.draw.AddRect(box.min, box.max, is_open ? open : closing, round, 0, sizes_.hairline);
      words = colours.text;
    } else {
      const ImU32 edge =
          state == core::DirectionState::Cut ? frame_.colour.lost : frame_.colour.disabled;
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
    for (int number = first_; number <= last_; ++number) {
      if (!half_closed(number)) continue;
      const float end = number == model_.step ? now() : row(number + 1);
      frame_.draw.AddRectFilled({layout_.x(core::Side::Client) + half, row(number)},
                                {layout_.x(core::Side::Server) - half, end}, frame_.colour.band);
    }
  }

  void lifelines() {
    for (const core::Side side : sides) {
      const float x = layout_.x(side) - sizes_.lifeline / 2;
      for (int number = first_; number <= last_; ++number) {
        const core::Endpoint& at = model_.at(number).world.at(side);
        const bool last = number == model_.step;
        const float end =
            last ? std::max(now(), row(number)) + layout_.row() * 0.3F : row(number + 1);
        const ImU32 colour = state_colours(at.tcb.state, frame_.dark).shape;
        if (!at.up) {
          dashes(frame_, {layout_.x(side), row(number)}, {layout_.x(side), end}, colour,
                 sizes_.arrow, sizes_.gap / 2);
          continue;
        }
        frame_.draw.AddRectFilled({x, row(number)}, {x + sizes_.lifeline, end}, colour);
        // A later incarnation has a line that is hollow.
        if (later(at.incarnation) && at.tcb.state != core::State::Closed) {
          const float third = sizes_.lifeline / 3;
          frame_.draw.AddRectFilled({x + third, row(number)}, {x + 2 * third, end},
                                    frame_.colour.paper);
        }
      }
    }
  }

  /// Not the run's first connection.
  [[nodiscard]] static bool later(int incarnation) { return incarnation > 1; }

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

  /// Where the ladder goes on out of view, it fades.
  void fade() const {
    const Box& rows = layout_.rows();
    const ImU32 solid = frame_.colour.paper;
    const ImU32 clear = transparent(solid);
    const float below = layout_.above() * model_.scroll;
    if (layout_.above() - below >= 1) {
      frame_.draw.AddRectFilledMultiColor(rows.min, {rows.max.x, rows.min.y + sizes_.fade}, solid,
                                          solid, clear, clear);
    }
    if (below >= 1) {
      frame_.draw.AddRectFilledMultiColor({rows.min.x, rows.max.y - sizes_.fade}, rows.max, clear,
                                          clear, solid, solid);
    }
  }

  void now_line() {
    const float y = now();
    if (y > layout_.rows().max.y) return;
    const float right = layout_.rows().max.x - sizes_.margin;
    const ImU32 colour = frame_.colour.accent;
    // A segment that is on its way has its label where the line would run between the lifelines; on
    // a narrow stage there is always one.
    const bool on_the_way = std::ranges::any_of(flights_, [&](const Flight& flight) {
      return flight.leaves == model_.step ||
             (flight.leaves < model_.step && flight.ends.value_or(0) > model_.step);
    });
    const float left = layout_.rows().min.x + sizes_.margin;
    const std::array<float, 4> ends = {left, layout_.x(core::Side::Client),
                                       layout_.x(core::Side::Server), right - sizes_.pill};
    for (std::size_t i = 0; i + 1 < ends.size(); ++i) {
      if (i == 1 && (on_the_way || sizes_.pill == 0)) continue;
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

  // --- Rows --------------------------------------------------------------------------------------

  [[nodiscard]] float middle() const {
    return (layout_.x(core::Side::Client) + layout_.x(core::Side::Server)) / 2;
  }

  /// A line of text between the lifelines, on a patch of what lies behind it: no line strikes it
  /// out.
  Box words_between(const Type& type, float y, std::string_view words, ImU32 behind) const {
    const float half = width_of(type, words) / 2 + sizes_.gap;
    const float top = y - type.size / 2;
    frame_.draw.AddRectFilled({middle() - half, top}, {middle() + half, top + type.size}, behind);
    return text(frame_, type, {middle(), top}, Align::Centre, words);
  }

  void step(const core::Step& step) {
    below_ = {};
    if (step.kind == core::StepKind::Start) {
      for (const core::Side side : sides) badge(step, side, step.world.at(side).tcb.state);
    }
    const auto open = half_closed(step.number);
    if (step.kind == core::StepKind::Annotation && open) half_closed_label(step, *open);
    for (std::size_t i = step.records.first; i < step.records.last; ++i) {
      const core::Record& record = model_.timeline.records[i];
      if (const auto* called = std::get_if<core::Called>(&record.what)) {
        call(step, record.side, *called);
      } else if (const auto* host = std::get_if<core::HostChanged>(&record.what)) {
        host_changed(step, record.side, host->up);
      } else if (const auto* signalled = std::get_if<core::Signalled>(&record.what)) {
        signal(step, record.side, signalled->signal);
      } else if (const auto* changed = std::get_if<core::StateChanged>(&record.what)) {
        state(step, record.side, changed->to);
      } else if (const auto* timer = std::get_if<core::TimerChanged>(&record.what)) {
        this->timer(step, record.side, *timer);
      } else if (const auto* sent = std::get_if<core::Sent>(&record.what)) {
        segment(model_.timeline.segment(sent->segment));
      } else if (const auto* received = std::get_if<core::Received>(&record.what)) {
        arrival(step, record.side, *received);
      } else if (const auto* lost = std::get_if<core::Lost>(&record.what)) {
        out_of_network(model_.timeline.segment(lost->segment));
      }
    }
  }

  /// A state begins; a later incarnation says so.
  void state(const core::Step& step, core::Side side, core::State state) {
    const core::Endpoint& end = step.world.at(side);
    if (!end.up) return;
    badge(step, side, state);
    const bool begins = state == core::State::SynSent || state == core::State::SynReceived;
    if (!begins || !later(end.incarnation)) return;
    const std::string words = "connection " + std::to_string(end.incarnation);
    note(step, side, {.kind = "connection", .words = words, .said = ": " + words});
  }

  void host_changed(const core::Step& step, core::Side side, bool up) {
    note(step, side,
         {.kind = "host",
          .words = up ? "reboot" : "crash",
          .said = up ? ": the host comes back" : ": the host goes down",
          .place = Place::Above,
          .alarm = !up});
    if (up) return badge(step, side, step.world.at(side).tcb.state);
    label_badge(step, side, "host down", state_colours(core::State::Closed, frame_.dark));
  }

  void arrival(const core::Step& step, core::Side side, const core::Received& received) {
    out_of_network(model_.timeline.segment(received.segment));
    const std::span records =
        std::span(model_.timeline.records)
            .subspan(step.records.first, step.records.last - step.records.first);
    const bool changes = std::ranges::any_of(records, [](const core::Record& record) {
      return std::holds_alternative<core::StateChanged>(record.what);
    });
    const bool restarts = std::ranges::any_of(records, [](const core::Record& record) {
      const auto* changed = std::get_if<core::TimerChanged>(&record.what);
      return changed != nullptr && changed->change.timer == core::Timer::TimeWait &&
             changed->change.what == core::TimerAction::Restart;
    });
    const std::string words(restarts ? "starts again" : word(received.verdict));
    if (changes || words.empty()) return;
    note(step, side,
         {.kind = "verdict", .words = words, .said = ": " + words, .place = Place::Middle});
  }

  void badge(const core::Step& step, core::Side side, core::State state) {
    label_badge(step, side, core::to_string(state), state_colours(state, frame_.dark));
  }

  void label_badge(const core::Step& step, core::Side side, std::string_view words,
                   const StateColours& colour) {
    const Type type = {frame_.fonts.mono_bold, sizes_.small, colour.text};
    const float width = width_of(type, words) + 2 * sizes_.badge_padding;
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
    text_in(frame_, type, box, words);
    item(frame_, key(side == core::Side::Client ? "client" : "server", step.number),
         std::string(core::name(side)) + ": " + std::string(words), box);
  }

  enum class Place : std::uint8_t { Above, Middle, Below };
  struct Note {
    std::string_view kind;
    std::string words;
    std::string said;  ///< after the end's name
    Place place = Place::Below;
    bool alarm = false;
  };
  /// A note beside a lifeline: above the row's badge, in its place, or below it, one under the
  /// other. Returns what it covers.
  Box note(const core::Step& step, core::Side side, const Note& note) {
    const float x = layout_.x(side) + outward(side) * sizes_.badge_offset;
    const float beside = (sizes_.badge_height + sizes_.small) / 2;
    float top = row(step.number) - sizes_.small / 2;
    if (note.place == Place::Above) top -= beside;
    if (note.place == Place::Below) {
      const int lines = below_[core::index(side)]++;
      top += beside + static_cast<float>(lines) * (sizes_.small + sizes_.hairline);
    }
    const Type type = mono(note.alarm ? frame_.colour.lost : frame_.colour.faint);
    if (note.place == Place::Middle) {
      // The now line does not strike it out.
      const float end = x + outward(side) * width_of(type, note.words);
      frame_.draw.AddRectFilled({std::min(x, end), top}, {std::max(x, end), top + sizes_.small},
                                frame_.colour.paper);
    }
    const Box box = unless_cut(
        top, [&] { return text(frame_, type, {x, top}, outer_align(side), note.words); });
    item(frame_, key(note.kind, step.number), std::string(core::name(side)) + note.said, box);
    return box;
  }
  /// Draws words, but not those that the top of the rows would cut in half.
  template <typename Draw>
  Box unless_cut(float top, const Draw& draw) const {
    const bool cut = top < layout_.rows().min.y;
    if (cut) frame_.draw.PushClipRect({}, {});
    const Box box = draw();
    if (cut) frame_.draw.PopClipRect();
    return box;
  }
  /// Whether a note has room beside its lifeline.
  [[nodiscard]] bool fits(std::string_view words) const {
    return width_of(mono(0), words) <= sizes_.side - sizes_.badge_offset - sizes_.gap / 2;
  }

  void call(const core::Step& step, core::Side side, const core::Called& called) {
    const bool refused = called.result == core::CallResult::ConnectionClosing ||
                         called.result == core::CallResult::ConnectionReset ||
                         called.result == core::CallResult::ConnectionDoesNotExist ||
                         called.result == core::CallResult::ConnectionAlreadyExists;
    const std::string words = std::string(core::to_string(called.call)) + "()";
    const std::string whole = words + " refused";
    note(step, side,
         {.kind = "call",
          .words = !refused      ? words
                   : fits(whole) ? whole
                                 : words + " ×",
          .said = " application: " + (refused ? whole : words),
          .place = Place::Above,
          .alarm = refused});
  }

  void signal(const core::Step& step, core::Side side, core::Signal signal) {
    const Heard words = heard(signal);
    if (words.drawn.empty()) return;
    note(step, side,
         {.kind = "signal",
          .words = std::string(words.drawn),
          .said = " application: " + std::string(words.said),
          .alarm = signal != core::Signal::Eof});
  }

  /// One that runs out is named. A long wait stands beside the state it ends, with what is left.
  void timer(const core::Step& step, core::Side side, const core::TimerChanged& timer) {
    if (timer.change.what == core::TimerAction::Expire) {
      const std::string words(word(timer.change.timer));
      note(step, side,
           {.kind = "timeout", .words = words, .said = ": " + words, .place = Place::Above});
    }
    if (is_countdown(timer.change)) countdown(step, side, timer);
  }

  void countdown(const core::Step& step, core::Side side, const core::TimerChanged& timer) {
    const auto& running = model_.current().world.at(side).timers;
    const core::Deadline deadline = {timer.change.timer, timer.expires_at};
    const bool current = std::ranges::find(running, deadline) != running.end();
    const core::Time whole = timer.change.after_ms;
    const core::Time left = current ? timer.expires_at - model_.now() : whole;
    const core::Time seconds = left >= whole - 1000 ? whole : left / 1000 * 1000;
    const bool two_msl = timer.change.timer == core::Timer::TimeWait;
    const Box words = note(step, side,
                           {.kind = "timer",
                            .words = (two_msl ? "2·MSL " : "limit ") + core::duration_text(seconds),
                            .said = (two_msl ? ": 2·MSL timer " : ": FIN_WAIT_2 limit ") +
                                    core::duration_text(whole)});
    if (!current) return;
    const float top = words.max.y + sizes_.hairline * 2;
    const float share = static_cast<float>(left) / static_cast<float>(whole);
    const core::State state = two_msl ? core::State::TimeWait : core::State::FinWait2;
    const float round = sizes_.bar / 2;
    frame_.draw.AddRectFilled({words.min.x, top}, {words.max.x, top + sizes_.bar},
                              frame_.colour.line, round);
    frame_.draw.AddRectFilled({words.min.x, top},
                              {std::lerp(words.min.x, words.max.x, share), top + sizes_.bar},
                              state_colours(state, frame_.dark).shape, round);
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

  // --- Segments ----------------------------------------------------------------------------------

  /// u, u+1: a number counted from the first one of the side that it belongs to; u′ is the first
  /// one of that side's next connection. The nearest counts.
  [[nodiscard]] std::string symbol(core::Seq seq, core::Side side) const {
    const core::Start& start = model_.run.scenario.start[core::index(side)];
    if (model_.real_numbers || start.symbol.empty()) return std::to_string(seq.value);
    std::string name = start.symbol;
    std::int32_t distance = seq - start.snd_nxt;
    std::string primes;
    for (const core::Transmission& sent : model_.timeline.segments) {
      const bool first = sent.from == side && sent.segment.flags.syn && !sent.of_network() &&
                         !sent.retransmission_of;
      if (!first) continue;
      primes += "′";
      if (std::abs(seq - sent.segment.seq) >= std::abs(distance)) continue;
      distance = seq - sent.segment.seq;
      name = start.symbol + primes;
    }
    if (distance == 0) return name;
    return name + (distance > 0 ? "+" : "−") + std::to_string(std::abs(distance));
  }

  /// The numbers of a segment: all of them, and in fewer words.
  [[nodiscard]] std::vector<std::string> numbers(const core::Transmission& sent) const {
    const std::string seq = "seq=" + symbol(sent.segment.seq, sent.from);
    const std::string ack =
        sent.segment.flags.ack ? " ack=" + symbol(sent.segment.ack, core::other(sent.from)) : "";
    const std::string len = sent.segment.len > 0 ? " len=" + std::to_string(sent.segment.len) : "";
    // A reset gives no room to anything, and says nothing by that.
    const bool shut = sent.segment.wnd == 0 && !sent.segment.flags.rst;
    const std::string wnd = shut ? " win=0" : "";
    const std::string whole = seq + ack + len + wnd;
    std::vector<std::string> out = {whole};
    for (const std::string& shorter : {seq + len + wnd, seq}) {
      if (shorter.size() < whole.size()) out.push_back(shorter + " …");
    }
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
    const auto [from, target] = line(sent, row(flight.leaves), row(ends));
    // One that has just left is seen on its way already.
    constexpr float first = 0.3F;
    constexpr float dies_at = 0.93F;
    const float reach = flight.lost ? std::lerp(first, dies_at, way) : std::lerp(first, 1.0F, way);
    const ImVec2 tip = between(from, target, reach);
    const bool current = flight.leaves == model_.step || ends == model_.step;
    const bool again = sent.repeated;
    const ImU32 colour = colour_of(sent, over && flight.lost, current);
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
    label(sent, from, flight.lost ? between(from, target, dies_at) : target, colour,
          again ? " again" : "", !over ? "on its way" : fate_word(sent, flight.lost));
  }

  /// A forgery or a copy: it is there when it arrives, out of the middle of the network.
  void out_of_network(const core::Transmission& sent) {
    if (!sent.of_network()) return;
    const Flight& flight = flights_[static_cast<std::size_t>(sent.number) - 1];
    constexpr float appears = 0.22F;
    const float end = row(flight.leaves);
    const auto [from, target] = line(sent, end - layout_.row() / 2, end);
    const ImVec2 tail = between(from, target, appears);
    const ImU32 colour = colour_of(sent, flight.lost, flight.leaves == model_.step);
    dashes(frame_, tail, target, colour, sizes_.arrow, sizes_.gap / 3);
    frame_.draw.AddCircleFilled(tail, sizes_.arrow_head / 2, frame_.colour.paper);
    frame_.draw.AddCircle(tail, sizes_.arrow_head / 2, colour, 0, sizes_.arrow);
    if (flight.lost) {
      cross(target, colour);
    } else {
      head(tail, target, colour);
    }
    label(sent, tail, target, colour, sent.injected ? " injected" : " copy",
          fate_word(sent, flight.lost));
  }

  struct Line {
    ImVec2 from;
    ImVec2 target;
  };
  /// From lifeline to lifeline, between these heights.
  [[nodiscard]] Line line(const core::Transmission& sent, float from_y, float target_y) const {
    const core::Side to = core::other(sent.from);
    const float half = sizes_.lifeline / 2;
    return {{layout_.x(sent.from) - outward(sent.from) * half, from_y},
            {layout_.x(to) - outward(to) * half, target_y}};
  }

  [[nodiscard]] static ImVec2 between(ImVec2 from, ImVec2 target, float share) {
    return {std::lerp(from.x, target.x, share), std::lerp(from.y, target.y, share)};
  }

  /// A reset, and what is lost, has a colour of its own; so has what moves now.
  [[nodiscard]] ImU32 colour_of(const core::Transmission& sent, bool lost, bool current) const {
    if (lost || sent.segment.flags.rst) return frame_.colour.lost;
    return current ? frame_.colour.accent : frame_.colour.ink;
  }

  [[nodiscard]] static std::string_view fate_word(const core::Transmission& sent, bool lost) {
    if (!lost) return "delivered";
    return sent.fate == core::Fate::HostDown ? "finds its host down" : "lost";
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

  /// The arrows of the other segments that are on their way while this one is.
  [[nodiscard]] std::vector<Arrow> strokes_beside(const core::Transmission& sent) const {
    const auto stroke = [&](const core::Transmission& one) {
      const Flight& flight = flights_[static_cast<std::size_t>(one.number) - 1];
      const float end =
          row(one.of_network() ? flight.leaves : flight.ends.value_or(flight.leaves + 1));
      const float begin = one.of_network() ? end - layout_.row() / 2 : row(flight.leaves);
      const auto [from, target] = line(one, begin, end);
      return Arrow{{from.x, from.y}, {target.x, target.y}};
    };
    const Arrow own = stroke(sent);
    std::vector<Arrow> out;
    for (const core::Transmission& one : model_.timeline.segments) {
      const Arrow other = stroke(one);
      const bool beside =
          other.to.y > own.from.y - layout_.row() && other.from.y < own.to.y + layout_.row();
      if (one.number != sent.number && beside) out.push_back(other);
    }
    return out;
  }

  /// Number, flags and sequence numbers along the arrow: in one line above it where there is room,
  /// else the sequence numbers below it, clear of other arrows and their labels.
  void label(const core::Transmission& sent, ImVec2 from, ImVec2 target, ImU32 colour,
             std::string_view mark, std::string_view fate) {
    const std::string flags = std::string(core::to_string(sent.segment.flags)) +
                              (later(sent.incarnation) ? "′" : "") + std::string(mark);
    const std::vector<std::string> values = numbers(sent);
    const Type strong = {frame_.fonts.mono_bold, sizes_.small, colour};
    const Type plain = mono(frame_.colour.faint);
    // The number's disc becomes longer where the number does.
    const Type numeral = {frame_.fonts.bold, sizes_.small, frame_.colour.paper};
    const std::string number = std::to_string(sent.number);
    const float disc = std::max(2 * sizes_.disc, width_of(numeral, number) + sizes_.gap / 2);
    const float flags_width = width_of(strong, flags);
    std::vector<LabelVariant> settings;
    for (const std::string& words : values) {
      for (const bool one_line : {true, false}) {
        settings.push_back({.number = disc,
                            .flags = flags_width,
                            .values = width_of(plain, words),
                            .one_line = one_line});
      }
    }
    const float above = sizes_.gap * 0.6F;
    const LabelPlacement placing = place_label({{from.x, from.y}, {target.x, target.y}}, settings,
                                               strokes_beside(sent), labels_,
                                               {.text = sizes_.small,
                                                .above = above,
                                                .below = above + sizes_.small * 0.3F,
                                                .disc = sizes_.disc,
                                                .after = sizes_.gap,
                                                .between = 2 * sizes_.gap,
                                                .margin = sizes_.margin});
    labels_.insert(labels_.end(), placing.covers.begin(), placing.covers.end());

    const auto [x, y] = placing.number;
    const Box round = {{x - disc / 2, y - sizes_.disc}, {x + disc / 2, y + sizes_.disc}};
    const Box box = unless_cut(round.min.y, [&] {
      frame_.draw.AddRectFilled(round.min, round.max, colour, sizes_.disc);
      text_in(frame_, numeral, round, number);
      const Box head = join(round, text_along(frame_, strong, placing.flags, flags));
      const std::string& shown = values[placing.setting / 2];
      const Box rest = text_along(frame_, plain, placing.values, shown);
      // A box around a steep line of text would be mostly empty: the head stands for all of it.
      constexpr float steep = 0.2F;
      const bool flat = std::abs(target.y - from.y) < steep * std::abs(target.x - from.x);
      return flat ? join(head, rest) : head;
    });
    item(frame_, key("segment", sent.number),
         "Segment " + std::to_string(sent.number) + ": " + flags + " from " +
             std::string(core::name(sent.from)) + " to " +
             std::string(core::name(core::other(sent.from))) + ", " + values.front() +
             connection(sent) + ", " + std::string(fate),
         box);
  }

  /// Which connection a segment belongs to, where there is more than one.
  [[nodiscard]] static std::string connection(const core::Transmission& sent) {
    if (sent.incarnation == 1) return "";
    if (sent.incarnation < 1) return ", of an older connection";
    return ", connection " + std::to_string(sent.incarnation);
  }

  const app::Model& model_;
  Frame& frame_;
  const Sizes& sizes_;
  std::vector<Flight> flights_;
  LadderLayout layout_;
  int first_ = 1;
  int last_ = 1;
  std::vector<OrientedBox> labels_;  ///< what the arrows' words cover so far
  std::array<int, 2> below_ = {};    ///< notes below the badge in this step, by side
};

}  // namespace

void ladder_view(const app::Model& model, const Box& box, Frame& frame) {
  Ladder(model, box, frame).draw();
}

}  // namespace ui
