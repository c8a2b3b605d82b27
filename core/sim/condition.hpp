// Which conditions of a script, an annotation or a question hold at a moment of a run.
#pragma once

#include "core/sim/timeline.hpp"

#include <array>

namespace core {

/// Every condition that holds in this world, in which segment `arrived` (or none, 0) has just
/// come. No scenario waits for segment 0.
[[nodiscard]] std::array<Condition, 4> true_conditions(const World& world, int arrived);

/// Does the condition hold in this world, in which segment `arrived` (or none, 0) has just come?
[[nodiscard]] bool holds(const Condition& condition, const World& world, int arrived);

}  // namespace core
