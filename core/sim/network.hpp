// Network: what is on the wire between the two ends, and what goes wrong there. It numbers
// segments, delays, loses and copies them as the faults of a run say; it does not know what is in
// them.
#pragma once

#include "core/scenario/run.hpp"
#include "core/sim/planned_faults.hpp"
#include "core/sim/timeline.hpp"
#include "core/sim/transmission_log.hpp"
#include "core/sim/work.hpp"

#include <map>
#include <vector>

namespace core {

class Network {
 public:
  /// Writes every segment into `segments`, from 1 on, and counts into `work`.
  Network(const Run& run, std::vector<Transmission>& segments, Work& work);

  /// A segment leaves. Returns its number.
  int send(Side from, const Segment& segment, int incarnation, Time now);
  /// A segment that nobody sent reaches `to`. Returns its number.
  int inject(Side to, const Segment& segment, int incarnation, Time now);

  /// The first arrival after `now`; `never` when there is none.
  [[nodiscard]] Time next_arrival(Time now) const;

  /// Something that arrives: a segment, or a copy of it.
  struct Arrival {
    int number = 0;
    bool copy = false;
  };
  /// All that arrives at this moment, in the order in which it was sent.
  [[nodiscard]] std::vector<Arrival> arrivals(Time now) const;
  /// The number of what arrives; a copy gets one of its own now.
  int deliver(const Arrival& arrival, Time now);

  [[nodiscard]] const PlannedFaults& faults() const { return faults_; }

 private:
  Transmission& add(Side from, const Segment& segment, int incarnation, Time now);

  std::vector<Transmission>& segments_;
  Work& work_;
  Delays delays_;
  PlannedFaults faults_;
  TransmissionLog log_;
  /// What arrives when. Each segment stands before its own copies and before all later segments.
  std::map<Time, std::vector<Arrival>> arrivals_;
};

}  // namespace core
