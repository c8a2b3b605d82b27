// How runs end, and what is said of everything that was in vain.
#include "core/sim/simulation.hpp"

#include "runs.hpp"

#include <doctest/doctest.h>

#include <string>
#include <vector>

namespace {

using core::Ended;
using core::Side;
using core::Timeline;

using Warnings = std::vector<std::string>;

/// The warnings of a run in which the client closes and the server does as well.
Warnings warnings(const std::string& entry) {
  return runs::warnings(runs::played(R"("script": [
    {"at_ms": 0, "side": "client", "do": "close"},
    {"when": {"side": "server", "state": "CLOSE_WAIT"}, "side": "server", "do": "close"},)" +
                                     entry + "]"));
}

}  // namespace

TEST_CASE("an edit that finds nothing is a warning, and changes nothing") {
  const core::Run plain = runs::of("normal-close");
  const core::Run edited = runs::of("normal-close",
                                    R"([{"fault": "drop", "segment": {"number": 99}},
          {"when": {"side": "client", "state": "CLOSING"}, "side": "client", "do": "close"}])");
  const Timeline timeline = core::simulate(edited);
  CHECK(timeline.records.size() == core::simulate(plain).records.size());
  CHECK(runs::warnings(timeline) ==
        std::vector<std::string>{"/edits/0: no such segment in this run, so nothing was dropped",
                                 "/edits/1: its condition never held"});
}

TEST_CASE("whatever is in vain is said to be so, at its place") {
  CHECK(warnings(R"({"fault": "drop", "segment": {"number": 9}})") ==
        Warnings{"/script/2: no such segment in this run, so nothing was dropped"});
  CHECK(warnings(R"({"fault": "duplicate", "segment": {"number": 9}, "after_ms": 1})") ==
        Warnings{"/script/2: no such segment in this run, so nothing was duplicated"});
  CHECK(warnings(R"({"fault": "delay", "segment": {"number": 9}, "by_ms": 1})") ==
        Warnings{"/script/2: no such segment in this run, so nothing was delayed"});
  CHECK(warnings(R"({"fault": "drop", "segment": {"from": "server", "has": "RST"}})") ==
        Warnings{"/script/2: no such segment in this run, so nothing was dropped"});
  CHECK(warnings(R"({"when": {"segment": 9}, "side": "client", "do": "close"})") ==
        Warnings{"/script/2: its condition never held"});
  CHECK(warnings(R"({"at_ms": 5, "side": "client", "do": "reboot"})") ==
        Warnings{"/script/2: the host is up"});
}

TEST_CASE("what is done to a host that is down is in vain") {
  const Timeline timeline = runs::played(R"("script": [
    {"at_ms": 0, "side": "server", "do": "crash"},
    {"at_ms": 1, "side": "server", "do": "crash"},
    {"at_ms": 2, "side": "server", "do": "close"},
    {"at_ms": 2, "side": "server", "do": "connect"},
    {"at_ms": 3, "side": "server", "do": "reboot"},
    {"at_ms": 4, "side": "client", "do": "abort"}])");
  CHECK(runs::warnings(timeline) == Warnings{"/script/1: the host is down already",
                                             "/script/2: the host is down",
                                             "/script/3: the host is down"});
}

TEST_CASE("a call that TCP refuses is not in vain: its result says so") {
  CHECK(warnings(R"({"at_ms": 9, "side": "client", "do": "close"})").empty());
  CHECK(warnings(R"({"at_ms": 900000, "side": "client", "do": "send", "bytes": 1})").empty());
}

TEST_CASE("who waits when nothing is pending is said, one by one") {
  const Timeline timeline =
      runs::played(R"("script": [{"at_ms": 0, "side": "client", "do": "shutdown"}])");
  CHECK(timeline.ended == Ended::Waiting);
  REQUIRE(runs::warnings(timeline).size() == 2);
  CHECK(runs::warnings(timeline)[0].starts_with("Client "));
  CHECK(runs::warnings(timeline)[0].find("FIN_WAIT_2") != std::string::npos);
  CHECK(runs::warnings(timeline)[1].starts_with("Server "));
  CHECK(runs::warnings(timeline)[1].find("CLOSE_WAIT") != std::string::npos);
}

TEST_CASE("a run can be ended early, and says what is still on its way") {
  const Timeline timeline =
      runs::played(R"("until_ms": 20, "script": [{"at_ms": 0, "side": "client", "do": "close"}])");
  CHECK(timeline.ended == core::Ended::Until);
  CHECK(timeline.segment(1).fate == core::Fate::InFlight);
}

TEST_CASE("a run that is ended early has lived through the last instant wholly") {
  const Timeline timeline = runs::played(R"("until_ms": 50, "script": [
    {"at_ms": 0, "side": "client", "do": "close"},
    {"at_ms": 51, "side": "server", "do": "close"}])");
  CHECK(timeline.ended == Ended::Until);
  CHECK(runs::story(timeline) == "0 client close\n50 server hears 1\n50 server answers 2\n");
  CHECK(runs::warnings(timeline) == Warnings{"/script/1: the run ended before it was due"});
}

TEST_CASE("a run that has nothing more to do ends by itself, before its end") {
  const Timeline closed = runs::played(R"("until_ms": 999999, "script": [
    {"at_ms": 0, "side": "client", "do": "abort"}])");
  CHECK(closed.ended == Ended::Closed);
  const Timeline waiting = runs::played(R"("until_ms": 999999, "script": [])");
  CHECK(waiting.ended == Ended::Waiting);
}

TEST_CASE("a run that would never end is ended") {
  const Timeline timeline = runs::played(R"(
    "policy": {"mss": 1},
    "script": [{"at_ms": 0, "side": "client", "do": "send", "bytes": 1000000}])");
  CHECK(timeline.ended == core::Ended::Limit);
  CHECK(runs::warnings(timeline).size() == 1);
  CHECK(timeline.records.size() <= core::most_records);
  for (const core::Transmission& one : timeline.segments) {
    CHECK(one.fate != core::Fate::Dropped);
  }
}

TEST_CASE("a run with no room for an instant ends before it") {
  const Timeline timeline = runs::played(R"(
    "policy": {"mss": 1}, "server": {"snd_nxt": 300, "rcv_nxt": 100, "rcv_wnd": 65535},
    "script": [{"at_ms": 0, "side": "client", "do": "send", "bytes": 1000000}])");
  CHECK(timeline.ended == core::Ended::Limit);
  CHECK(timeline.segments.empty());
  CHECK(timeline.records.empty());
  CHECK(timeline.final == timeline.steps.back().world);
}

TEST_CASE("what found nobody in an instant with no room is on its way again") {
  const Timeline timeline = runs::played(R"(
    "policy": {"mss": 1}, "server": {"snd_nxt": 300, "rcv_nxt": 100, "rcv_wnd": 65535}, "script": [
      {"at_ms": 0, "side": "client", "do": "send", "bytes": 1},
      {"at_ms": 0, "side": "server", "do": "crash"},
      {"at_ms": 50, "side": "client", "do": "send", "bytes": 1000000}])");
  CHECK(timeline.ended == core::Ended::Limit);
  REQUIRE(timeline.segments.size() == 1);
  CHECK(timeline.segments.front().fate == core::Fate::InFlight);
}

TEST_CASE("a start with more unacknowledged segments than a run may have is not played") {
  const auto plays = [](std::size_t segments) {
    const Timeline timeline = runs::played(
        R"("policy": {"mss": 1}, "client": {"snd_una": 100, "snd_nxt": )" +
        std::to_string(100 + segments) + R"(}, "server": {"rcv_nxt": 100}, "script": [])");
    return !timeline.records.empty();
  };
  CHECK(plays(core::most_records));
  CHECK_FALSE(plays(core::most_records + 1));
}

TEST_CASE("a run of exactly the largest number of events is whole, and one more is too many") {
  const auto calls = [](int count) {
    std::string script;
    for (int ms = 0; ms < count; ++ms) {
      script += (ms == 0 ? R"({"at_ms": )" : R"(,{"at_ms": )") + std::to_string(ms) +
                R"(, "side": "client", "do": "receive"})";
    }
    return runs::played("\"script\": [" + script + "]");
  };
  for (const int more : {0, 1}) {
    const Timeline timeline = calls(2'000 + more);
    CHECK(timeline.records.size() == 2'000);
    CHECK(timeline.ended == (more == 0 ? Ended::Waiting : Ended::Limit));
  }
}

TEST_CASE("what is on its way stays so when there is no room for its arrival") {
  const Timeline timeline = runs::played(R"(
    "policy": {"mss": 1},
    "script": [{"at_ms": 0, "side": "client", "do": "send", "bytes": 1000}])");
  CHECK(timeline.ended == core::Ended::Limit);
  CHECK(timeline.segments.size() == 1000);
  for (const core::Transmission& one : timeline.segments) {
    CHECK(one.fate == core::Fate::InFlight);
  }
}

TEST_CASE("a run that two ends could go on with for ever is ended") {
  // The literal reading of TIME_WAIT (D2): two ends acknowledge each other without end.
  const Timeline timeline = runs::played(R"("policy": {"time_wait_answers": "every_ack"},
    "script": [
      {"at_ms": 0, "side": "client", "do": "close"},
      {"at_ms": 0, "side": "server", "do": "close"},
      {"fault": "duplicate", "segment": {"number": 3}, "after_ms": 20}])");
  CHECK(timeline.ended == Ended::Limit);
  CHECK(timeline.records.size() <= core::most_records);
  REQUIRE_FALSE(runs::warnings(timeline).empty());
  CHECK(runs::warnings(timeline).back().find("2000") != std::string::npos);
  CHECK(timeline.final == timeline.steps.back().world);
}

TEST_CASE("by D2 the same two ends come to rest") {
  const Timeline timeline = runs::played(R"("script": [
      {"at_ms": 0, "side": "client", "do": "close"},
      {"at_ms": 0, "side": "server", "do": "close"},
      {"fault": "duplicate", "segment": {"number": 3}, "after_ms": 20}])");
  CHECK(timeline.ended == Ended::Closed);
}

TEST_CASE("two ends that acknowledge from CLOSING with their FIN never come to rest (D5)") {
  const auto run = [](const std::string& closing_ack) {
    return runs::played(R"("policy": {"closing_ack": ")" + closing_ack + R"("}, "script": [
      {"at_ms": 0, "side": "client", "do": "close"},
      {"at_ms": 0, "side": "server", "do": "close"}])");
  };
  CHECK(run("fin").ended == Ended::Limit);
  CHECK(run("pure").ended == Ended::Closed);
}
