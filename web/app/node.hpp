// Node: what a drawn thing is, for readers who do not see the canvas. The views leave one for each
// meaningful thing that they draw; the page keeps an element of its document for each. This file
// knows neither how things are drawn nor the document.
#pragma once

#include "app/command.hpp"

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace app {

/// In CSS pixels from the stage's top left corner.
struct Rect {
  float left = 0;
  float top = 0;
  float right = 0;
  float bottom = 0;
};

enum class Role : std::uint8_t { Button, Select, Slider, Group, List, ListItem };

/// One thing that a select offers.
struct Option {
  std::string value = {};
  std::string label = {};
};

/// The page keeps an element for each node, over its rectangle. A list item belongs to the list
/// before it. Selects and sliders are worked in the document: what they are set to comes back as a
/// part of a link, "id=value".
struct Node {
  std::string id;  ///< stable from frame to frame
  Role role = Role::ListItem;
  std::string name = {};
  Rect rect = {};
  bool enabled = true;
  std::optional<Command> command = {};  ///< what activating it asks for
  std::optional<bool> pressed = {};     ///< for a button that stays down
  std::string value = {};               ///< of a select or slider
  std::string value_text = {};          ///< a slider's value in words
  int most = 0;                         ///< a slider goes from 1 to this
  float above = 0;   ///< what of a list is above the part in view when it is scrolled to its end
  float scroll = 0;  ///< as far as it is scrolled, from 0 to `above`, in CSS pixels
  std::vector<Option> options = {};
};

/// What activating a node asks for: nothing if there is none with this id, or if it is disabled.
[[nodiscard]] std::optional<Command> command_of_node(std::span<const Node> nodes,
                                                     std::string_view id);

}  // namespace app
