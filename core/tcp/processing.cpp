// What every part of the processing needs: a change of state, and throwing away what waits. And
// the two functions themselves.
#include "core/tcp/processing.hpp"

#include <cassert>
#include <utility>

namespace core {

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

Outcome step(const Tcb& before, const Event& event, const Policy& policy, const Inputs& now) {
  Processing processing(before, policy, now);
  std::visit([&](const auto& happened) { processing.on(happened); }, event);
  processing.update_timers();
  return processing.take();
}

Outcome transmit(const Tcb& before, const Policy& policy, const Inputs& now) {
  Processing processing(before, policy, now);
  processing.transmit();
  processing.update_timers();
  return processing.take();
}

}  // namespace core
