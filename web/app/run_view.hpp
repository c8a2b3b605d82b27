// RunView: one run as it is shown at one moment. Views that draw a run are given this and nothing
// else of the model, so that two runs can be drawn beside each other.
#pragma once

#include "app/run_facts.hpp"
#include "core/sim/timeline.hpp"

namespace app {

struct RunView {
  const core::Timeline& timeline;
  const RunFacts& facts;
  int run = 0;         ///< its number, another one for another run
  int step = 1;        ///< the current one, from 1
  float progress = 0;  ///< how far playing has come towards the next step, 0 to 1
  float scroll = 0;    ///< how far the reader has scrolled back, 0 to 1
  bool real_numbers = false;
  bool preview = false;  ///< what is still to come shows as a ghost

  [[nodiscard]] int steps() const { return static_cast<int>(timeline.steps.size()); }
  [[nodiscard]] const core::Step& at(int number) const {
    return timeline.steps[static_cast<std::size_t>(number) - 1];
  }
  [[nodiscard]] const core::Step& current() const { return at(step); }
  /// The current step in words.
  [[nodiscard]] const core::StepText& words() const {
    return facts.steps[static_cast<std::size_t>(step) - 1];
  }
  /// The current step, and how far playing is past it.
  [[nodiscard]] float position() const { return static_cast<float>(step) + progress; }
  /// The simulated time that is shown.
  [[nodiscard]] core::Time now() const {
    const core::Time from = current().at;
    if (progress == 0 || step == steps()) return from;
    const auto wait = static_cast<float>(at(step + 1).at - from);
    return from + static_cast<core::Time>(wait * progress);
  }
};

}  // namespace app
