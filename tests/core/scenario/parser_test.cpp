// The parser, member by member: how ends start, what policies may say, and what is said to readers.
#include "parsing.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <optional>
#include <string>
#include <vector>

namespace {

using parsing::check;
using parsing::diagnostics;
using parsing::with;

}  // namespace

TEST_CASE("an end may start in every state, with numbers that fit it") {
  for (const core::State state : core::all_states) {
    CAPTURE(core::to_string(state));
    CHECK(
        diagnostics(with(R"("client": {"state": ")" + std::string(core::to_string(state)) + "\"}"))
            .empty());
  }
  const auto una = [](const char* state, std::int64_t snd_una) {
    return with(R"("client": {"state": ")" + std::string(state) +
                R"(", "snd_nxt": 70000, "snd_una": )" + std::to_string(snd_una) + "}");
  };
  struct Una {
    const char* state;
    std::int64_t least;  ///< the oldest and the newest that may be unacknowledged
    std::int64_t most;
  };
  const Una rows[] = {
      {"CLOSED", 70'000, 70'000},     {"LISTEN", 70'000, 70'000},
      {"SYN_SENT", 69'999, 69'999},   {"SYN_RECEIVED", 69'999, 69'999},
      {"ESTABLISHED", 4'465, 70'000}, {"FIN_WAIT_1", 4'465, 69'999},
      {"FIN_WAIT_2", 70'000, 70'000}, {"CLOSE_WAIT", 4'465, 70'000},
      {"CLOSING", 4'465, 69'999},     {"LAST_ACK", 4'465, 69'999},
      {"TIME_WAIT", 70'000, 70'000},
  };
  for (const Una& row : rows) {
    CAPTURE(row.state);
    CHECK(diagnostics(una(row.state, row.least)).empty());
    CHECK(diagnostics(una(row.state, row.most)).empty());
    for (const std::int64_t wrong : {row.least - 1, row.most + 1}) {
      CHECK(diagnostics(una(row.state, wrong)) == "lost.json: /client/snd_una: expected a number " +
                                                      std::to_string(70'000 - row.most) + " to " +
                                                      std::to_string(70'000 - row.least) +
                                                      " before snd_nxt in " + row.state + "\n");
    }
  }
}

TEST_CASE("an end has a window, a buffer, a reader and a name") {
  check({
      {"a window without scaling", with(R"("client": {"rcv_wnd": 65536})"),
       "lost.json: /client/rcv_wnd: expected a whole number from 0 to 65535, found 65536\n"},
      {"more unread than a buffer holds", with(R"("client": {"rcv_wnd": 60000, "unread": 5536})"),
       "lost.json: /client: \"rcv_wnd\" (60000) and \"unread\" (5536) are 65536 bytes together, "
       "more than the largest window, 65535\n"},
      {"unread data beside the largest window",
       with(R"("client": {"rcv_wnd": 65535, "unread": 10})"),
       "lost.json: /client: \"rcv_wnd\" (65535) and \"unread\" (10) are 65545 bytes together, more "
       "than the largest window, 65535\n"},
      {"unread data beside the usual window", with(R"("server": {"unread": 64536})"),
       "lost.json: /server: \"rcv_wnd\" (1000) and \"unread\" (64536) are 65536 bytes together, "
       "more than the largest window, 65535\n"},
      {"a full buffer", with(R"("server": {"rcv_wnd": 0, "unread": 65535})"), ""},
      {"a full buffer with room", with(R"("server": {"unread": 64535})"), ""},
      {"more unread than any buffer holds", with(R"("client": {"rcv_wnd": 0, "unread": 65536})"),
       "lost.json: /client/unread: expected a whole number from 0 to 65535, found 65536\n"},
      {"a reader", with(R"("server": {"reads": "never"})"),
       "lost.json: /server/reads: expected \"at_once\" or \"by_script\", found \"never\"\n"},
      {"an orphan, or not", with(R"("client": {"state": "FIN_WAIT_2", "orphan": "yes"})"),
       "lost.json: /client/orphan: expected true or false, found \"yes\"\n"},
      {"a long symbol", with(R"("client": {"symbol": "sequences"})"),
       "lost.json: /client/symbol: expected at most 8 bytes, found 9\n"},
      {"numbers", with(R"("client": {"snd_nxt": -1, "rcv_nxt": 4294967296})"),
       "lost.json: /client/snd_nxt: expected a whole number from 0 to 4294967295, found -1\n"
       "lost.json: /client/rcv_nxt: expected a whole number from 0 to 4294967295, found "
       "4294967296\n"},
      {"an end that is a word", with(R"("server": "CLOSED")"),
       "lost.json: /server: expected an object, found \"CLOSED\"\n"},
  });
  for (const core::State state : core::all_states) {
    CAPTURE(core::to_string(state));
    const std::string name(core::to_string(state));
    const bool may = state == core::State::Closed || core::both_closed(state) ||
                     state == core::State::FinWait1 || state == core::State::FinWait2;
    const std::string said =
        diagnostics(with(R"("client": {"state": ")" + name + R"(", "orphan": true})"));
    CHECK(said == (may ? ""
                       : "lost.json: /client/orphan: \"orphan\" is impossible in " + name +
                             ": the application has not closed yet\n"));
  }
}

TEST_CASE("every key of a policy is checked, wherever it stands") {
  const auto said = [](const std::string& place, const std::string& policy) {
    if (place.empty()) return diagnostics(with(R"("policy": )" + policy));
    return diagnostics(with('"' + place + R"(": {"policy": )" + policy + "}"));
  };
  for (const core::PolicyKey& key : core::policy_keys()) {
    const std::string name(core::to_string(key.id));
    std::vector<std::string> bad = {R"("sometimes")", "[]", "1.5"};
    const bool flag = std::holds_alternative<bool core::Policy::*>(key.field);
    const bool keepalive =
        std::holds_alternative<std::optional<core::Keepalive> core::Policy::*>(key.field);
    const bool number = !flag && !keepalive && key.choices.empty();
    if (number) {
      bad.push_back(std::to_string(key.least - 1));
      bad.push_back(std::to_string(key.most + 1));
    }
    const bool may_be_null =
        keepalive || std::holds_alternative<std::optional<core::Time> core::Policy::*>(key.field);
    if (!may_be_null) bad.emplace_back("null");
    for (const std::string& value : bad) {
      for (const std::string place : {"", "client", "server"}) {
        CAPTURE(name);
        CAPTURE(value);
        CAPTURE(place);
        const std::string lines = said(place, "{\"" + name + "\": " + value + "}");
        const std::string pointer = (place.empty() ? "" : "/" + place) + "/policy/" + name;
        CHECK(lines.starts_with("lost.json: " + pointer + ": expected "));
        CHECK(std::count(lines.begin(), lines.end(), '\n') == 1);
      }
    }
    std::vector<std::string> good;
    for (const std::string_view word : key.choices) good.push_back('"' + std::string(word) + '"');
    if (flag) good = {"true", "false"};
    if (number) good = {std::to_string(key.least), std::to_string(key.most)};
    if (may_be_null) good.emplace_back("null");
    for (const std::string& value : good) {
      CAPTURE(name);
      CAPTURE(value);
      CHECK(said("", "{\"" + name + "\": " + value + "}").empty());
    }
  }
  CHECK(said("client", R"({"rto": 1})")
            .starts_with("lost.json: /client/policy/rto: unknown key; known here: \"msl_ms\", "));
}

TEST_CASE("no period of a policy is nothing: its timer would run out for ever in one instant") {
  for (const std::string key : {"msl_ms", "time_wait_ms", "fin_wait_2_timeout_ms", "rto_ms",
                                "rto_max_ms", "r2_ms", "r2_syn_ms", "user_timeout_ms"}) {
    CHECK(diagnostics(with(R"("policy": {")" + key + R"(": 0})")) ==
          "lost.json: /policy/" + key + ": expected a whole number from 1 to 86400000, found 0\n");
  }
}

TEST_CASE("keepalive has three figures") {
  const auto keepalive = [](const std::string& json) {
    return with(R"("policy": {"keepalive": )" + json + "}");
  };
  check({
      {"true is not enough", keepalive("true"),
       "lost.json: /policy/keepalive: expected an object, found true\n"},
      {"nothing", keepalive("{}"),
       "lost.json: /policy/keepalive: the key \"idle_ms\" is missing\n"
       "lost.json: /policy/keepalive: the key \"interval_ms\" is missing\n"
       "lost.json: /policy/keepalive: the key \"probes\" is missing\n"},
      {"no probe", keepalive(R"({"idle_ms": 1, "interval_ms": 1, "probes": 0})"),
       "lost.json: /policy/keepalive/probes: expected a whole number from 1 to 1000, found 0\n"},
      {"too many probes", keepalive(R"({"idle_ms": 1, "interval_ms": 1, "probes": 1001})"),
       "lost.json: /policy/keepalive/probes: expected a whole number from 1 to 1000, found "
       "1001\n"},
      {"no pause", keepalive(R"({"idle_ms": 0, "interval_ms": 86400001, "probes": 1})"),
       "lost.json: /policy/keepalive/idle_ms: expected a whole number from 1 to 86400000, found "
       "0\n"
       "lost.json: /policy/keepalive/interval_ms: expected a whole number from 1 to 86400000, "
       "found 86400001\n"},
      {"another key", keepalive(R"({"idle_ms": 1, "interval_ms": 1, "probes": 1, "count": 1})"),
       "lost.json: /policy/keepalive/count: unknown key; known here: \"idle_ms\", "
       "\"interval_ms\" or \"probes\"\n"},
  });
}

TEST_CASE("what is said to readers is text of a certain length") {
  const std::string long_text(1'001, 'x');
  const std::string long_title(121, 'x');
  check({
      {"a title", R"({"format": 1, "id": "lost", "title": ")" + long_title + R"(", "script": []})",
       "lost.json: /title: expected at most 120 bytes, found 121\n"},
      {"a group", with(R"("group": 1)"), "lost.json: /group: expected text, found 1\n"},
      {"a question", with(R"("question": ")" + long_text + '"'),
       "lost.json: /question: expected at most 1000 bytes, found 1001\n"},
      {"a lesson", with(R"("lesson": null)"), "lost.json: /lesson: expected text, found null\n"},
      {"sources", with(R"("sources": "RFC 9293")"),
       "lost.json: /sources: expected a list, found \"RFC 9293\"\n"},
      {"a source", with(R"("sources": ["RFC 9293", 9293])"),
       "lost.json: /sources/1: expected text, found 9293\n"},
      {"a beat's title",
       with(R"("beats": [{"when": {"segment": 1}, "title": ")" + long_title + R"(", "text": ""}])"),
       "lost.json: /beats/0/title: expected at most 120 bytes, found 121\n"},
      {"a beat's text", with(R"("beats": [{"when": {"segment": 1}, "title": "", "text": {}}])"),
       "lost.json: /beats/0/text: expected text, found an object\n"},
      {"an end before the beginning", with(R"("until_ms": -1)"),
       "lost.json: /until_ms: expected a whole number from 0 to 2592000000, found -1\n"},
      {"no end", with(R"("until_ms": null)"), ""},
  });
}
