// Arrows: where the arrows of a ladder run, and which of them come near the words along another.
// Geometry only: it draws nothing and knows no font.
#pragma once

#include "app/run_view.hpp"
#include "ui/kit/label_placement.hpp"
#include "ui/kit/theme.hpp"
#include "ui/ladder/ladder_rows.hpp"

#include <algorithm>
#include <vector>

namespace ui {

/// What the places of arrows and of their words depend on, beside the run itself.
struct LadderGeometry {
  const Sizes* sizes = nullptr;
  float client_x = 0;  ///< the lifelines
  float server_x = 0;
  float top = 0;  ///< the height of the first row
  const LadderRows* rows = nullptr;

  friend bool operator==(const LadderGeometry&, const LadderGeometry&) = default;
};

class LadderArrows {
 public:
  LadderArrows(const app::RunView& run, const LadderGeometry& geometry)
      : run_(run), geometry_(geometry) {}

  /// The whole way of a segment, wherever on it the segment is.
  [[nodiscard]] Arrow of(int segment) const;
  /// From one row to another.
  [[nodiscard]] Arrow from(core::Side side, int leaves, int ends) const;
  /// The part of an arrow along which the words of a segment or of a bundle stand: as much of it as
  /// can be in view with the row in which it leaves.
  [[nodiscard]] Arrow labelled(int segment) const;
  /// The other arrows that pass there; of a bundle its edges.
  [[nodiscard]] std::vector<Arrow> beside(int segment) const;

 private:
  [[nodiscard]] float y(int step) const {
    return geometry_.top + geometry_.rows->below(std::min(step, run_.steps()));
  }
  [[nodiscard]] Arrow spanning(core::Side side, float from_y, float to_y) const;
  [[nodiscard]] std::vector<Arrow> drawn_for(int segment) const;

  const app::RunView& run_;
  LadderGeometry geometry_;
};

/// A share of the way from one point to another.
[[nodiscard]] Point between(const Point& from, const Point& to, float share);

}  // namespace ui
