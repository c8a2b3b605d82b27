// The views: each draws one part of the stage and changes nothing in the model. What is drawn
// leaves nodes, which carry what activating them asks for. The ladder is drawn from a run; header
// and transport are the page's controls, and show what else there is in the model.
#pragma once

#include "app/model.hpp"
#include "ui/kit/widgets.hpp"
#include "ui/ladder/ladder_view.hpp"

namespace ui {

/// The page's caption above the transport.
struct CaptionSize {
  float room = 0;    ///< kept free for it
  float height = 0;  ///< what it takes: a long one grows over the ladder
};

/// The whole stage. `memory` is what has been worked out before.
void stage_view(const app::Model& model, const CaptionSize& caption, LadderMemory& memory,
                Frame& frame);

/// The stories, the switch of the numbers, and more.
void header_view(const app::Model& model, const Box& box, Frame& frame);

/// To start, step back, play, step forward, to end, the steps as a slider, pausing, speed.
void transport_view(const app::Model& model, const Box& box, Frame& frame);

}  // namespace ui
