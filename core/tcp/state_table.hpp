// The table of states: for each whether it may last and which calls it allows; and for one end, why
// a call would be refused now. It is for whoever offers calls to a reader. It must not decide
// anything itself: step() does, and a test holds the two together.
#pragma once

#include "core/tcp/event.hpp"

#include <cstdint>
#include <initializer_list>
#include <optional>
#include <string_view>

namespace core {

/// A set of calls.
class CallSet {
 public:
  constexpr CallSet(std::initializer_list<CallKind> calls) {
    for (const CallKind call : calls) bits_ = static_cast<std::uint8_t>(bits_ | bit(call));
  }
  [[nodiscard]] constexpr bool has(CallKind call) const { return (bits_ & bit(call)) != 0; }

 private:
  static constexpr unsigned bit(CallKind call) { return 1U << static_cast<unsigned>(call); }
  std::uint8_t bits_ = 0;
};

struct StateFacts {
  State state = State::Closed;
  /// No timer of the protocol ends it: only an application or the peer does.
  bool may_last = false;
  /// What an application may call there that has not called CLOSE or shutdown() before, except as
  /// the state implies.
  CallSet calls = {};
};

[[nodiscard]] const StateFacts& facts(State state);

/// Why a call is refused.
enum class Refusal : std::uint8_t {
  NoConnection,
  ConnectionExists,
  DescriptorClosed,  ///< the application has called close(): it has nothing to call with
  SendingEnded,      ///< CLOSE was called: nothing may follow the FIN
  PeerFinished,      ///< the peer has sent its FIN, and everything before it has been read
};

[[nodiscard]] constexpr std::string_view to_string(Refusal refusal) {
  switch (refusal) {
    case Refusal::NoConnection: return "no_connection";
    case Refusal::ConnectionExists: return "connection_exists";
    case Refusal::DescriptorClosed: return "descriptor_closed";
    case Refusal::SendingEnded: return "sending_ended";
    case Refusal::PeerFinished: return "peer_finished";
  }
  return {};
}

/// Why this end would refuse the call now; nothing if it would not.
[[nodiscard]] std::optional<Refusal> refusal(const Tcb& tcb, const Call& call);

}  // namespace core
