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
          .flags = {scene.frame.fonts.mono_bold, scene.sizes.along, colour},
          .values = {scene.frame.fonts.mono, scene.sizes.along, scene.frame.colour.faint}};
}

/// The number's disc becomes longer where the number does.
float disc_width(const LadderScene& scene, const LabelTypes& types, const std::string& number) {
  return std::max(2 * scene.sizes.disc, width_of(types.numeral, number) + scene.sizes.gap / 2);
}

/// A way to set a label: with all numbers or fewer, in one line or in two.
struct LabelSetting {
  std::string_view values;
  bool one_line = true;
};

/// Between rows that stand close a label has one line, and if need be no numbers.
std::vector<LabelSetting> settings_of(const LadderScene& scene, const LabelWords& words) {
  std::vector<LabelSetting> out;
  const bool two_lines = scene.layout.has_room_for_two_lines();
  for (const std::string& values : words.values) {
    out.push_back({values, true});
    if (two_lines) out.push_back({values, false});
  }
  if (!two_lines) out.push_back({"", true});
  return out;
}

std::vector<LabelVariant> variants(const LadderScene& scene, const LabelWords& words) {
  const LabelTypes types = types_of(scene, 0);
  const float lost = words.lost.empty() ? 0 : scene.sizes.gap + width_of(types.values, words.lost);
  std::vector<LabelVariant> out;
  for (const LabelSetting& setting : settings_of(scene, words)) {
    out.push_back({.number = disc_width(scene, types, words.number),
                   .flags = width_of(types.flags, words.flags),
                   .values = width_of(types.values, setting.values) + lost,
                   .one_line = setting.one_line});
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

/// As high as the text itself in the middle of a box around it: one around a slanting line would be
/// mostly empty.
Box levelled(const Box& box, float height) {
  const float y = box.centre().y;
  return {{box.min.x, y - height / 2}, {box.max.x, y + height / 2}};
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
    const Box head = levelled(
        join(round, text_along(frame, types.flags, moved(label.flags, 0, up), words.flags)),
        2 * sizes.disc);
    const std::string_view shown = settings_of(scene, words)[label.setting].values;
    const OrientedBox strip = moved(label.values, 0, up);
    const Box rest = levelled(text_along(frame, types.values, strip, shown), types.values.size);
    if (!words.lost.empty()) {
      const float behind = shown.empty() ? 0 : width_of(types.values, shown) + sizes.gap;
      const Type alarm = {frame.fonts.mono, sizes.along, frame.colour.lost};
      text_along(frame, alarm, from(strip, behind), words.lost);
    }
    // Of a steep line of text the head stands for all of it.
    constexpr float steep = 0.1F;
    const Arrow arrow = scene.arrows.labelled(words.segment);
    const bool flat =
        std::abs(arrow.to.y - arrow.from.y) < steep * std::abs(arrow.to.x - arrow.from.x);
    return flat ? join(head, rest) : head;
  });
}

}  // namespace ui
