// The project's own files, for tests that hold something against them.
#pragma once

#include <string>

namespace sources {

/// The text of a file, by its path in the project; a file that is missing or empty ends the test.
[[nodiscard]] std::string text(const std::string& path);

/// Holds a text against a file of the project. With TEARDOWN_WRITE_GOLDEN in the environment the
/// file is written first, to be read by whoever commits it.
void check(const std::string& path, const std::string& actual);

}  // namespace sources
