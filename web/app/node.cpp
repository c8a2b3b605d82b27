#include "app/node.hpp"

namespace app {

std::optional<Command> command_of_node(std::span<const Node> nodes, std::string_view id) {
  for (const Node& node : nodes) {
    if (node.id == id && node.enabled) return node.command;
  }
  return std::nullopt;
}

}  // namespace app
