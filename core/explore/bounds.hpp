// Setup: what may happen in an exploration: how the two ends start, what their applications do, and
// what the network may do to segments. It knows nothing of how the search works.
#pragma once

#include "core/scenario/scenario.hpp"

#include <array>
#include <cstdint>
#include <optional>
#include <string>

namespace core::explore {

/// When an application closes, once it has sent everything.
enum class Closes : std::uint8_t {
  AtAnyMoment,
  AfterEof,  ///< after it has learned that the peer has closed
  Never,
};

/// What one application does. Each call may happen at any moment.
struct Application {
  std::uint32_t octets = 0;  ///< how many it sends, one per call
  Closes closes = Closes::AtAnyMoment;
  bool half_duplex = false;  ///< it closes with close(), not with shutdown()
};

/// One exploration. Every interleaving that it allows is visited.
struct Setup {
  std::string name;
  Scenario base = {};  ///< the start and the policies; its script is ignored
  std::array<Application, 2> applications = {};
  int duplicates = 0;              ///< how many times the network may duplicate a segment
  std::optional<int> losses = {};  ///< how many segments it may lose; no limit by default
  int aborts = 0;                  ///< how many times an application may abort
  /// After how many retransmissions an end gives up (R2); never by default, which suits a network
  /// that loses only finitely many segments.
  std::optional<int> retransmissions = {};
  bool reopens = false;  ///< the Client connects again, with the same initial numbers
  /// TIME_WAIT may end at any moment. Otherwise it lasts as long as it is meant to: until the
  /// network holds nothing of the connection and the peer waits for no acknowledgment.
  bool short_time_wait = false;
  /// The limit of the search: this many states, and their edges, fit into two gigabytes.
  std::size_t most_states = 8'000'000;

  /// The policy that every exploration assumes, because it has no clock: challenge ACKs have no
  /// rate limit, and only `retransmissions` makes an end give up.
  [[nodiscard]] PolicyPatch assumed() const;
  /// The policy of one end, with `assumed()` applied.
  [[nodiscard]] Policy policy(Side side) const;
  /// Both applications close eventually, and neither end gives up or discards what arrives.
  [[nodiscard]] bool graceful() const;
  /// Every run must reach CLOSED at both ends: both applications close, neither end gives up, and
  /// there is no reset that could be lost.
  [[nodiscard]] bool must_close() const;
};

/// The most octets that an application may send; with more, the search takes too long.
inline constexpr int most_octets_each = 3;
/// The largest number of duplicates, losses, aborts or retransmissions that can be asked for.
inline constexpr int most_budget = 100;

}  // namespace core::explore
