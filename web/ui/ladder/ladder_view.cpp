#include "ui/ladder/ladder_view.hpp"

#include "core/base/message.hpp"
#include "ui/ladder/ghost.hpp"
#include "ui/ladder/heading.hpp"
#include "ui/ladder/lifelines.hpp"
#include "ui/ladder/notes.hpp"
#include "ui/ladder/row_plan.hpp"
#include "ui/ladder/segments.hpp"
#include "ui/ladder/waits.hpp"

#include <variant>

namespace ui {
namespace {

/// Draws the marks of one row.
struct DrawMark {
  const LadderScene& scene;
  int step;
  float height;  ///< of the mark, from the row

  void operator()(const app::Badge& badge) const { draw_badge(scene, step, badge); }
  void operator()(const app::Note& note) const { draw_note(scene, step, note, height); }
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

/// The columns that the words of a run need: they are set in letters of one width.
std::array<SideColumns, 2> columns_of(const app::RunView& run, const Frame& frame) {
  const Sizes& sizes = frame.sizes;
  const auto wide = [&](ImFont* font, int characters) {
    const Type type = {font, sizes.small, 0};
    return width_of(type, "0") * static_cast<float>(characters);
  };
  std::array<SideColumns, 2> out;
  for (const core::Side side : sides) {
    const app::LongestWords& longest = run.facts.longest[core::index(side)];
    SideColumns& columns = out[core::index(side)];
    columns.states = std::max(wide(frame.fonts.mono_bold, longest.state) + 2 * sizes.badge_padding,
                              wide(frame.fonts.mono, sizes.has_lane ? longest.note : 0));
    if (sizes.has_lane && longest.application > 0) {
      const Type heading = {frame.fonts.text, sizes.small, 0};
      columns.lane = std::max(wide(frame.fonts.mono, longest.application),
                              width_of(heading, core::render(core::Text::stage_end_lane)));
    }
  }
  return out;
}

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

void ladder_view(const app::RunView& run, const LadderRoom& room, LadderMemory& memory,
                 Frame& frame) {
  const LadderLayout layout(run, frame.sizes, room, columns_of(run, frame), memory.rows);
  const auto [first, last] = layout.drawn();
  memory.labels.show({.run = run.run,
                      .real_numbers = run.real_numbers,
                      .pixel_ratio = ImGui::GetIO().DisplayFramebufferScale.x,
                      .geometry = layout.unscrolled(),
                      .rows = memory.rows.shown()});
  const LadderScene scene = {.run = run,
                             .frame = frame,
                             .sizes = frame.sizes,
                             .layout = layout,
                             .labels = memory.labels,
                             .arrows = LadderArrows(run, layout.geometry()),
                             .first = first,
                             .last = last};
  // From back to front.
  draw_heading(scene);
  list(frame, "ladder", core::render(core::Text::stage_ladder_name), layout.rows(), layout.above(),
       layout.above() * (1 - run.scroll));
  frame.draw.PushClipRect(layout.rows().min, layout.rows().max, true);
  draw_ghost(scene);
  draw_band(scene);
  draw_now_line(scene);
  draw_lifelines(scene);
  draw_under_way(scene);
  for (int step = first; step <= last; ++step) {
    const app::Row& row = run.facts.row(step);
    const RowPlan plan = plan_of(row, frame.sizes);
    for (std::size_t i = 0; i < row.marks.size(); ++i) {
      std::visit(DrawMark{scene, step, plan.heights[i]}, row.marks[i]);
    }
    if (row.folded_after) draw_fold(scene, step);
  }
  draw_open_ends(scene);
  draw_fade(scene);
  frame.draw.PopClipRect();
}

}  // namespace ui
