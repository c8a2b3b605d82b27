#include "stage.hpp"

#include "app/update.hpp"
#include "browser_font.hpp"
#include "platform.hpp"
#include "ui/views.hpp"

#include <algorithm>
#include <utility>

Stage::Stage()
    : model_(app::first_model()),
      text_(browser_font::add(browser_font::Family::Sans)),
      mono_(browser_font::add(browser_font::Family::Mono)) {}

bool Stage::press(std::string_view key) {
  const auto command = app::command_of_key(key);
  if (command) ask(*command);
  return command.has_value();
}

void Stage::activate(std::string_view node_id) {
  const auto node = std::ranges::find(nodes_, node_id, &ui::Node::id);
  if (node != nodes_.end() && node->enabled && node->command) ask(*node->command);
}

void Stage::frame() {
  for (const app::Command& command : std::exchange(queue_, {})) app::update(model_, command);

  platform::begin_frame();
  // A font learns the pixel ratio when it becomes the current one.
  ImGui::PushFont(mono_, 0);
  ImGui::PopFont();
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
                     .dark = model_.dark(),
                     .min = {0, 0},
                     .max = size,
                     .text = text_,
                     .mono = mono_,
                     .nodes = nodes_,
                     .commands = queue_};
  ui::stage_view(model_, caption_height_, frame);
  ImGui::End();
  ImGui::PopStyleVar(2);
  platform::end_frame();
}
