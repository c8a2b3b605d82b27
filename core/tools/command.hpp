// What the sub-commands of `teardown` share: exit codes, printing, and reading of files. A
// sub-command takes its arguments, prints to standard output and error, and returns an exit code.
#pragma once

#include "core/base/message.hpp"
#include "core/scenario/scenario.hpp"

#include <cstdio>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace tools {

using Arguments = std::span<const std::string>;

inline constexpr int success = 0;
inline constexpr int failure = 1;  ///< a file is not a scenario, or an exploration failed
inline constexpr int bad_arguments = 2;

[[nodiscard]] int run_command(Arguments arguments);
[[nodiscard]] int check_command(Arguments paths);
[[nodiscard]] int explore_command(Arguments arguments);

void print(std::FILE* stream, std::string_view text);

/// The text of `teardown --help`.
[[nodiscard]] std::string help();

/// Prints "teardown: " and what is wrong with the arguments, then the help.
[[nodiscard]] int refuse(const core::Message& why);

/// Prints a line for each error.
[[nodiscard]] int print_errors(const std::vector<core::ParseError>& errors);

/// A command, an option, a file or a value as the reader typed it, quoted.
[[nodiscard]] std::string as_typed(std::string_view argument);

[[nodiscard]] std::optional<std::string> read_file(const std::string& path);

/// A scenario by its id, from a file, or from standard input ("-").
[[nodiscard]] core::Parsed<core::Scenario> load(const std::string& name);

}  // namespace tools
