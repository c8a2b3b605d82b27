// `teardown check`: says of each file whether it is a valid scenario.
#include "core/base/text.hpp"
#include "core/tools/command.hpp"

namespace tools {

using core::Text;

int check_command(Arguments paths) {
  if (paths.empty()) return refuse({Text::tool_check_no_file});
  for (const std::string& path : paths) {
    if (path.starts_with('-')) {
      return refuse({Text::tool_unknown_option, {{"command", "check"}, {"name", as_typed(path)}}});
    }
  }
  int code = success;
  for (const std::string& path : paths) {
    const auto line = [&](Text what) {
      return core::render(core::Message{what, {{"path", core::visible(path)}}}) + "\n";
    };
    const auto text = read_file(path);
    if (!text) {
      print(stderr, line(Text::tool_unreadable));
      code = failure;
    } else if (const auto scenario = core::parse_scenario(*text, path); !scenario) {
      code = print_errors(scenario.error());
    } else {
      print(stdout, line(Text::tool_ok));
    }
  }
  return code;
}

}  // namespace tools
