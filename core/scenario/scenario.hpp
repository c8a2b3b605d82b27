// Scenario: a story as it stands in a file, and what a reader lays over it. This file owns the
// types and the parser's interface; the format is described for authors in core/README.md.
#pragma once

#include "core/base/parse_error.hpp"
#include "core/tcp/policy.hpp"
#include "core/tcp/segment.hpp"
#include "core/tcp/state.hpp"
#include "core/tcp/step.hpp"

#include <array>
#include <compare>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace core {

// --- Conditions and triggers --------------------------------------------------------------------

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
/// Holds or does not, at any moment of a run. Ordered for tables.
using Condition = std::variant<SideInState, BothInStates, SegmentArrives>;

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

// --- What a script or a reader does -------------------------------------------------------------

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

/// The host goes down without a word.
struct Crash {
  friend bool operator==(const Crash&, const Crash&) = default;
};
/// It comes back, knowing nothing.
struct Reboot {
  friend bool operator==(const Reboot&, const Reboot&) = default;
};
/// A segment that nobody sent just now arrives: an old duplicate, or a forgery.
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
  bool last = false;  ///< at the end of its instant, where a reader's edits stand

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
/// What a segment is, whatever its number in this run: its nth transmission. An edit that names a
/// segment so keeps its meaning when other edits come and go.
struct SegmentKey {
  Side from = Side::Client;
  Flags flags;
  Seq seq;
  std::uint32_t len = 0;
  int nth = 1;

  friend bool operator==(const SegmentKey&, const SegmentKey&) = default;
};
using SegmentName = std::variant<ByNumber, ByFlags, SegmentKey>;

/// The network loses one segment,
struct Drop {
  friend bool operator==(const Drop&, const Drop&) = default;
};
/// delivers a copy of it, so long after the original would arrive,
struct Duplicate {
  Time after_ms = 0;

  friend bool operator==(const Duplicate&, const Duplicate&) = default;
};
/// or takes so much longer over it than usual.
struct Delay {
  Time by_ms = 0;

  friend bool operator==(const Delay&, const Delay&) = default;
};
struct Fault {
  std::variant<Drop, Duplicate, Delay> what;
  SegmentName segment;

  friend bool operator==(const Fault&, const Fault&) = default;
};

/// One entry of a script or of a reader's list of edits. The place, "/script/2" or "/edits/0", is
/// for warnings about it.
struct Entry {
  std::variant<Action, Fault> what;
  std::string place;

  friend bool operator==(const Entry&, const Entry&) = default;
};

// --- Questions ----------------------------------------------------------------------------------

/// What an option of a question says will happen next.
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

/// Asked before the moment in which its condition first holds. One option is true.
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

// --- The scenario -----------------------------------------------------------------------------

/// How one end starts.
struct Start {
  State state = State::Established;
  Seq snd_nxt = {};
  Seq rcv_nxt = {};
  std::optional<Seq> snd_una = {};  ///< SND.NXT, less an unacknowledged FIN, unless given
  std::uint32_t rcv_wnd = 1000;
  std::uint32_t unread = 0;
  bool orphan = false;
  bool reads_at_once = true;
  std::string symbol = {};  ///< names SND.NXT in symbolic display
  PolicyPatch policy = {};

  friend bool operator==(const Start&, const Start&) = default;
};

struct Delays {
  Time client_to_server_ms = 50;
  Time server_to_client_ms = 50;

  friend bool operator==(const Delays&, const Delays&) = default;
};

/// A moment that the author wants to stop at and speak about.
struct Annotation {
  Condition when;
  std::string title;
  std::string text;

  friend bool operator==(const Annotation&, const Annotation&) = default;
};

struct Scenario {
  std::string id;
  std::string title;
  std::string group;
  std::string question;
  std::string lesson;
  std::vector<std::string> sources;
  ProfileId profile = ProfileId::Rfc9293;
  PolicyPatch policy;
  Delays network;
  std::array<Start, 2> start = {Start{.snd_nxt = {100}, .rcv_nxt = {300}, .symbol = "u"},
                                Start{.snd_nxt = {300}, .rcv_nxt = {100}, .symbol = "w"}};
  std::vector<Entry> script;
  std::vector<Annotation> annotations;
  std::vector<Question> questions;
  std::optional<Time> until_ms;

  friend bool operator==(const Scenario&, const Scenario&) = default;
};

/// What a reader turns: each laid over the scenario's own.
struct Knobs {
  std::optional<ProfileId> profile;
  PolicyPatch policy;
  std::optional<Time> delay_ms;

  friend bool operator==(const Knobs&, const Knobs&) = default;
};

/// A Run is everything a timeline depends on.
struct Run {
  Scenario scenario;
  Knobs knobs;
  std::vector<Entry> edits;

  friend bool operator==(const Run&, const Run&) = default;
};

/// The policy that one end of a run follows: profile, scenario, side, knobs, in that order.
[[nodiscard]] Policy policy_of(const Run& run, Side side);

/// The delays that a run's segments take.
[[nodiscard]] Delays delays_of(const Run& run);

// --- Parsing ------------------------------------------------------------------------------------

/// A scenario from JSON text. `source` names the text in errors; where it ends in ".json", the
/// scenario's id must be the file's name. All errors are reported, up to a hundred.
[[nodiscard]] Parsed<Scenario> parse_scenario(std::string_view json, std::string_view source);

/// A reader's edits: a list in the form of a script.
[[nodiscard]] Parsed<std::vector<Entry>> parse_edits(std::string_view json,
                                                     std::string_view source);

/// A reader's knobs: {"profile", "policy", "delay_ms"}.
[[nodiscard]] Parsed<Knobs> parse_knobs(std::string_view json, std::string_view source);

}  // namespace core
