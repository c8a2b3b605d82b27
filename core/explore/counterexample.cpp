#include "core/explore/counterexample.hpp"

#include "core/explore/replay.hpp"
#include "core/sim/simulation.hpp"

#include <algorithm>
#include <span>
#include <utility>

namespace core::explore {
namespace {

/// The earliest moments that satisfy all constraints; nothing if there are none.
std::optional<std::vector<Time>> moments(std::size_t acts, Time gap_ms,
                                         std::span<const Distance> distances) {
  std::vector<Time> at(acts);
  for (std::size_t i = 0; i < acts; ++i) at[i] = static_cast<Time>(i + 1) * gap_ms;
  for (std::size_t round = 0; round <= acts; ++round) {
    bool moved = false;
    const auto push = [&](std::size_t which, Time earliest) {
      moved = moved || at[which] < earliest;
      at[which] = std::max(at[which], earliest);
    };
    for (std::size_t i = 1; i < acts; ++i) push(i, at[i - 1] + gap_ms);
    for (const Distance& one : distances) push(one.later, at[one.earlier] + one.by_ms);
    if (!moved) return at;
  }
  return std::nullopt;
}

void add_faults(Scenario& scenario, std::span<const Sending> sendings, std::span<const Time> at,
                Time gap_ms) {
  for (const Sending& sending : sendings) {
    const auto add = [&](decltype(Fault::what) what) {
      scenario.script.push_back({Fault{what, ByNumber{sending.number}}, {}});
    };
    if (sending.lost) {
      add(Drop{});
      continue;
    }
    // A segment that is still in flight at the end arrives after it.
    const Time arrives = sending.arrivals.empty() ? at.back() + gap_ms : at[sending.arrivals[0]];
    const Time late = arrives - at[sending.sent] - gap_ms;
    if (late > 0) add(Delay{late});
    for (std::size_t i = 1; i < sending.arrivals.size(); ++i) {
      add(Duplicate{at[sending.arrivals[i]] - arrives});
    }
  }
}

/// The scenario for one clock, up to the last act. `scenario` has the policies; two acts are at
/// least `gap_ms` apart.
std::optional<Scenario> timed(Scenario scenario, const Trace& acts, Time gap_ms) {
  Replay replay(scenario);
  std::vector<int> arrived;
  for (std::size_t i = 0; i < acts.size(); ++i) {
    if (!replay.act(acts[i], i)) return std::nullopt;
    arrived.push_back(replay.arrived());
  }
  replay.finish(acts.size() - 1);
  const auto at = moments(acts.size(), gap_ms, replay.distances());
  if (!at) return std::nullopt;
  scenario.network = {gap_ms, gap_ms};
  for (std::size_t i = 0; i < acts.size(); ++i) {
    for (const Event& event : acts[i].events) {
      const auto* call = std::get_if<Call>(&event);
      if (call == nullptr) continue;
      // A call in the instant of an arrival is triggered by it.
      const Trigger trigger = acts[i].kind == Move::Kind::ArrivalAndCall
                                  ? Trigger{AfterCondition{SegmentArrives{arrived[i]}, 0}}
                                  : Trigger{AtTime{(*at)[i]}};
      const Action action = std::visit(
          [&](const auto& made) {
            return Action{.trigger = trigger, .side = acts[i].side, .what = Call{made}};
          },
          *call);
      scenario.script.push_back({action, {}});
    }
  }
  add_faults(scenario, replay.sendings(), *at, gap_ms);
  scenario.until_ms = at->back();
  return scenario;
}

/// A clock to try for one end: its retransmission timeout, whether that doubles, and the length of
/// TIME_WAIT where that may be too short.
struct Clock {
  std::optional<Time> rto_ms = {};
  bool backs_off = true;
  std::optional<Time> time_wait_ms = {};
};

/// The default clock first, then others, close to it first.
std::vector<Clock> clocks(bool short_time_wait) {
  std::vector<Clock> out = {{}};
  for (const Time wait : {0, 100, 1'000, 4'000, 15'000, 60'000}) {
    if (wait > 0 && !short_time_wait) continue;
    const auto time_wait_ms = wait > 0 ? std::optional(wait) : std::nullopt;
    if (wait > 0) out.push_back({.time_wait_ms = time_wait_ms});
    for (const bool backs_off : {true, false}) {
      for (const Time rto : {100, 300, 700, 1'500, 2'200, 4'000, 7'000, 15'000, 60'000, 130'000}) {
        out.push_back({rto, backs_off, time_wait_ms});
      }
    }
  }
  return out;
}

bool differ(const Policy& one, const Policy& other) {
  return one.challenge_ack_interval_ms != other.challenge_ack_interval_ms ||
         one.max_retransmits != other.max_retransmits ||
         one.max_retransmits_orphan != other.max_retransmits_orphan ||
         one.user_timeout_ms != other.user_timeout_ms || one.keepalive != other.keepalive;
}

/// Gives an end a clock, and the policy that the exploration assumes where the end's own policy
/// differs from it. R2 is changed only together with the retransmission timeout.
void set_clock(Start& start, const Clock& clock, const Setup& setup, Side side) {
  const auto set = [&](const PolicySetting& setting) {
    std::erase_if(start.policy, [&](const auto& known) { return known.key == setting.key; });
    start.policy.push_back(setting);
  };
  const Policy own = policy_of(Run{.scenario = setup.base, .knobs = {}, .edits = {}}, side);
  for (const PolicySetting& setting : setup.assumed()) {
    const bool is_r2 = setting.key == PolicyKeyId::R2Ms || setting.key == PolicyKeyId::R2SynMs;
    Policy other = own;
    core::apply({setting}, other);
    const bool differs = is_r2 ? clock.rto_ms.has_value() : differ(own, other);
    if (differs) set(setting);
  }
  if (clock.rto_ms) set({PolicyKeyId::RtoMs, *clock.rto_ms});
  if (clock.rto_ms && !clock.backs_off) set({PolicyKeyId::RtoMaxMs, *clock.rto_ms});
  if (clock.time_wait_ms) set({PolicyKeyId::TimeWaitMs, *clock.time_wait_ms});
}

/// Whether a simulated run is the one that was found: the same calls, arrivals and timeouts in the
/// same order.
bool follows(const Scenario& scenario, const Trace& acts) {
  const Timeline timeline = simulate(Run{.scenario = scenario, .knobs = {}, .edits = {}});
  std::vector<std::pair<Side, Event>> happened;
  for (const Record& record : timeline.records) {
    const auto happens = [&](Event event) { happened.emplace_back(record.side, std::move(event)); };
    if (const auto* called = std::get_if<Called>(&record.what)) happens(called->call);
    if (const auto* changed = std::get_if<TimerChanged>(&record.what)) {
      if (changed->change.what == TimerAction::Expire) happens(Timeout{changed->change.timer});
    }
    if (const auto* received = std::get_if<Received>(&record.what)) {
      happens(Arrival{timeline.segment(received->segment).segment});
    }
  }
  const auto same = [](const Event& one, const Event& another) {
    if (const auto* timeout = std::get_if<Timeout>(&one)) {
      const auto* other = std::get_if<Timeout>(&another);
      return other != nullptr && other->timer == timeout->timer;
    }
    if (const auto* arrival = std::get_if<Arrival>(&one)) {
      const auto* other = std::get_if<Arrival>(&another);
      return other != nullptr && other->segment == arrival->segment;
    }
    const auto* call = std::get_if<Call>(&another);
    return call != nullptr && to_string(*call) == to_string(std::get<Call>(one));
  };
  std::size_t place = 0;
  for (const Act& act : acts) {
    for (const Event& event : act.events) {
      if (place == happened.size()) return false;
      const auto& [side, what] = happened[place++];
      if (side != act.side || !same(event, what)) return false;
    }
  }
  return true;
}

/// Lets the run continue after the last act, unless it would never end.
Scenario with_rest(const Scenario& scenario) {
  Run run{.scenario = scenario, .knobs = {}, .edits = {}};
  run.scenario.until_ms.reset();
  if (simulate(run).ended == Ended::Limit) return scenario;
  return run.scenario;
}

}  // namespace

std::optional<Scenario> scenario_of(const Setup& setup, const Trace& acts,
                                    const ScenarioName& name) {
  Scenario base = setup.base;
  base.id = name.id;
  base.title = name.title;
  base.group = "Found by exploring";
  base.question = name.question;
  base.lesson = name.lesson;
  base.sources = {};
  base.script = {};
  base.annotations = {};
  base.questions = {};
  if (acts.empty()) return std::nullopt;
  for (const Time gap_ms : {50, 5}) {
    for (const Clock& client : clocks(setup.short_time_wait)) {
      for (const Clock& server : clocks(setup.short_time_wait)) {
        Scenario candidate = base;
        set_clock(candidate.start[0], client, setup, Side::Client);
        set_clock(candidate.start[1], server, setup, Side::Server);
        const auto scenario = timed(std::move(candidate), acts, gap_ms);
        if (scenario && follows(*scenario, acts)) return with_rest(*scenario);
      }
    }
  }
  return std::nullopt;
}

}  // namespace core::explore
