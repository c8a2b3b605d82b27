// The parser: what it accepts, and that every complaint names its place. Ends, policies and texts:
// members_test.cpp; questions: questions_test.cpp; actions and faults: script_test.cpp.
#include "parsing.hpp"

#include "core/scenario/catalogue.hpp"
#include "core/scenario/run.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <string>

namespace {

using parsing::check;
using parsing::diagnostics;
using parsing::with;

std::string pointer_of_zeros(int levels) {
  std::string out;
  for (int i = 0; i < levels; ++i) out += "/0";
  return out;
}

std::string many_keys(int count) {
  std::string out = "{";
  for (int i = 0; i < count; ++i) {
    out += (i == 0 ? "\"k" : ", \"k") + std::to_string(i) + "\": 1";
  }
  return out + "}";
}

}  // namespace

TEST_CASE("every scenario of the catalogue is one") {
  CHECK(core::catalogue().size() >= 4);
  for (const core::CatalogueFile& file : core::catalogue()) {
    CHECK(diagnostics(file.json, file.name).empty());
    const auto scenario = core::parse_scenario(file.json, file.name);
    REQUIRE(scenario.has_value());
    CHECK_FALSE(scenario->question.empty());
    CHECK_FALSE(scenario->lesson.empty());
    CHECK_FALSE(scenario->sources.empty());
    CHECK_FALSE(scenario->group.empty());
    CHECK_FALSE(scenario->annotations.empty());
  }
}

TEST_CASE("what is not said has its default") {
  const auto parsed = core::parse_scenario(with(""), "lost.json");
  REQUIRE(parsed.has_value());
  CHECK(parsed->profile == core::ProfileId::Rfc9293);
  CHECK(parsed->network.client_to_server_ms == 50);
  CHECK(parsed->start[0].state == core::State::Established);
  CHECK(parsed->start[0].snd_nxt == core::Seq{100});
  CHECK(parsed->start[1].snd_nxt == core::Seq{300});
  CHECK(parsed->start[0].rcv_wnd == 1000);
  CHECK_FALSE(parsed->until_ms.has_value());
  const core::Policy policy =
      core::policy_of({.scenario = *parsed, .knobs = {}, .edits = {}}, core::Side::Client);
  CHECK(policy.rto_ms == 1000);
  CHECK(policy.two_msl() == 240'000);
}

TEST_CASE("a side's policy lies over the common one, and knobs over both") {
  const auto parsed = core::parse_scenario(
      with(R"("policy": {"rto_ms": 200, "msl_ms": 30000}, "server": {"policy": {"rto_ms": 300}})"),
      "lost.json");
  REQUIRE(parsed.has_value());
  core::Run run{.scenario = *parsed, .knobs = {}, .edits = {}};
  CHECK(core::policy_of(run, core::Side::Client).rto_ms == 200);
  CHECK(core::policy_of(run, core::Side::Server).rto_ms == 300);
  CHECK(core::policy_of(run, core::Side::Server).two_msl() == 60'000);
  run.knobs = *core::parse_knobs(R"({"policy": {"rto_ms": 400}})", "--knobs");
  CHECK(core::policy_of(run, core::Side::Server).rto_ms == 400);
}

TEST_CASE("a text that is not JSON is told where it stops being so") {
  check({
      {"nothing", "", "lost.json: not JSON: the text ends too early\n"},
      {"cut short", "{\n  \"format\": 1,\n", "lost.json: not JSON: the text ends too early\n"},
      {"words", "{\n  \"format\": one\n}",
       "lost.json: not JSON: unexpected text at line 2, column 13\n"},
      {"not UTF-8", "{\"id\": \"\xff\"}",
       "lost.json: not JSON: unexpected text at line 1, column 9\n"},
      {"too deep", std::string(10'000, '['),
       "lost.json: " + pointer_of_zeros(32) + ": nested more than 32 levels deep\n"},
      {"a NUL, and then more", std::string("{}\0{", 4),
       "lost.json: not JSON: unexpected text at line 1, column 3\n"},
      {"too many keys", many_keys(65), "lost.json: more than 64 keys in an object\n"},
      {"too long a key", "{\"" + std::string(101, 'k') + "\": 1}",
       "lost.json: a key of more than 100 bytes\n"},
      {"too large", std::string(1'000'001, ' '), "lost.json: larger than 1 MB\n"},
      {"a key twice", R"({"format": 1, "format": 1})",
       "lost.json: /format: this key appears twice\n"
       "lost.json: the key \"id\" is missing\n"
       "lost.json: the key \"title\" is missing\n"
       "lost.json: the key \"script\" is missing\n"},
      {"a list", "[]", "lost.json: expected an object, found a list\n"},
  });
}

TEST_CASE("a wrong place is named by its JSON pointer") {
  check({
      {"unknown key", with(R"("titel": "x")"),
       "lost.json: /titel: unknown key; known here: \"format\", \"id\", \"title\", \"group\", "
       "\"question\", \"lesson\", \"sources\", \"profile\", \"policy\", \"network\", \"client\", "
       "\"server\", \"script\", \"beats\", \"questions\" or \"until_ms\"\n"},
      {"a key with slash and tilde", with(R"("a/b~c": 1, "server": {"x": 1})"),
       "lost.json: /a~1b~0c: unknown key; known here: \"format\", \"id\", \"title\", \"group\", "
       "\"question\", \"lesson\", \"sources\", \"profile\", \"policy\", \"network\", \"client\", "
       "\"server\", \"script\", \"beats\", \"questions\" or \"until_ms\"\n"
       "lost.json: /server/x: unknown key; known here: \"state\", \"snd_nxt\", \"rcv_nxt\", "
       "\"snd_una\", \"rcv_wnd\", \"unread\", \"orphan\", \"reads\", \"symbol\" or \"policy\"\n"},
      {"wrong name", R"({"format": 1, "id": "found", "title": "x", "script": []})",
       "lost.json: /id: expected the name of the file, \"lost\", found \"found\"\n"},
      {"not kebab-case", R"({"format": 1, "id": "Lost!", "title": "x", "script": []})",
       "lost.json: /id: expected lower-case words with hyphens between, found \"Lost!\"\n"},
      {"another format", R"({"format": 2, "id": "lost", "title": "x", "script": []})",
       "lost.json: /format: expected 1, found 2\n"},
      {"a fraction", with(R"("until_ms": 1.5)"),
       "lost.json: /until_ms: expected a whole number from 0 to 2592000000, found a number with a "
       "fraction or an exponent\n"},
      {"past 2^64", with(R"("client": {"snd_nxt": 99999999999999999999})"),
       "lost.json: /client/snd_nxt: expected a whole number from 0 to 4294967295, found a number "
       "that is too large\n"},
      {"a delay of nothing", with(R"("network": {"delay_ms": 0})"),
       "lost.json: /network/delay_ms: expected a whole number from 1 to 2592000000, found 0\n"},
      {"two kinds of delay", with(R"("network": {"delay_ms": 1, "client_to_server_ms": 2})"),
       "lost.json: /network: expected either \"delay_ms\" or the two delays by direction\n"},
      {"an unknown profile", with(R"("profile": "plan9")"),
       "lost.json: /profile: expected \"rfc9293\", \"linux\", \"freebsd\", \"macos\" or "
       "\"windows\", found \"plan9\"\n"},
      {"a beat without words", with(R"("beats": [{"when": {"segment": 1}}])"),
       "lost.json: /beats/0: the key \"title\" is missing\n"
       "lost.json: /beats/0: the key \"text\" is missing\n"},
      {"a condition of two kinds",
       with(R"("beats": [{"when": {"segment": 1, "side": "client"}, "title": "", "text": ""}])"),
       "lost.json: /beats/0/when: expected either \"side\" and \"state\", or \"client\" and "
       "\"server\", or \"segment\"\n"},
      {"unacknowledged numbers that were never sent",
       with(R"("client": {"snd_nxt": 100, "snd_una": 101})"),
       "lost.json: /client/snd_una: expected a number 0 to 65535 before snd_nxt in ESTABLISHED\n"},
      {"a FIN that is and is not acknowledged",
       with(R"("client": {"state": "FIN_WAIT_1", "snd_nxt": 100, "snd_una": 100})"),
       "lost.json: /client/snd_una: expected a number 1 to 65535 before snd_nxt in FIN_WAIT_1\n"},
      {"nothing is compared with what is wrong itself",
       with(R"("client": {"snd_nxt": "x", "snd_una": 7})"),
       "lost.json: /client/snd_nxt: expected a whole number from 0 to 4294967295, found \"x\"\n"},
      {"an orphan that never closed", with(R"("client": {"orphan": true})"),
       "lost.json: /client/orphan: \"orphan\" is impossible in ESTABLISHED: the application has "
       "not closed yet\n"},
      {"a name that a terminal would obey, or that cannot be seen",
       with(R"("client": {"\u009b1m\u200f\u200b\udb40\udc41~/": 1})"),
       "lost.json: /client/\\u{9b}1m\\u{200f}\\u{200b}\\u{e0041}~0~1: unknown key; known here: "
       "\"state\", \"snd_nxt\", \"rcv_nxt\", \"snd_una\", \"rcv_wnd\", \"unread\", \"orphan\", "
       "\"reads\", \"symbol\" or \"policy\"\n"},
      {"text that would pose as a line of its own",
       with(R"("a\nb": 1, "profile": "\u001bx\u202e")"),
       "lost.json: /a\\u{a}b: unknown key; known here: \"format\", \"id\", \"title\", \"group\", "
       "\"question\", \"lesson\", \"sources\", \"profile\", \"policy\", \"network\", \"client\", "
       "\"server\", \"script\", \"beats\", \"questions\" or \"until_ms\"\n"
       "lost.json: /profile: expected \"rfc9293\", \"linux\", \"freebsd\", \"macos\" or "
       "\"windows\", found \"\\u{1b}x\\u{202e}\"\n"},
  });
}

TEST_CASE("ten things wrong are ten lines, in the order of the file") {
  const std::string ten = R"({
    "format": 1, "id": "lost", "title": 5, "colour": "red",
    "policy": { "rto": 1, "mss": 0, "rfc5961": "yes", "time_wait_restart": "always" },
    "client": { "state": "CLOSEWAIT" },
    "script": [ { "at_ms": -1, "side": "client", "do": "close" },
                { "at_ms": 0, "side": "client", "do": "close", "how": "write" } ],
    "until_ms": "soon" })";
  const std::string lines = diagnostics(ten);
  CHECK(std::count(lines.begin(), lines.end(), '\n') == 10);
  for (const char* place : {"/colour", "/title", "/policy/rto:", "/policy/mss", "/policy/rfc5961",
                            "/policy/time_wait_restart", "/client/state", "/script/0/at_ms",
                            "/script/1/how", "/until_ms"}) {
    CAPTURE(place);
    CHECK(lines.find("lost.json: " + std::string(place)) != std::string::npos);
  }
}

TEST_CASE("no more than a hundred diagnostics are made, and the rest is counted") {
  std::string script;
  for (int i = 0; i < 150; ++i) script += i == 0 ? "7" : ", 7";
  const std::string lines =
      diagnostics(R"({"format": 1, "id": "lost", "title": "x", "script": [)" + script + "]}");
  CHECK(std::count(lines.begin(), lines.end(), '\n') == 101);
  CHECK(lines.ends_with("lost.json: and 50 more\n"));
}
