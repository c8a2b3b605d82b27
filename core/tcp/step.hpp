// step() and transmit(): the whole protocol as two pure functions over a Tcb, and what they return.
// They have no clock, no network and no other end: the caller says what time it is, what has
// expired and what has arrived.
#pragma once

#include "core/base/names.hpp"
#include "core/tcp/event.hpp"
#include "core/tcp/policy.hpp"
#include "core/tcp/rule.hpp"
#include "core/tcp/segment.hpp"
#include "core/tcp/tcb.hpp"

#include <cstdint>
#include <string_view>
#include <vector>

namespace core {

/// What the protocol asks of a timer, or what happened to it.
enum class TimerAction : std::uint8_t { Start, Restart, Stop, Expire };

[[nodiscard]] constexpr std::string_view to_string(TimerAction action) {
  switch (action) {
    case TimerAction::Start: return "start";
    case TimerAction::Restart: return "restart";
    case TimerAction::Stop: return "stop";
    case TimerAction::Expire: return "expire";
  }
  return {};
}

struct TimerChange {
  Timer timer = Timer::Retransmission;
  TimerAction what = TimerAction::Start;
  Time after_ms = 0;  ///< for Start and Restart: how long it runs

  friend bool operator==(const TimerChange&, const TimerChange&) = default;
};

/// What TCP tells the application without being asked.
enum class Signal : std::uint8_t { Eof, ConnectionReset, ConnectionRefused, TimedOut, Closed };

[[nodiscard]] constexpr std::string_view to_string(Signal signal) {
  switch (signal) {
    case Signal::Eof: return "eof";
    case Signal::ConnectionReset: return "connection_reset";
    case Signal::ConnectionRefused: return "connection_refused";
    case Signal::TimedOut: return "timed_out";
    case Signal::Closed: return "closed";
  }
  return {};
}

/// What an end made of a segment that arrived.
enum class Verdict : std::uint8_t {
  Accepted,
  Duplicate,    ///< brings nothing that this end does not have
  OutOfWindow,  ///< not acceptable by 3.10.7.4, first check
  OutOfOrder,   ///< held until what lies before it arrives
  Challenge,    ///< answered with an ACK that asks "did you mean that?" (RFC 5961)
  Ignored,
  Reset,  ///< reset the connection, or was answered by a reset
};

[[nodiscard]] constexpr std::string_view to_string(Verdict verdict) {
  switch (verdict) {
    case Verdict::Accepted: return "accepted";
    case Verdict::Duplicate: return "duplicate";
    case Verdict::OutOfWindow: return "out_of_window";
    case Verdict::OutOfOrder: return "out_of_order";
    case Verdict::Challenge: return "challenge";
    case Verdict::Ignored: return "ignored";
    case Verdict::Reset: return "reset";
  }
  return {};
}

enum class CallResult : std::uint8_t {
  Ok,
  Eof,
  ConnectionClosing,
  ConnectionReset,
  ConnectionDoesNotExist,
  ConnectionAlreadyExists,
  WouldBlock,
};

[[nodiscard]] constexpr std::string_view to_string(CallResult result) {
  switch (result) {
    case CallResult::Ok: return "ok";
    case CallResult::Eof: return "eof";
    case CallResult::ConnectionClosing: return "connection_closing";
    case CallResult::ConnectionReset: return "connection_reset";
    case CallResult::ConnectionDoesNotExist: return "connection_does_not_exist";
    case CallResult::ConnectionAlreadyExists: return "connection_already_exists";
    case CallResult::WouldBlock: return "would_block";
  }
  return {};
}

/// Octets that came into the receive buffer together.
struct ReceivedChunk {
  std::uint32_t octets = 0;
  bool stale = false;

  friend bool operator==(const ReceivedChunk&, const ReceivedChunk&) = default;
};

/// An arrow of the state diagram, taken.
struct Transition {
  State from = State::Closed;
  State to = State::Closed;
  Rule rule = Rule::None;

  friend bool operator==(const Transition&, const Transition&) = default;
};

/// Everything that one event brings about.
struct Outcome {
  Tcb next;
  std::vector<Segment> send;            ///< what leaves at once, in order
  std::vector<Signal> signals;          ///< in order
  std::vector<Transition> transitions;  ///< in order
  std::vector<TimerChange> timers;      ///< in order
  Rule rule = Rule::None;               ///< the last row of 3.10 that applied
  Verdict verdict = Verdict::Accepted;  ///< for an arrival
  CallResult result = CallResult::Ok;   ///< for a call
  std::vector<ReceivedChunk> received;  ///< octets put into the receive buffer, in order
  std::uint32_t octets = 0;             ///< octets handed to the application
};

/// One event at one end, in the order of RFC 9293 3.10. Answers that cannot wait are returned in
/// `send`; data, FIN and the ACK of what was accepted are noted as owed and leave by transmit(),
/// so that one segment can carry all that an instant brought. Never fails: an unwelcome segment
/// gets a verdict.
[[nodiscard]] Outcome step(const Tcb& before, const Event& event, const Policy& policy,
                           const Inputs& now = {});

/// What an end owes when an instant is over: unsent data as far as the window reaches, the FIN
/// behind them, else a bare ACK if one is due (3.7, 3.8.6.3).
[[nodiscard]] Outcome transmit(const Tcb& before, const Policy& policy, const Inputs& now = {});

}  // namespace core
