#include "core/explore/setup.hpp"

#include <algorithm>

namespace core::explore {

Policy Setup::policy(Side side) const {
  Policy policy = policy_of(Run{.scenario = base, .knobs = {}, .edits = {}}, side);
  // There is no time here in which challenge ACKs could be too many, or a retransmission the last.
  policy.challenge_ack_interval_ms = 0;
  policy.max_retransmits = retransmissions;
  policy.max_retransmits_orphan.reset();
  return policy;
}

bool Setup::graceful() const {
  return aborts == 0 && !retransmissions && std::ranges::all_of(applications, [](const auto& one) {
           return one.closes != Closes::Never && !one.half_duplex;
         });
}

bool Setup::must_close() const {
  const auto closes = [](const Application& one) { return one.closes != Closes::Never; };
  // close() with unread data is a reset, which can be lost.
  const auto resets = [&](Side side) {
    const auto place = static_cast<std::size_t>(side);
    return applications[place].half_duplex && !base.start[place].reads_at_once;
  };
  return aborts == 0 && !retransmissions && std::ranges::all_of(applications, closes) &&
         !resets(Side::Client) && !resets(Side::Server);
}

}  // namespace core::explore
