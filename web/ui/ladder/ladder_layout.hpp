// Layout: where the ladder's lifelines, rows and pipes stand. Geometry only: it draws nothing and
// knows no colour.
#pragma once

#include "app/run_view.hpp"
#include "ui/kit/widgets.hpp"
#include "ui/ladder/arrows.hpp"
#include "ui/ladder/ladder_rows.hpp"

#include <array>
#include <utility>

namespace ui {

/// The room that a ladder is given.
struct LadderRoom {
  Box box;
  float covered = 0;  ///< of its foot: a long caption grows over it
};

/// The columns beside a lifeline, as wide as the longest words that a run has for them.
struct SideColumns {
  float states = 0;
  float lane = 0;  ///< what the application does and hears; without a lane 0
};

/// The ladder of one run. Every step has a row of its own, and a long wait is folded: what matters
/// is the order, not the clock.
class LadderLayout {
 public:
  /// `rows` show this run from then on.
  LadderLayout(const app::RunView& run, const Sizes& sizes, const LadderRoom& room,
               const std::array<SideColumns, 2>& columns, LadderRows& rows);

  [[nodiscard]] float x(core::Side side) const {
    return side == core::Side::Client ? client_x_ : server_x_;
  }
  /// The middle between the lifelines.
  [[nodiscard]] float middle() const { return (client_x_ + server_x_) / 2; }
  /// The height of a step's row. Between two steps it changes evenly, over a fold, too.
  [[nodiscard]] float y(float step) const { return top_ + rows_of_.below(step); }
  [[nodiscard]] float y(int step) const { return top_ + rows_of_.below(step); }
  [[nodiscard]] bool has_room_for_two_lines() const { return rows_of_.has_room_for_two_lines(); }
  [[nodiscard]] float fold_y(int step) const { return top_ + rows_of_.fold_below(step); }
  /// Where the column of the states is free, down to the end of the ladder.
  [[nodiscard]] float free_below(core::Side side) const { return top_ + rows_of_.covered(side); }
  /// Where the rows are now.
  [[nodiscard]] LadderGeometry geometry() const {
    return {&sizes_, client_x_, server_x_, top_, &rows_of_};
  }
  /// Where they are while nothing is scrolled, and how much further up they are now.
  [[nodiscard]] LadderGeometry unscrolled() const {
    return {&sizes_, client_x_, server_x_, unscrolled_, &rows_of_};
  }
  [[nodiscard]] float scrolled() const { return unscrolled_ - top_; }
  /// How much of the ladder is above the rows in view while it follows the current step.
  [[nodiscard]] float above() const { return above_; }
  [[nodiscard]] float lane(core::Side side) const { return columns_[core::index(side)].lane; }
  /// Where the pipes stand: between the names, or below them where these leave no room.
  [[nodiscard]] const Box& pipes() const { return pipes_; }
  [[nodiscard]] const Box& box() const { return box_; }
  /// The part in which rows may be seen.
  [[nodiscard]] const Box& rows() const { return rows_; }
  /// The first and the last step that are drawn and named: those in view, and some around them.
  [[nodiscard]] std::pair<int, int> drawn() const;
  /// The last step that has its place in view, shown yet or not.
  [[nodiscard]] int last_in_view() const;

 private:
  void place_columns();
  void scroll(float covered);

  const app::RunView& run_;
  const Sizes& sizes_;
  const LadderRows& rows_of_;
  std::array<SideColumns, 2> columns_;
  float client_x_ = 0;
  float server_x_ = 0;
  float unscrolled_ = 0;  ///< the height of the first row while nothing is scrolled
  float top_ = 0;         ///< and now
  float above_ = 0;
  Box box_;
  Box pipes_;
  Box rows_;
};

}  // namespace ui
