// TIME-WAIT: entering it, and every segment that arrives there (RFC 9293 3.6.1 and 3.10.7.4).
#include "core/tcp/processing.hpp"

namespace core {

// TIME_WAIT, or what happens without it, for the sake of argument.
void Processing::enter_time_wait(Rule rule) {
  if (policy_.time_wait) return enter(State::TimeWait, rule);
  if (tcb_.ack_owed != AckOwed::No) answer_ack();
  finish(rule);
}

// The checks of 3.10.7.4 once more. Nothing but a SYN or a reset leads out of this state.
void Processing::arrive_time_wait(const Segment& segment) {
  const Flags flags = segment.flags;
  // Fourth: the SYN bit. A SYN alone is looked at before the window, which a new incarnation's need
  // not fit (MAY-2), and so is every other under RFC 5961 4.2.
  const bool fits = acceptable(tcb_, segment);
  const bool syn = flags.syn && !flags.rst;
  if (syn && (!flags.ack || fits || policy_.rfc5961)) return syn_in_time_wait(segment);
  // First: the window.
  const Check sequence = check_sequence(segment);
  if (!fits && !flags.rst && flags.ack) {
    // D1: by the letter a repeated FIN ends here and could never restart 2·MSL, which the fifth
    // and eighth checks ask for. Every implementation restarts it, and so does this one.
    const bool fin_again = flags.fin && segment.end() == tcb_.rcv_nxt;
    if (fin_again) out_.rule = Rule::F6;
    restart_time_wait(fin_again);
  }
  if (sequence == Check::Done) return;
  // Second: the RST bit.
  if (flags.rst) return reset_in_time_wait(segment);
  // Fifth: the ACK field. D2: only what occupies sequence space is answered. If every ACK were, as
  // the letter says, two ends in TIME_WAIT would acknowledge each other for ever.
  if (!flags.ack) {
    if (!text_refused_) decide(Rule::A0, Verdict::Ignored);
    return;
  }
  decide(Rule::A11, Verdict::Ignored);
  const bool every = policy_.time_wait_answers == TimeWaitAnswers::EveryAck;
  if (segment.length() > 0 || every) answer_ack();
  restart_time_wait(false);
}

// 3.6.1, MAY-2: a SYN with a number beyond everything that was received may begin a new
// incarnation. Any other is challenged (RFC 5961 4.2), for it may be an old duplicate.
void Processing::syn_in_time_wait(const Segment& segment) {
  const bool alone = !segment.flags.ack;
  if (alone && policy_.syn_in_time_wait == SynInTimeWait::Ignore) {
    return decide(Rule::Y3, Verdict::Ignored);
  }
  const bool newer = segment.seq > tcb_.rcv_nxt;
  if (alone && newer && policy_.syn_in_time_wait == SynInTimeWait::Reopen) {
    listen_again(Rule::None);
    return open_passively(segment, Rule::Y3);
  }
  decide(Rule::Y1, Verdict::Challenge);
  challenge();
  restart_time_wait(false);
}

// RFC 1337 recommends ignoring it (D4). Where it counts, both ends have closed, so nobody is told,
// and what was received before can still be read.
void Processing::reset_in_time_wait(const Segment& segment) {
  if (policy_.rst_in_time_wait == RstInTimeWait::Ignore) {
    return decide(Rule::K3, Verdict::Ignored);
  }
  if (challenge_reset(segment) == Check::Done) return;
  enter(State::Closed, Rule::K3, Unread::Kept);
  out_.verdict = Verdict::Reset;
}

// What arrives here may start 2·MSL again, above all the peer's FIN.
void Processing::restart_time_wait(bool fin_again) {
  const bool restart = policy_.time_wait_restart == TimeWaitRestart::Any ||
                       (policy_.time_wait_restart == TimeWaitRestart::Fin && fin_again);
  if (restart) run(Timer::TimeWait, policy_.two_msl());
}

}  // namespace core
