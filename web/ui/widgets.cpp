#include "ui/widgets.hpp"

namespace ui {
namespace {

void triangle(const Frame& frame, ImVec2 centre, float half, float direction, ImU32 colour) {
  frame.draw.AddTriangleFilled({centre.x - direction * half * 0.7F, centre.y - half},
                               {centre.x - direction * half * 0.7F, centre.y + half},
                               {centre.x + direction * half * 0.9F, centre.y}, colour);
}

void draw_icon(const Frame& frame, Icon icon, ImVec2 centre, ImU32 colour) {
  const float half = sizes.arrow_head * 0.75F;
  const bool forward = icon == Icon::Forward || icon == Icon::ToEnd;
  const float direction = forward ? 1.0F : -1.0F;
  triangle(frame, centre, half, direction, colour);
  if (icon == Icon::ToStart || icon == Icon::ToEnd) {
    const float bar = centre.x + direction * half * 1.2F;
    frame.draw.AddRectFilled({bar - sizes.arrow, centre.y - half},
                             {bar + sizes.arrow, centre.y + half}, colour);
  }
}

}  // namespace

void icon_button(Frame& frame, std::string_view id, std::string_view name, Icon icon, ImVec2 min,
                 ImVec2 max, bool enabled, const app::Command& command) {
  ImGui::SetCursorScreenPos(min);
  ImGui::PushID(id.data(), id.data() + id.size());
  const bool pressed = ImGui::InvisibleButton("button", {max.x - min.x, max.y - min.y});
  const bool hovered = ImGui::IsItemHovered();
  ImGui::PopID();
  if (pressed && enabled) frame.commands.push_back(command);

  const ImU32 face = hovered && enabled ? frame.colour.hovered : frame.colour.control;
  frame.draw.AddRectFilled(min, max, face, sizes.rounding);
  frame.draw.AddRect(min, max, frame.colour.line, sizes.rounding, 0, sizes.hairline);
  draw_icon(frame, icon, {(min.x + max.x) / 2, (min.y + max.y) / 2},
            enabled ? frame.colour.ink : frame.colour.disabled);
  frame.nodes.push_back(
      {std::string(id), Role::Button, std::string(name), min, max, enabled, command});
}

void list(Frame& frame, std::string_view id, std::string_view name, ImVec2 min, ImVec2 max) {
  frame.nodes.push_back({std::string(id), Role::List, std::string(name), min, max, true, {}});
}

void item(Frame& frame, std::string id, std::string name, ImVec2 min, ImVec2 max) {
  frame.nodes.push_back({std::move(id), Role::ListItem, std::move(name), min, max, true, {}});
}

ImVec2 text(const Frame& frame, ImFont* font, float size, ImVec2 at, Align align, ImU32 colour,
            std::string_view text) {
  const char* begin = text.data();
  const char* end = begin + text.size();
  const ImVec2 extent = font->CalcTextSizeA(size, FLT_MAX, 0, begin, end);
  if (align == Align::Centre) at.x -= extent.x / 2;
  if (align == Align::Right) at.x -= extent.x;
  frame.draw.AddText(font, size, at, colour, begin, end);
  return extent;
}

}  // namespace ui
