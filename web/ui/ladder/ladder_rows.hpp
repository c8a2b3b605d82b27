// Ladder rows: how far below the first row each step stands. A row has what its words need; what
// room is left is shared out. They are computed once for a run and a room, not for every frame.
// Geometry only: it draws nothing and knows no font.
#pragma once

#include "app/run_view.hpp"
#include "ui/kit/theme.hpp"

#include <array>
#include <vector>

namespace ui {

/// What the rows follow from.
struct RowsOf {
  int run = 0;  ///< the number of the run
  const Sizes* sizes = nullptr;
  float room = 0;  ///< for all rows, in CSS pixels

  friend bool operator==(const RowsOf&, const RowsOf&) = default;
};

class LadderRows {
 public:
  /// Before each frame: what it shows.
  void show(const app::RunView& run, const RowsOf& shown);

  [[nodiscard]] const RowsOf& shown() const { return shown_; }
  /// How far below the first row a step stands. Between two steps it changes evenly.
  [[nodiscard]] float below(float step) const;
  [[nodiscard]] float below(int step) const { return steps_[static_cast<std::size_t>(step) - 1]; }
  /// From where to where the words beside the lifelines reach in a step's row.
  [[nodiscard]] float start_of(int step) const {
    return starts_[static_cast<std::size_t>(step) - 1];
  }
  [[nodiscard]] float end_of(int step) const { return ends_[static_cast<std::size_t>(step) - 1]; }
  /// Where the long wait after a step is folded: clear of the words of the arrow that leaves next.
  [[nodiscard]] float fold_below(int step) const;
  /// The room above the middle of the first row, and below that of the last one.
  [[nodiscard]] float head() const { return head_; }
  [[nodiscard]] float foot() const { return foot_; }
  /// How high all of it is.
  [[nodiscard]] float whole() const { return head_ + steps_.back() + foot_; }
  /// Whether a label may have one line above its arrow and one below it. A segment and the answer
  /// to it lie one row and a half apart.
  [[nodiscard]] bool has_room_for_two_lines() const;
  /// How far down the words of a side reach.
  [[nodiscard]] float covered(core::Side side) const { return covered_[core::index(side)]; }
  /// The last step that stands no more than so far below the first row.
  [[nodiscard]] int last_above(float below) const;

 private:
  void place(const app::RunView& run);
  void cover(const app::RunView& run);

  RowsOf shown_;
  std::vector<float> steps_;  ///< how far below the first one each stands
  std::vector<float> starts_;
  std::vector<float> ends_;
  std::vector<float> folds_;   ///< by step, as a share of the gap below it
  std::vector<float> shares_;  ///< of the room that is left, by the gap below each step
  float row_ = 0;              ///< of a whole share
  float head_ = 0;
  float foot_ = 0;
  std::array<float, 2> covered_ = {};
};

}  // namespace ui
