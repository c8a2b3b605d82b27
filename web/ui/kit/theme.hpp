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

/// The same colour, as what fills a bar: text in ink can still be read on it.
[[nodiscard]] constexpr Colour filling(Colour colour) {
  constexpr Colour strength = 90;  // of 255
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
  Colour ghost;      ///< what is still to come
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
  /// Beside the states there is a lane for what the application does and hears.
  bool has_lane = true;
  float text = 15;
  float small = 12;
  float along = 14;  ///< the words along the arrows
  float title = 17;  ///< the names of the ends
  float margin = 12;
  float gap = 8;
  float hairline = 1;
  float rounding = 9;
  // Header and transport
  float header = 46;
  float header_margin = 12;   ///< at both ends of the header
  float switch_padding = 12;  ///< around each choice of a switch
  float transport = 48;
  float slider_strip = 0;  ///< for the slider, on top of the buttons
  float button = 44;       ///< a finger's size
  float face = 34;         ///< a button as it is drawn
  float play = 104;        ///< the play button is wider, where there is room
  float play_named = 88;   ///< from here on it has its word
  float pause_each = 124;
  float story = 264;  ///< the story's title, where there is room
  float speed = 68;
  float track = 5;
  float knob = 9;
  // Ladder
  float heading = 56;    ///< height of the names and pipes above the lifelines
  float row_least = 16;  ///< between two steps, where nothing needs more
  float row_most = 60;
  float fold = 30;            ///< between two steps with a long wait between them
  float network_room = 16;    ///< above the row in which a segment comes out of the network
  float network_height = 13;  ///< so far it comes down
  float lifeline = 7;
  float arrow = 1.75F;
  float arrow_head = 10;
  float disc = 9.5F;
  float badge_height = 18;
  float badge_padding = 7;
  float badge_offset = 12;  ///< from the lifeline to the badge
  float lane_gap = 18;      ///< between a badge and the lane: a small arrow has room
  float side_least = 180;   ///< beside a lifeline: half of its name, and what stands in the corner
  float pipe = 18;
  float pipe_gap = 8;        ///< between the two pipes
  float pipe_least = 72;     ///< a pipe narrower than this goes below the names
  float pipe_inset = 60;     ///< from the lifeline to the pipe's end
  float bar = 18;            ///< how high the bar of a wait is
  float fade = 18;           ///< where the ladder goes on out of view
  float label_above = 4.5F;  ///< from an arrow to the words above it
  float label_below = 7;     ///< from an arrow to the words below it
  float below_now = 6;       ///< so far the lifelines go on below what is shown now
  float bar_share = 0.62F;   ///< how long it is, of the way to the other lifeline
  // Shares of an arrow
  float sets_out = 0.3F;     ///< a segment that has just left is seen on its way already
  float dies_at = 0.93F;     ///< a lost one ends here
  float appears_at = 0.22F;  ///< one out of the network begins here

  /// A line of small text among others.
  [[nodiscard]] constexpr float line() const { return small + hairline; }
};
inline constexpr Sizes wide_sizes;
/// Half a window.
inline constexpr Sizes medium_sizes = {.has_lane = false,
                                       .along = 12,
                                       .header_margin = 8,
                                       .switch_padding = 8,
                                       .pause_each = 44,
                                       .disc = 9,
                                       .side_least = 100,
                                       .pipe_inset = 52};
/// A phone.
inline constexpr Sizes narrow_sizes = {.has_lane = false,
                                       .text = 14,
                                       .small = 11,
                                       .along = 11,
                                       .title = 15,
                                       .margin = 6,
                                       .header = 44,
                                       .header_margin = 6,
                                       .switch_padding = 4,
                                       .transport = 72,
                                       .slider_strip = 28,
                                       .pause_each = 44,
                                       .speed = 58,
                                       .heading = 50,
                                       .row_least = 15,
                                       .fold = 27,
                                       .disc = 8,
                                       .badge_height = 16,
                                       .badge_padding = 5,
                                       .badge_offset = 8,
                                       .side_least = 96,
                                       .pipe = 16,
                                       .pipe_gap = 5,
                                       .pipe_inset = 44,
                                       .bar = 16,
                                       .label_above = 3.5F,
                                       .label_below = 6};

/// The sizes for a stage of this width.
[[nodiscard]] constexpr const Sizes& sizes_for(float width) {
  return width < 460 ? narrow_sizes : width < 620 ? medium_sizes : wide_sizes;
}

/// How much larger than usual a stage of this size is drawn: its letters grow with it, half as much
/// as it does.
[[nodiscard]] constexpr float growth_for(float width, float height) {
  constexpr float usual_width = 760;
  constexpr float usual_height = 660;
  constexpr float most = 1.5F;
  constexpr float steps = 12;  // small letters of a whole number of pixels
  const float by =
      width / usual_width < height / usual_height ? width / usual_width : height / usual_height;
  const float grown = (1 + by) / 2;
  const float bounded = grown < 1 ? 1 : grown > most ? most : grown;
  return static_cast<float>(static_cast<int>(bounded * steps)) / steps;
}

}  // namespace ui
