#include "platform/stage.hpp"

#include "app/update.hpp"
#include "platform/browser_font.hpp"
#include "platform/window.hpp"

#include <algorithm>
#include <utility>

Stage::Stage()
    : model_(app::first_model()),
      fonts_{browser_font::add(browser_font::Family::Sans),
             browser_font::add(browser_font::Family::SansBold),
             browser_font::add(browser_font::Family::Mono),
             browser_font::add(browser_font::Family::MonoBold)} {}

bool Stage::press(std::string_view key) {
  const auto command = app::command_of_key(key);
  if (command) ask(*command);
  return command.has_value();
}

void Stage::activate(std::string_view node_id) {
  if (const auto command = app::command_of_node(nodes_, node_id)) ask(*command);
}

bool Stage::advance(float now_ms) {
  // A tab that was away comes back with a long pause, which is not played through.
  constexpr float longest_ms = 100;
  const float passed_ms = std::clamp(now_ms - std::exchange(last_ms_, now_ms), 0.0F, longest_ms);
  if (!model_.playing) return false;
  const float before = model_.view().position();
  app::update(model_, app::Tick{passed_ms});
  return model_.view().position() != before;
}

void Stage::frame() {
  for (const app::Command& command : std::exchange(queue_, {})) app::update(model_, command);

  platform::begin_frame();
  // A font learns the pixel ratio when it becomes the current one.
  for (ImFont* font : {fonts_.text, fonts_.bold, fonts_.mono, fonts_.mono_bold}) {
    ImGui::PushFont(font, 0);
    ImGui::PopFont();
  }
  const ImVec2 size = ImGui::GetIO().DisplaySize;
  constexpr ImGuiWindowFlags bare =
      ImGuiWindowFlags_NoDecoration | ImGuiWindowFlags_NoMove | ImGuiWindowFlags_NoBackground |
      ImGuiWindowFlags_NoScrollWithMouse | ImGuiWindowFlags_NoSavedSettings;
  ImGui::SetNextWindowPos({0, 0});
  ImGui::SetNextWindowSize(size);
  ImGui::PushStyleVar(ImGuiStyleVar_WindowPadding, ImVec2(0, 0));
  ImGui::PushStyleVar(ImGuiStyleVar_WindowBorderSize, 0.0F);
  ImGui::Begin("stage", nullptr, bare);
  nodes_.clear();
  ui::Frame frame = {.draw = *ImGui::GetWindowDrawList(),
                     .colour = ui::colours(model_.dark()),
                     .sizes = ui::sizes_for(size.x),
                     .fonts = fonts_,
                     .dark = model_.dark(),
                     .min = {0, 0},
                     .max = size,
                     .nodes = nodes_};
  transport_height_ = frame.sizes.transport;
  const ui::CaptionSize caption = {caption_.room / scale_, caption_.height / scale_};
  ui::stage_view(model_, caption, ladder_, frame);
  ImGui::End();
  ImGui::PopStyleVar(2);
  platform::end_frame(frame.colour.paper);
}
