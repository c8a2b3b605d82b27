// Incarnations: numbers the connections between the two ends, and says at which sequence number the
// next one would begin. TCP itself knows nothing of these numbers.
#pragma once

#include "core/sim/timeline.hpp"

namespace core {

/// The incarnation that an end belongs to after these transitions. An active OPEN begins a new one,
/// which the other end takes up with the SYN that it hears (of incarnation `heard`).
[[nodiscard]] int incarnation_after(const Outcome& outcome, const Endpoint& end,
                                    const Endpoint& peer, int heard);

class Incarnations {
 public:
  explicit Incarnations(const World& start);

  /// Remembers where the numbers of a side's connection have got to.
  void note(Side side, const Tcb& tcb);
  /// What a side's generator of initial sequence numbers gives: well beyond the incarnation before,
  /// as the clock of 3.4.1 sees to. `heard` is the incarnation of the segment that has just
  /// arrived, or 0.
  [[nodiscard]] Seq next_iss(Side side, const World& world, int heard) const;

 private:
  std::array<Seq, 2> last_snd_nxt_;  ///< by side
};

}  // namespace core
