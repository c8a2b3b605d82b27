// Setup: what an exploration lets happen: how the two ends start, what their applications do, what
// the network may do to segments. It knows nothing of how the runs are gone through.
#pragma once

#include "core/scenario/scenario.hpp"

#include <array>
#include <cstdint>
#include <optional>
#include <string>

namespace core::explore {

/// When an application closes, once it has sent all that it wants to send.
enum class Closes : std::uint8_t {
  AtAnyMoment,
  AfterEof,  ///< when it has learned that the peer has closed
  Never,
};

/// What one application does, at moments of its own choice.
struct Application {
  std::uint32_t octets = 0;  ///< it sends so many, one a call
  Closes closes = Closes::AtAnyMoment;
  bool half_duplex = false;  ///< it closes by close(), not by shutdown()
};

/// One exploration. Every interleaving of what it allows is gone through.
struct Setup {
  std::string name;
  Scenario base = {};  ///< how the ends start, and their policies; its script is not played
  std::array<Application, 2> applications = {};
  int duplicates = 0;              ///< how many copies the network may make
  std::optional<int> losses = {};  ///< how many segments it may lose; any number unless given
  int aborts = 0;                  ///< how often an application may give up
  /// After how many retransmissions an end takes its peer for gone; never unless given, as in a
  /// network that loses only finitely much.
  std::optional<int> retransmissions = {};
  bool reopens = false;  ///< the Client connects again, with the same first numbers
  /// TIME_WAIT may end at any moment. Otherwise it lasts as long as it is meant to: until nothing
  /// of the connection is in the network and the peer waits for no acknowledgment.
  bool short_time_wait = false;
  /// Where it gives up: so many states, and their edges, fit into two gigabytes.
  std::size_t most_states = 8'000'000;

  /// What an exploration takes for granted of a policy, which has no place for a clock: challenge
  /// ACKs are never too many, and only `retransmissions` takes a peer for gone.
  [[nodiscard]] PolicyPatch assumed() const;
  /// The policy that one end follows, with that.
  [[nodiscard]] Policy policy(Side side) const;
  /// Both applications close some day, and neither end gives up or throws away what arrives.
  [[nodiscard]] bool graceful() const;
  /// Every run must come to CLOSED at both ends: both applications close, neither end gives up,
  /// and there is no reset that can be lost.
  [[nodiscard]] bool must_close() const;
};

/// What an application may send at most: more gives more states than anybody can wait for.
inline constexpr int most_octets_each = 3;
/// The most duplicates, losses, aborts or retransmissions that can be counted.
inline constexpr int most_budget = 100;

}  // namespace core::explore
