// The report, line by line: what each kind of segment and event looks like, and every word that the
// format has. A whole report is held against a file in golden_test.cpp.
#include "core/output/report.hpp"

#include "random_runs.hpp"
#include "runs.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace {

std::string report(const std::string& members) {
  const core::Run run = runs::written(members);
  return core::report(run, core::simulate(run));
}

/// The lines that have this in them, without the white space around them.
std::vector<std::string> lines(const std::string& report, std::string_view with) {
  std::vector<std::string> out;
  std::size_t start = 0;
  for (std::size_t end = report.find('\n'); end != std::string::npos;
       end = report.find('\n', start)) {
    std::string line = report.substr(start, end - start);
    start = end + 1;
    if (line.find(with) == std::string::npos) continue;
    line.erase(0, line.find_first_not_of(' '));
    if (line.ends_with(',')) line.pop_back();
    out.push_back(line);
  }
  return out;
}

using Lines = std::vector<std::string>;

}  // namespace

TEST_CASE("a segment's line says what it is and what became of it") {
  const std::string text = report(R"("until_ms": 1040, "script": [
    {"at_ms": 0, "side": "client", "do": "send", "bytes": 5},
    {"at_ms": 0, "side": "server", "do": "crash"},
    {"at_ms": 20, "side": "client", "do": "inject", "segment":
      {"flags": "SYN", "seq": 7, "ack": 9, "incarnation": 0, "wnd": 3}},
    {"at_ms": 900, "side": "server", "do": "reboot"},
    {"fault": "duplicate", "segment": {"number": 1}, "after_ms": 10},
    {"fault": "drop", "segment": {"number": 3}}])");
  CHECK(lines(text, "\"sent_ms\"") ==
        Lines{R"({"number":1,"from":"client","flags":"ACK","seq":100,"ack":300,"len":5,"wnd":1000,)"
              R"("incarnation":1,"sent_ms":0,"arrives_ms":50,"fate":"host_down",)"
              R"("retransmission_of":null,"injected":false})",
              R"({"number":2,"from":"server","flags":"SYN","seq":7,"ack":null,"len":0,"wnd":3,)"
              R"("incarnation":0,"sent_ms":20,"arrives_ms":20,"fate":"delivered",)"
              R"("retransmission_of":null,"injected":true})",
              R"({"number":3,"from":"client","flags":"ACK","seq":105,"ack":300,"len":0,"wnd":1000,)"
              R"("incarnation":1,"sent_ms":20,"arrives_ms":70,"fate":"dropped",)"
              R"("retransmission_of":null,"injected":false})",
              R"({"number":4,"from":"client","flags":"ACK","seq":100,"ack":300,"len":5,"wnd":1000,)"
              R"("incarnation":1,"sent_ms":0,"arrives_ms":60,"fate":"host_down",)"
              R"("retransmission_of":null,"injected":false,"duplicate_of":1})",
              R"({"number":5,"from":"client","flags":"ACK","seq":100,"ack":300,"len":5,"wnd":1000,)"
              R"("incarnation":1,"sent_ms":1000,"arrives_ms":1050,"fate":"in_flight",)"
              R"("retransmission_of":1,"injected":false})"});
  CHECK(lines(text, "\"ended\"") == Lines{R"("ended": "until")"});
  CHECK(lines(text, "\"kind\":\"lost\"").front() == R"({"t_ms":50,"kind":"lost","segment":1})");
}

TEST_CASE("an event's line says who, what, and what came of it") {
  const std::string text = report(R"(
    "policy": {"fin_wait_2_timeout_ms": 500},
    "server": {"snd_nxt": 300, "rcv_nxt": 100, "reads": "by_script"}, "script": [
    {"at_ms": 0, "side": "client", "do": "send", "bytes": 5},
    {"at_ms": 60, "side": "server", "do": "receive", "bytes": 3},
    {"at_ms": 61, "side": "server", "do": "connect"},
    {"at_ms": 70, "side": "client", "do": "close"},
    {"at_ms": 900, "side": "server", "do": "crash"},
    {"at_ms": 901, "side": "server", "do": "reboot"}])");
  CHECK(
      lines(text, "\"kind\":\"call\"") ==
      Lines{R"({"t_ms":0,"side":"client","kind":"call","call":"send","result":"ok"})",
            R"({"t_ms":60,"side":"server","kind":"call","call":"receive","result":"ok","bytes":3})",
            R"({"t_ms":61,"side":"server","kind":"call","call":"connect",)"
            R"("result":"connection_already_exists"})",
            R"({"t_ms":70,"side":"client","kind":"call","call":"close","result":"ok"})",
            R"({"t_ms":900,"side":"server","kind":"call","call":"crash","result":"ok"})",
            R"({"t_ms":901,"side":"server","kind":"call","call":"reboot","result":"ok"})"});
  CHECK(
      lines(text, "fin_wait_2") ==
      Lines{R"({"t_ms":170,"side":"client","kind":"timer","timer":"fin_wait_2","what":"start",)"
            R"("expires_ms":670})",
            R"({"t_ms":670,"side":"client","kind":"timer","timer":"fin_wait_2","what":"expire"})"});
  CHECK(lines(text, "\"from\":\"FIN_WAIT_2\"") ==
        Lines{R"({"t_ms":670,"side":"client","kind":"state","from":"FIN_WAIT_2","to":"CLOSED",)"
              R"("rule":"no RFC: tcp_fin_timeout and its like"})"});
  CHECK(lines(text, "\"server\": {") ==
        Lines{R"("server": {"state":"CLOSED","host":"up","delivered":3,"delivered_stale":0})"});
}

TEST_CASE("an end that is down is said to be") {
  const std::string text = report(R"("script": [{"at_ms": 0, "side": "client", "do": "crash"}])");
  CHECK(lines(text, "\"client\": {") ==
        Lines{R"("client": {"state":"CLOSED","host":"down","delivered":0,"delivered_stale":0})"});
}

TEST_CASE("every word of the format is said in some run, and no other") {
  std::string all;
  const auto add = [&](const core::Run& run) { all += core::report(run, core::simulate(run)); };
  for (const core::CatalogueFile& file : core::catalogue()) add(runs::of(file.id()));
  for (std::uint32_t seed = 1; seed <= 400; ++seed) {
    const auto scenario = core::parse_scenario(runs::random_scenario(seed, true), "random");
    REQUIRE(scenario.has_value());
    add({.scenario = *scenario, .knobs = {}, .edits = {}});
  }
  struct Words {
    std::string key;
    std::set<std::string> words;
  };
  const Words format[] = {
      {R"("ended": ")", {"closed", "waiting", "until", "limit"}},
      {R"("host":")", {"up", "down"}},
      {R"("fate":")", {"delivered", "dropped", "host_down", "in_flight"}},
      {R"("kind":")", {"call", "state", "timer", "send", "receive", "signal", "lost"}},
      {R"("call":")",
       {"connect", "listen", "send", "receive", "close", "shutdown", "abort", "crash", "reboot"}},
      {R"("result":")",
       {"ok", "eof", "connection_closing", "connection_reset", "connection_does_not_exist",
        "connection_already_exists", "would_block"}},
      {R"("verdict":")",
       {"accepted", "duplicate", "out_of_window", "out_of_order", "challenge", "ignored", "reset"}},
      {R"("signal":")", {"eof", "connection_reset", "connection_refused", "timed_out", "closed"}},
      {R"("timer":")",
       {"retransmission", "persist", "time_wait", "fin_wait_2", "delayed_ack", "keepalive",
        "user_timeout"}},
      {R"("what":")", {"start", "restart", "stop", "expire"}},
  };
  for (const Words& words : format) {
    std::set<std::string> said;
    for (std::size_t at = all.find(words.key); at != std::string::npos;
         at = all.find(words.key, at)) {
      at += words.key.size();
      said.insert(all.substr(at, all.find('"', at) - at));
    }
    CAPTURE(words.key);
    std::string missing;
    for (const std::string& word : words.words) missing += said.contains(word) ? "" : word + " ";
    std::string unknown;
    for (const std::string& word : said) unknown += words.words.contains(word) ? "" : word + " ";
    CHECK(missing == "");
    CHECK(unknown == "");
  }
}
