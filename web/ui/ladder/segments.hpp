// The segments: an arrow from lifeline to lifeline for each, with the words along it.
#pragma once

#include "ui/kit/label_placement.hpp"
#include "ui/ladder/ladder_scene.hpp"

#include <vector>

namespace ui {

/// An arrow from the step in which the segment leaves to the one in which it arrives, as far as it
/// has come. A lost one dies on its way; a repeated one is dashed. `labels` is what the words of
/// the arrows before it cover.
void draw_segment(const LadderScene& scene, int segment, std::vector<OrientedBox>& labels);

/// A forged segment or a copy: it appears in the middle of the network when it arrives.
void draw_segment_of_network(const LadderScene& scene, int segment,
                             std::vector<OrientedBox>& labels);

void arrow_head(const Frame& frame, ImVec2 from, ImVec2 tip, ImU32 colour);

}  // namespace ui
