// Above the rows: the names of the ends, what each of them is to the close, and the two pipes.
#pragma once

#include "ui/ladder/ladder_scene.hpp"

namespace ui {

void draw_heading(const LadderScene& scene);

}  // namespace ui
