// Search: every interleaving of two ends and the network between them, breadth first, as a graph of
// numbered nodes. It knows what may happen when, but not what is right: see properties.hpp.
#pragma once

#include "core/base/message.hpp"
#include "core/explore/end_model.hpp"

#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace core::explore {

/// The two ends, what is in the network, and what may still go wrong. The network is a set: two
/// equal segments in flight count as one, and any segment may be the next to arrive.
struct Node {
  std::array<std::uint32_t, 2> end = {};
  std::array<WireSegments, 2> wires = {};  ///< by sender
  std::uint8_t duplicates = 0;             ///< left
  std::uint8_t losses = 0;
  std::uint8_t aborts = 0;

  friend bool operator==(const Node&, const Node&) = default;
};

/// One thing that happens.
struct Move {
  enum class Kind : std::uint8_t {
    Arrival,
    ArrivalAndCall,
    Timeout,
    Call,
    CopyArrives,  ///< and the original stays in flight
    Loss,
  };
  Kind kind = Kind::Call;
  Side side = Side::Client;  ///< where it happens; for a loss, the receiver
  Stimulus stimulus = 0;     ///< for a loss, that of the arrival

  friend bool operator==(const Move&, const Move&) = default;
};

/// A move by its content, not by numbers: what arrives or is lost, which calls are made.
struct Act {
  Move::Kind kind = Move::Kind::Call;
  Side side = Side::Client;
  std::optional<WireSegment> wire = {};
  std::vector<Event> events = {};  ///< the input of step(); empty for a loss
};
/// A run, from the start.
using Trace = std::vector<Act>;

class Search {
 public:
  explicit Search(const Setup& setup);
  Search(const Search&) = delete;
  Search& operator=(const Search&) = delete;

  /// Visits everything, or stops once the property `hunted` is broken. False if a limit is
  /// exceeded: `why_not()` says which.
  [[nodiscard]] bool run(std::optional<int> hunted);
  [[nodiscard]] const Message& why_not() const { return why_not_; }

  [[nodiscard]] std::size_t states() const { return nodes_.size(); }
  [[nodiscard]] std::size_t transitions() const { return successors_.size(); }
  [[nodiscard]] std::size_t depth() const { return depth_; }
  [[nodiscard]] std::size_t bytes() const;

  [[nodiscard]] const Node& node(std::uint32_t number) const { return nodes_[number]; }
  [[nodiscard]] const End& end(std::uint32_t node, Side side) const;
  [[nodiscard]] std::array<State, 2> pair(std::uint32_t node) const;
  /// The nodes that one move leads to, in the order of moves().
  [[nodiscard]] std::span<const std::uint32_t> successors(std::uint32_t node) const;
  /// How many of them are plain arrivals, which come first in the order.
  [[nodiscard]] std::size_t arrivals(std::uint32_t node) const;
  /// How many of them happen eventually if they stay possible: all but openings, aborts,
  /// duplications and losses, which come last.
  [[nodiscard]] std::size_t bound_to_happen(std::uint32_t node) const;
  /// The plain arrivals of all nodes.
  [[nodiscard]] std::size_t deliveries() const;
  [[nodiscard]] std::vector<Move> moves(std::uint32_t node);
  [[nodiscard]] const Reaction& reaction(std::uint32_t node, const Move& move);
  [[nodiscard]] Act act(std::uint32_t node, const Move& move) const;
  /// The act that leads from a node to one of its successors.
  [[nodiscard]] Act act_between(std::uint32_t node, std::uint32_t successor);

  /// The shortest run to a node.
  [[nodiscard]] Trace path(std::uint32_t node);

  /// The first node, or the first move, that breaks a property.
  struct Broken {
    std::uint32_t node = 0;
    std::optional<Move> move = {};  ///< none if the node itself breaks it
  };
  [[nodiscard]] const std::optional<Broken>& broken(int property) const {
    return broken_[static_cast<std::size_t>(property)];
  }
  /// How often the condition of a property was met, in distinct nodes and steps of one end.
  [[nodiscard]] std::size_t applied(int property) const;
  [[nodiscard]] const Pairs& pairs() const { return pairs_; }

 private:
  template <typename Visit>
  void visit_moves(const Node& node, const Visit& visit);
  [[nodiscard]] bool may_expire(const Node& node, Side side, Timer timer) const;
  [[nodiscard]] std::size_t slot(std::uint64_t hash) const;
  std::uint32_t number_of(const Node& node, std::uint64_t hash);
  void examine(std::uint32_t number);
  void note(Properties broken, std::uint32_t node, std::optional<Move> move);
  void grow();

  /// A node that a move leads to, before it has a number.
  struct Met {
    Node node;
    std::uint64_t hash = 0;
  };

  Setup setup_;
  std::array<SegmentTable, 2> said_;
  std::array<EndModel, 2> models_;
  std::vector<Node> nodes_;
  std::vector<std::uint32_t> parents_;
  std::vector<std::uint32_t> table_;  ///< open addressing; the numbers of nodes, counted from 1
  std::vector<Met> met_;              ///< from the current node
  std::vector<std::uint32_t> successors_;
  std::vector<std::size_t> first_successor_;
  std::size_t depth_ = 0;
  Message why_not_;
  std::array<std::optional<Broken>, last_property + 1> broken_;
  std::array<std::size_t, last_property + 1> applied_ = {};
  Pairs pairs_;
};

}  // namespace core::explore
