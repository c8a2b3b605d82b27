// The project's own files, for tests that hold something against them.
#pragma once

#include <string>

namespace sources {

/// The text of a file, by its path in the project; a file that is missing or empty ends the test.
[[nodiscard]] std::string text(const std::string& path);

}  // namespace sources
