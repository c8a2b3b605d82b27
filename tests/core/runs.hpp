// Runs for tests: of the catalogue, or of a script written in the test.
#pragma once

#include "core/catalogue.hpp"
#include "core/simulation.hpp"

#include <doctest/doctest.h>

#include <string>
#include <string_view>

namespace runs {

/// The run of a scenario of the catalogue, with edits in the form of --edits.
[[nodiscard]] inline core::Run of(std::string_view id, std::string_view edits = "[]") {
  const core::CatalogueFile* file = core::catalogue_file(id);
  REQUIRE(file != nullptr);
  auto scenario = core::parse_scenario(file->json, file->name);
  REQUIRE(scenario.has_value());
  auto parsed = core::parse_edits(edits, "--edits");
  REQUIRE(parsed.has_value());
  return {.scenario = *scenario, .knobs = {}, .edits = *parsed};
}

/// A run of a scenario given by the members that matter, such as `"script": […]`.
[[nodiscard]] inline core::Run written(const std::string& members) {
  const std::string json = R"({"format": 1, "id": "test", "title": "Test", )" + members + "}";
  auto scenario = core::parse_scenario(json, "test");
  if (!scenario) FAIL(scenario.error().front().text());
  return {.scenario = *scenario, .knobs = {}, .edits = {}};
}

[[nodiscard]] inline core::Timeline played(const std::string& members) {
  return core::simulate(written(members));
}

/// The states that an end goes through, first to last: "ESTABLISHED FIN_WAIT_1 …".
[[nodiscard]] inline std::string walk(const core::Timeline& timeline, core::Side side) {
  std::string out(core::name(timeline.steps.front().world.at(side).tcb.state));
  for (const core::Record& record : timeline.records) {
    const auto* changed = std::get_if<core::StateChanged>(&record.what);
    if (changed != nullptr && record.side == side) {
      out += " " + std::string(core::name(changed->to));
    }
  }
  return out;
}

}  // namespace runs
