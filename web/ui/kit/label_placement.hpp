// Label placement: where the words along an arrow stand, so that no other arrow crosses them and no
// two labels overlap. Geometry only, in CSS pixels: it draws nothing and knows no font.
#pragma once

#include <array>
#include <cstddef>
#include <span>

namespace ui {

struct Point {
  float x = 0;
  float y = 0;
};

/// An arrow, from lifeline to lifeline.
struct Arrow {
  Point from;
  Point to;
};

/// The rectangle that a line of text covers, which lies along an arrow: its corners clockwise, from
/// where the line begins at its top.
using OrientedBox = std::array<Point, 4>;

/// One way to set a label: number and flags above the arrow, and the sequence numbers behind them
/// or below the arrow.
struct LabelVariant {
  float number = 0;  ///< the width of the number's disc
  float flags = 0;   ///< the width of the flags
  float values = 0;  ///< the width of the sequence numbers
  bool one_line = false;
};

struct LabelSizes {
  float text = 0;     ///< the height of a line
  float above = 0;    ///< from the arrow to the line above it
  float below = 0;    ///< from the arrow to the line below it
  float disc = 0;     ///< half the height of the number's disc
  float after = 0;    ///< from the number's disc to the flags
  float between = 0;  ///< from the flags to the sequence numbers behind them
  float margin = 0;   ///< kept free at both ends of the arrow
};

struct LabelPlacement {
  std::size_t setting = 0;  ///< which of the settings was chosen
  Point number;             ///< the middle of the number's disc
  OrientedBox flags = {};
  OrientedBox values = {};
  OrientedBox head = {};  ///< number and flags together
  std::array<OrientedBox, 2> covers =
      {};            ///< what other labels leave free: an upright box for the head
  int compared = 0;  ///< how often an arrow or other words were looked at
};

/// A place is looked for until this has been compared, so that no ladder can make it endless.
inline constexpr int most_compared = 8000;

/// Places a label; `taken` is what other labels cover. It goes to the middle of the longest part
/// that no other arrow crosses. If something is in the way there, the first setting that has a free
/// place goes to the nearest one; if none has, or none is found with `most_compared`, the label
/// goes where least is in the way.
[[nodiscard]] LabelPlacement place_label(const Arrow& arrow, std::span<const LabelVariant> settings,
                                         std::span<const Arrow> others,
                                         std::span<const OrientedBox> taken,
                                         const LabelSizes& sizes);

/// The upright box around a box.
[[nodiscard]] OrientedBox boxed(const OrientedBox& strip);

/// Whether two convex shapes have a point in common: boxes, or the two ends of an arrow.
[[nodiscard]] bool intersects(std::span<const Point> a, std::span<const Point> b);

}  // namespace ui
