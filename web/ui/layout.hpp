// Layout: where things stand on the stage. Geometry only: it draws nothing and knows no colour.
#pragma once

#include "core/timeline.hpp"
#include "ui/theme.hpp"

#include <imgui.h>

#include <optional>
#include <vector>

namespace ui {

/// The stage from top to bottom: the ladder, room for the caption that the page lays over it, the
/// transport.
struct StageLayout {
  ImVec2 ladder_min;
  ImVec2 ladder_max;
  ImVec2 transport_min;
  ImVec2 transport_max;
};
[[nodiscard]] StageLayout stage_layout(ImVec2 min, ImVec2 max, float caption_height);

/// Where a segment leaves and ends, by steps of the run (from 1).
struct Flight {
  int leaves = 0;
  std::optional<int> ends;  ///< the step in which it arrives or dies
  bool lost = false;
};

/// The ladder of one run. Every step has a row of its own, whatever time lies between: what
/// matters is the order.
class LadderLayout {
 public:
  LadderLayout(const core::Timeline& timeline, ImVec2 min, ImVec2 max, int current_step);

  [[nodiscard]] float x(core::Side side) const {
    return side == core::Side::Client ? client_x_ : server_x_;
  }
  /// The height of a step's row; halves lie between rows.
  [[nodiscard]] float y(float step) const { return top_ + (step - 1) * sizes.row - scroll_; }
  [[nodiscard]] const Flight& flight(int segment) const {
    return flights_[static_cast<std::size_t>(segment) - 1];
  }
  /// The part of the stage in which rows may be seen.
  [[nodiscard]] ImVec2 clip_min() const { return clip_min_; }
  [[nodiscard]] ImVec2 clip_max() const { return clip_max_; }

 private:
  float client_x_ = 0;
  float server_x_ = 0;
  float top_ = 0;
  float scroll_ = 0;
  ImVec2 clip_min_;
  ImVec2 clip_max_;
  std::vector<Flight> flights_;
};

}  // namespace ui
