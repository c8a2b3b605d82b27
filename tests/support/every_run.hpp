// Every run that laws are held against: each scenario of the catalogue, by every profile, whole and
// with every single one of its segments lost, copied or delayed, or any two of them lost, or with
// a reader who meddles at any of its moments.
#pragma once

#include "core/sim/timeline.hpp"

#include <array>
#include <functional>
#include <span>
#include <string>

namespace runs {

/// A run, and what it is: "normal-close (linux), segment 3 lost".
struct Played {
  core::Run run;
  core::Timeline timeline;
  std::string name;
  const core::Timeline* whole = nullptr;  ///< the same without the fault
};

/// Calls `look` with every one of them.
void for_every_run(const std::function<void(const Played&)>& look);

/// Something that must hold in each of them.
struct Law {
  std::string name;
  std::string (*broken)(const Played&);  ///< where it is broken; empty when it is kept
};

/// Holds every run against the laws.
void check(std::span<const Law> laws);

inline constexpr std::array sides = {core::Side::Client, core::Side::Server};

/// "step 7, client"
[[nodiscard]] std::string at(const core::Step& step, core::Side side);

/// An entry of the run's script or list of edits says so.
[[nodiscard]] bool has_injection(const core::Run& run);
/// A reader did something beside losing, copying and delaying segments.
[[nodiscard]] bool is_meddled(const core::Run& run);
[[nodiscard]] bool has_injected_syn(const core::Run& run);

}  // namespace runs
