// Saving: a run with knobs and edits becomes a scenario, the scenario a text, and the text the same
// run again. And edits that name what they mean, so that they keep their meaning.
#include "core/scenario/write.hpp"
#include "core/sim/segment_keys.hpp"

#include "every_run.hpp"
#include "runs.hpp"

#include "core/output/report.hpp"

#include <doctest/doctest.h>

#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace {

using core::Timeline;

/// The report, with places in the list of edits written as those of a script after `entries`.
std::string report(const core::Run& run, Timeline timeline, std::size_t entries) {
  for (core::Message& warning : timeline.warnings) {
    constexpr std::string_view edits = "/edits/";
    for (core::NamedArgument& argument : warning.arguments) {
      auto* place = std::get_if<std::string>(&argument.value);
      if (place == nullptr || !place->starts_with(edits)) continue;
      *place = "/script/" + std::to_string(entries + std::stoul(place->substr(edits.size())));
    }
  }
  return core::report(run, timeline);
}

/// What is wrong with the saved run; empty when it is the same.
std::string spoiled(const core::Run& run, const Timeline& timeline) {
  const std::string text = core::scenario_text(core::flatten(run));
  const auto parsed = core::parse_scenario(text, run.scenario.id + ".json");
  if (!parsed) return parsed.error().front().text();
  if (core::scenario_text(*parsed) != text) return "another text";
  const core::Run saved{.scenario = *parsed, .knobs = {}, .edits = {}};
  const std::size_t entries = run.scenario.script.size();
  const bool same = core::report(saved, core::simulate(saved)) == report(run, timeline, entries);
  return same ? "" : "another run";
}

std::string spoiled(const core::Run& run) {
  return spoiled(run, core::simulate(run));
}

/// A scenario with every key that the format has.
const std::string everything = R"({
  "format": 1, "id": "all", "title": "A \"title\" — with ☃", "group": "G", "question": "Q?",
  "lesson": "L.", "sources": ["RFC 9293 3.4", "x"], "profile": "linux",
  "policy": {
    "msl_ms": 1000, "time_wait": true, "time_wait_ms": null, "fin_wait_2_timeout_ms": 60000,
    "rto_ms": 300, "rto_max_ms": 900, "r2_ms": 5000, "r2_syn_ms": 6000, "max_retransmits": 3,
    "max_retransmits_orphan": null, "persist": false, "delayed_ack_ms": 10,
    "delayed_fin_ack_ms": 20, "mss": 7, "rfc5961": false, "challenge_ack_interval_ms": 5,
    "rst_in_time_wait": "ignore", "syn_in_time_wait": "reopen", "abort_flags": "RST",
    "abort_to_time_wait": true, "time_wait_restart": "never", "time_wait_answers": "every_ack",
    "closing_ack": "fin", "unread_data_resets": false, "data_after_close_resets": false,
    "timeout_sends_rst": true, "user_timeout_ms": 9000,
    "keepalive": {"idle_ms": 100, "interval_ms": 10, "probes": 2}},
  "network": {"client_to_server_ms": 20, "server_to_client_ms": 30},
  "client": {"state": "ESTABLISHED", "snd_nxt": 4294967290, "snd_una": 4294967285,
             "rcv_nxt": 4294967295, "rcv_wnd": 400, "unread": 5, "reads": "by_script",
             "symbol": "u", "policy": {"keepalive": null, "mss": 9}},
  "server": {"state": "FIN_WAIT_2", "snd_nxt": 0, "rcv_nxt": 4294967285, "orphan": true,
             "symbol": "w"},
  "script": [
    {"at_ms": 0, "side": "client", "do": "send", "bytes": 30},
    {"at_ms": 1, "side": "client", "do": "receive"},
    {"at_ms": 1, "side": "client", "do": "receive", "bytes": 2},
    {"at_ms": 2, "side": "client", "do": "shutdown"},
    {"at_ms": 2, "side": "client", "do": "shutdown", "how": "both", "last": true},
    {"when": {"side": "server", "state": "TIME_WAIT"}, "side": "server", "do": "close"},
    {"when": {"client": "CLOSED", "server": "CLOSED"}, "after_ms": 5, "side": "server",
     "do": "listen", "iss": 77},
    {"when": {"segment": 3}, "after_ms": 50, "side": "client", "do": "abort"},
    {"at_ms": 700, "side": "client", "do": "connect", "iss": 4294967295},
    {"at_ms": 720, "side": "client", "do": "connect"},
    {"at_ms": 800, "side": "server", "do": "crash"},
    {"at_ms": 900, "side": "server", "do": "reboot"},
    {"at_ms": 30, "side": "server", "do": "inject", "segment":
      {"flags": "SYN,FIN,RST,ACK", "seq": "rcv_nxt+rcv_wnd-1", "ack": 12, "len": 3, "wnd": 0,
       "incarnation": 0}},
    {"at_ms": 31, "side": "client", "do": "inject", "segment":
      {"flags": "RST", "seq": "5-irs-iss+snd_una+snd_nxt"}},
    {"fault": "drop", "segment": {"number": 2}},
    {"fault": "duplicate", "segment": {"from": "client", "has": "FIN", "nth": 1}, "after_ms": 9},
    {"fault": "delay", "segment": {"from": "client", "flags": "ACK"}, "by_ms": 4},
    {"fault": "drop", "segment":
      {"from": "client", "flags": "ACK", "seq": 4294967290, "len": 7, "nth": 2}}],
  "beats": [{"when": {"segment": 1}, "title": "T", "text": "X"}],
  "questions": [{"before": {"segment": 1}, "ask": "A?", "next": "normal-close", "options": [
    {"text": "1", "claim": {"side": "client", "state": "CLOSED"}, "misconception": "m"},
    {"text": "2", "claim": {"sends": {"from": "server", "flags": "RST,ACK"}}},
    {"text": "3", "claim": {"ends": "waiting"}},
    {"text": "4", "claim": {"side": "server", "signal": "connection_refused"}}]}],
  "until_ms": 100000})";

}  // namespace

TEST_CASE("laws: every run can be saved, and is the same run") {
  int seen = 0;
  int count = 0;
  std::string first;
  runs::for_every_run([&](const runs::Played& played) {
    if (seen++ % 8 > 0) return;  // there are many

    if (played.timeline.ended == core::Ended::Limit) return;
    const std::string what = spoiled(played.run, played.timeline);
    if (!what.empty() && count++ == 0) first = played.name + ": " + what;
  });
  CAPTURE(first);
  CHECK(count == 0);
}

TEST_CASE("every key of the format is kept when a scenario is saved") {
  const auto parsed = core::parse_scenario(everything, "all.json");
  if (!parsed) FAIL(parsed.error().front().text());
  CHECK(spoiled({.scenario = *parsed, .knobs = {}, .edits = {}}).empty());
  const std::string text = core::scenario_text(*parsed);
  for (const core::PolicyKey& key : core::policy_keys()) {
    CAPTURE(core::to_string(key.id));
    CHECK(text.find('"' + std::string(core::to_string(key.id)) + '"') != std::string::npos);
  }
  for (const char* key :
       {"group",     "question", "lesson",      "sources", "profile", "network",       "snd_una",
        "rcv_wnd",   "unread",   "orphan",      "reads",   "symbol",  "after_ms",      "how",
        "bytes",     "iss",      "last",        "flags",   "has",     "seq",           "ack",
        "len",       "wnd",      "incarnation", "by_ms",   "nth",     "number",        "beats",
        "questions", "ask",      "next",        "options", "claim",   "misconception", "sends",
        "ends",      "signal",   "until_ms"}) {
    CAPTURE(key);
    CHECK(text.find('"' + std::string(key) + "\": ") != std::string::npos);
  }
}

TEST_CASE("every scenario of the catalogue is the same when it is written anew") {
  for (const core::CatalogueFile& file : core::catalogue()) {
    CAPTURE(file.name);
    CHECK(spoiled(runs::of(file.id())).empty());
  }
}

TEST_CASE("knobs and edits become part of what is saved") {
  const std::vector<std::string> knobs = {
      "{}", R"({"profile": "freebsd"})", R"({"delay_ms": 7})",
      R"({"policy": {"rto_ms": 250, "keepalive": {"idle_ms": 9, "interval_ms": 9, "probes": 2}}})",
      R"({"profile": "linux", "delay_ms": 300, "policy": {"time_wait": false, "mss": 3}})"};
  const std::vector<std::string> edits = {
      "[]",
      R"([{"at_ms": 50, "side": "server", "do": "close"},
          {"at_ms": 50, "side": "server", "do": "send", "bytes": 2000}])",
      R"([{"at_ms": 100, "side": "client", "do": "abort"},
          {"fault": "drop", "segment": {"number": 2}},
          {"fault": "drop", "segment": {"number": 99}}])",
      R"([{"when": {"segment": 2}, "after_ms": 10, "side": "client", "do": "crash"},
          {"at_ms": 2000, "side": "client", "do": "reboot"},
          {"fault": "duplicate", "segment": {"from": "client", "has": "FIN"}, "after_ms": 3}])",
      R"([{"at_ms": 0, "side": "server", "do": "inject",
           "segment": {"flags": "FIN,ACK", "seq": "rcv_nxt", "ack": "snd_nxt", "len": 8}},
          {"fault": "delay", "segment": {"number": 1}, "by_ms": 900}])"};
  std::size_t turn = 0;
  for (const core::CatalogueFile& file : core::catalogue()) {
    // Each scenario with each of both, and over all of them each with each.
    for (std::size_t i = 0; i < knobs.size(); ++i) {
      const std::string& knob = knobs[i];
      const std::string& edit = edits[(i + turn) % edits.size()];
      core::Run run = runs::of(file.id(), edit);
      run.knobs = *core::parse_knobs(knob, "--knobs");
      CAPTURE(file.name);
      CAPTURE(knob);
      CAPTURE(edit);
      CHECK(spoiled(run) == "");
    }
    ++turn;
  }
}

TEST_CASE("a knob lies over what either side says for itself") {
  core::Run run = runs::written(
      R"("policy": {"rto_ms": 200}, "client": {"policy": {"rto_ms": 300, "mss": 5}},
         "script": [])");
  run.knobs = *core::parse_knobs(R"({"policy": {"rto_ms": 400}})", "--knobs");
  const core::Scenario saved = core::flatten(run);
  const core::Run again{.scenario = saved, .knobs = {}, .edits = {}};
  for (const core::Side side : runs::sides) CHECK(core::policy_of(again, side).rto_ms == 400);
  CHECK(core::policy_of(again, core::Side::Client).mss == 5);
}

// --- Edits that name what they mean
// ---------------------------------------------------------------

namespace {

/// The names of the segments that edits mean; nothing for those that are no faults.
std::vector<std::string> names(const Timeline& timeline) {
  std::vector<std::string> out;
  for (const auto& key : timeline.edited) {
    out.push_back(!key ? ""
                       : std::to_string(key->seq.value) + " " + std::to_string(key->len) + " " +
                             std::string(core::to_string(key->flags)) + " " +
                             std::to_string(key->nth));
  }
  return out;
}

const char* const readers_edits = R"([
  {"fault": "drop", "segment": {"number": 1}},
  {"at_ms": 40, "side": "server", "do": "send", "bytes": 20},
  {"fault": "duplicate", "segment": {"from": "server", "has": "FIN"}, "after_ms": 60},
  {"fault": "drop", "segment": {"from": "server", "flags": "ACK", "nth": 2}},
  {"fault": "delay", "segment": {"number": 4}, "by_ms": 25},
  {"fault": "drop", "segment": {"number": 77}}])";

}  // namespace

TEST_CASE("an edit comes to name its segment by what it is, and the run stays the same") {
  for (const core::CatalogueFile& file : core::catalogue()) {
    CAPTURE(file.name);
    const core::Run run = runs::of(file.id(), readers_edits);
    const core::Run named = core::with_segment_keys(run);
    const Timeline timeline = core::simulate(named);
    CHECK(core::report(named, timeline) == core::report(run, core::simulate(run)));
    for (std::size_t i = 0; i < named.edits.size(); ++i) {
      const auto* fault = std::get_if<core::Fault>(&named.edits[i].what);
      if (fault == nullptr) continue;
      const bool by_key = std::holds_alternative<core::SegmentKey>(fault->segment);
      CHECK(by_key == timeline.edited[i].has_value());
    }
    // And once more changes nothing.
    CHECK(core::scenario_text(core::flatten(core::with_segment_keys(named))) ==
          core::scenario_text(core::flatten(named)));
  }
}

TEST_CASE("without any one edit the others mean what they meant, or nothing") {
  for (const core::CatalogueFile& file : core::catalogue()) {
    const core::Run run = core::with_segment_keys(runs::of(file.id(), readers_edits));
    const std::vector<std::string> all = names(core::simulate(run));
    for (std::size_t left_out = 0; left_out < run.edits.size(); ++left_out) {
      core::Run fewer = run;
      fewer.edits.erase(fewer.edits.begin() + static_cast<std::ptrdiff_t>(left_out));
      std::vector<std::string> expected = all;
      expected.erase(expected.begin() + static_cast<std::ptrdiff_t>(left_out));
      const std::vector<std::string> now = names(core::simulate(fewer));
      REQUIRE(now.size() == expected.size());
      for (std::size_t i = 0; i < now.size(); ++i) {
        CAPTURE(file.name);
        CAPTURE(left_out);
        CAPTURE(i);
        // A fault that meant nothing may find its number now; the others keep their names.
        if (!expected[i].empty() && !now[i].empty()) CHECK(now[i] == expected[i]);
      }
    }
  }
}

TEST_CASE("an edit keeps its segment when another edit goes") {
  const char* const edits = R"([
    {"at_ms": 0, "side": "server", "do": "send", "bytes": 5},
    {"fault": "drop", "segment": {"number": 1}}])";
  // With the server's octets, the client's FIN is the first segment still, but not the only one.
  core::Run run = core::with_segment_keys(runs::of("normal-close", edits));
  const auto& key = std::get<core::SegmentKey>(std::get<core::Fault>(run.edits[1].what).segment);
  CHECK(key.from == core::Side::Client);
  CHECK(key.flags == core::Flags{.fin = true, .ack = true});
  run.edits.erase(run.edits.begin());
  const Timeline timeline = core::simulate(run);
  CHECK(runs::sent(timeline).starts_with("0 client FA 100/300 x\n"));
}
