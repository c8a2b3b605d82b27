// The arrows of the state diagram (RFC 9293 figure 5), as data: what draws the diagram and what the
// engine is held against. It knows no more than the figure does.
#pragma once

#include "core/tcp/state.hpp"

#include <array>
#include <cstdint>
#include <string_view>

namespace core {

enum class EdgeKind : std::uint8_t {
  Figure5,  ///< drawn in the RFC's figure, or in one of its notes
  Ends,     ///< left out of the figure: a reset, an ABORT, a timer or a crash ends the connection
  Choice,   ///< exists only by a choice that the text leaves open, or by a policy
};

struct Edge {
  State from = State::Closed;
  State to = State::Closed;
  EdgeKind kind = EdgeKind::Figure5;
  std::string_view event;   ///< what happens: "CLOSE", "rcv FIN"
  std::string_view action;  ///< what is sent then; empty for nothing
};

/// One arrow for each pair of states; where several events lead the same way, the figure's own.
inline constexpr std::array edges = {
    Edge{State::Closed, State::Listen, EdgeKind::Figure5, "passive OPEN", ""},
    Edge{State::Closed, State::SynSent, EdgeKind::Figure5, "active OPEN", "SYN"},
    Edge{State::Listen, State::SynSent, EdgeKind::Figure5, "SEND", "SYN"},
    Edge{State::Listen, State::SynReceived, EdgeKind::Figure5, "rcv SYN", "SYN,ACK"},
    Edge{State::Listen, State::Closed, EdgeKind::Figure5, "CLOSE", ""},
    Edge{State::SynSent, State::Closed, EdgeKind::Figure5, "CLOSE", ""},
    Edge{State::SynSent, State::SynReceived, EdgeKind::Figure5, "rcv SYN", "SYN,ACK"},
    Edge{State::SynSent, State::Established, EdgeKind::Figure5, "rcv SYN,ACK", "ACK"},
    Edge{State::SynReceived, State::Listen, EdgeKind::Figure5, "rcv RST", ""},
    Edge{State::SynReceived, State::Established, EdgeKind::Figure5, "rcv ACK of SYN", ""},
    Edge{State::SynReceived, State::FinWait1, EdgeKind::Figure5, "CLOSE", "FIN"},
    Edge{State::Established, State::FinWait1, EdgeKind::Figure5, "CLOSE", "FIN"},
    Edge{State::Established, State::CloseWait, EdgeKind::Figure5, "rcv FIN", "ACK"},
    Edge{State::FinWait1, State::FinWait2, EdgeKind::Figure5, "rcv ACK of FIN", ""},
    Edge{State::FinWait1, State::Closing, EdgeKind::Figure5, "rcv FIN", "ACK"},
    Edge{State::FinWait1, State::TimeWait, EdgeKind::Figure5, "rcv FIN and ACK of FIN", "ACK"},
    Edge{State::FinWait2, State::TimeWait, EdgeKind::Figure5, "rcv FIN", "ACK"},
    Edge{State::Closing, State::TimeWait, EdgeKind::Figure5, "rcv ACK of FIN", ""},
    Edge{State::CloseWait, State::LastAck, EdgeKind::Figure5, "CLOSE", "FIN"},
    Edge{State::LastAck, State::Closed, EdgeKind::Figure5, "rcv ACK of FIN", ""},
    Edge{State::TimeWait, State::Closed, EdgeKind::Figure5, "2 MSL", ""},
    Edge{State::SynReceived, State::Closed, EdgeKind::Ends, "ABORT, RST or timeout", "RST"},
    Edge{State::Established, State::Closed, EdgeKind::Ends, "ABORT, RST or timeout", "RST"},
    Edge{State::FinWait1, State::Closed, EdgeKind::Ends, "ABORT, RST or timeout", "RST"},
    Edge{State::FinWait2, State::Closed, EdgeKind::Ends, "ABORT, RST or timeout", "RST"},
    Edge{State::CloseWait, State::Closed, EdgeKind::Ends, "ABORT, RST or timeout", "RST"},
    Edge{State::Closing, State::Closed, EdgeKind::Ends, "ABORT, RST or timeout", ""},
    Edge{State::TimeWait, State::SynReceived, EdgeKind::Choice, "rcv newer SYN", "SYN,ACK"},
    Edge{State::TimeWait, State::SynSent, EdgeKind::Choice, "active OPEN", "SYN"},
    Edge{State::SynReceived, State::TimeWait, EdgeKind::Choice, "ABORT (3.5.2)", "RST"},
    Edge{State::Established, State::TimeWait, EdgeKind::Choice, "ABORT (3.5.2)", "RST"},
    Edge{State::CloseWait, State::TimeWait, EdgeKind::Choice, "ABORT (3.5.2)", "RST"},
};

/// The arrow from one state to another, or null.
[[nodiscard]] constexpr const Edge* edge(State from, State to) {
  for (const Edge& known : edges) {
    if (known.from == from && known.to == to) return &known;
  }
  return nullptr;
}

}  // namespace core
