// story_of(): a run that explore() has found, as a scenario that plays it. An exploration has no
// clock; here one is found at which the timers of a real run expire in the very order of the trace.
#pragma once

#include "core/explore/explore.hpp"

#include <optional>
#include <string_view>

namespace core::explore {

/// What a story is called, and where: `id` is the file's name without ".json".
struct StoryName {
  std::string id;
  std::string title;
  std::string question;
  std::string lesson;
};

/// The scenario in which everything happens as in the trace, one thing after the other,
/// and what is on its way then arrives afterwards; what goes on for ever is cut off. Nothing if
/// none of the clocks that are tried lets its timers expire in that order.
[[nodiscard]] std::optional<Scenario> story_of(const Setup& setup, const Trace& acts,
                                               const StoryName& name);

}  // namespace core::explore
