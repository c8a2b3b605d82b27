// explore(): visits every interleaving that a setup allows, and finds which properties hold. Pure:
// the same setup gives the same answer. It neither measures time nor prints.
#pragma once

#include "core/explore/search.hpp"

#include <expected>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace core::explore {

/// "FIN_WAIT_1/CLOSE_WAIT"
[[nodiscard]] std::string pair_text(std::array<State, 2> pair);

/// The result for one property.
struct Finding {
  int property = 0;
  bool holds = true;
  std::size_t applied = 0;     ///< how often its condition was met; 0 means that nothing was shown
  std::optional<Message> why;  ///< where or how it is broken
  std::optional<Trace> example;  ///< a shortest run that breaks it; a cycle is shown twice
};

struct Explored {
  std::size_t states = 0;
  std::size_t transitions = 0;
  std::size_t depth = 0;  ///< the distance of the farthest state, in moves
  std::size_t bytes = 0;  ///< memory that the graph takes
  Pairs pairs;            ///< the pairs of states that were reached
  /// The pairs of states in which a run can stay forever, and the number of fair cycles in each.
  std::map<std::array<State, 2>, int> final_pairs;
  std::vector<Finding> findings;  ///< one for each property that applies to this setup, in order
};

/// The properties that have a meaning in a setup.
[[nodiscard]] Properties asked(const Setup& setup);

/// Visits everything; the error says which limit was exceeded. With `hunted`, a property, only that
/// one is checked, and the search stops once it is broken.
[[nodiscard]] std::expected<Explored, Message> explore(const Setup& setup,
                                                       std::optional<int> hunted = {});

}  // namespace core::explore
