// What happens to an end beside its Tcb: its timers, what its application reads, and its power.
#pragma once

#include "core/sim/timeline.hpp"

namespace core {

/// Starts, restarts or stops a timer.
void set_timer(Endpoint& end, const TimerChange& change, Time now);

/// Hands the application what it reads, and counts how much of it is of an older incarnation.
void deliver(Endpoint& end, const Outcome& outcome);

/// The host goes down: it forgets the connection, the timers and what was not read.
void lose_power(Endpoint& end);

}  // namespace core
