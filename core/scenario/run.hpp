// Run: a scenario and what a reader lays over it. Everything that a timeline depends on.
#pragma once

#include "core/scenario/scenario.hpp"

#include <optional>
#include <string_view>
#include <vector>

namespace core {

/// A reader's settings, which override the scenario's own.
struct Knobs {
  std::optional<ProfileId> profile;
  PolicyPatch policy;
  std::optional<Time> delay_ms;

  friend bool operator==(const Knobs&, const Knobs&) = default;
};

struct Run {
  Scenario scenario;
  Knobs knobs;
  std::vector<Entry> edits;

  friend bool operator==(const Run&, const Run&) = default;
};

/// The policy that one end of a run follows: profile, scenario, side and knobs, each overriding the
/// one before.
[[nodiscard]] Policy policy_of(const Run& run, Side side);

/// The delays that a run's segments take.
[[nodiscard]] Delays delays_of(const Run& run);

/// A reader's edits: a list in the form of a script.
[[nodiscard]] Parsed<std::vector<Entry>> parse_edits(std::string_view json,
                                                     std::string_view source);

/// A reader's knobs: {"profile", "policy", "delay_ms"}.
[[nodiscard]] Parsed<Knobs> parse_knobs(std::string_view json, std::string_view source);

}  // namespace core
