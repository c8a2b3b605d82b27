// The views: each draws one part of the stage and changes nothing in the model. What is drawn
// leaves nodes, which carry what activating them asks for. The ladder is drawn from a run; header
// and transport are the page's controls, and show what else there is in the model.
#pragma once

#include "app/model.hpp"
#include "ui/kit/widgets.hpp"
#include "ui/ladder/labels.hpp"

namespace ui {

/// The whole stage. `caption_height` is the room that the page needs above the transport; `labels`
/// are those that have been placed already.
void stage_view(const app::Model& model, float caption_height, LadderLabels& labels, Frame& frame);

/// Scenario, numbers, help, and how many segments have passed.
void header_view(const app::Model& model, const Box& box, Frame& frame);

/// To start, step back, play, step forward, to end, the steps as a slider, speed.
void transport_view(const app::Model& model, const Box& box, Frame& frame);

}  // namespace ui
