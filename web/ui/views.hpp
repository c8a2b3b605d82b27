// The views: each draws one part of the stage from the model, and changes nothing. What the reader
// asks for leaves as commands, what is drawn leaves semantic nodes.
#pragma once

#include "app/model.hpp"
#include "ui/frame.hpp"

namespace ui {

/// The whole stage. `caption_height` is the room that the page needs above the transport.
void stage_view(const app::Model& model, float caption_height, Frame& frame);

/// Two lifelines and what passes between them, up to the current step.
void ladder_view(const app::Model& model, ImVec2 min, ImVec2 max, Frame& frame);

/// To start, step back, step forward, to end.
void transport_view(const app::Model& model, ImVec2 min, ImVec2 max, Frame& frame);

}  // namespace ui
