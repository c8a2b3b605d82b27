// Frame: what a view is given to draw one frame with, and what it leaves behind: pixels in Dear
// ImGui's draw list, commands, and one semantic node for everything it drew that means something.
#pragma once

#include "app/command.hpp"
#include "ui/theme.hpp"

#include <imgui.h>

#include <optional>
#include <string>
#include <vector>

namespace ui {

enum class Role : std::uint8_t { Button, List, ListItem };

/// What a drawn thing is, for readers who do not see the canvas. The page keeps an element of the
/// document for each, over its rectangle. A list item belongs to the list before it.
struct Node {
  std::string id;  ///< stable from frame to frame
  Role role = Role::ListItem;
  std::string name;
  ImVec2 min;  ///< in CSS pixels from the stage's top left corner
  ImVec2 max;
  bool enabled = true;
  std::optional<app::Command> command;  ///< what activating it asks for
};

struct Frame {
  ImDrawList& draw;
  const Colours& colour;
  bool dark = false;
  ImVec2 min;  ///< the stage's rectangle
  ImVec2 max;
  ImFont* text = nullptr;
  ImFont* mono = nullptr;
  std::vector<Node>& nodes;
  std::vector<app::Command>& commands;
};

}  // namespace ui
