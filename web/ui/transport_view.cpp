#include "ui/views.hpp"

#include <array>

namespace ui {

void transport_view(const app::Model& model, const Box& box, Frame& frame) {
  const Sizes& sizes = frame.sizes;
  const bool narrow = sizes.two_rows;
  const bool before = model.step > 1;
  const bool after = model.step < model.steps();
  const std::string_view play = model.playing ? "Pause" : "Play";
  const std::array<Button, 5> buttons = {{
      {.id = "to-start",
       .name = "To start",
       .icon = Icon::ToStart,
       .enabled = before,
       .command = app::ToStart{}},
      {.id = "back",
       .name = "Step back",
       .icon = Icon::Back,
       .enabled = before,
       .command = app::StepBy{-1}},
      {.id = "play",
       .name = play,
       .icon = model.playing ? Icon::Pause : Icon::Play,
       .label = play,
       .primary = true,
       .command = app::TogglePlay{}},
      {.id = "forward",
       .name = "Step forward",
       .icon = Icon::Forward,
       .enabled = after,
       .command = app::StepBy{1}},
      {.id = "to-end",
       .name = "To end",
       .icon = Icon::ToEnd,
       .enabled = after,
       .command = app::ToEnd{}},
  }};
  frame.draw.AddLine(box.min, {box.max.x, box.min.y}, frame.colour.line, sizes.hairline);

  // One row on a wide stage; on a narrow one the slider and the speed have a row of their own.
  const float top = narrow ? box.min.y + sizes.gap : box.centre().y - sizes.button / 2;
  float left = box.min.x + sizes.margin;
  for (const Button& one : buttons) {
    const float width = one.primary ? sizes.play : sizes.button;
    button(frame, one, {{left, top}, {left + width, top + sizes.button}});
    left += width + sizes.gap;
  }
  const float second = narrow ? top + sizes.button + sizes.gap : top;
  const float speed_left = box.max.x - sizes.margin - sizes.speed;
  const float slider_left = narrow ? box.min.x + sizes.margin : left + sizes.gap;
  slider(frame, "step", "Step", model.step, model.steps(), model.position(),
         "Step " + std::to_string(model.step) + " of " + std::to_string(model.steps()) + " · " +
             model.words().title,
         {{slider_left, second}, {speed_left - sizes.gap, second + sizes.button}});

  std::vector<Option> options;
  std::string_view current;
  for (const app::Speed& speed : app::speeds) {
    options.push_back({"", std::string(speed.name), std::string(speed.name) + "×"});
    if (speed.factor == model.speed) current = speed.name;
  }
  select(frame, "speed", "Speed", current, std::string(current) + "×", std::move(options),
         {{speed_left, second}, {speed_left + sizes.speed, second + sizes.button}});
}

}  // namespace ui
