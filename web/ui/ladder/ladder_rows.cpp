#include "ui/ladder/ladder_rows.hpp"

#include "ui/ladder/row_plan.hpp"

#include <algorithm>
#include <cmath>

namespace ui {
namespace {

/// What a row shows between the lifelines.
struct Between {
  bool leaves = false;       ///< an arrow begins here
  bool of_network = false;   ///< one begins in the middle of the network, above the row
  bool half_closed = false;  ///< the words that say so
};

Between between_of(const app::Row& row) {
  Between out;
  for (const app::Mark& mark : row.marks) {
    if (const auto* arrow = std::get_if<app::ArrowMark>(&mark)) {
      (arrow->of_network ? out.of_network : out.leaves) = true;
    }
    out.half_closed |= std::holds_alternative<app::HalfClosedMark>(mark);
  }
  return out;
}

/// The share of a whole row between a step and the next one. An answer follows its cause closely:
/// nothing has to stand between them.
float share_between(const app::RunView& run, int step, const Between& here, const Between& next) {
  const app::Row& row = run.facts.row(step);
  if (row.folded_after) return 1;
  const app::Row& below = run.facts.row(step + 1);
  const bool at_once = run.at(step).at == run.at(step + 1).at;
  const bool parallel = (here.leaves && next.leaves) || (row.arrives && below.arrives);
  constexpr float close = 0.5F;
  return at_once && !parallel && !next.half_closed && !next.of_network ? close : 1;
}

/// Whether a segment is on its way when another one leaves in this step: their words have to pass
/// each other.
bool crosses(const app::RunView& run, int step) {
  return std::ranges::any_of(run.facts.arrows_between(step, step), [&](int segment) {
    return run.facts.flight(segment).leaves < step && run.facts.last_row(segment) > step;
  });
}

/// The words of an arrow rise a little above the row in which it leaves.
float label_room(const Between& next, const Sizes& sizes) {
  return next.leaves || next.of_network ? sizes.along : 0;
}

/// What must lie between a step and the next one for what stands between the lifelines.
float need_between(const app::RunView& run, int step, float share, const Between& here,
                   const Between& next, const Sizes& sizes) {
  float need = sizes.row_least * share;
  const float label = label_room(next, sizes);
  if (here.half_closed) need = std::max(need, sizes.small + label);
  if (run.facts.row(step).folded_after) need = std::max(need, sizes.fold + label);
  if ((here.leaves && crosses(run, step)) || (next.leaves && crosses(run, step + 1))) {
    need = std::max(need, sizes.label_above + sizes.along + sizes.disc);
  }
  if (next.of_network) need += sizes.network_room;
  return need;
}

}  // namespace

void LadderRows::show(const app::RunView& run, const RowsOf& shown) {
  if (shown == shown_ && !steps_.empty()) return;
  shown_ = shown;
  place(run);
  cover(run);
  const Sizes& sizes = *shown.sizes;
  const bool runs_on = run.facts.stays_until[0] || run.facts.stays_until[1];
  foot_ = std::max(covered_[0], covered_[1]) - steps_.back() + (runs_on ? 2 * sizes.line() : 0) +
          sizes.gap / 2;

  // What room is left is shared out.
  float all = 0;
  for (const float share : shares_) all += share;
  row_ = sizes.row_least;
  if (all == 0) return;
  const float more =
      std::clamp((shown.room - whole()) / all, 0.0F, sizes.row_most - sizes.row_least);
  row_ += more;
  float moved = 0;
  for (std::size_t i = 1; i < steps_.size(); ++i) {
    moved += shares_[i - 1] * more;
    steps_[i] = std::round(steps_[i] + moved);  // horizontal edges are sharp
  }
  cover(run);
}

/// Each gap is as high as it needs to be for the words beside the lifelines and those between them.
void LadderRows::place(const app::RunView& run) {
  const Sizes& sizes = *shown_.sizes;
  steps_ = {0};
  folds_.clear();
  shares_.clear();
  std::array<float, 2> covered = {};
  Between here = between_of(run.facts.row(1));
  RowPlan plan = plan_of(run.facts.row(1), sizes);
  head_ = std::max({plan.reaches[0].above, plan.reaches[1].above, sizes.small / 2}) + sizes.gap / 2;
  for (int step = 1; step < run.steps(); ++step) {
    const float at = steps_.back();
    const Between next = between_of(run.facts.row(step + 1));
    const float share = share_between(run, step, here, next);
    float y = at + need_between(run, step, share, here, next, sizes);
    const RowPlan below = plan_of(run.facts.row(step + 1), sizes);
    for (std::size_t side = 0; side < covered.size(); ++side) {
      if (plan.reaches[side].below > 0) covered[side] = at + plan.reaches[side].below;
      const float above = below.reaches[side].above;
      if (above > 0 && covered[side] > 0) y = std::max(y, covered[side] + above + sizes.hairline);
    }
    steps_.push_back(y);
    shares_.push_back(share);
    folds_.push_back(sizes.fold / 2 / (sizes.fold + label_room(next, sizes)));
    here = next;
    plan = below;
  }
}

void LadderRows::cover(const app::RunView& run) {
  covered_.fill(steps_.back() + shown_.sizes->small / 2);
  starts_.clear();
  ends_.clear();
  for (int step = 1; step <= run.steps(); ++step) {
    const RowPlan plan = plan_of(run.facts.row(step), *shown_.sizes);
    for (std::size_t side = 0; side < covered_.size(); ++side) {
      covered_[side] = std::max(covered_[side], below(step) + plan.reaches[side].below);
    }
    const float half = shown_.sizes->small / 2;
    starts_.push_back(below(step) - std::max({plan.reaches[0].above, plan.reaches[1].above, half}));
    ends_.push_back(below(step) + std::max({plan.reaches[0].below, plan.reaches[1].below, half}));
  }
}

float LadderRows::below(float step) const {
  const float at = std::clamp(step, 1.0F, static_cast<float>(steps_.size()));
  const auto index = static_cast<std::size_t>(at) - 1;
  const float from = steps_[index];
  const float to = index + 1 < steps_.size() ? steps_[index + 1] : from;
  return from + (to - from) * (at - std::floor(at));
}

float LadderRows::fold_below(int step) const {
  return std::lerp(below(step), below(step + 1), folds_[static_cast<std::size_t>(step) - 1]);
}

bool LadderRows::has_room_for_two_lines() const {
  const Sizes& sizes = *shown_.sizes;
  constexpr float apart = 1.25F;  // rows; a quarter of one stays free
  return row_ * apart >= sizes.label_above + 2 * sizes.disc + sizes.label_below + sizes.along;
}

int LadderRows::last_above(float below) const {
  return static_cast<int>(std::ranges::upper_bound(steps_, below) - steps_.begin());
}

}  // namespace ui
