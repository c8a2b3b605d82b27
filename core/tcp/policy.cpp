#include "core/tcp/policy.hpp"

#include <array>

namespace core {
namespace {

constexpr Time day_ms = 86'400'000;
constexpr Count most_probes = 1'000;

/// A key whose value is a number in milliseconds, or a count.
constexpr PolicyKey number(PolicyKeyId id, PolicyKey::Field field, std::int64_t least,
                           std::int64_t most, std::string_view source) {
  return {id, field, least, most, {}, source};
}
constexpr PolicyKey period(PolicyKeyId id, PolicyKey::Field field, std::string_view source) {
  return number(id, field, 1, day_ms, source);
}
template <typename Enum>
constexpr PolicyKey word(PolicyKeyId id, Enum Policy::* field, std::string_view source) {
  return {id, field, 0, 0, words_of<Enum>, source};
}
constexpr PolicyKey flag(PolicyKeyId id, PolicyKey::Field field, std::string_view source) {
  return {id, field, 0, 0, {}, source};
}

constexpr std::array keys = {
    period(PolicyKeyId::MslMs, &Policy::msl_ms, "RFC 9293 3.4.2: 2 minutes"),
    flag(PolicyKeyId::TimeWait, &Policy::time_wait, "RFC 9293 3.6.1, MUST-13; off to see why"),
    period(PolicyKeyId::TimeWaitMs, &Policy::time_wait_ms, "RFC 9293 3.6.1: 2 MSL"),
    period(PolicyKeyId::FinWait2TimeoutMs, &Policy::fin_wait_2_timeout_ms,
           "no RFC; most systems: 60 s"),
    period(PolicyKeyId::RtoMs, &Policy::rto_ms, "RFC 6298 2.1: 1 second"),
    period(PolicyKeyId::RtoMaxMs, &Policy::rto_max_ms, "RFC 6298 2.5: at least 60 s"),
    period(PolicyKeyId::R2Ms, &Policy::r2_ms, "RFC 9293 3.8.3: at least 100 s"),
    period(PolicyKeyId::R2SynMs, &Policy::r2_syn_ms, "RFC 9293 3.8.3: at least 3 minutes"),
    number(PolicyKeyId::MaxRetransmits, &Policy::max_retransmits, 0, most_probes,
           "RFC 9293 3.8.3: R2 as a count"),
    number(PolicyKeyId::MaxRetransmitsOrphan, &Policy::max_retransmits_orphan, 0, most_probes,
           "no RFC; Linux: tcp_orphan_retries"),
    flag(PolicyKeyId::Persist, &Policy::persist, "RFC 9293 3.8.6.1, MUST-36"),
    number(PolicyKeyId::DelayedAckMs, &Policy::delayed_ack_ms, 0, day_ms,
           "RFC 9293 3.8.6.3: less than 0.5 s"),
    number(PolicyKeyId::DelayedFinAckMs, &Policy::delayed_fin_ack_ms, 0, day_ms,
           "no RFC; Linux: 40 ms, measured"),
    number(PolicyKeyId::Mss, &Policy::mss, 1, 65'535, "RFC 9293 3.7.1"),
    flag(PolicyKeyId::Rfc5961, &Policy::rfc5961, "RFC 5961 3.2, 4.2 and 5.2"),
    number(PolicyKeyId::ChallengeAckIntervalMs, &Policy::challenge_ack_interval_ms, 0, day_ms,
           "RFC 5961 7"),
    word(PolicyKeyId::RstInTimeWait, &Policy::rst_in_time_wait,
         "RFC 9293 3.10.7.4: close; RFC 1337: ignore"),
    word(PolicyKeyId::SynInTimeWait, &Policy::syn_in_time_wait,
         "RFC 9293 3.10.7.4: challenge; 3.6.1, MAY-2: reopen"),
    word(PolicyKeyId::AbortFlags, &Policy::abort_flags, "RFC 9293 3.10.5: RST"),
    flag(PolicyKeyId::AbortToTimeWait, &Policy::abort_to_time_wait,
         "RFC 9293 3.5.2 against 3.10.5 (D3)"),
    word(PolicyKeyId::TimeWaitRestart, &Policy::time_wait_restart,
         "RFC 9293 3.10.7.4, read as core/README.md says (D1)"),
    word(PolicyKeyId::TimeWaitAnswers, &Policy::time_wait_answers,
         "RFC 9293 3.10.7.4: every_ack; needed is D2"),
    word(PolicyKeyId::ClosingAck, &Policy::closing_ack, "RFC 9293 3.10.7.4: pure (D5)"),
    flag(PolicyKeyId::UnreadDataResets, &Policy::unread_data_resets, "RFC 9293 3.6.1, SHLD-3"),
    flag(PolicyKeyId::DataAfterCloseResets, &Policy::data_after_close_resets,
         "RFC 9293 3.6.1, SHLD-3"),
    flag(PolicyKeyId::TimeoutSendsRst, &Policy::timeout_sends_rst,
         "RFC 9293 3.10.8: no segment (D7)"),
    period(PolicyKeyId::UserTimeoutMs, &Policy::user_timeout_ms, "RFC 9293 3.10.8"),
    number(PolicyKeyId::Keepalive, &Policy::keepalive, 1, day_ms, "RFC 9293 3.8.4: off by default"),
};

// --- Profiles -----------------------------------------------------------------------------------

constexpr std::array linux_settings = {
    ProfileSetting{{PolicyKeyId::TimeWaitMs, Time{60'000}}, "include/net/tcp.h, TCP_TIMEWAIT_LEN"},
    ProfileSetting{{PolicyKeyId::FinWait2TimeoutMs, Time{60'000}}, "tcp_fin_timeout"},
    ProfileSetting{{PolicyKeyId::RtoMs, Time{200}}, "TCP_RTO_MIN, on a short path"},
    ProfileSetting{{PolicyKeyId::RtoMaxMs, Time{120'000}}, "TCP_RTO_MAX"},
    ProfileSetting{{PolicyKeyId::R2Ms, Time{924'600}}, "tcp_retries2 = 15"},
    ProfileSetting{{PolicyKeyId::MaxRetransmits, Count{15}}, "tcp_retries2"},
    ProfileSetting{{PolicyKeyId::MaxRetransmitsOrphan, Count{8}},
                   "tcp_orphan_retries = 0, which means 8"},
    ProfileSetting{{PolicyKeyId::DelayedFinAckMs, Time{40}},
                   "TCP_DELACK_MIN; 40 to 47 ms recorded, where data came before"},
    ProfileSetting{{PolicyKeyId::ChallengeAckIntervalMs, Time{500}}, "tcp_invalid_ratelimit"},
    ProfileSetting{{PolicyKeyId::RstInTimeWait, RstInTimeWait::Close}, "tcp_rfc1337 = 0"},
    ProfileSetting{{PolicyKeyId::SynInTimeWait, SynInTimeWait::Reopen},
                   "tcp_timewait_state_process()"},
    ProfileSetting{{PolicyKeyId::AbortFlags, AbortFlags::RstAck}, "tcp_send_active_reset()"},
    ProfileSetting{{PolicyKeyId::TimeWaitRestart, TimeWaitRestart::Any},
                   "tcp_timewait_state_process()"},
};

constexpr std::array freebsd_settings = {
    ProfileSetting{{PolicyKeyId::MslMs, Time{30'000}}, "TCPTV_MSL"},
    ProfileSetting{{PolicyKeyId::FinWait2TimeoutMs, Time{60'000}}, "TCPTV_FINWAIT2_TIMEOUT"},
    ProfileSetting{{PolicyKeyId::RtoMaxMs, Time{64'000}}, "TCPTV_REXMTMAX"},
    ProfileSetting{{PolicyKeyId::R2Ms, day_ms}, "TCP_MAXRXTSHIFT: R2 is a count"},
    ProfileSetting{{PolicyKeyId::MaxRetransmits, Count{12}}, "TCP_MAXRXTSHIFT"},
    ProfileSetting{{PolicyKeyId::RstInTimeWait, RstInTimeWait::Ignore}, "tcp_twcheck()"},
    ProfileSetting{{PolicyKeyId::SynInTimeWait, SynInTimeWait::Reopen}, "tcp_twcheck()"},
    ProfileSetting{{PolicyKeyId::AbortFlags, AbortFlags::RstAck}, "tcp_drop()"},
    ProfileSetting{{PolicyKeyId::TimeWaitRestart, TimeWaitRestart::Fin}, "tcp_twcheck()"},
};

constexpr std::array macos_settings = {
    ProfileSetting{{PolicyKeyId::MslMs, Time{15'000}}, "XNU, TCPTV_MSL"},
    ProfileSetting{{PolicyKeyId::FinWait2TimeoutMs, Time{60'000}}, "XNU, TCPTV_FINWAIT2"},
    ProfileSetting{{PolicyKeyId::RtoMaxMs, Time{64'000}}, "XNU, TCPTV_REXMTMAX"},
    ProfileSetting{{PolicyKeyId::R2Ms, day_ms}, "XNU, TCP_MAXRXTSHIFT: R2 is a count"},
    ProfileSetting{{PolicyKeyId::MaxRetransmits, Count{12}}, "XNU, TCP_MAXRXTSHIFT"},
    ProfileSetting{{PolicyKeyId::RstInTimeWait, RstInTimeWait::Ignore}, "XNU, tcp_input()"},
    ProfileSetting{{PolicyKeyId::AbortFlags, AbortFlags::RstAck}, "XNU, tcp_drop()"},
};

constexpr std::array windows_settings = {
    ProfileSetting{{PolicyKeyId::TimeWaitMs, Time{120'000}},
                   "Server 2003, TcpTimedWaitDelay (cc757512); Windows 2000: 240 s"},
};

constexpr std::array known_profiles = {
    Profile{ProfileId::Rfc9293, "RFC 9293", {}},
    Profile{ProfileId::Linux, "Linux", linux_settings},
    Profile{ProfileId::Freebsd, "FreeBSD", freebsd_settings},
    Profile{ProfileId::Macos, "macOS", macos_settings},
    Profile{ProfileId::Windows, "Windows", windows_settings},
};

// Both tables are in the order of their enumerations.
constexpr bool in_order = [] {
  for (std::size_t i = 0; i < keys.size(); ++i) {
    if (keys[i].id != static_cast<PolicyKeyId>(i)) return false;
  }
  for (std::size_t i = 0; i < known_profiles.size(); ++i) {
    if (known_profiles[i].id != static_cast<ProfileId>(i)) return false;
  }
  return keys.size() == count_of<PolicyKeyId>() && known_profiles.size() == count_of<ProfileId>();
}();
static_assert(in_order);

/// Writes one checked value into the field of its key.
struct Assign {
  const PolicySetting& setting;
  Policy& policy;

  template <typename T>
  void operator()(T Policy::* field) const {
    policy.*field = std::get<T>(setting.value);
  }
  template <typename T>
  void operator()(std::optional<T> Policy::* field) const {
    const T* value = std::get_if<T>(&setting.value);
    policy.*field = value ? std::optional<T>(*value) : std::nullopt;
  }
};

}  // namespace

std::span<const PolicyKey> policy_keys() {
  return keys;
}

const PolicyKey& policy_key(PolicyKeyId id) {
  return keys[static_cast<std::size_t>(id)];
}

void apply(const PolicyPatch& patch, Policy& policy) {
  for (const PolicySetting& setting : patch) {
    std::visit(Assign{setting, policy}, policy_key(setting.key).field);
  }
}

std::span<const Profile> profiles() {
  return known_profiles;
}

Policy profile(ProfileId id) {
  Policy policy;
  for (const ProfileSetting& setting : known_profiles[static_cast<std::size_t>(id)].settings) {
    apply({setting.setting}, policy);
  }
  return policy;
}

}  // namespace core
