#include "platform/browser_font.hpp"

#include <emscripten/em_js.h>
#include <imgui_internal.h>
#include <misc/freetype/imgui_freetype.h>

#include <array>

// clang-format off

// Makes Module.pen ready to draw in a family at `size` device pixels.
EM_JS(void, pen_take, (int family, float size), {
  const families = ["system-ui, sans-serif", "ui-monospace, monospace"];
  const bold = family & 1;
  const pen = Module["pen"] ||=
      new OffscreenCanvas(1, 1).getContext("2d", {willReadFrequently: true});
  pen.font = (bold ? "bold " : "") + size + "px " + families[family >> 1];
});

// Measures one glyph and keeps what it found for pen_draw(). Writes the advance, then left, top,
// width and height of the inked box, relative to the pen on the baseline.
EM_JS(void, pen_measure, (unsigned codepoint, float* out), {
  const text = String.fromCodePoint(codepoint);
  const box = Module["pen"].measureText(text);
  const left = Math.floor(-box.actualBoundingBoxLeft) - 1;
  const top = Math.floor(-box.actualBoundingBoxAscent) - 1;
  const width = Math.ceil(box.actualBoundingBoxRight) + 1 - left;
  const height = Math.ceil(box.actualBoundingBoxDescent) + 1 - top;
  const inked = box.actualBoundingBoxRight + box.actualBoundingBoxLeft > 0;
  HEAPF32.set([box.width, left, top, inked ? width : 0, inked ? height : 0], out >> 2);
  Module["glyph"] = {text, left, top, width, height};
});

// Writes the coverage, 0 to 255, of the glyph that was measured last, row by row.
EM_JS(void, pen_draw, (unsigned char* out), {
  const {text, left, top, width, height} = Module["glyph"];
  const pen = Module["pen"];
  const font = pen.font;
  // A canvas forgets its font when it grows.
  if (pen.canvas.width < width) pen.canvas.width = width;
  if (pen.canvas.height < height) pen.canvas.height = height;
  pen.font = font;
  pen.clearRect(0, 0, width, height);
  pen.fillText(text, -left, -top);
  const pixels = pen.getImageData(0, 0, width, height).data;
  for (let i = 0; i < width * height; i++) HEAPU8[out + i] = pixels[4 * i + 3];
});

// clang-format on

namespace {

bool contains(ImFontAtlas*, ImFontConfig*, ImWchar) {
  return true;
}

// Lines are as high as the font's size, whatever the font's own metrics say, and the baseline is
// where capitals look centred, so that every reader's font looks alike in the badges.
bool init_size(ImFontAtlas*, ImFontConfig*, ImFontBaked* baked, void*) {
  constexpr float baseline = 0.85F;
  baked->Ascent = baked->Size * baseline;
  baked->Descent = baked->Ascent - baked->Size;
  return true;
}

bool load_glyph(ImFontAtlas* atlas, ImFontConfig* source, ImFontBaked* baked, void*,
                ImWchar codepoint, ImFontGlyph* glyph, float* only_advance) {
  const float density = source->RasterizerDensity * baked->RasterizerDensity;
  std::array<float, 5> box{};
  pen_take(static_cast<int>(source->FontNo), baked->Size * density);
  pen_measure(codepoint, box.data());
  const auto [advance, left, top, width, height] = box;
  if (only_advance != nullptr) {
    *only_advance = advance / density;
    return true;
  }
  glyph->Codepoint = codepoint;
  glyph->AdvanceX = advance / density;
  if (width <= 0 || height <= 0) return true;

  const int columns = static_cast<int>(width);
  const int rows = static_cast<int>(height);
  const ImFontAtlasRectId id = ImFontAtlasPackAddRect(atlas, columns, rows);
  if (id == ImFontAtlasRectId_Invalid) return false;
  ImVector<unsigned char>& pixels = atlas->Builder->TempBuffer;
  pixels.resize(columns * rows);
  pen_draw(pixels.Data);
  glyph->X0 = left / density;
  glyph->Y0 = top / density + baked->Ascent;
  glyph->X1 = glyph->X0 + width / density;
  glyph->Y1 = glyph->Y0 + height / density;
  glyph->Visible = true;
  glyph->PackId = id;
  ImFontAtlasBakedSetFontGlyphBitmap(atlas, baked, source, glyph, ImFontAtlasPackGetRect(atlas, id),
                                     pixels.Data, ImTextureFormat_Alpha8, columns);
  return true;
}

}  // namespace

// Dear ImGui is built without a rasteriser of its own and asks here for one.
const ImFontLoader* ImGuiFreeType::GetFontLoader() {
  static const ImFontLoader loader = [] {
    ImFontLoader made;
    made.Name = "browser";
    made.FontSrcContainsGlyph = contains;
    made.FontBakedInit = init_size;
    made.FontBakedLoadGlyph = load_glyph;
    return made;
  }();
  return &loader;
}

namespace browser_font {

ImFont* add(Family family) {
  ImFontConfig config;
  config.FontLoader = ImGuiFreeType::GetFontLoader();
  config.FontNo = static_cast<ImU32>(family);
  return ImGui::GetIO().Fonts->AddFont(&config);
}

}  // namespace browser_font
