// What the parser says about a scenario file, as text, for tests.
#pragma once

#include "core/scenario/scenario.hpp"

#include <doctest/doctest.h>

#include <initializer_list>
#include <string>
#include <string_view>

namespace parsing {

/// All errors in a text, one per line.
[[nodiscard]] inline std::string diagnostics(std::string_view json,
                                             std::string_view source = "lost.json") {
  const auto parsed = core::parse_scenario(json, source);
  std::string out;
  if (!parsed) {
    for (const core::ParseError& error : parsed.error()) out += error.text() + "\n";
  }
  return out;
}

/// A scenario with the required members and these.
[[nodiscard]] inline std::string with(const std::string& members) {
  return R"({"format": 1, "id": "lost", "title": "Lost", "script": [])" +
         (members.empty() ? "" : ", " + members) + "}";
}

struct Bad {
  std::string name;
  std::string json;
  std::string expected;
};

inline void check(std::initializer_list<Bad> rows) {
  for (const Bad& row : rows) {
    CAPTURE(row.name);
    CHECK(diagnostics(row.json) == row.expected);
  }
}

}  // namespace parsing
