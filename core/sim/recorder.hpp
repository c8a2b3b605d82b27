// Recorder: turns what happened in one instant into records and steps, in the order in which a
// report lists them and a reader walks through them. It decides nothing; the simulation has.
#pragma once

#include "core/sim/timeline.hpp"

#include <vector>

namespace core {

/// Does the condition hold in this world, in which segment `arrived` (or none, 0) has just come?
[[nodiscard]] bool holds(const Condition& condition, const World& world, int arrived);

/// One thing that happened to one end, with all that it brought, in the order of a report.
struct Cause {
  Time at = 0;
  Side side = Side::Client;
  StepKind kind = StepKind::Call;
  Record head;
  std::vector<Record> effects = {};  ///< signals, states and timers
  std::vector<Record> sends = {};
  Rule rule = Rule::None;
  Endpoint after = {};  ///< the end before anything that it owes has left
  Endpoint left = {};   ///< and when all of that is gone
};

class Recorder {
 public:
  /// Tells the start: the first step, and the beats that hold then.
  Recorder(const Scenario& scenario, Timeline& timeline, const World& start);

  /// Adds the causes of one instant, which leave the world as it is now. Says whether there was
  /// room; if not, nothing was added.
  [[nodiscard]] bool tell(const std::vector<Cause>& causes, const World& world);

  /// The world as it has been told so far.
  [[nodiscard]] const World& told() const { return told_; }

 private:
  void tell(const Cause& cause);
  void add_record(const Record&);
  void add_step(StepKind, const Cause&, std::size_t first_record);
  void add_annotations(int arrived);

  const std::vector<Annotation>& annotations_;
  Timeline& timeline_;
  World told_;
  std::vector<bool> placed_;  ///< which beats have had their moment
};

}  // namespace core
