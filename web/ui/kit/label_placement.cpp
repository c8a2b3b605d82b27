#include "ui/kit/label_placement.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>
#include <vector>

namespace ui {
namespace {

struct Range {
  float least = std::numeric_limits<float>::max();
  float most = std::numeric_limits<float>::lowest();
};

/// The interval that a shape covers along a direction.
Range project(std::span<const Point> shape, Point direction) {
  Range out;
  for (const Point& point : shape) {
    const float at = point.x * direction.x + point.y * direction.y;
    out.least = std::min(out.least, at);
    out.most = std::max(out.most, at);
  }
  return out;
}

/// Whether an edge of `a` separates the two.
bool edge_between(std::span<const Point> a, std::span<const Point> b) {
  for (std::size_t i = 0; i < a.size(); ++i) {
    const Point& next = a[(i + 1) % a.size()];
    const Point across = {a[i].y - next.y, next.x - a[i].x};
    const Range of_a = project(a, across);
    const Range of_b = project(b, across);
    if (of_a.most < of_b.least || of_b.most < of_a.least) return true;
  }
  return false;
}

/// An arrow as its words are read: from left to right.
struct Line {
  explicit Line(const Arrow& arrow)
      : left(arrow.from.x < arrow.to.x ? arrow.from : arrow.to),
        right(arrow.from.x < arrow.to.x ? arrow.to : arrow.from),
        length(std::hypot(right.x - left.x, right.y - left.y)),
        along{(right.x - left.x) / length, (right.y - left.y) / length} {}

  /// So far along the line, and so far above it.
  [[nodiscard]] Point at(float way, float above) const {
    return {left.x + along.x * way + along.y * above, left.y + along.y * way - along.x * above};
  }
  [[nodiscard]] OrientedBox strip(float begin, float width, float bottom, float top) const {
    return {at(begin, top), at(begin + width, top), at(begin + width, bottom), at(begin, bottom)};
  }

  Point left;
  Point right;
  float length;
  Point along;
};

/// The middle of the longest part that no other arrow crosses; of parts that are equally long, of
/// the one nearest to the end that the segment leaves.
float clear_middle(const Arrow& arrow, std::span<const Arrow> others) {
  const Line line(arrow);
  std::vector<float> cuts = {0, 1};
  for (const Arrow& stroke : others) {
    const Line other(stroke);
    const float at_left = other.left.y - line.left.y;
    const float at_right = other.right.y - line.right.y;
    if (at_left * at_right >= 0) continue;
    const float cut = at_left / (at_left - at_right);
    cuts.insert(std::ranges::upper_bound(cuts, cut), cut);
  }
  const bool leftwards = arrow.to.x < arrow.from.x;
  if (leftwards) {
    for (float& cut : cuts) cut = 1 - cut;
    std::ranges::reverse(cuts);
  }
  std::size_t best = 0;
  for (std::size_t i = 1; i + 1 < cuts.size(); ++i) {
    constexpr float clearly = 0.01F;
    if (cuts[i + 1] - cuts[i] > cuts[best + 1] - cuts[best] + clearly) best = i;
  }
  const float middle = (cuts[best] + cuts[best + 1]) / 2;
  return line.length * (leftwards ? 1 - middle : middle);
}

float head_width(const LabelVariant& setting, const LabelSizes& sizes) {
  return setting.number + sizes.after + setting.flags;
}

LabelPlacement set(const Line& line, const LabelVariant& setting, float centre,
                   const LabelSizes& sizes) {
  const float width = head_width(setting, sizes);
  const float both = width + sizes.between + setting.values;
  const float head = centre - (setting.one_line ? both : width) / 2;
  const float values =
      setting.one_line ? head + width + sizes.between : centre - setting.values / 2;
  const float middle = sizes.above + sizes.text / 2;
  const float half = std::max(sizes.text / 2, sizes.disc);
  const float bottom = setting.one_line ? sizes.above : -sizes.below - sizes.text;
  LabelPlacement out;
  out.number = line.at(head + setting.number / 2, middle);
  out.flags = line.strip(head + setting.number + sizes.after, setting.flags, sizes.above,
                         sizes.above + sizes.text);
  out.values = line.strip(values, setting.values, bottom, bottom + sizes.text);
  out.head = line.strip(head, width, middle - half, middle + half);
  out.covers = {boxed(out.head), out.values};
  return out;
}

int in_the_way(const LabelPlacement& placing, std::span<const Arrow> others,
               std::span<const OrientedBox> taken) {
  int out = 0;
  for (const OrientedBox& strip : {placing.head, placing.values}) {
    for (const Arrow& other : others) {
      // Most arrows pass a label on one side, which the arrow's own direction tells at once.
      out += intersects(std::array{other.from, other.to}, strip) ? 1 : 0;
    }
  }
  // Words over words cannot be read at all.
  for (const OrientedBox& strip : placing.covers) {
    for (const OrientedBox& other : taken) out += intersects(strip, other) ? 2 : 0;
  }
  return out;
}

}  // namespace

OrientedBox boxed(const OrientedBox& strip) {
  const Range x = project(strip, {1, 0});
  const Range y = project(strip, {0, 1});
  return {{{x.least, y.least}, {x.most, y.least}, {x.most, y.most}, {x.least, y.most}}};
}

bool intersects(std::span<const Point> a, std::span<const Point> b) {
  return !edge_between(a, b) && !edge_between(b, a);
}

LabelPlacement place_label(const Arrow& arrow, std::span<const LabelVariant> settings,
                           std::span<const Arrow> others, std::span<const OrientedBox> taken,
                           const LabelSizes& sizes) {
  const Line line(arrow);
  const float middle = clear_middle(arrow, others);
  LabelPlacement best;
  int least = std::numeric_limits<int>::max();
  int compared = 0;
  const int at_once = 2 * static_cast<int>(others.size() + taken.size());
  for (std::size_t i = 0; i < settings.size(); ++i) {
    const LabelVariant& setting = settings[i];
    const float head = head_width(setting, sizes);
    const float width =
        setting.one_line ? head + sizes.between + setting.values : std::max(head, setting.values);
    const float first = sizes.margin + width / 2;
    const float last = line.length - first;
    // The shortest setting is the last resort, even where it has no room.
    if (first > last && i + 1 < settings.size()) continue;
    const float begin = std::min(first, line.length / 2);
    const float end = std::max(last, line.length / 2);
    const float wanted = std::clamp(middle, begin, end);
    const int tries = static_cast<int>(std::ceil((end - begin) / sizes.text));
    for (int away = 0; away <= 2 * tries; ++away) {
      const int lines = (away + 1) / 2;  // 0, 1, 1, 2, 2, …
      const float offset = sizes.text * static_cast<float>(lines);
      const float centre =
          std::clamp(away % 2 == 0 ? wanted + offset : wanted - offset, begin, end);
      LabelPlacement placing = set(line, setting, centre, sizes);
      const int found = in_the_way(placing, others, taken);
      compared += at_once;
      if (found < least) {
        least = found;
        best = std::move(placing);
        best.setting = i;
      }
      best.compared = compared;
      if (least == 0 || compared >= most_compared) return best;
    }
  }
  return best;
}

}  // namespace ui
