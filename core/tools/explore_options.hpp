// The options of `teardown explore`: from the command line to the explorations that it asks for.
#pragma once

#include "core/base/message.hpp"
#include "core/explore/suite.hpp"
#include "core/tools/command.hpp"

#include <expected>
#include <optional>
#include <string>
#include <vector>

namespace tools {

/// What the command line asks for.
struct Request {
  std::vector<core::explore::Exploration> explorations;
  bool standard = false;              ///< they are the standard ones, which check every property
  std::optional<std::string> folder;  ///< where counterexamples are saved
};

/// The request, or what is wrong with the arguments.
[[nodiscard]] std::expected<Request, core::Message> read_request(Arguments arguments);

}  // namespace tools
