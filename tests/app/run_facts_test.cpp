#include "app/run_facts.hpp"

#include "app/update.hpp"
#include "core/scenario/catalogue.hpp"
#include "runs.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <string>
#include <vector>

namespace {

struct Shown {
  explicit Shown(core::Run from)
      : run(std::move(from)), timeline(core::simulate(run)), facts(app::facts_of(run, timeline)) {}

  core::Run run;
  core::Timeline timeline;
  app::RunFacts facts;
};

Shown story(std::string_view id) {
  return Shown(runs::of(id));
}

/// A row in one line: the badges, notes and arrows, with where the notes stand.
std::string row_text(const Shown& shown, int step) {
  struct Word {
    std::string operator()(const app::Badge& badge) const {
      return "[" + std::string(badge.host_down ? "host down" : core::to_string(badge.state)) + "]";
    }
    std::string operator()(const app::Note& note) const {
      constexpr std::array places = {"above", "beside", "below"};
      return std::string(places[static_cast<std::size_t>(note.place)]) + " " + note.words +
             (note.alarm ? "!" : "");
    }
    std::string operator()(const app::ArrowMark& arrow) const {
      return (arrow.of_network ? "network " : "arrow ") + std::to_string(arrow.segment);
    }
    std::string operator()(const app::HalfClosedMark&) const { return "half-closed"; }
  };
  std::string out;
  for (const app::Mark& mark : shown.facts.row(step).marks) {
    out += (out.empty() ? "" : ", ") + std::visit(Word{}, mark);
  }
  return out;
}

/// What a list says of the notes of a row.
std::vector<std::string> said(const Shown& shown, int step) {
  std::vector<std::string> out;
  for (const app::Mark& mark : shown.facts.row(step).marks) {
    if (const auto* note = std::get_if<app::Note>(&mark)) out.push_back(note->said);
  }
  return out;
}

/// Sends so often that hundreds of segments are seen, many of them at once.
core::Run long_run() {
  std::string script;
  for (int i = 0; i < 400; ++i) {
    script += std::string(i == 0 ? "" : ",") + R"({"at_ms": )" + std::to_string(10 * i) +
              R"(, "side": "client", "do": "send", "bytes": 1})";
  }
  return runs::written("\"network\": {\"delay_ms\": 200}, \"script\": [" + script + "]");
}

}  // namespace

TEST_CASE("a row holds what happened in its step, in its order, in words") {
  const Shown shown = story("normal-close");
  CHECK(row_text(shown, 1) == "[ESTABLISHED], [ESTABLISHED]");
  CHECK(row_text(shown, 2) == "above close(), [FIN_WAIT_1], arrow 1");
  CHECK(row_text(shown, 3) == "below read() = 0, [CLOSE_WAIT]");
  CHECK(row_text(shown, 4) == "arrow 2");
  CHECK(said(shown, 2) == std::vector<std::string>{"Client application: close()"});
  CHECK(said(shown, 3) == std::vector<std::string>{"Server application: end of file"});
  CHECK(row_text(shown, 8) == "[TIME_WAIT], below 2·MSL 240 s");
}

TEST_CASE("a segment of the network stands in the row in which it arrives") {
  const Shown shown = story("blind-reset");
  const auto& segments = shown.timeline.segments;
  const auto forged = std::ranges::find(segments, true, &core::Transmission::injected);
  REQUIRE(forged != segments.end());
  const app::Flight& flight = shown.facts.flight(forged->number);
  CHECK(flight.leaves == flight.ends);
  const std::string arrow = "network " + std::to_string(forged->number);
  CHECK(row_text(shown, flight.leaves).contains(arrow));
  CHECK(shown.facts.words(forged->number).flags.ends_with(" injected"));
  // There is more room above it.
  const float above =
      shown.facts.row(flight.leaves).depth - shown.facts.row(flight.leaves - 1).depth;
  CHECK(above > 1.6F);
}

TEST_CASE("segments are counted in the step in which they arrive or die") {
  const Shown shown = story("lost-first-fin");
  const app::Row& end = shown.facts.rows.back();
  CHECK(end.past == static_cast<int>(shown.timeline.segments.size()));
  CHECK(end.lost == 1);
  CHECK(end.repeated == 1);
  CHECK(shown.facts.rows.front().past == 0);
  for (std::size_t i = 1; i < shown.facts.rows.size(); ++i) {
    CHECK(shown.facts.rows[i].past >= shown.facts.rows[i - 1].past);
  }
}

TEST_CASE("who closes actively is known from the step in which it goes to FIN_WAIT_1") {
  CHECK(story("normal-close").facts.closes_actively == std::array{2, 0});
  const auto both = story("simultaneous-close").facts.closes_actively;
  CHECK(both[0] > 0);
  CHECK(both[1] > 0);
}

TEST_CASE("sequence numbers are counted from the nearest first number of their side") {
  const app::SegmentWords first = story("normal-close").facts.words(1);
  CHECK(first.symbols.front() == "seq=u ack=w");
  CHECK(first.numbers.front() == "seq=100 ack=300");
  const Shown shown = story("time-wait-reopen");
  const auto& segments = shown.timeline.segments;
  const auto syn = std::ranges::find_if(
      segments, [](const core::Transmission& sent) { return sent.segment.flags.syn; });
  REQUIRE(syn != segments.end());
  CHECK(shown.facts.words(syn->number).symbols.front() == "seq=w′");
  CHECK(shown.facts.words(syn->number).flags == "SYN′");
  CHECK(shown.facts.words(syn->number + 1).symbols.front() == "seq=u′ ack=w′+1");
}

TEST_CASE("the words of a segment grow shorter, and a list has all of them") {
  const Shown shown = story("fin-with-data");
  const app::SegmentWords& words = shown.facts.words(1);
  for (const bool real : {false, true}) {
    const auto& values = words.values(real);
    for (std::size_t i = 1; i < values.size(); ++i) {
      CHECK(values[i].size() < values.front().size() + std::string(" …").size());
      CHECK(values[i].ends_with(" …"));
    }
  }
  const core::Transmission& sent = shown.timeline.segment(1);
  CHECK(app::sentence_of(sent, words, false, false) == "Segment 1: " + words.flags +
                                                           " from Client to Server, " +
                                                           words.symbols.front() + ", delivered");
  CHECK(
      app::sentence_of(sent, words, true, true).ends_with(words.numbers.front() + ", on its way"));
}

TEST_CASE("a note below a badge and a call above the next one have more room between them") {
  for (const core::CatalogueFile& file : core::catalogue()) {
    CAPTURE(file.name);
    const Shown shown = story(file.id());
    for (int step = 1; step < static_cast<int>(shown.facts.rows.size()); ++step) {
      CAPTURE(step);
      const app::Row& row = shown.facts.row(step);
      const app::Row& next = shown.facts.row(step + 1);
      float lines = 0;
      for (const core::Side side : {core::Side::Client, core::Side::Server}) {
        float below = 0;
        float above = 0;
        for (const app::Mark& mark : row.marks) {
          const auto* note = std::get_if<app::Note>(&mark);
          if (note == nullptr || note->side != side) continue;
          if (note->place != app::NotePlace::Below) continue;
          CHECK(note->line == static_cast<int>(below));
          ++below;
        }
        for (const app::Mark& mark : next.marks) {
          const auto* note = std::get_if<app::Note>(&mark);
          above += note != nullptr && note->side == side && note->place == app::NotePlace::Above;
        }
        if (below > 0) lines = std::max(lines, below + above);
      }
      // Half a row a line, of which the first has room anyway.
      CHECK(next.depth - row.depth >= 1 + std::max(0.0F, lines - 1) / 2);
      const bool folds = shown.timeline.steps[static_cast<std::size_t>(step)].at -
                             shown.timeline.steps[static_cast<std::size_t>(step) - 1].at >=
                         500;
      CHECK(row.folded_after == folds);
    }
  }
}

TEST_CASE("segments near a row are found without asking all of them, and none is missed") {
  std::vector<core::Run> all = {long_run()};
  for (const core::CatalogueFile& file : core::catalogue()) all.push_back(runs::of(file.id()));
  for (const core::Run& run : all) {
    CAPTURE(run.scenario.id);
    const Shown shown{run};
    const int steps = static_cast<int>(shown.timeline.steps.size());
    for (int first = 1; first <= steps; first += 1 + steps / 40) {
      for (const int last : {first - 1, first, first + 3, steps}) {
        std::vector<int> wanted;
        for (const core::Transmission& sent : shown.timeline.segments) {
          const app::Flight& flight = shown.facts.flight(sent.number);
          const bool near = flight.leaves <= last && flight.row_of_end() >= first;
          if (flight.leaves > 0 && near) wanted.push_back(sent.number);
        }
        std::vector<int> found = shown.facts.segments_between(first, last);
        std::ranges::sort(found);
        CHECK(found == wanted);
      }
    }
  }
}
