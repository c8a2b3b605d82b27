// Widgets: each call draws something and records its node. There is no second list of what is on
// the stage that could fall behind the picture. A widget shows that the pointer is over it, and
// acts on nothing: a click is the document's, which tells the stage which node was activated.
#pragma once

#include "ui/kit/frame.hpp"
#include "ui/kit/lettering.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace ui {

// --- Controls -----------------------------------------------------------------------------------

/// The drawn signs of buttons.
enum class Icon : std::uint8_t { ToStart, Back, Play, Pause, PauseEach, Forward, ToEnd, More };

struct Button {
  std::string_view id;
  std::string_view name;  ///< said to those who do not see the sign
  std::optional<Icon> icon = {};
  std::string_view label = {};  ///< drawn beside the sign, or alone
  bool enabled = true;
  bool primary = false;                      ///< the one that stands out
  std::optional<bool> pressed = {};          ///< for a button that stays down
  std::optional<app::Command> command = {};  ///< none when the page itself acts
  std::optional<Box> face = {};              ///< what is drawn, if not the usual part
  bool flat = false;                         ///< its face is seen only under the pointer
};
void button(Frame& frame, const Button& button, const Box& box);

/// A choice out of a list, which the document opens over what is drawn here.
void select(Frame& frame, std::string_view id, std::string_view name, std::string_view value,
            std::string_view label, std::vector<app::Option> options, const Box& box);

/// A value from 1 to `most`, with a tick for each as far as they can be told apart, `position`
/// steps along.
void slider(Frame& frame, std::string_view id, std::string_view name, int value, int most,
            float position, std::string value_text, const Box& box);

// --- Nodes for what a view draws itself ---------------------------------------------------------

/// A named thing that is not a list.
void group(Frame& frame, std::string_view id, std::string name, const Box& box);

/// Opens a list: the items that follow belong to it. If `above` pixels of it lie above the box, the
/// document scrolls it; `scroll` is how far it is scrolled now.
void list(Frame& frame, std::string_view id, std::string_view name, const Box& box, float above = 0,
          float scroll = 0);

void item(Frame& frame, std::string id, std::string name, const Box& box);

// --- Drawing ------------------------------------------------------------------------------------

/// What a control looks like without its sign and its words.
void face(const Frame& frame, const Box& box, ImU32 fill, ImU32 edge);

/// The sign of what opens a list.
void chevron(const Frame& frame, ImVec2 at, ImU32 colour);

/// A line of dashes.
void dashes(const Frame& frame, ImVec2 from, ImVec2 to, ImU32 colour, float thickness, float dash);

}  // namespace ui
