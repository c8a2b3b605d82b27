#include "ends.hpp"

#include <algorithm>
#include <charconv>

namespace ends {
namespace {

using core::State;

/// "out of window" for "out_of_window": easier to read in rows.
std::string spaced(std::string_view name, char space = ' ') {
  std::string out(name);
  std::ranges::replace(out, '_', space);
  return out;
}

std::string text(const core::TimerChange& change) {
  const std::string out =
      std::string(to_string(change.what)) + ' ' + spaced(to_string(change.timer), '-');
  const bool runs =
      change.what == core::TimerAction::Start || change.what == core::TimerAction::Restart;
  return runs ? out + ' ' + std::to_string(change.after_ms) : out;
}

std::uint32_t number(std::string_view& rest) {
  std::uint32_t value = 0;
  const auto [end, error] = std::from_chars(rest.data(), rest.data() + rest.size(), value);
  rest.remove_prefix(static_cast<std::size_t>(end - rest.data()));
  return value;
}

}  // namespace

std::string text(core::Verdict verdict) {
  return spaced(to_string(verdict));
}

core::Tcb in(State state) {
  core::Tcb tcb;
  tcb.state = state;
  tcb.rto_ms = 1000;
  tcb.snd_una = tcb.snd_nxt = {100};
  tcb.rcv_nxt = {300};
  tcb.snd_wnd = tcb.rcv_wnd = 1000;
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

core::Segment segment(std::string_view notation) {
  core::Segment out;
  out.wnd = 1000;
  while (!notation.empty() && notation.front() != ' ') {
    switch (notation.front()) {
      case 'S': out.flags.syn = true; break;
      case 'F': out.flags.fin = true; break;
      case 'R': out.flags.rst = true; break;
      default: out.flags.ack = true;
    }
    notation.remove_prefix(1);
  }
  notation.remove_prefix(1);
  out.seq = {number(notation)};
  if (notation.starts_with('/')) {
    notation.remove_prefix(1);
    out.ack = {number(notation)};
  }
  if (notation.starts_with('+')) {
    notation.remove_prefix(1);
    out.len = number(notation);
  }
  if (notation.starts_with(" w")) {
    notation.remove_prefix(2);
    out.wnd = number(notation);
  }
  return out;
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

Told tell(const core::Tcb& before, const core::Event& event, const core::Policy& policy,
          const core::Inputs& now) {
  const core::Outcome first = core::step(before, event, policy, now);
  const core::Outcome then = core::transmit(first.next, policy, now);
  std::string out(core::to_string(then.next.state));
  if (std::holds_alternative<core::Arrival>(event)) out += " " + text(first.verdict);
  if (const auto* call = std::get_if<core::Call>(&event)) {
    out += " " + spaced(to_string(first.result));
    if (std::holds_alternative<core::ReceiveOctets>(*call) && first.octets > 0) {
      out += " " + std::to_string(first.octets);
    }
  }
  for (const core::Outcome* outcome : {&first, &then}) {
    for (const core::Signal signal : outcome->signals)
      out += "; signal " + spaced(to_string(signal));
    for (const core::TimerChange& change : outcome->timers) out += "; " + text(change);
  }
  std::vector<core::Segment> sent = first.send;
  sent.insert(sent.end(), then.send.begin(), then.send.end());
  for (const core::Segment& one : sent) out += "; " + text(one);
  std::vector<core::Transition> transitions = first.transitions;
  transitions.insert(transitions.end(), then.transitions.begin(), then.transitions.end());
  return {then.next, then.rule == core::Rule::None ? first.rule : then.rule, out, sent,
          transitions};
}

}  // namespace ends
