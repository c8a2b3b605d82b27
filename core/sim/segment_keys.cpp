#include "core/sim/segment_keys.hpp"

#include "core/sim/simulation.hpp"

namespace core {

Run with_segment_keys(Run run) {
  const Timeline timeline = simulate(run);
  for (std::size_t i = 0; i < run.edits.size(); ++i) {
    auto* fault = std::get_if<Fault>(&run.edits[i].what);
    if (fault != nullptr && timeline.edited[i]) fault->segment = *timeline.edited[i];
  }
  return run;
}

}  // namespace core
