// injected_segment(): the segment that an injection of a script puts on the wire.
#pragma once

#include "core/sim/timeline.hpp"

namespace core {

/// The segment, with its numbers as the end that receives it has them at this moment.
[[nodiscard]] Segment injected_segment(const Injection& injection, const Endpoint& end);

}  // namespace core
