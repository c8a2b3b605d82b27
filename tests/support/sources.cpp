#include "sources.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>

namespace {

/// CMake says where the sources are.
std::string whole_path(const std::string& path) {
  return std::string(TEARDOWN_SOURCES) + "/" + path;
}

}  // namespace

std::string sources::text(const std::string& path) {
  const std::string whole = whole_path(path);
  std::string text;
  if (std::FILE* file = std::fopen(whole.c_str(), "rb")) {
    char buffer[4096];
    for (std::size_t n = 0; (n = std::fread(buffer, 1, sizeof buffer, file)) > 0;) {
      text.append(buffer, n);
    }
    std::fclose(file);
  }
  REQUIRE_MESSAGE(!text.empty(), whole << " is missing");
  return text;
}

void sources::check(const std::string& path, const std::string& actual) {
  if (std::getenv("TEARDOWN_WRITE_GOLDEN") != nullptr) {
    std::FILE* file = std::fopen(whole_path(path).c_str(), "wb");
    REQUIRE(file != nullptr);
    std::fwrite(actual.data(), 1, actual.size(), file);
    REQUIRE(std::fclose(file) == 0);
  }
  const std::string golden = text(path);
  // Only the first line that differs is shown: the files are long.
  const auto [a, g] = std::ranges::mismatch(actual, golden);
  const auto begin = static_cast<std::size_t>(a - actual.begin());
  const std::size_t line = begin == 0 ? 0 : actual.rfind('\n', begin - 1) + 1;
  const auto shown = [&](const std::string& whole) {
    return line > whole.size() ? "" : whole.substr(line, whole.find('\n', begin) - line);
  };
  CHECK_MESSAGE(actual == golden,
                path << " says: " << shown(golden) << "\nnow:  " << shown(actual));
}
