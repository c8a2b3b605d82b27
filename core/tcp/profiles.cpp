#include "core/tcp/policy.hpp"

#include <array>

namespace core {
namespace {

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

static_assert(in_order_of_ids(known_profiles));

}  // namespace

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
