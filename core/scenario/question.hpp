// Question: what a reader is asked before a moment of a run, and what each answer claims.
#pragma once

#include "core/scenario/condition.hpp"
#include "core/tcp/step.hpp"

#include <cstdint>
#include <string>
#include <variant>
#include <vector>

namespace core {

/// What an option claims will happen next.
struct NextState {
  Side side = Side::Client;
  State state = State::Closed;

  friend bool operator==(const NextState&, const NextState&) = default;
};
struct NextSegment {
  Side from = Side::Client;
  Flags flags;

  friend bool operator==(const NextSegment&, const NextSegment&) = default;
};
enum class HowItEnds : std::uint8_t { Closed, Waiting };
struct NextSignal {
  Side side = Side::Client;
  Signal signal = Signal::Eof;

  friend bool operator==(const NextSignal&, const NextSignal&) = default;
};
using Claim = std::variant<NextState, NextSegment, HowItEnds, NextSignal>;

/// Asked just before its condition first holds. One option is true.
struct Question {
  struct Option {
    std::string text;
    Claim claim;
    std::string misconception;

    friend bool operator==(const Option&, const Option&) = default;
  };
  Condition before;
  std::string ask;
  std::vector<Option> options;
  std::string next;  ///< the scenario that goes on from here

  friend bool operator==(const Question&, const Question&) = default;
};

}  // namespace core
