#include "core/sim/simulation.hpp"

#include "core/sim/agenda.hpp"
#include "core/sim/hosts.hpp"
#include "core/sim/injection.hpp"
#include "core/sim/network.hpp"
#include "core/sim/recorder.hpp"

#include <algorithm>
#include <utility>

namespace core {
namespace {

class Simulation {
 public:
  Simulation(const Run& run, Work& work)
      : run_(run),
        network_(run, timeline_.segments, work),
        hosts_(run, timeline_, network_, work),
        agenda_(run, hosts_.world(), work) {}
  Timeline play();

 private:
  [[nodiscard]] Time next_instant() const;
  void instant();
  void arrivals();
  void expire_timers();
  void settle();
  bool carry_out(Turn);
  void act(std::size_t number);
  void inject(Side, const Injection&);
  void arrive(int number);
  /// `arrived` is the segment that has just come, if one has.
  void notice_conditions(int arrived = 0) {
    agenda_.notice_conditions(hosts_.world(), arrived, now_);
  }

  void take_back_instant(std::size_t segments);
  [[nodiscard]] Ended how_it_ended(bool limit) const;
  void warn();

  const Run& run_;
  Timeline timeline_;
  Network network_;
  Hosts hosts_;
  Agenda agenda_;
  Time now_ = 0;
};

Timeline Simulation::play() {
  Recorder recorder(run_.scenario, timeline_, hosts_.world());
  bool limit = std::ranges::any_of(hosts_.world().ends, [](const Endpoint& end) {
    return end.tcb.retransmission_queue.size() > most_records;
  });
  for (Time next = next_instant(); next != never && !limit; next = next_instant()) {
    if (run_.scenario.until_ms && next > *run_.scenario.until_ms) break;
    now_ = next;
    const std::size_t sent_before = timeline_.segments.size();
    instant();
    limit = hosts_.full() || !recorder.record(hosts_.causes(), hosts_.world());
    if (limit) take_back_instant(sent_before);
  }
  timeline_.final = recorder.recorded();
  timeline_.ended = how_it_ended(limit);
  timeline_.edited = network_.faults().edited();
  warn();
  return std::move(timeline_);
}

Time Simulation::next_instant() const {
  Time next = std::min(network_.next_arrival(now_), agenda_.next());
  for (const Endpoint& end : hosts_.world().ends) {
    for (const Deadline& deadline : end.timers) next = std::min(next, deadline.at);
  }
  return next;
}

// --- One instant ---------------------------------------------------------------------------------

void Simulation::instant() {
  agenda_.begin_instant(now_);
  hosts_.begin_instant(now_);
  carry_out(Turn::First);
  arrivals();
  expire_timers();
  settle();
  while (carry_out(Turn::Last)) settle();
}

void Simulation::arrivals() {
  for (const Network::Arrival& arrival : network_.arrivals(now_)) {
    if (hosts_.full()) return;
    const int number = network_.deliver(arrival, now_);
    if (timeline_.segment(number).fate == Fate::Dropped) {
      hosts_.lose(number);
      notice_conditions();
    } else {
      arrive(number);
    }
  }
}

/// Carries out actions that this very instant made due, and sends deferred output, until nothing
/// is left.
void Simulation::settle() {
  do {
    while (carry_out(Turn::JustNow)) {
    }
    hosts_.send_deferred_output();
    notice_conditions();
  } while (carry_out(Turn::JustNow));
}

void Simulation::expire_timers() {
  for (const Side side : {Side::Client, Side::Server}) {
    while (hosts_.expire_timer(side)) notice_conditions();
  }
}

/// Carries out the actions of this turn, once through the list. Says whether there were any.
bool Simulation::carry_out(Turn turn) {
  std::size_t from = 0;
  while (!hosts_.full()) {
    const auto action = agenda_.take(turn, from);
    if (!action) return from > 0;
    from = *action + 1;
    act(*action);
  }
  return false;
}

void Simulation::act(std::size_t number) {
  const Action& action = agenda_.action(number);
  const bool up = hosts_.world().at(action.side).up;
  if (std::holds_alternative<Crash>(action.what)) {
    if (!up) return agenda_.set_no_effect(number, Text::warning_host_down_already);
    hosts_.set_power(action.side, false);
  } else if (std::holds_alternative<Reboot>(action.what)) {
    if (up) return agenda_.set_no_effect(number, Text::warning_host_up);
    hosts_.set_power(action.side, true);
  } else if (const auto* injection = std::get_if<Injection>(&action.what)) {
    return inject(action.side, *injection);
  } else {
    if (!up) return agenda_.set_no_effect(number, Text::warning_host_down);
    hosts_.call(action.side, std::get<Call>(action.what));
  }
  notice_conditions();
}

void Simulation::inject(Side side, const Injection& injection) {
  const Endpoint& end = hosts_.world().at(side);
  const int incarnation = injection.incarnation.value_or(std::max(1, end.incarnation));
  arrive(network_.inject(side, injected_segment(injection, end), incarnation, now_));
}

void Simulation::arrive(int number) {
  const bool arrived = hosts_.arrive(number);
  notice_conditions(arrived ? number : 0);
}

// --- The end -------------------------------------------------------------------------------------

/// An instant for which there is no room has not happened.
void Simulation::take_back_instant(std::size_t segments) {
  timeline_.segments.resize(segments);
  for (Transmission& sent : timeline_.segments) {
    const bool came = sent.fate == Fate::Delivered || sent.fate == Fate::HostDown;
    if (came && sent.arrives_at == now_) sent.fate = Fate::InFlight;
  }
}

Ended Simulation::how_it_ended(bool limit) const {
  if (limit) return Ended::Limit;
  if (next_instant() != never) return Ended::Until;
  const bool closed = std::ranges::all_of(
      hosts_.world().ends, [](const Endpoint& end) { return end.tcb.state == State::Closed; });
  return closed ? Ended::Closed : Ended::Waiting;
}

void Simulation::warn() {
  timeline_.warnings = network_.faults().warnings();
  for (Message& warning : agenda_.warnings()) timeline_.warnings.push_back(std::move(warning));
  if (timeline_.ended == Ended::Limit) {
    const auto most = static_cast<std::int64_t>(most_records);
    timeline_.warnings.push_back({Text::warning_too_many_records, {{"n", most}}});
  }
}

}  // namespace

Timeline simulate(const Run& run) {
  Work work;
  return simulate(run, work);
}

Timeline simulate(const Run& run, Work& work) {
  return Simulation(run, work).play();
}

}  // namespace core
