// Layout: where things stand on the stage. Geometry only: it draws nothing and knows no colour.
#pragma once

#include "app/model.hpp"
#include "ui/kit/widgets.hpp"

#include <optional>
#include <vector>

namespace ui {

/// The stage from top to bottom: header, ladder, room for the caption that the page lays over it,
/// transport.
struct StageLayout {
  Box header;
  Box ladder;
  Box transport;
};
[[nodiscard]] StageLayout stage_layout(const Frame& frame, float caption_height);

/// Where a segment leaves and ends, by steps of the run (from 1). One that nobody sent, or the
/// network's copy of another, is there only when it arrives.
struct Flight {
  int leaves = 0;
  std::optional<int> ends;  ///< the step in which it arrives or dies
  bool lost = false;
};
[[nodiscard]] std::vector<Flight> flights(const core::Timeline& timeline);

/// A wait that is counted down beside the state it ends: TIME_WAIT's, or that of an orphan in
/// FIN_WAIT_2.
[[nodiscard]] bool is_countdown(const core::TimerChange& change);

/// The ladder of one run. Every step has a row of its own, and a long wait one more in which it is
/// folded: what matters is the order, not the clock.
class LadderLayout {
 public:
  LadderLayout(const app::Model& model, const Frame& frame, const Box& box,
               const std::vector<Flight>& flights);

  [[nodiscard]] float x(core::Side side) const {
    return side == core::Side::Client ? client_x_ : server_x_;
  }
  /// The height of a step's row. Between two steps it goes on evenly, over a fold too.
  [[nodiscard]] float y(float step) const;
  [[nodiscard]] float row() const { return row_; }
  /// How much of the ladder is above the rows in view while it follows the current step.
  [[nodiscard]] float above() const { return above_; }
  /// Where the pipes stand: between the names, or below them where these leave no room.
  [[nodiscard]] const Box& pipes() const { return pipes_; }
  [[nodiscard]] const Box& box() const { return box_; }
  /// The part in which rows may be seen.
  [[nodiscard]] const Box& rows() const { return rows_; }

 private:
  float client_x_ = 0;
  float server_x_ = 0;
  float row_ = 0;
  float top_ = 0;
  float above_ = 0;
  Box box_;
  Box pipes_;
  Box rows_;
  std::vector<float> depth_;  ///< of each step, in rows from the first
};

}  // namespace ui
