#include "ui/ladder/ghost.hpp"

#include "ui/ladder/notes.hpp"
#include "ui/ladder/segments.hpp"

#include <algorithm>
#include <variant>

namespace ui {
namespace {

/// The lifelines, to where the run ends or goes out of view.
void draw_lines(const LadderScene& scene) {
  const float end = std::min(scene.layout.y(scene.run.steps()), scene.layout.rows().max.y);
  for (const core::Side side : sides) {
    const float x = scene.layout.x(side);
    const float half = scene.sizes.lifeline / 2;
    scene.frame.draw.AddRectFilled({x - half, scene.layout.y(scene.run.step)}, {x + half, end},
                                   scene.frame.colour.ghost);
  }
}

void draw_arrow(const LadderScene& scene, int segment) {
  const app::Bundle* bundle = scene.run.facts.bundle(segment);
  const bool of_network = scene.run.timeline.segment(segment).of_network();
  const Arrow arrow =
      bundle != nullptr || of_network ? scene.arrows.labelled(segment) : scene.arrows.of(segment);
  const bool lost = bundle == nullptr && scene.run.facts.flight(segment).lost;
  const Point tip = lost ? between(arrow.from, arrow.to, scene.sizes.dies_at) : arrow.to;
  const ImU32 colour = scene.frame.colour.ghost;
  scene.frame.draw.AddLine({arrow.from.x, arrow.from.y}, {tip.x, tip.y}, colour, scene.sizes.arrow);
  end_arrow(scene.frame, {arrow.from.x, arrow.from.y}, {tip.x, tip.y}, colour, lost);
}

}  // namespace

void draw_ghost(const LadderScene& scene) {
  if (!scene.run.preview || scene.run.step == scene.run.steps()) return;
  draw_lines(scene);
  const int last = std::min(scene.layout.last_in_view() + 1, scene.run.steps());
  for (const int segment : scene.run.facts.arrows_between(scene.run.step, last)) {
    draw_arrow(scene, segment);
  }
  for (int step = scene.run.step + 1; step <= last; ++step) {
    for (const app::Mark& mark : scene.run.facts.row(step).marks) {
      const auto* badge = std::get_if<app::Badge>(&mark);
      if (badge == nullptr) continue;
      const Box box = badge_box(scene, step, *badge);
      const float round = scene.sizes.badge_height / 2;
      scene.frame.draw.AddRectFilled(box.min, box.max, scene.frame.colour.paper, round);
      scene.frame.draw.AddRect(box.min, box.max, scene.frame.colour.ghost, round, 0,
                               scene.sizes.hairline);
    }
  }
}

}  // namespace ui
