// The part of Search that turns numbers back into runs.
#include "core/explore/search.hpp"

#include <algorithm>

namespace core::explore {

Act Search::act(std::uint32_t node, const Move& move) const {
  Act out{.kind = move.kind, .side = move.side};
  if (move.stimulus >= first_arrival) {
    const std::size_t place = (move.stimulus - first_arrival) % most_wires;
    out.wire = said_[index(other(move.side))][place];
  }
  if (move.kind == Move::Kind::Loss) return out;
  out.events = models_[index(move.side)].events(end(node, move.side), move.stimulus);
  return out;
}

Act Search::act_between(std::uint32_t node, std::uint32_t successor) {
  const auto all = successors(node);
  const auto place = std::ranges::find(all, successor) - all.begin();
  return act(node, moves(node)[static_cast<std::size_t>(place)]);
}

Trace Search::path(std::uint32_t node) {
  Trace out;
  for (; node != 0; node = parents_[node]) out.push_back(act_between(parents_[node], node));
  std::ranges::reverse(out);
  return out;
}

}  // namespace core::explore
