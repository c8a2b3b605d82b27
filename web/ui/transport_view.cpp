#include "app/say.hpp"
#include "core/base/message.hpp"
#include "ui/views.hpp"

#include <algorithm>
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

  // One row. Buttons stand side by side: what is drawn of each leaves a gap to the next. Where the
  // row has no room for the slider, it has a strip of its own above.
  const float left_edge = box.min.x + sizes.margin;
  const float right_edge = box.max.x - sizes.margin;
  const float low = box.max.y - (sizes.transport - sizes.slider_strip - sizes.button) / 2;
  const float top = low - sizes.button;
  const float room = right_edge - left_edge - 4 * sizes.button - sizes.pause_each;
  const float speed_width = std::clamp(room - sizes.button, sizes.button, sizes.speed);
  const float play_width = std::clamp(room - speed_width, sizes.button, sizes.play);
  float left = left_edge;
  for (Button one : buttons) {
    const float width = one.primary ? play_width : sizes.button;
    if (width < sizes.play_named) one.label = {};
    button(frame, one, {{left, top}, {left + width, low}});
    left += width;
  }
  const float speed_left = right_edge - speed_width;
  const float each_left = speed_left - sizes.pause_each;
  const app::RunView run = model.view();
  const std::string step_of = app::Say(Text::stage_transport_step_of)
                                  .with("step", run.step)
                                  .with("steps", run.steps())
                                  .with("title", run.words().title)
                                  .text();
  const Box strip = {{left_edge, box.min.y}, {right_edge, box.min.y + sizes.slider_strip}};
  const Box between = {{left + sizes.gap, top}, {each_left - sizes.gap, low}};
  slider(frame, "step", core::render(Text::stage_transport_step), run.step, run.steps(),
         run.position(), step_of, sizes.slider_strip > 0 ? strip : between);

  button(frame,
         {.id = "pause-each",
          .name = core::render(Text::stage_transport_pause_each),
          .icon = Icon::PauseEach,
          .label = sizes.pause_each > sizes.play_named ? core::render(Text::stage_transport_each)
                                                       : std::string_view(),
          .pressed = model.pause_each,
          .command = app::TogglePauseEach{}},
         {{each_left, top}, {speed_left, low}});

  std::vector<app::Option> options;
  std::string_view current;
  for (const app::Speed& speed : app::speeds) {
    options.push_back({std::string(speed.name), times(speed.name)});
    if (speed.factor == model.speed) current = speed.name;
  }
  select(frame, "speed", core::render(Text::stage_transport_speed), current, times(current),
         std::move(options), {{speed_left, top}, {right_edge, low}});
}

}  // namespace ui
