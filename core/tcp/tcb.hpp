// Tcb: everything that one end knows about its connection (RFC 9293 3.3.1), as a value. It has no
// behaviour: what changes it is step().
#pragma once

#include "core/base/names.hpp"
#include "core/base/units.hpp"
#include "core/tcp/seq.hpp"
#include "core/tcp/state.hpp"

#include <cstdint>
#include <optional>
#include <string_view>
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
  Time rto_ms = 0;     ///< the current timeout, doubled at each repeat (RFC 6298)
  Time waited_ms = 0;  ///< how long the head of the queue has waited, up to the last timeout
  Count repeats = 0;   ///< how often it was sent again
  Count keepalive_probes = 0;         ///< unanswered so far
  Time user_timeout_since = 0;        ///< what the running user timeout is counted from
  std::optional<Time> challenged_at;  ///< when the last challenge ACK was sent

  // The application on top
  bool orphan = false;           ///< it has closed its descriptor
  bool reads_at_once = true;     ///< it reads whatever arrives, when it arrives
  bool read_shut = false;        ///< it called shutdown for reading: nothing more is delivered
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
  /// CLOSE was called and nobody can read any more: the half-duplex close of 3.6.1 (MAY-1), by
  /// close() or by shutdown() for both directions, at once or one after the other. Reading that was
  /// shut down alone is not a CLOSE: what arrives then is thrown away.
  [[nodiscard]] bool closed_both_ways() const { return fin_requested && (orphan || read_shut); }
  /// Something that the application handed over is not acknowledged yet.
  [[nodiscard]] bool outstanding() const {
    return !retransmission_queue.empty() || unsent > 0 || fin_waits();
  }

  friend bool operator==(const Tcb&, const Tcb&) = default;
};

}  // namespace core
