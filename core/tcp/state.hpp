// State: the eleven states of RFC 9293 3.3.2 and their names. What leads from one to the next is
// the business of tcb.cpp alone.
#pragma once

#include "core/base/names.hpp"

#include <cstdint>
#include <string_view>

namespace core {

enum class State : std::uint8_t {
  Closed,
  Listen,
  SynSent,
  SynReceived,
  Established,
  FinWait1,
  FinWait2,
  CloseWait,
  Closing,
  LastAck,
  TimeWait,
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
