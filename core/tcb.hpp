// Tcb: one end of a connection (RFC 9293 3.3.1), and the whole protocol as two pure functions over
// it. This file owns what TCP does; it knows no clock, no network and no other end. Time is what
// the caller says has expired; the network is what the caller says has arrived.
#pragma once

#include "core/policy.hpp"
#include "core/rule.hpp"
#include "core/segment.hpp"
#include "core/state.hpp"

#include <cstdint>
#include <optional>
#include <variant>
#include <vector>

namespace core {

enum class Timer : std::uint8_t { Retransmission, TimeWait };

/// What the protocol asks of a timer, or what happened to it.
enum class TimerDoes : std::uint8_t { Start, Restart, Stop, Expire };

struct TimerChange {
  Timer timer = Timer::Retransmission;
  TimerDoes what = TimerDoes::Start;
  Time after_ms = 0;  ///< for Start and Restart: how long it runs

  friend bool operator==(const TimerChange&, const TimerChange&) = default;
};

/// What TCP tells the application without being asked.
enum class Signal : std::uint8_t { Eof, ConnectionReset, TimedOut, Closed };

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

enum class CallResult : std::uint8_t {
  Ok,
  Eof,
  ConnectionClosing,
  ConnectionReset,
  ConnectionDoesNotExist,
  WouldBlock,
};

/// Text or a FIN in sequence space: on its way to the peer, or come too early from it.
struct Stretch {
  Seq seq;
  std::uint32_t len = 0;  ///< data octets
  bool fin = false;       ///< a FIN follows the data

  [[nodiscard]] constexpr Seq end() const { return seq + len + (fin ? 1U : 0U); }
  friend bool operator==(const Stretch&, const Stretch&) = default;
};

/// A transmission control block: everything that one end knows about its connection.
struct Tcb {
  State state = State::Closed;

  // Send side (3.3.1)
  Seq snd_una;                 ///< SND.UNA: oldest unacknowledged number
  Seq snd_nxt;                 ///< SND.NXT: next number to send
  std::uint32_t snd_wnd = 0;   ///< SND.WND: octets that the peer will take, from SND.UNA
  Seq snd_wl1;                 ///< SND.WL1: SEG.SEQ of the last window update
  Seq snd_wl2;                 ///< SND.WL2: SEG.ACK of the last window update
  std::uint32_t unsent = 0;    ///< octets accepted by SEND and not sent yet
  bool fin_requested = false;  ///< CLOSE has been called: a FIN follows the last octet
  std::optional<Seq> fin;      ///< the number of our FIN, once it is sent
  std::vector<Stretch> retransmission_queue;

  // Receive side
  Seq rcv_nxt;                ///< RCV.NXT: next number expected
  std::uint32_t rcv_wnd = 0;  ///< RCV.WND: octets that this end will take, from RCV.NXT
  std::vector<Stretch> held;  ///< arrived ahead of RCV.NXT (SHLD-31)
  std::uint32_t unread = 0;   ///< octets received and not read yet
  bool ack_owed = false;      ///< something was accepted that must be acknowledged

  // Retransmission (RFC 6298)
  Time rto_ms = 0;     ///< the current timeout, doubled at each repeat
  Time waited_ms = 0;  ///< how long the head of the queue has waited, up to the last timeout

  // The application on top
  bool orphan = false;           ///< it has closed its descriptor
  bool reads_at_once = true;     ///< it reads whatever arrives, when it arrives
  bool read_shut = false;        ///< it called shutdown for reading: what arrives is thrown away
  bool reset_to_report = false;  ///< its next call learns that the connection was reset

  // Timers that run, by Timer
  bool retransmission_timer = false;
  bool time_wait_timer = false;

  /// Our FIN is sent and acknowledged. Not the same as "CLOSE was called": a FIN may wait behind
  /// unsent data.
  [[nodiscard]] bool fin_acknowledged() const { return fin && snd_una > *fin; }

  friend bool operator==(const Tcb&, const Tcb&) = default;
};

enum class ShutdownHow : std::uint8_t { Write, Read, Both };

// What can happen to an end: a call (3.10.2 to 3.10.5), a segment (3.10.7), a timeout (3.10.8).
struct Close {};
struct Shutdown {
  ShutdownHow how = ShutdownHow::Write;
};
struct SendOctets {
  std::uint32_t octets = 0;
};
struct ReceiveOctets {
  std::optional<std::uint32_t> octets;  ///< at most so many; all without
};
using Call = std::variant<Close, Shutdown, SendOctets, ReceiveOctets>;

/// "close", "shutdown", "send", "receive": the call's name in files and figures.
[[nodiscard]] std::string_view name(const Call& call);

struct Arrival {
  Segment segment;
};
struct Timeout {
  Timer timer = Timer::Retransmission;
};
using Event = std::variant<Call, Arrival, Timeout>;

/// Everything that one event brings about.
struct Outcome {
  Tcb next;
  std::vector<Segment> send;            ///< what leaves at once, in order
  std::vector<Signal> signals;          ///< in order
  std::vector<TimerChange> timers;      ///< in order
  Rule rule = Rule::None;               ///< the last row of 3.10 that applied
  Verdict verdict = Verdict::Accepted;  ///< for an arrival
  CallResult result = CallResult::Ok;   ///< for a call
  std::uint32_t octets = 0;             ///< octets handed to the application
};

/// One event at one end, in the order of RFC 9293 3.10. Answers that cannot wait are returned in
/// `send`; data, FIN and the ACK of what was accepted are noted as owed and leave by transmit(),
/// so that one segment can carry all that an instant brought. Never fails: an unwelcome segment
/// gets a verdict.
[[nodiscard]] Outcome step(const Tcb& before, const Event& event, const Policy& policy);

/// What an end owes when an instant is over: unsent data as far as the window reaches, the FIN
/// behind them, else a bare ACK if one is due (3.7, 3.8.6.3).
[[nodiscard]] Outcome transmit(const Tcb& before, const Policy& policy);

}  // namespace core
