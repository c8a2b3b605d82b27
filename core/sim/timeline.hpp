// Timeline: everything that happened in one run, as a value. Pages draw it, reports print it,
// tests compare it. It is made by simulate() and never changed; it knows nothing of drawing.
#pragma once

#include "core/base/message.hpp"
#include "core/base/shared.hpp"
#include "core/scenario/run.hpp"
#include "core/tcp/step.hpp"

#include <array>
#include <limits>
#include <optional>
#include <variant>
#include <vector>

namespace core {

/// No moment of a run: what never comes.
inline constexpr Time never = std::numeric_limits<Time>::max();

/// A timer that runs, and the moment at which it expires.
struct Deadline {
  Timer timer = Timer::Retransmission;
  Time at = 0;

  friend bool operator==(const Deadline&, const Deadline&) = default;
};

/// One end as the simulation sees it.
struct Endpoint {
  Tcb tcb;
  std::vector<Deadline> timers;       ///< in the order in which they were started
  bool up = true;                     ///< the host runs
  int incarnation = 0;                ///< of the connection, from 1; 0 before the first
  std::vector<ReceivedChunk> buffer;  ///< what is unread, in order
  std::uint32_t delivered = 0;        ///< octets handed to the application so far
  std::uint32_t delivered_stale = 0;  ///< of these, octets of an older incarnation

  friend bool operator==(const Endpoint&, const Endpoint&) = default;
};

/// Both ends. Worlds in which an end is the same share it, so that a copy costs next to nothing.
struct World {
  std::array<Shared<Endpoint>, 2> ends;

  [[nodiscard]] const Endpoint& at(Side side) const { return *ends[index(side)]; }
  /// An end that may be changed, until this world is copied.
  [[nodiscard]] Endpoint& change(Side side) { return ends[index(side)].change(); }
  friend bool operator==(const World&, const World&) = default;
};

enum class Fate : std::uint8_t { Delivered, Dropped, HostDown, InFlight };

/// A segment on its way. Where it is on the wire follows from the two times.
struct Transmission {
  int number = 0;  ///< from 1, in the order in which they leave; copies and forgeries: arrive
  Side from = Side::Client;
  Segment segment;
  Time sent_at = 0;
  Time arrives_at = 0;  ///< when it arrives, or would have
  Fate fate = Fate::InFlight;
  int incarnation = 1;
  std::optional<int> retransmission_of;  ///< the number of the first transmission
  std::optional<int> duplicate_of;       ///< of what it is the network's copy
  bool injected = false;                 ///< the end that it seems to come from never sent it
  /// It was on the wire before: a retransmission, whatever it acknowledges by now, or an
  /// acknowledgment given once more. A reset is never repeated.
  bool repeated = false;
  SegmentKey key;

  /// A forgery or a copy: no end sent it, it comes out of the network.
  [[nodiscard]] bool of_network() const { return injected || duplicate_of.has_value(); }
  friend bool operator==(const Transmission&, const Transmission&) = default;
};

// --- Records: what happened, one line each ------------------------------------------------------

struct Called {
  Call call;
  CallResult result = CallResult::Ok;
  std::uint32_t octets = 0;  ///< what a RECEIVE got

  friend bool operator==(const Called&, const Called&) = default;
};
struct HostChanged {
  bool up = false;

  friend bool operator==(const HostChanged&, const HostChanged&) = default;
};
struct Signalled {
  Signal signal = Signal::Eof;

  friend bool operator==(const Signalled&, const Signalled&) = default;
};
using StateChanged = Transition;
struct TimerChanged {
  TimerChange change;
  Time expires_at = 0;  ///< for Start and Restart

  friend bool operator==(const TimerChanged&, const TimerChanged&) = default;
};
struct Sent {
  int segment = 0;

  friend bool operator==(const Sent&, const Sent&) = default;
};
struct Received {
  int segment = 0;
  Verdict verdict = Verdict::Accepted;

  friend bool operator==(const Received&, const Received&) = default;
};
/// It dies on its way, or finds its host down.
struct Lost {
  int segment = 0;

  friend bool operator==(const Lost&, const Lost&) = default;
};
struct Record {
  Time at = 0;
  Side side = Side::Client;  ///< for Lost: the side that sent it
  std::variant<Called, HostChanged, Signalled, StateChanged, TimerChanged, Sent, Received, Lost>
      what;

  friend bool operator==(const Record&, const Record&) = default;
};

// --- Steps: what a reader walks through --------------------------------------------------------

enum class StepKind : std::uint8_t {
  Start,
  Call,
  Host,
  Arrival,
  Answer,
  Loss,
  Timeout,
  Annotation
};

/// A range of records, from `first` up to and not including `last`.
struct RecordRange {
  std::size_t first = 0;
  std::size_t last = 0;

  [[nodiscard]] bool empty() const { return first == last; }
  friend bool operator==(const RecordRange&, const RecordRange&) = default;
};

struct Step {
  int number = 0;  ///< from 1
  StepKind kind = StepKind::Start;
  Time at = 0;
  Side side = Side::Client;  ///< who acted; for a loss, who sent
  RecordRange records = {};
  Rule rule = Rule::None;      ///< the rule that decided, for readers
  World world = {};            ///< both ends when the step is over
  std::size_t annotation = 0;  ///< of an Annotation: its place in the scenario's list

  friend bool operator==(const Step&, const Step&) = default;
};

enum class Ended : std::uint8_t { Closed, Waiting, Until, Limit };

struct Timeline {
  std::vector<Transmission> segments;
  std::vector<Record> records;
  std::vector<Step> steps;
  World final;
  Ended ended = Ended::Closed;
  std::vector<Message> warnings;  ///< of script and edits that had no effect, and of the limit
  std::vector<std::optional<SegmentKey>> edited;  ///< which segment each edit meant, if a fault

  [[nodiscard]] const Transmission& segment(int number) const {
    return segments[static_cast<std::size_t>(number) - 1];
  }
  [[nodiscard]] Transmission& segment(int number) {
    return segments[static_cast<std::size_t>(number) - 1];
  }
  friend bool operator==(const Timeline&, const Timeline&) = default;
};

/// One direction of a connection. It is closing from CLOSE on, and closed when the FIN is
/// acknowledged, or before the connection exists; an end that vanishes otherwise cuts it.
enum class DirectionState : std::uint8_t { Open, Closing, Closed, Cut };

/// The pipe that leads from one side to the other.
[[nodiscard]] DirectionState direction_state(const World& world, Side from);

/// The side that may still send when the other one's pipe is closed; none when the connection is
/// not half-closed.
[[nodiscard]] std::optional<Side> half_closed(const World& world);

}  // namespace core
