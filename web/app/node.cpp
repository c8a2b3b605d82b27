#include "app/node.hpp"

namespace app {

std::optional<Command> command_of_node(std::span<const Node> nodes, std::string_view id) {
  for (const Node& node : nodes) {
    if (node.id == id && node.enabled) return node.command;
  }
  return std::nullopt;
}

Command command_of_setting(std::span<const Node> nodes, std::string_view setting) {
  for (const Node& node : nodes) {
    for (const Option& option : node.options) {
      if (option.command && setting == node.id + "=" + option.value) return *option.command;
    }
  }
  return Change{read_link(setting)};
}

}  // namespace app
