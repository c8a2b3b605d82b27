// TransmissionLog: what was on the wire before, so that a new segment can be told from a repeated
// one. It finds everything by look-up, and knows nothing of delay and loss.
#pragma once

#include "core/sim/timeline.hpp"
#include "core/sim/work.hpp"

#include <map>
#include <optional>
#include <set>
#include <tuple>
#include <utility>

namespace core {

/// An order for tables. It says nothing about which sequence number comes first.
struct KeyOrder {
  static auto fields(const SegmentKey& key) {
    return std::tuple(key.from, key.flags.syn, key.flags.fin, key.flags.rst, key.flags.ack,
                      key.seq.value, key.len, key.nth);
  }
  bool operator()(const SegmentKey& a, const SegmentKey& b) const { return fields(a) < fields(b); }
};

/// Sequence numbers, each with the transmission that carried it first.
class FirstCarriers {
 public:
  explicit FirstCarriers(Work& work) : work_(&work) {}
  void add(const Segment& segment, int number);
  [[nodiscard]] std::optional<int> find(Seq seq) const;

 private:
  /// As plain numbers, so that a range ends at 2^32 and not at 0.
  using Position = std::uint64_t;
  struct Range {
    Position end = 0;
    int number = 0;
  };
  void add(Position first, Position end, int number);

  std::map<Position, Range> ranges_;  ///< by their first number; none overlaps another
  Work* work_;
};

class TransmissionLog {
 public:
  explicit TransmissionLog(Work& work) : work_(work) {}

  /// Fills in what follows from the transmissions before: `key.nth`, `retransmission_of` and
  /// `repeated`. Each transmission is added once, in the order of the numbers.
  void add(Transmission& sent);

 private:
  struct Seen {
    int by_end = 0;                ///< how often the end itself sent it
    std::set<std::uint32_t> acks;  ///< the SEG.ACK values that it came with, whoever sent it
  };

  Work& work_;
  std::map<SegmentKey, Seen, KeyOrder> seen_;               ///< by keys whose nth is 1
  std::map<std::pair<Side, int>, FirstCarriers> carriers_;  ///< by sender and incarnation
};

}  // namespace core
