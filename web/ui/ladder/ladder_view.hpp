// The ladder: two lifelines and what passes between them, up to the current step of one run.
#pragma once

#include "app/run_view.hpp"
#include "ui/kit/widgets.hpp"
#include "ui/ladder/labels.hpp"

namespace ui {

/// Labels that are drawn for the first time are placed, and kept in `labels`.
void ladder_view(const app::RunView& run, const Box& box, LadderLabels& labels, Frame& frame);

}  // namespace ui
