// Condition: what may hold at a moment of a run. Scripts, annotations and questions wait for one.
#pragma once

#include "core/tcp/segment.hpp"
#include "core/tcp/state.hpp"

#include <variant>

namespace core {

struct SideInState {
  Side side = Side::Client;
  State state = State::Closed;

  friend auto operator<=>(const SideInState&, const SideInState&) = default;
};
struct BothInStates {
  State client = State::Closed;
  State server = State::Closed;

  friend auto operator<=>(const BothInStates&, const BothInStates&) = default;
};
struct SegmentArrives {
  int number = 0;  ///< from 1, in the order in which segments leave

  friend auto operator<=>(const SegmentArrives&, const SegmentArrives&) = default;
};
/// At each moment of a run it holds or does not.
using Condition = std::variant<SideInState, BothInStates, SegmentArrives>;

}  // namespace core
