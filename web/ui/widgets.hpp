// Widgets: each call draws something and records its semantic node. There is no second list of
// what is on the stage that could fall behind the picture.
#pragma once

#include "ui/frame.hpp"

#include <string_view>

namespace ui {

/// The drawn signs of the transport.
enum class Icon : std::uint8_t { ToStart, Back, Forward, ToEnd };

/// A button with a sign, and its name for those who do not see the sign.
void icon_button(Frame& frame, std::string_view id, std::string_view name, Icon icon, ImVec2 min,
                 ImVec2 max, bool enabled, const app::Command& command);

/// Opens a list: the items that follow belong to it.
void list(Frame& frame, std::string_view id, std::string_view name, ImVec2 min, ImVec2 max);

/// Something in a list that is drawn by its view.
void item(Frame& frame, std::string id, std::string name, ImVec2 min, ImVec2 max);

enum class Align : std::uint8_t { Left, Centre, Right };

/// One line of text; `at` is its top left, top centre or top right. Returns its rectangle's size.
ImVec2 text(const Frame& frame, ImFont* font, float size, ImVec2 at, Align align, ImU32 colour,
            std::string_view text);

}  // namespace ui
