#include "app/say.hpp"
#include "core/base/message.hpp"
#include "ui/views.hpp"

#include <algorithm>
#include <array>
#include <string>

namespace ui {
namespace {

using core::Text;

Box part(const Box& row, float from, float to) {
  return {{from, row.min.y}, {to, row.max.y}};
}

/// A title in one line; in a smaller one where there is no room for that; or in two.
struct Title {
  Type type;
  std::string_view first;
  std::string_view second = {};
  float width = 0;  ///< of the longer line
};
Title title_of(std::string_view words, float room, const Frame& frame) {
  Title title = {.type = {frame.fonts.bold, frame.sizes.text, frame.colour.ink}, .first = words};
  if (width_of(title.type, words) > room) title.type.size = frame.sizes.small;
  title.width = width_of(title.type, words);
  if (title.width <= room) return title;
  // Broken where the longer line is shortest.
  for (std::size_t at = words.find(' '); at < words.size(); at = words.find(' ', at + 1)) {
    const std::string_view before = words.substr(0, at);
    const std::string_view after = words.substr(at + 1);
    const float width = std::max(width_of(title.type, before), width_of(title.type, after));
    if (width < title.width) title = {title.type, before, after, width};
  }
  return title;
}

/// Only a file's own title can be too long for two lines, and is cut.
void draw(const Title& title, const Box& box, const Frame& frame) {
  const float half = title.type.size / 2;
  const float apart = title.second.empty() ? 0 : half + frame.sizes.hairline;
  const auto line = [&](float y, std::string_view words) {
    text_in(frame, title.type, {{box.min.x, y - half}, {box.max.x, y + half}},
            fitted(title.type, words, box.width()));
  };
  line(box.centre().y - apart, title.first);
  line(box.centre().y + apart, title.second);
}

/// The story before, the title of this one, which opens the list of all, and the next story.
void stories(const app::Model& model, const Box& row, const Box& face_row, Frame& frame) {
  const Sizes& sizes = frame.sizes;
  const float first = row.min.x + sizes.button;
  const float last = row.max.x - sizes.button;
  face(frame, face_row, frame.colour.control, frame.colour.line);
  button(frame,
         {.id = "previous",
          .name = core::render(Text::stage_header_previous),
          .icon = Icon::Back,
          .enabled = model.story() > 0,
          .command = app::StepStory{-1},
          .face = part(face_row, face_row.min.x, first),
          .flat = true},
         part(row, row.min.x, first));
  const core::Scenario& shown = model.run.scenario;
  button(frame,
         {.id = "stories",
          .name = app::Say(Text::stage_header_story).with("title", shown.title).text(),
          .face = part(face_row, first, last),
          .flat = true},
         part(row, first, last));
  // The sign of a list is left out where the title needs its place.
  const float sign = sizes.arrow_head;
  Box words = part(face_row, first + sizes.gap / 2, last - sign - sizes.gap / 2);
  const Title title = title_of(shown.title, words.width(), frame);
  if (title.width <= words.width()) {
    chevron(frame, {last - sign, row.centre().y}, frame.colour.faint);
  } else {
    words.max.x = last - sizes.gap / 2;
  }
  draw(title, words, frame);
  button(frame,
         {.id = "next",
          .name = core::render(Text::stage_header_next),
          .icon = Icon::Forward,
          .enabled = model.story() + 1 < model.stories(),
          .command = app::StepStory{1},
          .face = part(face_row, last, face_row.max.x),
          .flat = true},
         part(row, last, row.max.x));
  for (const float x : {first, last}) {
    frame.draw.AddLine({x, face_row.min.y}, {x, face_row.max.y}, frame.colour.line, sizes.hairline);
  }
}

/// Symbols or real numbers: both are named, and the chosen one stands out.
void numbers(bool real, const std::array<float, 2>& widths, const Box& box, const Box& face_box,
             Frame& frame) {
  const Sizes& sizes = frame.sizes;
  face(frame, face_box, frame.colour.control, frame.colour.line);
  button(frame,
         {.id = "numbers",
          .name = core::render(Text::stage_header_numbers),
          .pressed = real,
          .command = app::ToggleNumbers{},
          .face = face_box,
          .flat = true},
         box);
  const float middle = face_box.min.x + widths[0];
  const Box chosen =
      real ? part(face_box, middle, face_box.max.x) : part(face_box, face_box.min.x, middle);
  face(frame, chosen, frame.colour.hovered, frame.colour.accent);
  const auto half = [&](Text words, bool is_chosen, float from, float to) {
    const Type type = {is_chosen ? frame.fonts.bold : frame.fonts.text, sizes.small,
                       is_chosen ? frame.colour.ink : frame.colour.faint};
    text_in(frame, type, part(face_box, from, to), core::render(words));
  };
  half(Text::stage_header_numbers_symbols, !real, face_box.min.x, middle);
  half(Text::stage_header_numbers_real, real, middle, face_box.max.x);
}

}  // namespace

void header_view(const app::Model& model, const Box& box, Frame& frame) {
  const Sizes& sizes = frame.sizes;
  // What is drawn is smaller than what a finger may press.
  const float spare = (sizes.button - sizes.face) / 2;
  const float y = box.centre().y;
  const Box row = {{box.min.x + sizes.header_margin - spare, y - sizes.button / 2},
                   {box.max.x - sizes.header_margin + spare, y + sizes.button / 2}};
  const Box faces = {{row.min.x + spare, y - sizes.face / 2},
                     {row.max.x - spare, y + sizes.face / 2}};

  const Type small = {frame.fonts.bold, sizes.small, frame.colour.faint};
  const auto half_width = [&](Text words) {
    return width_of(small, core::render(words)) + 2 * sizes.switch_padding;
  };
  const std::array widths = {half_width(Text::stage_header_numbers_symbols),
                             half_width(Text::stage_header_numbers_real)};
  const float numbers_width = widths[0] + widths[1] + 2 * spare;
  const std::string_view label = core::render(Text::stage_header_numbers_label);
  const float label_width = width_of(small, label) + sizes.gap;

  // The story takes what the others leave, up to its own width: so its buttons keep their place.
  const float room = row.width() - 3 * sizes.button - numbers_width;
  const bool labelled = room >= sizes.story + label_width + sizes.gap;
  const float story_right = row.min.x + 2 * sizes.button + std::min(sizes.story, room);
  stories(model, part(row, row.min.x, story_right), part(faces, faces.min.x, story_right - spare),
          frame);
  float left = story_right;
  if (labelled) {
    left += label_width + sizes.gap;
    const Type type = {frame.fonts.text, sizes.small, frame.colour.faint};
    text(frame, type, {left + spare - sizes.gap, y - type.size / 2}, Align::Right, label);
  }
  numbers(model.real_numbers, widths, part(row, left, left + numbers_width),
          part(faces, left + spare, left + numbers_width - spare), frame);
  const float more = row.max.x - sizes.button;
  button(frame,
         {.id = "more",
          .name = core::render(Text::stage_header_more),
          .icon = Icon::More,
          .face = part(faces, more + spare, faces.max.x)},
         part(row, more, row.max.x));
  frame.draw.AddLine({box.min.x, box.max.y}, box.max, frame.colour.line, sizes.hairline);
}

}  // namespace ui
