// What is so about a segment that arrives: whose it is, why it comes, what it brings.
#pragma once

#include "core/narrate/scene.hpp"

#include <cstdint>

namespace core::narration {

/// Why an end gets what it has got before.
enum class Again : std::uint8_t {
  AckLost,    ///< the acknowledgment of it was lost
  AckLate,    ///< the acknowledgment had not come when it was sent again
  AckOwed,    ///< there has been no acknowledgment yet
  AsAck,      ///< a FIN goes again to carry an acknowledgment (ClosingAck::Fin)
  Copy,       ///< the network made a copy
  Overtaken,  ///< its own repetition has overtaken it
};

/// A leftover of an earlier incarnation. What a peer sends that still lives in that one is none.
[[nodiscard]] bool leftover(const Scene& arrival);

/// Whoever sent it, it is not the peer speaking in this connection.
[[nodiscard]] bool strange(const Scene& arrival);

/// The network's copy of something that has arrived before.
[[nodiscard]] bool second_copy(const Scene& arrival);

/// Of what this end has already.
[[nodiscard]] Again again(const Scene& arrival);

/// The peer sent it again because it had no acknowledgment then.
[[nodiscard]] bool missed_its_ack(const Scene& arrival);

/// The SYN with which this connection began.
[[nodiscard]] bool known_syn(const Scene& arrival);

/// The first SYN+ACK with this SYN, which may have come before without an ACK.
[[nodiscard]] bool first_syn_ack(const Scene& arrival);

/// The peer's FIN counts now, whether it has just come or was kept.
[[nodiscard]] bool fin_counts(const Scene& arrival);

/// New octets that this arrival has let count, those that were kept before it among them.
[[nodiscard]] std::uint32_t octets_taken(const Scene& arrival);

/// It let something count that had been kept before it.
[[nodiscard]] bool fills_gap(const Scene& arrival);

/// The window is shut: what has a length is refused, and only its acknowledgment is taken.
[[nodiscard]] bool refused_for_room(const Scene& arrival);

}  // namespace core::narration
