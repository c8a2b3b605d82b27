// Text and FIN are received: RCV.NXT, the receive window, and what was held out of order (RFC 9293
// 3.10.7.4, seventh and eighth check).
#include "core/tcp/processing.hpp"

#include <algorithm>
#include <cassert>
#include <utility>

namespace core {

// Seventh and eighth: takes text and FIN in sequence, then whatever was held for them.
void Processing::take_text_and_fin(const Segment& segment) {
  out_.verdict = Verdict::Accepted;
  accept({.seq = segment.seq, .len = segment.len, .fin = segment.flags.fin, .stale = stale_});
  accept_out_of_order();
}

void Processing::accept_out_of_order() {
  const auto next = [&] {
    return std::ranges::find_if(
        tcb_.out_of_order, [&](const SequenceRange& early) { return early.seq <= tcb_.rcv_nxt; });
  };
  for (auto early = next(); early != tcb_.out_of_order.end(); early = next()) {
    const SequenceRange range = *early;
    tcb_.out_of_order.erase(early);
    accept(range);
  }
}

// Takes what lies at RCV.NXT and fits into the window. The right edge of the window never moves
// back (3.8.6): RCV.WND shrinks by what is not read.
void Processing::accept(const SequenceRange& range) {
  const Seq text_end = range.seq + range.len;
  if (text_end > tcb_.rcv_nxt) {
    const auto fresh = static_cast<std::uint32_t>(text_end - tcb_.rcv_nxt);
    const std::uint32_t taken = std::min(fresh, tcb_.rcv_wnd);
    tcb_.rcv_nxt = tcb_.rcv_nxt + taken;
    const bool thrown_away = tcb_.orphan || tcb_.read_shut;
    if (!thrown_away && taken > 0) {
      out_.received.push_back({taken, range.stale});
      tcb_.unread += taken;
      tcb_.rcv_wnd -= taken;
    }
    if (tcb_.reads_at_once && !thrown_away) {
      out_.octets += tcb_.unread;
      tcb_.rcv_wnd += std::exchange(tcb_.unread, 0U);
    }
    owe_ack(policy_.delayed_ack_ms);
    out_.rule = Rule::T1;
  }
  const bool in_window = tcb_.rcv_wnd > 0;
  if (range.fin && text_end == tcb_.rcv_nxt && in_window && !peer_finished(tcb_.state)) {
    accept_fin();
  }
}

// Eighth: the FIN. Everything before it has been received, so the peer is done.
void Processing::accept_fin() {
  tcb_.rcv_nxt = tcb_.rcv_nxt + 1;
  tcb_.fin_received = true;
  tcb_.out_of_order.clear();
  const bool first_closed = tcb_.state == State::Established;
  owe_ack(first_closed ? policy_.delayed_fin_ack_ms.value_or(policy_.delayed_ack_ms)
                       : policy_.delayed_ack_ms);
  if (tcb_.unread == 0) signal(Signal::Eof);
  switch (tcb_.state) {
    // 3.10.7.4, eighth: the peer closes first, and our side may go on sending.
    case State::Established: enter(State::CloseWait, Rule::F1); return;
    // 3.10.7.4, eighth: both ends close. It matters whether our FIN is acknowledged, perhaps by
    // this very segment: if it is, only TIME-WAIT is left.
    case State::FinWait1:
      if (tcb_.fin_acknowledged()) {
        enter_time_wait(Rule::F2);
      } else {
        enter(State::Closing, Rule::F3);
      }
      return;
    // 3.10.7.4, eighth: our FIN was acknowledged before, and the peer's is the last thing to come.
    case State::FinWait2: enter_time_wait(Rule::F4); return;
    // 3.10.7.4, eighth: the peer's FIN was taken before, or the connection is not established, and
    // none is taken. The checks before this one let no FIN through.
    case State::CloseWait:
    case State::Closing:
    case State::LastAck:
    case State::TimeWait:
    case State::Closed:
    case State::Listen:
    case State::SynSent:
    case State::SynReceived: assert(false); return;
  }
}

}  // namespace core
