// teardown: the engine as a command. Reads scenarios, prints runs; everything else is in core.
#include "core/catalogue.hpp"
#include "core/figure.hpp"
#include "core/report.hpp"
#include "core/simulation.hpp"

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
       teardown --version | --help

How a TCP connection closes, by RFC 9293.

  list          the scenarios that are built in: id, tab, title
  run           plays a scenario, built in, from a file, or from standard input (-),
                and prints what happened
    --edits     a reader's own actions and faults, as a JSON list in the form of a script
    --knobs     {"profile", "policy", "delay_ms"}, laid over the scenario's own
    --format    json (the default), or figure: a ladder in the manner of RFC 9293
  check         says of each file whether it is a scenario, and if not, all that is wrong

Exit code: 0, or 1 when a file is no scenario, or 2 when the arguments are wrong.
)";

void print(std::FILE* stream, std::string_view text) {
  std::fwrite(text.data(), 1, text.size(), stream);
}

int wrong_arguments(const std::string& why) {
  print(stderr, "teardown: " + why + "\n" + std::string(usage));
  return bad_arguments;
}

int complain(const std::vector<core::ParseError>& errors) {
  for (const core::ParseError& error : errors) print(stderr, error.text() + "\n");
  return bad_file;
}

std::optional<std::string> read_stream(std::FILE* stream) {
  std::string text;
  char buffer[4096];
  for (std::size_t n = 0; (n = std::fread(buffer, 1, sizeof buffer, stream)) > 0;) {
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
  std::string format = "json";
  for (std::size_t i = 0; i < arguments.size(); ++i) {
    const std::string& argument = arguments[i];
    const bool option = argument.starts_with("--");
    if (option && argument != "--edits" && argument != "--knobs" && argument != "--format") {
      return wrong_arguments("run has no option " + argument);
    }
    if (!option) {
      if (name) return wrong_arguments("run takes one scenario, and " + argument + " is a second");
      name = argument;
    } else if (i + 1 == arguments.size()) {
      return wrong_arguments(argument + " needs a value");
    } else {
      const std::string& value = arguments[++i];
      if (argument == "--edits") edits = value;
      if (argument == "--knobs") knobs = value;
      if (argument == "--format") format = value;
    }
  }
  if (!name) return wrong_arguments("run needs a scenario");
  if (format != "json" && format != "figure") {
    return wrong_arguments("--format is json or figure, not " + format);
  }
  auto scenario = load(*name);
  if (!scenario) return complain(scenario.error());
  core::Run run{.scenario = std::move(*scenario), .knobs = {}, .edits = {}};
  if (edits) {
    auto parsed = core::parse_edits(*edits, "--edits");
    if (!parsed) return complain(parsed.error());
    run.edits = std::move(*parsed);
  }
  if (knobs) {
    auto parsed = core::parse_knobs(*knobs, "--knobs");
    if (!parsed) return complain(parsed.error());
    run.knobs = std::move(*parsed);
  }
  const core::Timeline timeline = core::simulate(run);
  print(stdout, format == "json" ? core::report(run, timeline) : core::figure(timeline));
  return success;
}

int check(std::span<const std::string> paths) {
  if (paths.empty()) return wrong_arguments("check needs a file");
  int code = success;
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

}  // namespace

int main(int count, char** values) {
  const std::vector<std::string> arguments(values + 1, values + count);
  if (arguments.empty()) return wrong_arguments("what to do?");
  const std::string& command = arguments.front();
  const std::span rest = std::span(arguments).subspan(1);
  if (command == "run") return run(rest);
  if (command == "check") return check(rest);
  if (command != "list" && command != "--version" && command != "--help") {
    return wrong_arguments("no command " + command);
  }
  if (!rest.empty()) return wrong_arguments(command + " takes no arguments");
  if (command == "list") return list();
  print(stdout, command == "--version" ? "teardown " TEARDOWN_VERSION "\n" : usage);
  return success;
}
