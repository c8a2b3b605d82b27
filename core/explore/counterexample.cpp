#include "core/explore/counterexample.hpp"

#include "core/sim/initial_state.hpp"
#include "core/sim/simulation.hpp"

#include <algorithm>
#include <array>
#include <span>
#include <utility>

namespace core::explore {
namespace {

/// A segment that left in one act, and the acts in which it, and copies of it, arrive.
struct Sending {
  int number = 0;
  Side from = Side::Client;
  WireSegment wire;
  std::size_t sent = 0;
  std::vector<std::size_t> arrivals = {};
  bool under_way = true;
  bool lost = false;
};

/// How two acts lie to each other: `later` at least `by_ms` after `earlier`. Less than nothing says
/// how far it may lie before it.
struct Distance {
  std::size_t earlier = 0;
  std::size_t later = 0;
  Time by_ms = 0;
};

/// Plays a trace with step() and transmit(), to learn which segments leave when, by which numbers
/// they go in a real run, and what the timers ask of the clock.
class Replay {
 public:
  explicit Replay(const Scenario& scenario) {
    const auto& starts = scenario.start;
    const Run run{.scenario = scenario, .knobs = {}, .edits = {}};
    for (const Side side : {Side::Client, Side::Server}) {
      const std::size_t place = index(side);
      policy_[place] = policy_of(run, side);
      tcb_[place] = start_of(starts[place], starts[1 - place], policy_[place]).tcb;
      now_[place] = {.ms = 0, .iss = tcb_[place].iss};
    }
  }

  /// False when what should arrive was not sent, or what should expire does not run: at this clock
  /// the run is another one.
  [[nodiscard]] bool act(const Act& act, std::size_t place) {
    place_ = place;
    landed_ = 0;
    if (act.wire && !come(act)) return false;
    const std::size_t side = index(act.side);
    for (const Event& event : act.events) {
      if (const auto* timeout = std::get_if<Timeout>(&event)) {
        if (!timer(act.side, timeout->timer)) return false;
        stop(act.side, timeout->timer, true);
      }
      take(act, step(tcb_[side], event, policy_[side], now_[side]));
    }
    if (!act.events.empty()) take(act, transmit(tcb_[side], policy_[side], now_[side]));
    return true;
  }

  /// What still runs must not expire before the last act.
  void finish(std::size_t last) {
    place_ = last;
    for (const Side side : {Side::Client, Side::Server}) {
      for (const Timer timer : all_timers) stop(side, timer, false);
    }
  }

  [[nodiscard]] const std::vector<Sending>& sendings() const { return sendings_; }
  [[nodiscard]] const std::vector<Distance>& distances() const { return distances_; }
  /// The number of the segment that arrived in the last act.
  [[nodiscard]] int landed() const { return landed_; }

 private:
  struct Running {
    std::size_t since = 0;
    Time after_ms = 0;
  };

  bool come(const Act& act) {
    const auto meant = std::ranges::find_if(sendings_, [&](const Sending& sending) {
      return sending.under_way && sending.from != act.side && sending.wire == *act.wire;
    });
    if (meant == sendings_.end()) return false;
    meant->under_way = act.kind == Move::Kind::CopyArrives;
    if (act.kind == Move::Kind::Loss) {
      meant->lost = meant->arrivals.empty();
      return true;
    }
    landed_ = meant->arrivals.empty() ? meant->number : ++numbers_;
    meant->arrivals.push_back(place_);
    return true;
  }

  void take(const Act& act, Outcome outcome) {
    const Side side = act.side;
    int& incarnation = incarnation_[index(side)];
    incarnation = incarnation_after(outcome, incarnation);
    const auto answered = act.wire ? std::optional(act.wire->incarnation) : std::nullopt;
    for (const TimerChange& change : outcome.timers) {
      stop(side, change.timer, false);
      const bool runs = change.what == TimerAction::Start || change.what == TimerAction::Restart;
      if (runs) timer(side, change.timer) = Running{place_, change.after_ms};
    }
    for (const Segment& segment : outcome.send) {
      const WireSegment wire{segment, incarnation_of(segment, incarnation, answered)};
      // The network of an exploration is a set: of two equal segments one goes on.
      const bool twin = std::ranges::any_of(sendings_, [&](const Sending& other) {
        return other.under_way && other.from == side && other.wire == wire;
      });
      sendings_.push_back({.number = ++numbers_, .from = side, .wire = wire, .sent = place_});
      sendings_.back().under_way = !twin;
      sendings_.back().lost = twin;
    }
    tcb_[index(side)] = std::move(outcome.next);
  }

  std::optional<Running>& timer(Side side, Timer timer) {
    return running_[index(side)][static_cast<std::size_t>(timer)];
  }

  void stop(Side side, Timer which, bool expires) {
    std::optional<Running>& running = timer(side, which);
    if (!running) return;
    if (expires) distances_.push_back({running->since, place_, running->after_ms});
    const Time short_of = expires ? 0 : 1;
    distances_.push_back({place_, running->since, short_of - running->after_ms});
    running.reset();
  }

  std::array<Policy, 2> policy_;
  std::array<Tcb, 2> tcb_;
  std::array<Inputs, 2> now_;
  std::array<int, 2> incarnation_ = {1, 1};
  std::array<std::array<std::optional<Running>, all_timers.size()>, 2> running_;
  std::vector<Sending> sendings_;
  std::vector<Distance> distances_;
  std::size_t place_ = 0;
  int numbers_ = 0;
  int landed_ = 0;
};

/// The earliest moments that keep all distances; nothing if there are none.
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
    const auto suffers = [&](decltype(Fault::what) what) {
      scenario.script.push_back({Fault{what, ByNumber{sending.number}}, {}});
    };
    if (sending.lost) {
      suffers(Drop{});
      continue;
    }
    // What is still on its way at the end arrives after it.
    const Time arrives = sending.arrivals.empty() ? at.back() + gap_ms : at[sending.arrivals[0]];
    const Time late = arrives - at[sending.sent] - gap_ms;
    if (late > 0) suffers(Delay{late});
    for (std::size_t i = 1; i < sending.arrivals.size(); ++i) {
      suffers(Duplicate{at[sending.arrivals[i]] - arrives});
    }
  }
}

/// The story at one clock, up to its last act: `scenario` has the policies, `gap_ms` lies between
/// two acts.
std::optional<Scenario> played(Scenario scenario, const Trace& acts, Time gap_ms) {
  Replay replay(scenario);
  std::vector<int> landed;
  for (std::size_t i = 0; i < acts.size(); ++i) {
    if (!replay.act(acts[i], i)) return std::nullopt;
    landed.push_back(replay.landed());
  }
  replay.finish(acts.size() - 1);
  const auto at = moments(acts.size(), gap_ms, replay.distances());
  if (!at) return std::nullopt;
  scenario.network = {gap_ms, gap_ms};
  for (std::size_t i = 0; i < acts.size(); ++i) {
    for (const Event& event : acts[i].events) {
      const auto* call = std::get_if<Call>(&event);
      if (call == nullptr) continue;
      // A call in the instant of an arrival waits for that.
      const Trigger trigger = acts[i].kind == Move::Kind::ArrivalAndCall
                                  ? Trigger{AfterCondition{SegmentArrives{landed[i]}, 0}}
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

/// A clock that is tried for an end: its retransmission timeout, whether that doubles, and for a
/// TIME_WAIT that may be too short, its length.
struct Clock {
  std::optional<Time> rto_ms = {};
  bool backs_off = true;
  std::optional<Time> time_wait_ms = {};
};

/// The usual one first, then those that differ from it as little as may be.
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

/// Gives an end a clock. With it comes what the exploration has taken for granted, as far as the
/// end's policy says something else: R2 only where the timeouts are not the usual ones.
void wind(Start& start, const Clock& clock, const Setup& setup, Side side) {
  const auto set = [&](const PolicySetting& setting) {
    std::erase_if(start.policy, [&](const auto& known) { return known.key == setting.key; });
    start.policy.push_back(setting);
  };
  const Policy own = policy_of(Run{.scenario = setup.base, .knobs = {}, .edits = {}}, side);
  for (const PolicySetting& setting : setup.assumed()) {
    const bool of_r2 = setting.key == PolicyKeyId::R2Ms || setting.key == PolicyKeyId::R2SynMs;
    Policy other = own;
    core::apply({setting}, other);
    const bool says_else = of_r2 ? clock.rto_ms.has_value() : differ(own, other);
    if (says_else) set(setting);
  }
  if (clock.rto_ms) set({PolicyKeyId::RtoMs, *clock.rto_ms});
  if (clock.rto_ms && !clock.backs_off) set({PolicyKeyId::RtoMaxMs, *clock.rto_ms});
  if (clock.time_wait_ms) set({PolicyKeyId::TimeWaitMs, *clock.time_wait_ms});
}

/// Whether the engine's own run is the one that was found: the same calls, arrivals and timeouts in
/// the same order.
bool follows(const Scenario& story, const Trace& acts) {
  const Timeline timeline = simulate(Run{.scenario = story, .knobs = {}, .edits = {}});
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

/// What happens after the last act is worth seeing, unless it goes on for ever.
Scenario let_go_on(const Scenario& story) {
  Run run{.scenario = story, .knobs = {}, .edits = {}};
  run.scenario.until_ms.reset();
  if (simulate(run).ended == Ended::Limit) return story;
  return run.scenario;
}

}  // namespace

std::optional<Scenario> story_of(const Setup& setup, const Trace& acts, const StoryName& name) {
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
        Scenario wound = base;
        wind(wound.start[0], client, setup, Side::Client);
        wind(wound.start[1], server, setup, Side::Server);
        const auto story = played(std::move(wound), acts, gap_ms);
        if (story && follows(*story, acts)) return let_go_on(*story);
      }
    }
  }
  return std::nullopt;
}

}  // namespace core::explore
