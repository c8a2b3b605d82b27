// Dear ImGui without its tables and columns: the stage has none. These functions stand in for
// imgui_tables.cpp; the rest of Dear ImGui calls them to end or tidy up tables, and none is ever
// begun. A function of imgui_tables.cpp that is missing here fails the link.

#include <imgui_internal.h>

namespace ImGui {

void EndColumns() {}
void EndTable() {}
void TableGcCompactSettings() {}
void TableGcCompactTransientBuffers(ImGuiTable*) {}
void TableGcCompactTransientBuffers(ImGuiTableTempData*) {}
void TablePopColumnChannel() {}
void TablePushColumnChannel(int) {}
void TableSettingsAddSettingsHandler() {}

}  // namespace ImGui
