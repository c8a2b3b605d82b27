// PlannedFaults: the faults of a run's script and edits, and which segment each of them hits. It
// knows what a fault asks for, and not what is done about it.
#pragma once

#include "core/sim/transmission_log.hpp"

#include <optional>
#include <string>
#include <vector>

namespace core {

class PlannedFaults {
 public:
  /// Refers into the run, and counts its look-ups.
  PlannedFaults(const Run& run, Work& work);

  /// The faults that hit this segment, in the order of the run: first the script's, then the
  /// edits'. Every segment that an end sends must be shown once, as faults count them.
  [[nodiscard]] std::vector<const Fault*> hitting(const Transmission& sent);

  /// A warning for every fault that found no segment.
  [[nodiscard]] std::vector<Message> warnings() const;
  /// The segment that each edit meant, in their order; none for an action or a fault that found
  /// nothing.
  [[nodiscard]] std::vector<std::optional<SegmentKey>> edited() const;

 private:
  struct Planned {
    const Fault* fault = nullptr;
    const std::string* place = nullptr;
    std::optional<std::size_t> edit = {};  ///< its place in the list of edits
    std::optional<SegmentKey> hit = {};    ///< a fault hits one segment at most
  };
  using Places = std::vector<std::size_t>;  ///< in `planned_`
  /// All faults that count the same segments.
  struct Count {
    ByFlags of;  ///< but for its nth
    int seen = 0;
    std::map<int, Places> by_nth = {};
  };

  void plan(const Fault& fault);
  [[nodiscard]] Count& count_of(const ByFlags& name);

  Work& work_;
  std::vector<Planned> planned_;
  std::map<int, Places> by_number_;
  std::map<SegmentKey, Places, KeyOrder> by_key_;
  std::vector<Count> counts_;  ///< as many as there are kinds of segments, which are few
  std::size_t edits_;
};

}  // namespace core
