#include "core/scenario/run.hpp"

namespace core {

Policy policy_of(const Run& run, Side side) {
  const Scenario& scenario = run.scenario;
  Policy policy = profile(run.knobs.profile.value_or(scenario.profile));
  apply(scenario.policy, policy);
  apply(scenario.start[index(side)].policy, policy);
  apply(run.knobs.policy, policy);
  return policy;
}

Delays delays_of(const Run& run) {
  if (const auto delay = run.knobs.delay_ms) return {*delay, *delay};
  return run.scenario.network;
}

}  // namespace core
