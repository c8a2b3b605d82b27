#include "sources.hpp"

#include <doctest/doctest.h>

#include <cstdio>

std::string sources::text(const std::string& path) {
  // CMake says where the sources are.
  const std::string whole = std::string(TEARDOWN_SOURCES) + "/" + path;
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
