#include "bridge.hpp"

#include "platform.hpp"

#include <emscripten/em_js.h>
#include <emscripten/emscripten.h>

#include <string>

// clang-format off
EM_JS(void, page_receive, (const char* snapshot), {
  Module["receive"](JSON.parse(UTF8ToString(snapshot)));
});
// clang-format on

namespace {

/// Dear ImGui settles after input within this many frames: one to take it, one to react to it, one
/// to draw what follows.
constexpr int frames_after_input = 3;

Stage* stage = nullptr;
int frames_wanted = 0;
std::string last_snapshot;

void wake() {
  frames_wanted = frames_after_input;
}

// --- The snapshot, as JSON ----------------------------------------------------------------------

std::string quoted(std::string_view text) {
  std::string out = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') out += '\\';
    // Nothing that reaches here has control characters in it; one would break the JSON.
    out += static_cast<unsigned char>(c) < 0x20 ? ' ' : c;
  }
  return out + '"';
}

std::string_view role_name(ui::Role role) {
  switch (role) {
    case ui::Role::Button: return "button";
    case ui::Role::List: return "list";
    case ui::Role::ListItem: return "listitem";
  }
  return {};
}

std::string pixels(float value) {
  return std::to_string(static_cast<int>(value));
}

std::string snapshot_of(const Stage& source) {
  const app::Model& model = source.model();
  const core::Step& step = model.current();
  std::string out = "{\"scenario\":" + quoted(model.run.scenario.id);
  out += ",\"scenarioTitle\":" + quoted(model.run.scenario.title);
  out += ",\"step\":" + std::to_string(model.step);
  out += ",\"steps\":" + std::to_string(model.steps());
  out += ",\"title\":" + quoted(step.title);
  out += ",\"text\":" + quoted(step.text);
  out += ",\"rule\":" + quoted(core::source(step.rule));
  out += ",\"dark\":" + std::string(model.dark() ? "true" : "false");
  out += ",\"transport\":" + pixels(ui::sizes.transport);
  out += ",\"notices\":[";
  for (const app::Notice& notice : model.notices) {
    if (out.back() != '[') out += ',';
    out += "{\"id\":" + std::to_string(notice.id) + ",\"text\":" + quoted(notice.text) + "}";
  }
  out += "],\"nodes\":[";
  for (const ui::Node& node : source.nodes()) {
    if (out.back() != '[') out += ',';
    out += "{\"id\":" + quoted(node.id) + ",\"role\":" + quoted(role_name(node.role)) +
           ",\"name\":" + quoted(node.name) + ",\"rect\":[" + pixels(node.min.x) + "," +
           pixels(node.min.y) + "," + pixels(node.max.x - node.min.x) + "," +
           pixels(node.max.y - node.min.y) + "],\"enabled\":" + (node.enabled ? "true" : "false") +
           "}";
  }
  return out + "]}";
}

void send_snapshot() {
  std::string snapshot = snapshot_of(*stage);
  if (snapshot == last_snapshot) return;
  page_receive(snapshot.c_str());
  last_snapshot = std::move(snapshot);
}

}  // namespace

// --- What the page calls
// --------------------------------------------------------------------------

extern "C" {

/// Is there a stage? Without WebGL 2 there is none.
EMSCRIPTEN_KEEPALIVE bool stage_ready() {
  return stage != nullptr;
}

EMSCRIPTEN_KEEPALIVE void stage_resize(float width, float height, float pixel_ratio) {
  platform::resize({width, height}, pixel_ratio);
  wake();
}

EMSCRIPTEN_KEEPALIVE void stage_caption(float height) {
  stage->reserve_caption(height);
  wake();
}

EMSCRIPTEN_KEEPALIVE void stage_system_dark(bool dark) {
  stage->ask(app::SystemTheme{dark});
  wake();
}

EMSCRIPTEN_KEEPALIVE void stage_open(const char* address) {
  stage->ask(app::Open{app::read_address(address)});
  wake();
}

EMSCRIPTEN_KEEPALIVE void stage_change(const char* address) {
  stage->ask(app::Change{app::read_address(address)});
  wake();
}

EMSCRIPTEN_KEEPALIVE void stage_dismiss(int notice) {
  stage->ask(app::DismissNotice{notice});
  wake();
}

/// A key on the focused stage. True when the stage takes it.
EMSCRIPTEN_KEEPALIVE bool stage_key(const char* key) {
  const bool taken = stage->press(key);
  if (taken) wake();
  return taken;
}

/// A twin was activated by something other than a pointer of ours.
EMSCRIPTEN_KEEPALIVE void stage_activate(const char* node_id) {
  stage->activate(node_id);
  wake();
}

EMSCRIPTEN_KEEPALIVE void stage_pointer(float x, float y) {
  ImGui::GetIO().AddMousePosEvent(x, y);
  wake();
}

EMSCRIPTEN_KEEPALIVE void stage_pointer_gone() {
  ImGui::GetIO().AddMousePosEvent(-FLT_MAX, -FLT_MAX);
  wake();
}

EMSCRIPTEN_KEEPALIVE void stage_button(bool down) {
  ImGui::GetIO().AddMouseButtonEvent(ImGuiMouseButton_Left, down);
  wake();
}

EMSCRIPTEN_KEEPALIVE void stage_restore() {
  platform::restore();
  wake();
}

/// Draws one frame. True while more are needed.
EMSCRIPTEN_KEEPALIVE bool stage_frame() {
  stage->frame();
  send_snapshot();
  if (platform::input_waits()) wake();
  return --frames_wanted > 0;
}

}  // extern "C"

namespace bridge {

void connect(Stage& connected) {
  stage = &connected;
}

}  // namespace bridge
