#include "ui/ladder/ladder_view.hpp"
#include "ui/views.hpp"

#include <algorithm>

namespace ui {

void stage_view(const app::Model& model, float caption_height, LadderLabels& labels, Frame& frame) {
  const float header_bottom = frame.min.y + frame.sizes.header;
  const float transport_top = frame.max.y - frame.sizes.transport;
  const float ladder_bottom = std::max(header_bottom, transport_top - caption_height);
  header_view(model, {frame.min, {frame.max.x, header_bottom}}, frame);
  ladder_view(model.view(), {{frame.min.x, header_bottom}, {frame.max.x, ladder_bottom}}, labels,
              frame);
  transport_view(model, {{frame.min.x, transport_top}, frame.max}, frame);
}

}  // namespace ui
