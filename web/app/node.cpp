#include "app/node.hpp"

#include <algorithm>

namespace app {

std::optional<Command> command_of_node(std::span<const Node> nodes, std::string_view id) {
  const auto node = std::ranges::find(nodes, id, &Node::id);
  if (node == nodes.end() || !node->enabled) return std::nullopt;
  return node->command;
}

Command command_of_setting(std::span<const Node> nodes, std::string_view setting) {
  const std::size_t equals = std::min(setting.find('='), setting.size());
  const auto node = std::ranges::find(nodes, setting.substr(0, equals), &Node::id);
  if (node != nodes.end()) {
    const std::string_view value = setting.substr(std::min(equals + 1, setting.size()));
    const auto option = std::ranges::find(node->options, value, &Option::value);
    if (option != node->options.end() && option->command) return *option->command;
  }
  return Change{read_link(setting)};
}

}  // namespace app
