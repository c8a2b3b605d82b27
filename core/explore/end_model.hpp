// EndModel: one end of the connection with everything that it can become. This file owns what
// happens at one end; the network and the other end are the business of search.hpp.
//
// step() and transmit() are pure, so what an end does with one stimulus is asked of them once and
// remembered: an exploration walks through numbers.
#pragma once

#include "core/explore/bounds.hpp"
#include "core/explore/properties.hpp"

#include <array>
#include <cstdint>
#include <optional>
#include <unordered_map>
#include <vector>

namespace core::explore {

/// A segment as the network knows it: sent again, the same.
struct WireSegment {
  Segment segment;
  int incarnation = 1;  ///< of the connection that it belongs to

  friend bool operator==(const WireSegment&, const WireSegment&) = default;
};

/// All the segments that one end can send, in the order in which they were found.
using SegmentTable = std::vector<WireSegment>;
/// A set of them, by their places.
using WireSegments = std::uint64_t;
inline constexpr std::size_t most_wires = 64;

/// What can happen to one end: a call, a timeout, or an arrival, alone or with a call in its
/// instant.
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

/// What came of a stimulus.
struct Reaction {
  std::uint32_t next = 0;  ///< the end afterwards
  WireSegments sends = 0;
  Properties broken;  ///< by what happened here
  bool restarts_time_wait = false;
};

/// The incarnation that an end is in after an event; there are two, and opening begins the second.
[[nodiscard]] int incarnation_after(const Outcome& outcome, int before);
/// The incarnation that a segment belongs to: that of its sender, but a reset that answers a
/// segment belongs to the connection of that one.
[[nodiscard]] int incarnation_of(const Segment& sent, int sender, std::optional<int> answered);

class EndModel {
 public:
  /// `said` grows with what this end sends, `heard` with what its peer does.
  EndModel(const Setup& setup, Side side, SegmentTable& said, const SegmentTable& heard);

  /// The number of the end at the start.
  [[nodiscard]] std::uint32_t start() const { return 0; }
  [[nodiscard]] const End& end(std::uint32_t number) const { return ends_[number]; }
  /// The vocabulary is full: what was found from then on does not count.
  [[nodiscard]] bool overflown() const { return overflown_; }
  [[nodiscard]] const Policy& policy() const { return policy_; }

  /// The application may make this call now. Aborts are counted elsewhere.
  [[nodiscard]] bool may(std::uint32_t end, Stimulus call) const {
    return (unsigned{calls_[end]} >> call & 1U) != 0;
  }
  /// What may join an arrival: the first stimulus of that kind, if any.
  [[nodiscard]] std::optional<Stimulus> joins(std::uint32_t end) const;
  /// Those that this end has sent in its first incarnation.
  [[nodiscard]] WireSegments of_first_incarnation() const { return of_first_; }
  [[nodiscard]] TimerSet timers(std::uint32_t end) const { return ends_[end].tcb.timers; }

  /// What the end does with a stimulus; worked out at the first asking.
  [[nodiscard]] const Reaction& react(std::uint32_t end, Stimulus stimulus);

  /// What a stimulus is for step(), in order; transmit() comes after it. A close that joins an
  /// arrival is made only if the application wants to close then.
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
  std::vector<std::array<std::uint32_t, stimuli>> known_;  ///< places in `reactions_`, from 1
  std::vector<Reaction> reactions_;
};

}  // namespace core::explore
