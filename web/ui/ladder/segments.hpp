// The segments: an arrow from lifeline to lifeline for each, with the words along it. Where there
// are too many to be told apart, they are one sheaf of arrows with one label.
#pragma once

#include "ui/ladder/ladder_scene.hpp"

namespace ui {

/// An arrow from the step in which the segment leaves to the one in which it arrives, as far as it
/// has come. A lost one dies on its way; a repeated one is dashed. For a segment that leads a
/// bundle, the whole bundle.
void draw_segment(const LadderScene& scene, int segment);

/// A forged segment or a copy: it appears in the middle of the network when it arrives.
void draw_segment_of_network(const LadderScene& scene, int segment);

/// The end of an arrow: its head, or the cross of a segment that is lost there.
void end_arrow(const Frame& frame, ImVec2 from, ImVec2 tip, ImU32 colour, bool lost);
void arrow_head(const Frame& frame, ImVec2 from, ImVec2 tip, ImU32 colour);

}  // namespace ui
