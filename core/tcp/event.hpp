// Event: what can happen to an end: a call of its application (RFC 9293 3.10.1 to 3.10.5), a
// segment that arrives (3.10.7), a timer that expires (3.10.8). What follows from it is step()'s.
#pragma once

#include "core/base/names.hpp"
#include "core/tcp/segment.hpp"
#include "core/tcp/tcb.hpp"

#include <cstdint>
#include <optional>
#include <string_view>
#include <variant>

namespace core {

enum class ShutdownHow : std::uint8_t { Write, Read, Both };

[[nodiscard]] constexpr std::string_view to_string(ShutdownHow how) {
  switch (how) {
    case ShutdownHow::Write: return "write";
    case ShutdownHow::Read: return "read";
    case ShutdownHow::Both: return "both";
  }
  return {};
}

// What can happen to an end: a call (3.10.1 to 3.10.5), a segment (3.10.7), a timeout (3.10.8).
struct Connect {
  std::optional<Seq> iss;  ///< where this incarnation's numbers begin, if the caller wants to say

  friend bool operator==(const Connect&, const Connect&) = default;
};
struct Listen {
  std::optional<Seq> iss;  ///< as for Connect

  friend bool operator==(const Listen&, const Listen&) = default;
};
struct Close {
  friend bool operator==(const Close&, const Close&) = default;
};
struct Shutdown {
  ShutdownHow how = ShutdownHow::Write;

  friend bool operator==(const Shutdown&, const Shutdown&) = default;
};
struct SendOctets {
  std::uint32_t octets = 0;

  friend bool operator==(const SendOctets&, const SendOctets&) = default;
};
struct ReceiveOctets {
  std::optional<std::uint32_t> octets;  ///< at most so many; all without

  friend bool operator==(const ReceiveOctets&, const ReceiveOctets&) = default;
};
struct Abort {
  friend bool operator==(const Abort&, const Abort&) = default;
};
using Call = std::variant<Connect, Listen, SendOctets, ReceiveOctets, Close, Shutdown, Abort>;

/// Which call it is, whatever its arguments are: in the order of Call.
enum class CallKind : std::uint8_t { Connect, Listen, Send, Receive, Close, Shutdown, Abort };

/// The call's name in files and figures.
[[nodiscard]] constexpr std::string_view to_string(CallKind call) {
  switch (call) {
    case CallKind::Connect: return "connect";
    case CallKind::Listen: return "listen";
    case CallKind::Send: return "send";
    case CallKind::Receive: return "receive";
    case CallKind::Close: return "close";
    case CallKind::Shutdown: return "shutdown";
    case CallKind::Abort: return "abort";
  }
  return {};
}
static_assert(count_of<CallKind>() == std::variant_size_v<Call>);

[[nodiscard]] constexpr CallKind kind(const Call& call) {
  return static_cast<CallKind>(call.index());
}
[[nodiscard]] constexpr std::string_view to_string(const Call& call) {
  return to_string(kind(call));
}

struct Arrival {
  Segment segment;
  bool stale = false;  ///< from an older incarnation; TCP does not look at it
};
struct Timeout {
  Timer timer = Timer::Retransmission;
};
using Event = std::variant<Call, Arrival, Timeout>;

/// What TCP asks of the world around it.
struct Inputs {
  Time ms = 0;  ///< the time
  Seq iss;      ///< what the generator of initial sequence numbers gives at this moment (3.4.1)
};

}  // namespace core
