#include "platform/bridge.hpp"

#include "app/ports.hpp"
#include "app/snapshot.hpp"
#include "app/stories.hpp"
#include "platform/window.hpp"

#include <emscripten/em_js.h>
#include <emscripten/emscripten.h>

#include <algorithm>
#include <string>

// clang-format off
EM_JS(void, page_receive, (const char* snapshot), {
  Module["receive"](JSON.parse(UTF8ToString(snapshot)));
});

// Writes the bytes of the file that the page has read.
EM_JS(void, page_file, (char* out), {
  HEAPU8.set(Module["file"], out);
});
// clang-format on

namespace {

/// Dear ImGui settles after input within this many frames: one to take it, one to react to it, one
/// to draw what follows.
constexpr int frames_after_input = 3;

Stage* stage = nullptr;
int frames_wanted = 0;
app::Snapshots snapshots;
std::string reply;  ///< the last answer to the page

void wake() {
  frames_wanted = frames_after_input;
}

void send_snapshot() {
  const auto snapshot =
      snapshots.next(stage->model(), {.nodes = stage->nodes(),
                                      .scale = stage->scale(),
                                      .transport_height = stage->transport_height()});
  if (snapshot) page_receive(snapshot->c_str());
}

}  // namespace

// --- What the page calls -------------------------------------------------------------------------

extern "C" {

/// Is there a stage? Without WebGL 2 there is none.
EMSCRIPTEN_KEEPALIVE bool stage_ready() {
  return stage != nullptr;
}

/// The stage's size in CSS pixels, device pixels per CSS pixel, and how much larger than usual text
/// is wanted. A stage that is too small to be enlarged is not; a large one is even without.
EMSCRIPTEN_KEEPALIVE void stage_resize(float width, float height, float pixel_ratio, float scale) {
  constexpr float least_width = 320;
  const float fits = std::clamp(scale, 0.5F, std::max(1.0F, width / least_width));
  const float grown = fits * ui::growth_for(width / fits, height / fits);
  stage->enlarge(grown);
  platform::resize({width / grown, height / grown}, pixel_ratio * grown);
  wake();
}

EMSCRIPTEN_KEEPALIVE void stage_caption(float room, float height) {
  stage->reserve_caption({.room = room, .height = height});
  wake();
}

EMSCRIPTEN_KEEPALIVE void stage_system_dark(bool dark) {
  stage->ask(app::SystemTheme{dark});
  wake();
}

EMSCRIPTEN_KEEPALIVE void stage_system_motion(bool reduced) {
  stage->ask(app::SystemMotion{reduced});
  wake();
}

EMSCRIPTEN_KEEPALIVE void stage_open(const char* address) {
  stage->ask(app::Open{app::read_link(address)});
  wake();
}

EMSCRIPTEN_KEEPALIVE void stage_change(const char* address) {
  stage->ask(app::Change{app::read_link(address)});
  wake();
}

/// The reader has scrolled the ladder back, by a share of what is above it.
EMSCRIPTEN_KEEPALIVE void stage_scroll(float share) {
  stage->ask(app::ScrollLadder{share});
  wake();
}

/// The reader opens a file. Its bytes are fetched from Module.file: as an argument they would stand
/// on the stack, which has no room for a megabyte. A negative size: the browser could not read it.
EMSCRIPTEN_KEEPALIVE void stage_open_file(const char* name, int size) {
  app::File file = {.name = name, .text = {}};
  if (size >= 0) page_file(file.text.emplace(static_cast<std::size_t>(size), '\0').data());
  stage->ask(app::OpenFile{std::move(file)});
  wake();
}

/// Back to the reader's own file.
EMSCRIPTEN_KEEPALIVE void stage_show_file() {
  stage->ask(app::ShowFile{});
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

/// A twin was clicked, with a pointer, a key or a screen reader.
EMSCRIPTEN_KEEPALIVE void stage_activate(const char* node_id) {
  stage->activate(node_id);
  wake();
}

EMSCRIPTEN_KEEPALIVE void stage_pointer(float x, float y) {
  ImGui::GetIO().AddMousePosEvent(x / stage->scale(), y / stage->scale());
  wake();
}

EMSCRIPTEN_KEEPALIVE void stage_pointer_gone() {
  ImGui::GetIO().AddMousePosEvent(-FLT_MAX, -FLT_MAX);
  wake();
}

EMSCRIPTEN_KEEPALIVE void stage_restore() {
  platform::restore();
  wake();
}

/// How long the ports last, for the article's fields as they were filled in: what to say, and what
/// is wrong with them, as JSON, which stands until the next call.
EMSCRIPTEN_KEEPALIVE const char* ports_reply(const char* per_second, const char* sockets,
                                             const char* destinations, const char* ports,
                                             const char* time_wait_s, bool server_closes_first,
                                             bool sockets_known) {
  reply = app::json_of(
      app::reply_to({.ports = ports,
                     .time_wait_s = time_wait_s,
                     .destinations = destinations,
                     .per_second = per_second,
                     .closes_first = server_closes_first ? core::Side::Server : core::Side::Client,
                     .known = sockets_known ? app::PortsKnown::Sockets : app::PortsKnown::Rate,
                     .sockets = sockets}));
  return reply.c_str();
}

/// All stories that can be chosen, as JSON, which stands until the next call.
EMSCRIPTEN_KEEPALIVE const char* stories_reply() {
  reply = app::json_of(app::stories_of(stage->model()));
  return reply.c_str();
}

/// A frame at a moment of the browser's clock, drawn if there is anything new. True while more are
/// needed.
EMSCRIPTEN_KEEPALIVE bool stage_frame(float now_ms) {
  if (stage->advance(now_ms)) wake();
  if (frames_wanted > 0) {
    --frames_wanted;
    stage->frame();
    send_snapshot();
    if (platform::input_waits()) wake();
  }
  return frames_wanted > 0 || stage->plays();
}

}  // extern "C"

namespace bridge {

void connect(Stage& connected) {
  stage = &connected;
}

}  // namespace bridge
