// Theme: every colour and every size on the stage. No other file of ui has a colour or a pixel in
// it, so that contrast can be tested and the look changed in one place.
#pragma once

#include "core/state.hpp"

#include <imgui.h>

namespace ui {

struct Colours {
  ImU32 paper;      ///< behind everything
  ImU32 ink;        ///< text and arrows
  ImU32 faint;      ///< secondary text
  ImU32 line;       ///< hairlines and frames
  ImU32 accent;     ///< the current step
  ImU32 on_accent;  ///< text on the accent
  ImU32 control;    ///< a button's face
  ImU32 hovered;    ///< a button's face under the pointer
  ImU32 disabled;   ///< what a button shows when it cannot act
  ImU32 lost;       ///< a segment that dies
};

/// A state's colour as a shape, as text on its own tint, and that tint.
struct StateColours {
  ImU32 shape;
  ImU32 text;
  ImU32 tint;
};

[[nodiscard]] const Colours& colours(bool dark);
[[nodiscard]] StateColours state_colours(core::State state, bool dark);

/// Sizes in CSS pixels.
struct Sizes {
  float text = 14;
  float small = 12;
  float margin = 16;
  float gap = 8;
  float row = 38;       ///< from one step of the ladder to the next
  float heading = 52;   ///< height of the names above the lifelines
  float lifeline = 6;   ///< thickness
  float arrow = 1.75F;  ///< thickness
  float arrow_head = 9;
  float badge_height = 22;
  float badge_padding = 9;
  float badge_offset = 12;  ///< from the lifeline to the badge
  float side = 150;         ///< room for badges and calls beside each lifeline,
  float side_narrow = 112;  ///< and where the stage is narrow
  float narrow = 560;       ///< a stage narrower than this is narrow
  float button = 40;
  float transport = 60;  ///< height of the bar at the bottom
  float rounding = 8;
  float hairline = 1;
};
inline constexpr Sizes sizes;

}  // namespace ui
