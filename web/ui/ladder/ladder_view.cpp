#include "ui/ladder/ladder_view.hpp"

#include "core/base/message.hpp"
#include "ui/ladder/heading.hpp"
#include "ui/ladder/lifelines.hpp"
#include "ui/ladder/notes.hpp"
#include "ui/ladder/segments.hpp"

#include <variant>
#include <vector>

namespace ui {
namespace {

/// Draws the marks of one row.
struct DrawMark {
  const LadderScene& scene;
  int step;
  std::vector<OrientedBox>& labels;

  void operator()(const app::Badge& badge) const { draw_badge(scene, step, badge); }
  void operator()(const app::Note& note) const { draw_note(scene, step, note); }
  void operator()(const app::HalfClosedMark& mark) const {
    draw_half_closed(scene, step, mark.open);
  }
  void operator()(const app::ArrowMark& mark) const {
    if (mark.of_network) {
      draw_segment_of_network(scene, mark.segment, labels);
    } else {
      draw_segment(scene, mark.segment, labels);
    }
  }
};

/// Segments that left before the first row that is drawn, and end in it or below.
void draw_under_way(const LadderScene& scene, std::vector<OrientedBox>& labels) {
  const app::RunView& run = scene.run;
  for (const int segment : run.facts.segments_between(scene.first, scene.first - 1)) {
    const bool ends = run.facts.flight(segment).ends.has_value();
    if (ends && !run.timeline.segment(segment).of_network()) {
      draw_segment(scene, segment, labels);
    }
  }
}

}  // namespace

void ladder_view(const app::RunView& run, const Box& box, Frame& frame) {
  const LadderLayout layout(run, frame.sizes, box);
  const auto [first, last] = layout.drawn();
  const LadderScene scene = {run, frame, frame.sizes, layout, first, last};
  // From back to front.
  draw_heading(scene);
  list(frame, "ladder", core::render(core::Text::stage_ladder_name), layout.rows(), layout.above(),
       layout.above() * (1 - run.scroll));
  frame.draw.PushClipRect(layout.rows().min, layout.rows().max, true);
  draw_band(scene);
  draw_now_line(scene);
  draw_lifelines(scene);
  std::vector<OrientedBox> labels;  // what the arrows' words cover so far
  draw_under_way(scene, labels);
  for (int step = first; step <= last; ++step) {
    const app::Row& row = run.facts.row(step);
    for (const app::Mark& mark : row.marks) std::visit(DrawMark{scene, step, labels}, mark);
    const bool past = step < run.step || run.position() > static_cast<float>(step);
    if (row.folded_after && past) draw_fold(scene, step);
  }
  draw_fade(scene);
  frame.draw.PopClipRect();
}

}  // namespace ui
