// Stands in for the parts of Dear ImGui that the stage has no use for: the functions that
// imgui_unused.inc lists. They do nothing, and those that are never called say on the console that
// they are, with their line in the list: with a next version of Dear ImGui, or after a change to
// the stage, a browser test fails (tests/browser/harness.mjs), and a reader's stage goes on.
//
// imgui_weak.hpp, which is read before Dear ImGui's own sources, must not be included here.

#include <emscripten/em_js.h>
#include <imgui_internal.h>

// clang-format off
EM_JS(void, imgui_unused_called, (int line), {
  console.error("Dear ImGui calls what imgui_unused.inc lists in line " + line);
});

#define ANSWER(type, name, parameters, before) \
  type name parameters {                       \
    before;                                    \
    return type();                             \
  }
#define IDLE(type, name, parameters) ANSWER(type, name, parameters, (void)0)
#define UNUSED(type, name, parameters) ANSWER(type, name, parameters, imgui_unused_called(__LINE__))
#define UNUSED_GLOBAL(type, name, parameters) } UNUSED(type, name, parameters) namespace ImGui {
// clang-format on

namespace ImGui {
#include "platform/imgui_unused.inc"
}  // namespace ImGui
