// The ladder: two lifelines and what passes between them, up to the current step of one run.
#pragma once

#include "app/run_view.hpp"
#include "ui/kit/widgets.hpp"

namespace ui {

void ladder_view(const app::RunView& run, const Box& box, Frame& frame);

}  // namespace ui
