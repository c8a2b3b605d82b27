// report(): a run as JSON, the form in which other programs read it. The form is described in
// core/README.md and is an interface: keys are added, never renamed.
#pragma once

#include "core/scenario/run.hpp"
#include "core/sim/timeline.hpp"

#include <string>

namespace core {

/// One JSON object, with a line per segment, record and step; ends with a newline.
[[nodiscard]] std::string report(const Run& run, const Timeline& timeline);

}  // namespace core
