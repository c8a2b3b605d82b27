// Beside the lifelines: badges with the states, notes above and below them, and what is counted
// down.
#pragma once

#include "ui/ladder/ladder_scene.hpp"

namespace ui {

void draw_badge(const LadderScene& scene, int step, const app::Badge& badge);
void draw_note(const LadderScene& scene, int step, const app::Note& note);
/// Between the lifelines: who may still send.
void draw_half_closed(const LadderScene& scene, int step, core::Side open);

}  // namespace ui
