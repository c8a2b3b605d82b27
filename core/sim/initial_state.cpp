#include "core/sim/initial_state.hpp"

#include <algorithm>

namespace core {
namespace {

/// What was sent and is not acknowledged: a SYN, or text and perhaps a FIN, cut by `mss`.
void fill_retransmission_queue(Tcb& tcb, bool syn, bool fin, Time mss) {
  if (syn) {
    tcb.retransmission_queue = {{.seq = tcb.iss, .syn = true}};
    return;
  }
  const Seq text_end = fin ? tcb.snd_nxt - 1 : tcb.snd_nxt;
  for (Seq seq = tcb.snd_una; seq < tcb.snd_nxt;) {
    const auto len = static_cast<std::uint32_t>(std::min<Time>(text_end - seq, mss));
    const SequenceRange range{.seq = seq, .len = len, .fin = fin && seq + len == text_end};
    tcb.retransmission_queue.push_back(range);
    seq = range.end();
  }
}

}  // namespace

Endpoint start_of(const Start& start, const Start& peer, const Policy& policy) {
  const State state = start.state;
  const bool opening = state == State::SynSent || state == State::SynReceived;
  const bool fin_unacknowledged =
      state == State::FinWait1 || state == State::Closing || state == State::LastAck;
  const bool fin_acknowledged = state == State::FinWait2 || state == State::TimeWait;
  const bool fin_sent = fin_unacknowledged || fin_acknowledged;
  const bool exists = state != State::Closed && state != State::Listen;

  Endpoint end;
  end.incarnation = exists ? 1 : 0;
  if (start.unread > 0) end.buffer.push_back({start.unread, false});
  Tcb& tcb = end.tcb;
  tcb.state = state;
  tcb.passive = state == State::Listen || state == State::SynReceived;
  tcb.rto_ms = policy.rto_ms;
  tcb.snd_nxt = start.snd_nxt;
  tcb.rcv_nxt = tcb.acknowledged = start.rcv_nxt;
  tcb.rcv_wnd = start.rcv_wnd;
  tcb.snd_wnd = tcb.max_snd_wnd = peer.rcv_wnd;
  tcb.unread = start.unread;
  tcb.orphan = start.orphan;
  tcb.reads_at_once = start.reads_at_once;
  tcb.fin_received = peer_finished(state);
  tcb.fin_requested = fin_sent;
  if (fin_sent) tcb.fin = start.snd_nxt - 1;
  // The first numbers as they would be had nothing but SYN and FIN been sent.
  tcb.iss = start.snd_nxt - (fin_sent ? 2 : 1);
  tcb.irs = start.rcv_nxt - (peer_finished(state) ? 2 : 1);
  const Seq una = fin_unacknowledged || opening ? start.snd_nxt - 1 : start.snd_nxt;
  tcb.snd_una = fin_acknowledged ? start.snd_nxt : start.snd_una.value_or(una);
  tcb.snd_wl1 = start.rcv_nxt;
  tcb.snd_wl2 = tcb.snd_una;
  if (exists) fill_retransmission_queue(tcb, opening, fin_unacknowledged, policy.mss);
  if (tcb.outstanding() && policy.user_timeout_ms)
    tcb.user_timeout_marks.push_back({.end = tcb.snd_nxt});

  const auto run = [&](Timer timer, Time after_ms) {
    tcb.timers.add(timer);
    end.timers.push_back({timer, after_ms});
  };
  if (!tcb.retransmission_queue.empty()) run(Timer::Retransmission, policy.rto_ms);
  if (state == State::TimeWait) run(Timer::TimeWait, policy.two_msl());
  // Nothing is owed at the start, so that only timers come of this.
  const Outcome kept = transmit(tcb, policy);
  tcb = kept.next;
  for (const TimerChange& change : kept.timers)
    end.timers.push_back({change.timer, change.after_ms});
  return end;
}

}  // namespace core
