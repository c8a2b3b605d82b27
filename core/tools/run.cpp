// `teardown run`: plays one scenario and prints what happens.
#include "core/scenario/run.hpp"
#include "core/output/figure.hpp"
#include "core/output/report.hpp"
#include "core/sim/simulation.hpp"
#include "core/tools/command.hpp"

#include <expected>
#include <utility>

namespace tools {
namespace {

using core::Message;
using core::Text;

struct Request {
  std::optional<std::string> scenario;
  std::optional<std::string> edits;
  std::optional<std::string> knobs;
  std::optional<std::string> format;
};

/// Where the value of an option goes; null for what is not an option.
std::optional<std::string>* option(Request& request, std::string_view name) {
  if (name == "--edits") return &request.edits;
  if (name == "--knobs") return &request.knobs;
  if (name == "--format") return &request.format;
  return nullptr;
}

std::expected<Request, Message> read(Arguments arguments) {
  const auto wrong = [](Text why, std::vector<core::NamedArgument> names = {}) {
    return std::unexpected(Message{why, std::move(names)});
  };
  Request request;
  for (std::size_t i = 0; i < arguments.size(); ++i) {
    const std::string& argument = arguments[i];
    if (!argument.starts_with('-') || argument == "-") {
      if (request.scenario) {
        return wrong(Text::tool_run_second_scenario, {{"name", as_typed(argument)}});
      }
      request.scenario = argument;
      continue;
    }
    std::optional<std::string>* const value = option(request, argument);
    if (value == nullptr) {
      return wrong(Text::tool_unknown_option, {{"command", "run"}, {"name", as_typed(argument)}});
    }
    if (i + 1 == arguments.size()) return wrong(Text::tool_needs_value, {{"option", argument}});
    if (*value) return wrong(Text::tool_option_twice, {{"option", argument}});
    *value = arguments[++i];
  }
  if (!request.scenario) return wrong(Text::tool_run_no_scenario);
  if (request.format && *request.format != "json" && *request.format != "figure") {
    return wrong(Text::tool_run_format, {{"value", as_typed(*request.format)}});
  }
  return request;
}

}  // namespace

int run_command(Arguments arguments) {
  const auto request = read(arguments);
  if (!request) return refuse(request.error());
  auto scenario = load(*request->scenario);
  if (!scenario) return print_errors(scenario.error());
  auto edits = core::parse_edits(request->edits.value_or("[]"), "--edits");
  auto knobs = core::parse_knobs(request->knobs.value_or("{}"), "--knobs");
  int code = success;
  if (!edits) code = print_errors(edits.error());
  if (!knobs) code = print_errors(knobs.error());
  if (code != success) return code;
  const core::Run played{
      .scenario = std::move(*scenario), .knobs = std::move(*knobs), .edits = std::move(*edits)};
  const core::Timeline timeline = core::simulate(played);
  const bool figure = request->format == "figure";
  print(stdout, figure ? core::figure(timeline) : core::report(played, timeline));
  return success;
}

}  // namespace tools
