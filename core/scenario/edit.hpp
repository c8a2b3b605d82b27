// Edit: what a script, or a reader, makes happen in a run: actions of applications and hosts, and
// faults of the network. It does not know the scenario around it.
#pragma once

#include "core/base/units.hpp"
#include "core/scenario/condition.hpp"
#include "core/tcp/event.hpp"
#include "core/tcp/segment.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

namespace core {

/// When an action happens: at a time, or some time after a condition first holds.
struct AtTime {
  Time at_ms = 0;

  friend bool operator==(const AtTime&, const AtTime&) = default;
};
struct AfterCondition {
  Condition condition;
  Time after_ms = 0;

  friend bool operator==(const AfterCondition&, const AfterCondition&) = default;
};
using Trigger = std::variant<AtTime, AfterCondition>;

/// What an injected segment's numbers may be written with: variables of the end that receives it.
enum class Variable : std::uint8_t { RcvNxt, RcvWnd, SndNxt, SndUna, Iss, Irs };

/// A sum of variables and numbers, modulo 2^32: "rcv_nxt+rcv_wnd-1".
struct SeqSum {
  struct Term {
    std::variant<Variable, std::uint32_t> what;
    bool minus = false;

    friend bool operator==(const Term&, const Term&) = default;
  };
  std::vector<Term> terms;

  friend bool operator==(const SeqSum&, const SeqSum&) = default;
};

/// The host goes down without sending anything.
struct Crash {
  friend bool operator==(const Crash&, const Crash&) = default;
};
/// It comes back and has forgotten its connections.
struct Reboot {
  friend bool operator==(const Reboot&, const Reboot&) = default;
};
/// A segment arrives that the peer has not just sent: an old duplicate, or a forgery.
struct Injection {
  Flags flags;
  SeqSum seq;
  SeqSum ack;
  std::uint32_t len = 0;
  std::optional<std::uint32_t> wnd;  ///< the window last seen, unless given
  std::optional<int> incarnation;    ///< the current one, unless given

  friend bool operator==(const Injection&, const Injection&) = default;
};

struct Action {
  Trigger trigger;
  Side side = Side::Client;
  std::variant<Call, Crash, Reboot, Injection> what;
  bool last = false;  ///< at the end of its instant, as a reader's edits are

  friend bool operator==(const Action&, const Action&) = default;
};

/// Segments by their place in the run.
struct ByNumber {
  int number = 0;

  friend bool operator==(const ByNumber&, const ByNumber&) = default;
};
/// The nth segment from one side that has a flag, or has exactly these flags.
struct ByFlags {
  Side from = Side::Client;
  Flags flags;
  bool exactly = false;
  int nth = 1;

  friend bool operator==(const ByFlags&, const ByFlags&) = default;
};
/// The nth transmission of a segment with these contents. An edit that names a segment in this way
/// keeps its meaning when other edits are added or removed.
struct SegmentKey {
  Side from = Side::Client;
  Flags flags;
  Seq seq;
  std::uint32_t len = 0;
  int nth = 1;

  friend bool operator==(const SegmentKey&, const SegmentKey&) = default;
};
using SegmentName = std::variant<ByNumber, ByFlags, SegmentKey>;

/// The network loses one segment.
struct Drop {
  friend bool operator==(const Drop&, const Drop&) = default;
};
/// It delivers a copy, this long after the original would arrive.
struct Duplicate {
  Time after_ms = 0;

  friend bool operator==(const Duplicate&, const Duplicate&) = default;
};
/// It takes this much longer than usual.
struct Delay {
  Time by_ms = 0;

  friend bool operator==(const Delay&, const Delay&) = default;
};
struct Fault {
  std::variant<Drop, Duplicate, Delay> what;
  SegmentName segment;

  friend bool operator==(const Fault&, const Fault&) = default;
};

/// One entry of a script or of a reader's list of edits. Warnings about it name its place,
/// "/script/2" or "/edits/0".
struct Entry {
  std::variant<Action, Fault> what;
  std::string place;

  friend bool operator==(const Entry&, const Entry&) = default;
};

}  // namespace core
