// Theme: every colour and every size on the stage. No other file of ui has a colour or a pixel in
// it, so that contrast can be tested and the look changed in one place.
#pragma once

#include "core/tcp/state.hpp"

#include <cstdint>

namespace ui {

/// As Dear ImGui packs it: 0xAABBGGRR.
using Colour = std::uint32_t;

/// The same colour, fully transparent: what a colour fades to.
[[nodiscard]] constexpr Colour transparent(Colour colour) {
  return colour & 0x00FFFFFFU;
}

/// The same colour as a veil over what lies behind it: text can still be read there.
[[nodiscard]] constexpr Colour veiled(Colour colour) {
  constexpr Colour strength = 20;  // of 255
  return transparent(colour) | strength << 24U;
}

struct Colours {
  Colour paper;      ///< behind everything
  Colour ink;        ///< text and arrows
  Colour faint;      ///< secondary text
  Colour line;       ///< hairlines and frames
  Colour accent;     ///< the current step
  Colour on_accent;  ///< text on the accent
  Colour control;    ///< a button's face
  Colour hovered;    ///< a button's face under the pointer
  Colour disabled;   ///< what a button shows when it cannot act
  Colour lost;       ///< a segment that dies
  Colour band;       ///< behind the half-closed time
};

/// A state's colour as a shape, as text on its own tint, and that tint.
struct StateColours {
  Colour shape;
  Colour text;
  Colour tint;
};

[[nodiscard]] const Colours& colours(bool dark);
[[nodiscard]] StateColours state_colours(core::State state, bool dark);

/// Sizes in CSS pixels. A narrow stage has its own.
struct Sizes {
  bool two_rows = false;  ///< in header and transport
  float text = 15;
  float small = 12;
  float title = 17;  ///< the names of the ends, the counter
  float margin = 16;
  float gap = 8;
  float hairline = 1;
  float rounding = 9;
  // Header and transport
  float header = 60;
  float transport = 68;
  float button = 44;    ///< a finger's size
  float play = 96;      ///< the play button is wider
  float select = 300;   ///< the scenario's name, where there is room
  float counter = 252;  ///< "2 lost · 1 repeated  segments 12/12"
  float speed = 68;
  float numbers = 104;
  float track = 5;
  float knob = 9;
  // Ladder
  float side = 194;    ///< room for badges, calls and the time beside each lifeline
  float heading = 62;  ///< height of the names and pipes above the lifelines
  float row_least = 32;
  float row_most = 46;
  float lifeline = 7;
  float arrow = 1.75F;
  float arrow_head = 10;
  float disc = 9;
  float badge_height = 20;
  float badge_padding = 10;
  float badge_offset = 12;  ///< from the lifeline to the badge
  float pipe = 20;
  float pipe_least = 72;  ///< a pipe narrower than this goes below the names
  float pipe_inset = 64;  ///< from the lifeline to the pipe's end
  float bar = 4;
  float fade = 18;           ///< where the ladder goes on out of view
  float pill = 58;           ///< the time at the right end of the now line
  float label_above = 4.8F;  ///< from an arrow to the words above it
  float label_below = 8.4F;  ///< from an arrow to the words below it
  // Shares of a row
  float head_room = 0.6F;   ///< above the first row
  float foot_room = 0.55F;  ///< below the last one
  float below_now = 0.3F;   ///< so far the lifelines go on below what is shown now
  // Shares of an arrow
  float sets_out = 0.3F;     ///< a segment that has just left is seen on its way already
  float dies_at = 0.93F;     ///< a lost one ends here
  float appears_at = 0.22F;  ///< one out of the network begins here
};
inline constexpr Sizes wide_sizes;
/// Half a window: header and transport take two rows, and the time has no pill.
inline constexpr Sizes medium_sizes = {.two_rows = true,
                                       .header = 92,
                                       .transport = 108,
                                       .side = 118,
                                       .badge_padding = 8,
                                       .badge_offset = 10,
                                       .pipe_inset = 52,
                                       .pill = 0};
/// A phone.
inline constexpr Sizes narrow_sizes = {.two_rows = true,
                                       .text = 14,
                                       .small = 11,
                                       .margin = 12,
                                       .header = 92,
                                       .transport = 108,
                                       .play = 84,
                                       .numbers = 92,
                                       .side = 100,
                                       .badge_padding = 6,
                                       .badge_offset = 8,
                                       .pipe_inset = 44,
                                       .pill = 0,
                                       .label_below = 8.1F};

/// The sizes for a stage of this width.
[[nodiscard]] constexpr const Sizes& sizes_for(float width) {
  return width < 460 ? narrow_sizes : width < 600 ? medium_sizes : wide_sizes;
}

}  // namespace ui
