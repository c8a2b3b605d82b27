#include "ui/kit/widgets.hpp"

#include <imgui_internal.h>

#include <algorithm>
#include <array>
#include <cmath>

namespace ui {
namespace {

app::Rect rect_of(const Box& box) {
  return {box.min.x, box.min.y, box.max.x, box.max.y};
}

void triangle(const Frame& frame, ImVec2 centre, float half, float direction, ImU32 colour) {
  frame.draw.AddTriangleFilled({centre.x - direction * half * 0.7F, centre.y - half},
                               {centre.x - direction * half * 0.7F, centre.y + half},
                               {centre.x + direction * half * 0.9F, centre.y}, colour);
}

void bar(const Frame& frame, float x, float y, float half, ImU32 colour) {
  const float thick = frame.sizes.hairline * 1.5F;
  frame.draw.AddRectFilled({x - thick, y - half}, {x + thick, y + half}, colour);
}

void draw_icon(const Frame& frame, Icon icon, ImVec2 at, ImU32 colour) {
  const float half = frame.sizes.arrow_head * 0.62F;
  switch (icon) {
    case Icon::ToStart:
      triangle(frame, at, half, -1, colour);
      bar(frame, at.x - half * 1.3F, at.y, half, colour);
      return;
    case Icon::Back: triangle(frame, at, half, -1, colour); return;
    case Icon::Play:
    case Icon::Forward: triangle(frame, at, half, 1, colour); return;
    case Icon::ToEnd:
      triangle(frame, at, half, 1, colour);
      bar(frame, at.x + half * 1.3F, at.y, half, colour);
      return;
    case Icon::Pause:
      bar(frame, at.x - half * 0.5F, at.y, half, colour);
      bar(frame, at.x + half * 0.5F, at.y, half, colour);
      return;
    case Icon::PauseEach:
      triangle(frame, {at.x - half * 0.7F, at.y}, half, 1, colour);
      bar(frame, at.x + half * 0.55F, at.y, half, colour);
      bar(frame, at.x + half * 1.35F, at.y, half, colour);
      return;
    case Icon::More:
      for (const float x : {-1.0F, 0.0F, 1.0F}) {
        frame.draw.AddCircleFilled({at.x + x * half, at.y}, half * 0.26F, colour);
      }
      return;
  }
}

/// What is drawn of a control is smaller than what a finger may press.
Box face_of(const Frame& frame, const Box& box) {
  const float beside = frame.sizes.gap / 4;
  const float half = frame.sizes.face / 2;
  const float y = box.centre().y;
  return {{box.min.x + beside, y - half}, {box.max.x - beside, y + half}};
}

}  // namespace

// --- Controls -----------------------------------------------------------------------------------

void button(Frame& frame, const Button& made, const Box& box) {
  const bool hovered = made.enabled && ImGui::IsMouseHoveringRect(box.min, box.max);
  const Colours& colour = frame.colour;
  const Box drawn = made.face.value_or(face_of(frame, box));
  const bool down = made.pressed.value_or(false);
  const ImU32 fill = made.primary      ? colour.accent
                     : hovered || down ? colour.hovered
                                       : colour.control;
  if (!made.flat) {
    face(frame, drawn, fill, made.primary || down ? colour.accent : colour.line);
  } else if (hovered) {
    const float inset = 2 * frame.sizes.hairline;
    frame.draw.AddRectFilled({drawn.min.x + inset, drawn.min.y + inset},
                             {drawn.max.x - inset, drawn.max.y - inset}, fill,
                             frame.sizes.rounding - inset);
  }
  const ImU32 sign = !made.enabled ? colour.disabled : made.primary ? colour.on_accent : colour.ink;
  const Type type = {made.primary ? frame.fonts.bold : frame.fonts.text, frame.sizes.text, sign};
  if (made.icon && !made.label.empty()) {
    const float room = 2.2F * frame.sizes.arrow_head;
    const float width = width_of(type, made.label) + room;
    const ImVec2 at = {drawn.centre().x - width / 2, drawn.centre().y};
    draw_icon(frame, *made.icon, {at.x + 0.7F * frame.sizes.arrow_head, at.y}, sign);
    text_in(frame, type, {{at.x + room, drawn.min.y}, {at.x + width, drawn.max.y}}, made.label);
  } else if (made.icon) {
    draw_icon(frame, *made.icon, drawn.centre(), sign);
  } else {
    text_in(frame, type, drawn, made.label);
  }
  frame.nodes.push_back({.id = std::string(made.id),
                         .role = app::Role::Button,
                         .name = std::string(made.name),
                         .rect = rect_of(box),
                         .enabled = made.enabled,
                         .command = made.command,
                         .pressed = made.pressed});
}

void select(Frame& frame, std::string_view id, std::string_view name, std::string_view value,
            std::string_view label, std::vector<app::Option> options, const Box& box) {
  const bool hovered = ImGui::IsMouseHoveringRect(box.min, box.max);
  face(frame, face_of(frame, box), hovered ? frame.colour.hovered : frame.colour.control,
       frame.colour.line);
  const Type type = {frame.fonts.bold, frame.sizes.text, frame.colour.ink};
  // The sign gives way to the words.
  const float sign = 2 * frame.sizes.gap;
  if (width_of(type, label) + 2 * sign > box.width()) {
    text_in(frame, type, box, fitted(type, label, box.width() - frame.sizes.gap / 2));
  } else {
    text_in(frame, type, {box.min, {box.max.x - sign, box.max.y}}, label);
    chevron(frame, {box.max.x - sign, box.centre().y}, frame.colour.faint);
  }
  frame.nodes.push_back({.id = std::string(id),
                         .role = app::Role::Select,
                         .name = std::string(name),
                         .rect = rect_of(box),
                         .value = std::string(value),
                         .options = std::move(options)});
}

void slider(Frame& frame, std::string_view id, std::string_view name, int value, int most,
            float position, std::string value_text, const Box& box) {
  const Sizes& sizes = frame.sizes;
  const float y = box.centre().y;
  const float left = box.min.x + sizes.knob;
  const float right = box.max.x - sizes.knob;
  const auto x_of = [&](float step) {
    return left + (right - left) * (step - 1) / static_cast<float>(std::max(most - 1, 1));
  };
  const float knob = x_of(position);
  const float half = sizes.track / 2;
  frame.draw.AddRectFilled({left, y - half}, {right, y + half}, frame.colour.line, half);
  frame.draw.AddRectFilled({left, y - half}, {knob, y + half}, frame.colour.accent, half);
  // Ticks that would run into one bar say nothing.
  const bool ticks = (right - left) / static_cast<float>(most) > 3 * sizes.hairline;
  for (int step = 1; ticks && step <= most; ++step) {
    const float x = x_of(static_cast<float>(step));
    frame.draw.AddLine({x, y - sizes.knob * 0.7F}, {x, y + sizes.knob * 0.7F},
                       frame.colour.disabled, sizes.hairline);
  }
  frame.draw.AddCircleFilled({knob, y}, sizes.knob, frame.colour.accent);
  frame.draw.AddCircleFilled({knob, y}, sizes.knob - 3 * sizes.hairline, frame.colour.control);
  frame.nodes.push_back({.id = std::string(id),
                         .role = app::Role::Slider,
                         .name = std::string(name),
                         .rect = rect_of(box),
                         .value = std::to_string(value),
                         .value_text = std::move(value_text),
                         .most = most});
}

// --- Nodes ---------------------------------------------------------------------------------------

void group(Frame& frame, std::string_view id, std::string name, const Box& box) {
  frame.nodes.push_back({.id = std::string(id),
                         .role = app::Role::Group,
                         .name = std::move(name),
                         .rect = rect_of(box)});
}

void list(Frame& frame, std::string_view id, std::string_view name, const Box& box, float above,
          float scroll) {
  frame.nodes.push_back({.id = std::string(id),
                         .role = app::Role::List,
                         .name = std::string(name),
                         .rect = rect_of(box),
                         .above = above,
                         .scroll = scroll});
}

void item(Frame& frame, std::string id, std::string name, const Box& box) {
  frame.nodes.push_back({.id = std::move(id),
                         .role = app::Role::ListItem,
                         .name = std::move(name),
                         .rect = rect_of(box)});
}

// --- Drawing -------------------------------------------------------------------------------------

void chevron(const Frame& frame, ImVec2 at, ImU32 colour) {
  const float half = frame.sizes.arrow_head * 0.4F;
  const std::array<ImVec2, 3> points = {
      {{at.x - half, at.y - half / 2}, {at.x, at.y + half / 2}, {at.x + half, at.y - half / 2}}};
  frame.draw.AddPolyline(points.data(), points.size(), colour, ImDrawFlags_None, frame.sizes.arrow);
}

void face(const Frame& frame, const Box& box, ImU32 fill, ImU32 edge) {
  frame.draw.AddRectFilled(box.min, box.max, fill, frame.sizes.rounding);
  frame.draw.AddRect(box.min, box.max, edge, frame.sizes.rounding, 0, frame.sizes.hairline);
}

void dashes(const Frame& frame, ImVec2 from, ImVec2 to, ImU32 colour, float thickness, float dash) {
  const float length = std::hypot(to.x - from.x, to.y - from.y);
  if (length <= 0) return;
  const ImVec2 along = {(to.x - from.x) / length, (to.y - from.y) / length};
  // Of a line that goes on far out of view only what can be seen is drawn.
  float first = 0;
  float last = length;
  if (along.y != 0) {
    const float above = (frame.draw.GetClipRectMin().y - thickness - from.y) / along.y;
    const float below = (frame.draw.GetClipRectMax().y + thickness - from.y) / along.y;
    first = std::max(first, std::floor(std::min(above, below) / (2 * dash)) * 2 * dash);
    last = std::min(last, std::max(above, below));
  }
  for (float at = first; at < last; at += 2 * dash) {
    const float end = std::min(at + dash, length);
    frame.draw.AddLine({from.x + along.x * at, from.y + along.y * at},
                       {from.x + along.x * end, from.y + along.y * end}, colour, thickness);
  }
}

}  // namespace ui
