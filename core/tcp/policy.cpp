#include "core/tcp/policy.hpp"

#include <algorithm>
#include <array>
#include <cassert>

namespace core {
namespace {

constexpr Time day_ms = 86'400'000;
constexpr Time most_probes = 1'000;
constexpr std::array<std::string_view, 2> rst_in_time_wait = {"close", "ignore"};
constexpr std::array<std::string_view, 3> syn_in_time_wait = {"challenge", "reopen", "ignore"};
constexpr std::array<std::string_view, 3> time_wait_restart = {"fin", "any", "never"};
constexpr std::array<std::string_view, 2> time_wait_answers = {"needed", "every_ack"};
constexpr std::array<std::string_view, 2> closing_ack = {"pure", "fin"};
constexpr std::array<std::string_view, 2> abort_flags = {"RST", "RST,ACK"};

/// A key whose value is a number in milliseconds, or a count.
constexpr PolicyKey number(std::string_view name, PolicyKey::Field field, Time least, Time most,
                           std::string_view source) {
  return {name, field, least, most, {}, source};
}
constexpr PolicyKey period(std::string_view name, PolicyKey::Field field, std::string_view source) {
  return number(name, field, 1, day_ms, source);
}
constexpr PolicyKey word(std::string_view name, PolicyKey::Field field,
                         std::span<const std::string_view> choices, std::string_view source) {
  return {name, field, 0, 0, choices, source};
}
constexpr PolicyKey flag(std::string_view name, PolicyKey::Field field, std::string_view source) {
  return {name, field, 0, 0, {}, source};
}

constexpr std::array keys = {
    period("msl_ms", &Policy::msl_ms, "RFC 9293 3.4.2: 2 minutes"),
    flag("time_wait", &Policy::time_wait, "RFC 9293 3.6.1, MUST-13; off to see why"),
    period("time_wait_ms", &Policy::time_wait_ms, "RFC 9293 3.6.1: 2 MSL"),
    period("fin_wait_2_timeout_ms", &Policy::fin_wait_2_timeout_ms, "no RFC; most systems: 60 s"),
    period("rto_ms", &Policy::rto_ms, "RFC 6298 2.1: 1 second"),
    period("rto_max_ms", &Policy::rto_max_ms, "RFC 6298 2.5: at least 60 s"),
    period("r2_ms", &Policy::r2_ms, "RFC 9293 3.8.3: at least 100 s"),
    period("r2_syn_ms", &Policy::r2_syn_ms, "RFC 9293 3.8.3: at least 3 minutes"),
    number("max_retransmits", &Policy::max_retransmits, 0, most_probes,
           "RFC 9293 3.8.3: R2 as a count"),
    number("max_retransmits_orphan", &Policy::max_retransmits_orphan, 0, most_probes,
           "no RFC; Linux: tcp_orphan_retries"),
    flag("persist", &Policy::persist, "RFC 9293 3.8.6.1, MUST-36"),
    number("delayed_ack_ms", &Policy::delayed_ack_ms, 0, day_ms,
           "RFC 9293 3.8.6.3: less than 0.5 s"),
    number("delayed_fin_ack_ms", &Policy::delayed_fin_ack_ms, 0, day_ms,
           "no RFC; Linux: 40 ms, measured"),
    number("mss", &Policy::mss, 1, 65'535, "RFC 9293 3.7.1"),
    flag("rfc5961", &Policy::rfc5961, "RFC 5961 3.2, 4.2 and 5.2"),
    number("challenge_ack_interval_ms", &Policy::challenge_ack_interval_ms, 0, day_ms,
           "RFC 5961 7"),
    word("rst_in_time_wait", &Policy::rst_in_time_wait, rst_in_time_wait,
         "RFC 9293 3.10.7.4: close; RFC 1337: ignore"),
    word("syn_in_time_wait", &Policy::syn_in_time_wait, syn_in_time_wait,
         "RFC 9293 3.10.7.4: challenge; 3.6.1, MAY-2: reopen"),
    word("abort_flags", &Policy::abort_flags, abort_flags, "RFC 9293 3.10.5: RST"),
    flag("abort_to_time_wait", &Policy::abort_to_time_wait, "RFC 9293 3.5.2 against 3.10.5 (D3)"),
    word("time_wait_restart", &Policy::time_wait_restart, time_wait_restart,
         "RFC 9293 3.10.7.4, read as core/README.md says (D1)"),
    word("time_wait_answers", &Policy::time_wait_answers, time_wait_answers,
         "RFC 9293 3.10.7.4: every_ack; needed is D2"),
    word("closing_ack", &Policy::closing_ack, closing_ack, "RFC 9293 3.10.7.4: pure (D5)"),
    flag("unread_data_resets", &Policy::unread_data_resets, "RFC 9293 3.6.1, SHLD-3"),
    flag("data_after_close_resets", &Policy::data_after_close_resets, "RFC 9293 3.6.1, SHLD-3"),
    flag("timeout_sends_rst", &Policy::timeout_sends_rst, "RFC 9293 3.10.8: no segment (D7)"),
    period("user_timeout_ms", &Policy::user_timeout_ms, "RFC 9293 3.10.8"),
    number("keepalive", &Policy::keepalive, 1, day_ms, "RFC 9293 3.8.4: off by default"),
};

// --- Profiles -----------------------------------------------------------------------------------

constexpr std::array linux_settings = {
    ProfileSetting{{"time_wait_ms", Time{60'000}}, "include/net/tcp.h, TCP_TIMEWAIT_LEN"},
    ProfileSetting{{"fin_wait_2_timeout_ms", Time{60'000}}, "tcp_fin_timeout"},
    ProfileSetting{{"rto_ms", Time{200}}, "TCP_RTO_MIN, on a short path"},
    ProfileSetting{{"rto_max_ms", Time{120'000}}, "TCP_RTO_MAX"},
    ProfileSetting{{"r2_ms", Time{924'600}}, "tcp_retries2 = 15"},
    ProfileSetting{{"max_retransmits", Time{15}}, "tcp_retries2"},
    ProfileSetting{{"max_retransmits_orphan", Time{8}}, "tcp_orphan_retries = 0, which means 8"},
    ProfileSetting{{"delayed_fin_ack_ms", Time{40}},
                   "TCP_DELACK_MIN; 40 to 47 ms recorded, where data came before"},
    ProfileSetting{{"challenge_ack_interval_ms", Time{500}}, "tcp_invalid_ratelimit"},
    ProfileSetting{{"rst_in_time_wait", std::string_view("close")}, "tcp_rfc1337 = 0"},
    ProfileSetting{{"syn_in_time_wait", std::string_view("reopen")},
                   "tcp_timewait_state_process()"},
    ProfileSetting{{"abort_flags", std::string_view("RST,ACK")}, "tcp_send_active_reset()"},
    ProfileSetting{{"time_wait_restart", std::string_view("any")}, "tcp_timewait_state_process()"},
};

constexpr std::array freebsd_settings = {
    ProfileSetting{{"msl_ms", Time{30'000}}, "TCPTV_MSL"},
    ProfileSetting{{"fin_wait_2_timeout_ms", Time{60'000}}, "TCPTV_FINWAIT2_TIMEOUT"},
    ProfileSetting{{"rto_max_ms", Time{64'000}}, "TCPTV_REXMTMAX"},
    ProfileSetting{{"r2_ms", day_ms}, "TCP_MAXRXTSHIFT: R2 is a count"},
    ProfileSetting{{"max_retransmits", Time{12}}, "TCP_MAXRXTSHIFT"},
    ProfileSetting{{"rst_in_time_wait", std::string_view("ignore")}, "tcp_twcheck()"},
    ProfileSetting{{"syn_in_time_wait", std::string_view("reopen")}, "tcp_twcheck()"},
    ProfileSetting{{"abort_flags", std::string_view("RST,ACK")}, "tcp_drop()"},
    ProfileSetting{{"time_wait_restart", std::string_view("fin")}, "tcp_twcheck()"},
};

constexpr std::array macos_settings = {
    ProfileSetting{{"msl_ms", Time{15'000}}, "XNU, TCPTV_MSL"},
    ProfileSetting{{"fin_wait_2_timeout_ms", Time{60'000}}, "XNU, TCPTV_FINWAIT2"},
    ProfileSetting{{"rto_max_ms", Time{64'000}}, "XNU, TCPTV_REXMTMAX"},
    ProfileSetting{{"r2_ms", day_ms}, "XNU, TCP_MAXRXTSHIFT: R2 is a count"},
    ProfileSetting{{"max_retransmits", Time{12}}, "XNU, TCP_MAXRXTSHIFT"},
    ProfileSetting{{"rst_in_time_wait", std::string_view("ignore")}, "XNU, tcp_input()"},
    ProfileSetting{{"abort_flags", std::string_view("RST,ACK")}, "XNU, tcp_drop()"},
};

constexpr std::array windows_settings = {
    ProfileSetting{{"time_wait_ms", Time{120'000}},
                   "Server 2003, TcpTimedWaitDelay (cc757512); Windows 2000: 240 s"},
};

constexpr std::array known_profiles = {
    Profile{"rfc9293", "RFC 9293", {}},
    Profile{"linux", "Linux", linux_settings},
    Profile{"freebsd", "FreeBSD", freebsd_settings},
    Profile{"macos", "macOS", macos_settings},
    Profile{"windows", "Windows", windows_settings},
};

template <typename Enum>
Enum choice(const PolicyKey& key, std::string_view word) {
  std::uint8_t index = 0;
  while (key.choices[index] != word) ++index;
  return static_cast<Enum>(index);
}

/// Writes one checked value into the field that its key names.
struct Assign {
  const PolicyKey& key;
  const PolicySetting& setting;
  Policy& policy;

  void operator()(Time Policy::* field) const { policy.*field = std::get<Time>(setting.value); }
  void operator()(bool Policy::* field) const { policy.*field = std::get<bool>(setting.value); }
  void operator()(std::optional<Time> Policy::* field) const {
    const Time* value = std::get_if<Time>(&setting.value);
    policy.*field = value ? std::optional<Time>(*value) : std::nullopt;
  }
  void operator()(std::optional<Keepalive> Policy::* field) const {
    const Keepalive* value = std::get_if<Keepalive>(&setting.value);
    policy.*field = value ? std::optional<Keepalive>(*value) : std::nullopt;
  }
  template <typename Enum>
  void operator()(Enum Policy::* field) const {
    policy.*field = choice<Enum>(key, std::get<std::string_view>(setting.value));
  }
};

}  // namespace

std::span<const PolicyKey> policy_keys() {
  return keys;
}

const PolicyKey* policy_key(std::string_view name) {
  for (const PolicyKey& key : keys) {
    if (key.name == name) return &key;
  }
  return nullptr;
}

void apply(const PolicyPatch& patch, Policy& policy) {
  for (const PolicySetting& setting : patch) {
    const PolicyKey* key = policy_key(setting.key);
    assert(key != nullptr);
    std::visit(Assign{*key, setting, policy}, key->field);
  }
}

std::span<const Profile> profiles() {
  return known_profiles;
}

Policy profile(std::string_view name) {
  const auto* found = std::ranges::find(known_profiles, name, &Profile::name);
  assert(found != known_profiles.end());
  Policy policy;
  for (const ProfileSetting& setting : found->settings) apply({setting.setting}, policy);
  return policy;
}

}  // namespace core
