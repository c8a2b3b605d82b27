#include "ui/layout.hpp"
#include "ui/views.hpp"
#include "ui/widgets.hpp"

#include <array>

namespace ui {

void stage_view(const app::Model& model, float caption_height, Frame& frame) {
  const StageLayout layout = stage_layout(frame.min, frame.max, caption_height);
  frame.draw.AddRectFilled(frame.min, frame.max, frame.colour.paper);
  ladder_view(model, layout.ladder_min, layout.ladder_max, frame);
  transport_view(model, layout.transport_min, layout.transport_max, frame);
}

void transport_view(const app::Model& model, ImVec2 min, ImVec2 max, Frame& frame) {
  struct Control {
    std::string_view id;
    std::string_view name;
    Icon icon;
    bool enabled;
    app::Command command;
  };
  const bool before = model.step > 1;
  const bool after = model.step < model.steps();
  const std::array<Control, 4> controls = {{
      {"to-start", "To start", Icon::ToStart, before, app::ToStart{}},
      {"back", "Step back", Icon::Back, before, app::StepBy{-1}},
      {"forward", "Step forward", Icon::Forward, after, app::StepBy{1}},
      {"to-end", "To end", Icon::ToEnd, after, app::ToEnd{}},
  }};
  frame.draw.AddLine(min, {max.x, min.y}, frame.colour.line, sizes.hairline);
  const float top = (min.y + max.y - sizes.button) / 2;
  float left = min.x + sizes.margin;
  for (const Control& control : controls) {
    icon_button(frame, control.id, control.name, control.icon, {left, top},
                {left + sizes.button, top + sizes.button}, control.enabled, control.command);
    left += sizes.button + sizes.gap;
  }
}

}  // namespace ui
