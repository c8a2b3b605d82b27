// with_segment_keys(): a run whose edits name segments by what they are instead of by their place.
// Only a timeline knows which segment each edit meant.
#pragma once

#include "core/scenario/run.hpp"

namespace core {

/// The run with every fault among its edits naming its segment by what it is, so that the edit
/// keeps its meaning when others come and go. A fault that finds no segment stays as it is.
[[nodiscard]] Run with_segment_keys(Run run);

}  // namespace core
