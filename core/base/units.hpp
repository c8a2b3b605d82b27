// Units: what the engine counts in. Three names, so that a time, an amount of data and a number of
// things are not taken for one another.
#pragma once

#include <cstdint>

namespace core {

/// Milliseconds since the start of a run, or a length of time.
using Time = std::int64_t;

inline constexpr Time day_ms = 86'400'000;

/// An amount of data or of sequence space, in octets. Signed and wide, so that sums and differences
/// of windows cannot wrap; what a segment carries is 32 bits wide.
using Octets = std::int64_t;

/// How many times something happens.
using Count = std::int64_t;

}  // namespace core
