#include "ui/ladder/ladder_layout.hpp"

#include <algorithm>
#include <cmath>

namespace ui {

LadderLayout::LadderLayout(const app::RunView& run, const Sizes& sizes, const Box& box)
    : run_(run), sizes_(sizes), box_(box) {
  place_columns(sizes);
  // Rows fill the room there is; a run that is too long for it scrolls with the current step, by
  // whole rows, so that no badge is cut.
  const float room = rows_.max.y - rows_.min.y;
  const float depth = run.facts.rows.back().depth;
  row_ = std::clamp(room / (depth + sizes.head_room + sizes.foot_room), sizes.row_least,
                    sizes.row_most);
  unscrolled_ = rows_.min.y + row_ * sizes.head_room;
  top_ = unscrolled_;
  scroll(sizes);
}

void LadderLayout::place_columns(const Sizes& sizes) {
  client_x_ = box_.min.x + sizes.side;
  server_x_ = box_.max.x - sizes.side;
  const float high = 2 * sizes.pipe + sizes.gap / 2;
  const float top = box_.min.y + sizes.gap;
  const float between = server_x_ - client_x_ - 2 * sizes.pipe_inset;
  const bool below = between < sizes.pipe_least;
  const float inset = below ? sizes.gap : sizes.pipe_inset;
  const float pipes_top = below ? top + sizes.title + sizes.small + sizes.gap : top;
  pipes_ = {{client_x_ + inset, pipes_top}, {server_x_ - inset, pipes_top + high}};
  rows_ = {{box_.min.x, std::max(box_.min.y + sizes.heading, pipes_.max.y + sizes.gap)}, box_.max};
}

void LadderLayout::scroll(const Sizes& sizes) {
  // The next row stays in view as well, and as far as there is room all of a segment that leaves
  // now: it is labelled there.
  const float room = rows_.max.y - rows_.min.y;
  const float room_ahead = y(1) + room - row_ * (sizes.head_room + sizes.foot_room);
  float ahead = run_.position() + 1;
  for (const int segment : run_.facts.arrows_between(run_.step, run_.step)) {
    const app::Flight& flight = run_.facts.flight(segment);
    const auto ends = static_cast<float>(flight.ends.value_or(flight.leaves));
    const bool fits = y(ends) - y(run_.position()) <= room_ahead;
    if (fits) ahead = std::max(ahead, ends);
  }
  const float overflow = y(ahead) + row_ * sizes.foot_room - rows_.max.y;
  // Rows that fill the room exactly may miss it by a rounding.
  constexpr float rounding = 0.5F;
  if (overflow <= rounding) return;
  const auto& rows = run_.facts.rows;
  const auto gone = std::ranges::partition_point(
      rows, [&](const app::Row& row) { return row.depth * row_ < overflow; });
  above_ = std::round((gone == rows.end() ? rows.back() : *gone).depth * row_);
  top_ -= above_ * (1 - run_.scroll);
}

std::pair<int, int> LadderLayout::drawn() const {
  // What has been scrolled far away is left out: of a run of hundreds of steps it would be more
  // than Dear ImGui's indices can count.
  constexpr int away = 30;  // more steps than any story of the catalogue has
  const auto& rows = run_.facts.rows;
  const auto in_view = [&](const auto& is_before) {
    const auto at = std::ranges::partition_point(
        rows, [&](const app::Row& row) { return is_before(top_ + row.depth * row_); });
    return static_cast<int>(at - rows.begin());
  };
  const int above = in_view([&](float at) { return at < rows_.min.y; });
  const int first = std::max(1, std::min(above + 1, run_.step) - away);
  const int last = std::max(first, in_view([&](float at) { return at <= rows_.max.y; }));
  return {first, std::min(run_.step, last + away)};
}

}  // namespace ui
