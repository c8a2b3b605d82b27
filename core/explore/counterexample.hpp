// scenario_of(): turns a trace that explore() has found into a scenario that plays it. An
// exploration has no clock; here one is found with which the timers of a real run expire in the
// order of the trace. This file knows nothing of properties.
#pragma once

#include "core/explore/explore.hpp"

#include <optional>
#include <string_view>

namespace core::explore {

/// What a reader is told about a scenario; `id` is the file's name without ".json".
struct ScenarioName {
  std::string id;
  std::string title;
  std::string question;
  std::string lesson;
};

/// The scenario in which everything happens as in the trace, one act after the other. What is still
/// in flight arrives afterwards; a run that would never end stops after its last act. Nothing if no
/// clock that is tried makes the timers expire in that order.
[[nodiscard]] std::optional<Scenario> scenario_of(const Setup& setup, const Trace& acts,
                                                  const ScenarioName& name);

}  // namespace core::explore
