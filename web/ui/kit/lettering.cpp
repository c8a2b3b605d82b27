#include "ui/kit/lettering.hpp"

#include <imgui_internal.h>

#include <cmath>

namespace ui {

float width_of(const Type& type, std::string_view text) {
  return type.font->CalcTextSizeA(type.size, FLT_MAX, 0, text.data(), text.data() + text.size()).x;
}

namespace {

/// Visits the glyphs of a line with where each begins, baked at a size. They are baked first: a new
/// one may make the atlas grow and move all the others.
template <typename Visit>
void each_glyph(const Frame& frame, const Type& type, float size, std::string_view words,
                const Visit& visit) {
  ImFontBaked* baked = type.font->GetFontBaked(size);
  const auto each = [&](const auto& act) {
    for (const char* at = words.data(); at < words.data() + words.size();) {
      unsigned int codepoint = 0;
      at += ImTextCharFromUtf8(&codepoint, at, words.data() + words.size());
      act(*baked->FindGlyph(static_cast<ImWchar>(codepoint)));
    }
  };
  int visible = 0;
  each([&](const ImFontGlyph& glyph) { visible += glyph.Visible ? 1 : 0; });
  if (visible > 0) frame.draw.PrimReserve(6 * visible, 4 * visible);
  float pen = 0;
  each([&](const ImFontGlyph& glyph) {
    if (glyph.Visible) visit(glyph, pen);
    pen += glyph.AdvanceX;
  });
}

/// The nearest place where one of the screen's own pixels begins.
float on_grid(float at) {
  const float ratio = ImGui::GetIO().DisplayFramebufferScale.x;
  return std::round(at * ratio) / ratio;
}

}  // namespace

Box text(const Frame& frame, const Type& type, ImVec2 at, Align align, std::string_view words) {
  const float width = width_of(type, words);
  if (align == Align::Centre) at.x -= width / 2;
  if (align == Align::Right) at.x -= width;
  // Every glyph begins on a pixel: as sharp as the page's own letters.
  const float top = on_grid(at.y);
  each_glyph(frame, type, type.size, words, [&](const ImFontGlyph& glyph, float pen) {
    const float left = on_grid(at.x + pen + glyph.X0);
    frame.draw.PrimRectUV({left, top + glyph.Y0}, {left + glyph.X1 - glyph.X0, top + glyph.Y1},
                          {glyph.U0, glyph.V0}, {glyph.U1, glyph.V1}, type.colour);
  });
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
  const auto place = [&](float x, float y) {
    return ImVec2(origin.x + right.x * x + down.x * y, origin.y + right.y * x + down.y * y);
  };
  constexpr float finer = 2;
  each_glyph(frame, type, type.size * finer, words, [&](const ImFontGlyph& glyph, float pen) {
    const float left = (pen + glyph.X0) / finer;
    const float edge = (pen + glyph.X1) / finer;
    const float top = glyph.Y0 / finer;
    const float bottom = glyph.Y1 / finer;
    frame.draw.PrimQuadUV(place(left, top), place(edge, top), place(edge, bottom),
                          place(left, bottom), {glyph.U0, glyph.V0}, {glyph.U1, glyph.V0},
                          {glyph.U1, glyph.V1}, {glyph.U0, glyph.V1}, type.colour);
  });
  const OrientedBox upright = boxed(strip);
  return {{upright[0].x, upright[0].y}, {upright[2].x, upright[2].y}};
}

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

}  // namespace ui
