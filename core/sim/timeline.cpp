#include "core/sim/timeline.hpp"

namespace core {

DirectionState direction_state(const World& world, Side from) {
  const Tcb& tcb = world.at(from).tcb;
  if (world.at(from).incarnation == 0 || opening(tcb.state)) return DirectionState::Closed;
  if (tcb.fin_acknowledged()) return DirectionState::Closed;
  const bool nobody_reads = world.at(other(from)).tcb.state == State::Closed;
  if (tcb.state == State::Closed || nobody_reads) return DirectionState::Cut;
  return tcb.fin_requested ? DirectionState::Closing : DirectionState::Open;
}

std::optional<Side> half_closed(const World& world) {
  for (const Side side : {Side::Client, Side::Server}) {
    const bool other_finished = world.at(other(side)).tcb.fin_acknowledged();
    if (direction_state(world, side) == DirectionState::Open && other_finished) return side;
  }
  return std::nullopt;
}

}  // namespace core
