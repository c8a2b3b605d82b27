// Policy: the figures and choices that RFC 9293 leaves to an implementation, and where each comes
// from. The table of keys below is the only list of them: the parser, the documentation of the
// format and the page all read it.
#pragma once

#include "core/base/units.hpp"

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <variant>
#include <vector>

namespace core {

/// What an acceptable RST does to an end in TIME_WAIT.
enum class RstInTimeWait : std::uint8_t { Close, Ignore };

/// What a new SYN does to an end in TIME_WAIT.
enum class SynInTimeWait : std::uint8_t { Challenge, Reopen, Ignore };

/// What starts the 2·MSL timer over.
enum class TimeWaitRestart : std::uint8_t { Fin, Any, Never };

/// What an end in TIME_WAIT acknowledges: what needs it, or every ACK, as the letter of the RFC
/// says.
enum class TimeWaitAnswers : std::uint8_t { Needed, EveryAck };

/// How an end in CLOSING acknowledges: with a bare ACK, or with its FIN once more.
enum class ClosingAck : std::uint8_t { Pure, Fin };

/// The flags of a reset that an end sends by itself, with SEQ=SND.NXT.
enum class AbortFlags : std::uint8_t { Rst, RstAck };

/// Asking an idle peer whether it is still there (RFC 9293 3.8.4).
struct Keepalive {
  Time idle_ms = 0;      ///< from the last arrival to the first probe
  Time interval_ms = 0;  ///< from one probe to the next, and from the last one to the end
  Time probes = 0;       ///< how many go unanswered before the connection is given up

  friend bool operator==(const Keepalive&, const Keepalive&) = default;
};

struct Policy {
  Time msl_ms = 120'000;
  bool time_wait = true;
  std::optional<Time> time_wait_ms = {};  ///< 2·MSL unless given
  std::optional<Time> fin_wait_2_timeout_ms = {};
  Time rto_ms = 1'000;
  Time rto_max_ms = 60'000;
  Time r2_ms = 100'000;
  Time r2_syn_ms = 180'000;
  std::optional<Time> max_retransmits = {};
  std::optional<Time> max_retransmits_orphan = {};  ///< as `max_retransmits` unless given
  bool persist = true;
  Time delayed_ack_ms = 0;
  std::optional<Time> delayed_fin_ack_ms = {};  ///< as `delayed_ack_ms` unless given
  Time mss = 1'460;                             ///< octets
  bool rfc5961 = true;
  Time challenge_ack_interval_ms = 0;
  RstInTimeWait rst_in_time_wait = RstInTimeWait::Close;
  SynInTimeWait syn_in_time_wait = SynInTimeWait::Challenge;
  AbortFlags abort_flags = AbortFlags::Rst;
  bool abort_to_time_wait = false;
  TimeWaitRestart time_wait_restart = TimeWaitRestart::Fin;
  TimeWaitAnswers time_wait_answers = TimeWaitAnswers::Needed;
  ClosingAck closing_ack = ClosingAck::Pure;
  bool unread_data_resets = true;
  bool data_after_close_resets = true;
  bool timeout_sends_rst = false;
  std::optional<Time> user_timeout_ms = {};
  std::optional<Keepalive> keepalive = {};

  /// How long TIME_WAIT lasts.
  [[nodiscard]] Time two_msl() const { return time_wait_ms.value_or(2 * msl_ms); }
};

/// One value for one key, as a file or a reader gives it.
struct PolicySetting {
  std::string_view key;  ///< the `name` of a PolicyKey
  std::variant<std::nullptr_t, Time, bool, std::string_view, Keepalive> value;
};
using PolicyPatch = std::vector<PolicySetting>;

/// One key: its name in files, what it may be, and why it exists.
struct PolicyKey {
  /// Where the value lives, which is also what type it has.
  using Field = std::variant<Time Policy::*, std::optional<Time> Policy::*, bool Policy::*,
                             std::optional<Keepalive> Policy::*, RstInTimeWait Policy::*,
                             SynInTimeWait Policy::*, TimeWaitRestart Policy::*,
                             TimeWaitAnswers Policy::*, ClosingAck Policy::*, AbortFlags Policy::*>;
  std::string_view name;
  Field field;
  Time least = 0;  ///< the smallest and the largest number, for keys that are numbers
  Time most = 0;
  std::span<const std::string_view> choices;  ///< for keys that are words: one per enumerator
  std::string_view source;
};

/// Every key, in the order in which documentation lists them.
[[nodiscard]] std::span<const PolicyKey> policy_keys();

/// The key of that name, or null.
[[nodiscard]] const PolicyKey* policy_key(std::string_view name);

/// Lays `patch` over `policy`. Keys and values have been checked by the parser.
void apply(const PolicyPatch& patch, Policy& policy);

/// One figure of a system, and where it is written.
struct ProfileSetting {
  PolicySetting setting;
  std::string_view source;
};

/// A named set of values: what one system does, as far as it is known. A key that is not among the
/// settings has the value of `rfc9293`, which has none.
struct Profile {
  std::string_view name;
  std::string_view title;
  std::span<const ProfileSetting> settings;
};

/// `rfc9293` first.
[[nodiscard]] std::span<const Profile> profiles();

/// The policy of a profile. The name is one of theirs.
[[nodiscard]] Policy profile(std::string_view name);

}  // namespace core
