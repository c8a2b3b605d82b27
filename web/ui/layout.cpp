#include "ui/layout.hpp"

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
  return out;
}

namespace {

/// A note below one row's badge and a call above the next one's, at the same end: they need more
/// room between them than two rows have.
bool crowded_after(const app::Model& model, int number) {
  if (number == model.steps()) return false;
  const auto any = [&](const core::Step& step, core::Side side, const auto& is) {
    const auto first = model.timeline.records.begin();
    return std::any_of(
        first + static_cast<std::ptrdiff_t>(step.records.first),
        first + static_cast<std::ptrdiff_t>(step.records.last),
        [&](const core::Record& record) { return record.side == side && is(record.what); });
  };
  const auto is_note = [](const auto& what) {
    return std::holds_alternative<core::Signalled>(what) ||
           std::holds_alternative<core::TimerChanged>(what);
  };
  const auto is_call = [](const auto& what) { return std::holds_alternative<core::Called>(what); };
  return std::ranges::any_of(
      std::array{core::Side::Client, core::Side::Server}, [&](core::Side side) {
        return any(model.at(number), side, is_note) && any(model.at(number + 1), side, is_call);
      });
}

}  // namespace

LadderLayout::LadderLayout(const app::Model& model, const Frame& frame, const Box& box)
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
    depth += model.folded_after(number) ? 2 : 1;
    if (crowded_after(model, number)) depth += 0.5F;
  }
  // Rows fill the room there is; a run that is too long for it scrolls with the current step, by
  // whole rows, so that no badge is cut.
  constexpr float head_room = 0.6F;
  constexpr float foot_room = 0.55F;
  const float room = rows_.max.y - rows_.min.y;
  row_ =
      std::clamp(room / (depth_.back() + head_room + foot_room), sizes.row_least, sizes.row_most);
  top_ = rows_.min.y + row_ * head_room;
  // The next row stays in view as well: a segment that leaves now is labelled there.
  const float overflow = y(model.position() + 1) + row_ * foot_room - rows_.max.y;
  if (overflow <= 0) return;
  const auto gone =
      std::ranges::find_if(depth_, [&](float rows) { return rows * row_ >= overflow; });
  top_ -= std::round((gone == depth_.end() ? depth_.back() : *gone) * row_);
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
