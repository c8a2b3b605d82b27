// At what height the badges and notes of a row stand.
#include "ui/ladder/row_plan.hpp"

#include <doctest/doctest.h>

#include <string>
#include <vector>

namespace {

constexpr auto client = core::Side::Client;
constexpr auto server = core::Side::Server;

app::Badge badge(core::Side side) {
  return {side, core::State::TimeWait};
}
app::Note note(core::Side side, app::NotePlace place, bool of_application = false) {
  return {.side = side, .place = place, .of_application = of_application};
}

constexpr ui::Sizes sizes = {.small = 12, .hairline = 1, .badge_height = 18};
constexpr ui::Sizes without_lane = {
    .has_lane = false, .small = 12, .hairline = 1, .badge_height = 18};

}  // namespace

TEST_CASE("notes stand in the place of a badge, above it and below it") {
  using enum app::NotePlace;
  struct Row {
    std::string name;
    std::vector<app::Mark> marks;
    std::vector<float> heights;
    float above;
    float below;
  };
  const Row rows[] = {
      {"nothing", {}, {}, 0, 0},
      {"a badge", {badge(client)}, {0}, 9, 9},
      {"a note above a badge", {note(client, Above), badge(client)}, {-15.5F, 0}, 22, 9},
      {"two notes below a badge",
       {badge(client), note(client, Below), note(client, Below)},
       {0, 15.5F, 28.5F},
       9,
       35},
      {"what would stand above, without a badge", {note(client, Above)}, {0}, 6.5F, 6.5F},
      {"beside, and one below", {note(client, Middle), note(client, Below)}, {0, 15.5F}, 6.5F, 22},
      {"below, without a badge", {note(client, Below)}, {15.5F}, 0, 22},
  };
  for (const Row& row : rows) {
    CAPTURE(row.name);
    const ui::RowPlan plan = ui::plan_of({.marks = row.marks}, sizes);
    CHECK(plan.heights == row.heights);
    CHECK(plan.reaches[0].above == row.above);
    CHECK(plan.reaches[0].below == row.below);
    CHECK(plan.reaches[1].below == 0);
  }
}

TEST_CASE("the application has a lane of its own, level with the row, where there is one") {
  const app::Row row = {.marks = {note(server, app::NotePlace::Above, true), badge(server),
                                  note(server, app::NotePlace::Below, true)}};
  const ui::RowPlan wide = ui::plan_of(row, sizes);
  CHECK(wide.heights == std::vector<float>{0, 0, 13});
  CHECK(wide.reaches[1].above == 9);
  CHECK(wide.reaches[1].below == 19.5F);
  const ui::RowPlan narrow = ui::plan_of(row, without_lane);
  CHECK(narrow.heights == std::vector<float>{-15.5F, 0, 15.5F});
  CHECK(narrow.reaches[1].above == 22);
  CHECK(narrow.reaches[1].below == 22);
}
