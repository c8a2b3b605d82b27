// Layout: where the ladder's lifelines, rows and pipes stand. Geometry only: it draws nothing and
// knows no colour.
#pragma once

#include "app/run_view.hpp"
#include "ui/kit/widgets.hpp"
#include "ui/ladder/arrows.hpp"

#include <utility>

namespace ui {

/// The ladder of one run. Every step has a row of its own, and a long wait one more in which it is
/// folded: what matters is the order, not the clock.
class LadderLayout {
 public:
  LadderLayout(const app::RunView& run, const Sizes& sizes, const Box& box);

  [[nodiscard]] float x(core::Side side) const {
    return side == core::Side::Client ? client_x_ : server_x_;
  }
  /// The middle between the lifelines.
  [[nodiscard]] float middle() const { return (client_x_ + server_x_) / 2; }
  /// The height of a step's row. Between two steps it changes evenly, over a fold, too.
  [[nodiscard]] float y(float step) const { return top_ + run_.facts.depth(step) * row_; }
  [[nodiscard]] float y(int step) const { return y(static_cast<float>(step)); }
  [[nodiscard]] float row() const { return row_; }
  /// Where the rows are now.
  [[nodiscard]] LadderGeometry geometry() const {
    return {&sizes_, client_x_, server_x_, top_, row_};
  }
  /// Where they are while nothing is scrolled, and how much further up they are now.
  [[nodiscard]] LadderGeometry unscrolled() const {
    return {&sizes_, client_x_, server_x_, unscrolled_, row_};
  }
  [[nodiscard]] float scrolled() const { return unscrolled_ - top_; }
  /// How much of the ladder is above the rows in view while it follows the current step.
  [[nodiscard]] float above() const { return above_; }
  /// Where the pipes stand: between the names, or below them where these leave no room.
  [[nodiscard]] const Box& pipes() const { return pipes_; }
  [[nodiscard]] const Box& box() const { return box_; }
  /// The part in which rows may be seen.
  [[nodiscard]] const Box& rows() const { return rows_; }
  /// The first and the last step that are drawn and named: those in view, and some around them.
  [[nodiscard]] std::pair<int, int> drawn() const;

 private:
  void place_columns(const Sizes& sizes);
  void scroll(const Sizes& sizes);

  const app::RunView& run_;
  const Sizes& sizes_;
  float client_x_ = 0;
  float server_x_ = 0;
  float row_ = 0;
  float unscrolled_ = 0;  ///< the height of the first row while nothing is scrolled
  float top_ = 0;         ///< and now
  float above_ = 0;
  Box box_;
  Box pipes_;
  Box rows_;
};

}  // namespace ui
