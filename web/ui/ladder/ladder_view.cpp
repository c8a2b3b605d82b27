#include "ui/ladder/ladder_view.hpp"

#include "core/base/message.hpp"
#include "ui/ladder/heading.hpp"
#include "ui/ladder/lifelines.hpp"
#include "ui/ladder/notes.hpp"
#include "ui/ladder/segments.hpp"

#include <variant>

namespace ui {
namespace {

/// Draws the marks of one row.
struct DrawMark {
  const LadderScene& scene;
  int step;

  void operator()(const app::Badge& badge) const { draw_badge(scene, step, badge); }
  void operator()(const app::Note& note) const { draw_note(scene, step, note); }
  void operator()(const app::HalfClosedMark& mark) const {
    draw_half_closed(scene, step, mark.open);
  }
  void operator()(const app::ArrowMark& mark) const {
    if (mark.of_network) {
      draw_segment_of_network(scene, mark.segment);
    } else {
      draw_segment(scene, mark.segment);
    }
  }
};

/// Segments that left before the first row that is drawn, and end in it or below.
void draw_under_way(const LadderScene& scene) {
  const app::RunView& run = scene.run;
  for (const int segment : run.facts.arrows_between(scene.first, scene.first - 1)) {
    const bool ends =
        run.facts.flight(segment).ends.has_value() || run.facts.bundle(segment) != nullptr;
    if (ends && !run.timeline.segment(segment).of_network()) draw_segment(scene, segment);
  }
}

}  // namespace

void ladder_view(const app::RunView& run, const Box& box, LadderLabels& labels, Frame& frame) {
  const LadderLayout layout(run, frame.sizes, box);
  const auto [first, last] = layout.drawn();
  labels.show({.run = run.run,
               .real_numbers = run.real_numbers,
               .pixel_ratio = ImGui::GetIO().DisplayFramebufferScale.x,
               .geometry = layout.unscrolled()});
  const LadderScene scene = {.run = run,
                             .frame = frame,
                             .sizes = frame.sizes,
                             .layout = layout,
                             .labels = labels,
                             .arrows = LadderArrows(run, layout.geometry()),
                             .first = first,
                             .last = last};
  // From back to front.
  draw_heading(scene);
  list(frame, "ladder", core::render(core::Text::stage_ladder_name), layout.rows(), layout.above(),
       layout.above() * (1 - run.scroll));
  frame.draw.PushClipRect(layout.rows().min, layout.rows().max, true);
  draw_band(scene);
  draw_now_line(scene);
  draw_lifelines(scene);
  draw_under_way(scene);
  for (int step = first; step <= last; ++step) {
    const app::Row& row = run.facts.row(step);
    for (const app::Mark& mark : row.marks) std::visit(DrawMark{scene, step}, mark);
    const bool past = step < run.step || run.position() > static_cast<float>(step);
    if (row.folded_after && past) draw_fold(scene, step);
  }
  draw_fade(scene);
  frame.draw.PopClipRect();
}

}  // namespace ui
