#include "ui/views.hpp"

#include <algorithm>

namespace ui {

void stage_view(const app::Model& model, const CaptionSize& caption, LadderMemory& memory,
                Frame& frame) {
  const float header_bottom = frame.min.y + frame.sizes.header;
  const float transport_top = frame.max.y - frame.sizes.transport;
  const float ladder_bottom = std::max(header_bottom, transport_top - caption.room);
  header_view(model, {frame.min, {frame.max.x, header_bottom}}, frame);
  ladder_view(model.view(),
              {.box = {{frame.min.x, header_bottom}, {frame.max.x, ladder_bottom}},
               .covered = std::max(0.0F, caption.height - caption.room)},
              memory, frame);
  transport_view(model, {{frame.min.x, transport_top}, frame.max}, frame);
}

}  // namespace ui
