#include "core/sim/segment_keys.hpp"

#include "core/sim/simulation.hpp"

namespace core {

Run with_segment_keys(Run run) {
  const Timeline timeline = simulate(run);
  for (std::size_t i = 0; i < run.edits.size(); ++i) {
    const std::optional<SegmentKey>& meant = timeline.edited[i];
    if (meant) std::get<Fault>(run.edits[i].what).segment = *meant;
  }
  return run;
}

}  // namespace core
