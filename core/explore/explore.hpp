// explore(): goes through every interleaving that a setup allows and says of each property whether
// it holds. Pure: the same setup gives the same answer; how long it takes is for others to measure.
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

/// What an exploration says of one property.
struct Finding {
  int property = 0;
  bool holds = true;
  std::string why;  ///< in which way it does not, where the sentence of the property leaves it open
  /// A run that breaks it, as short as there is one; what goes round does so twice.
  std::optional<Trace> example;
};

struct Explored {
  std::size_t states = 0;
  std::size_t transitions = 0;
  std::size_t depth = 0;  ///< the most moves that a shortest way to a state has
  std::size_t bytes = 0;  ///< of the graph
  Pairs pairs;            ///< of states, that were met
  /// The pairs in which a run can stay for ever, and how many ways there are to be there.
  std::map<std::array<State, 2>, int> endings;
  std::vector<Finding> findings;  ///< of the properties that this setup is asked for, in order
};

/// The properties that mean something in a setup.
[[nodiscard]] Properties asked(const Setup& setup);

/// Goes through everything; an error says of what there was too much. With `hunted`, a property, it
/// asks for that one alone, and stops when it sees it broken.
[[nodiscard]] std::expected<Explored, std::string> explore(const Setup& setup,
                                                           std::optional<int> hunted = {});

}  // namespace core::explore
