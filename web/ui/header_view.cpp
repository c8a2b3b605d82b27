#include "app/say.hpp"
#include "core/base/message.hpp"
#include "core/base/text.hpp"
#include "ui/views.hpp"

#include <algorithm>
#include <optional>

namespace ui {
namespace {

using core::Text;

/// The words for how many segments were lost and repeated: one text for each case.
struct CounterWords {
  std::optional<Text> drawn;  ///< beside the counter
  Text said;
};
CounterWords words_of(const app::Row& row) {
  using enum Text;
  if (row.lost > 0 && row.repeated > 0) {
    return {stage_header_lost_and_repeated, stage_header_count_lost_and_repeated};
  }
  if (row.lost > 0) return {stage_header_lost, stage_header_count_lost};
  if (row.repeated > 0) return {stage_header_repeated, stage_header_count_repeated};
  return {std::nullopt, stage_header_count};
}

/// "segments 4/4", and beside it what was lost and repeated, if it fits into the room there is.
/// Ends at the right edge on a wide stage, begins at the left edge on a narrow one.
void counter(const app::RunView& run, ImVec2 at, float room, bool narrow, Frame& frame) {
  const Sizes& sizes = frame.sizes;
  const app::Row& row = run.facts.row(run.step);
  const auto total = static_cast<std::int64_t>(run.timeline.segments.size());
  const auto say = [&](Text text) {
    return app::Say(text)
        .with("past", row.past)
        .with("total", total)
        .with("lost", row.lost)
        .with("repeated", row.repeated)
        .text();
  };
  const CounterWords words = words_of(row);
  const Type small = {frame.fonts.text, sizes.small, frame.colour.faint};
  const Type big = {frame.fonts.bold, sizes.title, frame.colour.ink};
  const std::string number = std::to_string(row.past) + "/" + std::to_string(total);
  const std::string more = words.drawn ? say(*words.drawn) : "";
  const std::string unit = std::string(core::render(Text::stage_header_segments)) + " ";
  const float label = width_of(small, unit);
  const float whole = label + width_of(big, number);
  const float left = narrow ? at.x : at.x - whole;
  const float top = at.y - sizes.title / 2;
  const float small_top = top + sizes.title - sizes.small - 1;
  text(frame, small, {left, small_top}, Align::Left, unit);
  Box box = text(frame, big, {left + label, top}, Align::Left, number);
  box.min.x = left;
  if (!more.empty() && whole + sizes.margin + width_of(small, more) <= room) {
    const ImVec2 place = {narrow ? box.max.x + sizes.gap : left - sizes.margin, small_top};
    const Box extra = text(frame, small, place, narrow ? Align::Left : Align::Right, more);
    box.min.x = std::min(box.min.x, extra.min.x);
    box.max.x = std::max(box.max.x, extra.max.x);
  }
  group(frame, "segments", say(words.said), box);
}

}  // namespace

void header_view(const app::Model& model, const Box& box, Frame& frame) {
  const Sizes& sizes = frame.sizes;
  const app::RunView run = model.view();
  const bool narrow = sizes.two_rows;
  const float top = narrow ? box.min.y + sizes.gap * 0.75F : box.centre().y - sizes.button / 2;
  const float bottom = top + sizes.button;

  // The reader's own file comes first. No id of the catalogue looks like its value.
  constexpr std::string_view own = "(file)";
  std::vector<app::Option> options;
  if (model.file) {
    options.push_back({std::string(core::render(Text::stage_header_own_file)), std::string(own),
                       model.file->title, app::ShowFile{}});
  }
  for (const app::Story& story : model.stories) {
    options.push_back({story.group, story.id, story.title});
  }
  float left = box.min.x + sizes.margin;
  // The scenario's name takes what the others leave.
  const float others = sizes.numbers + sizes.button + 2 * sizes.gap + 2 * sizes.margin +
                       (narrow ? 0 : sizes.counter + sizes.gap);
  const float width = std::min(sizes.select, box.width() - others);
  const core::Scenario& shown = model.run.scenario;
  select(frame, "scenario", core::render(Text::stage_header_scenario),
         model.shows_file ? own : shown.id, shown.title, std::move(options),
         {{left, top}, {left + width, bottom}});
  left += width + sizes.gap;
  button(frame,
         {.id = "numbers",
          .name = core::render(Text::stage_header_numbers),
          .label = core::render(model.real_numbers ? Text::stage_header_numbers_real
                                                   : Text::stage_header_numbers_symbols),
          .pressed = model.real_numbers,
          .command = app::ToggleNumbers{}},
         {{left, top}, {left + sizes.numbers, bottom}});
  left += sizes.numbers + sizes.gap;
  button(frame, {.id = "help", .name = core::render(Text::stage_header_help), .icon = Icon::Help},
         {{left, top}, {left + sizes.button, bottom}});

  const float counter_y = narrow ? (bottom + box.max.y) / 2 : box.centre().y;
  const float counter_from = narrow ? box.min.x + sizes.margin : left + sizes.button + sizes.gap;
  const float counter_to = box.max.x - sizes.margin - (narrow ? sizes.numbers : 0);
  counter(run, {narrow ? counter_from : box.max.x - sizes.margin, counter_y},
          counter_to - counter_from, narrow, frame);
  // Where the now line has no room for the time, it stands here.
  if (sizes.pill == 0) {
    const Type type = {frame.fonts.mono, sizes.small, frame.colour.ink};
    const std::string time = core::clock_text(run.now());
    group(frame, "clock", app::Say(Text::stage_header_time).with("time", time).text(),
          text(frame, type, {box.max.x - sizes.margin, counter_y - sizes.small / 2}, Align::Right,
               time));
  }
  frame.draw.AddLine({box.min.x, box.max.y}, box.max, frame.colour.line, sizes.hairline);
}

}  // namespace ui
