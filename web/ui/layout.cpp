#include "ui/layout.hpp"

#include <algorithm>

namespace ui {

StageLayout stage_layout(ImVec2 min, ImVec2 max, float caption_height) {
  const float transport_top = max.y - sizes.transport;
  const float ladder_bottom = std::max(min.y, transport_top - caption_height);
  return {.ladder_min = min,
          .ladder_max = {max.x, ladder_bottom},
          .transport_min = {min.x, transport_top},
          .transport_max = max};
}

LadderLayout::LadderLayout(const core::Timeline& timeline, ImVec2 min, ImVec2 max,
                           int current_step) {
  const float side = max.x - min.x < sizes.narrow ? sizes.side_narrow : sizes.side;
  client_x_ = min.x + side;
  server_x_ = max.x - side;
  clip_min_ = {min.x, min.y + sizes.heading};
  clip_max_ = max;
  top_ = clip_min_.y + sizes.row / 2;

  // The current step stays in view, with a row to spare below it.
  const float rows = static_cast<float>(timeline.steps.size());
  const float room = max.y - clip_min_.y;
  const float most = std::max(0.0F, (rows + 1) * sizes.row - room);
  const float wanted = (static_cast<float>(current_step) + 1.5F) * sizes.row - room;
  scroll_ = std::clamp(wanted, 0.0F, most);

  flights_.resize(timeline.segments.size());
  for (const core::Step& step : timeline.steps) {
    for (std::size_t i = step.records.first; i < step.records.last; ++i) {
      const auto& what = timeline.records[i].what;
      if (const auto* sent = std::get_if<core::Sent>(&what)) {
        flights_[static_cast<std::size_t>(sent->segment) - 1].leaves = step.number;
      } else if (const auto* received = std::get_if<core::Received>(&what)) {
        flights_[static_cast<std::size_t>(received->segment) - 1].ends = step.number;
      } else if (const auto* lost = std::get_if<core::Lost>(&what)) {
        Flight& flight = flights_[static_cast<std::size_t>(lost->segment) - 1];
        flight.ends = step.number;
        flight.lost = true;
      }
    }
  }
}

}  // namespace ui
