// How far apart the rows of a ladder stand.
#include "ui/ladder/ladder_rows.hpp"

#include "core/scenario/catalogue.hpp"
#include "core/sim/simulation.hpp"
#include "runs.hpp"
#include "ui/ladder/row_plan.hpp"

#include <doctest/doctest.h>

#include <array>
#include <cmath>
#include <string>

namespace {

/// The rows of a run in a room.
struct Placed {
  Placed(core::Run from, const ui::Sizes& made, float room)
      : run(std::move(from)),
        timeline(core::simulate(run)),
        facts(app::facts_of(run, timeline)),
        sizes(made) {
    rows.show(view(), {.run = 1, .sizes = &sizes, .room = room});
  }
  [[nodiscard]] app::RunView view() const { return {.timeline = timeline, .facts = facts}; }
  [[nodiscard]] int steps() const { return static_cast<int>(timeline.steps.size()); }
  [[nodiscard]] float gap(int step) const { return rows.below(step + 1) - rows.below(step); }

  core::Run run;
  core::Timeline timeline;
  app::RunFacts facts;
  const ui::Sizes& sizes;
  ui::LadderRows rows;
};

Placed story(std::string_view id, float room, const ui::Sizes& sizes = ui::wide_sizes) {
  return {runs::of(id), sizes, room};
}

constexpr float no_room = 0;
constexpr float much_room = 5000;
constexpr std::array all_sizes = {&ui::wide_sizes, &ui::medium_sizes, &ui::narrow_sizes};

}  // namespace

TEST_CASE("an answer stands half a row below its cause, a segment has a whole row") {
  const ui::Sizes& sizes = ui::wide_sizes;
  for (const float room : {no_room, much_room}) {
    CAPTURE(room);
    const Placed normal = story("normal-close", room);
    const float row = room == no_room ? sizes.row_least : sizes.row_most;
    CHECK(normal.gap(2) == doctest::Approx(row));      // the FIN
    CHECK(normal.gap(3) == doctest::Approx(row / 2));  // its ACK leaves at once
    CHECK(normal.gap(4) == doctest::Approx(row));
  }
}

TEST_CASE("a fold, the half-closed words and a segment out of the network have their room") {
  const ui::Sizes& sizes = ui::wide_sizes;
  const Placed lost = story("lost-final-ack", no_room);
  CHECK(lost.gap(10) == doctest::Approx(sizes.fold + sizes.along));  // the FIN leaves again
  CHECK(lost.gap(15) >= sizes.fold);
  CHECK(lost.gap(15) < sizes.fold + sizes.along);
  CHECK(lost.gap(6) == doctest::Approx(sizes.small + sizes.along));
  const Placed forged = story("blind-reset", no_room);
  int seen = 0;
  for (int step = 1; step < forged.steps(); ++step) {
    for (const app::Mark& mark : forged.facts.row(step + 1).marks) {
      const auto* arrow = std::get_if<app::ArrowMark>(&mark);
      if (arrow == nullptr || !arrow->of_network) continue;
      CHECK(forged.gap(step) >= sizes.row_least + sizes.network_room);
      CHECK(forged.gap(step) < 2 * sizes.row_least + sizes.network_room);
      ++seen;
    }
  }
  CHECK(seen > 0);
}

TEST_CASE(
    "in no story do the words of one side run into each other, however little room there is") {
  for (const core::CatalogueFile& file : core::catalogue()) {
    for (const ui::Sizes* sizes : all_sizes) {
      CAPTURE(file.name);
      CAPTURE(sizes->small);
      const Placed placed(runs::of(file.id()), *sizes, no_room);
      for (const std::size_t side : {0U, 1U}) {
        float covered = -placed.rows.head();
        for (int step = 1; step <= placed.steps(); ++step) {
          const auto reach = ui::plan_of(placed.facts.row(step), *sizes).reaches[side];
          if (reach.above > 0) CHECK(placed.rows.below(step) - reach.above >= covered);
          if (reach.below > 0) covered = placed.rows.below(step) + reach.below;
        }
        CHECK(covered <= placed.rows.covered(side == 0 ? core::Side::Client : core::Side::Server));
        CHECK(covered <= placed.rows.whole() - placed.rows.head());
      }
    }
  }
}

TEST_CASE("rows share the room that is left, and no more") {
  for (const core::CatalogueFile& file : core::catalogue()) {
    CAPTURE(file.name);
    const float least = Placed(runs::of(file.id()), ui::wide_sizes, no_room).rows.whole();
    const Placed some(runs::of(file.id()), ui::wide_sizes, least + 60);
    CHECK(std::abs(some.rows.whole() - (least + 60)) <= 0.5F);
    const Placed much(runs::of(file.id()), ui::wide_sizes, much_room);
    CHECK(much.rows.whole() < much_room);
  }
}

TEST_CASE("a state that lasts has room for its words below the last row") {
  const auto room_below = [](const Placed& placed, core::Side side) {
    return placed.rows.whole() - placed.rows.head() - placed.rows.covered(side);
  };
  const float lines = 2 * ui::wide_sizes.line();
  CHECK(room_below(story("close-wait-leak", no_room), core::Side::Server) >= lines);
  CHECK(room_below(story("normal-close", no_room), core::Side::Client) < lines);
}

TEST_CASE("between two steps a height changes evenly, and is found again") {
  const Placed normal = story("normal-close", much_room);
  const float from = normal.rows.below(2);
  const float to = normal.rows.below(3);
  CHECK(normal.rows.below(2.25F) == doctest::Approx(from + (to - from) / 4));
  CHECK(normal.rows.below(0.5F) == 0);
  CHECK(normal.rows.below(99.0F) == normal.rows.below(12));
  CHECK(normal.rows.last_above(-1) == 0);
  CHECK(normal.rows.last_above(0) == 1);
  CHECK(normal.rows.last_above(to - 1) == 2);
  CHECK(normal.rows.last_above(to) == 3);
}

TEST_CASE("labels have two lines only where an answer stands far enough from its cause") {
  CHECK(story("normal-close", much_room).rows.has_room_for_two_lines());
  CHECK_FALSE(story("normal-close", no_room).rows.has_room_for_two_lines());
}

TEST_CASE("the rows are those of the run and the room that are shown") {
  Placed normal = story("normal-close", much_room);
  const float before = normal.rows.whole();
  normal.rows.show(normal.view(), {.run = 1, .sizes = &normal.sizes, .room = no_room});
  CHECK(normal.rows.whole() < before);
  normal.rows.show(normal.view(), {.run = 1, .sizes = &ui::narrow_sizes, .room = much_room});
  CHECK(normal.rows.shown().sizes == &ui::narrow_sizes);
}
