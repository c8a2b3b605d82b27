// What follows from a run alone: flights, rows, and the words along the arrows.
// Longer than 300 lines: a table of rows for each of these facts.
#include "app/run_facts.hpp"

#include "app/update.hpp"
#include "core/scenario/catalogue.hpp"
#include "runs.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <array>
#include <optional>
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

Shown written(const std::string& members) {
  return Shown(runs::written(members));
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

TEST_CASE("a segment flies from the step in which it leaves to the one in which it ends") {
  const std::string send = R"({"at_ms": 0, "side": "client", "do": "send", "bytes": 6})";
  const std::string crash = R"({"at_ms": 0, "side": "server", "do": "crash"}, )";
  const std::string drop = R"(, {"fault": "drop", "segment": {"number": 1}})";
  const std::string copy = R"(, {"fault": "duplicate", "after_ms": 9, "segment": {"number": 1}})";
  const std::string forge = R"({"at_ms": 9, "side": "client", "do": "inject",
      "segment": {"flags": "RST", "seq": 1, "ack": 0}})";
  struct Row {
    std::string name;
    std::string script;
    int segment;
    int leaves;
    std::optional<int> ends;
    bool lost;
    bool repeated;
  };
  const Row rows[] = {
      {"delivered", send, 1, 2, 3, false, false},
      {"an answer, in flight at the end", send, 2, 4, std::nullopt, false, false},
      {"dropped", send + drop, 1, 2, 3, true, false},
      {"finds its host down", crash + send, 1, 3, 4, true, false},
      {"sent again", send + drop, 2, 4, 5, false, true},
      {"a copy, there when it arrives", send + copy, 3, 5, 5, false, true},
      {"a forgery, there when it arrives", forge, 1, 2, 2, false, false},
  };
  for (const Row& row : rows) {
    CAPTURE(row.name);
    const int until = row.segment == 2 && row.ends ? 1'060 : 60;
    const Shown shown =
        written("\"until_ms\": " + std::to_string(until) + ", \"script\": [" + row.script + "]");
    REQUIRE(static_cast<int>(shown.facts.flights.size()) >= row.segment);
    const app::Flight& flight = shown.facts.flight(row.segment);
    CHECK(flight.leaves == row.leaves);
    CHECK(flight.ends == row.ends);
    CHECK(flight.lost == row.lost);
    CHECK(flight.repeated == row.repeated);
    CHECK(flight.row_of_end() == row.ends.value_or(row.leaves + 1));
  }
}

TEST_CASE("segments are counted in the step in which they arrive or die") {
  // Call, loss, timeout, arrival, answer; the answer is still in flight.
  const Shown shown = written(R"("until_ms": 1060, "script": [
      {"at_ms": 0, "side": "client", "do": "send", "bytes": 6},
      {"fault": "drop", "segment": {"number": 1}}])");
  using Count = std::array<int, 3>;
  std::vector<Count> counts;
  for (const app::Row& row : shown.facts.rows) counts.push_back({row.past, row.lost, row.repeated});
  CHECK(counts ==
        std::vector<Count>{{0, 0, 0}, {0, 0, 0}, {1, 1, 0}, {1, 1, 0}, {2, 1, 1}, {2, 1, 1}});
}

TEST_CASE("who closes actively is known from the step in which it goes to FIN_WAIT_1") {
  CHECK(story("normal-close").facts.closes_actively == std::array{2, 0});
  const auto both = story("simultaneous-close").facts.closes_actively;
  CHECK(both[0] > 0);
  CHECK(both[1] > 0);
}

TEST_CASE("sequence numbers are counted from the nearest first number of their side") {
  const std::string symbols = R"("client": {"symbol": "u"}, "server": {"symbol": "w"}, )";
  const std::string reopened = R"("policy": {"syn_in_time_wait": "reopen"},
      "client": {"state": "TIME_WAIT", "snd_nxt": 101, "rcv_nxt": 301, "symbol": "u"},
      "server": {"state": "CLOSED", "snd_nxt": 301, "rcv_nxt": 101, "symbol": "w"},
      "script": [{"at_ms": 0, "side": "server", "do": "connect", "iss": 5000}])";
  const auto forged = [](const std::string& seq, const std::string& ack) {
    return R"("script": [{"at_ms": 0, "side": "client", "do": "inject", "segment":
        {"flags": "ACK", "seq": ")" +
           seq + R"(", "ack": ")" + ack + "\"}}]";
  };
  struct Row {
    std::string name;
    std::string members;
    int segment;
    std::string symbols;
    std::string numbers;
  };
  const Row rows[] = {
      {"the first numbers", symbols + forged("rcv_nxt", "snd_nxt"), 1, "seq=w ack=u",
       "seq=300 ack=100"},
      {"beyond and before them", symbols + forged("rcv_nxt+7", "snd_nxt-3"), 1, "seq=w+7 ack=u−3",
       "seq=307 ack=97"},
      {"no symbols",
       R"("client": {"symbol": ""}, "server": {"symbol": ""}, )" + forged("rcv_nxt", "snd_nxt"), 1,
       "seq=300 ack=100", "seq=300 ack=100"},
      {"a SYN of the next connection", reopened, 1, "seq=w′", "seq=5000"},
      {"its SYN+ACK", reopened, 2, "seq=u′ ack=w′+1", "seq=65638 ack=5001"},
      {"and its ACK", reopened, 3, "seq=w′+1 ack=u′+1", "seq=5001 ack=65639"},
      {"a number of the connection before",
       R"("until_ms": 0, )" + reopened.substr(0, reopened.size() - 1) +
           R"(, {"at_ms": 0, "side": "client", "do": "inject", "segment":
               {"flags": "ACK", "seq": "rcv_nxt-1", "ack": "snd_nxt"}}])",
       2, "seq=w−1 ack=u", "seq=300 ack=101"},
      {"a forged SYN begins no connection",
       symbols + R"("script": [{"at_ms": 0, "side": "client", "do": "inject", "segment":
           {"flags": "SYN", "seq": "rcv_nxt+5", "ack": 0}}])",
       1, "seq=w+5", "seq=305"},
      {"a SYN that is repeated begins one",
       R"("client": {"state": "CLOSED"}, "server": {"state": "CLOSED", "symbol": "w"}, "script": [
           {"at_ms": 0, "side": "server", "do": "connect", "iss": 5000},
           {"fault": "drop", "segment": {"number": 1}},
           {"at_ms": 3000, "side": "server", "do": "connect", "iss": 9000}])",
       4, "seq=w′′", "seq=9000"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.name);
    const Shown shown = written(row.members);
    CHECK(shown.facts.words(row.segment).symbols.front() == row.symbols);
    CHECK(shown.facts.words(row.segment).numbers.front() == row.numbers);
  }
}

TEST_CASE("a segment is named by its data and by what else it does") {
  const Shown shown = story("fin-with-data");
  std::vector<std::string> names;
  for (const core::Transmission& sent : shown.timeline.segments) {
    if (sent.segment.len > 0) names.push_back(shown.facts.words(sent.number).flags);
  }
  CHECK(names == std::vector<std::string>{"6 bytes + FIN"});
}

TEST_CASE("the words of a segment grow shorter where they can") {
  using Words = std::vector<std::string>;
  struct Row {
    std::string name;
    std::string members;
    int segment;
    std::string flags;
    Words words;
  };
  const auto script = [](const std::string& actions) { return "\"script\": [" + actions + "]"; };
  const std::string send = R"({"at_ms": 0, "side": "client", "do": "send", "bytes": 6})";
  const std::string shut = R"("client": {"rcv_wnd": 0}, )";
  const std::string connect = R"("client": {"state": "CLOSED"}, "server": {"state": "CLOSED"},
      "script": [{"at_ms": 0, "side": "client", "do": "connect", "iss": 100}])";
  const std::string abort = R"({"at_ms": 0, "side": "client", "do": "abort"})";
  const Row rows[] = {
      {"data", script(send), 1, "6 bytes", {"ACK seq=100 ack=300", "seq=100 …"}},
      {"a bare ACK", script(send), 2, "ACK", {"seq=300 ack=106", "seq=300 …"}},
      {"a window that is shut",
       shut + script(send),
       1,
       "6 bytes",
       {"ACK seq=100 ack=300 win=0", "seq=100 win=0 …", "seq=100 …"}},
      {"nothing to leave out", connect, 1, "SYN", {"seq=100"}},
      {"a reset, whose window means nothing", script(abort), 1, "RST", {"seq=100"}},
  };
  for (const Row& row : rows) {
    CAPTURE(row.name);
    const Shown shown = written(row.members);
    CHECK(shown.facts.words(row.segment).flags == row.flags);
    CHECK(shown.facts.words(row.segment).numbers == row.words);
    CHECK(shown.facts.words(row.segment).symbols.size() == row.words.size());
  }
}

TEST_CASE("beside the flags stands what is unusual about a segment, and it has its fate") {
  const std::string send = R"({"at_ms": 0, "side": "client", "do": "send", "bytes": 6})";
  const std::string drop = R"(, {"fault": "drop", "segment": {"number": 1}})";
  const std::string copy = R"(, {"fault": "duplicate", "after_ms": 9, "segment": {"number": 1}})";
  const std::string crash = R"(, {"at_ms": 0, "side": "server", "do": "crash"})";
  const std::string forge = R"({"at_ms": 0, "side": "client", "do": "inject",
      "segment": {"flags": "FIN,ACK", "seq": 1, "ack": 0}})";
  struct Row {
    std::string script;
    int segment;
    std::string flags;
    core::Text fate;
  };
  using enum core::Text;
  const Row rows[] = {
      {send, 1, "6 bytes", stage_segment_delivered},
      {send + drop, 1, "6 bytes", stage_segment_lost},
      {send + drop, 2, "6 bytes again", stage_segment_delivered},
      {send + copy, 3, "6 bytes copy", stage_segment_delivered},
      {send + crash, 1, "6 bytes", stage_segment_host_down},
      {forge, 1, "FIN,ACK injected", stage_segment_delivered},
  };
  for (const Row& row : rows) {
    CAPTURE(row.script);
    const Shown shown = written("\"until_ms\": 2000, \"script\": [" + row.script + "]");
    CHECK(shown.facts.words(row.segment).flags == row.flags);
    CHECK(shown.facts.words(row.segment).fate == row.fate);
  }
  CHECK(story("time-wait-reopen").facts.words(1).flags == "SYN′");
  CHECK(story("normal-close").facts.words(1).flags == "FIN,ACK");
}

TEST_CASE("a list says all of a segment, and to which connection it belongs") {
  const app::SegmentWords words = {.flags = "ACK",
                                   .symbols = {"seq=u ack=w", "seq=u …"},
                                   .numbers = {"seq=1 ack=2", "seq=1 …"},
                                   .fate = core::Text::stage_segment_delivered};
  core::Transmission sent;
  sent.number = 7;
  sent.from = core::Side::Server;
  CHECK(app::sentence_of(sent, words, false, false) ==
        "Segment 7: ACK from Server to Client, seq=u ack=w, delivered");
  CHECK(app::sentence_of(sent, words, true, true) ==
        "Segment 7: ACK from Server to Client, seq=1 ack=2, on its way");
  sent.incarnation = 0;
  CHECK(app::sentence_of(sent, words, true, false) ==
        "Segment 7: ACK from Server to Client, seq=1 ack=2, of an older connection, delivered");
  sent.incarnation = 2;
  CHECK(app::sentence_of(sent, words, true, false) ==
        "Segment 7: ACK from Server to Client, seq=1 ack=2, connection 2, delivered");
}

TEST_CASE("a wait of half a second or more is folded") {
  const std::string close = R"({"at_ms": 0, "side": "client", "do": "close"})";
  for (const auto& [at_ms, folded] : {std::pair{550, false}, {599, false}, {600, true}}) {
    CAPTURE(at_ms);
    const std::string then =
        R"(, {"side": "server", "do": "close", "at_ms": )" + std::to_string(at_ms) + "}";
    const Shown shown = written("\"until_ms\": 1000, \"script\": [" + close + then + "]");
    CHECK(shown.facts.row(5).folded_after == folded);
  }
}

TEST_CASE("what is counted down is known for each folded wait") {
  const Shown lost = story("lost-final-ack");
  std::vector<int> folded;
  for (int step = 1; step <= static_cast<int>(lost.facts.rows.size()); ++step) {
    const app::Row& row = lost.facts.row(step);
    CHECK((row.waits.empty() || row.folded_after));
    if (!row.folded_after) continue;
    folded.push_back(step);
    REQUIRE(row.waits.size() == 1);
    CHECK(row.waits[0].side == core::Side::Client);
    CHECK(row.waits[0].timer.change.timer == core::Timer::TimeWait);
    CHECK(row.waits[0].timer.change.after_ms == 240'000);
  }
  CHECK(folded == std::vector{10, 15});
  // The repeated FIN has started the timer again.
  CHECK(lost.facts.row(15).waits[0].timer.expires_at >
        lost.facts.row(10).waits[0].timer.expires_at);
  const Shown both = story("simultaneous-close");
  CHECK(both.facts.row(11).waits.size() == 2);
  // A wait without anything that is counted down.
  CHECK(story("half-close").facts.row(1).waits.empty());
}

TEST_CASE("an end whose state the run does not end says what would end it") {
  using Stays = std::array<std::optional<core::Text>, 2>;
  using enum core::Text;
  CHECK(story("normal-close").facts.stays_until == Stays{});
  CHECK(story("close-wait-leak").facts.stays_until == Stays{std::nullopt, stage_open_until_close});
  CHECK(story("fin-wait-2-stuck").facts.stays_until ==
        Stays{stage_open_until_fin, stage_open_until_close});
  CHECK(story("time-wait-reopen").facts.stays_until ==
        Stays{stage_open_until_close, stage_open_until_close});
}

TEST_CASE("only some stories are about an end without an application") {
  for (const std::string_view id : {"normal-close", "lost-final-ack", "simultaneous-close",
                                    "half-close", "old-duplicate", "fin-wait-2-stuck"}) {
    CAPTURE(id);
    CHECK_FALSE(story(id).facts.about_orphans);
  }
  for (const std::string_view id : {"fin-wait-2-timeout", "close-wait-leak", "data-after-close"}) {
    CAPTURE(id);
    CHECK(story(id).facts.about_orphans);
  }
}

TEST_CASE("the longest words of each side are known, the application's apart") {
  const auto [client, server] = story("normal-close").facts.longest;
  CHECK(client.state == 11);       // ESTABLISHED
  CHECK(client.application == 7);  // close()
  CHECK(client.note == 11);        // 2·MSL 240 s
  CHECK(server.state == 11);
  CHECK(server.application == 10);  // read() = 0
  CHECK(server.note == 0);
}

TEST_CASE("playing stays at a step for 60 ms a character of its text, from 1.2 s to 7 s") {
  const auto repeated = [](std::string_view text, int times) {
    std::string out;
    for (int i = 0; i < times; ++i) out += text;
    return out;
  };
  struct Row {
    std::string text;
    float ms;
  };
  for (const Row& row : {Row{"x", 1'200},
                         {repeated("x", 20), 1'200},
                         {repeated("x", 21), 1'260},
                         {repeated("′", 21), 1'260},
                         {repeated("x", 116), 6'960},
                         {repeated("x", 117), 7'000},
                         {repeated("x", 900), 7'000}}) {
    CAPTURE(row.text);
    const Shown shown = written(
        R"("script": [{"at_ms": 0, "side": "client", "do": "close"}],
           "beats": [{"when": {"client": "FIN_WAIT_2", "server": "CLOSE_WAIT"}, "title": "T",
                      "text": ")" +
        row.text + "\"}]");
    const auto beat =
        std::ranges::find(shown.timeline.steps, core::StepKind::Annotation, &core::Step::kind);
    REQUIRE(beat != shown.timeline.steps.end());
    CHECK(shown.facts.row(beat->number).plays_ms == row.ms);
  }
}

TEST_CASE("it is known how far down the arrows go that have left so far") {
  // The first segment is overtaken by the second one, and by the answer to that.
  const Shown shown = written(R"("script": [
      {"at_ms": 0, "side": "client", "do": "send", "bytes": 6},
      {"at_ms": 10, "side": "client", "do": "send", "bytes": 6},
      {"fault": "delay", "by_ms": 100, "segment": {"number": 1}}])");
  CHECK(shown.facts.by_leaving == std::vector<int>{1, 2, 3, 4});
  CHECK(shown.facts.latest_ends == std::vector<int>{7, 7, 7, 9});
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
          if (!shown.facts.has_arrow(sent.number)) continue;
          const bool near = flight.leaves <= last && shown.facts.last_row(sent.number) >= first;
          if (flight.leaves > 0 && near) wanted.push_back(sent.number);
        }
        std::vector<int> found = shown.facts.arrows_between(first, last);
        std::ranges::sort(found);
        CHECK(found == wanted);
      }
    }
  }
}
