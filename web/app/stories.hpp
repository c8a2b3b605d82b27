// Stories: what a reader sees of each story before choosing one: its question, how many segments it
// has, what becomes of them, and its shape. Each is simulated for that. This file knows no screen.
#pragma once

#include "app/model.hpp"
#include "core/scenario/catalogue.hpp"

#include <string>
#include <vector>

namespace app {

/// A segment of a story, as its small ladder shows it.
struct SegmentShape {
  core::Side from{};
  bool lost = false;
  bool reset = false;
  bool of_network = false;  ///< no end sent it
};

/// The small ladder of a story has no more than these; the rest is left out.
inline constexpr std::size_t most_shapes = 12;

struct Story {
  std::string id;  ///< in the catalogue; empty for the reader's own file
  std::string title;
  std::string group;
  std::string question;
  std::vector<std::string> facts;      ///< "6 segments", "1 lost", "reset by the Server"
  std::vector<SegmentShape> segments;  ///< the first ones, in order
  bool goes_on = false;                ///< there are more of them
  bool current = false;                ///< it is on the stage
};

/// The scenario of a file in the catalogue.
[[nodiscard]] core::Scenario scenario_of(const core::CatalogueFile& file);

/// All that can be chosen: the reader's own file, if there is one, then the catalogue.
[[nodiscard]] std::vector<Story> stories_of(const Model& model);

/// The same as JSON, for the page.
[[nodiscard]] std::string json_of(const std::vector<Story>& stories);

}  // namespace app
