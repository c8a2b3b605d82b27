#include "core/tcb.hpp"

#include <algorithm>
#include <array>
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

// Cuts off what lies before `seq`. A stretch that is not wholly acknowledged loses only text: its
// FIN comes last.
void trim(Stretch& stretch, Seq seq) {
  if (stretch.seq >= seq) return;
  stretch.len -= static_cast<std::uint32_t>(seq - stretch.seq);
  stretch.seq = seq;
}

/// What one event does, built up check by check in the order of RFC 9293 3.10.
class Processing {
 public:
  Processing(const Tcb& before, const Policy& policy) : policy_(policy) { out_.next = before; }

  void on(const Close&);
  void on(const Shutdown&);
  void on(const SendOctets&);
  void on(const ReceiveOctets&);
  void on(const Call& call) {
    std::visit([this](const auto& made) { on(made); }, call);
  }
  void on(const Arrival&);
  void on(const Timeout&);
  void transmit();

  [[nodiscard]] Outcome take() { return std::move(out_); }

 private:
  // The eight checks of 3.10.7.4. Each says whether the segment goes on to the next one.
  bool first_sequence(const Segment&);
  bool second_reset(const Segment&);
  bool fourth_syn(const Segment&);
  bool fifth_ack(const Segment&);
  bool seventh_text(const Segment&);
  void eighth_fin(const Segment&);

  void arrive_closed(const Segment&);
  bool ack_in_time_wait(const Segment&);
  void acknowledge(const Segment&);
  void accept(const Stretch&);
  void free_buffer(std::uint32_t octets);
  void accept_fin();
  void request_fin();
  [[nodiscard]] Rule close_again() const;
  void retransmit();

  void enter(State, Rule);
  void answer_ack();
  void answer_reset(const Segment&);
  void send_text(std::uint32_t len, bool fin);
  void run(Timer, Time after_ms);
  void stop(Timer);
  bool& runs(Timer timer) {
    return timer == Timer::TimeWait ? tcb_.time_wait_timer : tcb_.retransmission_timer;
  }
  void signal(Signal signal) {
    if (!tcb_.orphan) out_.signals.push_back(signal);
  }
  void settle(Rule rule, Verdict verdict) {
    out_.rule = rule;
    out_.verdict = verdict;
  }
  void refuse(Rule rule, CallResult result) {
    out_.rule = rule;
    out_.result = result;
  }
  bool refuse_without_connection();

  const Policy& policy_;
  Outcome out_;
  Tcb& tcb_ = out_.next;
  bool answered_ = false;      ///< no arrival is acknowledged twice
  bool text_refused_ = false;  ///< the window is shut: take the ACK, leave the text
};

// --- The application's calls -------------------------------------------------------------------

// 3.10.2 to 3.10.5, CLOSED: there is no connection. The first call after a reset learns of it.
bool Processing::refuse_without_connection() {
  if (tcb_.state != State::Closed) return false;
  const bool reset = std::exchange(tcb_.reset_to_report, false);
  refuse(Rule::C5, reset ? CallResult::ConnectionReset : CallResult::ConnectionDoesNotExist);
  return true;
}

// 3.10.4 CLOSE: a FIN is queued behind everything that was sent; a second call queues no second.
void Processing::request_fin() {
  if (std::exchange(tcb_.fin_requested, true)) {
    out_.rule = close_again();
  } else if (tcb_.state == State::Established) {
    // The state changes at once, "in any case", even if the FIN must wait behind unsent data.
    enter(State::FinWait1, Rule::C1);
  } else {
    // In CLOSE_WAIT the text changes the state when the FIN is sent: see send_text().
    assert(tcb_.state == State::CloseWait);
    out_.rule = Rule::C2;
  }
}

Rule Processing::close_again() const {
  return both_closed(tcb_.state) ? Rule::C4 : Rule::C3;
}

// close() as operating systems offer it: RFC CLOSE, and nobody is left to read (3.6.1).
void Processing::on(const Close&) {
  if (refuse_without_connection()) return;
  if (tcb_.orphan) return refuse(close_again(), CallResult::ConnectionClosing);
  tcb_.orphan = true;
  if (tcb_.unread > 0 && policy_.unread_data_resets) {
    // SHLD-3: the peer must learn that its data were not read.
    out_.send.push_back({.seq = tcb_.snd_nxt, .ack = {}, .flags = {.rst = true}});
    enter(State::Closed, Rule::C6);
    return;
  }
  free_buffer(std::exchange(tcb_.unread, 0U));
  request_fin();
}

// RFC CLOSE alone: the application goes on receiving.
void Processing::on(const Shutdown& call) {
  if (refuse_without_connection()) return;
  if (tcb_.orphan) return refuse(close_again(), CallResult::ConnectionClosing);
  if (call.how != ShutdownHow::Write) tcb_.read_shut = true;
  if (call.how == ShutdownHow::Read) return;
  if (tcb_.fin_requested) return refuse(close_again(), CallResult::ConnectionClosing);
  request_fin();
}

// 3.10.2 SEND
void Processing::on(const SendOctets& call) {
  if (refuse_without_connection()) return;
  if (tcb_.fin_requested) return refuse(Rule::S2, CallResult::ConnectionClosing);
  tcb_.unsent += call.octets;
  out_.rule = Rule::S1;
}

// 3.10.3 RECEIVE. Octets on hand are delivered in every state (D11): the letter of the RFC would
// lose those that arrived together with the FIN.
void Processing::on(const ReceiveOctets& call) {
  if (tcb_.unread == 0 && refuse_without_connection()) return;
  const bool peer_may_send = !peer_finished(tcb_.state);
  const Rule rule = peer_may_send ? Rule::R1 : tcb_.state == State::CloseWait ? Rule::R2 : Rule::R3;
  if (tcb_.orphan) return refuse(rule, CallResult::ConnectionClosing);
  if (tcb_.unread == 0) {
    if (tcb_.read_shut || rule == Rule::R2) return refuse(rule, CallResult::Eof);
    return refuse(rule, peer_may_send ? CallResult::WouldBlock : CallResult::ConnectionClosing);
  }
  out_.rule = rule;
  out_.octets = std::min(tcb_.unread, call.octets.value_or(tcb_.unread));
  tcb_.unread -= out_.octets;
  free_buffer(out_.octets);
  if (tcb_.unread == 0 && !peer_may_send) signal(Signal::Eof);
}

// Room for so many octets is there again. When the window was shut, the peer is told that it opens,
// else it could wait for ever.
void Processing::free_buffer(std::uint32_t octets) {
  if (tcb_.rcv_wnd == 0 && octets > 0 && !peer_finished(tcb_.state)) tcb_.ack_owed = true;
  tcb_.rcv_wnd += octets;
}

// --- A segment arrives -------------------------------------------------------------------------

void Processing::on(const Arrival& arrival) {
  const Segment& segment = arrival.segment;
  if (tcb_.state == State::Closed) return arrive_closed(segment);
  assert(synchronized(tcb_.state));
  if (!first_sequence(segment)) return;
  if (!second_reset(segment)) return;
  // Third, security and compartment, is not modelled.
  if (!fourth_syn(segment)) return;
  if (!fifth_ack(segment)) return;
  // Sixth, the urgent pointer, is not modelled.
  if (seventh_text(segment)) eighth_fin(segment);
  // A FIN that also acknowledges ours leads from FIN_WAIT_1 straight to TIME_WAIT; only without
  // one does the acknowledgment lead to FIN_WAIT_2.
  if (tcb_.state == State::FinWait1 && tcb_.fin_acknowledged()) enter(State::FinWait2, Rule::A5);
}

// 3.10.7.1: without a connection everything but a reset is answered by a reset.
void Processing::arrive_closed(const Segment& segment) {
  if (segment.flags.rst) return settle(Rule::N1, Verdict::Ignored);
  settle(segment.flags.ack ? Rule::N2 : Rule::N3, Verdict::Reset);
  answer_reset(segment);
}

// First: does the segment touch the window?
bool Processing::first_sequence(const Segment& segment) {
  if (acceptable(tcb_, segment)) return true;
  if (segment.flags.rst) {
    settle(Rule::Q1, Verdict::OutOfWindow);
    return false;
  }
  const bool seen = segment.length() > 0 && segment.end() <= tcb_.rcv_nxt;
  settle(Rule::Q2, seen ? Verdict::Duplicate : Verdict::OutOfWindow);
  answer_ack();
  if (tcb_.state == State::TimeWait && segment.flags.ack) {
    // D1: by the letter a repeated FIN ends here and could never restart 2·MSL, which the fifth
    // and eighth checks ask for. Every implementation restarts it, and so does this one.
    const bool fin_again = segment.flags.fin && segment.end() == tcb_.rcv_nxt;
    const bool restart = policy_.time_wait_restart == TimeWaitRestart::Any ||
                         (policy_.time_wait_restart == TimeWaitRestart::Fin && fin_again);
    if (fin_again) out_.rule = Rule::F6;
    if (restart) run(Timer::TimeWait, policy_.time_wait());
  }
  // With a shut window nothing that has a length is acceptable, but valid ACKs are still taken.
  text_refused_ = tcb_.rcv_wnd == 0 && segment.seq == tcb_.rcv_nxt;
  return text_refused_;
}

// Second: the RST bit, after RFC 5961 3.2.
bool Processing::second_reset(const Segment& segment) {
  if (!segment.flags.rst) return true;
  if (tcb_.state == State::TimeWait && policy_.rst_in_time_wait == RstInTimeWait::Ignore) {
    settle(Rule::K3, Verdict::Ignored);
    return false;
  }
  if (policy_.rfc5961 && segment.seq != tcb_.rcv_nxt) {
    settle(Rule::K1, Verdict::Challenge);
    answer_ack();
    return false;
  }
  const Rule rule = both_closed(tcb_.state) ? Rule::K3 : Rule::K2;
  if (tcb_.state != State::TimeWait) {
    signal(Signal::ConnectionReset);
    tcb_.reset_to_report = !tcb_.orphan;
  }
  enter(State::Closed, rule);
  out_.verdict = Verdict::Reset;
  return false;
}

// Fourth: the SYN bit. RFC 5961 4.2 asks the peer to confirm; RFC 793 reset the connection.
bool Processing::fourth_syn(const Segment& segment) {
  if (!segment.flags.syn) return true;
  if (policy_.rfc5961 || tcb_.state == State::TimeWait) {
    settle(Rule::Y1, Verdict::Challenge);
    answer_ack();
    return false;
  }
  out_.send.push_back({.seq = tcb_.snd_nxt, .ack = {}, .flags = {.rst = true}});
  signal(Signal::ConnectionReset);
  tcb_.reset_to_report = !tcb_.orphan;
  enter(State::Closed, Rule::Y2);
  out_.verdict = Verdict::Reset;
  return false;
}

// Fifth: the ACK field.
bool Processing::fifth_ack(const Segment& segment) {
  if (!segment.flags.ack) {
    settle(Rule::A0, Verdict::Ignored);
    return false;
  }
  if (tcb_.state == State::TimeWait) return ack_in_time_wait(segment);
  if (segment.ack > tcb_.snd_nxt) {
    settle(Rule::A1, Verdict::Challenge);
    answer_ack();
    return false;
  }
  acknowledge(segment);
  // The acknowledgment of our FIN ends CLOSING and LAST_ACK; nothing else in it counts there.
  if (tcb_.state == State::Closing) {
    if (tcb_.fin_acknowledged()) {
      enter(State::TimeWait, Rule::A8);
    } else if (out_.verdict == Verdict::Duplicate) {
      settle(Rule::A9, Verdict::Ignored);
    }
    return false;
  }
  if (tcb_.state == State::LastAck && tcb_.fin_acknowledged()) {
    signal(Signal::Closed);
    enter(State::Closed, Rule::A10);
    return false;
  }
  return true;
}

// D2: only what occupies sequence space is answered. If every ACK were, two ends in TIME_WAIT
// would acknowledge each other for ever.
bool Processing::ack_in_time_wait(const Segment& segment) {
  settle(Rule::A11, Verdict::Ignored);
  if (segment.length() > 0) answer_ack();
  return false;
}

// SND.UNA, the retransmission queue and its timer (RFC 6298 5.2, 5.3), and the send window.
void Processing::acknowledge(const Segment& segment) {
  if (segment.ack > tcb_.snd_una) {
    out_.rule = Rule::A3;
    tcb_.snd_una = segment.ack;
    std::erase_if(tcb_.retransmission_queue,
                  [&](const Stretch& sent) { return sent.end() <= segment.ack; });
    if (!tcb_.retransmission_queue.empty()) trim(tcb_.retransmission_queue.front(), segment.ack);
    tcb_.rto_ms = policy_.rto_ms;
    tcb_.waited_ms = 0;
    if (tcb_.retransmission_queue.empty()) {
      stop(Timer::Retransmission);
    } else {
      run(Timer::Retransmission, tcb_.rto_ms);
    }
  } else {
    out_.rule = Rule::A4;
  }
  const bool newer =
      tcb_.snd_wl1 < segment.seq || (tcb_.snd_wl1 == segment.seq && tcb_.snd_wl2 <= segment.ack);
  const bool takes_window = segment.ack == tcb_.snd_una && newer;
  const bool nothing_new = out_.rule == Rule::A4 && segment.length() == 0;
  if (nothing_new && !(takes_window && segment.wnd != tcb_.snd_wnd)) {
    out_.verdict = Verdict::Duplicate;
  }
  if (takes_window) {
    tcb_.snd_wnd = segment.wnd;
    tcb_.snd_wl1 = segment.seq;
    tcb_.snd_wl2 = segment.ack;
  }
}

// Seventh: the text. Says whether the FIN behind it may be looked at.
bool Processing::seventh_text(const Segment& segment) {
  if (segment.length() == 0 || text_refused_) return false;
  if (peer_finished(tcb_.state)) {
    settle(Rule::T3, Verdict::Ignored);
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
    const Stretch early{segment.seq, segment.len, segment.flags.fin};
    if (std::ranges::find(tcb_.held, early) == tcb_.held.end()) tcb_.held.push_back(early);
    settle(Rule::T2, Verdict::OutOfOrder);
    answer_ack();
    return false;
  }
  return true;
}

// Seventh, continued, and eighth: take text and FIN in sequence, then whatever was held for them.
void Processing::eighth_fin(const Segment& segment) {
  out_.verdict = Verdict::Accepted;
  accept({segment.seq, segment.len, segment.flags.fin});
  const auto next = [&] {
    return std::ranges::find_if(tcb_.held,
                                [&](const Stretch& early) { return early.seq <= tcb_.rcv_nxt; });
  };
  for (auto early = next(); early != tcb_.held.end(); early = next()) {
    const Stretch stretch = *early;
    tcb_.held.erase(early);
    accept(stretch);
  }
}

// Takes what lies at RCV.NXT and fits into the window. The right edge of the window never moves
// back (3.8.6): RCV.WND shrinks by what is not read.
void Processing::accept(const Stretch& stretch) {
  const Seq text_end = stretch.seq + stretch.len;
  if (text_end > tcb_.rcv_nxt) {
    const auto fresh = static_cast<std::uint32_t>(text_end - tcb_.rcv_nxt);
    const std::uint32_t taken = std::min(fresh, tcb_.rcv_wnd);
    tcb_.rcv_nxt = tcb_.rcv_nxt + taken;
    const bool thrown_away = tcb_.orphan || tcb_.read_shut;
    if (!thrown_away) {
      tcb_.unread += taken;
      tcb_.rcv_wnd -= taken;
    }
    if (tcb_.reads_at_once && !thrown_away) {
      out_.octets += tcb_.unread;
      tcb_.rcv_wnd += std::exchange(tcb_.unread, 0U);
    }
    tcb_.ack_owed = true;
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
  tcb_.ack_owed = true;
  tcb_.held.clear();
  if (tcb_.unread == 0) signal(Signal::Eof);
  switch (tcb_.state) {
    case State::Established: enter(State::CloseWait, Rule::F1); return;
    // Whether our own FIN is acknowledged, perhaps by this very segment, decides.
    case State::FinWait1:
      if (tcb_.fin_acknowledged()) {
        enter(State::TimeWait, Rule::F2);
      } else {
        enter(State::Closing, Rule::F3);
      }
      return;
    case State::FinWait2: enter(State::TimeWait, Rule::F4); return;
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

// --- A timer expires ---------------------------------------------------------------------------

// 3.10.8
void Processing::on(const Timeout& timeout) {
  runs(timeout.timer) = false;
  switch (timeout.timer) {
    case Timer::Retransmission: retransmit(); return;
    case Timer::TimeWait:
      signal(Signal::Closed);
      enter(State::Closed, Rule::X4);
      return;
  }
}

// Sends the head of the queue again and doubles the wait (RFC 6298 5.4 to 5.6), until R2 says
// that the peer is gone (3.8.3).
void Processing::retransmit() {
  assert(!tcb_.retransmission_queue.empty());
  tcb_.waited_ms += tcb_.rto_ms;
  if (tcb_.waited_ms >= policy_.r2_ms) {
    signal(Signal::TimedOut);
    enter(State::Closed, Rule::X2);
    return;
  }
  out_.rule = Rule::X1;
  tcb_.rto_ms = std::min(2 * tcb_.rto_ms, std::max(policy_.rto_max_ms, policy_.rto_ms));
  run(Timer::Retransmission, tcb_.rto_ms);
  const Stretch& head = tcb_.retransmission_queue.front();
  out_.send.push_back({.seq = head.seq,
                       .ack = tcb_.rcv_nxt,
                       .flags = {.fin = head.fin, .ack = true},
                       .len = head.len,
                       .wnd = tcb_.rcv_wnd});
  tcb_.ack_owed = false;
}

// --- What an end owes --------------------------------------------------------------------------

void Processing::transmit() {
  if (tcb_.state == State::Closed) return;
  const auto window = [&] { return (tcb_.snd_una + tcb_.snd_wnd) - tcb_.snd_nxt; };
  while (tcb_.unsent > 0 && window() > 0) {
    const Time room = std::min<Time>(window(), policy_.mss);
    const auto len = static_cast<std::uint32_t>(std::min<Time>(tcb_.unsent, room));
    tcb_.unsent -= len;
    // A FIN rides on the last of the data if the window has room for it too.
    const bool last = tcb_.unsent == 0 && window() > static_cast<std::int64_t>(len);
    send_text(len, tcb_.fin_requested && last);
  }
  const bool fin_waits = tcb_.fin_requested && !tcb_.fin;
  if (fin_waits && tcb_.unsent == 0 && window() > 0) send_text(0, true);
  if (tcb_.ack_owed) answer_ack();
  tcb_.ack_owed = false;
}

// Sends new data, a FIN, or both. Either carries the acknowledgment that is owed.
void Processing::send_text(std::uint32_t len, bool fin) {
  const Stretch stretch{tcb_.snd_nxt, len, fin};
  if (fin) {
    tcb_.fin = tcb_.snd_nxt + len;
    // 3.10.4, CLOSE-WAIT: "then send a FIN segment, enter LAST-ACK state".
    if (tcb_.state == State::CloseWait) enter(State::LastAck, Rule::C2);
  }
  tcb_.snd_nxt = stretch.end();
  tcb_.retransmission_queue.push_back(stretch);
  if (!tcb_.retransmission_timer) run(Timer::Retransmission, tcb_.rto_ms);
  out_.send.push_back({.seq = stretch.seq,
                       .ack = tcb_.rcv_nxt,
                       .flags = {.fin = fin, .ack = true},
                       .len = len,
                       .wnd = tcb_.rcv_wnd});
  tcb_.ack_owed = false;
}

// --- What several of them need -----------------------------------------------------------------

/// The one place where the state changes.
void Processing::enter(State state, Rule rule) {
  tcb_.state = state;
  out_.rule = rule;
  if (state == State::TimeWait) {
    stop(Timer::Retransmission);
    run(Timer::TimeWait, policy_.time_wait());
  }
  if (state == State::Closed) {
    stop(Timer::Retransmission);
    stop(Timer::TimeWait);
    tcb_.retransmission_queue.clear();
    tcb_.held.clear();
    tcb_.unsent = 0;
    tcb_.ack_owed = false;
    // What was received before a graceful end can still be read; a reset flushes it.
    const bool graceful = rule == Rule::A10 || rule == Rule::X4;
    if (!graceful) tcb_.unread = 0;
  }
}

/// <SEQ=SND.NXT><ACK=RCV.NXT><CTL=ACK>
void Processing::answer_ack() {
  if (std::exchange(answered_, true)) return;
  out_.send.push_back({.seq = tcb_.snd_nxt,
                       .ack = tcb_.rcv_nxt,
                       .flags = {.ack = true},
                       .len = 0,
                       .wnd = tcb_.rcv_wnd});
}

/// The reset of 3.10.7.1, which takes its number from the segment it answers.
void Processing::answer_reset(const Segment& segment) {
  if (segment.flags.ack) {
    out_.send.push_back({.seq = segment.ack, .ack = {}, .flags = {.rst = true}});
  } else {
    out_.send.push_back({.seq = {}, .ack = segment.end(), .flags = {.rst = true, .ack = true}});
  }
}

void Processing::run(Timer timer, Time after_ms) {
  const bool restart = std::exchange(runs(timer), true);
  out_.timers.push_back({timer, restart ? TimerDoes::Restart : TimerDoes::Start, after_ms});
}

void Processing::stop(Timer timer) {
  if (std::exchange(runs(timer), false)) out_.timers.push_back({timer, TimerDoes::Stop, 0});
}

}  // namespace

std::string_view name(const Call& call) {
  static constexpr std::array<std::string_view, 4> names = {"close", "shutdown", "send", "receive"};
  static_assert(names.size() == std::variant_size_v<Call>);
  return names[call.index()];
}

Outcome step(const Tcb& before, const Event& event, const Policy& policy) {
  Processing processing(before, policy);
  std::visit([&](const auto& happened) { processing.on(happened); }, event);
  return processing.take();
}

Outcome transmit(const Tcb& before, const Policy& policy) {
  Processing processing(before, policy);
  processing.transmit();
  return processing.take();
}

}  // namespace core
