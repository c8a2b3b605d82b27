#include "core/explore/properties.hpp"

#include <algorithm>

namespace core::explore {
namespace {

constexpr std::array<Text, last_property> sentences = {
    Text::property_p1,  Text::property_p2,  Text::property_p3,  Text::property_p4,
    Text::property_p5,  Text::property_p6,  Text::property_p7,  Text::property_p8,
    Text::property_p9,  Text::property_p10, Text::property_p11, Text::property_p12,
    Text::property_p13, Text::property_p14, Text::property_p15, Text::property_p16};

bool signalled(const Outcome& outcome, Signal signal) {
  return std::ranges::find(outcome.signals, signal) != outcome.signals.end();
}

/// The sequence numbers of both belong to one connection.
bool same_connection(const Tcb& before, const Tcb& after) {
  return !opening(before.state) && !opening(after.state);
}

bool moved_back(const Tcb& before, const Tcb& after) {
  const Seq edge = before.rcv_nxt + before.rcv_wnd;
  return after.snd_una < before.snd_una || after.rcv_nxt < before.rcv_nxt ||
         after.rcv_nxt + after.rcv_wnd < edge;
}

// P4: a segment that is sent, against the number of the FIN.
bool misplaced(const Tcb& after, const Segment& segment) {
  if (segment.flags.syn || segment.flags.rst) return false;
  const Seq text_end = segment.seq + segment.len;
  if (segment.flags.fin) return !after.fin || text_end != *after.fin;
  return segment.len > 0 && after.fin && text_end > *after.fin;
}

bool state_lies(const Tcb& tcb) {
  switch (tcb.state) {
    case State::FinWait1:
    case State::LastAck:
    case State::Closing: {
      const bool fin_waits = tcb.fin_requested && !tcb.fin_acknowledged();
      const bool peer_done = tcb.state != State::FinWait1;
      return !fin_waits || tcb.fin_received != peer_done;
    }
    case State::FinWait2: return !tcb.fin_acknowledged() || tcb.fin_received;
    // An abort may lead here as well (D3), with no FIN at all.
    case State::TimeWait:
      return (tcb.fin || !tcb.orphan) && (!tcb.fin_acknowledged() || !tcb.fin_received);
    case State::CloseWait: return tcb.fin || !tcb.fin_received;
    case State::Established: return tcb.fin_requested || tcb.fin_received;
    case State::Closed:
    case State::Listen:
    case State::SynSent:
    case State::SynReceived: return false;
  }
  return true;
}

}  // namespace

Text sentence(int property, const Setup& setup) {
  if (property == 16 && !setup.retransmissions) return Text::property_p16_unlimited;
  return sentences[static_cast<std::size_t>(property) - 1];
}

Checks check_outcome(const Tcb& before, const Outcome& outcome, const Policy& policy) {
  Checks out;
  const Tcb& after = outcome.next;
  if (same_connection(before, after)) {
    out.require(3, !moved_back(before, after));
    if (before.fin) out.require(4, after.fin == before.fin);
    for (const Segment& segment : outcome.send) {
      const bool data_with_fin_known = segment.len > 0 && after.fin;
      if (segment.flags.fin || data_with_fin_known) out.require(4, !misplaced(after, segment));
    }
  }
  for (const TimerChange& change : outcome.timers) {
    const bool runs = change.what == TimerAction::Start || change.what == TimerAction::Restart;
    if (change.timer != Timer::TimeWait || !runs) continue;
    out.require(16, change.after_ms == policy.two_msl());
  }
  return out;
}

Checks check_event(const End& before, const Outcome& outcome, const Policy& policy,
                   const Event& event) {
  Checks out = check_outcome(before.tcb, outcome, policy);
  const Tcb& after = outcome.next;
  const auto eofs = std::ranges::count(outcome.signals, Signal::Eof);
  if (eofs > 0) out.require(1, eofs == 1 && !before.eof && after.fin_received);
  if (before.tcb.fin_received && same_connection(before.tcb, after)) {
    out.require(6, outcome.received.empty() && after.rcv_nxt == before.tcb.rcv_nxt);
  }
  const auto* arrival = std::get_if<Arrival>(&event);
  if (arrival != nullptr && arrival->segment.flags.rst) {
    out.require(
        7, std::ranges::none_of(outcome.send, [](const Segment& one) { return one.flags.rst; }));
  }
  out.require(8, !signalled(outcome, Signal::ConnectionReset) &&
                     !signalled(outcome, Signal::ConnectionRefused));
  for (const Transition& one : outcome.transitions) {
    const bool waited = one.from == State::LastAck || one.from == State::Closing;
    if (waited) out.require(10, one.rule != Rule::K3);
  }
  if (arrival != nullptr && before.incarnation > 1) {
    out.require(12, std::ranges::none_of(outcome.received, &ReceivedChunk::stale));
  }
  return out;
}

Checks check_end(const End& end, const Policy& policy) {
  Checks out;
  const Tcb& tcb = end.tcb;
  if (tcb.fin_received && tcb.unread == 0 && !tcb.orphan && end.incarnation == 1) {
    out.require(1, end.eof || end.failed);
  }
  out.require(2, tcb.snd_una <= tcb.snd_nxt);
  if (synchronized(tcb.state)) out.require(5, !state_lies(tcb));
  if (tcb.fin_requested && synchronized(tcb.state)) {
    const Outcome sent = step(tcb, Call{SendOctets{1}}, policy);
    out.require(6, sent.result != CallResult::Ok && sent.next == tcb);
  }
  if (both_closed(tcb.state)) out.require(7, step(tcb, Call{Abort{}}, policy).send.empty());
  if (tcb.outstanding() && synchronized(tcb.state)) {
    out.require(14, tcb.timers.has(Timer::Retransmission) || tcb.timers.has(Timer::Persist));
  }
  const bool time_wait = tcb.state == State::TimeWait;
  const bool timed = tcb.timers.has(Timer::TimeWait);
  if (time_wait || timed) out.require(16, time_wait && timed);
  return out;
}

Checks check_ends(const End& client, const End& server, bool network_empty) {
  Checks out;
  const bool one_connection = client.incarnation == 1 && server.incarnation == 1 &&
                              !opening(client.tcb.state) && !opening(server.tcb.state);
  if (!one_connection) return out;
  const auto one_way = [&](const End& from, const End& to) {
    const Tcb& a = from.tcb;
    const Tcb& b = to.tcb;
    if (to.eof) out.require(1, to.received == from.sent && a.fin_requested);
    if (to.received > 0) out.require(1, to.received <= from.sent);
    out.require(2, b.rcv_nxt <= a.snd_nxt && a.snd_una <= b.rcv_nxt);
    if (b.fin_received) out.require(5, a.fin.has_value());
    if (a.fin_acknowledged()) out.require(5, b.fin_received);
  };
  one_way(client, server);
  one_way(server, client);
  // An end that has closed and has nothing in flight, nothing to send again and no ACK to send has
  // nothing left to do. If both are like that, the close must be complete.
  const auto at_rest = [](const Tcb& tcb) {
    return tcb.fin_requested && !tcb.outstanding() && tcb.ack_owed == AckOwed::No;
  };
  const auto done = [](State state) { return state == State::TimeWait || state == State::Closed; };
  if (network_empty && at_rest(client.tcb) && at_rest(server.tcb)) {
    out.require(14, done(client.tcb.state) && done(server.tcb.state));
  }
  return out;
}

Pairs allowed_pairs() {
  using enum State;
  constexpr std::array<std::pair<State, State>, 15> unordered = {{
      {Established, Established},
      {Established, FinWait1},
      {FinWait1, FinWait1},
      {FinWait1, CloseWait},
      {FinWait1, Closing},
      {FinWait1, LastAck},
      {FinWait2, CloseWait},
      {FinWait2, Closing},
      {FinWait2, LastAck},
      {Closing, Closing},
      {Closing, TimeWait},
      {LastAck, TimeWait},
      {TimeWait, TimeWait},
      {TimeWait, Closed},
      {Closed, Closed},
  }};
  Pairs out;
  for (const auto& [one, another] : unordered) {
    out.set(pair_of(one, another));
    out.set(pair_of(another, one));
  }
  return out;
}

}  // namespace core::explore
