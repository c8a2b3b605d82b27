# Dear ImGui with the WebGL 2 backend, without what the page has no use for: demo and debug windows,
# tables, files, the shell, a font of its own. IMGUI_ENABLE_FREETYPE does not bring FreeType in: it
# leaves stb_truetype out, and makes ImGui ask ImGuiFreeType::GetFontLoader() for glyphs. The page's
# own browser_font.cpp is what answers: there the browser draws them. imgui_guest.cpp stands in for
# imgui_tables.cpp.

set(weak ${PROJECT_SOURCE_DIR}/web/platform/imgui_weak.hpp)
set(unused ${PROJECT_SOURCE_DIR}/web/platform/imgui_unused.inc)
set(sources ${imgui_SOURCE_DIR}/imgui.cpp ${imgui_SOURCE_DIR}/imgui_widgets.cpp)
add_library(imgui STATIC
  ${PROJECT_SOURCE_DIR}/web/platform/imgui_guest.cpp
  ${sources}
  ${imgui_SOURCE_DIR}/imgui_draw.cpp
  ${imgui_SOURCE_DIR}/backends/imgui_impl_opengl3.cpp)
set_source_files_properties(${sources} PROPERTIES
  COMPILE_OPTIONS "-include;${weak}"
  OBJECT_DEPENDS "${weak};${unused}")
unset(sources)
unset(weak)
unset(unused)
target_include_directories(imgui PRIVATE ${PROJECT_SOURCE_DIR}/web)
target_include_directories(imgui SYSTEM PUBLIC
  ${imgui_SOURCE_DIR}
  ${imgui_SOURCE_DIR}/backends)
target_compile_definitions(imgui PUBLIC
  IMGUI_IMPL_OPENGL_ES3
  IMGUI_ENABLE_FREETYPE
  IMGUI_DISABLE_DEFAULT_FONT
  IMGUI_DISABLE_DEMO_WINDOWS
  IMGUI_DISABLE_DEBUG_TOOLS
  IMGUI_DISABLE_OBSOLETE_FUNCTIONS
  IMGUI_DISABLE_FILE_FUNCTIONS
  IMGUI_DISABLE_DEFAULT_FORMAT_FUNCTIONS
  IMGUI_DISABLE_DEFAULT_SHELL_FUNCTIONS)
target_link_libraries(imgui PUBLIC platform)
set_target_properties(imgui PROPERTIES NOTICE ${imgui_SOURCE_DIR}/LICENSE.txt)
