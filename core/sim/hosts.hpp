// Hosts: the two ends of a run, and what each event does to them: a call, an arrival, a timeout, a
// crash. It asks step() and transmit() what TCP does, and keeps the causes of one instant. It does
// not know which event comes next.
#pragma once

#include "core/sim/incarnations.hpp"
#include "core/sim/network.hpp"
#include "core/sim/recorder.hpp"
#include "core/sim/work.hpp"

#include <array>
#include <optional>
#include <vector>

namespace core {

class Hosts {
 public:
  /// Both ends as the run starts. What they send goes into `network`, whose segments are those of
  /// `timeline`.
  Hosts(const Run& run, Timeline& timeline, Network& network, Work& work);

  [[nodiscard]] const World& world() const { return world_; }
  /// What has happened in this instant, in order.
  [[nodiscard]] const std::vector<Cause>& causes() const { return causes_; }
  /// This instant has more records or segments than the run has room for. What happens in it from
  /// now on does not count.
  [[nodiscard]] bool full() const { return full_; }

  void begin_instant(Time now);
  void call(Side side, const Call& call);
  /// Segment `number` reaches the other side. Says whether the host there is up.
  bool arrive(int number);
  /// Segment `number` does not reach anybody.
  void lose(int number);
  /// Lets a timer of this side expire that is due. Says whether there was one.
  bool expire_timer(Side side);
  /// The host comes up, knowing nothing, or goes down and forgets everything; what it sent is on
  /// its way all the same.
  void set_power(Side side, bool up);
  /// What the ends have to send when everything else has happened.
  void send_deferred_output();

 private:
  /// What an end will send when the instant is over, and the cause that it is attributed to.
  struct Deferred {
    Outcome output;
    std::size_t cause = 0;
  };

  void handle(Side side, StepKind kind, const Event& event, Record head, int incarnation = 0);
  void defer_output(Side side, const Tcb& before, const Outcome& outcome);
  [[nodiscard]] Outcome output_of(Side side) const;
  void collect(Cause& cause, const Outcome& outcome);
  void add(Cause cause);

  Timeline& timeline_;
  Network& network_;
  Work& work_;
  std::array<Policy, 2> policy_;
  World world_;
  Incarnations incarnations_;
  Time now_ = 0;
  bool full_ = false;
  std::vector<Cause> causes_;                        ///< of this instant
  std::array<std::optional<Deferred>, 2> deferred_;  ///< of this instant, by side
};

}  // namespace core
