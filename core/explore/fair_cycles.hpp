// Cycles: what only the whole graph shows. Where a run can repeat forever, and where it can stay
// although every move that stays possible is made eventually (weak fairness). This file knows the
// graph and nothing of TCP but its states.
#pragma once

#include "core/explore/search.hpp"

#include <cstdint>
#include <optional>
#include <vector>

namespace core::explore {

/// A run that repeats: the path to a cycle, and the cycle once.
struct Lasso {
  Trace path;
  Trace cycle;
};

/// P11: the first cycle that consists of arrivals alone.
[[nodiscard]] std::optional<Lasso> packet_war(Search& search);

/// P16: the first cycle that restarts 2·MSL, whatever the network does.
[[nodiscard]] std::optional<Lasso> endless_time_wait(Search& search);

/// A part of the graph in which a run can stay forever under weak fairness: eventually the network
/// stops losing and duplicating segments, each segment in flight arrives, each timer that keeps
/// running expires, and each application makes the call that it wants to make. Aborts and openings
/// need not happen.
struct FairCycle {
  std::uint32_t node = 0;  ///< the first of its nodes
  bool at_rest = true;     ///< nothing happens any more; otherwise the run repeats
};
/// All of them, in the order of their nodes.
[[nodiscard]] std::vector<FairCycle> fair_cycles(Search& search);

}  // namespace core::explore
