// The words along an arrow: number, flags and sequence numbers of a segment, or what a bundle of
// them holds.
#pragma once

#include "ui/ladder/ladder_scene.hpp"

#include <string>
#include <vector>

namespace ui {

struct LabelWords {
  int segment = 0;  ///< along whose arrow they stand
  std::string number;
  std::string flags;
  std::vector<std::string> values;  ///< all of them first, then in fewer words
  std::string lost = {};            ///< behind the values, in the colour of what is lost
};

/// Finds a place for a label that has none yet.
const LabelPlacement& placed(const LadderScene& scene, const LabelWords& words);

/// Draws a label at its place, and returns the box that stands for it.
Box draw_label(const LadderScene& scene, const LabelWords& words, ImU32 colour);

}  // namespace ui
