// Suitable: which scenarios two real kernels can live through from outside, and how they become one
// that the engine compares itself with.
#pragma once

#include "host.hpp"

#include "core/scenario/scenario.hpp"

#include <optional>
#include <string>

namespace kernel {

/// Why kernels cannot live through this scenario, in a sentence; nothing if they can.
[[nodiscard]] std::optional<std::string> cannot_record(const core::Scenario& scenario);

/// What has to be set in one end's kernel for the scenario's policy.
[[nodiscard]] Settings settings_of(const core::Scenario& scenario, core::Side side);

/// The scenario under the profile `linux`, with the windows that kernels have, no two ends that
/// act at one moment, and without what is said to readers.
[[nodiscard]] core::Scenario for_kernels(core::Scenario scenario);

}  // namespace kernel
