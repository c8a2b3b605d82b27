// What is told of a run, word for word. tests/golden/words has a file for each story, and rows.txt
// for the texts that no story shows: a text's id, the members of a scenario, and the first step
// that is told with it. All of it was read line by line against the RFC; TEARDOWN_WRITE_GOLDEN=1
// writes the files anew, to be read again.
#include "every_run.hpp"
#include "runs.hpp"
#include "sources.hpp"
#include "told.hpp"

#include "core/narrate/narrate.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <array>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace {

using core::Narration;
using core::Text;
using core::Timeline;

constexpr std::string_view rows_file = "tests/golden/words/rows.txt";

/// A text that no story shows, and a run that does.
struct Row {
  std::string id;
  std::string members;
};

std::vector<Row> rows() {
  std::vector<Row> out;
  const std::vector<std::string> lines = told::lines(sources::text(std::string(rows_file)));
  for (std::size_t i = 0; i + 1 < lines.size(); ++i) {
    const bool first = i == 0 || lines[i - 1].empty();
    if (first) out.push_back({lines[i], lines[i + 1]});
  }
  return out;
}

/// The words of the first step, or else the warning, that a text is told with; empty when there is
/// none.
std::string words_with(const core::Run& run, const std::string& id) {
  const Timeline timeline = core::simulate(run);
  const std::vector<core::StepText> texts = core::step_texts(run.scenario, timeline);
  for (std::size_t i = 0; i < texts.size(); ++i) {
    if (told::ids(timeline, timeline.steps[i]).contains(id)) {
      return told::words(static_cast<int>(i) + 1, texts[i]);
    }
  }
  for (const core::Message& warning : core::warnings(timeline)) {
    if (told::name(warning.id) == id) return told::words(warning);
  }
  return {};
}

/// A run that waits for ever with both ends in this state, which no scenario leads to.
Timeline waiting_in(core::State state) {
  Timeline timeline;
  timeline.ended = core::Ended::Waiting;
  for (const core::Side side : core::all_of<core::Side>)
    timeline.final.change(side).tcb.state = state;
  return timeline;
}

}  // namespace

TEST_CASE("every step of every story is told in the words of its file") {
  for (const core::CatalogueFile& file : core::catalogue()) {
    CAPTURE(file.name);
    sources::check("tests/golden/words/" + std::string(file.id()) + ".txt",
                   told::words(runs::of(file.id())));
  }
}

TEST_CASE("every text that no story shows is told in the words of its file") {
  std::string actual;
  for (const Row& row : rows()) {
    CAPTURE(row.id);
    const std::string words = words_with(runs::written(row.members), row.id);
    CHECK_FALSE(words.empty());
    actual += (actual.empty() ? "" : "\n") + row.id + "\n" + row.members + "\n" + words;
  }
  sources::check(std::string(rows_file), actual);
}

TEST_CASE("a story or a row shows each text of a run, in each of its forms") {
  std::set<std::string> shown;
  for (const core::CatalogueFile& file : core::catalogue()) {
    shown.merge(told::ids(core::simulate(runs::of(file.id()))));
  }
  for (const Row& row : rows()) shown.merge(told::ids(core::simulate(runs::written(row.members))));
  shown.merge(told::ids(waiting_in(core::State::LastAck)));
  for (const std::string& id : told::all_ids()) {
    // The rest of the table is the tool's, the parser's and the page's.
    constexpr std::array<std::string_view, 13> areas = {
        "noun_", "start_",   "begins_", "call_", "host_",  "arrival_", "answer_",
        "loss_", "timeout_", "told_",   "note_", "waits_", "warning_"};
    const auto begins = [&](std::string_view area) { return id.starts_with(area); };
    if (std::ranges::none_of(areas, begins)) continue;
    CAPTURE(id);
    CHECK(shown.contains(id));
  }
}

TEST_CASE("an end that waits with no timer is told of, whatever its state") {
  const Timeline timeline = waiting_in(core::State::LastAck);
  CHECK(runs::warnings(timeline) ==
        std::vector<std::string>{"Client waits in LAST_ACK for the Server, and no timer runs",
                                 "Server waits in LAST_ACK for the Client, and no timer runs"});
}

TEST_CASE("every named place is filled, in every run") {
  std::string empty;
  runs::for_every_run([&](const runs::Played& played) {
    for (const core::Step& step : played.timeline.steps) {
      const Narration narration = core::narrate(played.timeline, step);
      for (const Narration::Line& line : told::lines(narration, step)) {
        for (const std::string_view place : told::places(core::pattern(line.text, line.octets))) {
          if (!core::argument(narration, line, place).empty() || !empty.empty()) continue;
          empty = played.name + ", step " + std::to_string(step.number) + ": {" +
                  std::string(place) + "} of " + told::name(line.text);
        }
      }
    }
    for (const core::Message& warning : core::warnings(played.timeline)) {
      for (const std::string_view place : told::places(core::pattern(warning.id, 0))) {
        const bool filled =
            std::ranges::count(warning.arguments, place, &core::NamedArgument::name) == 1;
        if (!filled) empty = told::name(warning.id);
      }
    }
  });
  CHECK(empty == "");
}
