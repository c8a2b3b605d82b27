// Recorder: turns what happened in one instant into records and steps, in the order in which a
// report lists them and a reader walks through them. It decides nothing; the simulation has.
#pragma once

#include "core/sim/timeline.hpp"

#include <vector>

namespace core {

/// One thing that happened to one end, with all that it brought, in the order of a report.
struct Cause {
  Time at = 0;
  Side side = Side::Client;
  StepKind kind = StepKind::Call;
  Record head;
  std::vector<Record> effects = {};  ///< signals, states and timers
  std::vector<Record> sends = {};
  Rule rule = Rule::None;
  Shared<Endpoint> after = {};  ///< the end before its deferred output has left
  Shared<Endpoint> left = {};   ///< and after that
};

class Recorder {
 public:
  /// Records the start: the first step, and the annotations whose condition holds then.
  Recorder(const Scenario& scenario, Timeline& timeline, World start);

  /// Adds the causes of one instant, which leave the world as it is now. Says whether there was
  /// room; if not, nothing was added.
  [[nodiscard]] bool record(const std::vector<Cause>& causes, const World& world);

  /// The world as it has been recorded so far.
  [[nodiscard]] const World& recorded() const { return recorded_; }

 private:
  void record(const Cause& cause);
  void show(const Cause& cause, const Shared<Endpoint>& end);
  void set_state(Side side, State state);
  void add_record(const Record&);
  void add_step(StepKind, const Cause&, std::size_t first_record);
  void add_annotations(int arrived);

  const std::vector<Annotation>& annotations_;
  Timeline& timeline_;
  World recorded_;
  std::vector<bool> placed_;  ///< which annotations have had their moment
};

}  // namespace core
