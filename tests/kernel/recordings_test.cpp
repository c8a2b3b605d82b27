// The engine's profile `linux` against recordings of real kernels: given the same calls and losses,
// the same segments in the same order, the same states, the same told to the applications. What
// differs in time is named in the recording, with its reason.
#include "compare.hpp"
#include "sources.hpp"

#include "core/sim/simulation.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

namespace {

/// The recordings, and how many segments each has.
struct Row {
  std::string_view name;
  std::size_t segments;
};
constexpr std::array rows = {
    Row{"normal-close", 4},    Row{"half-close", 9},
    Row{"lost-final-ack", 6},  Row{"simultaneous-close", 4},
    Row{"abort", 1},           Row{"unread-data-reset", 1},
    Row{"close-wait-leak", 4}, Row{"time-wait-assassination", 5},
};

/// A number that the article names.
std::string figure(const std::string& name) {
  const std::string text = sources::text("assets/figures.json");
  const std::string key = "\"" + name + "\": ";
  const std::size_t at = text.find(key);
  REQUIRE(at != std::string::npos);
  const std::size_t digits = at + key.size();
  return text.substr(digits, text.find_first_not_of("0123456789", digits) - digits);
}

std::string text_of(std::string_view name) {
  return sources::text("tests/kernel/recordings/" + std::string(name) + ".json");
}

kernel::Recording read(std::string_view text, std::string_view name) {
  auto recording = kernel::read_recording(text, name);
  std::string diagnostics;
  if (!recording) {
    for (const core::ParseError& error : recording.error()) diagnostics += error.text() + "\n";
  }
  REQUIRE(diagnostics == "");
  return *std::move(recording);
}

kernel::Recording recorded(std::string_view name) {
  return read(text_of(name), name);
}

kernel::Comparison compared(const kernel::Recording& recording) {
  const core::Run run{.scenario = recording.scenario, .knobs = {}, .edits = {}};
  return kernel::compare(recording, core::simulate(run));
}

/// The number of lines that differ, of a recording with this in place of that.
std::size_t differences(std::string_view name, std::string_view that, std::string_view with) {
  std::string text = text_of(name);
  const std::size_t at = text.find(that);
  REQUIRE(at != std::string::npos);
  text.replace(at, that.size(), with);
  const kernel::Comparison comparison = compared(read(text, name));
  return static_cast<std::size_t>(std::ranges::count(comparison.lines, false, &kernel::Line::same));
}

}  // namespace

TEST_CASE("the recordings are as many as the article says, and so are their segments") {
  std::size_t segments = 0;
  for (const Row& row : rows) segments += row.segments;
  CHECK(figure("recordings") == std::to_string(rows.size()));
  CHECK(figure("recorded_segments") == std::to_string(segments));
}

TEST_CASE("the engine does in order what the kernel was recorded to do") {
  for (const Row& row : rows) {
    CAPTURE(row.name);
    const kernel::Recording recording = recorded(row.name);
    CHECK(recording.scenario.id == row.name);
    CHECK(recording.scenario.profile == core::ProfileId::Linux);
    CHECK(recording.segments.size() == row.segments);
    for (const kernel::Line& line : compared(recording).lines) {
      CAPTURE(line.what);
      CHECK(line.engine == line.recorded);
    }
  }
}

TEST_CASE("what happens at another time is named, with its reason, and nothing else is") {
  for (const Row& row : rows) {
    CAPTURE(row.name);
    const kernel::Recording recording = recorded(row.name);
    std::vector<kernel::Elsewhere> named;
    for (const kernel::NotMatched& reason : recording.not_matched) {
      CHECK(!reason.what.empty());
      CHECK(!reason.why.empty());
      named.insert(named.end(), reason.late.begin(), reason.late.end());
    }
    std::vector<kernel::Elsewhere> late;
    for (const kernel::Late& one : compared(recording).late) {
      late.push_back({one.what, one.engine_ms});
    }
    CHECK((late == named));
  }
}

TEST_CASE("the engine's calls are the recorded ones, moved by less than a millisecond") {
  for (const Row& row : rows) {
    CAPTURE(row.name);
    const kernel::Recording recording = recorded(row.name);
    std::vector<kernel::Performed> calls = recording.calls;
    std::erase_if(calls, [](const kernel::Performed& call) { return call.call == "recv"; });
    std::size_t next = 0;
    for (const core::Entry& entry : recording.scenario.script) {
      const auto* action = std::get_if<core::Action>(&entry.what);
      if (action == nullptr) continue;
      REQUIRE(next < calls.size());
      const kernel::Performed& call = calls[next++];
      const auto* what = std::get_if<core::Call>(&action->what);
      CHECK(call.call.starts_with(what != nullptr ? core::to_string(*what) : "inject"));
      CHECK(call.side == action->side);
      REQUIRE(std::holds_alternative<core::AtTime>(action->trigger));
      const auto at = static_cast<double>(std::get<core::AtTime>(action->trigger).at_ms);
      CHECK(at - call.at_ms >= 0);
      CHECK(at - call.at_ms < 1);
    }
    CHECK(next == calls.size());
  }
}

TEST_CASE("a recording is written as it was read") {
  for (const Row& row : rows) {
    CAPTURE(row.name);
    const std::string once = kernel::recording_text(recorded(row.name));
    const kernel::Recording again = read(once, row.name);
    CHECK(kernel::recording_text(again) == once);
    CHECK(compared(again).same());
    CHECK(again.segments.size() == row.segments);
  }
}

TEST_CASE("the comparison sees every single thing that it compares") {
  CHECK(differences("normal-close", "\"id\"", "\"id\"") == 0);
  CHECK(differences("normal-close", "\"ack\": 122", "\"ack\": 121") == 1);
  CHECK(differences("normal-close", "\"seq\": 122", "\"seq\": 121") == 1);
  CHECK(differences("normal-close", "\"flags\": \"ACK\"", "\"flags\": \"RST,ACK\"") == 1);
  CHECK(differences("half-close", "\"len\": 200", "\"len\": 199") == 1);
  CHECK(differences("lost-final-ack", "\"lost\": true", "\"lost\": false") == 1);
  CHECK(differences("time-wait-assassination", "\"TIME_WAIT\", ", "\"CLOSING\", ") == 1);
  CHECK(differences("abort", "connection_reset", "eof") == 1);
  CHECK(differences("half-close", "\"send 100\", \"result\": \"ok\"",
                    "\"send 100\", \"result\": \"EPIPE\"") == 1);
  // One segment fewer: all that follow it stand in another's place.
  CHECK(differences("lost-final-ack", "\"nth\": 1", "\"nth\": 3") > 1);
}
