#include "ui/ladder/segment_label.hpp"

#include <algorithm>
#include <cmath>

namespace ui {
namespace {

struct LabelTypes {
  Type numeral;
  Type flags;
  Type values;
};

LabelTypes types_of(const LadderScene& scene, ImU32 colour) {
  return {.numeral = {scene.frame.fonts.bold, scene.sizes.small, scene.frame.colour.paper},
          .flags = {scene.frame.fonts.mono_bold, scene.sizes.small, colour},
          .values = scene.mono(scene.frame.colour.faint)};
}

/// The number's disc becomes longer where the number does.
float disc_width(const LadderScene& scene, const LabelTypes& types, const std::string& number) {
  return std::max(2 * scene.sizes.disc, width_of(types.numeral, number) + scene.sizes.gap / 2);
}

/// The ways to set a label: with all numbers or fewer, in one line or in two.
std::vector<LabelVariant> variants(const LadderScene& scene, const LabelWords& words) {
  const LabelTypes types = types_of(scene, 0);
  const float lost = words.lost.empty() ? 0 : scene.sizes.gap + width_of(types.values, words.lost);
  std::vector<LabelVariant> out;
  for (const std::string& shown : words.values) {
    for (const bool one_line : {true, false}) {
      out.push_back({.number = disc_width(scene, types, words.number),
                     .flags = width_of(types.flags, words.flags),
                     .values = width_of(types.values, shown) + lost,
                     .one_line = one_line});
    }
  }
  return out;
}

Point moved(const Point& point, float right, float down) {
  return {point.x + right, point.y + down};
}
OrientedBox moved(OrientedBox strip, float right, float down) {
  for (Point& corner : strip) corner = moved(corner, right, down);
  return strip;
}

/// The rest of a strip, from so far along it.
OrientedBox from(const OrientedBox& strip, float way) {
  const float right = strip[1].x - strip[0].x;
  const float down = strip[1].y - strip[0].y;
  const float share = way / std::hypot(right, down);
  return moved(strip, right * share, down * share);
}

}  // namespace

const LabelPlacement& placed(const LadderScene& scene, const LabelWords& words) {
  const LabelPlacement* known = scene.labels.find(words.segment);
  return known != nullptr ? *known
                          : scene.labels.place(scene.run, words.segment, variants(scene, words));
}

Box draw_label(const LadderScene& scene, const LabelWords& words, ImU32 colour) {
  Frame& frame = scene.frame;
  const Sizes& sizes = scene.sizes;
  const LabelPlacement& label = placed(scene, words);
  const float up = -scene.layout.scrolled();
  const LabelTypes types = types_of(scene, colour);
  const float disc = disc_width(scene, types, words.number);
  const auto [x, y] = moved(label.number, 0, up);
  const Box round = {{x - disc / 2, y - sizes.disc}, {x + disc / 2, y + sizes.disc}};
  return scene.unless_cut(round.min.y, [&] {
    frame.draw.AddRectFilled(round.min, round.max, colour, sizes.disc);
    text_in(frame, types.numeral, round, words.number);
    const Box head =
        join(round, text_along(frame, types.flags, moved(label.flags, 0, up), words.flags));
    const std::string& shown = words.values[label.setting / 2];
    const OrientedBox strip = moved(label.values, 0, up);
    const Box rest = text_along(frame, types.values, strip, shown);
    if (!words.lost.empty()) {
      const float behind = shown.empty() ? 0 : width_of(types.values, shown) + sizes.gap;
      text_along(frame, scene.mono(frame.colour.lost), from(strip, behind), words.lost);
    }
    // A box around a steep line of text would be mostly empty: the head stands for all of it.
    constexpr float steep = 0.2F;
    const Arrow arrow = scene.arrows.labelled(words.segment);
    const bool flat =
        std::abs(arrow.to.y - arrow.from.y) < steep * std::abs(arrow.to.x - arrow.from.x);
    return flat ? join(head, rest) : head;
  });
}

}  // namespace ui
