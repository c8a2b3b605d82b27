// A segment arrives in a synchronized state or in SYN-RECEIVED: the eight checks of RFC 9293
// 3.10.7.4, in their order. What the seventh and the eighth take is in receive.cpp, and what
// arrives in TIME-WAIT in time_wait.cpp.
#include "core/tcp/processing.hpp"

#include <algorithm>

namespace core {

namespace {

// Cuts off what lies before `seq`. A range that is not wholly acknowledged is no SYN, which has no
// text with it, and keeps its FIN, which comes last.
void trim(SequenceRange& range, Seq seq) {
  if (range.seq >= seq) return;
  range.len -= static_cast<std::uint32_t>(seq - range.seq);
  range.seq = seq;
}

}  // namespace

// RFC 9293 Table 6: does the segment touch the window at all?
bool acceptable(const Tcb& tcb, const Segment& segment) {
  const Seq right_edge = tcb.rcv_nxt + tcb.rcv_wnd;
  const auto in_window = [&](Seq seq) { return tcb.rcv_nxt <= seq && seq < right_edge; };
  if (segment.length() == 0) {
    return tcb.rcv_wnd == 0 ? segment.seq == tcb.rcv_nxt : in_window(segment.seq);
  }
  return tcb.rcv_wnd > 0 && (in_window(segment.seq) || in_window(segment.end() - 1));
}

void Processing::on(const Arrival& arrival) {
  arrived_ = true;
  stale_ = arrival.stale;
  switch (tcb_.state) {
    // 3.10.7.1: there is no connection.
    case State::Closed: return arrive_closed(arrival.segment);
    // 3.10.7.2: only a SYN is of use.
    case State::Listen: return arrive_listen(arrival.segment);
    // 3.10.7.3: our SYN is out, and may be acknowledged or cross one of the peer's.
    case State::SynSent: return arrive_syn_sent(arrival.segment);
    // 3.10.7.4: both ends have numbers, so the segment is held against the window first.
    case State::SynReceived:
    case State::Established:
    case State::FinWait1:
    case State::FinWait2:
    case State::CloseWait:
    case State::Closing:
    case State::LastAck: return arrive_otherwise(arrival.segment);
    // 3.10.7.4 as well, but RFC 1337, RFC 5961 and 3.6.1 change nearly every check.
    case State::TimeWait: return arrive_time_wait(arrival.segment);
  }
}

void Processing::arrive_otherwise(const Segment& segment) {
  if (check_sequence(segment) == Check::Done) return;
  if (check_reset(segment) == Check::Done) return;
  // Third, security and compartment, is not modelled.
  if (check_syn(segment) == Check::Done) return;
  if (check_ack(segment) == Check::Done) return;
  // Sixth, the urgent pointer, is not modelled.
  if (check_text(segment) == Check::Continue) take_text_and_fin(segment);
  // A FIN that also acknowledges ours leads from FIN_WAIT_1 straight to TIME_WAIT; only without
  // one does the acknowledgment lead to FIN_WAIT_2.
  if (tcb_.state == State::FinWait1 && tcb_.fin_acknowledged()) enter(State::FinWait2, Rule::A5);
}

// First: does the segment touch the window?
Processing::Check Processing::check_sequence(const Segment& segment) {
  if (acceptable(tcb_, segment)) return Check::Continue;
  if (segment.flags.rst) {
    decide(Rule::Q1, Verdict::OutOfWindow);
    return Check::Done;
  }
  if (segment.flags.syn && synchronized(tcb_.state) && policy_.rfc5961) {
    // RFC 5961 4.2: "irrespective of the sequence number".
    return check_syn(segment);
  }
  const bool seen = segment.length() > 0 && segment.end() <= tcb_.rcv_nxt;
  decide(Rule::Q2, seen ? Verdict::Duplicate : Verdict::OutOfWindow);
  // With a shut window nothing that has a length is acceptable, but valid ACKs are still taken: at
  // RCV.NXT, or one further on, where the peer is that has probed this window.
  const std::int32_t ahead = segment.seq - tcb_.rcv_nxt;
  const bool probed = ahead == 1 && segment.length() == 0;
  text_refused_ = tcb_.rcv_wnd == 0 && (ahead == 0 || probed) && !segment.flags.syn;
  // Two ends that probe each other's shut window would acknowledge each other for ever (as D10).
  const bool probing = tcb_.snd_wnd == 0 && !tcb_.retransmission_queue.empty();
  if (!(text_refused_ && probed && probing)) answer_ack();
  return text_refused_ ? Check::Continue : Check::Done;
}

// Second: the RST bit, after RFC 5961 3.2.
Processing::Check Processing::check_reset(const Segment& segment) {
  if (!segment.flags.rst) return Check::Continue;
  if (challenge_reset(segment) == Check::Done) return Check::Done;
  if (tcb_.state == State::SynReceived) {
    if (tcb_.passive && !tcb_.orphan) {
      listen_again(Rule::L24);
    } else if (tcb_.passive) {
      enter(State::Closed, Rule::L24);  // close() was called: nobody listens any more
    } else {
      report_reset(Signal::ConnectionRefused);
      enter(State::Closed, Rule::L25);
    }
  } else {
    report_reset(Signal::ConnectionReset);
    enter(State::Closed, both_closed(tcb_.state) ? Rule::K3 : Rule::K2);
  }
  out_.verdict = Verdict::Reset;
  return Check::Done;
}

// RFC 5961 3.2: a reset that is not exactly at RCV.NXT may be forged, so the peer must confirm it.
Processing::Check Processing::challenge_reset(const Segment& segment) {
  if (!policy_.rfc5961 || segment.seq == tcb_.rcv_nxt) return Check::Continue;
  decide(Rule::K1, Verdict::Challenge);
  challenge();
  return Check::Done;
}

// Fourth: the SYN bit. RFC 5961 4.2 asks the peer to confirm; RFC 793 reset the connection.
Processing::Check Processing::check_syn(const Segment& segment) {
  if (!segment.flags.syn) return Check::Continue;
  if (tcb_.state == State::SynReceived && tcb_.passive) {
    listen_again(Rule::L26);
    out_.verdict = Verdict::Reset;
    return Check::Done;
  }
  if (policy_.rfc5961) {
    decide(Rule::Y1, Verdict::Challenge);
    challenge();
    return Check::Done;
  }
  reset_peer();
  report_reset(Signal::ConnectionReset);
  enter(State::Closed, Rule::Y2);
  out_.verdict = Verdict::Reset;
  return Check::Done;
}

// Fifth: the ACK field.
Processing::Check Processing::check_ack(const Segment& segment) {
  if (!segment.flags.ack) {
    if (!text_refused_) decide(Rule::A0, Verdict::Ignored);
    return Check::Done;
  }
  if (tcb_.state == State::SynReceived) return ack_in_syn_received(segment);
  // RFC 5961 5.2: an ACK must lie between what was acknowledged a window ago and SND.NXT.
  const bool too_old = policy_.rfc5961 && segment.ack < tcb_.snd_una - tcb_.max_snd_wnd;
  if (segment.ack > tcb_.snd_nxt || too_old) {
    decide(too_old ? Rule::A2 : Rule::A1, Verdict::Challenge);
    answer_ack();
    return Check::Done;
  }
  const News news = acknowledge(segment);
  // The acknowledgment of our FIN ends CLOSING and LAST_ACK; nothing else in it counts there.
  if (tcb_.state == State::Closing) {
    if (tcb_.fin_acknowledged()) {
      enter_time_wait(Rule::A8);
    } else if (news != News::Progress) {
      decide(Rule::A9, Verdict::Ignored);
    }
    return Check::Done;
  }
  if (tcb_.state == State::LastAck && tcb_.fin_acknowledged()) {
    finish(Rule::A10);
    return Check::Done;
  }
  return Check::Continue;
}

Processing::Check Processing::ack_in_syn_received(const Segment& segment) {
  if (segment.ack <= tcb_.snd_una || segment.ack > tcb_.snd_nxt) {
    if (text_refused_) return Check::Done;  // it has had its answer
    decide(Rule::L28, Verdict::Reset);
    answer_reset(segment);
    return Check::Done;
  }
  acknowledge(segment);
  take_window(segment);
  enter(State::Established, Rule::L27);
  // A CLOSE that came before has waited for this.
  if (tcb_.fin_requested) enter(State::FinWait1, Rule::C1);
  accept_out_of_order();
  return Check::Continue;
}

// Seventh, and eighth: may text and FIN be taken now? Some come too late, some too early.
Processing::Check Processing::check_text(const Segment& segment) {
  if (segment.length() == 0 || text_refused_) return Check::Done;
  if (peer_finished(tcb_.state)) {
    decide(segment.flags.fin ? Rule::F5 : Rule::T3, Verdict::Ignored);
    if (segment.flags.fin) answer_ack();
    return Check::Done;
  }
  const bool brings_text = segment.len > 0 && segment.seq + segment.len > tcb_.rcv_nxt;
  if (brings_text && tcb_.closed_both_ways() && policy_.data_after_close_resets) {
    // 3.6.1, SHLD-3: nobody will ever read this, and the peer must know.
    answer_reset(segment);
    report_reset(Signal::ConnectionReset);
    enter(State::Closed, Rule::T4);
    out_.verdict = Verdict::Reset;
    return Check::Done;
  }
  if (segment.seq > tcb_.rcv_nxt) {
    // SHLD-31 and MAY-13: keep it, with its FIN, and say again what is missing.
    const SequenceRange early{
        .seq = segment.seq, .len = segment.len, .fin = segment.flags.fin, .stale = stale_};
    if (std::ranges::find(tcb_.out_of_order, early) == tcb_.out_of_order.end())
      tcb_.out_of_order.push_back(early);
    decide(Rule::T2, Verdict::OutOfOrder);
    answer_ack();
    return Check::Done;
  }
  return Check::Continue;
}

// SND.UNA, the retransmission queue and its timer (RFC 6298 5.2, 5.3), and the send window.
Processing::News Processing::acknowledge(const Segment& segment) {
  auto& queue = tcb_.retransmission_queue;
  if (segment.ack > tcb_.snd_una) {
    progress_ = true;
    tcb_.snd_una = segment.ack;
    std::erase_if(queue, [&](const SequenceRange& sent) { return sent.end() <= segment.ack; });
    if (!queue.empty()) trim(queue.front(), segment.ack);
    if (queue.empty()) tcb_.probe_due = false;
    std::erase_if(tcb_.user_timeout_marks,
                  [&](const UserTimeoutMark& handed) { return handed.end <= segment.ack; });
    const bool before_fin = tcb_.state == State::FinWait1 && !tcb_.fin_acknowledged();
    out_.rule = before_fin ? Rule::A6 : Rule::A3;
    tcb_.rto_ms = policy_.rto_ms;
    tcb_.waited_ms = 0;
    tcb_.repeats = 0;
    if (queue.empty()) {
      stop(Timer::Retransmission);
    } else if (!tcb_.timers.has(Timer::Persist)) {
      run(Timer::Retransmission, tcb_.rto_ms);
    }
  } else {
    out_.rule = Rule::A4;
  }
  const bool newer =
      tcb_.snd_wl1 < segment.seq || (tcb_.snd_wl1 == segment.seq && tcb_.snd_wl2 <= segment.ack);
  const bool takes_window = segment.ack == tcb_.snd_una && newer;
  const bool other_window = takes_window && segment.wnd != tcb_.snd_wnd;
  if (takes_window) take_window(segment);
  const News news = progress_ ? News::Progress : other_window ? News::Window : News::Nothing;
  if (news == News::Nothing && segment.length() == 0) out_.verdict = Verdict::Duplicate;
  return news;
}

void Processing::take_window(const Segment& segment) {
  tcb_.snd_wnd = segment.wnd;
  tcb_.max_snd_wnd = std::max(tcb_.max_snd_wnd, segment.wnd);
  tcb_.snd_wl1 = segment.seq;
  tcb_.snd_wl2 = segment.ack;
  const bool probing = tcb_.timers.has(Timer::Persist) && !tcb_.retransmission_queue.empty();
  tcb_.probe_due = (probing || tcb_.probe_due) && tcb_.snd_wnd > 0;
}

// The application learns of a reset now, and once more with its next call.
void Processing::report_reset(Signal kind) {
  signal(kind);
  tcb_.reset_to_report = !tcb_.orphan;
}

}  // namespace core
