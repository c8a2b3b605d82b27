#include "core/sim/condition.hpp"

#include <algorithm>

namespace core {

std::array<Condition, 4> true_conditions(const World& world, int arrived) {
  const State client = world.at(Side::Client).tcb.state;
  const State server = world.at(Side::Server).tcb.state;
  return {SideInState{Side::Client, client}, SideInState{Side::Server, server},
          BothInStates{client, server}, SegmentArrives{arrived}};
}

bool holds(const Condition& condition, const World& world, int arrived) {
  const std::array<Condition, 4> all = true_conditions(world, arrived);
  return std::ranges::find(all, condition) != all.end();
}

}  // namespace core
