// What the parts of the ladder share: the run, where it stands, and how words are set in it.
#pragma once

#include "app/run_view.hpp"
#include "ui/kit/widgets.hpp"
#include "ui/ladder/labels.hpp"
#include "ui/ladder/ladder_layout.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <string>
#include <string_view>

namespace ui {

inline constexpr std::array sides = {core::Side::Client, core::Side::Server};

struct LadderScene {
  const app::RunView& run;
  Frame& frame;
  const Sizes& sizes;
  const LadderLayout& layout;
  LadderLabels& labels;
  LadderArrows arrows;  ///< where they are now
  int first = 1;        ///< the first step that is drawn
  int last = 1;         ///< and the last one

  /// The height of what is shown now, between two steps while playing.
  [[nodiscard]] float now() const { return layout.y(run.position()); }
  [[nodiscard]] Type small(ImU32 colour) const { return {frame.fonts.text, sizes.small, colour}; }
  [[nodiscard]] Type mono(ImU32 colour) const { return {frame.fonts.mono, sizes.small, colour}; }
  /// The room for words beside a lifeline, where the states stand.
  [[nodiscard]] float room_beside(core::Side side) const {
    const float edge = side == core::Side::Client ? layout.box().min.x : layout.box().max.x;
    const float lane = layout.lane(side) == 0 ? 0 : layout.lane(side) + sizes.lane_gap;
    return std::abs(layout.x(side) - edge) - sizes.badge_offset - lane - sizes.gap / 2;
  }
  [[nodiscard]] bool half_closed(int step) const {
    return core::half_closed(run.at(step).world).has_value();
  }
  /// A line of text between the lifelines, on a patch of what lies behind it: no line strikes it
  /// out.
  Box words_between(const Type& type, float y, std::string_view words, ImU32 behind) const {
    const float half = width_of(type, words) / 2 + sizes.gap;
    const float top = y - type.size / 2;
    frame.draw.AddRectFilled({layout.middle() - half, top},
                             {layout.middle() + half, top + type.size}, behind);
    return text(frame, type, {layout.middle(), top}, Align::Centre, words);
  }
  /// The inner edge of the application's lane, where its words begin.
  [[nodiscard]] float lane_edge(core::Side side) const {
    const float wide = sizes.margin + layout.lane(side);
    return side == core::Side::Client ? layout.box().min.x + wide : layout.box().max.x - wide;
  }
  /// Behind words, so that the now line does not strike them out.
  void lay_paper(float from, float to, float top, float high) const {
    const float around = sizes.gap / 4;
    frame.draw.AddRectFilled({std::min(from, to) - around, top},
                             {std::max(from, to) + around, top + high}, frame.colour.paper);
  }
  /// Draws words, but not those that the top of the rows would cut in half.
  template <typename Draw>
  Box unless_cut(float top, const Draw& draw) const {
    const bool cut = top < layout.rows().min.y;
    if (cut) frame.draw.PushClipRect({}, {});
    const Box box = draw();
    if (cut) frame.draw.PopClipRect();
    return box;
  }
};

/// -1 towards the left for the client, 1 towards the right for the server.
constexpr float outward(core::Side side) {
  return side == core::Side::Client ? -1.0F : 1.0F;
}
constexpr Align outer_align(core::Side side) {
  return side == core::Side::Client ? Align::Right : Align::Left;
}

/// The id of a node of the ladder.
[[nodiscard]] inline std::string ladder_id(std::string_view kind, int number) {
  return "ladder/" + std::string(kind) + "/" + std::to_string(number);
}

[[nodiscard]] inline Box join(const Box& a, const Box& b) {
  return {{std::min(a.min.x, b.min.x), std::min(a.min.y, b.min.y)},
          {std::max(a.max.x, b.max.x), std::max(a.max.y, b.max.y)}};
}

}  // namespace ui
