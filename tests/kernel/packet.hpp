// Packet: what leaves a TUN device, read as far as the comparison needs it. IPv4 and TCP only;
// everything else that a kernel sends by itself is nobody's business here.
#pragma once

#include "core/tcp/segment.hpp"

#include <cstddef>
#include <optional>
#include <vector>

namespace kernel {

using Bytes = std::vector<std::byte>;

/// The TCP segment in an IPv4 packet, with the numbers that stand in it, without its window.
[[nodiscard]] std::optional<core::Segment> segment_in(const Bytes& packet);

}  // namespace kernel
