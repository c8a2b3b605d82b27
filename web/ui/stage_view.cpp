#include "ui/ladder/ladder_layout.hpp"
#include "ui/views.hpp"

namespace ui {

void stage_view(const app::Model& model, float caption_height, Frame& frame) {
  const StageLayout layout = stage_layout(frame, caption_height);
  header_view(model, layout.header, frame);
  ladder_view(model, layout.ladder, frame);
  transport_view(model, layout.transport, frame);
}

}  // namespace ui
