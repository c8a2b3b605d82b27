// Rule: the row of RFC 9293's event processing that decided what a step did. core/README.md lists
// the rows; tests are named after them; readers are shown where in the RFC each one stands.
#pragma once

#include "core/base/names.hpp"

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

/// The label in core/README.md and in tests: "L1", and "-" for none.
[[nodiscard]] constexpr std::string_view to_string(Rule rule) {
  switch (rule) {
    case Rule::None: return "-";
    case Rule::L1: return "L1";
    case Rule::L2: return "L2";
    case Rule::L3: return "L3";
    case Rule::L4: return "L4";
    case Rule::L5: return "L5";
    case Rule::L6: return "L6";
    case Rule::L7: return "L7";
    case Rule::L8: return "L8";
    case Rule::L9: return "L9";
    case Rule::L10: return "L10";
    case Rule::L11: return "L11";
    case Rule::L12: return "L12";
    case Rule::L13: return "L13";
    case Rule::L14: return "L14";
    case Rule::L15: return "L15";
    case Rule::L16: return "L16";
    case Rule::L17: return "L17";
    case Rule::L18: return "L18";
    case Rule::L19: return "L19";
    case Rule::L20: return "L20";
    case Rule::L21: return "L21";
    case Rule::L22: return "L22";
    case Rule::L23: return "L23";
    case Rule::L24: return "L24";
    case Rule::L25: return "L25";
    case Rule::L26: return "L26";
    case Rule::L27: return "L27";
    case Rule::L28: return "L28";
    case Rule::C1: return "C1";
    case Rule::C2: return "C2";
    case Rule::C3: return "C3";
    case Rule::C4: return "C4";
    case Rule::C5: return "C5";
    case Rule::C6: return "C6";
    case Rule::S1: return "S1";
    case Rule::S2: return "S2";
    case Rule::R1: return "R1";
    case Rule::R2: return "R2";
    case Rule::R3: return "R3";
    case Rule::B1: return "B1";
    case Rule::B2: return "B2";
    case Rule::N1: return "N1";
    case Rule::N2: return "N2";
    case Rule::N3: return "N3";
    case Rule::Q1: return "Q1";
    case Rule::Q2: return "Q2";
    case Rule::K1: return "K1";
    case Rule::K2: return "K2";
    case Rule::K3: return "K3";
    case Rule::Y1: return "Y1";
    case Rule::Y2: return "Y2";
    case Rule::Y3: return "Y3";
    case Rule::A0: return "A0";
    case Rule::A1: return "A1";
    case Rule::A2: return "A2";
    case Rule::A3: return "A3";
    case Rule::A4: return "A4";
    case Rule::A5: return "A5";
    case Rule::A6: return "A6";
    case Rule::A8: return "A8";
    case Rule::A9: return "A9";
    case Rule::A10: return "A10";
    case Rule::A11: return "A11";
    case Rule::T1: return "T1";
    case Rule::T2: return "T2";
    case Rule::T3: return "T3";
    case Rule::T4: return "T4";
    case Rule::F1: return "F1";
    case Rule::F2: return "F2";
    case Rule::F3: return "F3";
    case Rule::F4: return "F4";
    case Rule::F5: return "F5";
    case Rule::F6: return "F6";
    case Rule::X1: return "X1";
    case Rule::X2: return "X2";
    case Rule::X3: return "X3";
    case Rule::X4: return "X4";
    case Rule::X5: return "X5";
    case Rule::X6: return "X6";
    case Rule::X7: return "X7";
    case Rule::X8: return "X8";
    case Rule::X9: return "X9";
    case Rule::H1: return "H1";
  }
  return {};
}

/// The section that the rule stands in, for readers: "RFC 9293 3.10.4". Empty for Rule::None.
[[nodiscard]] std::string_view reference(Rule rule);

}  // namespace core
