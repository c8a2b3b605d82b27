// Timers that follow from the state of the connection, and starting and stopping any of them.
#include "core/tcp/processing.hpp"

#include <algorithm>

namespace core {

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

}  // namespace core
