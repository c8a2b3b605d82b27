// Policy: the figures and choices that RFC 9293 leaves to an implementation, and where each comes
// from. The table of keys below is the only list of them: the parser, the documentation of the
// format and the page all read it.
#pragma once

#include "core/base/names.hpp"
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

[[nodiscard]] constexpr std::string_view to_string(RstInTimeWait choice) {
  switch (choice) {
    case RstInTimeWait::Close: return "close";
    case RstInTimeWait::Ignore: return "ignore";
  }
  return {};
}

/// What a new SYN does to an end in TIME_WAIT.
enum class SynInTimeWait : std::uint8_t { Challenge, Reopen, Ignore };

[[nodiscard]] constexpr std::string_view to_string(SynInTimeWait choice) {
  switch (choice) {
    case SynInTimeWait::Challenge: return "challenge";
    case SynInTimeWait::Reopen: return "reopen";
    case SynInTimeWait::Ignore: return "ignore";
  }
  return {};
}

/// What starts the 2·MSL timer over.
enum class TimeWaitRestart : std::uint8_t { Fin, Any, Never };

[[nodiscard]] constexpr std::string_view to_string(TimeWaitRestart choice) {
  switch (choice) {
    case TimeWaitRestart::Fin: return "fin";
    case TimeWaitRestart::Any: return "any";
    case TimeWaitRestart::Never: return "never";
  }
  return {};
}

/// What an end in TIME_WAIT acknowledges: what needs it, or every ACK, as the letter of the RFC
/// says.
enum class TimeWaitAnswers : std::uint8_t { Needed, EveryAck };

[[nodiscard]] constexpr std::string_view to_string(TimeWaitAnswers choice) {
  switch (choice) {
    case TimeWaitAnswers::Needed: return "needed";
    case TimeWaitAnswers::EveryAck: return "every_ack";
  }
  return {};
}

/// How an end in CLOSING acknowledges: with a bare ACK, or with its FIN once more.
enum class ClosingAck : std::uint8_t { Pure, Fin };

[[nodiscard]] constexpr std::string_view to_string(ClosingAck choice) {
  switch (choice) {
    case ClosingAck::Pure: return "pure";
    case ClosingAck::Fin: return "fin";
  }
  return {};
}

/// The flags of a reset that an end sends by itself, with SEQ=SND.NXT.
enum class AbortFlags : std::uint8_t { Rst, RstAck };

[[nodiscard]] constexpr std::string_view to_string(AbortFlags choice) {
  switch (choice) {
    case AbortFlags::Rst: return "RST";
    case AbortFlags::RstAck: return "RST,ACK";
  }
  return {};
}

/// Asking an idle peer whether it is still there (RFC 9293 3.8.4).
struct Keepalive {
  Time idle_ms = 0;      ///< from the last arrival to the first probe
  Time interval_ms = 0;  ///< from one probe to the next, and from the last one to the end
  Count probes = 0;      ///< how many go unanswered before the connection is given up

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
  std::optional<Count> max_retransmits = {};
  std::optional<Count> max_retransmits_orphan = {};  ///< as `max_retransmits` unless given
  bool persist = true;
  Time delayed_ack_ms = 0;
  std::optional<Time> delayed_fin_ack_ms = {};  ///< as `delayed_ack_ms` unless given
  Octets mss = 1'460;
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

/// Every key, in the order in which documentation lists them.
enum class PolicyKeyId : std::uint8_t {
  MslMs,
  TimeWait,
  TimeWaitMs,
  FinWait2TimeoutMs,
  RtoMs,
  RtoMaxMs,
  R2Ms,
  R2SynMs,
  MaxRetransmits,
  MaxRetransmitsOrphan,
  Persist,
  DelayedAckMs,
  DelayedFinAckMs,
  Mss,
  Rfc5961,
  ChallengeAckIntervalMs,
  RstInTimeWait,
  SynInTimeWait,
  AbortFlags,
  AbortToTimeWait,
  TimeWaitRestart,
  TimeWaitAnswers,
  ClosingAck,
  UnreadDataResets,
  DataAfterCloseResets,
  TimeoutSendsRst,
  UserTimeoutMs,
  Keepalive,
};

/// The key's name in files.
[[nodiscard]] constexpr std::string_view to_string(PolicyKeyId key) {
  switch (key) {
    case PolicyKeyId::MslMs: return "msl_ms";
    case PolicyKeyId::TimeWait: return "time_wait";
    case PolicyKeyId::TimeWaitMs: return "time_wait_ms";
    case PolicyKeyId::FinWait2TimeoutMs: return "fin_wait_2_timeout_ms";
    case PolicyKeyId::RtoMs: return "rto_ms";
    case PolicyKeyId::RtoMaxMs: return "rto_max_ms";
    case PolicyKeyId::R2Ms: return "r2_ms";
    case PolicyKeyId::R2SynMs: return "r2_syn_ms";
    case PolicyKeyId::MaxRetransmits: return "max_retransmits";
    case PolicyKeyId::MaxRetransmitsOrphan: return "max_retransmits_orphan";
    case PolicyKeyId::Persist: return "persist";
    case PolicyKeyId::DelayedAckMs: return "delayed_ack_ms";
    case PolicyKeyId::DelayedFinAckMs: return "delayed_fin_ack_ms";
    case PolicyKeyId::Mss: return "mss";
    case PolicyKeyId::Rfc5961: return "rfc5961";
    case PolicyKeyId::ChallengeAckIntervalMs: return "challenge_ack_interval_ms";
    case PolicyKeyId::RstInTimeWait: return "rst_in_time_wait";
    case PolicyKeyId::SynInTimeWait: return "syn_in_time_wait";
    case PolicyKeyId::AbortFlags: return "abort_flags";
    case PolicyKeyId::AbortToTimeWait: return "abort_to_time_wait";
    case PolicyKeyId::TimeWaitRestart: return "time_wait_restart";
    case PolicyKeyId::TimeWaitAnswers: return "time_wait_answers";
    case PolicyKeyId::ClosingAck: return "closing_ack";
    case PolicyKeyId::UnreadDataResets: return "unread_data_resets";
    case PolicyKeyId::DataAfterCloseResets: return "data_after_close_resets";
    case PolicyKeyId::TimeoutSendsRst: return "timeout_sends_rst";
    case PolicyKeyId::UserTimeoutMs: return "user_timeout_ms";
    case PolicyKeyId::Keepalive: return "keepalive";
  }
  return {};
}

/// One value for one key, as a file or a reader gives it.
struct PolicySetting {
  PolicyKeyId key = {};
  /// Null where the key allows that, else what its field holds; numbers share one type.
  std::variant<std::nullptr_t, std::int64_t, bool, Keepalive, RstInTimeWait, SynInTimeWait,
               TimeWaitRestart, TimeWaitAnswers, ClosingAck, AbortFlags>
      value;

  friend bool operator==(const PolicySetting&, const PolicySetting&) = default;
};
using PolicyPatch = std::vector<PolicySetting>;

/// One key: what it may be, and why it exists.
struct PolicyKey {
  /// Where the value lives, which is also what type it has.
  using Field =
      std::variant<std::int64_t Policy::*, std::optional<std::int64_t> Policy::*, bool Policy::*,
                   std::optional<Keepalive> Policy::*, RstInTimeWait Policy::*,
                   SynInTimeWait Policy::*, TimeWaitRestart Policy::*, TimeWaitAnswers Policy::*,
                   ClosingAck Policy::*, AbortFlags Policy::*>;
  PolicyKeyId id;
  Field field;
  std::int64_t least = 0;  ///< the smallest and the largest number, for keys that are numbers
  std::int64_t most = 0;
  std::span<const std::string_view> choices;  ///< for keys that are words: one per enumerator
  std::string_view source;
};

/// Every key, in the order of PolicyKeyId.
[[nodiscard]] std::span<const PolicyKey> policy_keys();

[[nodiscard]] const PolicyKey& policy_key(PolicyKeyId id);

/// Lays `patch` over `policy`. The values have been checked by the parser.
void apply(const PolicyPatch& patch, Policy& policy);

/// One figure of a system, and where it is written.
struct ProfileSetting {
  PolicySetting setting;
  std::string_view source;
};

/// The systems whose figures are known.
enum class ProfileId : std::uint8_t { Rfc9293, Linux, Freebsd, Macos, Windows };

/// The word in files and links.
[[nodiscard]] constexpr std::string_view to_string(ProfileId profile) {
  switch (profile) {
    case ProfileId::Rfc9293: return "rfc9293";
    case ProfileId::Linux: return "linux";
    case ProfileId::Freebsd: return "freebsd";
    case ProfileId::Macos: return "macos";
    case ProfileId::Windows: return "windows";
  }
  return {};
}

/// What one system does, as far as it is known. A key that is not among the settings has the value
/// of `rfc9293`, which has none.
struct Profile {
  ProfileId id = ProfileId::Rfc9293;
  std::string_view title;
  std::span<const ProfileSetting> settings;
};

/// Every profile, in the order of ProfileId.
[[nodiscard]] std::span<const Profile> profiles();

/// The policy of a profile.
[[nodiscard]] Policy profile(ProfileId id);

}  // namespace core
