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
    case Icon::Help:
      text_in(frame, {frame.fonts.bold, frame.sizes.title, colour}, {at, at}, "?");
      return;
  }
}

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

}  // namespace

// --- Controls -----------------------------------------------------------------------------------

void button(Frame& frame, const Button& made, const Box& box) {
  const bool hovered = made.enabled && ImGui::IsMouseHoveringRect(box.min, box.max);
  const Colours& colour = frame.colour;
  const bool down = made.pressed.value_or(false);
  const ImU32 fill = made.primary      ? colour.accent
                     : hovered || down ? colour.hovered
                                       : colour.control;
  face(frame, box, fill, made.primary || down ? colour.accent : colour.line);
  const ImU32 sign = !made.enabled ? colour.disabled : made.primary ? colour.on_accent : colour.ink;
  const Type type = {made.primary ? frame.fonts.bold : frame.fonts.text, frame.sizes.text, sign};
  if (made.icon && !made.label.empty()) {
    const float room = 2 * frame.sizes.arrow_head;
    const float width = width_of(type, made.label) + room;
    const ImVec2 at = {box.centre().x - width / 2, box.centre().y};
    draw_icon(frame, *made.icon, {at.x + frame.sizes.arrow_head / 2, at.y}, sign);
    text_in(frame, type, {{at.x + room, box.min.y}, {at.x + width, box.max.y}}, made.label);
  } else if (made.icon) {
    draw_icon(frame, *made.icon, box.centre(), sign);
  } else {
    text_in(frame, type, box, made.label);
  }
  frame.nodes.push_back({.id = std::string(made.id),
                         .role = app::Role::Button,
                         .name = std::string(made.name),
                         .rect = rect_of(box),
                         .enabled = made.enabled,
                         .command = made.command,
                         .pressed = made.pressed});
}

namespace {

/// As much of a line as there is room for; the document's own control has all of it.
std::string fitted(const Type& type, std::string_view line, float room) {
  if (width_of(type, line) <= room) return std::string(line);
  std::string out(line);
  do {
    // A whole character goes, however many bytes it has.
    while (out.size() > 1 && (static_cast<unsigned char>(out.back()) & 0xc0U) == 0x80U) {
      out.pop_back();
    }
    out.pop_back();
    while (!out.empty() && out.back() == ' ') out.pop_back();
  } while (!out.empty() && width_of(type, out + "…") > room);
  return out + "…";
}

}  // namespace

void select(Frame& frame, std::string_view id, std::string_view name, std::string_view value,
            std::string_view label, std::vector<app::Option> options, const Box& box) {
  const bool hovered = ImGui::IsMouseHoveringRect(box.min, box.max);
  face(frame, box, hovered ? frame.colour.hovered : frame.colour.control, frame.colour.line);
  const float sign = frame.sizes.margin;
  const Type type = {frame.fonts.bold, frame.sizes.text, frame.colour.ink};
  const Box face_box = {box.min, {box.max.x - sign, box.max.y}};
  text_in(frame, type, face_box, fitted(type, label, face_box.width() - frame.sizes.gap * 2));
  chevron(frame, {box.max.x - sign, box.centre().y}, frame.colour.faint);
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

float width_of(const Type& type, std::string_view text) {
  return type.font->CalcTextSizeA(type.size, FLT_MAX, 0, text.data(), text.data() + text.size()).x;
}

Box text(const Frame& frame, const Type& type, ImVec2 at, Align align, std::string_view text) {
  const float width = width_of(type, text);
  if (align == Align::Centre) at.x -= width / 2;
  if (align == Align::Right) at.x -= width;
  frame.draw.AddText(type.font, type.size, at, type.colour, text.data(), text.data() + text.size());
  return {at, {at.x + width, at.y + type.size}};
}

Box text_in(const Frame& frame, const Type& type, const Box& box, std::string_view words) {
  return text(frame, type, {box.centre().x, box.centre().y - type.size / 2}, Align::Centre, words);
}

Box text_along(const Frame& frame, const Type& type, const OrientedBox& strip,
               std::string_view words) {
  const Point& origin = strip[0];
  const ImVec2 down = {(strip[3].x - origin.x) / type.size, (strip[3].y - origin.y) / type.size};
  const ImVec2 right = {down.y, -down.x};

  constexpr float finer = 2;
  ImFontBaked* baked = type.font->GetFontBaked(type.size * finer);
  const auto each_glyph = [&](const auto& visit) {
    for (const char* at = words.data(); at < words.data() + words.size();) {
      unsigned int codepoint = 0;
      at += ImTextCharFromUtf8(&codepoint, at, words.data() + words.size());
      visit(*baked->FindGlyph(static_cast<ImWchar>(codepoint)));
    }
  };
  // Glyphs are baked first: a new one may make the atlas grow and move all the others.
  int visible = 0;
  each_glyph([&](const ImFontGlyph& glyph) { visible += glyph.Visible ? 1 : 0; });
  if (visible > 0) frame.draw.PrimReserve(6 * visible, 4 * visible);
  float pen = 0;
  const auto place = [&](float x, float y) {
    return ImVec2(origin.x + right.x * x + down.x * y, origin.y + right.y * x + down.y * y);
  };
  each_glyph([&](const ImFontGlyph& glyph) {
    const float left = (pen + glyph.X0) / finer;
    const float edge = (pen + glyph.X1) / finer;
    const float top = glyph.Y0 / finer;
    const float bottom = glyph.Y1 / finer;
    pen += glyph.AdvanceX;
    if (!glyph.Visible) return;
    frame.draw.PrimQuadUV(place(left, top), place(edge, top), place(edge, bottom),
                          place(left, bottom), {glyph.U0, glyph.V0}, {glyph.U1, glyph.V0},
                          {glyph.U1, glyph.V1}, {glyph.U0, glyph.V1}, type.colour);
  });
  const OrientedBox upright = boxed(strip);
  return {{upright[0].x, upright[0].y}, {upright[2].x, upright[2].y}};
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
