#include "ui/ladder/ladder_layout.hpp"

#include <algorithm>
#include <array>
#include <cmath>

namespace ui {

StageLayout stage_layout(const Frame& frame, float caption_height) {
  const float transport_top = frame.max.y - frame.sizes.transport;
  const float header_bottom = frame.min.y + frame.sizes.header;
  const float ladder_bottom = std::max(header_bottom, transport_top - caption_height);
  return {.header = {frame.min, {frame.max.x, header_bottom}},
          .ladder = {{frame.min.x, header_bottom}, {frame.max.x, ladder_bottom}},
          .transport = {{frame.min.x, transport_top}, frame.max}};
}

std::vector<Flight> flights(const core::Timeline& timeline) {
  std::vector<Flight> out(timeline.segments.size());
  const auto of = [&](int number) -> Flight& { return out[static_cast<std::size_t>(number) - 1]; };
  for (const core::Step& step : timeline.steps) {
    for (std::size_t i = step.records.first; i < step.records.last; ++i) {
      const auto& what = timeline.records[i].what;
      if (const auto* sent = std::get_if<core::Sent>(&what)) {
        of(sent->segment).leaves = step.number;
      } else if (const auto* received = std::get_if<core::Received>(&what)) {
        of(received->segment).ends = step.number;
      } else if (const auto* lost = std::get_if<core::Lost>(&what)) {
        of(lost->segment).ends = step.number;
        of(lost->segment).lost = true;
      }
    }
  }
  for (Flight& flight : out) {
    if (flight.leaves == 0) flight.leaves = flight.ends.value_or(0);
  }
  return out;
}

bool is_countdown(const core::TimerChange& change) {
  const bool runs =
      change.what == core::TimerAction::Start || change.what == core::TimerAction::Restart;
  return runs && (change.timer == core::Timer::TimeWait || change.timer == core::Timer::FinWait2);
}

namespace {

/// How many records of a step at one end are of a kind.
template <typename Is>
int count(const app::Model& model, int number, core::Side side, const Is& is) {
  const core::RecordRange range = model.at(number).records;
  int out = 0;
  for (std::size_t i = range.first; i < range.last; ++i) {
    const core::Record& record = model.timeline.records[i];
    if (record.side == side && is(record.what)) ++out;
  }
  return out;
}

/// What is written below a badge: what the application learns, a countdown, a new connection.
bool is_note(const decltype(core::Record::what)& what) {
  const auto* timer = std::get_if<core::TimerChanged>(&what);
  const auto* changed = std::get_if<core::StateChanged>(&what);
  return std::holds_alternative<core::Signalled>(what) ||
         (timer != nullptr && is_countdown(timer->change)) ||
         (changed != nullptr && core::opening(changed->to));
}

/// What is written above one: a call, a host that goes or comes, a timer that runs out.
bool is_call(const decltype(core::Record::what)& what) {
  const auto* timer = std::get_if<core::TimerChanged>(&what);
  return std::holds_alternative<core::Called>(what) ||
         std::holds_alternative<core::HostChanged>(what) ||
         (timer != nullptr && timer->change.what == core::TimerAction::Expire);
}

/// A segment out of the network needs room above the row in which it arrives.
bool out_of_network(const app::Model& model, int number) {
  const core::RecordRange range = model.at(number).records;
  for (std::size_t i = range.first; i < range.last; ++i) {
    const auto& what = model.timeline.records[i].what;
    const auto* received = std::get_if<core::Received>(&what);
    const auto* lost = std::get_if<core::Lost>(&what);
    if (received == nullptr && lost == nullptr) continue;
    const core::Transmission& sent =
        model.timeline.segment(received != nullptr ? received->segment : lost->segment);
    if (sent.of_network()) return true;
  }
  return false;
}

/// How many rows lie between a step and the next one. Notes below one badge and a call above the
/// next at the same end need more than one; so do two notes under each other.
float rows_after(const app::Model& model, int number) {
  float rows = model.folded_after(number) ? 2 : 1;
  if (out_of_network(model, number + 1)) rows += 0.7F;
  int lines = 0;
  for (const core::Side side : {core::Side::Client, core::Side::Server}) {
    const int notes = count(model, number, side, is_note);
    const int calls = count(model, number + 1, side, is_call);
    lines = std::max(lines, notes > 0 ? notes + calls : 0);
  }
  return rows + 0.5F * static_cast<float>(std::max(0, lines - 1));
}

}  // namespace

LadderLayout::LadderLayout(const app::Model& model, const Frame& frame, const Box& box,
                           const std::vector<Flight>& flights)
    : box_(box) {
  const Sizes& sizes = frame.sizes;
  client_x_ = box.min.x + sizes.side;
  server_x_ = box.max.x - sizes.side;
  const float high = 2 * sizes.pipe + sizes.gap / 2;
  const float top = box.min.y + sizes.gap;
  const float between = server_x_ - client_x_ - 2 * sizes.pipe_inset;
  const bool below = between < sizes.pipe_least;
  const float inset = below ? sizes.gap : sizes.pipe_inset;
  const float pipes_top = below ? top + sizes.title + sizes.small + sizes.gap : top;
  pipes_ = {{client_x_ + inset, pipes_top}, {server_x_ - inset, pipes_top + high}};
  rows_ = {{box.min.x, std::max(box.min.y + sizes.heading, pipes_.max.y + sizes.gap)}, box.max};

  float depth = 0;
  for (int number = 1; number <= model.steps(); ++number) {
    depth_.push_back(depth);
    if (number < model.steps()) depth += rows_after(model, number);
  }
  // Rows fill the room there is; a run that is too long for it scrolls with the current step, by
  // whole rows, so that no badge is cut.
  constexpr float head_room = 0.6F;
  constexpr float foot_room = 0.55F;
  const float room = rows_.max.y - rows_.min.y;
  row_ =
      std::clamp(room / (depth_.back() + head_room + foot_room), sizes.row_least, sizes.row_most);
  top_ = rows_.min.y + row_ * head_room;
  // The next row stays in view as well, and as far as there is room all of a segment that leaves
  // now: it is labelled there.
  float ahead = model.position() + 1;
  const float room_ahead = y(1) + room - row_ * (head_room + foot_room);
  for (const Flight& flight : flights) {
    const auto ends = static_cast<float>(flight.ends.value_or(flight.leaves));
    const bool fits = y(ends) - y(model.position()) <= room_ahead;
    if (flight.leaves <= model.step && fits) ahead = std::max(ahead, ends);
  }
  const float overflow = y(ahead) + row_ * foot_room - rows_.max.y;
  // Rows that fill the room exactly may miss it by a rounding.
  constexpr float rounding = 0.5F;
  if (overflow <= rounding) return;
  const auto gone =
      std::ranges::find_if(depth_, [&](float rows) { return rows * row_ >= overflow; });
  above_ = std::round((gone == depth_.end() ? depth_.back() : *gone) * row_);
  top_ -= above_ * (1 - model.scroll);
}

float LadderLayout::y(float step) const {
  const float last = static_cast<float>(depth_.size());
  const float at = std::clamp(step, 1.0F, last);
  const auto index = static_cast<std::size_t>(at) - 1;
  const float from = depth_[index];
  const float to = index + 1 < depth_.size() ? depth_[index + 1] : from;
  return top_ + (from + (to - from) * (at - std::floor(at))) * row_;
}

}  // namespace ui
