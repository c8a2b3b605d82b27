// The transition table of the RFC, held against the rows that the other tests play: every row has
// a test in every state that it names, every rule of the engine decides somewhere, and so does
// every decision of core/README.md. Every arrow of the state diagram is taken.
#include "rows.hpp"

#include "core/tcp/state_diagram.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <set>
#include <utility>

namespace {

using core::State;
using enum core::State;

struct Demand {
  std::string_view number;
  std::vector<State> states;
};

const std::vector<State> synchronized = {Established, FinWait1, FinWait2, CloseWait,
                                         Closing,     LastAck,  TimeWait};
const std::vector<State> alive = {Established, FinWait1, FinWait2, CloseWait, Closing, LastAck};
const std::vector<State> opening = {Listen, SynSent, SynReceived};
const std::vector<State> repeating = {SynSent,   SynReceived, Established, FinWait1,
                                      CloseWait, Closing,     LastAck};

/// In the order of 3.10. In TIME_WAIT D2 comes before A1 and A2, and `syn_in_time_wait` before Y2;
/// in FIN_WAIT_2 nothing is left that A3 could acknowledge.
const Demand table[] = {
    {"C1", {Established}},
    {"C2", {CloseWait}},
    {"C3", {FinWait1, FinWait2}},
    {"C4", {Closing, LastAck, TimeWait}},
    {"C5", {Closed}},
    {"C6", synchronized},
    {"S1", {Established, CloseWait}},
    {"S2", {FinWait1, FinWait2, Closing, LastAck, TimeWait}},
    {"R1", {Established, FinWait1, FinWait2}},
    {"R2", {CloseWait}},
    {"R3", {Closing, LastAck, TimeWait}},
    {"B1", {Established, FinWait1, FinWait2, CloseWait}},
    {"B2", {Closing, LastAck, TimeWait}},
    {"N1", {Closed}},
    {"N2", {Closed}},
    {"N3", {Closed}},
    {"Q1", synchronized},
    {"Q2", synchronized},
    {"K1", synchronized},
    {"K2", {Established, FinWait1, FinWait2, CloseWait}},
    {"K3", {Closing, LastAck, TimeWait}},
    {"Y1", synchronized},
    {"Y2", alive},
    {"Y3", {TimeWait}},
    {"A0", synchronized},
    {"A1", alive},
    {"A2", alive},
    {"A3", {Established, CloseWait, Closing, LastAck}},
    {"A4", {Established, FinWait1, FinWait2, CloseWait, LastAck}},
    {"A5", {FinWait1}},
    {"A6", {FinWait1}},
    {"A7", {FinWait2}},
    {"A8", {Closing}},
    {"A9", {Closing}},
    {"A10", {LastAck}},
    {"A11", {TimeWait}},
    {"T1", {Established, FinWait1, FinWait2}},
    {"T2", {Established, FinWait1, FinWait2}},
    {"T3", {CloseWait, Closing, LastAck, TimeWait}},
    {"T4", {FinWait1, FinWait2}},
    {"F1", {Established}},
    {"F2", {FinWait1}},
    {"F3", {FinWait1}},
    {"F4", {FinWait2}},
    {"F5", {CloseWait, Closing, LastAck}},
    {"F6", {TimeWait}},
    {"X1", repeating},
    {"X2", repeating},
    {"X3", {SynSent, SynReceived, Established, FinWait1, CloseWait, Closing, LastAck}},
    {"X4", {TimeWait}},
    {"X5", {Established, FinWait1, CloseWait}},
    {"X6", {Established, FinWait2, CloseWait}},
    {"X7", {Established, FinWait2, CloseWait}},
    {"X8", {FinWait2}},
    {"X9", {Established, FinWait2, CloseWait}},
    {"L1", {Closed}},
    {"L2", {Closed, TimeWait}},
    {"L3", {Listen}},
    {"L4",
     {Listen, SynSent, SynReceived, Established, FinWait1, FinWait2, CloseWait, Closing, LastAck,
      TimeWait}},
    {"L5", {Listen}},
    {"L6", {SynSent, SynReceived}},
    {"L7", opening},
    {"L8", {Listen}},
    {"L9", {SynSent}},
    {"L10", {SynReceived}},
    {"L11", {Listen}},
    {"L12", {SynSent}},
    {"L13", {SynReceived}},
    {"L14", {Listen}},
    {"L15", {Listen}},
    {"L16", {Listen}},
    {"L17", {Listen}},
    {"L18", {SynSent}},
    {"L19", {SynSent}},
    {"L20", {SynSent}},
    {"L21", {SynSent}},
    {"L22", {SynSent}},
    {"L23", {SynSent}},
    {"L24", {SynReceived}},
    {"L25", {SynReceived}},
    {"L26", {SynReceived}},
    {"L27", {SynReceived}},
    {"L28", {SynReceived}},
};

}  // namespace

TEST_CASE("every row of the transition table is tested in every state that it names") {
  std::set<std::pair<std::string, State>> tested;
  const std::vector<rows::Row> all = rows::all();
  for (const rows::Row& row : all) tested.emplace(rows::number(row), row.before.state);
  for (const Demand& demand : table) {
    for (const State state : demand.states) {
      CAPTURE(demand.number);
      CAPTURE(core::to_string(state));
      CHECK(tested.contains({std::string(demand.number), state}));
    }
  }
}

TEST_CASE("every rule of the engine decides a row, and says where in the RFC it stands") {
  std::set<core::Rule> decided;
  const std::vector<rows::Row> all = rows::all();
  for (const rows::Row& row : all) {
    const ends::Told told = rows::play(row);
    decided.insert(told.rule);
    for (const core::Transition& taken : told.transitions) decided.insert(taken.rule);
  }
  for (const core::Rule rule : core::all_of<core::Rule>) {
    if (rule == core::Rule::None) continue;
    CAPTURE(to_string(rule));
    // A crash is no event of TCP; hosts_test.cpp has it.
    CHECK((decided.contains(rule) || rule == core::Rule::H1));
    CHECK_FALSE(core::reference(rule).empty());
  }
  CHECK(core::reference(core::Rule::None).empty());
}

TEST_CASE("every rule has a row in the table, or is a crash") {
  for (const core::Rule rule : core::all_of<core::Rule>) {
    if (rule == core::Rule::None) continue;
    CAPTURE(to_string(rule));
    const bool there = std::ranges::any_of(
        table, [&](const Demand& demand) { return demand.number == to_string(rule); });
    CHECK((there || rule == core::Rule::H1));
  }
}

TEST_CASE("every decision has a row that names it") {
  const std::vector<rows::Row> all = rows::all();
  for (int i = 1; i <= 11; ++i) {
    const std::string decision = "(D" + std::to_string(i) + ")";
    CAPTURE(decision);
    CHECK(std::ranges::any_of(
        all, [&](const rows::Row& row) { return row.name.find(decision) != std::string::npos; }));
  }
}

TEST_CASE("every arrow of the state diagram is taken by a row, and no other") {
  std::set<const core::Edge*> taken;
  const std::vector<rows::Row> all = rows::all();
  for (const rows::Row& row : all) {
    CAPTURE(row.name);
    State state = row.before.state;
    const ends::Told told = rows::play(row);
    for (const core::Transition& transition : told.transitions) {
      CHECK(transition.from == state);
      state = transition.to;
      const core::Edge* edge = core::edge(transition.from, transition.to);
      CAPTURE(core::to_string(transition.from));
      CAPTURE(core::to_string(transition.to));
      CHECK(edge != nullptr);
      taken.insert(edge);
    }
    CHECK(state == told.tcb.state);
  }
  for (const core::Edge& edge : core::edges) {
    CAPTURE(core::to_string(edge.from));
    CAPTURE(core::to_string(edge.to));
    CHECK(taken.contains(&edge));
  }
}

TEST_CASE("an arrow is drawn once, and never from a state to itself") {
  for (const core::Edge& edge : core::edges) {
    CAPTURE(core::to_string(edge.from));
    CAPTURE(core::to_string(edge.to));
    CHECK(edge.from != edge.to);
    CHECK(core::edge(edge.from, edge.to) == &edge);
    CHECK_FALSE(edge.event.empty());
  }
}
