#include "platform/bridge.hpp"

#include "app/ports.hpp"
#include "core/output/figure.hpp"
#include "platform/window.hpp"

#include <emscripten/em_js.h>
#include <emscripten/emscripten.h>

#include <algorithm>
#include <cmath>
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
std::string last_snapshot;
int run_sent = 0;
std::string run_json;
std::string ports_json;

void wake() {
  frames_wanted = frames_after_input;
}

// --- The snapshot, as JSON ----------------------------------------------------------------------

std::string quoted(std::string_view text) {
  std::string out = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') out += '\\';
    if (c == '\n') {
      out += "\\n";
    } else {
      // No other control character reaches here; one would break the JSON.
      out += static_cast<unsigned char>(c) < 0x20 ? ' ' : c;
    }
  }
  return out + '"';
}

std::string_view role_name(ui::Role role) {
  switch (role) {
    case ui::Role::Button: return "button";
    case ui::Role::Select: return "select";
    case ui::Role::Slider: return "slider";
    case ui::Role::Group: return "group";
    case ui::Role::List: return "list";
    case ui::Role::ListItem: return "listitem";
  }
  return {};
}

std::string pixels(float value) {
  return std::to_string(static_cast<int>(std::lround(value * stage->scale())));
}

/// `[` and what `write` makes of each entry, `]`.
template <typename Entries, typename Write>
std::string list_of(const Entries& entries, const Write& write) {
  std::string out = "[";
  for (const auto& entry : entries) {
    if (out.size() > 1) out += ',';
    out += write(entry);
  }
  return out + "]";
}

std::string json(const ui::Node& node) {
  std::string out = "{\"id\":" + quoted(node.id) + ",\"role\":" + quoted(role_name(node.role)) +
                    ",\"name\":" + quoted(node.name);
  out += ",\"rect\":[" + pixels(node.min.x) + "," + pixels(node.min.y) + "," +
         pixels(node.max.x - node.min.x) + "," + pixels(node.max.y - node.min.y) + "]";
  if (!node.enabled) out += ",\"disabled\":true";
  if (node.pressed) out += ",\"pressed\":" + std::string(*node.pressed ? "true" : "false");
  if (!node.value.empty()) out += ",\"value\":" + quoted(node.value);
  if (node.role == ui::Role::Slider) {
    out += ",\"most\":" + std::to_string(node.most) + ",\"valueText\":" + quoted(node.value_text);
  }
  if (node.above > 0) {
    out += ",\"above\":" + pixels(node.above) + ",\"scroll\":" + pixels(node.scroll);
  }
  if (!node.options.empty()) {
    out += ",\"options\":" + list_of(node.options, [](const ui::Option& option) {
             return "{\"group\":" + quoted(option.group) + ",\"value\":" + quoted(option.value) +
                    ",\"label\":" + quoted(option.label) + "}";
           });
  }
  return out + "}";
}

/// What the page shows of a run as long as it lasts: its steps, and its ladder as text.
std::string json_of_run(const app::Model& model) {
  return "{\"number\":" + std::to_string(model.runs) +
         ",\"title\":" + quoted(model.run.scenario.title) +
         ",\"question\":" + quoted(model.run.scenario.question) +
         ",\"figure\":" + quoted(core::figure(model.timeline)) + ",\"steps\":" +
         list_of(model.told,
                 [](const core::StepText& step) {
                   return "{\"title\":" + quoted(step.title) + ",\"note\":" + quoted(step.note) +
                          "}";
                 }) +
         "}";
}

std::string snapshot_of(const Stage& source) {
  const app::Model& model = source.model();
  const core::StepText& words = model.words();
  if (run_sent != model.runs) {
    run_json = json_of_run(model);
    run_sent = model.runs;
  }
  std::string out = "{\"step\":" + std::to_string(model.step);
  out += ",\"title\":" + quoted(words.title);
  out += ",\"text\":" + quoted(words.text);
  out += ",\"rule\":" + quoted(core::reference(model.current().rule));
  out += ",\"dark\":" + std::string(model.dark() ? "true" : "false");
  out += ",\"quick\":" + std::string(model.playing && model.speed > 1 ? "true" : "false");
  out += ",\"above\":" + pixels(source.transport_height());
  out += ",\"run\":" + run_json;
  out += ",\"notices\":" + list_of(model.notices, [](const app::Notice& notice) {
           return "{\"id\":" + std::to_string(notice.id) + ",\"text\":" + quoted(notice.text) + "}";
         });
  out += ",\"nodes\":" + list_of(source.nodes(), json);
  return out + "}";
}

std::string json_of_reply(const app::PortsReply& reply) {
  return "{\"problems\":" +
         list_of(reply.problems,
                 [](const app::PortsProblem& problem) {
                   return "{\"field\":" + quoted(problem.field) +
                          ",\"text\":" + quoted(problem.text) + "}";
                 }) +
         ",\"says\":" + list_of(reply.says, quoted) + "}";
}

void send_snapshot() {
  std::string snapshot = snapshot_of(*stage);
  if (snapshot == last_snapshot) return;
  page_receive(snapshot.c_str());
  last_snapshot = std::move(snapshot);
}

}  // namespace

// --- What the page calls -------------------------------------------------------------------------

extern "C" {

/// Is there a stage? Without WebGL 2 there is none.
EMSCRIPTEN_KEEPALIVE bool stage_ready() {
  return stage != nullptr;
}

/// The stage's size in CSS pixels, device pixels per CSS pixel, and how much larger than usual text
/// is wanted. A stage that is too small to be enlarged is not.
EMSCRIPTEN_KEEPALIVE void stage_resize(float width, float height, float pixel_ratio, float scale) {
  constexpr float least_width = 320;
  const float fits = std::clamp(scale, 0.5F, std::max(1.0F, width / least_width));
  stage->enlarge(fits);
  platform::resize({width / fits, height / fits}, pixel_ratio * fits);
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

/// A select or the slider was set, as "step=4".
EMSCRIPTEN_KEEPALIVE void stage_set(const char* setting) {
  stage->set(setting);
  wake();
}

/// The reader opens a file. Its bytes are fetched from Module.file: as an argument they would stand
/// on the stack, which has no room for a megabyte. Less than none: the browser could not read it.
EMSCRIPTEN_KEEPALIVE void stage_scroll(float share) {
  stage->ask(app::ScrollLadder{share});
  wake();
}

EMSCRIPTEN_KEEPALIVE void stage_open_file(const char* name, int size) {
  app::File file = {.name = name, .text = {}};
  if (size >= 0) page_file(file.text.emplace(static_cast<std::size_t>(size), '\0').data());
  stage->ask(app::OpenFile{std::move(file)});
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
  ImGui::GetIO().AddMousePosEvent(x / stage->scale(), y / stage->scale());
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

/// How long the ports last, for the article's fields as they were filled in: what to say, and what
/// is wrong with them, as JSON. The text stands until the next call.
EMSCRIPTEN_KEEPALIVE const char* ports_reply(const char* ports, const char* time_wait_s,
                                             const char* destinations, const char* per_second,
                                             bool server_closes_first) {
  ports_json = json_of_reply(app::reply_to(
      {.ports = ports,
       .time_wait_s = time_wait_s,
       .destinations = destinations,
       .per_second = per_second,
       .closes_first = server_closes_first ? core::Side::Server : core::Side::Client}));
  return ports_json.c_str();
}

/// Draws one frame, at a moment of the browser's clock. True while more are needed.
EMSCRIPTEN_KEEPALIVE bool stage_frame(float now_ms) {
  stage->frame(now_ms);
  send_snapshot();
  if (platform::input_waits() || stage->moves()) wake();
  return --frames_wanted > 0;
}

}  // extern "C"

namespace bridge {

void connect(Stage& connected) {
  stage = &connected;
}

}  // namespace bridge
