// Frame: what a view is given to draw one frame with, and what it leaves behind: pixels in Dear
// ImGui's draw list, commands, and one semantic node for everything it drew that means something.
#pragma once

#include "app/command.hpp"
#include "ui/kit/theme.hpp"

#include <imgui.h>

#include <optional>
#include <string>
#include <vector>

namespace ui {

enum class Role : std::uint8_t { Button, Select, Slider, Group, List, ListItem };

/// One thing that a select offers.
struct Option {
  std::string group;
  std::string value;
  std::string label;
  std::optional<app::Command> command = {};  ///< what it asks for, where no address can say that
};

/// What a drawn thing is, for readers who do not see the canvas. The page keeps an element of the
/// document for each, over its rectangle. A list item belongs to the list before it. Selects and
/// sliders are worked in the document: what they are set to comes back as "id=value", and an
/// option that has a command asks for that.
struct Node {
  std::string id;  ///< stable from frame to frame
  Role role = Role::ListItem;
  std::string name;
  ImVec2 min;  ///< in CSS pixels from the stage's top left corner
  ImVec2 max;
  bool enabled = true;
  std::optional<app::Command> command = {};  ///< what activating it asks for
  std::optional<bool> pressed = {};          ///< for a button that stays down
  std::string value = {};                    ///< of a select or slider
  std::string value_text = {};               ///< a slider's value in words
  int most = 0;                              ///< a slider goes from 1 to this
  float above = 0;   ///< what of a list is above the part in view when it is scrolled to its end
  float scroll = 0;  ///< as far as it is scrolled, from 0 to `above`, in CSS pixels
  std::vector<Option> options = {};
};

/// The fonts, all of them the reader's own.
struct Fonts {
  ImFont* text = nullptr;
  ImFont* bold = nullptr;
  ImFont* mono = nullptr;
  ImFont* mono_bold = nullptr;
};

struct Frame {
  ImDrawList& draw;
  const Colours& colour;
  const Sizes& sizes;
  const Fonts& fonts;
  bool dark = false;
  ImVec2 min;  ///< the stage's rectangle
  ImVec2 max;
  std::vector<Node>& nodes;
  std::vector<app::Command>& commands;
};

}  // namespace ui
