// Session: one connection between two real kernels that lives through a scenario. This file owns
// the order and the time of a recording.
#pragma once

#include "recording.hpp"

#include <expected>
#include <string>
#include <vector>

namespace kernel {

struct Failure {
  std::string why;        ///< a sentence
  bool not_here = false;  ///< this machine does not let namespaces or devices be made
};

struct Recorded {
  Recording recording;
  std::vector<std::string> warnings;  ///< faults that found no segment, and an early end
};

/// Lives through a scenario that cannot_record() has nothing against. TIME_WAIT, and a FIN_WAIT_2
/// that lasts for long, are the end, unless the whole is asked for. A recording in which the relay
/// itself was late, on a busy machine, is thrown away and made again, a few times.
[[nodiscard]] std::expected<Recorded, Failure> record(const core::Scenario& scenario, bool whole);

}  // namespace kernel
