// teardown: the engine as a command. Reads scenarios, prints runs; everything else is in core.
#include "core/output/figure.hpp"
#include "core/output/report.hpp"
#include "core/scenario/catalogue.hpp"
#include "core/sim/simulation.hpp"
#include "core/tools/explore.hpp"

#include <cstdio>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace {

constexpr int success = 0;
constexpr int bad_file = 1;
constexpr int bad_arguments = 2;

constexpr std::string_view usage = R"(usage: teardown list
       teardown run ID|FILE|- [--edits JSON] [--knobs JSON] [--format json|figure]
       teardown check FILE...
       teardown explore [OPTION...]
       teardown --version | --help

How a TCP connection closes, by RFC 9293.

  list          the scenarios that are built in: id, tab, title
  run           plays a scenario, built in, from a file, or from standard input (-),
                and prints what happened
    --edits     a reader's own actions and faults, as a JSON list in the form of a script
    --knobs     {"profile", "policy", "delay_ms"}, laid over the scenario's own
    --format    json (the default), or figure: a ladder in the manner of RFC 9293
  check         says of each file whether it is a scenario, and if not, all that is wrong
  explore       goes through every run there can be, and says whether TCP keeps its word
)";
constexpr std::string_view exit_codes = R"(
Exit code: 0, or 1 when a file is no scenario or an exploration fails, or 2 when the
arguments are wrong.
)";

void print(std::FILE* stream, std::string_view text) {
  std::fwrite(text.data(), 1, text.size(), stream);
}

std::string help() {
  return std::string(usage) + std::string(core::explore_usage()) + std::string(exit_codes);
}

int wrong_arguments(const std::string& why) {
  print(stderr, "teardown: " + why + "\n" + help());
  return bad_arguments;
}

int complain(const std::vector<core::ParseError>& errors) {
  for (const core::ParseError& error : errors) print(stderr, error.text() + "\n");
  return bad_file;
}

std::optional<std::string> read_stream(std::FILE* stream) {
  std::string text;
  char buffer[4096];
  // The parser refuses what is larger than this, and says so.
  constexpr std::size_t enough = 1'000'001;
  for (std::size_t n = 1; n > 0 && text.size() < enough;) {
    n = std::fread(buffer, 1, sizeof buffer, stream);
    text.append(buffer, n);
  }
  if (std::ferror(stream) != 0) return std::nullopt;
  return text;
}

std::optional<std::string> read_file(const std::string& path) {
  std::FILE* stream = std::fopen(path.c_str(), "rb");
  if (stream == nullptr) return std::nullopt;
  std::optional<std::string> text = read_stream(stream);
  std::fclose(stream);
  return text;
}

/// A scenario by id, by path, or from standard input.
core::Parsed<core::Scenario> load(const std::string& name) {
  if (name == "-") {
    const auto text = read_stream(stdin);
    return core::parse_scenario(text.value_or(""), "standard input");
  }
  if (const core::CatalogueFile* file = core::catalogue_file(name)) {
    return core::parse_scenario(file->json, file->name);
  }
  const auto text = read_file(name);
  if (!text) {
    return std::unexpected(std::vector{
        core::ParseError{name, "", "no such scenario and no readable file (see `teardown list`)"}});
  }
  return core::parse_scenario(*text, name);
}

int list() {
  for (const core::CatalogueFile& file : core::catalogue()) {
    const auto scenario = core::parse_scenario(file.json, file.name);
    if (!scenario) return complain(scenario.error());
    print(stdout, scenario->id + "\t" + scenario->title + "\n");
  }
  return success;
}

int run(std::span<const std::string> arguments) {
  std::optional<std::string> name;
  std::optional<std::string> edits;
  std::optional<std::string> knobs;
  std::optional<std::string> format;
  for (std::size_t i = 0; i < arguments.size(); ++i) {
    const std::string& argument = arguments[i];
    const bool option = argument.starts_with('-') && argument != "-";
    if (option && argument != "--edits" && argument != "--knobs" && argument != "--format") {
      return wrong_arguments("run has no option " + argument);
    }
    if (!option) {
      if (name) return wrong_arguments("run takes one scenario, and " + argument + " is a second");
      name = argument;
    } else if (i + 1 == arguments.size()) {
      return wrong_arguments(argument + " needs a value");
    } else {
      std::optional<std::string>& option_value = argument == "--edits"   ? edits
                                                 : argument == "--knobs" ? knobs
                                                                         : format;
      if (option_value) return wrong_arguments(argument + " stands twice");
      option_value = arguments[++i];
    }
  }
  if (!name) return wrong_arguments("run needs a scenario");
  if (format && *format != "json" && *format != "figure") {
    return wrong_arguments("--format is json or figure, not " + *format);
  }
  auto scenario = load(*name);
  if (!scenario) return complain(scenario.error());
  auto parsed_edits = core::parse_edits(edits.value_or("[]"), "--edits");
  auto parsed_knobs = core::parse_knobs(knobs.value_or("{}"), "--knobs");
  if (!parsed_edits) complain(parsed_edits.error());
  if (!parsed_knobs) complain(parsed_knobs.error());
  if (!parsed_edits || !parsed_knobs) return bad_file;
  const core::Run run{.scenario = std::move(*scenario),
                      .knobs = std::move(*parsed_knobs),
                      .edits = std::move(*parsed_edits)};
  const core::Timeline timeline = core::simulate(run);
  print(stdout, format == "figure" ? core::figure(timeline) : core::report(run, timeline));
  return success;
}

int check(std::span<const std::string> paths) {
  if (paths.empty()) return wrong_arguments("check needs a file");
  int code = success;
  for (const std::string& path : paths) {
    if (path.starts_with('-')) return wrong_arguments("check has no option " + path);
  }
  for (const std::string& path : paths) {
    const auto text = read_file(path);
    if (!text) {
      print(stderr, path + ": cannot be read\n");
      code = bad_file;
    } else if (const auto scenario = core::parse_scenario(*text, path); !scenario) {
      code = complain(scenario.error());
    } else {
      print(stdout, path + ": ok\n");
    }
  }
  return code;
}

/// Carries out the command line and returns the exit code.
int carry_out(std::span<const std::string> arguments) {
  if (arguments.empty()) return wrong_arguments("what to do?");
  const std::string& command = arguments.front();
  const std::span rest = arguments.subspan(1);
  if (command == "run") return run(rest);
  if (command == "check") return check(rest);
  if (command == "explore") return core::explore_command(rest);
  if (command != "list" && command != "--version" && command != "--help") {
    return wrong_arguments("no command " + command);
  }
  if (!rest.empty()) return wrong_arguments(command + " takes no arguments");
  if (command == "list") return list();
  print(stdout, command == "--version" ? "teardown " TEARDOWN_VERSION "\n" : help());
  return success;
}

}  // namespace

int main(int count, char** values) {
  const int code = carry_out(std::vector<std::string>(values + 1, values + count));
  if (std::fflush(stdout) == 0 && std::ferror(stdout) == 0) return code;
  print(stderr, "teardown: the output could not be written\n");
  return bad_file;
}
