// Model: everything that the page shows follows from it. Only update() changes it; views, the
// bridge and the platform read it. It knows no screen.
#pragma once

#include "core/narrate/narrate.hpp"
#include "core/scenario/scenario.hpp"
#include "core/scenario/run.hpp"
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

/// A scenario that can be chosen.
struct Story {
  std::string id;
  std::string title;
  std::string group;
};

struct Model {
  std::vector<Story> stories;          ///< the catalogue, in its order
  std::optional<core::Scenario> file;  ///< what the reader opened last: it can be chosen, too
  bool shows_file =
      false;  ///< the run is the file's, which may have the id of one in the catalogue
  core::Run run;
  core::Timeline timeline;           ///< always simulate(run)
  std::vector<core::StepText> told;  ///< each step of the timeline in words
  int runs = 0;        ///< counts the runs that were shown, so that a new one is noticed
  int step = 1;        ///< from 1 to the number of the timeline's steps
  float progress = 0;  ///< how far playing has come towards the next step, 0 to 1
  bool playing = false;
  /// How far the reader has scrolled back in a ladder that is too long for the stage: at 0 it
  /// follows the current step, at 1 it shows its first one. The next step takes it along again.
  float scroll = 0;
  float speed = 1;
  bool real_numbers = false;  ///< sequence numbers as they are, instead of u and w
  bool reduced_motion = false;
  ThemeChoice theme = ThemeChoice::System;
  bool system_dark = false;
  std::vector<Notice> notices;
  int notices_given = 0;  ///< so that every notice has a number of its own

  [[nodiscard]] bool dark() const {
    return theme == ThemeChoice::Dark || (theme == ThemeChoice::System && system_dark);
  }
  [[nodiscard]] int steps() const { return static_cast<int>(timeline.steps.size()); }
  [[nodiscard]] const core::Step& at(int number) const {
    return timeline.steps[static_cast<std::size_t>(number) - 1];
  }
  [[nodiscard]] const core::Step& current() const { return at(step); }
  /// The current step in words.
  [[nodiscard]] const core::StepText& words() const {
    return told[static_cast<std::size_t>(step) - 1];
  }
  /// The wait between a step and the next one is long: it is folded where it is drawn.
  [[nodiscard]] bool folded_after(int number) const {
    return number < steps() && at(number + 1).at - at(number).at >= 500;
  }
  /// Where the run is shown: the current step, and with motion how far playing is past it.
  [[nodiscard]] float position() const {
    return static_cast<float>(step) + (reduced_motion ? 0 : progress);
  }
  /// The simulated time that is shown.
  [[nodiscard]] core::Time now() const {
    const core::Time from = current().at;
    if (progress == 0 || reduced_motion || step == steps()) return from;
    const auto wait = static_cast<float>(at(step + 1).at - from);
    return from + static_cast<core::Time>(wait * progress);
  }
};

/// The model that the page starts with: the first scenario, at its first step.
[[nodiscard]] Model first_model();

}  // namespace app
