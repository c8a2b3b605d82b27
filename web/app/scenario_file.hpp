// A scenario file of the reader's own: whether it is one, and what is said of it when it is not.
#pragma once

#include "core/scenario/scenario.hpp"

#include <expected>
#include <optional>
#include <string>

namespace app {

/// A file as the page hands it over.
struct File {
  std::string name;
  std::optional<std::string> text;  ///< none when the browser could not read it
};

/// The scenario in a file, or what to tell the reader: what is wrong with it, and where.
[[nodiscard]] std::expected<core::Scenario, std::string> read_file(const File& file);

}  // namespace app
