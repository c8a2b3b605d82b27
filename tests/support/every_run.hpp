// Every run that laws are held against: each scenario of the catalogue, by every profile, whole and
// with every single one of its segments lost, copied or delayed, or any two of them lost, or with
// a reader who meddles at any of its moments.
#pragma once

#include "core/sim/timeline.hpp"

#include <array>
#include <functional>
#include <span>
#include <string>
#include <utility>

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

/// What one run shows about a law. Most laws have a condition ("after the FIN, …"); a run that
/// never meets it shows nothing: it returns `{}`.
struct Judgement {
  Judgement() = default;
  Judgement(std::string where) : applied(1), broken(std::move(where)) {}
  Judgement(const char* where) : Judgement(std::string(where)) {}

  std::size_t applied = 0;  ///< how often the law's condition was met
  std::string broken = {};  ///< the first place where the law is broken; empty if it is kept
};

/// Something that must hold in each of them.
struct Law {
  std::string name;
  Judgement (*judge)(const Played&);
};

/// Checks the laws in every run. A law that never applies fails: it would hold of anything.
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
