#include "platform/browser_font.hpp"

#include <GLES3/gl3.h>
#include <emscripten/em_js.h>
#include <imgui_internal.h>
#include <misc/freetype/imgui_freetype.h>

#include <array>
#include <cmath>

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

// Draws the glyph that was measured last. Writes its coverage, 0 to 255, row by row; or, without a
// place to write to, copies it to (x, y) in the texture that is bound.
EM_JS(void, pen_draw, (unsigned char* out, int x, int y), {
  const {text, left, top, width, height} = Module["glyph"];
  const pen = Module["pen"];
  const font = pen.font;
  // A canvas forgets its font when it grows.
  if (pen.canvas.width < width) pen.canvas.width = width;
  if (pen.canvas.height < height) pen.canvas.height = height;
  pen.font = font;
  pen.clearRect(0, 0, width, height);
  pen.fillText(text, -left, -top);
  if (!out) {
    GLctx.texSubImage2D(GLctx.TEXTURE_2D, 0, x, y, width, height, GLctx.RGBA, GLctx.UNSIGNED_BYTE,
                        pen.canvas);
    return;
  }
  const pixels = pen.getImageData(0, 0, width, height).data;
  for (let i = 0; i < width * height; i++) HEAPU8[out + i] = pixels[4 * i + 3];
});

// Does the browser let a script read what it has drawn? Draws every shade once, and reads them.
EM_JS(bool, can_read, (), {
  const pen = new OffscreenCanvas(256, 1).getContext("2d", {willReadFrequently: true});
  for (let shade = 0; shade < 256; shade++) {
    pen.globalAlpha = shade / 255;
    pen.fillRect(shade, 0, 1, 1);
  }
  return pen.getImageData(0, 0, 256, 1).data.every((value, i) => i % 4 < 3 || value === i >> 2);
});

// Makes a texture white and leaves its alpha as it is: copied glyphs are black, and so is what
// nothing was ever put into, which would mix in at the edges of lines.
EM_JS(void, whiten, (unsigned texture), {
  const frame = GLctx.createFramebuffer();
  GLctx.bindFramebuffer(GLctx.FRAMEBUFFER, frame);
  GLctx.framebufferTexture2D(GLctx.FRAMEBUFFER, GLctx.COLOR_ATTACHMENT0, GLctx.TEXTURE_2D,
                             GL.textures[texture], 0);
  GLctx.colorMask(true, true, true, false);
  GLctx.clearColor(1, 1, 1, 1);
  GLctx.clear(GLctx.COLOR_BUFFER_BIT);
  GLctx.colorMask(true, true, true, true);
  GLctx.deleteFramebuffer(frame);
});

// clang-format on

namespace {

bool contains(ImFontAtlas*, ImFontConfig*, ImWchar) {
  return true;
}

// Lines are as high as the font's size, whatever the font's own metrics say, and the baseline is
// where capitals look centred, so that every reader's font looks alike in the badges.
bool init_size(ImFontAtlas*, ImFontConfig* source, ImFontBaked* baked, void*) {
  constexpr float baseline = 0.85F;
  // On a row of pixels: letters are drawn as they were baked.
  const float density = source->RasterizerDensity * baked->RasterizerDensity;
  baked->Ascent = std::round(baked->Size * density * baseline) / density;
  baked->Descent = baked->Ascent - baked->Size;
  return true;
}

/// Returns the device pixels to a unit.
float take_pen(const ImFontConfig& source, const ImFontBaked& baked) {
  const float density = source.RasterizerDensity * baked.RasterizerDensity;
  pen_take(static_cast<int>(source.FontNo), baked.Size * density);
  return density;
}

bool load_glyph(ImFontAtlas* atlas, ImFontConfig* source, ImFontBaked* baked, void*,
                ImWchar codepoint, ImFontGlyph* glyph, float* only_advance) {
  const float density = take_pen(*source, *baked);
  std::array<float, 5> box{};
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
  pen_draw(pixels.Data, 0, 0);
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

/// Draws the glyphs once more, into the texture.
void copy_glyphs(ImFontAtlas& atlas, GLuint texture) {
  glBindTexture(GL_TEXTURE_2D, texture);
  const ImFontAtlasBuilder& builder = *atlas.Builder;
  for (int i = 0; i < builder.BakedPool.Size; ++i) {
    const ImFontBaked& baked = builder.BakedPool[i];
    take_pen(*baked.ContainerFont->Sources[0], baked);
    for (const ImFontGlyph& glyph : baked.Glyphs) {
      if (!glyph.Visible) continue;
      std::array<float, 5> box{};
      pen_measure(glyph.Codepoint, box.data());
      const ImTextureRect* place = ImFontAtlasPackGetRect(&atlas, glyph.PackId);
      pen_draw(nullptr, place->x, place->y);
    }
  }
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

void finish() {
  static const bool readable = can_read();
  ImFontAtlas* atlas = ImGui::GetIO().Fonts;
  const auto texture = static_cast<GLuint>(atlas->TexData->TexID);
  if (!readable) copy_glyphs(*atlas, texture);
  whiten(texture);
}

}  // namespace browser_font
