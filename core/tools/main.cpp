// teardown: the engine as a command. Each sub-command has a file of its own in this folder.
#include "core/scenario/catalogue.hpp"
#include "core/tools/command.hpp"

namespace {

using core::Text;

int list() {
  for (const core::CatalogueFile& file : core::catalogue()) {
    const auto scenario = core::parse_scenario(file.json, file.name);
    if (!scenario) return tools::print_errors(scenario.error());
    tools::print(stdout, scenario->id + "\t" + scenario->title + "\n");
  }
  return tools::success;
}

/// Carries out the command line and returns the exit code.
int carry_out(tools::Arguments arguments) {
  if (arguments.empty()) return tools::refuse({Text::tool_no_command});
  const std::string& command = arguments.front();
  const tools::Arguments rest = arguments.subspan(1);
  if (command == "run") return tools::run_command(rest);
  if (command == "check") return tools::check_command(rest);
  if (command == "explore") return tools::explore_command(rest);
  if (command != "list" && command != "--version" && command != "--help") {
    return tools::refuse({Text::tool_unknown_command, {{"name", tools::as_typed(command)}}});
  }
  if (!rest.empty()) return tools::refuse({Text::tool_no_arguments, {{"command", command}}});
  if (command == "list") return list();
  tools::print(stdout, command == "--help" ? tools::help() : "teardown " TEARDOWN_VERSION "\n");
  return tools::success;
}

}  // namespace

int main(int count, char** values) {
  const int code = carry_out(std::vector<std::string>(values + 1, values + count));
  if (std::fflush(stdout) == 0 && std::ferror(stdout) == 0) return code;
  const std::string why(core::render(Text::tool_not_written));
  tools::print(stderr, "teardown: " + why + "\n");
  return tools::failure;
}
