#include "ui/ladder/row_plan.hpp"

#include <algorithm>

namespace ui {
namespace {

/// Stacks the marks of one side: one in the middle of the row, the others above and below it.
class Stack {
 public:
  explicit Stack(const Sizes& sizes) : sizes_(sizes) {}

  void add_badge() {
    middle_taken_ = true;
    cover(sizes_.badge_height / 2, sizes_.badge_height / 2);
  }
  float add(app::NotePlace place) {
    const float half = sizes_.line() / 2;
    if (!middle_taken_ && place != app::NotePlace::Below) {
      middle_taken_ = true;
      cover(half, half);
      return 0;
    }
    if (place == app::NotePlace::Above) {
      cover(reach_.above + sizes_.line(), reach_.below);
      return half - reach_.above;
    }
    // Even alone it stands below the row, where the badge of its state is.
    cover(reach_.above, std::max(reach_.below, sizes_.badge_height / 2) + sizes_.line());
    return reach_.below - half;
  }
  float add_to_lane() {
    const float middle = lane_lines_ * sizes_.line();
    lane_lines_ += 1;
    lane_ = middle + sizes_.line() / 2;
    return middle;
  }
  [[nodiscard]] RowPlan::Reach reach() const {
    if (lane_lines_ == 0) return reach_;
    return {std::max(reach_.above, sizes_.line() / 2), std::max(reach_.below, lane_)};
  }

 private:
  void cover(float above, float below) {
    reach_ = {std::max(reach_.above, above), std::max(reach_.below, below)};
  }

  const Sizes& sizes_;
  RowPlan::Reach reach_;
  bool middle_taken_ = false;
  float lane_lines_ = 0;
  float lane_ = 0;  ///< how far down the lane is filled
};

}  // namespace

RowPlan plan_of(const app::Row& row, const Sizes& sizes) {
  RowPlan out;
  std::array stacks = {Stack(sizes), Stack(sizes)};
  for (const app::Mark& mark : row.marks) {
    if (const auto* badge = std::get_if<app::Badge>(&mark)) {
      stacks[core::index(badge->side)].add_badge();
    }
  }
  for (const app::Mark& mark : row.marks) {
    const auto* note = std::get_if<app::Note>(&mark);
    float height = 0;
    if (note != nullptr) {
      Stack& stack = stacks[core::index(note->side)];
      height =
          sizes.has_lane && note->of_application ? stack.add_to_lane() : stack.add(note->place);
    }
    out.heights.push_back(height);
  }
  for (const core::Side side : {core::Side::Client, core::Side::Server}) {
    out.reaches[core::index(side)] = stacks[core::index(side)].reach();
  }
  return out;
}

}  // namespace ui
