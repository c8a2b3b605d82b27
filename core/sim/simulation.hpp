// simulate(): two ends, a network that delays and loses, applications that follow a script, and a
// reader who meddles. It owns time and order; what TCP does, it asks of step() and transmit().
#pragma once

#include "core/scenario/run.hpp"
#include "core/sim/timeline.hpp"
#include "core/sim/work.hpp"

namespace core {

/// No run has more records than this; one that would, ends with Ended::Limit, just before the
/// first thing that has no room.
inline constexpr std::size_t most_records = 2'000;

/// Plays a run to its end. Pure: the same run gives the same timeline, everywhere.
///
/// At one instant things happen in this order: script actions in the order of the file, arrivals
/// in the order in which they were sent, timers (the client's first, then in the order in which
/// they were started), actions whose condition has just become true; then deferred output leaves;
/// a reader's edits come last, and what they cause leaves after them.
[[nodiscard]] Timeline simulate(const Run& run);
/// The same, and counts into `work` what it took.
[[nodiscard]] Timeline simulate(const Run& run, Work& work);

}  // namespace core
