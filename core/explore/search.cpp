#include "core/explore/search.hpp"

#include <algorithm>
#include <bit>

namespace core::explore {
namespace {

/// The most transitions per state, on average.
constexpr std::size_t transitions_each = 15;
constexpr std::uint8_t any_number = 255;
constexpr std::array<Side, 2> sides = {Side::Client, Side::Server};

std::uint64_t hash(const Node& node) {
  std::uint64_t out = node.end[0] | std::uint64_t{node.end[1]} << 32U;
  const auto mix = [&](std::uint64_t value) {
    out = (out ^ value) * 0x9E3779B97F4A7C15U;
    out ^= out >> 32U;
  };
  mix(node.wires[0]);
  mix(node.wires[1]);
  mix(std::uint64_t{node.duplicates} | std::uint64_t{node.losses} << 8U |
      std::uint64_t{node.aborts} << 16U);
  return out;
}

/// Calls `each` with the index of every bit that is set.
template <typename Each>
void for_each_bit(WireSegments wires, const Each& each) {
  for (; wires != 0; wires &= wires - 1) {
    each(static_cast<std::size_t>(std::countr_zero(wires)));
  }
}

constexpr Stimulus stimulus(Stimulus first, std::size_t place) {
  return static_cast<Stimulus>(first + place);
}

}  // namespace

Search::Search(const Setup& setup)
    : setup_(setup),
      models_{EndModel(setup, Side::Client, said_[0], said_[1]),
              EndModel(setup, Side::Server, said_[1], said_[0])},
      table_(1U << 12U) {}

// TIME_WAIT is meant to last until the network holds no segment of its connection and the peer has
// no reason to resend its FIN (RFC 9293, 3.4.3). Here 2·MSL is assumed to be long enough for that.
bool Search::may_expire(const Node& node, Side side, Timer timer) const {
  if (timer != Timer::TimeWait || setup_.short_time_wait) return true;
  const State peer = models_[index(other(side))].end(node.end[index(other(side))]).tcb.state;
  const bool peer_waits = peer == State::LastAck || peer == State::Closing;
  const WireSegments left = (node.wires[0] & models_[0].of_first_incarnation()) |
                            (node.wires[1] & models_[1].of_first_incarnation());
  return left == 0 && !peer_waits;
}

/// Calls `visit` with every move and the node that it leads to: arrivals first, then the other
/// moves that must happen eventually, then those that need not.
template <typename Visit>
void Search::visit_moves(const Node& node, const Visit& visit) {
  const auto happen = [&](const Move& move, Node next) {
    const std::size_t side = index(move.side);
    const Reaction& reaction = models_[side].react(node.end[side], move.stimulus);
    next.end[side] = reaction.next;
    next.wires[side] |= reaction.sends;
    visit(move, next, reaction.broken);
  };
  const auto without = [&](Side receiver, std::size_t place) {
    Node next = node;
    next.wires[index(other(receiver))] &= ~(WireSegments{1} << place);
    return next;
  };
  for (const Side side : sides) {
    for_each_bit(node.wires[index(other(side))], [&](std::size_t place) {
      happen({Move::Kind::Arrival, side, stimulus(first_arrival, place)}, without(side, place));
    });
  }
  for (const Side side : sides) {
    const EndModel& model = models_[index(side)];
    const std::uint32_t end = node.end[index(side)];
    if (const auto first = model.joins(end)) {
      for_each_bit(node.wires[index(other(side))], [&](std::size_t place) {
        happen({Move::Kind::ArrivalAndCall, side, stimulus(*first, place)}, without(side, place));
      });
    }
    const TimerSet timers = model.timers(end);
    for (const Timer timer : all_timers) {
      if (!timers.has(timer) || !may_expire(node, side, timer)) continue;
      happen({Move::Kind::Timeout, side, stimulus(first_timeout, static_cast<std::size_t>(timer))},
             node);
    }
    for (const Stimulus call : {send_octet, receive_all, close_now}) {
      if (model.may(end, call)) happen({Move::Kind::Call, side, call}, node);
    }
  }
  for (const Side side : sides) {
    const EndModel& model = models_[index(side)];
    const std::uint32_t end = node.end[index(side)];
    if (model.may(end, open_again)) happen({Move::Kind::Call, side, open_again}, node);
    if (model.may(end, give_up) && node.aborts > 0) {
      Node next = node;
      --next.aborts;
      happen({Move::Kind::Call, side, give_up}, next);
    }
  }
  for (const Side side : sides) {
    for_each_bit(node.wires[index(other(side))], [&](std::size_t place) {
      const Stimulus arrival = stimulus(first_arrival, place);
      if (node.duplicates > 0) {
        Node next = node;
        --next.duplicates;
        happen({Move::Kind::CopyArrives, side, arrival}, next);
      }
      if (node.losses > 0) {
        Node next = without(side, place);
        if (node.losses != any_number) --next.losses;
        visit(Move{Move::Kind::Loss, side, arrival}, next, Properties{});
      }
    });
  }
}

bool Search::run(std::optional<int> hunted) {
  Node first;
  first.duplicates = static_cast<std::uint8_t>(setup_.duplicates);
  first.losses = setup_.losses ? static_cast<std::uint8_t>(*setup_.losses) : any_number;
  first.aborts = static_cast<std::uint8_t>(setup_.aborts);
  parents_.push_back(0);
  number_of(first, hash(first));
  examine(0);
  std::size_t level_end = 1;
  for (std::uint32_t number = 0; number < nodes_.size(); ++number) {
    if (number == level_end) {
      ++depth_;
      level_end = nodes_.size();
    }
    first_successor_.push_back(successors_.size());
    const Node node = nodes_[number];
    met_.clear();
    visit_moves(node, [&](const Move& move, const Node& next, const Properties& broken) {
      if (broken.any()) note(broken, number, move);
      met_.push_back({next, hash(next)});
      // The table is far larger than any cache, so fetch its entries before they are needed.
      __builtin_prefetch(&table_[slot(met_.back().hash)]);
    });
    for (const Met& one : met_) {
      const std::uint32_t known = table_[slot(one.hash)];
      if (known != 0) __builtin_prefetch(&nodes_[known - 1]);
    }
    for (const Met& one : met_) {
      const std::size_t known = nodes_.size();
      const std::uint32_t successor = number_of(one.node, one.hash);
      successors_.push_back(successor);
      if (successor == known) {
        parents_.push_back(number);
        examine(successor);
      }
    }
    if (models_[0].overflown() || models_[1].overflown()) {
      why_not_ = {Text::explore_too_many_segments,
                  {{"most", static_cast<std::int64_t>(most_wires)}}};
      return false;
    }
    if (hunted && broken(*hunted)) break;
    const std::size_t most = setup_.most_states;
    if (nodes_.size() > most || successors_.size() > most * transitions_each) {
      why_not_ = {Text::explore_too_many_states,
                  {{"states", static_cast<std::int64_t>(most)},
                   {"transitions", static_cast<std::int64_t>(most * transitions_each)}}};
      return false;
    }
  }
  first_successor_.push_back(successors_.size());
  return true;
}

std::size_t Search::slot(std::uint64_t hash) const {
  return static_cast<std::size_t>(hash) & (table_.size() - 1);
}

std::uint32_t Search::number_of(const Node& node, std::uint64_t hash) {
  const std::size_t mask = table_.size() - 1;
  for (std::size_t place = slot(hash);; place = (place + 1) & mask) {
    const std::uint32_t known = table_[place];
    if (known == 0) {
      nodes_.push_back(node);
      const auto number = static_cast<std::uint32_t>(nodes_.size());
      table_[place] = number;
      if (nodes_.size() * 2 > table_.size()) grow();
      return number - 1;
    }
    if (nodes_[known - 1] == node) return known - 1;
  }
}

void Search::grow() {
  table_.assign(table_.size() * 2, 0);
  const std::size_t mask = table_.size() - 1;
  for (std::uint32_t number = 1; number <= nodes_.size(); ++number) {
    std::size_t place = slot(hash(nodes_[number - 1]));
    while (table_[place] != 0) place = (place + 1) & mask;
    table_[place] = number;
  }
}

void Search::examine(std::uint32_t number) {
  const Node& node = nodes_[number];
  const End& client = end(number, Side::Client);
  const End& server = end(number, Side::Server);
  const std::size_t pair = pair_of(client.tcb.state, server.tcb.state);
  Checks checks = check_ends(client, server, node.wires[0] == 0 && node.wires[1] == 0);
  static const Pairs allowed = allowed_pairs();
  checks.require(9, allowed.test(pair));
  if (!setup_.graceful()) {
    checks.broken.reset(14);
    checks.applied.reset(14);
  }
  pairs_.set(pair);
  for (std::size_t i = 1; i < applied_.size(); ++i) applied_[i] += checks.applied.test(i) ? 1 : 0;
  if (checks.broken.any()) note(checks.broken, number, std::nullopt);
}

std::size_t Search::applied(int property) const {
  return applied_[static_cast<std::size_t>(property)] + models_[0].applied(property) +
         models_[1].applied(property);
}

void Search::note(Properties broken, std::uint32_t node, std::optional<Move> move) {
  for (std::size_t property = 1; property < broken.size(); ++property) {
    if (broken.test(property) && !broken_[property]) broken_[property] = Broken{node, move};
  }
}

const End& Search::end(std::uint32_t node, Side side) const {
  return models_[index(side)].end(nodes_[node].end[index(side)]);
}

std::array<State, 2> Search::pair(std::uint32_t node) const {
  return {end(node, Side::Client).tcb.state, end(node, Side::Server).tcb.state};
}

std::span<const std::uint32_t> Search::successors(std::uint32_t node) const {
  const std::size_t first = first_successor_[node];
  return std::span(successors_).subspan(first, first_successor_[node + 1] - first);
}

std::size_t Search::arrivals(std::uint32_t node) const {
  const auto& wires = nodes_[node].wires;
  return static_cast<std::size_t>(std::popcount(wires[0])) +
         static_cast<std::size_t>(std::popcount(wires[1]));
}

std::size_t Search::bound_to_happen(std::uint32_t node) const {
  const Node& here = nodes_[node];
  const std::size_t misfortunes = (here.duplicates > 0 ? 1U : 0U) + (here.losses > 0 ? 1U : 0U);
  std::size_t others = misfortunes * arrivals(node);
  for (const Side side : sides) {
    const EndModel& model = models_[index(side)];
    const std::uint32_t end = here.end[index(side)];
    if (model.may(end, open_again)) ++others;
    if (model.may(end, give_up) && here.aborts > 0) ++others;
  }
  return successors(node).size() - others;
}

std::size_t Search::deliveries() const {
  std::size_t out = 0;
  for (std::uint32_t number = 0; number < nodes_.size(); ++number) out += arrivals(number);
  return out;
}

std::vector<Move> Search::moves(std::uint32_t node) {
  std::vector<Move> out;
  const Node here = nodes_[node];
  visit_moves(here, [&](const Move& move, const Node&, const Properties&) { out.push_back(move); });
  return out;
}

const Reaction& Search::reaction(std::uint32_t node, const Move& move) {
  return models_[index(move.side)].react(nodes_[node].end[index(move.side)], move.stimulus);
}

std::size_t Search::bytes() const {
  return nodes_.capacity() * sizeof(Node) + parents_.capacity() * sizeof(std::uint32_t) +
         table_.capacity() * sizeof(std::uint32_t) +
         successors_.capacity() * sizeof(std::uint32_t) +
         first_successor_.capacity() * sizeof(std::size_t);
}

}  // namespace core::explore
