// Frame: what a view is given to draw one frame with, and what it leaves behind: pixels in Dear
// ImGui's draw list, and one node for everything it drew that means something.
#pragma once

#include "app/node.hpp"
#include "ui/kit/theme.hpp"

#include <imgui.h>

#include <vector>

namespace ui {

/// The fonts, all of them the reader's own.
struct Fonts {
  ImFont* text = nullptr;
  ImFont* bold = nullptr;
  ImFont* mono = nullptr;
  ImFont* mono_bold = nullptr;
};

struct Frame {
  ImDrawList& draw;
  const Colours& colour;
  const Sizes& sizes;
  const Fonts& fonts;
  bool dark = false;
  ImVec2 min;  ///< the stage's rectangle
  ImVec2 max;
  std::vector<app::Node>& nodes;
};

}  // namespace ui
