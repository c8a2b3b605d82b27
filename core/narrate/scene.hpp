// Scene: one step, and what else of the run bears on it. It says what is so and chooses no words.
#pragma once

#include "core/sim/timeline.hpp"

#include <vector>

namespace core::narration {

struct Scene {
  Scene(const Timeline& run, const Step& shown);

  const Timeline& timeline;
  const Step& step;
  const World& earlier;  ///< when the step began
  Side end;              ///< who acted; for a loss, who seems to have sent
  Side peer;

  // The step's records, picked apart.
  const Called* call = nullptr;
  const HostChanged* host = nullptr;
  const TimerChange* expired = nullptr;
  const Received* received = nullptr;
  const Transmission* come = nullptr;     ///< what arrived, or died on its way
  std::vector<const Transmission*> sent;  ///< in order
  std::vector<Transition> transitions;
  std::vector<Signal> signals;
  std::vector<TimerChange> timers;  ///< started, restarted, stopped

  [[nodiscard]] const Tcb& was() const { return earlier.at(end).tcb; }
  [[nodiscard]] const Tcb& is() const { return step.world.at(end).tcb; }
  [[nodiscard]] const Endpoint& there() const { return step.world.at(peer); }
  /// What arrived or died.
  [[nodiscard]] const Segment& segment() const { return come->segment; }

  [[nodiscard]] bool signalled(Signal signal) const;
  [[nodiscard]] bool moved_by(Rule rule) const;
  /// The change that starts or restarts this timer, or null.
  [[nodiscard]] const TimerChange* starts(Timer timer) const;
  [[nodiscard]] bool stops(Timer timer) const;
  /// The first segment of the step that left and has this flag, or null.
  [[nodiscard]] const Transmission* sent_with(bool Flags::* flag) const;
  /// New octets of data that left.
  [[nodiscard]] std::uint32_t octets_sent() const;
};

/// The arrival that an answer belongs to.
[[nodiscard]] const Step& arrival_of(const Timeline& timeline, const Step& answer);

/// Whether an arrival has an answer of its own.
[[nodiscard]] bool answered(const Scene& arrival);

/// What the same end sends in the same instant, in this step's place or in that of another.
[[nodiscard]] std::vector<const Transmission*> sent_at_this_moment(const Scene& scene);

/// The step in which a segment left; of a copy, in which the original did. Null for what nobody
/// sent.
[[nodiscard]] const Step* sender_of(const Timeline& timeline, const Transmission& sent);

/// The rule of the step in which it was sent; of a copy, in which the original was. None for what
/// nobody sent.
[[nodiscard]] Rule sent_by_rule(const Timeline& timeline, const Transmission& sent);

/// How long the timer that expires in this step has run.
[[nodiscard]] Time waited(const Scene& scene);

/// The peer has nothing of this connection any more. A host that goes down is CLOSED.
[[nodiscard]] bool gone(const Endpoint& end);

/// The host has been down before this step.
[[nodiscard]] bool has_been_down(const Scene& scene);

/// Something of this connection from this side is still on its way after the step.
[[nodiscard]] bool under_way(const Scene& scene, Side from);

/// A FIN of the peer has come since the 2·MSL timer, which expires now, was last started.
[[nodiscard]] bool fin_came_since_time_wait_began(const Scene& scene);

}  // namespace core::narration
