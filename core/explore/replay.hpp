// Replay: a trace played once more with step() and transmit() under given policies. It finds which
// segments leave in which act, by which numbers they go in a real run, and what the timers require
// of the clock. It does not choose a clock: see counterexample.hpp.
#pragma once

#include "core/explore/search.hpp"

#include <array>
#include <optional>
#include <vector>

namespace core::explore {

/// A segment that left in one act, and the acts in which it and its copies arrive.
struct Sending {
  int number = 0;
  Side from = Side::Client;
  WireSegment wire;
  std::size_t sent = 0;
  std::vector<std::size_t> arrivals = {};
  bool in_flight = true;
  bool lost = false;
};

/// A constraint on the moments of two acts: `later` is at least `by_ms` after `earlier`. If `by_ms`
/// is negative, `later` may come before `earlier` by at most that much.
struct Distance {
  std::size_t earlier = 0;
  std::size_t later = 0;
  Time by_ms = 0;
};

class Replay {
 public:
  explicit Replay(const Scenario& scenario);

  /// Plays act number `place`. False if its segment was not sent or its timer does not run: under
  /// these policies the trace is not possible.
  [[nodiscard]] bool act(const Act& act, std::size_t place);
  /// Timers that still run must not expire before the last act.
  void finish(std::size_t last);

  [[nodiscard]] const std::vector<Sending>& sendings() const { return sendings_; }
  [[nodiscard]] const std::vector<Distance>& distances() const { return distances_; }
  /// The number of the segment that arrived in the last act.
  [[nodiscard]] int arrived() const { return arrived_; }

 private:
  struct Running {
    std::size_t since = 0;
    Time after_ms = 0;
  };

  [[nodiscard]] bool arrive(const Act& act);
  void apply(const Act& act, Outcome outcome);
  [[nodiscard]] std::optional<Running>& timer(Side side, Timer timer);
  void stop(Side side, Timer which, bool expires);

  std::array<Policy, 2> policy_;
  std::array<Tcb, 2> tcb_;
  std::array<Inputs, 2> now_;
  std::array<int, 2> incarnation_ = {1, 1};
  std::array<std::array<std::optional<Running>, all_timers.size()>, 2> running_;
  std::vector<Sending> sendings_;
  std::vector<Distance> distances_;
  std::size_t place_ = 0;
  int last_number_ = 0;
  int arrived_ = 0;
};

}  // namespace core::explore
