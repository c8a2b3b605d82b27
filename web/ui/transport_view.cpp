#include "app/say.hpp"
#include "core/base/message.hpp"
#include "ui/views.hpp"

#include <array>

namespace ui {
namespace {

using core::Text;

/// "2×", of a speed by its name.
std::string times(std::string_view factor) {
  return app::Say(Text::stage_transport_times).with("factor", factor).text();
}

}  // namespace

void transport_view(const app::Model& model, const Box& box, Frame& frame) {
  const Sizes& sizes = frame.sizes;
  const bool narrow = sizes.two_rows;
  const bool before = model.step > 1;
  const bool after = model.step < model.steps();
  const std::string_view play =
      core::render(model.playing ? Text::stage_transport_pause : Text::stage_transport_play);
  const std::array<Button, 5> buttons = {{
      {.id = "to-start",
       .name = core::render(Text::stage_transport_to_start),
       .icon = Icon::ToStart,
       .enabled = before,
       .command = app::ToStart{}},
      {.id = "back",
       .name = core::render(Text::stage_transport_back),
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
       .name = core::render(Text::stage_transport_forward),
       .icon = Icon::Forward,
       .enabled = after,
       .command = app::StepBy{1}},
      {.id = "to-end",
       .name = core::render(Text::stage_transport_to_end),
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
  const app::RunView run = model.view();
  const std::string step_of = app::Say(Text::stage_transport_step_of)
                                  .with("step", run.step)
                                  .with("steps", run.steps())
                                  .with("title", run.words().title)
                                  .text();
  slider(frame, "step", core::render(Text::stage_transport_step), run.step, run.steps(),
         run.position(), step_of,
         {{slider_left, second}, {speed_left - sizes.gap, second + sizes.button}});

  std::vector<app::Option> options;
  std::string_view current;
  for (const app::Speed& speed : app::speeds) {
    options.push_back({"", std::string(speed.name), times(speed.name)});
    if (speed.factor == model.speed) current = speed.name;
  }
  select(frame, "speed", core::render(Text::stage_transport_speed), current, times(current),
         std::move(options),
         {{speed_left, second}, {speed_left + sizes.speed, second + sizes.button}});
}

}  // namespace ui
