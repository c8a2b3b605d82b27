// Rule: the row of RFC 9293's event processing that decided what a step did. core/README.md lists
// the rows; tests are named after them; readers are shown where in the RFC each one stands.
#pragma once

#include <cstdint>
#include <string_view>

namespace core {

enum class Rule : std::uint8_t {
  None,
  // The application's calls: CLOSE, SEND, RECEIVE.
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
  A0,   ///< no ACK bit
  A1,   ///< acknowledges what was never sent
  A3,   ///< acknowledges something new
  A4,   ///< acknowledges nothing new
  A5,   ///< FIN_WAIT_1: our FIN is acknowledged
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
  F6,   ///< the peer's FIN again, in TIME_WAIT
  // A timer expires.
  X1,  ///< retransmission
  X2,  ///< retransmission given up
  X4,  ///< 2·MSL
};

/// Where the rule stands, for readers: "RFC 9293 3.10.4". Empty for Rule::None.
[[nodiscard]] std::string_view source(Rule rule);

}  // namespace core
