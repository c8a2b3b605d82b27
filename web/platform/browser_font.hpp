// Fonts drawn by the browser: Dear ImGui asks for a glyph, the browser draws it with the reader's
// own system fonts. No font file is shipped, and text is sharp at every size and pixel ratio.
#pragma once

#include <imgui.h>

namespace browser_font {

/// The reader's sans-serif font and the fixed-width one, each plain and bold.
enum class Family : int { Sans, SansBold, Mono, MonoBold };

/// Adds a font of that family to Dear ImGui's atlas; it can be drawn at any size.
[[nodiscard]] ImFont* add(Family family);

/// To be called when the atlas's texture has been updated. Against fingerprinting, some browsers
/// answer with noise when a canvas is read, but draw it as it is: there the glyphs are copied from
/// the canvas to the texture, and nobody reads them.
void finish();

}  // namespace browser_font
