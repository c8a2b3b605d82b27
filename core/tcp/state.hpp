// State: the eleven states of RFC 9293 3.3.2 and their names. What leads from one to the next is
// the business of tcb.cpp alone.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
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

/// All states, in the order in which a connection may live through them.
inline constexpr std::array<State, 11> all_states = {
    State::Closed,      State::Listen,   State::SynSent,  State::SynReceived,
    State::Established, State::FinWait1, State::FinWait2, State::CloseWait,
    State::Closing,     State::LastAck,  State::TimeWait,
};

/// The name as the page, the files and the operating systems write it: "FIN_WAIT_1".
[[nodiscard]] std::string_view name(State state);

/// The state of that name, or nothing.
[[nodiscard]] std::optional<State> state_named(std::string_view name);

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
