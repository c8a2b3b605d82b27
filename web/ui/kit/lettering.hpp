// Lettering: words in the reader's own fonts, upright or along an arrow.
#pragma once

#include "ui/kit/frame.hpp"
#include "ui/kit/label_placement.hpp"

#include <string>
#include <string_view>

namespace ui {

/// A rectangle in CSS pixels.
struct Box {
  ImVec2 min;
  ImVec2 max;

  [[nodiscard]] ImVec2 centre() const { return {(min.x + max.x) / 2, (min.y + max.y) / 2}; }
  [[nodiscard]] float width() const { return max.x - min.x; }
};

enum class Align : std::uint8_t { Left, Centre, Right };

struct Type {
  ImFont* font = nullptr;
  float size = 0;
  ImU32 colour = 0;
};

[[nodiscard]] float width_of(const Type& type, std::string_view text);

/// One line of text; `at` is its top left, top centre or top right. Returns what it covers.
Box text(const Frame& frame, const Type& type, ImVec2 at, Align align, std::string_view text);

/// One line of text in the middle of a box.
Box text_in(const Frame& frame, const Type& type, const Box& box, std::string_view text);

/// One line of text in a strip as wide and high as itself. It is baked at twice its size, so that
/// it stays sharp when turned. Returns the box around it.
Box text_along(const Frame& frame, const Type& type, const OrientedBox& strip,
               std::string_view text);

/// As much of a line as there is room for; the document's own control has all of it.
[[nodiscard]] std::string fitted(const Type& type, std::string_view line, float room);

}  // namespace ui
