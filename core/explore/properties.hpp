// What must be so in every state and at every step of every interleaving: the properties P1 to P16
// as far as they can be seen at one end or at two ends at one moment. What needs the whole graph
// stands in endings.hpp.
#pragma once

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

/// A property's sentence, 1 to 16. Of P16 only a setup that limits retransmissions can ask all.
[[nodiscard]] std::string_view sentence(int property, const Setup& setup);

/// One end and what its application has seen.
struct End {
  Tcb tcb;
  int incarnation = 1;         ///< of the connection it is in, or was last
  std::uint32_t sent = 0;      ///< octets that its application handed over
  std::uint32_t received = 0;  ///< octets that its application got
  bool eof = false;            ///< its application learned that no more will come
  bool failed = false;         ///< its application learned of a reset or a timeout

  friend bool operator==(const End&, const End&) = default;
};

/// The properties that a step or a transmit() breaks.
[[nodiscard]] Properties broken_by(const Tcb& before, const Outcome& outcome, const Policy& policy);
/// The same for an event, with what is asked of events alone. `eof_before`: its application had
/// learned before that the peer has closed.
[[nodiscard]] Properties broken_by(const Tcb& before, const Outcome& outcome, const Policy& policy,
                                   const Event& event, bool eof_before);
/// The properties that an end breaks by being as it is, when an instant is over.
[[nodiscard]] Properties broken_by_being(const End& end, const Policy& policy);
/// The properties that two ends break together. P14 means something only of a graceful close here.
[[nodiscard]] Properties broken_by_both(const End& client, const End& server, bool wire_empty);

/// A pair of states as one number, and the pairs that P9 allows.
[[nodiscard]] constexpr std::size_t pair_of(State client, State server) {
  return static_cast<std::size_t>(client) * all_states.size() + static_cast<std::size_t>(server);
}
using Pairs = std::bitset<all_states.size() * all_states.size()>;
[[nodiscard]] Pairs allowed_pairs();

}  // namespace core::explore
