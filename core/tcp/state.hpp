// State: the eleven states of RFC 9293 3.3.2, what each means and what it is called. What leads
// from one to the next is not known here: step() decides it.
#pragma once

#include "core/base/names.hpp"

#include <cstdint>
#include <string_view>

namespace core {

enum class State : std::uint8_t {
  Closed,       ///< no connection at all
  Listen,       ///< waits for a connection request from any peer
  SynSent,      ///< has sent a SYN and waits for one that matches it
  SynReceived,  ///< has sent and received a SYN; waits for the ACK of its own
  Established,  ///< the connection is open: data go both ways
  FinWait1,     ///< has sent a FIN, or will; waits for its ACK or for the peer's FIN
  FinWait2,     ///< its FIN is acknowledged; waits for the peer's, and still receives
  CloseWait,    ///< the peer has finished; waits for its own application to close
  Closing,      ///< both have sent a FIN, and its own is not acknowledged yet
  LastAck,      ///< the peer finished first; waits for the ACK of its own FIN
  TimeWait,     ///< both have finished; waits until no segment of the connection is left
};

/// The name as the page, the files and the operating systems write it.
[[nodiscard]] constexpr std::string_view to_string(State state) {
  switch (state) {
    case State::Closed: return "CLOSED";
    case State::Listen: return "LISTEN";
    case State::SynSent: return "SYN_SENT";
    case State::SynReceived: return "SYN_RECEIVED";
    case State::Established: return "ESTABLISHED";
    case State::FinWait1: return "FIN_WAIT_1";
    case State::FinWait2: return "FIN_WAIT_2";
    case State::CloseWait: return "CLOSE_WAIT";
    case State::Closing: return "CLOSING";
    case State::LastAck: return "LAST_ACK";
    case State::TimeWait: return "TIME_WAIT";
  }
  return {};
}

/// All states, in the order in which a connection may live through them.
inline constexpr auto all_states = all_of<State>;

/// A connection is being opened: LISTEN, SYN_SENT and SYN_RECEIVED.
[[nodiscard]] constexpr bool opening(State state) {
  return state != State::Closed && state < State::Established;
}

/// Both ends agree on the sequence numbers: ESTABLISHED and every state after it.
[[nodiscard]] constexpr bool synchronized(State state) {
  return state >= State::Established;
}

/// Both applications have closed: only acknowledgments and waiting are left.
[[nodiscard]] constexpr bool both_closed(State state) {
  return state == State::Closing || state == State::LastAck || state == State::TimeWait;
}

/// The peer's FIN has been received, so that nothing more can come from it.
[[nodiscard]] constexpr bool peer_finished(State state) {
  return state == State::CloseWait || both_closed(state);
}

}  // namespace core
