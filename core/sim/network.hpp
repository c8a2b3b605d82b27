// Network: what is on the wire between the two ends, and what goes wrong there. It numbers
// segments, delays, loses and copies them as the faults of a run say; it does not know what is in
// them.
#pragma once

#include "core/sim/timeline.hpp"

#include <optional>
#include <vector>

namespace core {

class Network {
 public:
  /// Writes every segment into `segments`, from 1 on.
  Network(const Run& run, std::vector<Transmission>& segments);

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

  /// A warning for every fault that found no segment.
  [[nodiscard]] std::vector<Message> warnings() const;
  /// The segment that each edit meant, in their order; none for an action or a fault that found
  /// nothing.
  [[nodiscard]] std::vector<std::optional<SegmentKey>> edited() const;

 private:
  struct KnownFault {
    const Fault* fault = nullptr;
    const std::string* place = nullptr;
    std::optional<std::size_t> edit = {};  ///< its place in the list of edits
    int seen = 0;                          ///< how many segments it might have meant so far
    std::optional<SegmentKey> hit = {};
  };
  struct Copy {
    int of = 0;
    Time at = 0;
  };

  Transmission& add(Side from, const Segment& segment, int incarnation, Time now);
  void name(Transmission&) const;
  void apply_faults(Transmission&);
  [[nodiscard]] static bool matches(KnownFault&, const Transmission&);

  std::vector<Transmission>& segments_;
  Delays delays_;
  std::vector<KnownFault> faults_;
  std::vector<Copy> copies_;
  std::size_t edits_;
};

}  // namespace core
