#include "core/tcp/state.hpp"

namespace core {

std::string_view name(State state) {
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

std::optional<State> state_named(std::string_view wanted) {
  for (const State state : all_states) {
    if (name(state) == wanted) return state;
  }
  return std::nullopt;
}

}  // namespace core
