// Platform: the window and its WebGL 2 context, made by SDL2, and Dear ImGui's drawing on it. SDL2
// gets no input: what the reader does comes from the stage's box in the document, by bridge.cpp.
#pragma once

#include <imgui.h>

namespace platform {

/// Makes window, context and Dear ImGui's renderer. False when there is no WebGL 2.
[[nodiscard]] bool open();

/// The stage's size in CSS pixels, and device pixels per CSS pixel.
void resize(ImVec2 size, float pixel_ratio);

/// Between these two a frame is built; it is drawn on a ground of one colour.
void begin_frame();
void end_frame(ImU32 ground);

/// Dear ImGui takes queued input over several frames: is any left?
[[nodiscard]] bool input_waits();

/// The WebGL context was lost and has been restored, empty.
void restore();

}  // namespace platform
