// Ghost: what is still to come, pale and without words. It shows the shape of the run, and fills in
// as steps are taken.
#pragma once

#include "ui/ladder/ladder_scene.hpp"

namespace ui {

void draw_ghost(const LadderScene& scene);

}  // namespace ui
