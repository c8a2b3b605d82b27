// start_of(): one end of a connection as a scenario's first line describes it, with everything that
// its state implies. It knows nothing of what happens next.
#pragma once

#include "core/sim/timeline.hpp"

namespace core {

/// The end at t = 0: sequence variables consistent with its state, and the timers that the state
/// implies running. `peer` says what window it was offered.
[[nodiscard]] Endpoint start_of(const Start& start, const Start& peer, const Policy& policy);

}  // namespace core
