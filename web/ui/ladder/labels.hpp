// Labels: where the words along the arrows of a ladder stand. A label is placed once, when it is
// first drawn, and stays there until the run or the geometry is another: steps do not move it.
// Heights are those of a ladder that is not scrolled. It draws nothing and knows no font.
#pragma once

#include "app/run_view.hpp"
#include "ui/kit/label_placement.hpp"
#include "ui/ladder/arrows.hpp"

#include <optional>
#include <span>
#include <vector>

namespace ui {

/// What the places of the labels follow from.
struct LabelsOf {
  int run = 0;  ///< the number of the run
  bool real_numbers = false;
  float pixel_ratio = 1;  ///< words are a little wider or narrower with another one
  LadderGeometry geometry = {};
  RowsOf rows = {};

  friend bool operator==(const LabelsOf&, const LabelsOf&) = default;
};

class LadderLabels {
 public:
  /// Before each frame: what it shows. If that is something else, all labels are forgotten.
  void show(const LabelsOf& shown);

  /// The label of a segment, or of the bundle that it leads; none if it has not been placed.
  [[nodiscard]] const LabelPlacement* find(int segment) const;
  const LabelPlacement& place(const app::RunView& run, int segment,
                              std::span<const LabelVariant> settings);

  /// The work so far, for tests.
  [[nodiscard]] long placed() const { return placed_; }
  [[nodiscard]] long compared() const { return compared_; }

 private:
  /// Words that a label covers, by their top.
  struct Words {
    float top = 0;
    float bottom = 0;
    OrientedBox box = {};
  };
  [[nodiscard]] std::vector<OrientedBox> words_between(float top, float bottom) const;
  void add_words(const OrientedBox& box);

  LabelsOf shown_;
  std::vector<std::optional<LabelPlacement>> labels_;  ///< by segment
  std::vector<Words> words_;
  float tallest_ = 0;  ///< of the words
  long placed_ = 0;
  long compared_ = 0;
};

}  // namespace ui
