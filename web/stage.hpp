// Stage: the model, and one frame of it. It takes commands from wherever they come, carries them
// out at the next frame, and lets the views draw what follows.
#pragma once

#include "app/command.hpp"
#include "app/model.hpp"
#include "ui/frame.hpp"

#include <string_view>
#include <vector>

class Stage {
 public:
  Stage();

  /// Queues a command for the next frame.
  void ask(app::Command command) { queue_.push_back(std::move(command)); }
  /// Queues what a key means on the stage. Says whether it means anything.
  bool press(std::string_view key);
  /// Queues what activating a semantic node means.
  void activate(std::string_view node_id);
  /// The room that the page needs for the caption, in CSS pixels.
  void reserve_caption(float height) { caption_height_ = height; }

  /// Carries out what is queued and builds one frame.
  void frame();

  [[nodiscard]] const app::Model& model() const { return model_; }
  [[nodiscard]] const std::vector<ui::Node>& nodes() const { return nodes_; }

 private:
  app::Model model_;
  std::vector<app::Command> queue_;
  std::vector<ui::Node> nodes_;
  ImFont* text_ = nullptr;
  ImFont* mono_ = nullptr;
  float caption_height_ = 0;
};
