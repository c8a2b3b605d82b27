// `teardown explore`: the options, the clock and the printing. What is explored and what comes of
// it is the business of core/explore.
#pragma once

#include <span>
#include <string>

namespace core {

/// The usage of `explore`, for the command's help.
[[nodiscard]] std::string_view explore_usage();

/// Carries out `teardown explore` with its arguments, printing to standard output and error.
/// Returns the exit code: 0 when everything passed, 1 when something failed or was too much, 2 when
/// the arguments are wrong.
[[nodiscard]] int explore_command(std::span<const std::string> arguments);

}  // namespace core
