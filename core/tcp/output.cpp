// What leaves an end: new text, FIN and acknowledgments (RFC 9293 3.7 and 3.8.6), and the answers
// that cannot wait.
#include "core/tcp/processing.hpp"

#include <algorithm>
#include <utility>

namespace core {

void Processing::transmit() {
  // Before the connection is established nothing leaves but SYNs. (CLOSE in SYN_RECEIVED sends its
  // FIN at once: its state is FIN_WAIT_1 by then.)
  if (tcb_.may_send()) {
    if (std::exchange(tcb_.probe_due, false)) send_probe_again();
    while (tcb_.unsent > 0 && tcb_.room() > 0) {
      const auto len =
          static_cast<std::uint32_t>(std::min<Octets>({tcb_.unsent, tcb_.room(), policy_.mss}));
      tcb_.unsent -= len;
      // A FIN rides on the last of the data if the window has room for it too.
      const bool last = tcb_.unsent == 0 && tcb_.room() > static_cast<std::int64_t>(len);
      send_text(len, tcb_.fin_requested && last);
    }
    if (tcb_.fin_waits() && tcb_.unsent == 0 && tcb_.room() > 0) send_text(0, true);
  }
  if (tcb_.ack_owed != AckOwed::Now) return;
  tcb_.ack_owed = AckOwed::No;
  answer_ack();
}

// What probed the window goes again, with all that there is room for now.
void Processing::send_probe_again() {
  SequenceRange& head = tcb_.retransmission_queue.front();
  const Octets more =
      std::max<Octets>(0, std::min<Octets>({tcb_.unsent, tcb_.room(), policy_.mss - head.len}));
  head.len += static_cast<std::uint32_t>(more);
  tcb_.unsent -= static_cast<std::uint32_t>(more);
  tcb_.snd_nxt = head.end();
  if (tcb_.fin_waits() && tcb_.unsent == 0 && tcb_.room() > 0) {
    head.fin = true;
    note_fin(tcb_.snd_nxt);
    tcb_.snd_nxt = head.end();
  }
  tcb_.rto_ms = policy_.rto_ms;
  run(Timer::Retransmission, tcb_.rto_ms);
  send_head();
}

// Our FIN has a number from now on.
void Processing::note_fin(Seq number) {
  tcb_.fin = number;
  // 3.10.4, CLOSE-WAIT: "then send a FIN segment, enter LAST-ACK state".
  if (tcb_.state == State::CloseWait) enter(State::LastAck, Rule::C2);
}

// Sends new data, a FIN, or both. Either carries the acknowledgment that is owed.
void Processing::send_text(std::uint32_t len, bool fin) {
  const SequenceRange range{.seq = tcb_.snd_nxt, .len = len, .fin = fin};
  if (fin) note_fin(tcb_.snd_nxt + len);
  tcb_.snd_nxt = range.end();
  tcb_.retransmission_queue.push_back(range);
  const bool timed = tcb_.timers.has(Timer::Retransmission) || tcb_.timers.has(Timer::Persist);
  if (!timed) run(Timer::Retransmission, tcb_.rto_ms);
  send({.seq = range.seq,
        .ack = tcb_.rcv_nxt,
        .flags = {.fin = fin, .ack = true},
        .len = len,
        .wnd = tcb_.rcv_wnd});
}

// The head of the retransmission queue, with the acknowledgment of this moment. A SYN has none
// before the peer's SYN has come.
void Processing::send_head() {
  const SequenceRange& head = tcb_.retransmission_queue.front();
  const bool acknowledges = tcb_.state != State::SynSent;
  send({.seq = head.seq,
        .ack = acknowledges ? tcb_.rcv_nxt : Seq{},
        .flags = {.syn = head.syn, .fin = head.fin, .ack = acknowledges},
        .len = head.len,
        .wnd = tcb_.rcv_wnd});
}

// 3.8.6.3: an ACK may be delayed, but not beyond every second full-sized segment; what fills a gap,
// or a part of one, is acknowledged at once (RFC 5681 4.2).
void Processing::owe_ack(Time delay_ms) {
  const bool two_segments = tcb_.rcv_nxt - tcb_.acknowledged >= 2 * policy_.mss;
  if (delay_ms == 0 || two_segments || !tcb_.out_of_order.empty()) {
    tcb_.ack_owed = AckOwed::Now;
  } else if (tcb_.ack_owed == AckOwed::No) {
    tcb_.ack_owed = AckOwed::Later;
    run(Timer::DelayedAck, delay_ms);
  }
}

// All that leaves, leaves here. Text and FIN carry the ACK that is owed. A bare ACK pays one that
// was to come later; one that is due now leaves beside it, since each arrival has its answer.
void Processing::send(const Segment& segment) {
  out_.send.push_back(segment);
  if (!segment.flags.ack || segment.flags.rst) return;
  const bool beside = segment.length() == 0 && tcb_.ack_owed == AckOwed::Now;
  if (!beside) tcb_.ack_owed = AckOwed::No;
  tcb_.acknowledged = segment.ack;
  stop(Timer::DelayedAck);
}

// <SEQ=SND.NXT><ACK=RCV.NXT><CTL=ACK>
void Processing::answer_ack() {
  if (std::exchange(answered_, true)) return;
  // D5: some systems acknowledge from CLOSING with their FIN, sent again.
  const bool as_fin =
      policy_.closing_ack == ClosingAck::Fin && tcb_.state == State::Closing && tcb_.fin;
  send({.seq = as_fin ? *tcb_.fin : tcb_.snd_nxt,
        .ack = tcb_.rcv_nxt,
        .flags = {.fin = as_fin, .ack = true},
        .len = 0,
        .wnd = tcb_.rcv_wnd});
}

// The reset of 3.10.7.1, which takes its number from the segment it answers (D8).
void Processing::answer_reset(const Segment& segment) {
  if (segment.flags.ack) {
    send({.seq = segment.ack, .ack = {}, .flags = {.rst = true}});
  } else {
    send({.seq = {}, .ack = segment.end(), .flags = {.rst = true, .ack = true}});
  }
}

// RFC 5961: asks the peer whether it meant that, but not too often (section 7).
void Processing::challenge() {
  const Time interval = policy_.challenge_ack_interval_ms;
  if (tcb_.challenged_at && now_.ms - *tcb_.challenged_at < interval) return;
  if (interval > 0) tcb_.challenged_at = now_.ms;
  answer_ack();
}

// <SEQ=SND.NXT><CTL=RST>: this end gives up, and says so.
void Processing::reset_peer() {
  const bool ack = policy_.abort_flags == AbortFlags::RstAck;
  send(
      {.seq = tcb_.snd_nxt, .ack = ack ? tcb_.rcv_nxt : Seq{}, .flags = {.rst = true, .ack = ack}});
}

}  // namespace core
