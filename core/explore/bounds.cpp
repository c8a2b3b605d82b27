#include "core/explore/bounds.hpp"

#include "core/scenario/run.hpp"

#include <algorithm>

namespace core::explore {

PolicyPatch Setup::assumed() const {
  const auto most = [&]() -> decltype(PolicySetting::value) {
    if (retransmissions) return Count{*retransmissions};
    return nullptr;
  };
  return {{PolicyKeyId::ChallengeAckIntervalMs, Time{0}},
          {PolicyKeyId::MaxRetransmits, most()},
          {PolicyKeyId::MaxRetransmitsOrphan, nullptr},
          {PolicyKeyId::UserTimeoutMs, nullptr},
          {PolicyKeyId::Keepalive, nullptr},
          {PolicyKeyId::R2Ms, day_ms},
          {PolicyKeyId::R2SynMs, day_ms}};
}

Policy Setup::policy(Side side) const {
  Policy policy = policy_of(Run{.scenario = base, .knobs = {}, .edits = {}}, side);
  core::apply(assumed(), policy);
  return policy;
}

bool Setup::graceful() const {
  return aborts == 0 && !retransmissions && std::ranges::all_of(applications, [](const auto& one) {
           return one.closes != Closes::Never && !one.half_duplex;
         });
}

bool Setup::must_close() const {
  const auto closes = [](const Application& one) { return one.closes != Closes::Never; };
  // close() with unread data sends a reset, and that can be lost.
  const auto resets = [&](Side side) {
    const auto place = index(side);
    return applications[place].half_duplex && !base.start[place].reads_at_once;
  };
  return aborts == 0 && !retransmissions && std::ranges::all_of(applications, closes) &&
         !resets(Side::Client) && !resets(Side::Server);
}

}  // namespace core::explore
