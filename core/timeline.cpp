#include "core/timeline.hpp"

namespace core {

Pipe pipe(const World& world, Side from) {
  const Tcb& tcb = world.at(from).tcb;
  if (tcb.fin_acknowledged()) return Pipe::Closed;
  if (tcb.state == State::Closed) return Pipe::Cut;
  return tcb.fin_requested ? Pipe::Closing : Pipe::Open;
}

std::optional<Side> half_closed(const World& world) {
  for (const Side side : {Side::Client, Side::Server}) {
    if (pipe(world, side) == Pipe::Open && pipe(world, other(side)) == Pipe::Closed) return side;
  }
  return std::nullopt;
}

bool repeated(const Timeline& timeline, const Transmission& sent) {
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
