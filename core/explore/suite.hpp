// The explorations that `teardown explore` makes when it is not told which: together they ask for
// every property, and show of the worst mistakes that they would be found.
#pragma once

#include "core/explore/bounds.hpp"

#include <optional>
#include <vector>

namespace core::explore {

struct Exploration {
  Setup setup;
  /// A negative control: this property must be found broken, and nothing else is asked.
  std::optional<int> must_break = {};
};

[[nodiscard]] std::vector<Exploration> standard_explorations();

}  // namespace core::explore
