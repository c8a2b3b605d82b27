// A connection begins: the SYNs of either end, and segments that arrive in CLOSED, LISTEN and
// SYN-SENT (RFC 9293 3.10.7.1 to 3.10.7.3).
#include "core/tcp/processing.hpp"

namespace core {

// "<SEQ=ISS><CTL=SYN> is sent. Set SND.UNA to ISS, SND.NXT to ISS+1, enter SYN-SENT state".
void Processing::open_actively(Seq iss, Rule rule) {
  listen_again(Rule::None);
  tcb_.passive = false;
  send_syn(iss, State::SynSent, rule);
}

void Processing::send_syn(Seq iss, State state, Rule rule) {
  tcb_.iss = tcb_.snd_una = iss;
  tcb_.snd_nxt = iss + 1;
  tcb_.retransmission_queue.push_back({.seq = iss, .syn = true});
  enter(state, rule);
  mark_user_timeout();
  run(Timer::Retransmission, tcb_.rto_ms);
  send_head();
}

// A connection that knows nothing of the one before, waiting for a SYN. Without a rule the state
// is only passed through.
void Processing::listen_again(Rule rule) {
  for (const Timer timer : all_timers) stop(timer);
  Tcb fresh;
  fresh.state = tcb_.state;
  fresh.passive = true;
  fresh.rto_ms = policy_.rto_ms;
  fresh.rcv_wnd = tcb_.rcv_wnd + tcb_.unread;
  fresh.reads_at_once = tcb_.reads_at_once;
  fresh.snd_wnd = tcb_.snd_wnd;
  tcb_ = fresh;
  if (rule != Rule::None) enter(State::Listen, rule);
}

void Processing::arrive_closed(const Segment& segment) {
  if (segment.flags.rst) return decide(Rule::N1, Verdict::Ignored);
  decide(segment.flags.ack ? Rule::N2 : Rule::N3, Verdict::Reset);
  answer_reset(segment);
}

// --- 3.10.7.2 LISTEN

void Processing::arrive_listen(const Segment& segment) {
  // First: a reset cannot mean anything here. Second: nothing was sent that could be acknowledged.
  if (segment.flags.rst) return decide(Rule::L14, Verdict::Ignored);
  if (segment.flags.ack) {
    decide(Rule::L15, Verdict::Reset);
    return answer_reset(segment);
  }
  // Third: a SYN opens the connection. Fourth: nothing else is of use.
  if (segment.flags.syn) return open_passively(segment, Rule::L16);
  decide(Rule::L17, Verdict::Ignored);
}

// "<SEQ=ISS><ACK=RCV.NXT><CTL=SYN,ACK>"
void Processing::open_passively(const Segment& syn, Rule rule) {
  take_syn(syn);
  tcb_.passive = true;
  send_syn(tcb_.chosen_iss.value_or(now_.iss), State::SynReceived, rule);
}

// The peer's first number and window. Text and FIN behind its SYN wait until the connection is
// established.
void Processing::take_syn(const Segment& syn) {
  tcb_.irs = syn.seq;
  tcb_.rcv_nxt = syn.seq + 1;
  tcb_.snd_wnd = tcb_.max_snd_wnd = syn.wnd;
  tcb_.snd_wl1 = syn.seq;
  tcb_.snd_wl2 = syn.ack;
  if (syn.len == 0 && !syn.flags.fin) return;
  tcb_.out_of_order.push_back(
      {.seq = syn.seq + 1, .len = syn.len, .fin = syn.flags.fin, .stale = stale_});
}

// --- 3.10.7.3 SYN_SENT

void Processing::arrive_syn_sent(const Segment& segment) {
  // First: an ACK must be of our SYN.
  const bool acks_syn = segment.flags.ack && tcb_.iss < segment.ack && segment.ack <= tcb_.snd_nxt;
  if (segment.flags.ack && !acks_syn) {
    if (segment.flags.rst) return decide(Rule::L20, Verdict::Ignored);
    decide(Rule::L18, Verdict::Reset);
    return answer_reset(segment);
  }
  // Second: a reset counts only if it acknowledges our SYN. (The RFC says "connection reset"; every
  // stack tells its application that the connection was refused.)
  if (segment.flags.rst) {
    if (!acks_syn) return decide(Rule::L20, Verdict::Ignored);
    report_reset(Signal::ConnectionRefused);
    enter(State::Closed, Rule::L19);
    out_.verdict = Verdict::Reset;
    return;
  }
  // Fourth (the third is security): the SYN. Fifth: nothing else is of use.
  if (!segment.flags.syn) return decide(Rule::L23, Verdict::Ignored);
  take_syn(segment);
  if (!acks_syn) {
    // Both ends open at once: our SYN goes again, now with an ACK.
    enter(State::SynReceived, Rule::L22);
    return send_head();
  }
  acknowledge(segment);
  enter(State::Established, Rule::L21);
  tcb_.ack_owed = AckOwed::Now;
  accept_out_of_order();
}

}  // namespace core
