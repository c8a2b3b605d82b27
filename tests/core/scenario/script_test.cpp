// The parser of what scripts and lists of edits are made of: actions, injected segments, faults and
// conditions. Every complaint names its place.
// Longer than 300 lines: a table of complaints for each kind of entry.
#include "core/scenario/run.hpp"

#include <doctest/doctest.h>

#include <string>
#include <vector>

namespace {

/// All diagnostics about a script with this entry, without the file's name, a line each.
std::string diagnostics(const std::string& entry) {
  const auto parsed = core::parse_scenario(
      R"({"format": 1, "id": "lost", "title": "x", "script": [)" + entry + "]}", "lost.json");
  std::string out;
  if (parsed) return "none";
  for (const core::ParseError& error : parsed.error()) {
    out += (out.empty() ? "" : "\n") + error.text().substr(std::string("lost.json: ").size());
  }
  return out;
}

struct Bad {
  std::string entry;
  std::string expected;
};

void check(const std::vector<Bad>& rows) {
  for (const Bad& row : rows) {
    CAPTURE(row.entry);
    CHECK(diagnostics(row.entry) == row.expected);
  }
}

/// An action of the client at 0, with these members beside.
std::string operation(const std::string& members) {
  return R"({"at_ms": 0, "side": "client", )" + members + "}";
}

/// An injection of a segment with these members.
std::string injection(const std::string& members) {
  return operation(R"("do": "inject", "segment": {)" + members + "}");
}

/// A loss of the segment with this name.
std::string loss(const std::string& members) {
  return R"({"fault": "drop", "segment": {)" + members + "}}";
}

const std::string time = "expected a whole number from 0 to 2592000000, found ";
const std::string number = "expected a whole number from 0 to 4294967295, found ";
const std::string octets = "expected a whole number from 1 to 1000000, found ";
const std::string window = "expected a whole number from 0 to 65535, found ";
const std::string count = "expected a whole number from 1 to 2000, found ";
const std::string flags =
    "expected flags out of SYN, FIN, RST, ACK, each once, with commas between, found ";
const std::string sum =
    R"(expected a number, or a sum of numbers and "rcv_nxt", "rcv_wnd", "snd_nxt", "snd_una", )"
    R"("iss" or "irs", found )";

}  // namespace

TEST_CASE("an action has a side, a operation and one trigger") {
  const std::string operations =
      R"("close", "shutdown", "send", "receive", "abort", "connect", "listen", "crash", )"
      R"("reboot" or "inject")";
  check({
      {"7", "/script/0: expected an object, found 7"},
      {"{}", R"(/script/0: expected an action with "do" or a fault with "fault")"},
      {R"({"at_ms": 0, "do": "close"})", R"(/script/0: the key "side" is missing)"},
      {R"({"at_ms": 0, "side": "cliant", "do": "close"})",
       R"(/script/0/side: expected "client" or "server", found "cliant")"},
      {operation(R"("do": "leave")"),
       "/script/0/do: expected " + operations + R"(, found "leave")"},
      {operation(R"("do": 7)"), "/script/0/do: expected " + operations + ", found 7"},
      {R"({"side": "client", "do": "close"})", R"(/script/0: expected either "at_ms" or "when")"},
      {operation(R"("do": "close", "when": {"segment": 1})"),
       R"(/script/0: expected either "at_ms" or "when")"},
      {operation(R"("do": "close", "after_ms": 5)"),
       R"(/script/0/after_ms: "after_ms" goes with "when")"},
      {R"({"at_ms": -1, "side": "client", "do": "close"})", "/script/0/at_ms: " + time + "-1"},
      {R"({"at_ms": 2592000001, "side": "client", "do": "close"})",
       "/script/0/at_ms: " + time + "2592000001"},
      {R"({"when": {"segment": 1}, "after_ms": -5, "side": "client", "do": "close"})",
       "/script/0/after_ms: " + time + "-5"},
      {operation(R"("do": "close", "last": 1)"), "/script/0/last: expected true or false, found 1"},
      {operation(R"("do": "close", "why": 1)"),
       R"(/script/0/why: unknown key; known here: "at_ms", "when", "after_ms", "side", "do", )"
       R"("how", "bytes", "iss", "segment" or "last")"},
  });
}

TEST_CASE("every operation has its own keys, and no others") {
  check({
      {operation(R"("do": "shutdown", "how": "all")"),
       R"(/script/0/how: expected "write", "read" or "both", found "all")"},
      {operation(R"("do": "close", "how": "write")"),
       R"(/script/0/how: "how" goes with "shutdown")"},
      {operation(R"("do": "send")"), R"(/script/0: the key "bytes" is missing)"},
      {operation(R"("do": "send", "bytes": 0)"), "/script/0/bytes: " + octets + "0"},
      {operation(R"("do": "send", "bytes": 1000001)"), "/script/0/bytes: " + octets + "1000001"},
      {operation(R"("do": "receive", "bytes": 0)"), "/script/0/bytes: " + octets + "0"},
      {operation(R"("do": "close", "bytes": 5)"),
       R"(/script/0/bytes: "bytes" goes with "send" or "receive")"},
      {operation(R"("do": "connect", "iss": 4294967296)"),
       "/script/0/iss: " + number + "4294967296"},
      {operation(R"("do": "listen", "iss": -1)"), "/script/0/iss: " + number + "-1"},
      {operation(R"("do": "abort", "iss": 1)"),
       R"(/script/0/iss: "iss" goes with "connect" or "listen")"},
      {operation(R"("do": "crash", "segment": {})"),
       R"(/script/0/segment: "segment" goes with "inject")"},
      {operation(R"("do": "reboot", "bytes": 1)"),
       R"(/script/0/bytes: "bytes" goes with "send" or "receive")"},
      {operation(R"("do": "inject")"), R"(/script/0: the key "segment" is missing)"},
  });
}

TEST_CASE("an injected segment has flags and a number, and an ACK if it says so") {
  check({
      {operation(R"("do": "inject", "segment": [])"),
       "/script/0/segment: expected an object, found a list"},
      {injection(""),
       "/script/0/segment: the key \"flags\" is missing\n"
       "/script/0/segment: the key \"seq\" is missing"},
      {injection(R"("flags": "ACK", "seq": 0)"), R"(/script/0/segment: the key "ack" is missing)"},
      {injection(R"("flags": "ACK FIN", "seq": 0)"),
       "/script/0/segment/flags: " + flags + R"("ACK FIN")"},
      {injection(R"("flags": "", "seq": 0)"), "/script/0/segment/flags: " + flags + R"("")"},
      {injection(R"("flags": ")" + std::string(121, 'F') + R"(", "seq": 0)"),
       "/script/0/segment/flags: expected at most 120 bytes, found 121"},
      {injection(R"("flags": "RST", "seq": 0, "len": 65536)"),
       "/script/0/segment/len: " + window + "65536"},
      {injection(R"("flags": "RST", "seq": 0, "wnd": 65536)"),
       "/script/0/segment/wnd: " + window + "65536"},
      {injection(R"("flags": "RST", "seq": 0, "len": -1)"),
       "/script/0/segment/len: " + window + "-1"},
      {injection(R"("flags": "RST", "seq": 0, "wnd": "x")"),
       "/script/0/segment/wnd: " + window + R"("x")"},
      {injection(R"("flags": "RST", "seq": 0, "incarnation": -1)"),
       "/script/0/segment/incarnation: expected a whole number from 0 to 1000, found -1"},
      {injection(R"("flags": "RST", "seq": 0, "incarnation": 1001)"),
       "/script/0/segment/incarnation: expected a whole number from 0 to 1000, found 1001"},
      {injection(R"("flags": "RST", "seq": 0, "data": 1)"),
       R"(/script/0/segment/data: unknown key; known here: "flags", "seq", "ack", "len", "wnd" )"
       R"(or "incarnation")"},
  });
}

TEST_CASE("a number of an injected segment is a number or a sum of some") {
  const auto seq = [](const std::string& json) {
    return injection(R"("flags": "RST", "seq": )" + json);
  };
  std::vector<Bad> rows = {
      {seq("-1"), "/script/0/segment/seq: " + number + "-1"},
      {seq("4294967296"), "/script/0/segment/seq: " + number + "4294967296"},
      {seq("1.5"), "/script/0/segment/seq: " + number + "a number with a fraction or an exponent"},
      {injection(R"("flags": "ACK", "seq": 1, "ack": "x")"),
       "/script/0/segment/ack: " + sum + R"("x")"},
      {injection(R"("flags": "RST", "seq": 1, "ack": "x")"),
       "/script/0/segment/ack: " + sum + R"("x")"},
  };
  std::string long_sum = "1";
  for (int i = 0; i < 70; ++i) long_sum += "+1";
  rows.push_back(
      {seq('"' + long_sum + '"'), "/script/0/segment/seq: expected at most 120 bytes, found 141"});
  for (const std::string bad :
       {R"("rcv_nxt+")", R"("+1")", R"("")", R"("foo")", R"("1+99999999999")", R"("rcv_nxt--1")",
        R"(" rcv_nxt")", R"("1e3")", R"("-5")", R"("rcv_nxt + 1")", R"("SND_NXT")", R"("+")",
        R"("1+-2")", R"("0x10")", R"("4294967296")", R"("rcv_nxt-")"}) {
    rows.push_back({seq(bad), "/script/0/segment/seq: " + sum + bad});
  }
  check(rows);
  for (const char* good : {R"("rcv_nxt")", R"("4294967295+4294967295")", R"("rcv_nxt+rcv_wnd-1")",
                           "0", "4294967295"}) {
    CAPTURE(good);
    CHECK(diagnostics(seq(good)) == "none");
  }
}

TEST_CASE("a condition is of one kind, and whole") {
  const auto when = [](const std::string& json) {
    return R"({"when": )" + json + R"(, "side": "client", "do": "close"})";
  };
  const std::string kinds =
      "/script/0/when: expected either \"side\" and \"state\", or \"client\" and \"server\", or "
      "\"segment\"";
  check({
      {when("[]"), "/script/0/when: expected an object, found a list"},
      {when("{}"), kinds},
      {when(R"({"side": "client", "state": "CLOSED", "segment": 1})"), kinds},
      {when(R"({"side": "client"})"), R"(/script/0/when: the key "state" is missing)"},
      {when(R"({"state": "CLOSED"})"), R"(/script/0/when: the key "side" is missing)"},
      {when(R"({"client": "CLOSED"})"), R"(/script/0/when: the key "server" is missing)"},
      {when(R"({"side": "client", "state": "OPEN"})"),
       R"(/script/0/when/state: expected "CLOSED", "LISTEN", "SYN_SENT", "SYN_RECEIVED", )"
       R"("ESTABLISHED", "FIN_WAIT_1", "FIN_WAIT_2", "CLOSE_WAIT", "CLOSING", "LAST_ACK" or )"
       R"("TIME_WAIT", found "OPEN")"},
      {when(R"({"segment": 0})"), "/script/0/when/segment: " + count + "0"},
      {when(R"({"segment": 2001})"), "/script/0/when/segment: " + count + "2001"},
      {when(R"({"segment": 1, "nth": 2})"),
       R"(/script/0/when/nth: unknown key; known here: "side", "state", "client", "server" or )"
       R"("segment")"},
  });
}

TEST_CASE("a fault has a kind, a segment, and the time that its kind needs") {
  const std::string one = R"("segment": {"number": 1})";
  check({
      {R"({"fault": "burn", )" + one + "}",
       R"(/script/0/fault: expected "drop", "duplicate" or "delay", found "burn")"},
      {R"({"fault": 5, )" + one + "}",
       R"(/script/0/fault: expected "drop", "duplicate" or "delay", found 5)"},
      {R"({"fault": "drop"})", R"(/script/0: the key "segment" is missing)"},
      {R"({"fault": "duplicate", )" + one + "}", R"(/script/0: the key "after_ms" is missing)"},
      {R"({"fault": "delay", )" + one + "}", R"(/script/0: the key "by_ms" is missing)"},
      {R"({"fault": "drop", "after_ms": 5, )" + one + "}",
       R"(/script/0/after_ms: "after_ms" goes with "duplicate")"},
      {R"({"fault": "duplicate", "after_ms": 5, "by_ms": 5, )" + one + "}",
       R"(/script/0/by_ms: "by_ms" goes with "delay")"},
      {R"({"fault": "duplicate", "after_ms": 2592000001, )" + one + "}",
       "/script/0/after_ms: " + time + "2592000001"},
      {R"({"fault": "delay", "by_ms": -1, )" + one + "}", "/script/0/by_ms: " + time + "-1"},
      {R"({"fault": "delay", "by_ms": 31536000000, )" + one + "}",
       "/script/0/by_ms: " + time + "31536000000"},
      {R"({"fault": "drop", "at_ms": "now", )" + one + "}",
       "/script/0/at_ms: " + time + R"("now")"},
      {R"({"fault": "drop", "do": "close", )" + one + "}",
       R"(/script/0/do: unknown key; known here: "fault", "segment", "at_ms", "after_ms" or )"
       R"("by_ms")"},
  });
}

TEST_CASE("a segment is named in one way, and wholly") {
  const std::string ways =
      R"(/script/0/segment: expected "number", or "from" with either "has" or "flags")";
  const std::string together =
      R"(/script/0/segment: "seq" and "len" go together, and with "flags")";
  check({
      {R"({"fault": "drop", "segment": []})",
       "/script/0/segment: expected an object, found a list"},
      {loss(""), ways},
      {loss(R"("has": "FIN")"), ways},
      {loss(R"("from": "client")"), ways},
      {loss(R"("from": "client", "has": "FIN", "flags": "FIN")"), ways},
      {loss(R"("number": 1, "from": "client")"),
       R"(/script/0/segment: "number" excludes all other keys)"},
      {loss(R"("number": 0)"), "/script/0/segment/number: " + count + "0"},
      {loss(R"("number": 2001)"), "/script/0/segment/number: " + count + "2001"},
      {loss(R"("from": "client", "has": "FIN", "nth": 0)"),
       "/script/0/segment/nth: " + count + "0"},
      {loss(R"("from": "client", "has": "PSH")"),
       R"(/script/0/segment/has: expected "SYN", "FIN", "RST" or "ACK", found "PSH")"},
      {loss(R"("from": "client", "flags": "FIN,")"),
       "/script/0/segment/flags: " + flags + R"("FIN,")"},
      {loss(R"("from": "client", "flags": "FIN,FIN")"),
       "/script/0/segment/flags: " + flags + R"("FIN,FIN")"},
      {loss(R"("from": "both", "flags": "FIN")"),
       R"(/script/0/segment/from: expected "client" or "server", found "both")"},
      {loss(R"("from": "client", "flags": "FIN", "seq": 1)"), together},
      {loss(R"("from": "client", "flags": "FIN", "len": 1)"), together},
      {loss(R"("from": "client", "has": "FIN", "seq": 1, "len": 0)"), together},
      {loss(R"("from": "client", "flags": "FIN", "seq": 4294967296, "len": 0)"),
       "/script/0/segment/seq: " + number + "4294967296"},
      {loss(R"("from": "client", "flags": "FIN", "seq": 1, "len": -1)"),
       "/script/0/segment/len: expected a whole number from 0 to 1000000, found -1"},
  });
}

TEST_CASE("a list of edits is read as a script is, and has places of its own") {
  const auto edits = core::parse_edits(R"([
    {"at_ms": 1, "side": "client", "do": "close"},
    {"fault": "drop", "segment": {"number": 1}, "at_ms": 5}])",
                                       "--edits");
  REQUIRE(edits.has_value());
  CHECK((*edits)[0].place == "/edits/0");
  CHECK((*edits)[1].place == "/edits/1");
  const auto text = [](std::string_view json) {
    const auto parsed = core::parse_edits(json, "--edits");
    return parsed ? "none" : parsed.error().front().text();
  };
  CHECK(text("{}") == "--edits: expected a list, found an object");
  CHECK(text("[[]]") == "--edits: /0: expected an object, found a list");
  CHECK(text(R"([{"do": "close"}])") == "--edits: /0: the key \"side\" is missing");
  CHECK(text(R"([{"at_ms": 1, "side": "client", "do": "close"}, {"fault": "drop"}])") ==
        "--edits: /1: the key \"segment\" is missing");
}

TEST_CASE("knobs are a profile, a policy and a delay") {
  const auto text = [](std::string_view json) {
    const auto parsed = core::parse_knobs(json, "--knobs");
    return parsed ? "none" : parsed.error().front().text();
  };
  CHECK(text(R"({"profile": "macos", "policy": {"mss": 3}, "delay_ms": 1})") == "none");
  CHECK(text("[]") == "--knobs: expected an object, found a list");
  CHECK(text(R"({"delay": 5})") ==
        "--knobs: /delay: unknown key; known here: \"profile\", \"policy\" or \"delay_ms\"");
  CHECK(text(R"({"profile": "plan9"})") ==
        "--knobs: /profile: expected \"rfc9293\", \"linux\", \"freebsd\", \"macos\" or "
        "\"windows\", found \"plan9\"");
  CHECK(text(R"({"delay_ms": 0})") ==
        "--knobs: /delay_ms: expected a whole number from 1 to 2592000000, found 0");
  CHECK(text(R"({"policy": {"mss": 0}})") ==
        "--knobs: /policy/mss: expected a whole number from 1 to 65535, found 0");
  CHECK(text(R"({"policy": 3})") == "--knobs: /policy: expected an object, found 3");
}
