// The explorations that `teardown explore` makes by default. Together they check every property,
// and show that the worst mistakes would be found.
#pragma once

#include "core/explore/bounds.hpp"

#include <optional>
#include <vector>

namespace core::explore {

struct Exploration {
  Setup setup;
  /// A negative control: this property must be broken, and no other is checked.
  std::optional<int> must_break = {};
};

[[nodiscard]] std::vector<Exploration> standard_explorations();

}  // namespace core::explore
