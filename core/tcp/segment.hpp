// Segment: what one end puts on the wire (RFC 9293 3.1), as far as closing a connection needs it.
// It knows nothing of time, delivery or loss: those belong to the simulation.
#pragma once

#include "core/base/names.hpp"
#include "core/tcp/seq.hpp"

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace core {

/// One of the two ends. "Client" and "Server" are names: TCP treats both alike.
enum class Side : std::uint8_t { Client, Server };

/// The word in files and reports.
[[nodiscard]] constexpr std::string_view to_string(Side side) {
  switch (side) {
    case Side::Client: return "client";
    case Side::Server: return "server";
  }
  return {};
}

constexpr Side other(Side side) {
  return side == Side::Client ? Side::Server : Side::Client;
}
/// Where a side stands in an array of both.
constexpr std::size_t index(Side side) {
  return static_cast<std::size_t>(side);
}

/// The control bits that take part in opening and closing.
struct Flags {
  bool syn = false;
  bool fin = false;
  bool rst = false;
  bool ack = false;

  friend constexpr bool operator==(Flags, Flags) = default;
};

/// "FIN,ACK": the names of the bits that are set, in the order SYN, FIN, RST, ACK.
[[nodiscard]] std::string_view to_string(Flags flags);

struct Segment {
  Seq seq;
  Seq ack;  ///< meaningful only with the ACK bit
  Flags flags;
  std::uint32_t len = 0;  ///< data octets
  std::uint32_t wnd = 0;  ///< octets that the sender is willing to receive

  /// SEG.LEN: the sequence numbers that the segment occupies; SYN and FIN take one each.
  [[nodiscard]] constexpr std::uint32_t length() const {
    return len + (flags.syn ? 1U : 0U) + (flags.fin ? 1U : 0U);
  }
  /// The first sequence number after the segment.
  [[nodiscard]] constexpr Seq end() const { return seq + length(); }

  friend constexpr bool operator==(const Segment&, const Segment&) = default;
};

}  // namespace core
