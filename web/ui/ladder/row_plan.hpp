// Row plan: at what height the badges and notes of one row stand, and how far they reach above and
// below its middle. Geometry only: it draws nothing and knows no font.
#pragma once

#include "app/run_facts.hpp"
#include "ui/kit/theme.hpp"

#include <array>
#include <vector>

namespace ui {

/// Heights in CSS pixels from the middle of the row, downwards.
struct RowPlan {
  struct Reach {
    float above = 0;
    float below = 0;
  };
  std::vector<float> heights;      ///< of the middle of each mark of the row, in their order
  std::array<Reach, 2> reaches{};  ///< by side: what the marks beside its lifeline cover
};

/// With a lane, what the application does and hears stands in it, level with the row. Without one
/// it stands among the other notes, above and below the badge.
[[nodiscard]] RowPlan plan_of(const app::Row& row, const Sizes& sizes);

}  // namespace ui
