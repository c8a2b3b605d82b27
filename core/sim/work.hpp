// Work: what a run costs, counted. Tests hold it to a bound; nothing else depends on it.
#pragma once

#include <cstddef>

namespace core {

/// How many times a run looked at one of the things that a file can have many of.
struct Work {
  std::size_t actions = 0;        ///< planned actions
  std::size_t faults = 0;         ///< planned faults, and the counts of segments that they ask for
  std::size_t transmissions = 0;  ///< earlier transmissions, for the name of a new one
  std::size_t arrivals = 0;       ///< segments under way
  std::size_t segments = 0;       ///< built by transmit()
};

}  // namespace core
