// Rule: the row of RFC 9293's event processing that decided what a step did. core/README.md lists
// the rows; tests are named after them; readers are shown where in the RFC each one stands.
#pragma once

#include <cstdint>
#include <string_view>

namespace core {

enum class Rule : std::uint8_t {
  None,
  // Opening: calls, then segments, in LISTEN, SYN_SENT and SYN_RECEIVED.
  L1,   ///< passive OPEN in CLOSED
  L2,   ///< active OPEN in CLOSED, or in TIME_WAIT as a new incarnation
  L3,   ///< active OPEN in LISTEN
  L4,   ///< OPEN while a connection exists
  L5,   ///< SEND in LISTEN
  L6,   ///< SEND in SYN_SENT or SYN_RECEIVED
  L7,   ///< RECEIVE in LISTEN, SYN_SENT or SYN_RECEIVED
  L8,   ///< CLOSE in LISTEN
  L9,   ///< CLOSE in SYN_SENT
  L10,  ///< CLOSE in SYN_RECEIVED
  L11,  ///< ABORT in LISTEN
  L12,  ///< ABORT in SYN_SENT
  L13,  ///< ABORT in SYN_RECEIVED
  L14,  ///< LISTEN: RST
  L15,  ///< LISTEN: ACK
  L16,  ///< LISTEN: SYN
  L17,  ///< LISTEN: anything else
  L18,  ///< SYN_SENT: acknowledges what was never sent
  L19,  ///< SYN_SENT: RST that acknowledges our SYN
  L20,  ///< SYN_SENT: any other RST
  L21,  ///< SYN_SENT: SYN that acknowledges ours
  L22,  ///< SYN_SENT: SYN alone; both ends open at once
  L23,  ///< SYN_SENT: neither SYN nor RST
  L24,  ///< SYN_RECEIVED after a passive OPEN: RST
  L25,  ///< SYN_RECEIVED after an active OPEN: RST
  L26,  ///< SYN_RECEIVED after a passive OPEN: SYN
  L27,  ///< SYN_RECEIVED: our SYN is acknowledged
  L28,  ///< SYN_RECEIVED: acknowledges something else
  // The application's calls: CLOSE, SEND, RECEIVE, ABORT.
  C1,  ///< CLOSE in ESTABLISHED
  C2,  ///< CLOSE in CLOSE_WAIT
  C3,  ///< CLOSE again in FIN_WAIT_1 or FIN_WAIT_2
  C4,  ///< CLOSE again in CLOSING, LAST_ACK or TIME_WAIT
  C5,  ///< any call without a connection
  C6,  ///< close() with unread data
  S1,  ///< SEND while this end may send
  S2,  ///< SEND after CLOSE
  R1,  ///< RECEIVE while the peer may send
  R2,  ///< RECEIVE in CLOSE_WAIT
  R3,  ///< RECEIVE in CLOSING, LAST_ACK or TIME_WAIT
  B1,  ///< ABORT while the peer may hold the connection for usable
  B2,  ///< ABORT in CLOSING, LAST_ACK or TIME_WAIT
  // A segment arrives.
  N1,   ///< RST without a connection
  N2,   ///< segment with ACK without a connection
  N3,   ///< segment without ACK without a connection
  Q1,   ///< unacceptable RST
  Q2,   ///< unacceptable segment
  K1,   ///< RST inside the window but not at RCV.NXT
  K2,   ///< RST that ends a connection in use
  K3,   ///< RST that ends a connection both applications have closed
  Y1,   ///< SYN in a synchronized state
  Y2,   ///< SYN in the window, before RFC 5961
  Y3,   ///< new SYN in TIME_WAIT
  A0,   ///< no ACK bit
  A1,   ///< acknowledges what was never sent
  A2,   ///< acknowledges what was acknowledged long ago
  A3,   ///< acknowledges something new
  A4,   ///< acknowledges nothing new
  A5,   ///< FIN_WAIT_1: our FIN is acknowledged
  A6,   ///< FIN_WAIT_1: our data are acknowledged, our FIN is not
  A8,   ///< CLOSING: our FIN is acknowledged
  A9,   ///< CLOSING: our FIN is not acknowledged
  A10,  ///< LAST_ACK: our FIN is acknowledged
  A11,  ///< TIME_WAIT: an acceptable segment
  T1,   ///< text at RCV.NXT
  T2,   ///< text or FIN beyond RCV.NXT
  T3,   ///< text after the peer's FIN
  T4,   ///< new data after close()
  F1,   ///< FIN in ESTABLISHED
  F2,   ///< FIN in FIN_WAIT_1, ours acknowledged
  F3,   ///< FIN in FIN_WAIT_1, ours not acknowledged
  F4,   ///< FIN in FIN_WAIT_2
  F5,   ///< another FIN in CLOSE_WAIT or LAST_ACK
  F6,   ///< the peer's FIN again, in TIME_WAIT
  // A timer expires.
  X1,  ///< retransmission
  X2,  ///< retransmission given up
  X3,  ///< user timeout
  X4,  ///< 2·MSL
  X5,  ///< persist: a probe of a shut window
  X6,  ///< keepalive: a probe of an idle peer
  X7,  ///< keepalive given up
  X8,  ///< FIN_WAIT_2 of an orphan, which no RFC ends
  X9,  ///< a delayed ACK is due
  // The host.
  H1,  ///< it goes down, and forgets the connection
};

/// Where the rule stands, for readers: "RFC 9293 3.10.4". Empty for Rule::None.
[[nodiscard]] std::string_view source(Rule rule);

}  // namespace core
