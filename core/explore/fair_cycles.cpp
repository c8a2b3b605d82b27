#include "core/explore/fair_cycles.hpp"

#include <algorithm>
#include <bitset>
#include <limits>
#include <unordered_set>
#include <utility>

namespace core::explore {
namespace {

using Number = std::uint32_t;
constexpr Number none = std::numeric_limits<Number>::max();

/// The strongly connected components of a part of the graph (Tarjan 1972, without recursion): in
/// each, every node can be reached from every other. `edges(node)` returns the successors to
/// follow.
template <typename Edges>
std::vector<Number> components(std::size_t nodes, const Edges& edges) {
  struct Visit {
    Number node;
    std::size_t next;
  };
  std::vector<Number> component(nodes, none);
  std::vector<Number> order(nodes, none);
  std::vector<Number> low(nodes);
  std::vector<Number> stack;
  std::vector<Visit> visits;
  Number visited = 0;
  Number found = 0;
  const auto enter = [&](Number node) {
    order[node] = low[node] = visited++;
    stack.push_back(node);
    visits.push_back({node, 0});
  };
  for (Number root = 0; root < nodes; ++root) {
    if (order[root] == none) enter(root);
    while (!visits.empty()) {
      const Number node = visits.back().node;
      const auto successors = edges(node);
      if (visits.back().next < successors.size()) {
        const Number successor = successors[visits.back().next++];
        if (order[successor] == none) {
          enter(successor);
        } else if (component[successor] == none) {
          low[node] = std::min(low[node], order[successor]);
        }
        continue;
      }
      visits.pop_back();
      if (!visits.empty()) {
        Number& above = low[visits.back().node];
        above = std::min(above, low[node]);
      }
      if (low[node] != order[node]) continue;
      for (Number member = none; member != node;) {
        member = stack.back();
        stack.pop_back();
        component[member] = found;
      }
      ++found;
    }
  }
  return component;
}

/// The shortest path between two nodes of one component, including both.
template <typename Edges>
std::vector<Number> path_to(Number end, Number start, const std::vector<Number>& component,
                            const Edges& edges) {
  std::vector<Number> reached = {start};
  std::vector<std::size_t> from = {0};
  std::unordered_set<Number> seen = {start};
  for (std::size_t place = 0; place < reached.size(); ++place) {
    if (reached[place] == end) {
      std::vector<Number> path;
      for (std::size_t at = place; at != 0; at = from[at]) path.push_back(reached[at]);
      path.push_back(start);
      std::ranges::reverse(path);
      return path;
    }
    for (const Number successor : edges(reached[place])) {
      const bool inside = component[successor] == component[start];
      if (!inside || !seen.insert(successor).second) continue;
      reached.push_back(successor);
      from.push_back(place);
    }
  }
  return {};
}

/// The run that makes one move from a node again and again.
template <typename Edges>
Lasso lasso(Search& search, Number node, std::size_t move, const std::vector<Number>& component,
            const Edges& edges) {
  Lasso out{.path = search.path(node), .cycle = {search.act(node, search.moves(node)[move])}};
  const std::vector<Number> path = path_to(node, edges(node)[move], component, edges);
  for (std::size_t i = 0; i + 1 < path.size(); ++i) {
    out.cycle.push_back(search.act_between(path[i], path[i + 1]));
  }
  return out;
}

/// What fairness is about: the stimuli of both ends, one bit each.
using Actions = std::bitset<2 * stimuli>;

std::size_t action(const Move& move) {
  Stimulus stimulus = move.stimulus;
  if (move.kind == Move::Kind::ArrivalAndCall) {
    stimulus = static_cast<Stimulus>(first_arrival + (stimulus - first_arrival) % most_wires);
  }
  return index(move.side) * stimuli + stimulus;
}

}  // namespace

std::optional<Lasso> packet_war(Search& search) {
  const auto edges = [&](Number node) {
    return search.successors(node).first(search.arrivals(node));
  };
  const auto component = components(search.states(), edges);
  for (Number node = 0; node < search.states(); ++node) {
    const auto successors = edges(node);
    for (std::size_t i = 0; i < successors.size(); ++i) {
      if (component[successors[i]] == component[node]) {
        return lasso(search, node, i, component, edges);
      }
    }
  }
  return std::nullopt;
}

std::optional<Lasso> endless_time_wait(Search& search) {
  const auto edges = [&](Number node) { return search.successors(node); };
  const auto component = components(search.states(), edges);
  for (Number node = 0; node < search.states(); ++node) {
    const auto successors = search.successors(node);
    const auto inside = [&](Number successor) { return component[successor] == component[node]; };
    if (std::ranges::none_of(successors, inside)) continue;
    const std::vector<Move> moves = search.moves(node);
    for (std::size_t i = 0; i < moves.size(); ++i) {
      const bool happens = moves[i].kind != Move::Kind::Loss;
      if (!happens || !inside(successors[i])) continue;
      if (!search.reaction(node, moves[i]).restarts_time_wait) continue;
      return lasso(search, node, i, component, edges);
    }
  }
  return std::nullopt;
}

std::vector<FairCycle> fair_cycles(Search& search) {
  const auto edges = [&](Number node) {
    return search.successors(node).first(search.bound_to_happen(node));
  };
  const auto component = components(search.states(), edges);
  // A run can stay only where a move leads back into the component, or where there is no move.
  std::vector<Number> candidates;
  for (Number node = 0; node < search.states(); ++node) {
    const auto back = [&](Number next) { return component[next] == component[node]; };
    const auto successors = edges(node);
    if (successors.empty() || std::ranges::any_of(successors, back)) candidates.push_back(node);
  }
  std::ranges::sort(candidates, {}, [&](Number node) { return std::pair(component[node], node); });
  std::vector<FairCycle> out;
  for (std::size_t first = 0; first < candidates.size();) {
    const Number here = component[candidates[first]];
    Actions always;  // possible in each node of the component
    always.set();
    Actions taken;  // by a move inside the component
    std::size_t i = first;
    for (; i < candidates.size() && component[candidates[i]] == here; ++i) {
      const auto successors = edges(candidates[i]);
      const std::vector<Move> moves = search.moves(candidates[i]);
      Actions possible;
      for (std::size_t k = 0; k < successors.size(); ++k) {
        possible.set(action(moves[k]));
        if (component[successors[k]] == here) taken.set(action(moves[k]));
      }
      always &= possible;
    }
    if ((always & ~taken).none()) out.push_back({candidates[first], taken.none()});
    first = i;
  }
  std::ranges::sort(out, {}, &FairCycle::node);
  return out;
}

}  // namespace core::explore
