// Model: everything that the page shows follows from it. Only update() changes it; views, the
// bridge and the platform read it. It knows no screen.
#pragma once

#include "core/scenario.hpp"
#include "core/timeline.hpp"

#include <string>
#include <vector>

namespace app {

/// What the reader chose; System follows the operating system.
enum class ThemeChoice : std::uint8_t { System, Light, Dark };

/// A sentence that stays until the reader has put it away.
struct Notice {
  int id = 0;
  std::string text;
};

struct Model {
  core::Run run;
  core::Timeline timeline;  ///< always simulate(run)
  int step = 1;             ///< from 1 to the number of the timeline's steps
  ThemeChoice theme = ThemeChoice::System;
  bool system_dark = false;
  std::vector<Notice> notices;
  int notices_given = 0;  ///< so that every notice has a number of its own

  [[nodiscard]] bool dark() const {
    return theme == ThemeChoice::Dark || (theme == ThemeChoice::System && system_dark);
  }
  [[nodiscard]] int steps() const { return static_cast<int>(timeline.steps.size()); }
  [[nodiscard]] const core::Step& current() const {
    return timeline.steps[static_cast<std::size_t>(step) - 1];
  }
};

/// The model that the page starts with: the first scenario, at its first step.
[[nodiscard]] Model first_model();

}  // namespace app
