// Beside the lifelines: badges with the states, notes above and below them, and in a lane of their
// own what the application does and hears.
#pragma once

#include "ui/ladder/ladder_scene.hpp"

namespace ui {

/// Where the badge of a row stands.
[[nodiscard]] Box badge_box(const LadderScene& scene, int step, const app::Badge& badge);
void draw_badge(const LadderScene& scene, int step, const app::Badge& badge);
/// `height` is that of the note's middle, from the row's.
void draw_note(const LadderScene& scene, int step, const app::Note& note, float height);
/// Between the lifelines: who may still send.
void draw_half_closed(const LadderScene& scene, int step, core::Side open);

}  // namespace ui
