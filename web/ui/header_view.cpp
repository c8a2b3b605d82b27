#include "core/base/text.hpp"
#include "core/narrate/narrate.hpp"
#include "ui/ladder/ladder_layout.hpp"
#include "ui/views.hpp"

namespace ui {
namespace {

/// How many segments have arrived or died so far, and of those how many were lost or repeats.
struct Count {
  int past = 0;
  int lost = 0;
  int repeated = 0;
};

Count count(const app::Model& model) {
  const core::Timeline& timeline = model.timeline;
  const std::vector<Flight> all = flights(timeline);
  Count out;
  for (const core::Transmission& sent : timeline.segments) {
    const Flight& flight = all[static_cast<std::size_t>(sent.number) - 1];
    if (!flight.ends || *flight.ends > model.step) continue;
    ++out.past;
    out.lost += flight.lost ? 1 : 0;
    out.repeated += sent.repeated ? 1 : 0;
  }
  return out;
}

std::string losses(const Count& counted, std::string_view between) {
  std::string out;
  if (counted.lost > 0) out = std::to_string(counted.lost) + " lost";
  if (counted.repeated > 0) {
    if (!out.empty()) out += between;
    out += std::to_string(counted.repeated) + " repeated";
  }
  return out;
}

/// "segments 4/4", and beside it what was lost and repeated, if it fits into the room there is.
/// Ends at the right edge on a wide stage, begins at the left edge on a narrow one.
void counter(const app::Model& model, ImVec2 at, float room, bool narrow, Frame& frame) {
  const Sizes& sizes = frame.sizes;
  const Count counted = count(model);
  const std::string total = std::to_string(model.timeline.segments.size());
  const std::string past = std::to_string(counted.past);
  const Type small = {frame.fonts.text, sizes.small, frame.colour.faint};
  const Type big = {frame.fonts.bold, sizes.title, frame.colour.ink};
  const std::string number = past + "/" + total;
  const std::string more = losses(counted, " · ");
  const float label = width_of(small, "segments ");
  const float whole = label + width_of(big, number);
  const float left = narrow ? at.x : at.x - whole;
  const float top = at.y - sizes.title / 2;
  text(frame, small, {left, top + sizes.title - sizes.small - 1}, Align::Left, "segments ");
  Box box = text(frame, big, {left + label, top}, Align::Left, number);
  box.min.x = left;
  if (!more.empty() && whole + sizes.margin + width_of(small, more) <= room) {
    const ImVec2 place = narrow ? ImVec2(box.max.x + sizes.gap, top + sizes.title - sizes.small - 1)
                                : ImVec2(left - sizes.margin, top + sizes.title - sizes.small - 1);
    const Box extra = text(frame, small, place, narrow ? Align::Left : Align::Right, more);
    box.min.x = std::min(box.min.x, extra.min.x);
    box.max.x = std::max(box.max.x, extra.max.x);
  }
  const std::string said = losses(counted, ", ");
  group(frame, "segments", "Segments " + past + " of " + total + (said.empty() ? "" : ", " + said),
        box);
}

}  // namespace

void header_view(const app::Model& model, const Box& box, Frame& frame) {
  const Sizes& sizes = frame.sizes;
  const bool narrow = sizes.two_rows;
  const float top = narrow ? box.min.y + sizes.gap * 0.75F : box.centre().y - sizes.button / 2;
  const float bottom = top + sizes.button;

  // The reader's own file comes first. No id of the catalogue looks like its value.
  constexpr std::string_view own = "(file)";
  std::vector<Option> options;
  if (model.file) {
    options.push_back({"Your file", std::string(own), model.file->title, app::ShowFile{}});
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
  select(frame, "scenario", "Scenario", model.shows_file ? own : shown.id, shown.title,
         std::move(options), {{left, top}, {left + width, bottom}});
  left += width + sizes.gap;
  button(frame,
         {.id = "numbers",
          .name = "Real sequence numbers",
          .label = model.real_numbers ? "seq = 100" : "seq = u",
          .pressed = model.real_numbers,
          .command = app::ToggleNumbers{}},
         {{left, top}, {left + sizes.numbers, bottom}});
  left += sizes.numbers + sizes.gap;
  button(frame, {.id = "help", .name = "Help", .icon = Icon::Help},
         {{left, top}, {left + sizes.button, bottom}});

  const float counter_y = narrow ? (bottom + box.max.y) / 2 : box.centre().y;
  const float counter_from = narrow ? box.min.x + sizes.margin : left + sizes.button + sizes.gap;
  const float counter_to = box.max.x - sizes.margin - (narrow ? sizes.numbers : 0);
  counter(model, {narrow ? counter_from : box.max.x - sizes.margin, counter_y},
          counter_to - counter_from, narrow, frame);
  // Where the now line has no room for the time, it stands here.
  if (sizes.pill == 0) {
    const Type type = {frame.fonts.mono, sizes.small, frame.colour.ink};
    const std::string time = core::clock_text(model.now());
    group(frame, "clock", "Time " + time,
          text(frame, type, {box.max.x - sizes.margin, counter_y - sizes.small / 2}, Align::Right,
               time));
  }
  frame.draw.AddLine({box.min.x, box.max.y}, box.max, frame.colour.line, sizes.hairline);
}

}  // namespace ui
