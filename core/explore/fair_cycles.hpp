// Endings: what only the whole graph shows. Where a run can go round for ever, where it can stay,
// and whether it must come to an end.
#pragma once

#include "core/explore/search.hpp"

#include <cstdint>
#include <optional>
#include <vector>

namespace core::explore {

/// A run that goes round: the way to the cycle, and once around it.
struct Lasso {
  Trace path;
  Trace cycle;
};

/// P11: a cycle of arrivals alone, the first there is.
[[nodiscard]] std::optional<Lasso> packet_war(Search& search);

/// P16: a cycle in which 2·MSL is started again, whatever the network does.
[[nodiscard]] std::optional<Lasso> endless_time_wait(Search& search);

/// A place where a run stays for ever although the network has stopped to lose and to copy, each
/// segment on its way arrives some day, each timer that goes on running expires some day, and each
/// application makes the call that it wants to make (weak fairness). Aborts and openings need not
/// happen. Its first node.
struct Ending {
  std::uint32_t node = 0;
  bool rests = true;  ///< nothing happens any more; otherwise it goes round
};
/// All of them, in the order of the nodes.
[[nodiscard]] std::vector<Ending> endings(Search& search);

}  // namespace core::explore
