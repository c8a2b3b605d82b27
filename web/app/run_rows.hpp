// The rows of the run facts: what stands in the row of each step, and how long it is shown.
#pragma once

#include "app/run_facts.hpp"

namespace app {

/// Adds a row for each step. The flights, the bundles and the words of the steps are there already.
void add_rows(const core::Timeline& timeline, RunFacts& facts);

}  // namespace app
