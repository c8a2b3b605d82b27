// A timer expires (RFC 9293 3.10.8, 3.8.1, 3.8.3, 3.8.4 and 3.8.6.1).
#include "core/tcp/processing.hpp"

#include <algorithm>
#include <cassert>

namespace core {

void Processing::on(const Timeout& timeout) {
  tcb_.timers.remove(timeout.timer);
  switch (timeout.timer) {
    // 3.10.8, RETRANSMISSION TIMEOUT: what was sent first goes again, or the peer is given up.
    case Timer::Retransmission: return retransmit();
    // 3.8.6.1: the peer's window is shut, and is asked whether it has opened.
    case Timer::Persist: return probe_window();
    // 3.8.4: nothing has come for a long time, and the peer is asked whether it is still there.
    case Timer::Keepalive: return probe_peer();
    // 3.10.8, USER TIMEOUT: "for any state if the user timeout expires, flush all queues".
    case Timer::UserTimeout: return give_up(Rule::X3);
    // 3.10.8, TIME-WAIT TIMEOUT: 2·MSL are over, and the TCB is deleted.
    case Timer::TimeWait: return finish(Rule::X4);
    // No RFC has this timer: without it an orphan would wait for a FIN for ever.
    case Timer::FinWait2: return enter(State::Closed, Rule::X8);
    // 3.8.6.3: an ACK has been held back as long as it may be. transmit() sends it.
    case Timer::DelayedAck:
      out_.rule = Rule::X9;
      tcb_.ack_owed = AckOwed::Now;
      return;
  }
}

// Sends the head of the queue again and doubles the wait (RFC 6298 5.4 to 5.6), until R2, a time or
// a count, says that the peer is gone (3.8.3).
void Processing::retransmit() {
  assert(!tcb_.retransmission_queue.empty());
  tcb_.waited_ms += tcb_.rto_ms;
  const bool syn = tcb_.retransmission_queue.front().syn;
  const auto most = tcb_.orphan && policy_.max_retransmits_orphan ? policy_.max_retransmits_orphan
                                                                  : policy_.max_retransmits;
  const bool too_long = tcb_.waited_ms >= (syn ? policy_.r2_syn_ms : policy_.r2_ms);
  if (too_long || (most && tcb_.repeats >= *most)) return give_up(Rule::X2);
  out_.rule = Rule::X1;
  ++tcb_.repeats;
  back_off(Timer::Retransmission);
  send_head();
}

void Processing::back_off(Timer timer) {
  tcb_.rto_ms = std::min(2 * tcb_.rto_ms, std::max(policy_.rto_max_ms, policy_.rto_ms));
  run(timer, tcb_.rto_ms);
}

// 3.8.6.1: asks a shut window whether it has opened, with one octet or the FIN, for ever.
void Processing::probe_window() {
  back_off(Timer::Persist);
  if (!tcb_.retransmission_queue.empty()) {
    send_head();
  } else if (tcb_.unsent > 0) {
    --tcb_.unsent;
    send_text(1, false);
  } else {
    send_text(0, true);
  }
  if (out_.transitions.empty()) out_.rule = Rule::X5;
}

// 3.8.4: asks an idle peer whether it is still there, with a number that it must object to.
void Processing::probe_peer() {
  if (tcb_.keepalive_probes >= policy_.keepalive->probes) return give_up(Rule::X7);
  ++tcb_.keepalive_probes;
  out_.rule = Rule::X6;
  run(Timer::Keepalive, policy_.keepalive->interval_ms);
  send({.seq = tcb_.snd_nxt - 1, .ack = tcb_.rcv_nxt, .flags = {.ack = true}, .wnd = tcb_.rcv_wnd});
}

// The peer is taken for gone. The RFC sends nothing (D7).
void Processing::give_up(Rule rule) {
  signal(Signal::TimedOut);
  if (policy_.timeout_sends_rst && tcb_.state != State::SynSent) reset_peer();
  enter(State::Closed, rule);
}

}  // namespace core
