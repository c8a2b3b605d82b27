// Scenarios that nobody would write: calls, forgeries, faults and policies drawn by rng, the same
// for the same seed everywhere.
#pragma once

#include <cstdint>
#include <string>

namespace runs {

/// The text of a scenario. Its ends agree on their numbers at the start, unless it is `wild`.
[[nodiscard]] std::string random_scenario(std::uint32_t seed, bool wild);

}  // namespace runs
