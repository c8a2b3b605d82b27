#include "ui/ladder/ladder_layout.hpp"

#include <algorithm>
#include <cmath>

namespace ui {

LadderLayout::LadderLayout(const app::RunView& run, const Sizes& sizes, const LadderRoom& room,
                           const std::array<SideColumns, 2>& columns, LadderRows& rows)
    : run_(run), sizes_(sizes), rows_of_(rows), columns_(columns), box_(room.box) {
  place_columns();
  rows.show(run, {.run = run.run, .sizes = &sizes, .room = rows_.max.y - rows_.min.y});
  unscrolled_ = rows_.min.y + rows.head();
  top_ = unscrolled_;
  scroll(room.covered);
}

void LadderLayout::place_columns() {
  const auto side = [&](core::Side which) {
    const SideColumns& columns = columns_[core::index(which)];
    const float lane = columns.lane == 0 ? 0 : columns.lane + sizes_.lane_gap;
    return std::max(sizes_.side_least, sizes_.margin + lane + columns.states + sizes_.badge_offset);
  };
  client_x_ = std::round(box_.min.x + side(core::Side::Client));
  server_x_ = std::round(box_.max.x - side(core::Side::Server));
  const float high = 2 * sizes_.pipe + sizes_.pipe_gap;
  const float top = box_.min.y + sizes_.gap;
  const float between = server_x_ - client_x_ - 2 * sizes_.pipe_inset;
  const bool below = between < sizes_.pipe_least;
  const float inset = below ? sizes_.gap : sizes_.pipe_inset;
  const float pipes_top = below ? top + sizes_.title + sizes_.small + sizes_.gap / 2 : top;
  pipes_ = {{client_x_ + inset, pipes_top}, {server_x_ - inset, pipes_top + high}};
  const float heading = std::max(box_.min.y + sizes_.heading, pipes_.max.y + sizes_.gap / 2);
  rows_ = {{box_.min.x, std::min(heading, box_.max.y)}, box_.max};
}

void LadderLayout::scroll(float covered) {
  // The next row stays in view as well, and as far as there is room all of a segment that leaves
  // now: it is labelled there. A run that is too long scrolls by whole rows, so that no badge is
  // cut.
  const float high = rows_.max.y - rows_.min.y - covered;
  const float room = high - rows_of_.head() - sizes_.gap / 2;
  const float start = rows_of_.start_of(run_.step);
  float ahead = rows_of_.end_of(run_.step);
  const bool waits = !run_.facts.row(run_.step).waits.empty();
  if (waits) ahead = std::max(ahead, rows_of_.fold_below(run_.step) + sizes_.bar / 2);
  // Under a long caption the next row may lie: it is not there yet.
  if (covered == 0 || run_.progress > 0) {
    ahead = std::max(ahead, rows_of_.below(run_.position() + 1) + sizes_.small / 2);
  }
  for (const int segment : run_.facts.arrows_between(run_.step, run_.step)) {
    const app::Flight& flight = run_.facts.flight(segment);
    const float end = rows_of_.end_of(flight.ends.value_or(flight.leaves));
    if (end - start <= high - sizes_.gap) ahead = std::max(ahead, end);
  }
  const float overflow = run_.step == run_.steps() ? rows_of_.whole() - high : ahead - room;
  // Rows that fill the room exactly may miss it by a rounding.
  constexpr float rounding = 0.5F;
  if (overflow <= rounding) return;
  // Whole rows go, so that no badge is cut; but no more than needed where all rows have room and
  // only a long caption is in the way.
  const bool fits = rows_of_.whole() <= rows_.max.y - rows_.min.y + rounding;
  const int gone = std::min(rows_of_.last_above(overflow - rounding) + 1, run_.steps());
  const float whole_rows =
      std::min(rows_of_.below(gone), std::max(overflow, start + rows_of_.head()));
  above_ = std::round(fits ? overflow : whole_rows);
  top_ -= above_ * (1 - run_.scroll);
}

std::pair<int, int> LadderLayout::drawn() const {
  // What has been scrolled far away is left out: of a run of hundreds of steps it would be more
  // than Dear ImGui's indices can count.
  constexpr int away = 30;  // more steps than any story of the catalogue has
  const int above = rows_of_.last_above(rows_.min.y - top_);
  const int first = std::max(1, std::min(above + 1, run_.step) - away);
  return {first, std::min(run_.step, std::max(first, last_in_view()) + away)};
}

int LadderLayout::last_in_view() const {
  return rows_of_.last_above(rows_.max.y - top_);
}

}  // namespace ui
