#include "platform/window.hpp"

#include "platform/browser_font.hpp"

#include <GLES3/gl3.h>
#include <SDL.h>
#include <emscripten/em_js.h>
#include <imgui_impl_opengl3.h>
#include <imgui_internal.h>

#include <cmath>

// What WebGL had made is gone with the lost context. To delete it again would be an error.
// clang-format off
EM_JS(void, forget_objects, (), {
  for (const table of [GL.buffers, GL.programs, GL.textures]) table.fill(null);
});
// clang-format on

namespace platform {
namespace {

constexpr const char* glsl = "#version 300 es";
SDL_Window* window = nullptr;

}  // namespace

bool open() {
  if (SDL_Init(SDL_INIT_VIDEO) != 0) return false;
  // Sizes are given in device pixels, so that SDL need not know the pixel ratio.
  window = SDL_CreateWindow("", 0, 0, 1, 1, SDL_WINDOW_OPENGL);
  if (window == nullptr || SDL_GL_CreateContext(window) == nullptr) return false;

  IMGUI_CHECKVERSION();
  ImGui::CreateContext();
  ImGuiIO& io = ImGui::GetIO();
  io.IniFilename = nullptr;
  io.LogFilename = nullptr;
  // The document's focus is the only one there is.
  io.ConfigFlags |= ImGuiConfigFlags_NoMouseCursorChange;
  return ImGui_ImplOpenGL3_Init(glsl);
}

void resize(ImVec2 size, float pixel_ratio) {
  ImGuiIO& io = ImGui::GetIO();
  const float wide = std::round(size.x * pixel_ratio);
  const float high = std::round(size.y * pixel_ratio);
  // Dear ImGui cuts fractions of a device pixel off; a hair more keeps its last row and column.
  constexpr float hair = 0.01F;
  io.DisplaySize = {(wide + hair) / pixel_ratio, (high + hair) / pixel_ratio};
  io.DisplayFramebufferScale = {pixel_ratio, pixel_ratio};
  SDL_SetWindowSize(window, static_cast<int>(wide), static_cast<int>(high));
}

void begin_frame() {
  ImGui_ImplOpenGL3_NewFrame();
  ImGui::NewFrame();
}

void end_frame(ImU32 ground) {
  ImGui::Render();
  ImTextureData* glyphs = ImGui::GetIO().Fonts->TexData;
  if (glyphs->Status != ImTextureStatus_OK) {
    ImGui_ImplOpenGL3_UpdateTexture(glyphs);
    browser_font::finish();
  }
  const ImVec4 colour = ImGui::ColorConvertU32ToFloat4(ground);
  glClearColor(colour.x, colour.y, colour.z, 1);
  glClear(GL_COLOR_BUFFER_BIT);
  ImGui_ImplOpenGL3_RenderDrawData(ImGui::GetDrawData());
  SDL_GL_SwapWindow(window);
}

bool input_waits() {
  return !ImGui::GetCurrentContext()->InputEventsQueue.empty();
}

void restore() {
  forget_objects();
  ImGui_ImplOpenGL3_Shutdown();
  ImGui_ImplOpenGL3_Init(glsl);
}

}  // namespace platform
