// The properties P1 to P16, as far as one end shows them, or both ends at one moment. This file
// knows neither the network nor the graph; fair_cycles.hpp answers what only the whole graph shows.
#pragma once

#include "core/base/message.hpp"
#include "core/explore/bounds.hpp"
#include "core/tcp/step.hpp"

#include <array>
#include <bitset>
#include <span>
#include <string_view>

namespace core::explore {

/// The properties by number; 0 is not used.
using Properties = std::bitset<17>;
inline constexpr int last_property = 16;

/// The sentence of a property, 1 to 16. P16 is weaker unless the setup limits retransmissions.
[[nodiscard]] Text sentence(int property, const Setup& setup);

/// What was checked at one place. Most properties have a condition ("once the FIN has a number,
/// …"); `applied` holds those whose condition was met, so that a property that never applies is
/// noticed.
struct Checks {
  Properties applied;
  Properties broken;

  void require(std::size_t property, bool holds) {
    applied.set(property);
    if (!holds) broken.set(property);
  }
  Checks& operator|=(const Checks& other) {
    applied |= other.applied;
    broken |= other.broken;
    return *this;
  }
};

/// One end and what its application has seen.
struct End {
  Tcb tcb;
  int incarnation = 1;         ///< of the connection that it is in, or was in last
  std::uint32_t sent = 0;      ///< octets that its application sent
  std::uint32_t received = 0;  ///< octets that its application received
  bool eof = false;            ///< its application learned that the peer has closed
  bool failed = false;         ///< its application learned of a reset or a timeout

  friend bool operator==(const End&, const End&) = default;
};

/// Checks a step() or a transmit().
[[nodiscard]] Checks check_outcome(const Tcb& before, const Outcome& outcome, const Policy& policy);
/// Checks a step(), with what concerns events alone.
[[nodiscard]] Checks check_event(const End& before, const Outcome& outcome, const Policy& policy,
                                 const Event& event);
/// Checks an end as it is when an instant is over.
[[nodiscard]] Checks check_end(const End& end, const Policy& policy);
/// Checks two ends against each other. P14 has a meaning here only if the close is graceful.
[[nodiscard]] Checks check_ends(const End& client, const End& server, bool network_empty);

/// A pair of states as one number.
[[nodiscard]] constexpr std::size_t pair_of(State client, State server) {
  return static_cast<std::size_t>(client) * all_states.size() + static_cast<std::size_t>(server);
}
using Pairs = std::bitset<all_states.size() * all_states.size()>;
/// The pairs that P9 allows.
[[nodiscard]] Pairs allowed_pairs();

}  // namespace core::explore
