// Comparing: a recording of real kernels held against what the engine does with the same calls and
// losses. This file owns what has to be the same, and what counts as late.
#pragma once

#include "recording.hpp"

#include <string>
#include <vector>

namespace kernel {

/// One thing that is compared, as the kernel did it and as the engine does it. Nothing that one of
/// them does not have is an empty text.
struct Line {
  std::string what;  ///< "segment 3", "client's states", "server is told", "server send 10"
  std::string recorded;
  std::string engine;

  [[nodiscard]] bool same() const { return recorded == engine; }
};

/// What both do, at times that are `prompt_ms` or more apart.
struct Late {
  std::string what;  ///< "segment 5", "server CLOSED"
  double recorded_ms = 0;
  core::Time engine_ms = 0;
};

struct Comparison {
  /// The segments in order; the states that each end enters, in order; what recv() told each
  /// application of the connection; whether each send() was taken.
  std::vector<Line> lines;
  /// A kernel's times are its own, so that this is no difference; but it is told.
  std::vector<Late> late;

  [[nodiscard]] bool same() const;
};

/// Calls are moved by up to 1 ms, timers tick every 4 ms, and a delayed ACK of a FIN was recorded
/// up to 8 ms late; what is later has another reason.
inline constexpr double prompt_ms = 10;

[[nodiscard]] Comparison compare(const Recording& recording, const core::Timeline& timeline);

/// The comparison as text, a line each, for people.
[[nodiscard]] std::string text(const Comparison& comparison);

}  // namespace kernel
