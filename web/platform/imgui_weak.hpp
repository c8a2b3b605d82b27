// What the compiler reads before each source of Dear ImGui (scripts/cmake/imgui.cmake): the
// functions that imgui_unused.inc lists are declared weak. The linker then drops what Dear ImGui
// has for them, with all that only they use, and takes what stands in imgui_guest.cpp. A function
// that Dear ImGui does not have, or has with other parameters, fails the build.
#pragma once

#define IMGUI_DEFINE_MATH_OPERATORS
#include <imgui_internal.h>

#define UNUSED(type, name, parameters)                               \
  static_assert(sizeof(static_cast<type(*) parameters>(&name)) > 0); \
  __attribute__((weak)) type name parameters;
#define IDLE UNUSED
// These have no definition in Dear ImGui to make weak.
#define UNUSED_GLOBAL(type, name, parameters)

namespace ImGui {
#include "platform/imgui_unused.inc"
}  // namespace ImGui

#undef UNUSED
#undef IDLE
#undef UNUSED_GLOBAL
