#include "ui/ladder/labels.hpp"

#include <algorithm>

namespace ui {

void LadderLabels::show(const LabelsOf& shown) {
  if (shown == shown_) return;
  shown_ = shown;
  labels_.clear();
  words_.clear();
  tallest_ = 0;
}

const LabelPlacement* LadderLabels::find(int segment) const {
  const auto at = static_cast<std::size_t>(segment) - 1;
  return at < labels_.size() && labels_[at] ? &*labels_[at] : nullptr;
}

const LabelPlacement& LadderLabels::place(const app::RunView& run, int segment,
                                          std::span<const LabelVariant> settings) {
  const Sizes& sizes = *shown_.geometry.sizes;
  const LadderArrows arrows(run, shown_.geometry);
  const Arrow arrow = arrows.labelled(segment);
  // The words of another label come this near to the arrow at most.
  const float near = 2 * (sizes.label_above + sizes.label_below + sizes.along + sizes.disc);
  const LabelPlacement placed = place_label(arrow, settings, arrows.beside(segment),
                                            words_between(arrow.from.y - near, arrow.to.y + near),
                                            {.text = sizes.along,
                                             .above = sizes.label_above,
                                             .below = sizes.label_below,
                                             .disc = sizes.disc,
                                             .after = sizes.gap,
                                             .between = 1.25F * sizes.gap,
                                             .margin = sizes.gap});
  for (const OrientedBox& box : placed.covers) add_words(box);
  ++placed_;
  compared_ += placed.compared;
  labels_.resize(run.timeline.segments.size());
  return labels_[static_cast<std::size_t>(segment) - 1].emplace(placed);
}

std::vector<OrientedBox> LadderLabels::words_between(float top, float bottom) const {
  std::vector<OrientedBox> out;
  for (auto at = std::ranges::lower_bound(words_, top - tallest_, {}, &Words::top);
       at != words_.end() && at->top <= bottom; ++at) {
    if (at->bottom >= top) out.push_back(at->box);
  }
  return out;
}

void LadderLabels::add_words(const OrientedBox& box) {
  const OrientedBox upright = boxed(box);
  const Words words = {.top = upright[0].y, .bottom = upright[2].y, .box = box};
  tallest_ = std::max(tallest_, words.bottom - words.top);
  words_.insert(std::ranges::upper_bound(words_, words.top, {}, &Words::top), words);
}

}  // namespace ui
