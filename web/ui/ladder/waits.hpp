// Waits: a long one is folded, with its length; what counts it down is a bar that drains; and a
// state that nothing ends runs on.
#pragma once

#include "ui/ladder/ladder_scene.hpp"

namespace ui {

/// The long wait after a step: a break in both lifelines once it has passed, and before that what
/// is counted down, if anything is.
void draw_fold(const LadderScene& scene, int step);
/// At the end of the run, the ends whose state has not ended.
void draw_open_ends(const LadderScene& scene);

}  // namespace ui
