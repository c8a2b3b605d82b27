// The lifelines, and what belongs to the passing of time: the half-closed band behind them, the now
// line across them, and the fading where the ladder goes on out of view.
#pragma once

#include "ui/ladder/ladder_scene.hpp"

namespace ui {

/// The half-closed time.
void draw_band(const LadderScene& scene);
void draw_now_line(const LadderScene& scene);
void draw_lifelines(const LadderScene& scene);
void draw_fade(const LadderScene& scene);

}  // namespace ui
