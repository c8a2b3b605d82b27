#include "app/run_marks.hpp"

#include "app/say.hpp"
#include "core/base/message.hpp"

#include <algorithm>
#include <span>

namespace app {
namespace {

using core::Text;

std::string of_end(Text pattern, core::Side side, std::string_view words) {
  return Say(pattern).with("side", name_of(side)).with("words", words).text();
}

/// What an end made of a segment, where no badge says it.
std::optional<Text> word(core::Verdict verdict) {
  switch (verdict) {
    case core::Verdict::Accepted:
    case core::Verdict::Reset: return std::nullopt;
    case core::Verdict::Duplicate: return Text::stage_note_nothing_new;
    case core::Verdict::OutOfWindow: return Text::stage_note_out_of_window;
    case core::Verdict::OutOfOrder: return Text::stage_note_held;
    case core::Verdict::Challenge: return Text::stage_note_challenged;
    case core::Verdict::Ignored: return Text::stage_note_ignored;
  }
  return std::nullopt;
}

/// What the application learns, in few words and in a sentence.
struct Heard {
  Text drawn;
  Text said;
};
std::optional<Heard> heard(core::Signal signal) {
  using enum Text;
  switch (signal) {
    case core::Signal::Closed: return std::nullopt;
    case core::Signal::Eof: return Heard{stage_signal_eof, stage_signal_eof_said};
    case core::Signal::ConnectionReset: return Heard{stage_signal_reset, stage_signal_reset_said};
    case core::Signal::ConnectionRefused:
      return Heard{stage_signal_refused, stage_signal_refused_said};
    case core::Signal::TimedOut: return Heard{stage_signal_timed_out, stage_signal_timed_out_said};
  }
  return std::nullopt;
}

/// A timer's name as it runs out.
Text word(core::Timer timer) {
  switch (timer) {
    case core::Timer::Retransmission: return Text::stage_timer_retransmission;
    case core::Timer::Persist: return Text::stage_timer_persist;
    case core::Timer::TimeWait: return Text::stage_timer_time_wait;
    case core::Timer::FinWait2: return Text::stage_timer_fin_wait_2;
    case core::Timer::DelayedAck: return Text::stage_timer_delayed_ack;
    case core::Timer::Keepalive: return Text::stage_timer_keepalive;
    case core::Timer::UserTimeout: return Text::stage_timer_user_timeout;
  }
  return {};
}

bool is_countdown(const core::TimerChange& change) {
  const bool runs =
      change.what == core::TimerAction::Start || change.what == core::TimerAction::Restart;
  return runs && (change.timer == core::Timer::TimeWait || change.timer == core::Timer::FinWait2);
}

bool is_refused(core::CallResult result) {
  return result == core::CallResult::ConnectionClosing ||
         result == core::CallResult::ConnectionReset ||
         result == core::CallResult::ConnectionDoesNotExist ||
         result == core::CallResult::ConnectionAlreadyExists;
}

/// Makes the marks of one step, record by record.
class Marks {
 public:
  Marks(const core::Timeline& timeline, const core::Step& step)
      : timeline_(timeline),
        step_(step),
        records_(std::span(timeline.records)
                     .subspan(step.records.first, step.records.last - step.records.first)) {}

  std::vector<Mark> take() {
    if (step_.kind == core::StepKind::Start) {
      for (const core::Side side : {core::Side::Client, core::Side::Server}) {
        add(Badge{side, step_.world.at(side).tcb.state});
      }
    }
    const auto open = core::half_closed(step_.world);
    if (step_.kind == core::StepKind::Annotation && open) add(HalfClosedMark{*open});
    for (const core::Record& record : records_) {
      side_ = record.side;
      std::visit([&](const auto& what) { mark(what); }, record.what);
    }
    return std::move(marks_);
  }

 private:
  void add(Mark mark) { marks_.push_back(std::move(mark)); }
  void add(Note note) {
    note.side = side_;
    marks_.emplace_back(std::move(note));
  }
  [[nodiscard]] std::string of_host(std::string_view words) const {
    return of_end(Text::stage_end_of, side_, words);
  }
  [[nodiscard]] std::string of_application(std::string_view words) const {
    return of_end(Text::stage_end_application, side_, words);
  }

  void mark(const core::Called& called) {
    const auto words = [&](Text pattern) {
      return Say(pattern).with("call", core::to_string(called.call)).text();
    };
    const bool refused = is_refused(called.result);
    const std::string whole =
        words(refused ? Text::stage_note_call_refused : Text::stage_note_call);
    add(Note{.kind = "call",
             .words = whole,
             .shorter = refused ? words(Text::stage_note_call_refused_short) : "",
             .said = of_application(whole),
             .place = NotePlace::Above,
             .of_application = true,
             .alarm = refused});
  }

  void mark(const core::HostChanged& host) {
    using enum Text;
    add(Note{
        .kind = "host",
        .words = std::string(core::render(host.up ? stage_note_reboot : stage_note_crash)),
        .said = of_host(core::render(host.up ? stage_note_reboot_said : stage_note_crash_said)),
        .place = NotePlace::Above,
        .alarm = !host.up});
    // Either way it knows of no connection.
    add(Badge{side_, core::State::Closed, !host.up});
  }

  void mark(const core::Signalled& signalled) {
    const auto words = heard(signalled.signal);
    if (!words) return;
    add(Note{.kind = "signal",
             .words = std::string(core::render(words->drawn)),
             .said = of_application(core::render(words->said)),
             .of_application = true,
             .alarm = signalled.signal != core::Signal::Eof});
  }

  /// A state begins; a later incarnation says so.
  void mark(const core::StateChanged& changed) {
    const core::Endpoint& end = step_.world.at(side_);
    if (!end.up) return;
    add(Badge{side_, changed.to});
    const bool begins =
        changed.to == core::State::SynSent || changed.to == core::State::SynReceived;
    if (!begins || end.incarnation <= 1) return;
    const std::string words =
        Say(Text::stage_note_connection).with("number", end.incarnation).text();
    add(Note{.kind = "connection", .words = words, .said = of_host(words)});
  }

  /// A timer that expires is named. A long wait stands beside the state that it ends.
  void mark(const core::TimerChanged& timer) {
    using enum Text;
    const core::TimerChange& change = timer.change;
    if (change.what == core::TimerAction::Expire) {
      const std::string words(core::render(word(change.timer)));
      add(Note{
          .kind = "timeout", .words = words, .said = of_host(words), .place = NotePlace::Above});
    }
    if (!is_countdown(change)) return;
    const bool two_msl = change.timer == core::Timer::TimeWait;
    const auto whole = [&](Text pattern) {
      return Say(pattern).with("time", core::Duration{change.after_ms}).text();
    };
    add(Note{.kind = "timer",
             .words = whole(two_msl ? stage_timer_two_msl : stage_timer_limit),
             .said = of_host(whole(two_msl ? stage_timer_two_msl_said : stage_timer_limit_said)),
             .countdown = timer});
  }

  void mark(const core::Sent& sent) { add(ArrowMark{sent.segment}); }

  void mark(const core::Received& received) {
    add_out_of_network(received.segment);
    const bool changes = std::ranges::any_of(records_, [](const core::Record& record) {
      return std::holds_alternative<core::StateChanged>(record.what);
    });
    // While the state stays, the timer of TIME_WAIT can only start again.
    const bool restarts = std::ranges::any_of(records_, [](const core::Record& record) {
      const auto* changed = std::get_if<core::TimerChanged>(&record.what);
      return changed != nullptr && changed->change.timer == core::Timer::TimeWait;
    });
    const auto text = restarts ? Text::stage_note_starts_again : word(received.verdict);
    if (changes || !text) return;
    const std::string words(core::render(*text));
    add(Note{
        .kind = "verdict", .words = words, .said = of_host(words), .place = NotePlace::Middle});
  }

  void mark(const core::Lost& lost) { add_out_of_network(lost.segment); }

  void add_out_of_network(int segment) {
    if (timeline_.segment(segment).of_network()) add(ArrowMark{segment, true});
  }

  const core::Timeline& timeline_;
  const core::Step& step_;
  std::span<const core::Record> records_;
  core::Side side_{};  ///< of the record
  std::vector<Mark> marks_;
};

}  // namespace

std::vector<Mark> marks_of(const core::Timeline& timeline, const core::Step& step) {
  return Marks(timeline, step).take();
}

}  // namespace app
