// The ladder: two lifelines and what passes between them, up to the current step of one run.
#pragma once

#include "app/run_view.hpp"
#include "ui/kit/widgets.hpp"
#include "ui/ladder/labels.hpp"
#include "ui/ladder/ladder_layout.hpp"

namespace ui {

/// What is worked out once and kept from frame to frame.
struct LadderMemory {
  LadderRows rows;
  LadderLabels labels;
};

/// Labels that are drawn for the first time are placed, and kept in `memory`.
void ladder_view(const app::RunView& run, const LadderRoom& room, LadderMemory& memory,
                 Frame& frame);

}  // namespace ui
