// Absurd input: each gives an error at its place, or a run with warnings, soon, and never a crash.
#include "parsing.hpp"
#include "random_runs.hpp"
#include "runs.hpp"

#include "core/output/report.hpp"
#include "core/scenario/run.hpp"
#include "core/scenario/write.hpp"

#include <doctest/doctest.h>

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace {

using parsing::diagnostics;
using parsing::with;

std::string times(std::size_t count, std::string_view piece) {
  std::string out;
  out.reserve(count * piece.size());
  for (std::size_t i = 0; i < count; ++i) out += piece;
  return out;
}

std::string script(const std::string& entries) {
  return R"({"format": 1, "id": "lost", "title": "x", "script": [)" + entries + "]}";
}

struct Absurd {
  std::string name;
  std::string json;
  std::string expected;  ///< how the first complaint begins, behind the name of the file
};

const std::string action = R"({"at_ms": 0, "side": "client", "do": "close"},)";

}  // namespace

TEST_CASE("absurd files are told what is wrong with them, soon") {
  const Absurd rows[] = {
      {"nothing", "", "not JSON: the text ends too early"},
      {"a NUL", std::string(1, '\0'), "not JSON: unexpected text at line 1, column 1"},
      {"50 MB of spaces", std::string(50'000'000, ' '), "larger than 1 MB"},
      {"50 MB of brackets", std::string(50'000'000, '['), "larger than 1 MB"},
      {"a million actions", script(times(1'000'000, action)), "larger than 1 MB"},
      {"20,000 actions", script(times(20'000, action) + "7"),
       "/script: expected at most 10000 entries, found 20001"},
      {"300,000 numbers", script(times(300'000, "7,") + "7"),
       "/script: expected at most 10000 entries, found 300001"},
      {"300,000 sources", with("\"sources\": [" + times(300'000, "7,") + "7]"),
       "/sources: expected at most 500 entries, found 300001"},
      {"500 empty actions", script(times(499, "{},") + "{}"),
       R"(/script/0: expected an action with "do" or a fault with "fault")"},
      {"lists, 10,000 deep", std::string(10'000, '['),
       times(32, "/0") + ": nested more than 32 levels deep"},
      {"objects, 10,000 deep", times(10'000, R"({"a":)"),
       times(32, "/a") + ": nested more than 32 levels deep"},
      {"lists in a script, 10,000 deep",
       R"({"format": 1, "id": "lost", "title": "x", "script": )" + std::string(10'000, '['),
       "/script" + times(31, "/0") + ": nested more than 32 levels deep"},
      {"10,000 closing brackets", std::string(10'000, ']'),
       "not JSON: unexpected text at line 1, column 1"},
      {"a lone continuation byte", "{\"id\": \"\x80\"}", "not JSON: unexpected text"},
      {"an overlong slash", "{\"id\": \"\xc0\xaf\"}", "not JSON: unexpected text"},
      {"half a character", "{\"id\": \"\xe2\x98\"}", "not JSON: unexpected text"},
      {"a surrogate in UTF-8", "{\"id\": \"\xed\xa0\x80\"}", "not JSON: unexpected text"},
      {"half a surrogate pair", R"({"id": "\ud800"})", "not JSON: unexpected text"},
      {"UTF-16", std::string("\xff\xfe{\0}\0", 6), "not JSON: "},
      {"a control character", "{\"id\": \"\x01\"}", "not JSON: unexpected text"},
      {"a comment", "{} // done", "not JSON: unexpected text at line 1, column 4"},
      {"two scenarios", with("\"group\": \"x\"") + "{}", "not JSON: unexpected text"},
      {"a comma too many", "{\"id\": \"x\",}", "not JSON: unexpected text at line 1, column 12"},
      {"not a number", with("\"until_ms\": NaN"), "not JSON: unexpected text"},
      {"a number of 5,000 digits", with("\"until_ms\": " + std::string(5'000, '9')),
       "not JSON: unexpected text"},
      {"a word of 900,000 bytes", with("\"lesson\": \"" + std::string(900'000, 'x') + "\""),
       "/lesson: expected at most 1000 bytes, found 900000"},
      {"null", "null", "expected an object, found null"},
      {"a delay of a year", with(R"("network": {"delay_ms": 31536000000})"),
       "/network/delay_ms: expected a whole number from 1 to 2592000000, found 31536000000"},
      {"a delay into the past", with(R"("network": {"client_to_server_ms": -50})"),
       "/network/client_to_server_ms: expected a whole number from 1 to 2592000000, found -50"},
      {"a delay of no one knows how long", with(R"("network": {"delay_ms": 1e9})"),
       "/network/delay_ms: expected a whole number from 1 to 2592000000, found a number with a "
       "fraction or an exponent"},
      {"2^32", with(R"("client": {"snd_nxt": 4294967296})"),
       "/client/snd_nxt: expected a whole number from 0 to 4294967295, found 4294967296"},
      {"2^63", with(R"("client": {"rcv_nxt": 9223372036854775808})"),
       "/client/rcv_nxt: expected a whole number from 0 to 4294967295, found 9223372036854775808"},
      {"2^64", with(R"("client": {"rcv_nxt": 18446744073709551616})"),
       "/client/rcv_nxt: expected a whole number from 0 to 4294967295, found a number that is too "
       "large"},
      {"less than -2^63", with(R"("client": {"rcv_nxt": -9223372036854775809})"),
       "/client/rcv_nxt: expected a whole number from 0 to 4294967295, found a number that is too "
       "large"},
      {"sent, but never handed over", with(R"("client": {"snd_nxt": 5, "snd_una": 6})"),
       "/client/snd_una: expected a number 0 to 65535 before snd_nxt in ESTABLISHED"},
      {"a FIN that is acknowledged and is not",
       with(R"("client": {"state": "LAST_ACK", "snd_nxt": 5, "snd_una": 5})"),
       "/client/snd_una: expected a number 1 to 65535 before snd_nxt in LAST_ACK"},
      {"a sum without an end", script(R"({"at_ms": 0, "side": "client", "do": "inject",
                  "segment": {"flags": "RST", "seq": "rcv_nxt+"}})"),
       "/script/0/segment/seq: expected a number, or a sum of numbers and "},
      {"a sum beyond 2^32", script(R"({"at_ms": 0, "side": "client", "do": "inject",
                  "segment": {"flags": "RST", "seq": "1+99999999999"}})"),
       "/script/0/segment/seq: expected a number, or a sum of numbers and "},
  };
  for (const Absurd& row : rows) {
    CAPTURE(row.name);
    const std::string said = diagnostics(row.json);
    const std::string beginning = said.substr(0, said.find('\n'));
    CHECK(beginning.starts_with("lost.json: " + row.expected));
    // No text of the file can make the diagnostics themselves large.
    CHECK(said.size() < 40'000);
  }
}

TEST_CASE("absurd lists of edits and knobs are told what is wrong with them, too") {
  const auto edits = core::parse_edits(std::string(10'000, '['), "--edits");
  REQUIRE_FALSE(edits.has_value());
  CHECK(edits.error().front().text().ends_with("nested more than 32 levels deep"));
  const auto many = core::parse_edits("[" + times(5'000, action) + "7]", "--edits");
  REQUIRE_FALSE(many.has_value());
  CHECK(many.error().front().text() == "--edits: expected at most 500 entries, found 5001");
  const auto knobs = core::parse_knobs(std::string(2'000'000, '{'), "--knobs");
  REQUIRE_FALSE(knobs.has_value());
  CHECK(knobs.error().front().text() == "--knobs: larger than 1 MB");
}

TEST_CASE("absurd scenarios that are well-formed come to an end") {
  const std::string sixty_days = R"("network": {"delay_ms": 2592000000}, )";
  struct Run {
    std::string name;
    std::string members;
    std::string edits = "[]";
  };
  std::string all_at_once;
  for (int i = 0; i < 500; ++i) {
    all_at_once += std::string(i == 0 ? "" : ",") +
                   R"({"at_ms": 5, "side": "client", "do": "send", "bytes": 1000000})";
  }
  std::string faults;
  for (int i = 1; i < 500; ++i) {
    faults += std::string(i == 1 ? "" : ",") +
              R"({"fault": "duplicate", "after_ms": 1, "segment": {"number": )" +
              std::to_string(i) + "}}";
  }
  const std::string ten_thousand_sends =
      times(9'999, R"({"at_ms": 0, "side": "client", "do": "send", "bytes": 1},)");
  const Run rows[] = {
      {"10,000 calls in one instant, each watched by the user timeout",
       R"("policy": {"user_timeout_ms": 86400000}, "script": [)" + ten_thousand_sends +
           R"({"at_ms": 0, "side": "client", "do": "close"}])"},
      {"500 MB to send, one octet at a time",
       R"("policy": {"mss": 1}, "server": {"rcv_wnd": 65535}, "script": [)" + all_at_once + "]"},
      {"500 MB to send, into a window of one",
       R"("server": {"rcv_nxt": 100, "snd_nxt": 300, "rcv_wnd": 1}, "script": [)" + all_at_once +
           "]"},
      {"every segment twice", R"("script": [
         {"at_ms": 0, "side": "client", "do": "send", "bytes": 20000},)" +
                                  faults + "]"},
      {"segments that take a month, and timers of a day",
       sixty_days + R"("policy": {"rto_ms": 86400000, "r2_ms": 86400000},
         "script": [{"at_ms": 2592000000, "side": "client", "do": "close"}])"},
      {"a timeout each millisecond", R"(
         "policy": {"rto_ms": 1, "rto_max_ms": 1, "r2_ms": 86400000},
         "script": [{"at_ms": 0, "side": "server", "do": "crash"},
                    {"at_ms": 0, "side": "client", "do": "close"}])"},
      {"keepalive each millisecond", R"(
         "policy": {"keepalive": {"idle_ms": 1, "interval_ms": 1, "probes": 1000}},
         "script": [])"},
      {"both ends probe each other's shut window",
       R"("client": {"rcv_wnd": 0, "snd_nxt": 100, "rcv_nxt": 300, "reads": "by_script"},
          "server": {"rcv_wnd": 0, "snd_nxt": 300, "rcv_nxt": 100, "reads": "by_script"},
          "script": [{"at_ms": 0, "side": "client", "do": "send", "bytes": 9},
                     {"at_ms": 0, "side": "server", "do": "send", "bytes": 9}])"},
      {"a fault on a segment that never exists",
       R"("script": [{"fault": "drop", "segment": {"number": 2000}}])"},
      {"a condition that never holds",
       R"("script": [{"when": {"segment": 2000}, "side": "client", "do": "close"}])"},
      {"a condition that holds before anything happens",
       R"("script": [{"when": {"client": "ESTABLISHED", "server": "ESTABLISHED"},
                      "side": "client", "do": "connect"}])"},
      {"states that contradict each other",
       R"("client": {"state": "TIME_WAIT", "snd_nxt": 7, "rcv_nxt": 4000000000},
          "server": {"state": "SYN_SENT", "snd_nxt": 9, "rcv_nxt": 1}, "script": [])"},
      {"two ends in SYN_RECEIVED that never met",
       R"("client": {"state": "SYN_RECEIVED", "snd_nxt": 7, "rcv_nxt": 4000000000},
          "server": {"state": "SYN_RECEIVED", "snd_nxt": 9, "rcv_nxt": 1}, "script": [])"},
      {"an end that begins with what cannot be sent in a run",
       R"("policy": {"mss": 1},
          "client": {"snd_nxt": 70000, "snd_una": 4465, "rcv_nxt": 300},
          "server": {"snd_nxt": 300, "rcv_nxt": 4465}, "script": [])"},
      {"a window that opens and shuts at one instant, for a FIN that probed it",
       R"("server": {"rcv_wnd": 0, "snd_nxt": 300, "rcv_nxt": 100, "reads": "by_script"},
          "until_ms": 100000, "script": [
          {"at_ms": 0, "side": "client", "do": "shutdown"},
          {"at_ms": 1500, "side": "client", "do": "inject",
           "segment": {"flags": "ACK", "seq": "rcv_nxt", "ack": "snd_una", "wnd": 1000}},
          {"at_ms": 1500, "side": "client", "do": "inject",
           "segment": {"flags": "ACK", "seq": "rcv_nxt", "ack": "snd_una", "wnd": 0}}])"},
      {"a window that opens while its probe is acknowledged",
       R"("server": {"rcv_wnd": 0, "snd_nxt": 300, "rcv_nxt": 100, "reads": "by_script"},
          "until_ms": 100000, "script": [
          {"at_ms": 0, "side": "client", "do": "send", "bytes": 5},
          {"at_ms": 1500, "side": "client", "do": "inject",
           "segment": {"flags": "ACK", "seq": "rcv_nxt", "ack": "snd_una", "wnd": 1000}},
          {"at_ms": 1500, "side": "client", "do": "inject",
           "segment": {"flags": "ACK", "seq": "rcv_nxt", "ack": "snd_nxt", "wnd": 0}}])"},
      {"a reader who does everything at once", R"("script": [])",
       R"([{"at_ms": 0, "side": "client", "do": "crash"},
           {"at_ms": 0, "side": "client", "do": "reboot"},
           {"at_ms": 0, "side": "client", "do": "listen"},
           {"at_ms": 0, "side": "client", "do": "connect"},
           {"at_ms": 0, "side": "client", "do": "send", "bytes": 1},
           {"at_ms": 0, "side": "client", "do": "shutdown", "how": "both"},
           {"at_ms": 0, "side": "client", "do": "close"},
           {"at_ms": 0, "side": "client", "do": "abort"}])"},
  };
  for (const Run& row : rows) {
    CAPTURE(row.name);
    const core::Run run = runs::written(row.members, row.edits);
    const core::Timeline timeline = core::simulate(run);
    CHECK(timeline.records.size() <= core::most_records);
    CHECK(timeline.segments.size() <= core::most_records);
    CHECK(timeline.final == timeline.steps.back().world);
    CHECK_FALSE(core::report(run, timeline).empty());
  }
}

TEST_CASE("scenarios drawn by rng, from ends that contradict each other, come to an end too") {
  for (std::uint32_t seed = 1; seed <= 1'000; ++seed) {
    CAPTURE(seed);
    const auto scenario = core::parse_scenario(runs::random_scenario(seed, true), "random");
    REQUIRE(scenario.has_value());
    const core::Run run{.scenario = *scenario, .knobs = {}, .edits = {}};
    const core::Timeline timeline = core::simulate(run);
    CHECK(timeline.records.size() <= core::most_records);
    CHECK(timeline.final == timeline.steps.back().world);
  }
}

TEST_CASE("absurd scenarios say what was in vain") {
  const core::Timeline timeline = runs::played(
      R"("script": [{"fault": "drop", "segment": {"number": 2000}},
                    {"when": {"segment": 2000}, "side": "client", "do": "close"},
                    {"at_ms": 2592000000, "side": "client", "do": "reboot"}])");
  REQUIRE(runs::warnings(timeline).size() == 5);
  CHECK(runs::warnings(timeline)[0] ==
        "/script/0: no such segment in this run, so nothing was dropped");
  CHECK(runs::warnings(timeline)[1] == "/script/1: its condition never held");
  CHECK(runs::warnings(timeline)[2] == "/script/2: the host is up");
}

TEST_CASE("a run of as many entries as a file may have can be saved with as many edits") {
  std::string entries;
  for (int i = 0; i < 500; ++i) {
    entries +=
        std::string(i == 0 ? "" : ",") + R"({"at_ms": 0, "side": "client", "do": "receive"})";
  }
  const core::Run run = runs::written("\"script\": [" + entries + "]", "[" + entries + "]");
  const auto parsed = core::parse_scenario(core::scenario_text(core::flatten(run)), "test");
  CHECK(parsed.has_value());
}
