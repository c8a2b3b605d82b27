// Tcb: one end of a connection (RFC 9293 3.3.1), and the whole protocol as two pure functions over
// it. This file owns what TCP does; it has no clock, no network and no other end. The
// caller says what time it is, what has expired and what has arrived.
#pragma once

#include "core/base/names.hpp"
#include "core/tcp/policy.hpp"
#include "core/tcp/rule.hpp"
#include "core/tcp/segment.hpp"
#include "core/tcp/state.hpp"

#include <cstdint>
#include <optional>
#include <variant>
#include <vector>

namespace core {

enum class Timer : std::uint8_t {
  Retransmission,
  Persist,
  TimeWait,
  FinWait2,
  DelayedAck,
  Keepalive,
  UserTimeout,
};
[[nodiscard]] constexpr std::string_view to_string(Timer timer) {
  switch (timer) {
    case Timer::Retransmission: return "retransmission";
    case Timer::Persist: return "persist";
    case Timer::TimeWait: return "time_wait";
    case Timer::FinWait2: return "fin_wait_2";
    case Timer::DelayedAck: return "delayed_ack";
    case Timer::Keepalive: return "keepalive";
    case Timer::UserTimeout: return "user_timeout";
  }
  return {};
}
inline constexpr auto all_timers = all_of<Timer>;

/// Which timers run.
class TimerSet {
 public:
  [[nodiscard]] constexpr bool has(Timer timer) const { return (bits_ & bit(timer)) != 0; }
  constexpr void add(Timer timer) { bits_ = static_cast<std::uint8_t>(bits_ | bit(timer)); }
  constexpr void remove(Timer timer) { bits_ = static_cast<std::uint8_t>(bits_ & ~bit(timer)); }
  friend constexpr bool operator==(TimerSet, TimerSet) = default;

 private:
  static constexpr unsigned bit(Timer timer) { return 1U << static_cast<unsigned>(timer); }
  std::uint8_t bits_ = 0;
};

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

/// What occupies sequence space: on its way to the peer, or come too early from it.
struct SequenceRange {
  Seq seq;
  std::uint32_t len = 0;  ///< data octets
  bool syn = false;       ///< a SYN comes before the data
  bool fin = false;       ///< a FIN follows the data
  bool stale = false;     ///< from an older incarnation: TCP cannot know, whoever watches can

  [[nodiscard]] constexpr Seq end() const { return seq + len + (syn ? 1U : 0U) + (fin ? 1U : 0U); }
  friend bool operator==(const SequenceRange&, const SequenceRange&) = default;
};

/// What the application handed over in one moment, while the user timeout watches it.
struct UserTimeoutMark {
  Seq end;         ///< the first number after it
  Time since = 0;  ///< the time of the call

  friend bool operator==(const UserTimeoutMark&, const UserTimeoutMark&) = default;
};

/// Whether something accepted must still be acknowledged, and how soon.
enum class AckOwed : std::uint8_t { No, Later, Now };

/// A transmission control block: everything that one end knows about its connection.
struct Tcb {
  State state = State::Closed;
  bool passive = false;  ///< opened by LISTEN: what fails in SYN_RECEIVED goes back there

  // Send side (3.3.1)
  std::optional<Seq> chosen_iss;  ///< by LISTEN, for the connection to come
  Seq iss;                        ///< ISS: initial send sequence number
  Seq snd_una;                    ///< SND.UNA: oldest unacknowledged number
  Seq snd_nxt;                    ///< SND.NXT: next number to send
  std::uint32_t snd_wnd = 0;      ///< SND.WND: octets that the peer will take, from SND.UNA
  std::uint32_t max_snd_wnd = 0;  ///< MAX.SND.WND: the largest that it ever was (RFC 5961 5.2)
  Seq snd_wl1;                    ///< SND.WL1: SEG.SEQ of the last window update
  Seq snd_wl2;                    ///< SND.WL2: SEG.ACK of the last window update
  std::uint32_t unsent = 0;       ///< octets accepted by SEND and not sent yet
  bool fin_requested = false;     ///< CLOSE has been called: a FIN follows the last octet
  std::optional<Seq> fin;         ///< the number of our FIN, once it is sent
  std::vector<SequenceRange> retransmission_queue;
  /// The window has opened while the head of the queue was its probe: transmit() sends that again,
  /// with company. Never set with an empty queue or a shut window.
  bool probe_due = false;
  std::vector<UserTimeoutMark>
      user_timeout_marks;  ///< kept only under a user timeout: what is not acknowledged yet

  // Receive side
  Seq irs;                    ///< IRS: initial receive sequence number
  Seq rcv_nxt;                ///< RCV.NXT: next number expected
  std::uint32_t rcv_wnd = 0;  ///< RCV.WND: octets that this end will take, from RCV.NXT
  std::vector<SequenceRange> out_of_order;  ///< arrived ahead of RCV.NXT (SHLD-31)
  std::uint32_t unread = 0;                 ///< octets received and not read yet
  bool fin_received = false;                ///< the peer's FIN has been accepted
  AckOwed ack_owed = AckOwed::No;
  Seq acknowledged;  ///< the last number that this end acknowledged, for owe_ack()

  // Timers
  TimerSet timers;
  Time rto_ms = 0;            ///< the current timeout, doubled at each repeat (RFC 6298)
  Time waited_ms = 0;         ///< how long the head of the queue has waited, up to the last timeout
  Time repeats = 0;           ///< how often it was sent again
  Time keepalive_probes = 0;  ///< unanswered so far
  Time user_timeout_since = 0;        ///< what the running user timeout is counted from
  std::optional<Time> challenged_at;  ///< when the last challenge ACK was sent

  // The application on top
  bool orphan = false;           ///< it has closed its descriptor
  bool reads_at_once = true;     ///< it reads whatever arrives, when it arrives
  bool read_shut = false;        ///< it called shutdown for reading: what arrives is thrown away
  bool reset_to_report = false;  ///< its next call learns that the connection was reset

  /// Our FIN is sent and acknowledged. Not the same as "CLOSE was called": a FIN may wait behind
  /// unsent data.
  [[nodiscard]] bool fin_acknowledged() const { return fin && snd_una > *fin; }
  /// How many more octets the peer's window takes; negative when it has shrunk.
  [[nodiscard]] std::int64_t room() const { return (snd_una + snd_wnd) - snd_nxt; }
  /// Text and FIN may be sent: not before the connection is established, and not in TIME_WAIT.
  [[nodiscard]] bool may_send() const { return synchronized(state) && state != State::TimeWait; }
  /// CLOSE was called and the FIN is not sent yet.
  [[nodiscard]] bool fin_waits() const { return fin_requested && !fin; }
  /// Something that the application handed over is not acknowledged yet.
  [[nodiscard]] bool outstanding() const {
    return !retransmission_queue.empty() || unsent > 0 || fin_waits();
  }

  friend bool operator==(const Tcb&, const Tcb&) = default;
};

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
};
struct Listen {
  std::optional<Seq> iss;  ///< as for Connect
};
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
struct Abort {};
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

/// What transmit() would send, told without sending it: two moments at which it is the same owe the
/// same segments.
struct Owed {
  std::uint32_t octets = 0;  ///< of new text
  bool fin = false;
  bool probe = false;  ///< what probed the window, again
  bool ack = false;    ///< if nothing else carries it, by itself
  Seq snd_nxt;
  Seq rcv_nxt;
  std::uint32_t rcv_wnd = 0;

  [[nodiscard]] bool text() const { return octets > 0 || fin || probe; }
  [[nodiscard]] bool any() const { return text() || ack; }
  friend bool operator==(const Owed&, const Owed&) = default;
};
[[nodiscard]] Owed owed(const Tcb& tcb);

/// What an end owes when an instant is over: unsent data as far as the window reaches, the FIN
/// behind them, else a bare ACK if one is due (3.7, 3.8.6.3).
[[nodiscard]] Outcome transmit(const Tcb& before, const Policy& policy, const Inputs& now = {});

}  // namespace core
