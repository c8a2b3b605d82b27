#include "core/sim/incarnations.hpp"

#include <algorithm>

namespace core {

int incarnation_after(const Outcome& outcome, const Endpoint& end, const Endpoint& peer,
                      int heard) {
  int incarnation = end.incarnation;
  for (const Transition& transition : outcome.transitions) {
    if (transition.to == State::SynSent) {
      const bool peer_opens = peer.tcb.state == State::SynSent;
      incarnation = std::max(incarnation + 1, peer.incarnation + (peer_opens ? 0 : 1));
    } else if (transition.to == State::SynReceived && transition.from != State::SynSent) {
      const int again = transition.from == State::TimeWait ? 1 : 0;
      incarnation = std::max({heard, incarnation + again, 1});
    }
  }
  return incarnation;
}

Incarnations::Incarnations(const World& start) {
  for (const Side side : {Side::Client, Side::Server}) {
    last_snd_nxt_[index(side)] = start.at(side).tcb.snd_nxt;
  }
}

void Incarnations::note(Side side, const Tcb& tcb) {
  if (tcb.state > State::Listen) last_snd_nxt_[index(side)] = tcb.snd_nxt;
}

Seq Incarnations::next_iss(Side side, const World& world, int heard) const {
  const int own = world.at(side).incarnation;
  const Endpoint& peer = world.at(other(side));
  // A SYN that is heard brings its number; an OPEN of our own would begin the next one, unless the
  // peer is opening it already.
  const int opened = std::max(own, peer.incarnation) + (peer.tcb.state == State::SynSent ? 0 : 1);
  const bool first = own == 0 && (heard > 0 ? heard : opened) <= 1;
  constexpr std::uint32_t beyond = 65'537;
  return first ? Seq{} : last_snd_nxt_[index(side)] + beyond;
}

}  // namespace core
