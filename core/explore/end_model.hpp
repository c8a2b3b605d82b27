// EndModel: one end of the connection, with everything that it can become. This file knows neither
// the network nor the other end; they belong to search.hpp.
//
// step() and transmit() are pure, so each is called once per end and stimulus and its result is
// remembered. The search then handles only numbers.
#pragma once

#include "core/explore/bounds.hpp"
#include "core/explore/properties.hpp"

#include <array>
#include <cstdint>
#include <optional>
#include <unordered_map>
#include <vector>

namespace core::explore {

/// A segment in the network. A retransmission is the same WireSegment.
struct WireSegment {
  Segment segment;
  int incarnation = 1;  ///< of the connection that it belongs to

  friend bool operator==(const WireSegment&, const WireSegment&) = default;
};

/// All segments that one end can send, in the order in which the search found them.
using SegmentTable = std::vector<WireSegment>;
/// A set of them, one bit for each index.
using WireSegments = std::uint64_t;
inline constexpr std::size_t most_wires = 64;

/// What can happen to one end: a call, a timeout, or an arrival, alone or together with a call in
/// the same instant.
using Stimulus = std::uint8_t;
inline constexpr Stimulus send_octet = 0;
inline constexpr Stimulus receive_all = 1;
inline constexpr Stimulus close_now = 2;
inline constexpr Stimulus give_up = 3;
inline constexpr Stimulus open_again = 4;
inline constexpr Stimulus first_timeout = 5;
inline constexpr Stimulus first_arrival = first_timeout + all_timers.size();
inline constexpr Stimulus arrival_and_send = first_arrival + most_wires;
inline constexpr Stimulus arrival_and_close = arrival_and_send + most_wires;
inline constexpr std::size_t stimuli = arrival_and_close + most_wires;

/// The result of a stimulus.
struct Reaction {
  std::uint32_t next = 0;  ///< the end afterwards
  WireSegments sends = 0;
  Properties broken;  ///< by this step
  bool restarts_time_wait = false;
};

/// The incarnation of an end after an event. There are two; opening begins the second.
[[nodiscard]] int incarnation_after(const Outcome& outcome, int before);
/// The incarnation of a segment: that of its sender, but a reset that answers a segment belongs to
/// the incarnation of that segment.
[[nodiscard]] int incarnation_of(const Segment& sent, int sender, std::optional<int> answered);

class EndModel {
 public:
  /// `said` grows with what this end sends, `heard` with what its peer sends.
  EndModel(const Setup& setup, Side side, SegmentTable& said, const SegmentTable& heard);

  /// The number of the end at the start.
  [[nodiscard]] std::uint32_t start() const { return 0; }
  [[nodiscard]] const End& end(std::uint32_t number) const { return ends_[number]; }
  /// The table of segments is full, so the search is incomplete.
  [[nodiscard]] bool overflown() const { return overflown_; }
  [[nodiscard]] const Policy& policy() const { return policy_; }
  /// How many distinct steps of this end met the condition of a property.
  [[nodiscard]] std::size_t applied(int property) const {
    return applied_[static_cast<std::size_t>(property)];
  }

  /// The application may make this call now. Aborts are counted elsewhere.
  [[nodiscard]] bool may(std::uint32_t end, Stimulus call) const {
    return (unsigned{calls_[end]} >> call & 1U) != 0;
  }
  /// The call that may happen in the instant of an arrival, as the first stimulus of its kind.
  [[nodiscard]] std::optional<Stimulus> joins(std::uint32_t end) const;
  /// The segments that this end has sent in its first incarnation.
  [[nodiscard]] WireSegments of_first_incarnation() const { return of_first_; }
  [[nodiscard]] TimerSet timers(std::uint32_t end) const { return ends_[end].tcb.timers; }

  /// What the end does on a stimulus; computed once.
  [[nodiscard]] const Reaction& react(std::uint32_t end, Stimulus stimulus);

  /// A stimulus as the input of step(), in order; transmit() follows. A close in the instant of an
  /// arrival happens only if the application wants to close by then.
  [[nodiscard]] std::vector<Event> events(const End& end, Stimulus stimulus) const;

 private:
  struct Hash {
    std::size_t operator()(const End& end) const;
  };

  std::uint32_t number_of(End end);
  Reaction work_out(std::uint32_t number, Stimulus stimulus);
  [[nodiscard]] bool wants_to_close(const End& end) const;
  WireSegments say(const WireSegment& wire);
  [[nodiscard]] std::uint8_t calls_of(const End& end) const;
  void forget(Tcb& tcb) const;

  Side side_;
  Application application_;
  bool reopens_;
  Policy policy_;
  bool counts_repeats_;
  bool one_window_;
  SegmentTable& said_;
  const SegmentTable& heard_;
  bool overflown_ = false;
  WireSegments of_first_ = 0;
  std::vector<End> ends_;
  std::vector<std::uint8_t> calls_;
  std::unordered_map<End, std::uint32_t, Hash> numbers_;
  std::vector<std::array<std::uint32_t, stimuli>>
      known_;  ///< indices into `reactions_`, counted from 1
  std::vector<Reaction> reactions_;
  std::array<std::size_t, last_property + 1> applied_ = {};
};

}  // namespace core::explore
