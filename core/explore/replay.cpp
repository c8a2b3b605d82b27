#include "core/explore/replay.hpp"

#include "core/sim/initial_state.hpp"

#include <algorithm>
#include <utility>

namespace core::explore {

Replay::Replay(const Scenario& scenario) {
  const auto& starts = scenario.start;
  const Run run{.scenario = scenario, .knobs = {}, .edits = {}};
  for (const Side side : {Side::Client, Side::Server}) {
    const std::size_t place = index(side);
    policy_[place] = policy_of(run, side);
    tcb_[place] = start_of(starts[place], starts[1 - place], policy_[place]).tcb;
    now_[place] = {.ms = 0, .iss = tcb_[place].iss};
  }
}

bool Replay::act(const Act& act, std::size_t place) {
  place_ = place;
  arrived_ = 0;
  if (act.wire && !arrive(act)) return false;
  const std::size_t side = index(act.side);
  for (const Event& event : act.events) {
    if (const auto* timeout = std::get_if<Timeout>(&event)) {
      if (!timer(act.side, timeout->timer)) return false;
      stop(act.side, timeout->timer, true);
    }
    apply(act, step(tcb_[side], event, policy_[side], now_[side]));
  }
  if (!act.events.empty()) apply(act, transmit(tcb_[side], policy_[side], now_[side]));
  return true;
}

void Replay::finish(std::size_t last) {
  place_ = last;
  for (const Side side : {Side::Client, Side::Server}) {
    for (const Timer timer : all_timers) stop(side, timer, false);
  }
}

bool Replay::arrive(const Act& act) {
  const auto sending = std::ranges::find_if(sendings_, [&](const Sending& one) {
    return one.in_flight && one.from != act.side && one.wire == *act.wire;
  });
  if (sending == sendings_.end()) return false;
  sending->in_flight = act.kind == Move::Kind::CopyArrives;
  if (act.kind == Move::Kind::Loss) {
    sending->lost = sending->arrivals.empty();
    return true;
  }
  arrived_ = sending->arrivals.empty() ? sending->number : ++last_number_;
  sending->arrivals.push_back(place_);
  return true;
}

void Replay::apply(const Act& act, Outcome outcome) {
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
    // The network of an exploration is a set, so of two equal segments only one stays in flight.
    const bool known = std::ranges::any_of(sendings_, [&](const Sending& other) {
      return other.in_flight && other.from == side && other.wire == wire;
    });
    sendings_.push_back({.number = ++last_number_, .from = side, .wire = wire, .sent = place_});
    sendings_.back().in_flight = !known;
    sendings_.back().lost = known;
  }
  tcb_[index(side)] = std::move(outcome.next);
}

std::optional<Replay::Running>& Replay::timer(Side side, Timer timer) {
  return running_[index(side)][static_cast<std::size_t>(timer)];
}

void Replay::stop(Side side, Timer which, bool expires) {
  std::optional<Running>& running = timer(side, which);
  if (!running) return;
  if (expires) distances_.push_back({running->since, place_, running->after_ms});
  const Time margin = expires ? 0 : 1;
  distances_.push_back({place_, running->since, margin - running->after_ms});
  running.reset();
}

}  // namespace core::explore
