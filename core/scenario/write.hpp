// Saving: a reader's run as a scenario of its own, and a scenario as the text of a file. The saved
// scenario plays the same run again.
#pragma once

#include "core/scenario/run.hpp"

#include <string>

namespace core {

/// The run as a scenario, with knobs and edits as parts of it. It plays the same timeline.
[[nodiscard]] Scenario flatten(const Run& run);

/// A scenario as the text of a file, which parse_scenario() reads to the same scenario.
[[nodiscard]] std::string scenario_text(const Scenario& scenario);

}  // namespace core
