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

bool repeated(const Timeline& timeline, const Transmission& sent) {
  // A reset answers something or gives up, and is not waited for.
  if (sent.segment.flags.rst) return false;
  if (sent.retransmission_of) return true;
  for (int number = 1; number < sent.number; ++number) {
    const Transmission& earlier = timeline.segment(number);
    const Segment& segment = earlier.segment;
    if (earlier.from == sent.from && segment.seq == sent.segment.seq &&
        segment.ack == sent.segment.ack && segment.flags == sent.segment.flags &&
        segment.len == sent.segment.len) {
      return true;
    }
  }
  return false;
}

}  // namespace core
