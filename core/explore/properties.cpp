#include "core/explore/properties.hpp"

#include <algorithm>

namespace core::explore {
namespace {

constexpr std::array<std::string_view, 17> sentences = {
    "",
    "the end of data is told once, after every octet that the peer sent, and none besides",
    "no end acknowledges what was not sent, or believes acknowledged what did not arrive",
    "SND.UNA, RCV.NXT and the right edge of the window never move back",
    "one number for the FIN of each end, and no text beyond it",
    "each state means what it says about the two FINs",
    "nothing is sent after the own FIN, and nothing taken after the peer's",
    "no reset answers a reset; ABORT after both have closed sends none",
    "no application of a graceful close hears of a reset",
    "the pairs of states are the 25 of a graceful close, and no others",
    "no reset ends LAST_ACK or CLOSING, where an end waits for its last acknowledgment",
    "no packet war: delivering alone always comes to an end",
    "no octet of an old incarnation is taken by the new one",
    "both ends come to CLOSED, from everywhere, and cannot stay away for ever",
    "what is not acknowledged has a timer, so that no lost ACK blocks the close",
    "who waits for ever waits for the peer's FIN or for its own application",
    "every TIME_WAIT ends: 2·MSL after its last restart, of which there are finitely many",
};

bool told(const Outcome& outcome, Signal signal) {
  return std::ranges::find(outcome.signals, signal) != outcome.signals.end();
}

/// The numbers of both belong to one connection.
bool same_connection(const Tcb& before, const Tcb& after) {
  return !opening(before.state) && !opening(after.state);
}

bool moved_back(const Tcb& before, const Tcb& after) {
  const Seq edge = before.rcv_nxt + before.rcv_wnd;
  return after.snd_una < before.snd_una || after.rcv_nxt < before.rcv_nxt ||
         after.rcv_nxt + after.rcv_wnd < edge;
}

// P4: what leaves, against the number of the FIN.
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

std::string_view sentence(int property, const Setup& setup) {
  if (property == 16 && !setup.retransmissions) {
    return "TIME_WAIT always has its timer, for 2·MSL each time, and nobody stays in it for ever";
  }
  return sentences[static_cast<std::size_t>(property)];
}

Properties broken_by(const Tcb& before, const Outcome& outcome, const Policy& policy) {
  Properties out;
  const Tcb& after = outcome.next;
  if (same_connection(before, after)) {
    out[3] = moved_back(before, after);
    out[4] = (before.fin && after.fin != before.fin) ||
             std::ranges::any_of(outcome.send,
                                 [&](const Segment& segment) { return misplaced(after, segment); });
  }
  out[16] = std::ranges::any_of(outcome.timers, [&](const TimerChange& change) {
    const bool runs = change.what == TimerAction::Start || change.what == TimerAction::Restart;
    return change.timer == Timer::TimeWait && runs && change.after_ms != policy.two_msl();
  });
  return out;
}

Properties broken_by(const Tcb& before, const Outcome& outcome, const Policy& policy,
                     const Event& event, bool eof_before) {
  Properties out = broken_by(before, outcome, policy);
  const Tcb& after = outcome.next;
  const auto told_eof = std::ranges::count(outcome.signals, Signal::Eof) + (eof_before ? 1 : 0);
  out[1] = told_eof > 1 || (told(outcome, Signal::Eof) && !after.fin_received);
  const bool takes = !outcome.received.empty() || after.rcv_nxt != before.rcv_nxt;
  out[6] = before.fin_received && takes && same_connection(before, after);
  const auto* arrival = std::get_if<Arrival>(&event);
  out[7] = arrival != nullptr && arrival->segment.flags.rst &&
           std::ranges::any_of(outcome.send, [](const Segment& one) { return one.flags.rst; });
  out[8] = told(outcome, Signal::ConnectionReset) || told(outcome, Signal::ConnectionRefused);
  out[10] = std::ranges::any_of(outcome.transitions, [](const Transition& one) {
    const bool waited = one.from == State::LastAck || one.from == State::Closing;
    return waited && one.rule == Rule::K3;
  });
  out[12] = std::ranges::any_of(outcome.received, &ReceivedChunk::stale);
  return out;
}

Properties broken_by_being(const End& end, const Policy& policy) {
  Properties out;
  const Tcb& tcb = end.tcb;
  const bool knows = end.eof || end.failed || end.incarnation > 1;
  out[1] = tcb.fin_received && tcb.unread == 0 && !tcb.orphan && !knows;
  out[2] = tcb.snd_una > tcb.snd_nxt;
  out[5] = state_lies(tcb);
  const bool closed = tcb.fin_requested && synchronized(tcb.state);
  if (closed) {
    const Outcome sent = step(tcb, Call{SendOctets{1}}, policy);
    out[6] = sent.result == CallResult::Ok || sent.next != tcb;
  }
  if (both_closed(tcb.state)) out[7] = !step(tcb, Call{Abort{}}, policy).send.empty();
  const bool timed = tcb.timers.has(Timer::Retransmission) || tcb.timers.has(Timer::Persist);
  out[14] = tcb.outstanding() && synchronized(tcb.state) && !timed;
  out[16] = (tcb.state == State::TimeWait) != tcb.timers.has(Timer::TimeWait);
  return out;
}

Properties broken_by_both(const End& client, const End& server, bool wire_empty) {
  Properties out;
  const bool one_connection = client.incarnation == 1 && server.incarnation == 1 &&
                              !opening(client.tcb.state) && !opening(server.tcb.state);
  if (!one_connection) return out;
  const auto one_way = [&](const End& from, const End& to) {
    const Tcb& a = from.tcb;
    const Tcb& b = to.tcb;
    if (to.eof && (to.received != from.sent || !a.fin_requested)) out.set(1);
    if (to.received > from.sent) out.set(1);
    if (b.rcv_nxt > a.snd_nxt || a.snd_una > b.rcv_nxt) out.set(2);
    if ((b.fin_received && !a.fin) || (a.fin_acknowledged() && !b.fin_received)) out.set(5);
  };
  one_way(client, server);
  one_way(server, client);
  // Whoever has closed, with nothing on its way and nothing to send again, is done.
  const auto at_rest = [](const Tcb& tcb) { return tcb.fin_requested && !tcb.outstanding(); };
  const auto done = [](State state) { return state == State::TimeWait || state == State::Closed; };
  if (wire_empty && at_rest(client.tcb) && at_rest(server.tcb) &&
      !(done(client.tcb.state) && done(server.tcb.state))) {
    const bool owes = client.tcb.ack_owed != AckOwed::No || server.tcb.ack_owed != AckOwed::No;
    if (!owes) out.set(14);
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
