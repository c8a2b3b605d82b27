// Stage: the model, and one frame of it. It takes commands from wherever they come, carries them
// out at the next frame, and lets the views draw what follows.
#pragma once

#include "app/command.hpp"
#include "app/model.hpp"
#include "app/node.hpp"
#include "ui/kit/frame.hpp"
#include "ui/views.hpp"

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
  /// The room that the page keeps for the caption and what it takes, in CSS pixels.
  void reserve_caption(const ui::CaptionSize& caption) { caption_ = caption; }

  /// How much larger than usual the whole stage is drawn.
  void enlarge(float scale) { scale_ = scale; }

  /// Lets time pass until `now_ms` of the browser's clock. Says whether there is something new to
  /// draw: while a step is being read there is not.
  [[nodiscard]] bool advance(float now_ms);
  /// Carries out what is queued and builds one frame.
  void frame();

  /// Time changes what is shown.
  [[nodiscard]] bool plays() const { return model_.playing; }

  [[nodiscard]] const app::Model& model() const { return model_; }
  [[nodiscard]] const std::vector<app::Node>& nodes() const { return nodes_; }
  [[nodiscard]] float scale() const { return scale_; }
  /// The height of the transport below the caption.
  [[nodiscard]] float transport_height() const { return transport_height_; }

 private:
  app::Model model_;
  std::vector<app::Command> queue_;
  std::vector<app::Node> nodes_;
  ui::Fonts fonts_;
  ui::LadderMemory ladder_;
  ui::CaptionSize caption_;
  float scale_ = 1;
  float transport_height_ = 0;
  float last_ms_ = 0;  ///< the clock when time last passed
};
