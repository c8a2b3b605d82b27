// Exploring every interleaving: the number of states is that of an independent model, each negative
// control breaks, each property applies somewhere, and each trace can be played.
// Longer than 300 lines: one test for each exploration and each property.
#include "ends.hpp"

#include "core/explore/counterexample.hpp"
#include "core/explore/explore.hpp"
#include "core/explore/suite.hpp"
#include "core/scenario/write.hpp"
#include "core/sim/simulation.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <string>
#include <vector>

namespace {

using core::Side;
using core::State;
using core::explore::Closes;
using core::explore::Exploration;
using core::explore::Explored;
using core::explore::Finding;
using core::explore::Search;
using core::explore::Setup;
using core::explore::Trace;

Setup setup(std::uint32_t client, std::uint32_t server, int duplicates) {
  Setup out;
  out.name = "tested";
  out.applications[0].octets = client;
  out.applications[1].octets = server;
  out.duplicates = duplicates;
  return out;
}

Setup with_policy(Setup out, std::string_view json) {
  out.base.policy =
      core::parse_knobs(std::string(R"({"policy": )") + std::string(json) + "}", "test")
          .value()
          .policy;
  return out;
}

Explored explored(const Setup& what) {
  auto out = core::explore::explore(what);
  REQUIRE(out);
  return std::move(*out);
}

/// The numbers of the properties that do not hold.
std::vector<int> broken(const Explored& all) {
  std::vector<int> out;
  for (const Finding& finding : all.findings) {
    if (!finding.holds) out.push_back(finding.property);
  }
  return out;
}

std::string fair_cycles(const Explored& all) {
  std::string out;
  for (const auto& [pair, ways] : all.final_pairs) {
    if (!out.empty()) out += ", ";
    out += core::explore::pair_text(pair);
  }
  return out;
}

const Exploration& standard(std::string_view named) {
  static const std::vector<Exploration> all = core::explore::standard_explorations();
  const auto found =
      std::ranges::find_if(all, [&](const Exploration& one) { return one.setup.name == named; });
  REQUIRE(found != all.end());
  return *found;
}

// --- A trace and a simulated run, in the same words
// -----------------------------------------------

std::string who(Side side) {
  return side == Side::Client ? "client " : "server ";
}

std::string words(const core::Segment& segment) {
  return std::string(to_string(segment.flags)) + " " + std::to_string(segment.seq.value) + "/" +
         std::to_string(segment.ack.value) + "+" + std::to_string(segment.len);
}

std::string timer(core::Timer which) {
  return "timer " + std::to_string(static_cast<int>(which));
}

/// A line for each call, arrival and timeout. A loss is not an event of either end.
std::vector<std::string> lines(const Trace& trace) {
  std::vector<std::string> out;
  for (const core::explore::Act& act : trace) {
    for (const core::Event& event : act.events) {
      if (const auto* call = std::get_if<core::Call>(&event)) {
        out.push_back(who(act.side) + std::string(to_string(*call)));
      } else if (const auto* arrival = std::get_if<core::Arrival>(&event)) {
        out.push_back(who(act.side) + words(arrival->segment));
      } else {
        out.push_back(who(act.side) + timer(std::get<core::Timeout>(event).timer));
      }
    }
  }
  return out;
}

std::vector<std::string> lines(const core::Timeline& timeline) {
  std::vector<std::string> out;
  for (const core::Record& record : timeline.records) {
    if (const auto* called = std::get_if<core::Called>(&record.what)) {
      out.push_back(who(record.side) + std::string(to_string(called->call)));
    } else if (const auto* received = std::get_if<core::Received>(&record.what)) {
      out.push_back(who(record.side) + words(timeline.segment(received->segment).segment));
    } else if (const auto* changed = std::get_if<core::TimerChanged>(&record.what)) {
      if (changed->change.what != core::TimerAction::Expire) continue;
      out.push_back(who(record.side) + timer(changed->change.timer));
    }
  }
  return out;
}

/// Whether a trace has a scenario that, saved and read again, begins with it.
bool plays(const Setup& what, const Trace& trace) {
  const auto scenario = core::explore::scenario_of(
      what, trace, {.id = "found", .title = "Found", .question = "", .lesson = ""});
  if (!scenario) return false;
  const auto read = core::parse_scenario(core::scenario_text(*scenario), "found.json");
  REQUIRE(read);
  const auto timeline = core::simulate(core::Run{.scenario = *read, .knobs = {}, .edits = {}});
  const std::vector<std::string> wanted = lines(trace);
  std::vector<std::string> got = lines(timeline);
  got.resize(std::min(got.size(), wanted.size()));
  CHECK(got == wanted);
  return got == wanted;
}

}  // namespace

TEST_CASE("the number of states is that of a model built independently of this engine") {
  CHECK(explored(setup(0, 0, 0)).states == 611);
  CHECK(explored(setup(0, 0, 1)).states == 1'531);
  CHECK(explored(setup(0, 0, 2)).states == 2'642);
  CHECK(explored(setup(0, 0, 3)).states == 3'836);
  CHECK(explored(setup(1, 0, 0)).states == 15'013);
  CHECK(explored(setup(0, 0, 3)).depth == 16);
  // Where the Server answers after EOF.
  Setup half_close = setup(0, 1, 1);
  half_close.applications[1].closes = Closes::AfterEof;
  CHECK(explored(half_close).states == 25'987);
}

TEST_CASE(
    "a graceful close keeps every property, and its pairs of states are exactly those of P9") {
  for (const Setup& what : {setup(0, 0, 3), setup(1, 0, 0), setup(0, 1, 0)}) {
    const Explored all = explored(what);
    CHECK(broken(all).empty());
    CHECK((all.pairs == core::explore::allowed_pairs()));
    CHECK(all.pairs.count() == 25);
    CHECK(fair_cycles(all) == "CLOSED/CLOSED");
    CHECK(all.findings.size() == 14);
    CHECK(core::explore::asked(what).count() == 14);
  }
}

TEST_CASE("a Server that closes when it sees EOF reaches nine pairs of states") {
  Setup what = setup(0, 0, 2);
  what.applications[1].closes = Closes::AfterEof;
  const Explored all = explored(what);
  CHECK(broken(all).empty());
  CHECK(all.pairs.count() == 9);
  CHECK((all.pairs & ~core::explore::allowed_pairs()).none());
}

TEST_CASE("sequence numbers that wrap change nothing") {
  const Explored all = explored(standard("sequence numbers that wrap").setup);
  CHECK(all.states == 15'013);
  CHECK(broken(all).empty());
}

TEST_CASE("half-duplex closes, delayed ACKs and every profile keep their properties") {
  for (const std::string_view named : {"half-duplex close", "half-duplex close, reading late",
                                       "two retransmissions, then R2", "as freebsd"}) {
    INFO(named);
    CHECK(broken(explored(standard(named).setup)).empty());
  }
}

TEST_CASE("a run stays forever only where nobody closes or a reset was lost") {
  Setup silent = setup(0, 0, 0);
  silent.applications[1].closes = Closes::Never;
  CHECK(fair_cycles(explored(silent)) == "FIN_WAIT_2/CLOSE_WAIT");
  Setup aborted = setup(0, 0, 0);
  aborted.aborts = 1;
  CHECK(fair_cycles(explored(aborted)) == "CLOSED/CLOSED, CLOSED/FIN_WAIT_2, FIN_WAIT_2/CLOSED");
  silent.aborts = 1;
  const Explored idle = explored(silent);
  CHECK(fair_cycles(idle) ==
        "CLOSED/CLOSED, CLOSED/ESTABLISHED, CLOSED/CLOSE_WAIT, FIN_WAIT_2/CLOSED, "
        "FIN_WAIT_2/CLOSE_WAIT");
  CHECK(broken(idle).empty());
}

TEST_CASE("a TIME_WAIT that is too short, or missing, adds four pairs and a reset in LAST_ACK") {
  Setup what = setup(0, 0, 0);
  what.short_time_wait = true;
  Explored all = explored(what);
  CHECK(all.pairs.count() == 29);
  for (const State waiting : {State::LastAck, State::Closing}) {
    CHECK(all.pairs.test(core::explore::pair_of(State::Closed, waiting)));
    CHECK(all.pairs.test(core::explore::pair_of(waiting, State::Closed)));
  }
  CHECK(broken(all) == std::vector{8, 9, 10});
  all = explored(with_policy(setup(0, 0, 0), R"({"time_wait": false})"));
  CHECK(broken(all) == std::vector{8, 9, 10});
}

TEST_CASE("both ways into a packet war are found, and no run leaves it") {
  Explored all = explored(with_policy(setup(0, 0, 0), R"({"time_wait_answers": "every_ack"})"));
  CHECK(broken(all) == std::vector{11, 13, 16});
  CHECK(fair_cycles(all) == "CLOSED/CLOSED, TIME_WAIT/TIME_WAIT");
  all = explored(with_policy(setup(0, 0, 0), R"({"closing_ack": "fin"})"));
  CHECK(broken(all) == std::vector{9, 11, 13});
  CHECK(fair_cycles(all) == "CLOSED/CLOSED, CLOSING/CLOSING");
}

TEST_CASE("each negative control is found, and its shortest run can be saved and played") {
  int controls = 0;
  for (const Exploration& exploration : core::explore::standard_explorations()) {
    if (!exploration.must_break) continue;
    INFO(exploration.setup.name);
    ++controls;
    const auto all = core::explore::explore(exploration.setup, exploration.must_break);
    REQUIRE(all);
    REQUIRE(all->findings.size() == 1);
    const Finding& finding = all->findings.front();
    CHECK(finding.property == *exploration.must_break);
    CHECK_FALSE(finding.holds);
    REQUIRE(finding.example);
    CHECK(plays(exploration.setup, *finding.example));
  }
  CHECK(controls == 7);
}

TEST_CASE("the standard explorations check every property") {
  core::explore::Properties wanted;
  for (const Exploration& exploration : core::explore::standard_explorations()) {
    wanted |= core::explore::asked(exploration.setup);
  }
  for (std::size_t property = 1; property <= 16; ++property) CHECK(wanted.test(property));
}

// A property whose condition is never met holds of anything, so it would show nothing.
TEST_CASE("each property applies in some exploration") {
  std::array<std::size_t, core::explore::last_property + 1> applied = {};
  for (const std::string_view named :
       {"no data, 1 duplicate", "a Server that never closes, one ABORT",
        "a new incarnation with the same initial numbers", "two retransmissions, then R2"}) {
    for (const Finding& finding : explored(standard(named).setup).findings) {
      applied[static_cast<std::size_t>(finding.property)] += finding.applied;
    }
  }
  for (int property = 1; property <= core::explore::last_property; ++property) {
    CAPTURE(property);
    CHECK(applied[static_cast<std::size_t>(property)] > 0);
  }
}

TEST_CASE("a property whose condition is not met does not apply") {
  const core::Policy policy;
  const auto applied = [&](const core::Tcb& before, const core::Event& event, int incarnation = 1) {
    const core::Outcome outcome = core::step(before, event, policy);
    return core::explore::check_event({.tcb = before, .incarnation = incarnation}, outcome, policy,
                                      event)
        .applied;
  };
  const core::Event data = core::Arrival{ends::segment("A 300/101+10")};
  const core::Event reset = core::Arrival{ends::segment("R 300")};
  const core::Event late_reset = core::Arrival{ends::segment("R 301")};
  const core::Tcb established = ends::in(State::Established);
  CHECK_FALSE(applied(established, data).test(7));
  CHECK(applied(established, reset).test(7));
  CHECK_FALSE(applied(established, data).test(6));
  CHECK(applied(ends::in(State::CloseWait), data).test(6));
  CHECK_FALSE(applied(established, data).test(12));
  CHECK(applied(established, data, 2).test(12));
  CHECK_FALSE(applied(established, data).test(10));
  CHECK(applied(ends::in(State::LastAck), late_reset).test(10));
  CHECK_FALSE(core::explore::check_end({.tcb = established}, policy).applied.test(16));
  CHECK_FALSE(core::explore::check_end({.tcb = established}, policy).applied.test(14));
}

TEST_CASE("the shortest run to every state can be played, event by event") {
  const Setup what = setup(0, 0, 1);
  Search search(what);
  REQUIRE(search.run({}));
  std::size_t told = 0;
  for (std::uint32_t node = 1; node < search.states(); ++node) {
    if (plays(what, search.path(node))) ++told;
  }
  CHECK(told == search.states() - 1);
}

TEST_CASE("a scenario plays the trace that was found, in every kind of exploration") {
  int played = 0;
  int sampled = 0;
  for (const Exploration& exploration : core::explore::standard_explorations()) {
    INFO(exploration.setup.name);
    Setup what = exploration.setup;
    what.most_states = 10'000;  // the larger ones are left to the release build
    Search search(what);
    if (!search.run({})) continue;
    const auto states = static_cast<std::uint32_t>(search.states());
    for (std::uint32_t node = 1; node < states; node += 1 + states / 50) {
      ++sampled;
      if (plays(what, search.path(node))) ++played;
    }
  }
  CHECK(sampled > 400);
  // A few orders of timeouts would need a clock that is not tried.
  CHECK(played * 100 > sampled * 95);
}

TEST_CASE("each property is broken by an end, a step or a pair of ends that violates it") {
  using core::explore::End;
  const core::Policy policy;
  const auto being = [&](auto change) {
    End end{.tcb = ends::in(State::TimeWait), .eof = true};
    change(end);
    return core::explore::check_end(end, policy).broken;
  };
  CHECK(being([](End&) {}).none());
  CHECK(being([](End& end) { end.eof = false; }).test(1));
  CHECK(being([](End& end) { end.tcb.snd_una = end.tcb.snd_nxt + 1; }).test(2));
  CHECK(being([](End& end) { end.tcb.snd_una = *end.tcb.fin; }).test(5));
  CHECK(being([](End& end) { end.tcb.fin_received = false; }).test(5));
  CHECK(being([](End& end) { end.tcb.timers.remove(core::Timer::TimeWait); }).test(16));
  CHECK(being([](End& end) {
          end.tcb = ends::in(State::LastAck);
          end.tcb.timers.remove(core::Timer::Retransmission);
        }).test(14));

  const auto step = [&](const core::Tcb& before, const core::Event& event, auto change) {
    core::Outcome outcome = core::step(before, event, policy);
    change(outcome);
    return core::explore::check_event({.tcb = before, .incarnation = 2}, outcome, policy, event)
        .broken;
  };
  const core::Event fin = core::Arrival{ends::segment("FA 300/101")};
  const core::Event reset = core::Arrival{ends::segment("R 300")};
  const core::Event text = core::Arrival{ends::segment("A 300/101+10")};
  const core::Tcb fin_wait_2 = ends::in(State::FinWait2);
  using core::Outcome;
  CHECK(step(fin_wait_2, fin, [](Outcome&) {}).none());
  CHECK(step(fin_wait_2, fin, [](Outcome& out) {
          out.signals.push_back(core::Signal::Eof);
        }).test(1));
  CHECK(
      step(fin_wait_2, fin, [](Outcome& out) { out.next.rcv_nxt = out.next.rcv_nxt - 2; }).test(3));
  CHECK(step(fin_wait_2, fin, [](Outcome& out) { out.next.rcv_wnd -= 10; }).test(3));
  CHECK(step(fin_wait_2, fin, [](Outcome& out) { out.next.fin = *out.next.fin + 1; }).test(4));
  CHECK(step(fin_wait_2, text, [](Outcome& out) {
          out.send.push_back(ends::segment("A 100/310+5"));
        }).test(4));
  CHECK(step(ends::in(State::CloseWait), text, [](Outcome& out) {
          out.next.rcv_nxt = out.next.rcv_nxt + 1;
        }).test(6));
  CHECK(step(fin_wait_2, reset, [](Outcome& out) {
          out.send.push_back(ends::segment("R 101"));
        }).test(7));
  CHECK(step(fin_wait_2, reset, [](Outcome&) {}).test(8));
  CHECK(step(fin_wait_2, text, [](Outcome& out) { out.received = {{1, true}}; }).test(12));
  CHECK(step(fin_wait_2, fin, [](Outcome& out) { --out.timers.back().after_ms; }).test(16));

  const auto established = [](auto change) {
    End one{.tcb = ends::in(State::Established)};
    End other = one;
    other.tcb.snd_una = other.tcb.snd_nxt = one.tcb.rcv_nxt;
    other.tcb.rcv_nxt = one.tcb.snd_nxt;
    change(one, other);
    return core::explore::check_ends(one, other, true).broken;
  };
  CHECK(established([](End&, End&) {}).none());
  CHECK(established([](End& one, End&) { one.received = 1; }).test(1));
  CHECK(established([](End& one, End&) { one.eof = true; }).test(1));
  CHECK(established([](End& one, End&) { one.tcb.rcv_nxt = one.tcb.rcv_nxt + 1; }).test(2));
  CHECK(established([](End&, End& other) { other.tcb.snd_una = other.tcb.snd_una + 1; }).test(2));
  CHECK(established([](End& one, End&) { one.tcb.fin_received = true; }).test(5));
  CHECK(established([](End& one, End& other) {
          one.tcb.fin_requested = other.tcb.fin_requested = true;
          one.tcb.fin = one.tcb.snd_nxt - 1;
          other.tcb.fin = other.tcb.snd_nxt - 1;
        }).test(14));
}

TEST_CASE("an exploration that is too large stops and says so") {
  Setup what = setup(3, 3, 0);
  what.most_states = 20'000;
  const auto all = core::explore::explore(what);
  REQUIRE_FALSE(all);
  CHECK(all.error().id == core::Text::explore_too_many_states);
}
