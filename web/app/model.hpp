// Model: everything that the page shows follows from it. Only update() changes it; views, the
// bridge and the platform read it. It knows no screen.
#pragma once

#include "app/run_facts.hpp"
#include "app/run_view.hpp"
#include "core/scenario/run.hpp"
#include "core/scenario/scenario.hpp"
#include "core/sim/timeline.hpp"

#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace app {

/// What the reader chose; System follows the operating system.
enum class ThemeChoice : std::uint8_t { System, Light, Dark };

/// How fast the run can be played, by the name that an address and the stage give it.
struct Speed {
  std::string_view name;
  float factor;
};
inline constexpr std::array<Speed, 5> speeds = {
    {{"0.25", 0.25F}, {"0.5", 0.5F}, {"1", 1}, {"2", 2}, {"4", 4}}};

/// A sentence that stays until the reader has put it away.
struct Notice {
  int id = 0;
  std::string text;      ///< one line or more
  bool of_file = false;  ///< about a file that could not be opened
};

struct Model {
  std::optional<core::Scenario> file;  ///< what the reader opened last: it can be chosen, too
  bool shows_file =
      false;  ///< the run is the file's, which may have the id of one in the catalogue
  core::Run run;
  core::Timeline timeline;  ///< always simulate(run)
  RunFacts facts;           ///< always facts_of(run, timeline)
  int runs = 0;             ///< counts the runs that were shown, so that a new one is noticed
  int step = 1;             ///< from 1 to the number of the timeline's steps
  float played_ms = 0;      ///< how long playing has stayed at this step, at speed 1
  bool playing = false;
  /// How far the reader has scrolled back in a ladder that is too long for the stage: at 0 it
  /// follows the current step, at 1 it shows its first one. The next step takes it along again.
  float scroll = 0;
  float speed = 1;
  bool real_numbers = false;  ///< sequence numbers as they are, instead of u and w
  bool preview = true;        ///< what is still to come shows as a ghost
  bool pause_each = false;    ///< playing pauses after each step
  bool reduced_motion = false;
  ThemeChoice theme = ThemeChoice::System;
  bool system_dark = false;
  std::vector<Notice> notices;
  int notices_given = 0;  ///< so that every notice has a number of its own

  [[nodiscard]] bool dark() const {
    return theme == ThemeChoice::Dark || (theme == ThemeChoice::System && system_dark);
  }
  /// Which story is shown, from 0, and how many there are: the reader's own file is the first, then
  /// comes the catalogue.
  [[nodiscard]] int story() const;
  [[nodiscard]] int stories() const;
  /// How far playing has come towards the next step, 0 to 1. The step is read before that: the
  /// stage moves only at the end of its time.
  [[nodiscard]] float progress() const;
  /// How long the stage moves at the end of the current step's time, at speed 1.
  [[nodiscard]] float moves_ms() const;
  [[nodiscard]] int steps() const { return static_cast<int>(timeline.steps.size()); }
  /// The run as it is shown. With less motion nothing is shown between two steps.
  [[nodiscard]] RunView view() const {
    return {.timeline = timeline,
            .facts = facts,
            .run = runs,
            .step = step,
            .progress = reduced_motion ? 0 : progress(),
            .scroll = scroll,
            .real_numbers = real_numbers,
            .preview = preview};
  }
};

/// The model that the page starts with: the first scenario, at its first step.
[[nodiscard]] Model first_model();

}  // namespace app
