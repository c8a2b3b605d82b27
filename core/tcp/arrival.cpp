#include "core/tcp/tcb.hpp"

#include <algorithm>
#include <cassert>
#include <utility>

namespace core {
namespace {

// RFC 9293 Table 6: does the segment touch the window at all?
bool acceptable(const Tcb& tcb, const Segment& segment) {
  const Seq right_edge = tcb.rcv_nxt + tcb.rcv_wnd;
  const auto in_window = [&](Seq seq) { return tcb.rcv_nxt <= seq && seq < right_edge; };
  if (segment.length() == 0) {
    return tcb.rcv_wnd == 0 ? segment.seq == tcb.rcv_nxt : in_window(segment.seq);
  }
  return tcb.rcv_wnd > 0 && (in_window(segment.seq) || in_window(segment.end() - 1));
}

// Cuts off what lies before `seq`. A stretch that is not wholly acknowledged keeps its FIN, which
// comes last.
void trim(SequenceRange& stretch, Seq seq) {
  if (stretch.seq >= seq) return;
  if (std::exchange(stretch.syn, false)) stretch.seq = stretch.seq + 1;
  stretch.len -= static_cast<std::uint32_t>(seq - stretch.seq);
  stretch.seq = seq;
}

/// What one event does, built up check by check in the order of RFC 9293 3.10.
class Processing {
 public:
  Processing(const Tcb& before, const Policy& policy, const Inputs& now)
      : policy_(policy), now_(now) {
    out_.next = before;
  }

  void on(const Connect&);
  void on(const Listen&);
  void on(const SendOctets&);
  void on(const ReceiveOctets&);
  void on(const Close&);
  void on(const Shutdown&);
  void on(const Abort&);
  void on(const Call& call) {
    std::visit([this](const auto& made) { on(made); }, call);
  }
  void on(const Arrival&);
  void on(const Timeout&);
  void transmit();
  void update_timers();

  [[nodiscard]] Outcome take() { return std::move(out_); }

 private:
  // Calls
  bool refuse_without_connection();
  void open_actively(Seq iss, Rule);
  void send_syn(Seq iss, State, Rule);
  void request_fin();
  [[nodiscard]] Rule close_again() const;
  void free_buffer(std::uint32_t octets);

  // 3.10.7.1 to 3.10.7.3
  void arrive_closed(const Segment&);
  void arrive_listen(const Segment&);
  void arrive_syn_sent(const Segment&);
  void open_passively(const Segment& syn, Rule);
  void take_syn(const Segment&);

  // The eight checks of 3.10.7.4. Each says whether the segment goes on to the next one.
  void arrive_otherwise(const Segment&);
  bool syn_in_time_wait(const Segment&);
  bool first_sequence(const Segment&);
  bool second_reset(const Segment&);
  bool fourth_syn(const Segment&);
  bool fifth_ack(const Segment&);
  bool seventh_text(const Segment&);
  void take_text_and_fin(const Segment&);

  bool ack_in_syn_received(const Segment&);
  bool ack_in_time_wait(const Segment&);
  /// What an acknowledgment brought.
  enum class News : std::uint8_t { Nothing, Window, Progress };
  News acknowledge(const Segment&);
  void take_window(const Segment&);
  void accept(const SequenceRange&);
  void accept_out_of_order();
  void accept_fin();
  void owe_ack(Time delay_ms);

  // 3.10.8
  void retransmit();
  void back_off(Timer);
  void probe_window();
  void probe_peer();
  void give_up(Rule);
  void update_persist_timer();
  void update_user_timeout_timer();
  void mark_user_timeout();
  void update_keepalive_timer();
  void update_fin_wait_2_timer();

  // What several of them need
  enum class Unread : std::uint8_t { Lost, Kept };
  void enter(State, Rule, Unread = Unread::Lost);
  void finish(Rule);
  void enter_time_wait(Rule);
  void restart_time_wait(bool fin_again);
  void listen_again(Rule);
  void flush();
  void send(const Segment&);
  void send_text(std::uint32_t len, bool fin);
  void send_head();
  void send_probe_again();
  void note_fin(Seq number);
  void answer_ack();
  void answer_reset(const Segment&);
  void challenge();
  void reset_peer();
  void report_reset(Signal);
  void run(Timer, Time after_ms);
  void stop(Timer);
  void signal(Signal signal) {
    if (!tcb_.orphan) out_.signals.push_back(signal);
  }
  void decide(Rule rule, Verdict verdict) {
    out_.rule = rule;
    out_.verdict = verdict;
  }
  void refuse(Rule rule, CallResult result) {
    out_.rule = rule;
    out_.result = result;
  }

  const Policy& policy_;
  const Inputs& now_;
  Outcome out_;
  Tcb& tcb_ = out_.next;
  bool stale_ = false;         ///< the segment is of an older incarnation
  bool arrived_ = false;       ///< the event was a segment
  bool answered_ = false;      ///< no arrival is acknowledged twice
  bool text_refused_ = false;  ///< the window is shut: take the ACK, leave the text
  bool progress_ = false;      ///< something new was acknowledged
};

// --- 3.10.1 to 3.10.5: the application's calls --------------------------------------------------

// Without a connection every call but OPEN is refused. The first one after a reset learns of it.
bool Processing::refuse_without_connection() {
  if (tcb_.state != State::Closed) return false;
  const bool reset = std::exchange(tcb_.reset_to_report, false);
  refuse(Rule::C5, reset ? CallResult::ConnectionReset : CallResult::ConnectionDoesNotExist);
  return true;
}

// 3.10.1 OPEN, active. TIME_WAIT is given up for a new incarnation of the connection.
void Processing::on(const Connect& call) {
  const Seq iss = call.iss.value_or(tcb_.chosen_iss.value_or(now_.iss));
  if (tcb_.state == State::Closed || tcb_.state == State::TimeWait) {
    open_actively(iss, Rule::L2);
  } else if (tcb_.state == State::Listen) {
    open_actively(iss, Rule::L3);
  } else {
    refuse(Rule::L4, CallResult::ConnectionAlreadyExists);
  }
}

// 3.10.1 OPEN, passive
void Processing::on(const Listen& call) {
  if (tcb_.state != State::Closed) return refuse(Rule::L4, CallResult::ConnectionAlreadyExists);
  listen_again(Rule::L1);
  tcb_.chosen_iss = call.iss;
}

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

// 3.10.2 SEND
void Processing::on(const SendOctets& call) {
  if (refuse_without_connection()) return;
  if (tcb_.fin_requested || tcb_.orphan) return refuse(Rule::S2, CallResult::ConnectionClosing);
  if (tcb_.state == State::Listen) {
    open_actively(tcb_.chosen_iss.value_or(now_.iss), Rule::L5);
  } else {
    out_.rule = synchronized(tcb_.state) ? Rule::S1 : Rule::L6;
  }
  tcb_.unsent += call.octets;
  mark_user_timeout();
}

// 3.10.3 RECEIVE. Octets on hand are delivered in every state (D11): the letter of the RFC would
// lose those that arrived together with the FIN.
void Processing::on(const ReceiveOctets& call) {
  if (tcb_.unread == 0 && refuse_without_connection()) return;
  const bool peer_may_send = !peer_finished(tcb_.state);
  const Rule rule = opening(tcb_.state)              ? Rule::L7
                    : peer_may_send                  ? Rule::R1
                    : tcb_.state == State::CloseWait ? Rule::R2
                                                     : Rule::R3;
  if (tcb_.orphan) return refuse(rule, CallResult::ConnectionClosing);
  if (tcb_.unread == 0) {
    if (tcb_.read_shut || rule == Rule::R2) return refuse(rule, CallResult::Eof);
    return refuse(rule, peer_may_send ? CallResult::WouldBlock : CallResult::ConnectionClosing);
  }
  out_.rule = rule;
  out_.octets = std::min(tcb_.unread, call.octets.value_or(tcb_.unread));
  tcb_.unread -= out_.octets;
  free_buffer(out_.octets);
  if (tcb_.unread == 0 && tcb_.fin_received) signal(Signal::Eof);
}

// Room for so many octets is there again. When the window was shut, the peer is told that it opens,
// else it could wait for ever.
void Processing::free_buffer(std::uint32_t octets) {
  const bool peer_may_send = synchronized(tcb_.state) && !peer_finished(tcb_.state);
  if (tcb_.rcv_wnd == 0 && octets > 0 && peer_may_send) tcb_.ack_owed = AckOwed::Now;
  tcb_.rcv_wnd += octets;
}

// 3.10.4 CLOSE, as close() of operating systems: nobody is left to read (3.6.1).
void Processing::on(const Close&) {
  if (refuse_without_connection()) return;
  if (tcb_.orphan) return refuse(close_again(), CallResult::ConnectionClosing);
  tcb_.orphan = true;
  if (tcb_.unread > 0 && policy_.unread_data_resets) {
    // SHLD-3: the peer must learn that its data were not read.
    reset_peer();
    return enter(State::Closed, Rule::C6);
  }
  free_buffer(std::exchange(tcb_.unread, 0U));
  request_fin();
}

// 3.10.4 CLOSE alone: the application goes on receiving.
void Processing::on(const Shutdown& call) {
  if (refuse_without_connection()) return;
  if (tcb_.orphan) return refuse(close_again(), CallResult::ConnectionClosing);
  if (call.how != ShutdownHow::Write) tcb_.read_shut = true;
  if (call.how == ShutdownHow::Read) return;
  if (tcb_.fin_requested) return refuse(close_again(), CallResult::ConnectionClosing);
  request_fin();
}

// 3.10.4 CLOSE: a FIN is queued behind everything that was sent; a second call queues no second.
void Processing::request_fin() {
  if (tcb_.fin_requested) {
    out_.rule = close_again();
    return;
  }
  switch (tcb_.state) {
    // Nobody has heard of this connection yet: it is deleted.
    case State::Listen: return enter(State::Closed, Rule::L8);
    case State::SynSent: return enter(State::Closed, Rule::L9);
    case State::SynReceived:
      // With data to send first, CLOSE waits until the connection is established.
      if (tcb_.unsent > 0) {
        out_.rule = Rule::L10;
      } else {
        enter(State::FinWait1, Rule::L10);
      }
      break;
    // The state changes at once, "in any case", even if the FIN must wait behind unsent data (D6).
    case State::Established: enter(State::FinWait1, Rule::C1); break;
    // Here the text changes the state when the FIN is sent: see send_text().
    case State::CloseWait: out_.rule = Rule::C2; break;
    case State::Closed:
    case State::FinWait1:
    case State::FinWait2:
    case State::Closing:
    case State::LastAck:
    case State::TimeWait: assert(false); return;
  }
  tcb_.fin_requested = true;
  mark_user_timeout();
}

Rule Processing::close_again() const {
  if (!synchronized(tcb_.state)) return Rule::L10;
  return both_closed(tcb_.state) ? Rule::C4 : Rule::C3;
}

// 3.10.5 ABORT. Everything is thrown away, and a peer that may still use the connection is told.
void Processing::on(const Abort&) {
  if (refuse_without_connection()) return;
  tcb_.orphan = true;
  const auto tell_peer = [&](Rule rule) {
    reset_peer();
    // D3: 3.10.5 deletes the TCB; by 3.5.2 whoever sends a reset should wait like an active closer.
    if (policy_.abort_to_time_wait) {
      flush();
      return enter(State::TimeWait, rule);
    }
    enter(State::Closed, rule);
  };
  switch (tcb_.state) {
    case State::Listen: return enter(State::Closed, Rule::L11);
    case State::SynSent: return enter(State::Closed, Rule::L12);
    case State::SynReceived: return tell_peer(Rule::L13);
    case State::Established:
    case State::FinWait1:
    case State::FinWait2:
    case State::CloseWait: return tell_peer(Rule::B1);
    case State::Closing:
    case State::LastAck:
    case State::TimeWait: return enter(State::Closed, Rule::B2);
    case State::Closed: assert(false);
  }
}

// --- 3.10.7: a segment arrives -------------------------------------------------------------------

void Processing::on(const Arrival& arrival) {
  arrived_ = true;
  stale_ = arrival.stale;
  switch (tcb_.state) {
    case State::Closed: return arrive_closed(arrival.segment);
    case State::Listen: return arrive_listen(arrival.segment);
    case State::SynSent: return arrive_syn_sent(arrival.segment);
    case State::SynReceived:
    case State::Established:
    case State::FinWait1:
    case State::FinWait2:
    case State::CloseWait:
    case State::Closing:
    case State::LastAck:
    case State::TimeWait: return arrive_otherwise(arrival.segment);
  }
}

// --- 3.10.7.1 CLOSED: everything but a reset is answered by a reset

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

// --- 3.10.7.4 all other states

void Processing::arrive_otherwise(const Segment& segment) {
  if (!syn_in_time_wait(segment)) return;
  if (!first_sequence(segment)) return;
  if (!second_reset(segment)) return;
  // Third, security and compartment, is not modelled.
  if (!fourth_syn(segment)) return;
  if (!fifth_ack(segment)) return;
  // Sixth, the urgent pointer, is not modelled.
  if (seventh_text(segment)) take_text_and_fin(segment);
  // A FIN that also acknowledges ours leads from FIN_WAIT_1 straight to TIME_WAIT; only without
  // one does the acknowledgment lead to FIN_WAIT_2.
  if (tcb_.state == State::FinWait1 && tcb_.fin_acknowledged()) enter(State::FinWait2, Rule::A5);
}

// MAY-2: a SYN with a number beyond everything that was received may begin a new incarnation. It
// is looked at before the window, which it need not fit.
bool Processing::syn_in_time_wait(const Segment& segment) {
  const Flags flags = segment.flags;
  if (tcb_.state != State::TimeWait || !flags.syn || flags.ack || flags.rst) return true;
  if (policy_.syn_in_time_wait == SynInTimeWait::Ignore) {
    decide(Rule::Y3, Verdict::Ignored);
  } else if (policy_.syn_in_time_wait == SynInTimeWait::Reopen && segment.seq > tcb_.rcv_nxt) {
    listen_again(Rule::None);
    open_passively(segment, Rule::Y3);
  } else {
    return fourth_syn(segment);
  }
  return false;
}

// First: does the segment touch the window?
bool Processing::first_sequence(const Segment& segment) {
  if (acceptable(tcb_, segment)) return true;
  if (segment.flags.rst) {
    decide(Rule::Q1, Verdict::OutOfWindow);
    return false;
  }
  if (segment.flags.syn && synchronized(tcb_.state) && policy_.rfc5961) {
    // RFC 5961 4.2: "irrespective of the sequence number".
    return fourth_syn(segment);
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
  if (tcb_.state == State::TimeWait && segment.flags.ack) {
    // D1: by the letter a repeated FIN ends here and could never restart 2·MSL, which the fifth
    // and eighth checks ask for. Every implementation restarts it, and so does this one.
    const bool fin_again = segment.flags.fin && segment.end() == tcb_.rcv_nxt;
    if (fin_again) out_.rule = Rule::F6;
    restart_time_wait(fin_again);
  }
  return text_refused_;
}

// Second: the RST bit, after RFC 5961 3.2.
bool Processing::second_reset(const Segment& segment) {
  if (!segment.flags.rst) return true;
  if (tcb_.state == State::TimeWait && policy_.rst_in_time_wait == RstInTimeWait::Ignore) {
    decide(Rule::K3, Verdict::Ignored);
    return false;
  }
  if (policy_.rfc5961 && segment.seq != tcb_.rcv_nxt) {
    decide(Rule::K1, Verdict::Challenge);
    challenge();
    return false;
  }
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
    const bool waits = tcb_.state == State::TimeWait;
    if (!waits) report_reset(Signal::ConnectionReset);
    // TIME_WAIT has received everything: what is unread is lost no more than by its own end.
    enter(State::Closed, both_closed(tcb_.state) ? Rule::K3 : Rule::K2,
          waits ? Unread::Kept : Unread::Lost);
  }
  out_.verdict = Verdict::Reset;
  return false;
}

// Fourth: the SYN bit. RFC 5961 4.2 asks the peer to confirm; RFC 793 reset the connection.
bool Processing::fourth_syn(const Segment& segment) {
  if (!segment.flags.syn) return true;
  if (tcb_.state == State::SynReceived && tcb_.passive) {
    listen_again(Rule::L26);
    out_.verdict = Verdict::Reset;
    return false;
  }
  if (policy_.rfc5961 || tcb_.state == State::TimeWait) {
    decide(Rule::Y1, Verdict::Challenge);
    challenge();
    restart_time_wait(false);
    return false;
  }
  reset_peer();
  report_reset(Signal::ConnectionReset);
  enter(State::Closed, Rule::Y2);
  out_.verdict = Verdict::Reset;
  return false;
}

// Fifth: the ACK field.
bool Processing::fifth_ack(const Segment& segment) {
  if (!segment.flags.ack) {
    if (!text_refused_) decide(Rule::A0, Verdict::Ignored);
    return false;
  }
  if (tcb_.state == State::SynReceived) return ack_in_syn_received(segment);
  if (tcb_.state == State::TimeWait) return ack_in_time_wait(segment);
  // RFC 5961 5.2: an ACK must lie between what was acknowledged a window ago and SND.NXT.
  const bool too_old = policy_.rfc5961 && segment.ack < tcb_.snd_una - tcb_.max_snd_wnd;
  if (segment.ack > tcb_.snd_nxt || too_old) {
    decide(too_old ? Rule::A2 : Rule::A1, Verdict::Challenge);
    answer_ack();
    return false;
  }
  const News news = acknowledge(segment);
  // The acknowledgment of our FIN ends CLOSING and LAST_ACK; nothing else in it counts there.
  if (tcb_.state == State::Closing) {
    if (tcb_.fin_acknowledged()) {
      enter_time_wait(Rule::A8);
    } else if (news != News::Progress) {
      decide(Rule::A9, Verdict::Ignored);
    }
    return false;
  }
  if (tcb_.state == State::LastAck && tcb_.fin_acknowledged()) {
    finish(Rule::A10);
    return false;
  }
  return true;
}

bool Processing::ack_in_syn_received(const Segment& segment) {
  if (segment.ack <= tcb_.snd_una || segment.ack > tcb_.snd_nxt) {
    if (text_refused_) return false;  // it has had its answer
    decide(Rule::L28, Verdict::Reset);
    answer_reset(segment);
    return false;
  }
  acknowledge(segment);
  take_window(segment);
  enter(State::Established, Rule::L27);
  // A CLOSE that came before has waited for this.
  if (tcb_.fin_requested) enter(State::FinWait1, Rule::C1);
  accept_out_of_order();
  return true;
}

// D2: only what occupies sequence space is answered. If every ACK were, as the letter says, two
// ends in TIME_WAIT would acknowledge each other for ever.
bool Processing::ack_in_time_wait(const Segment& segment) {
  decide(Rule::A11, Verdict::Ignored);
  const bool every = policy_.time_wait_answers == TimeWaitAnswers::EveryAck;
  if (segment.length() > 0 || every) answer_ack();
  restart_time_wait(false);
  return false;
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

// Seventh, and eighth: may text and FIN be taken now? Some come too late, some too early.
bool Processing::seventh_text(const Segment& segment) {
  if (segment.length() == 0 || text_refused_) return false;
  if (peer_finished(tcb_.state)) {
    decide(segment.flags.fin ? Rule::F5 : Rule::T3, Verdict::Ignored);
    if (segment.flags.fin) answer_ack();
    return false;
  }
  const bool brings_text = segment.len > 0 && segment.seq + segment.len > tcb_.rcv_nxt;
  if (brings_text && tcb_.orphan && !tcb_.read_shut && policy_.data_after_close_resets) {
    // SHLD-3: nobody will ever read this, and the peer must know.
    answer_reset(segment);
    enter(State::Closed, Rule::T4);
    out_.verdict = Verdict::Reset;
    return false;
  }
  if (segment.seq > tcb_.rcv_nxt) {
    // SHLD-31 and MAY-13: keep it, with its FIN, and say again what is missing.
    const SequenceRange early{
        .seq = segment.seq, .len = segment.len, .fin = segment.flags.fin, .stale = stale_};
    if (std::ranges::find(tcb_.out_of_order, early) == tcb_.out_of_order.end())
      tcb_.out_of_order.push_back(early);
    decide(Rule::T2, Verdict::OutOfOrder);
    answer_ack();
    return false;
  }
  return true;
}

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
    const SequenceRange stretch = *early;
    tcb_.out_of_order.erase(early);
    accept(stretch);
  }
}

// Takes what lies at RCV.NXT and fits into the window. The right edge of the window never moves
// back (3.8.6): RCV.WND shrinks by what is not read.
void Processing::accept(const SequenceRange& stretch) {
  const Seq text_end = stretch.seq + stretch.len;
  if (text_end > tcb_.rcv_nxt) {
    const auto fresh = static_cast<std::uint32_t>(text_end - tcb_.rcv_nxt);
    const std::uint32_t taken = std::min(fresh, tcb_.rcv_wnd);
    tcb_.rcv_nxt = tcb_.rcv_nxt + taken;
    const bool thrown_away = tcb_.orphan || tcb_.read_shut;
    if (!thrown_away && taken > 0) {
      out_.received.push_back({taken, stretch.stale});
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
  if (stretch.fin && text_end == tcb_.rcv_nxt && in_window && !peer_finished(tcb_.state)) {
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
    case State::Established: enter(State::CloseWait, Rule::F1); return;
    // Whether our own FIN is acknowledged, perhaps by this very segment, decides.
    case State::FinWait1:
      if (tcb_.fin_acknowledged()) {
        enter_time_wait(Rule::F2);
      } else {
        enter(State::Closing, Rule::F3);
      }
      return;
    case State::FinWait2: enter_time_wait(Rule::F4); return;
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

// --- 3.10.8: a timer expires ---------------------------------------------------------------------

void Processing::on(const Timeout& timeout) {
  tcb_.timers.remove(timeout.timer);
  switch (timeout.timer) {
    case Timer::Retransmission: return retransmit();
    case Timer::Persist: return probe_window();
    case Timer::Keepalive: return probe_peer();
    case Timer::UserTimeout: return give_up(Rule::X3);
    case Timer::TimeWait: return finish(Rule::X4);
    // No RFC has this timer: without it an orphan would wait for a FIN for ever.
    case Timer::FinWait2: return enter(State::Closed, Rule::X8);
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

// --- What an end owes ----------------------------------------------------------------------------

void Processing::transmit() {
  // Before the connection is established nothing leaves but SYNs. (CLOSE in SYN_RECEIVED sends its
  // FIN at once: its state is FIN_WAIT_1 by then.)
  if (tcb_.may_send()) {
    if (std::exchange(tcb_.probe_due, false)) send_probe_again();
    while (tcb_.unsent > 0 && tcb_.room() > 0) {
      const auto len =
          static_cast<std::uint32_t>(std::min<Time>({tcb_.unsent, tcb_.room(), policy_.mss}));
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
  const Time more =
      std::max<Time>(0, std::min<Time>({tcb_.unsent, tcb_.room(), policy_.mss - head.len}));
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
  const SequenceRange stretch{.seq = tcb_.snd_nxt, .len = len, .fin = fin};
  if (fin) note_fin(tcb_.snd_nxt + len);
  tcb_.snd_nxt = stretch.end();
  tcb_.retransmission_queue.push_back(stretch);
  const bool timed = tcb_.timers.has(Timer::Retransmission) || tcb_.timers.has(Timer::Persist);
  if (!timed) run(Timer::Retransmission, tcb_.rto_ms);
  send({.seq = stretch.seq,
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

// --- Timers that follow from what is so ----------------------------------------------------------

void Processing::update_timers() {
  update_persist_timer();
  update_user_timeout_timer();
  update_keepalive_timer();
  update_fin_wait_2_timer();
}

// Runs while something waits behind a shut window and nothing else will ask.
void Processing::update_persist_timer() {
  const bool runs = tcb_.timers.has(Timer::Persist);
  // What was sent and has no retransmission timer is a probe.
  const bool waits = tcb_.outstanding();
  const bool shut = synchronized(tcb_.state) && tcb_.snd_wnd == 0 && policy_.persist;
  if (!waits || !shut || tcb_.timers.has(Timer::Retransmission)) return stop(Timer::Persist);
  if (runs && !progress_) return;
  tcb_.rto_ms = policy_.rto_ms;
  run(Timer::Persist, tcb_.rto_ms);
}

// Remembers when the last thing that waits, text, SYN or FIN, was handed over.
void Processing::mark_user_timeout() {
  if (!policy_.user_timeout_ms) return;
  const std::uint32_t waiting = tcb_.unsent + (tcb_.fin_waits() ? 1U : 0U);
  const Seq end = tcb_.snd_nxt + waiting;
  // What is handed over in one moment waits equally long, and is remembered as one.
  if (!tcb_.user_timeout_marks.empty() && tcb_.user_timeout_marks.back().since == now_.ms) {
    tcb_.user_timeout_marks.back().end = end;
  } else {
    tcb_.user_timeout_marks.push_back({end, now_.ms});
  }
}

// Counts from the oldest thing that is not acknowledged.
void Processing::update_user_timeout_timer() {
  const bool lives = tcb_.state != State::Closed && tcb_.state != State::TimeWait;
  if (!policy_.user_timeout_ms || !lives || !tcb_.outstanding()) return stop(Timer::UserTimeout);
  const Time since = tcb_.user_timeout_marks.front().since;
  if (tcb_.timers.has(Timer::UserTimeout) && tcb_.user_timeout_since == since) return;
  tcb_.user_timeout_since = since;
  run(Timer::UserTimeout, std::max<Time>(0, since + *policy_.user_timeout_ms - now_.ms));
}

// Runs while nothing is on its way that would find out by itself.
void Processing::update_keepalive_timer() {
  const bool lives = synchronized(tcb_.state) && tcb_.state != State::TimeWait;
  if (!policy_.keepalive || !lives || tcb_.outstanding()) return stop(Timer::Keepalive);
  if (tcb_.timers.has(Timer::Keepalive) && !arrived_) return;
  tcb_.keepalive_probes = 0;
  run(Timer::Keepalive, policy_.keepalive->idle_ms);
}

void Processing::update_fin_wait_2_timer() {
  const bool alone = tcb_.orphan && tcb_.state == State::FinWait2;
  if (!policy_.fin_wait_2_timeout_ms || !alone) return stop(Timer::FinWait2);
  if (!tcb_.timers.has(Timer::FinWait2)) run(Timer::FinWait2, *policy_.fin_wait_2_timeout_ms);
}

// --- What several of them need -------------------------------------------------------------------

// The one place where the state changes.
void Processing::enter(State state, Rule rule, Unread unread) {
  out_.transitions.push_back({tcb_.state, state, rule});
  tcb_.state = state;
  out_.rule = rule;
  if (state == State::TimeWait) {
    for (const Timer timer : all_timers) {
      if (timer != Timer::TimeWait && timer != Timer::DelayedAck) stop(timer);
    }
    run(Timer::TimeWait, policy_.two_msl());
  }
  if (state == State::Closed) {
    for (const Timer timer : all_timers) stop(timer);
    flush();
    if (unread == Unread::Lost) tcb_.rcv_wnd += std::exchange(tcb_.unread, 0U);
  }
}

// The graceful end: what was received before it can still be read.
void Processing::finish(Rule rule) {
  signal(Signal::Closed);
  enter(State::Closed, rule, Unread::Kept);
}

// TIME_WAIT, or what happens without it, for the sake of argument.
void Processing::enter_time_wait(Rule rule) {
  if (policy_.time_wait) return enter(State::TimeWait, rule);
  if (tcb_.ack_owed != AckOwed::No) answer_ack();
  finish(rule);
}

// What arrives in TIME_WAIT may start 2·MSL again, above all the peer's FIN. Elsewhere nothing
// does.
void Processing::restart_time_wait(bool fin_again) {
  const bool restart = policy_.time_wait_restart == TimeWaitRestart::Any ||
                       (policy_.time_wait_restart == TimeWaitRestart::Fin && fin_again);
  if (tcb_.state == State::TimeWait && restart) run(Timer::TimeWait, policy_.two_msl());
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

// Throws away everything that waits to be sent or put in order.
void Processing::flush() {
  tcb_.retransmission_queue.clear();
  tcb_.user_timeout_marks.clear();
  tcb_.out_of_order.clear();
  tcb_.unsent = 0;
  tcb_.probe_due = false;
  tcb_.ack_owed = AckOwed::No;
  stop(Timer::DelayedAck);
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

// The application learns of a reset now, and once more with its next call.
void Processing::report_reset(Signal kind) {
  signal(kind);
  tcb_.reset_to_report = !tcb_.orphan;
}

void Processing::run(Timer timer, Time after_ms) {
  const bool restart = tcb_.timers.has(timer);
  tcb_.timers.add(timer);
  out_.timers.push_back({timer, restart ? TimerAction::Restart : TimerAction::Start, after_ms});
}

void Processing::stop(Timer timer) {
  if (!tcb_.timers.has(timer)) return;
  tcb_.timers.remove(timer);
  out_.timers.push_back({timer, TimerAction::Stop, 0});
}

}  // namespace

Outcome step(const Tcb& before, const Event& event, const Policy& policy, const Inputs& now) {
  Processing processing(before, policy, now);
  std::visit([&](const auto& happened) { processing.on(happened); }, event);
  processing.update_timers();
  return processing.take();
}

Owed owed(const Tcb& tcb) {
  Owed out{.snd_nxt = tcb.snd_nxt, .rcv_nxt = tcb.rcv_nxt, .rcv_wnd = tcb.rcv_wnd};
  out.ack = tcb.ack_owed == AckOwed::Now;
  if (!tcb.may_send()) return out;
  const std::int64_t room = std::max<std::int64_t>(tcb.room(), 0);
  out.probe = tcb.probe_due;
  out.octets = static_cast<std::uint32_t>(std::min<std::int64_t>(tcb.unsent, room));
  out.fin = tcb.fin_waits() && room > static_cast<std::int64_t>(tcb.unsent);
  return out;
}

Outcome transmit(const Tcb& before, const Policy& policy, const Inputs& now) {
  Processing processing(before, policy, now);
  processing.transmit();
  processing.update_timers();
  return processing.take();
}

}  // namespace core
