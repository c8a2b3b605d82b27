// Saving: a reader's run as a scenario of its own, and a scenario as the text of a file. What is
// saved plays the same run again.
#pragma once

#include "core/scenario/scenario.hpp"

#include <string>

namespace core {

/// The run as a scenario: knobs and edits become part of it, and the same comes out of it.
[[nodiscard]] Scenario flatten(const Run& run);

/// A scenario as the text of a file, which parse_scenario() reads to the same scenario.
[[nodiscard]] std::string scenario_text(const Scenario& scenario);

}  // namespace core
