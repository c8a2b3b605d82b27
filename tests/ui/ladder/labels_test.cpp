#include "ui/ladder/labels.hpp"

#include "core/scenario/catalogue.hpp"
#include "runs.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <string>
#include <vector>

namespace {

constexpr float height_of_rows = 1500;
constexpr std::array settings = {
    ui::LabelVariant{.number = 18, .flags = 44, .values = 120, .one_line = true},
    ui::LabelVariant{.number = 18, .flags = 44, .values = 120, .one_line = false},
    ui::LabelVariant{.number = 18, .flags = 44, .values = 60, .one_line = true},
    ui::LabelVariant{.number = 18, .flags = 44, .values = 60, .one_line = false}};

/// A run whose rows are drawn as the stage draws them: those around the current step.
struct Ladder {
  explicit Ladder(core::Run from)
      : run(std::move(from)), timeline(core::simulate(run)), facts(app::facts_of(run, timeline)) {
    rows.show(view(), {.run = 1, .sizes = &ui::wide_sizes, .room = height_of_rows});
    labels.show({.run = 1, .geometry = geometry(), .rows = rows.shown()});
  }

  [[nodiscard]] app::RunView view() const { return {.timeline = timeline, .facts = facts}; }
  [[nodiscard]] ui::LadderGeometry geometry() const {
    return {.sizes = &ui::wide_sizes, .client_x = 194, .server_x = 626, .top = 150, .rows = &rows};
  }
  [[nodiscard]] int steps() const { return static_cast<int>(timeline.steps.size()); }

  /// What a frame places and compares.
  struct Work {
    long placed = 0;
    long compared = 0;
  };
  Work frame(int step) {
    constexpr int shown = 80;  // rows in view, and around them
    const long placed = labels.placed();
    const long compared = labels.compared();
    for (const int segment : facts.arrows_between(std::max(1, step - shown), step)) {
      if (labels.find(segment) == nullptr) labels.place(view(), segment, settings);
    }
    return {labels.placed() - placed, labels.compared() - compared};
  }

  core::Run run;
  core::Timeline timeline;
  app::RunFacts facts;
  ui::LadderRows rows;
  ui::LadderLabels labels;
};

std::string entries(int count, const auto& entry) {
  std::string out;
  for (int i = 0; i < count; ++i) out += (i == 0 ? "" : ",") + entry(i);
  return out;
}

std::string sends(int at_ms, int bytes) {
  return R"({"side": "client", "do": "send", "at_ms": )" + std::to_string(at_ms) +
         R"(, "bytes": )" + std::to_string(bytes) + "}";
}

/// Legal runs with more on the wire than any story has.
std::vector<core::Run> hostile() {
  const std::string room = R"("client": {"rcv_wnd": 65535}, "server": {"rcv_wnd": 65535}, )";
  const std::string small = R"("policy": {"mss": 1}, )" + room;
  const auto script = [](const std::string& list) { return "\"script\": [" + list + "]"; };
  return {
      runs::written(small + script(sends(10, 1900))),
      runs::written(small + script(sends(10, 900) + "," +
                                   entries(300,
                                           [](int i) {
                                             return R"({"fault": "drop", "segment": {"number": )" +
                                                    std::to_string(3 * i + 1) + "}}";
                                           }))),
      runs::written(room + script(sends(10, 65535))),
      runs::written(R"("network": {"delay_ms": 200}, )" +
                    script(entries(700, [](int i) { return sends(10 + i, 1); }))),
      runs::written(R"("policy": {"rto_ms": 1, "rto_max_ms": 1, "r2_ms": 3600000},
                       "network": {"delay_ms": 300}, )" +
                    script(sends(10, 10))),
      runs::written(script(entries(1990,
                                   [](int) {
                                     return std::string(
                                         R"({"at_ms": 10, "side": "client", "do": "inject",
                               "segment": {"flags": "ACK", "seq": "rcv_nxt", "ack": "snd_nxt"}})");
                                   }))),
      // As many as have arrows of their own, and so late that they cross all that comes after.
      runs::written(R"("policy": {"mss": 1}, )" +
                    script(sends(10, 12) + "," +
                           entries(400, [](int i) { return sends(400 + 200 * i, 1); }) + "," +
                           entries(12,
                                   [](int i) {
                                     return R"({"fault": "delay", "by_ms": )" +
                                            std::to_string(40000 + i) +
                                            R"(, "segment": {"number": )" + std::to_string(i + 1) +
                                            "}}";
                                   }))),
  };
}

bool same(const ui::LabelPlacement& a, const ui::LabelPlacement& b) {
  return a.number.x == b.number.x && a.number.y == b.number.y && a.setting == b.setting;
}

}  // namespace

TEST_CASE("a frame places few labels and compares little, whatever is on the wire") {
  for (const core::Run& run : hostile()) {
    Ladder ladder(run);
    CAPTURE(run.scenario.script.size());
    long most_placed = 0;
    long most_compared = 0;
    for (const int step : {1, 2, ladder.steps() / 2, ladder.steps()}) {
      if (step < 1) continue;
      const Ladder::Work work = ladder.frame(step);
      most_placed = std::max(most_placed, work.placed);
      most_compared = std::max(most_compared, work.compared);
      // The next frame finds all of them.
      CHECK(ladder.frame(step).placed == 0);
    }
    CHECK(most_placed <= 130);
    CHECK(most_compared <= 40'000);
  }
}

TEST_CASE("a label stays where it is, whatever is drawn later") {
  for (const core::Run& run : hostile()) {
    Ladder ladder(run);
    ladder.frame(2);
    std::vector<std::pair<int, ui::LabelPlacement>> before;
    for (const core::Transmission& sent : ladder.timeline.segments) {
      const ui::LabelPlacement* label = ladder.labels.find(sent.number);
      if (label != nullptr) before.emplace_back(sent.number, *label);
    }
    ladder.labels.show({.run = 1, .geometry = ladder.geometry(), .rows = ladder.rows.shown()});
    for (int step = 3; step <= ladder.steps(); step += 50) ladder.frame(step);
    for (const auto& [segment, label] : before) {
      REQUIRE(ladder.labels.find(segment) != nullptr);
      CHECK(same(*ladder.labels.find(segment), label));
    }
  }
}

TEST_CASE("another run, other numbers or another geometry has its labels placed anew") {
  Ladder ladder(runs::of("normal-close"));
  CHECK(ladder.frame(ladder.steps()).placed == 4);
  const ui::LadderGeometry geometry = ladder.geometry();
  const ui::RowsOf rows = ladder.rows.shown();
  const ui::LabelsOf shown = {.run = 1, .geometry = geometry, .rows = rows};
  ui::LadderGeometry wider = geometry;
  wider.server_x += 1;
  ui::RowsOf lower = rows;
  lower.room -= 1;
  for (const ui::LabelsOf& next :
       {ui::LabelsOf{.run = 2, .geometry = geometry, .rows = rows},
        ui::LabelsOf{.run = 1, .real_numbers = true, .geometry = geometry, .rows = rows},
        ui::LabelsOf{.run = 1, .pixel_ratio = 2, .geometry = geometry, .rows = rows},
        ui::LabelsOf{.run = 1, .geometry = wider, .rows = rows},
        ui::LabelsOf{.run = 1, .geometry = geometry, .rows = lower}}) {
    ladder.labels.show(next);
    CHECK(ladder.labels.find(1) == nullptr);
    CHECK(ladder.frame(ladder.steps()).placed == 4);
    ladder.labels.show(shown);
    ladder.frame(ladder.steps());
  }
}

TEST_CASE("in every story, no words along the arrows cover others") {
  for (const core::CatalogueFile& file : core::catalogue()) {
    CAPTURE(file.name);
    Ladder ladder(runs::of(file.id()));
    ladder.frame(ladder.steps());
    std::vector<ui::OrientedBox> words;
    for (const core::Transmission& sent : ladder.timeline.segments) {
      const ui::LabelPlacement* label = ladder.labels.find(sent.number);
      if (label == nullptr) continue;
      for (const ui::OrientedBox& box : label->covers) {
        for (const ui::OrientedBox& other : words) CHECK_FALSE(ui::intersects(box, other));
      }
      words.insert(words.end(), label->covers.begin(), label->covers.end());
    }
  }
}
