#include "ends.hpp"

#include <array>
#include <charconv>

namespace ends {
namespace {

using core::State;

std::string_view word(core::CallResult result) {
  switch (result) {
    case core::CallResult::Ok: return "ok";
    case core::CallResult::Eof: return "eof";
    case core::CallResult::ConnectionClosing: return "connection closing";
    case core::CallResult::ConnectionReset: return "connection reset";
    case core::CallResult::ConnectionDoesNotExist: return "connection does not exist";
    case core::CallResult::ConnectionAlreadyExists: return "connection already exists";
    case core::CallResult::WouldBlock: return "would block";
  }
  return {};
}

std::string_view word(core::Signal signal) {
  switch (signal) {
    case core::Signal::Eof: return "signal eof";
    case core::Signal::ConnectionReset: return "signal connection reset";
    case core::Signal::ConnectionRefused: return "signal connection refused";
    case core::Signal::TimedOut: return "signal timed out";
    case core::Signal::Closed: return "signal closed";
  }
  return {};
}

std::string word(const core::TimerChange& change) {
  static constexpr std::array<std::string_view, 7> names = {
      "retransmission", "persist",   "time-wait",   "fin-wait-2",
      "delayed-ack",    "keepalive", "user-timeout"};
  const std::string timer(names[static_cast<std::size_t>(change.timer)]);
  const std::string after = " " + timer + " " + std::to_string(change.after_ms);
  switch (change.what) {
    case core::TimerDoes::Start: return "start" + after;
    case core::TimerDoes::Restart: return "restart" + after;
    case core::TimerDoes::Stop: return "stop " + timer;
    case core::TimerDoes::Expire: return "expire " + timer;
  }
  return {};
}

std::uint32_t number(std::string_view& rest) {
  std::uint32_t value = 0;
  const auto [end, error] = std::from_chars(rest.data(), rest.data() + rest.size(), value);
  rest.remove_prefix(static_cast<std::size_t>(end - rest.data()));
  return value;
}

}  // namespace

std::string_view word(core::Verdict verdict) {
  switch (verdict) {
    case core::Verdict::Accepted: return "accepted";
    case core::Verdict::Duplicate: return "duplicate";
    case core::Verdict::OutOfWindow: return "out of window";
    case core::Verdict::OutOfOrder: return "out of order";
    case core::Verdict::Challenge: return "challenge";
    case core::Verdict::Ignored: return "ignored";
    case core::Verdict::Reset: return "reset";
  }
  return {};
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
  std::string out(core::name(then.next.state));
  if (std::holds_alternative<core::Arrival>(event)) out += " " + std::string(word(first.verdict));
  if (const auto* call = std::get_if<core::Call>(&event)) {
    out += " " + std::string(word(first.result));
    if (std::holds_alternative<core::ReceiveOctets>(*call) && first.octets > 0) {
      out += " " + std::to_string(first.octets);
    }
  }
  for (const core::Outcome* outcome : {&first, &then}) {
    for (const core::Signal signal : outcome->signals) out += "; " + std::string(word(signal));
    for (const core::TimerChange& change : outcome->timers) out += "; " + word(change);
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
