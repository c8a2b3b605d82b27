#include "ends.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <charconv>
#include <system_error>

namespace ends {
namespace {

using core::State;

/// "out of window" for "out_of_window": easier to read in rows.
std::string spaced(std::string_view name, char space = ' ') {
  std::string out(name);
  std::ranges::replace(out, '_', space);
  return out;
}

/// Takes a letter or a sign away, if it stands there.
bool take(std::string_view& rest, char sign) {
  if (!rest.starts_with(sign)) return false;
  rest.remove_prefix(1);
  return true;
}

/// Takes a number away. Without one, or with one of more than 32 bits, the notation is wrong.
bool take_number(std::string_view& rest, std::uint32_t& value) {
  const auto [end, error] = std::from_chars(rest.data(), rest.data() + rest.size(), value);
  rest.remove_prefix(static_cast<std::size_t>(end - rest.data()));
  return error == std::errc{};
}

/// What an outcome did besides changing the Tcb: signals and timers.
std::string signals_and_timers(const core::Outcome& outcome) {
  std::string out;
  for (const core::Signal signal : outcome.signals) out += "; signal " + text(signal);
  for (const core::TimerChange& change : outcome.timers) out += "; " + text(change);
  return out;
}

/// The segments, each with its window where that is not the one that the end has now.
std::string segments(const std::vector<core::Segment>& sent, std::uint32_t rcv_wnd) {
  std::string out;
  for (const core::Segment& one : sent) out += "; " + text(one, one.flags.rst ? 0 : rcv_wnd);
  return out;
}

}  // namespace

std::string text(core::Verdict verdict) {
  return spaced(to_string(verdict));
}

std::string text(core::CallResult result) {
  return spaced(to_string(result));
}

std::string text(core::Signal signal) {
  return spaced(to_string(signal));
}

std::string text(core::Timer timer) {
  return spaced(to_string(timer), '-');
}

std::string text(const core::TimerChange& change) {
  const std::string out = std::string(to_string(change.what)) + ' ' + text(change.timer);
  const bool runs =
      change.what == core::TimerAction::Start || change.what == core::TimerAction::Restart;
  return runs ? out + ' ' + std::to_string(change.after_ms) : out;
}

core::Tcb in(State state) {
  core::Tcb tcb;
  tcb.state = state;
  tcb.rto_ms = 1000;
  tcb.snd_una = tcb.snd_nxt = {100};
  tcb.rcv_nxt = {300};
  tcb.snd_wnd = 2000;
  tcb.rcv_wnd = 1000;
  tcb.snd_wl1 = {300};
  tcb.snd_wl2 = {100};
  const bool fin_sent =
      state == State::FinWait1 || state == State::FinWait2 || core::both_closed(state);
  const bool fin_acknowledged = state == State::FinWait2 || state == State::TimeWait;
  if (fin_sent) {
    tcb.fin_requested = true;
    tcb.fin = core::Seq{100};
    tcb.snd_nxt = {101};
    tcb.snd_una = {fin_acknowledged ? 101U : 100U};
  }
  if (fin_sent && !fin_acknowledged) {
    tcb.retransmission_queue = {{.seq = {100}, .fin = true}};
    tcb.timers.add(core::Timer::Retransmission);
  }
  tcb.fin_received = core::peer_finished(state);
  if (tcb.fin_received) tcb.rcv_nxt = {301};
  if (state == State::TimeWait) tcb.timers.add(core::Timer::TimeWait);
  tcb.max_snd_wnd = tcb.snd_wnd;
  tcb.acknowledged = tcb.rcv_nxt;
  tcb.iss = {99};
  tcb.irs = {299};
  if (state == State::SynSent || state == State::SynReceived) {
    tcb.snd_una = tcb.iss;
    tcb.retransmission_queue = {{.seq = tcb.iss, .syn = true}};
    tcb.timers.add(core::Timer::Retransmission);
  }
  tcb.passive = state == State::Listen || state == State::SynReceived;
  return tcb;
}

std::optional<core::Segment> read_segment(std::string_view notation, std::uint32_t window) {
  core::Segment out;
  out.wnd = window;
  out.flags.syn = take(notation, 'S');
  out.flags.fin = take(notation, 'F');
  out.flags.rst = take(notation, 'R');
  out.flags.ack = take(notation, 'A');
  if (!take(notation, ' ') || !take_number(notation, out.seq.value)) return std::nullopt;
  if (out.flags.ack) {
    if (!take(notation, '/') || !take_number(notation, out.ack.value)) return std::nullopt;
  }
  if (take(notation, '+') && !take_number(notation, out.len)) return std::nullopt;
  if (take(notation, ' ')) {
    if (!take(notation, 'w') || !take_number(notation, out.wnd)) return std::nullopt;
  }
  if (!notation.empty()) return std::nullopt;
  return out;
}

core::Segment segment(std::string_view notation, const std::source_location& where) {
  const std::optional<core::Segment> read = read_segment(notation);
  if (!read) {
    const std::string problem = '"' + std::string(notation) + "\" is not how a segment is written";
    ADD_FAIL_AT(where.file_name(), static_cast<int>(where.line()), problem);
  }
  return read.value_or(core::Segment{});
}

std::string text(const core::Segment& segment) {
  std::string out;
  if (segment.flags.syn) out += 'S';
  if (segment.flags.fin) out += 'F';
  if (segment.flags.rst) out += 'R';
  if (segment.flags.ack) out += 'A';
  out += ' ' + std::to_string(segment.seq.value);
  if (segment.flags.ack) out += '/' + std::to_string(segment.ack.value);
  if (segment.len > 0) out += '+' + std::to_string(segment.len);
  return out;
}

std::string text(const core::Segment& segment, std::uint32_t usual_window) {
  const std::string out = text(segment);
  return segment.wnd == usual_window ? out : out + " w" + std::to_string(segment.wnd);
}

Told tell(const core::Tcb& before, const core::Event& event, const core::Policy& policy,
          const core::Inputs& now) {
  const core::Outcome first = core::step(before, event, policy, now);
  const core::Outcome then = core::transmit(first.next, policy, now);
  std::string out(core::to_string(then.next.state));
  if (std::holds_alternative<core::Arrival>(event)) out += " " + text(first.verdict);
  if (const auto* call = std::get_if<core::Call>(&event)) {
    out += " " + text(first.result);
    if (std::holds_alternative<core::ReceiveOctets>(*call) && first.octets > 0) {
      out += " " + std::to_string(first.octets);
    }
  }
  out += signals_and_timers(first) + signals_and_timers(then);
  std::vector<core::Segment> sent = first.send;
  sent.insert(sent.end(), then.send.begin(), then.send.end());
  out += segments(sent, then.next.rcv_wnd);
  std::vector<core::Transition> transitions = first.transitions;
  transitions.insert(transitions.end(), then.transitions.begin(), then.transitions.end());
  return {.tcb = then.next,
          .rule = then.rule == core::Rule::None ? first.rule : then.rule,
          .text = out,
          .sent = sent,
          .transitions = transitions,
          .first = first.next,
          .first_text = std::string(core::to_string(first.next.state)) + signals_and_timers(first) +
                        segments(first.send, first.next.rcv_wnd),
          .then_text = std::string(core::to_string(then.next.state)) + signals_and_timers(then) +
                       segments(then.send, then.next.rcv_wnd)};
}

}  // namespace ends
