// Ports: how long the ports of one end last when it opens connection after connection. An end that
// closes first holds each pair of sockets for as long as TIME_WAIT lasts (RFC 9293 3.6.1). The
// other way round, the sockets seen in TIME_WAIT tell how many connections close. This file owns
// the arithmetic and the sentences that tell it; it knows no page.
#pragma once

#include "core/tcp/segment.hpp"

#include <cstdint>
#include <expected>
#include <string>
#include <string_view>
#include <vector>

namespace app {

/// What is asked from: a rate that is wanted, or sockets that were seen in TIME_WAIT.
enum class PortsKnown : std::uint8_t { Rate, Sockets };

/// A Client that opens connections to servers, and what it has for that.
struct PortsQuestion {
  std::int64_t ports = 0;         ///< local ports that it may choose from
  std::int64_t time_wait_s = 0;   ///< how long TIME_WAIT lasts, in seconds
  std::int64_t destinations = 0;  ///< pairs of address and port that it connects to
  std::int64_t per_second = 0;    ///< new connections wanted in a second; only with Rate
  core::Side closes_first = core::Side::Client;
  PortsKnown known = PortsKnown::Rate;
  std::int64_t sockets = 0;  ///< seen in TIME_WAIT at the end that closes first; only with Sockets

  friend bool operator==(const PortsQuestion&, const PortsQuestion&) = default;
};

/// What follows if no connection lasts longer than an instant: the time for which it is open would
/// come on top of TIME_WAIT.
struct PortsAnswer {
  /// Pairs of sockets, ports times destinations: so many can stand in TIME_WAIT at once.
  std::int64_t pairs = 0;
  /// The most new connections in ten seconds that the ports allow for ever, rounded down: pairs
  /// divided by TIME_WAIT. It limits only an end that closes first.
  std::int64_t most_in_10_s = 0;
  /// Sockets in TIME_WAIT: those seen, or those at the wanted rate, were there no limit: rate
  /// multiplied by time, Little's law.
  std::int64_t waiting = 0;
  /// Is there a pair for each of them?
  bool fits = false;
  /// With Rate: tenths of a second until every pair was used once, rounded up.
  std::int64_t all_used_after_10ths = 0;
  /// With Sockets: the closes in ten seconds that keep so many waiting, rounded to the nearest.
  std::int64_t closes_in_10_s = 0;
  /// With Sockets: tenths of a per cent of the pairs that they take, rounded down, so that 100 per
  /// cent are all.
  std::int64_t share_10ths = 0;
};

[[nodiscard]] PortsAnswer count_ports(const PortsQuestion& question);

/// The question as a reader wrote it: a number may have a comma before every three digits.
struct PortsFields {
  std::string_view ports;
  std::string_view time_wait_s;
  std::string_view destinations;
  std::string_view per_second;
  core::Side closes_first = core::Side::Client;
  PortsKnown known = PortsKnown::Rate;
  std::string_view sockets = {};
};

/// Why a field cannot be followed, as a sentence to stand beside it.
struct PortsProblem {
  std::string_view field;  ///< named as the member of PortsFields
  std::string text;
};

/// Ports up to 65,535, TIME_WAIT up to an hour, a million destinations, ten million connections a
/// second, a hundred million sockets; each at least 1. All fields that are wrong are named, but of
/// rate and sockets only the one that is known is read.
[[nodiscard]] std::expected<PortsQuestion, std::vector<PortsProblem>> read_ports(
    const PortsFields& fields);

/// The answer in whole sentences: what the ports allow, then who waits and what happens beyond.
/// From sockets: the closes that make them, what the ports allow, and how near that limit is.
[[nodiscard]] std::vector<std::string> tell_ports(const PortsQuestion& question);

/// What a page shows for these fields: their problems, and the answer or why there is none.
struct PortsReply {
  std::vector<PortsProblem> problems;
  std::vector<std::string> says;
};

[[nodiscard]] PortsReply reply_to(const PortsFields& fields);

}  // namespace app
