// Recording: what one connection did between two real kernels, from a first moment in ESTABLISHED
// on, as a value and as JSON text. This file owns the form of tests/kernel/recordings/*.json, which
// scripts/record writes too. Numbers are those of the recording's scenario; times are milliseconds
// from its start, to a tenth.
#pragma once

#include "core/scenario/scenario.hpp"
#include "core/sim/timeline.hpp"

#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace kernel {

/// A call as it was made. "recv" and "poll" are where an application waited, at the time at which
/// that returned; the others are calls of the script, "receive" among them.
struct Performed {
  core::Side side = core::Side::Client;
  std::string call;    ///< "close", "send 100", "shutdown write", "recv", …
  std::string result;  ///< "ok", "100 octets", "eof", "connection_reset", or an error's name
  double at_ms = 0;
};

/// A segment as the relay between the two kernels saw it, in the order in which they left.
struct Seen {
  core::Side from = core::Side::Client;
  core::Segment segment = {};             ///< without the window, which nobody compares
  std::optional<double> sent_ms = {};     ///< none for what the network injected
  std::optional<double> arrived_ms = {};  ///< none for what was lost, or still under way at the end
  bool lost = false;
  bool injected = false;
  std::optional<int> copy_of = {};  ///< the number of what it is the network's copy
};

/// A state that an end entered.
struct Entered {
  core::State state = core::State::Closed;
  double at_ms = 0;
};

/// What the engine does too, but at another time, and when.
struct Elsewhere {
  std::string what;  ///< "segment 5", "server CLOSED"
  core::Time engine_ms = 0;

  friend bool operator==(const Elsewhere&, const Elsewhere&) = default;
};

/// What the engine does not show as the kernel did, and why.
struct NotMatched {
  std::string what;
  std::string why;
  std::vector<Elsewhere> late;
};

struct Recording {
  std::string kernel;  ///< "Linux 6.18.44, HZ=250"
  std::string about;
  core::Scenario scenario;  ///< the same calls and losses, for the engine
  std::vector<Performed> calls;
  std::vector<Seen> segments;
  std::array<std::vector<Entered>, 2> states;  ///< by side, without the first
  std::vector<NotMatched> not_matched;
};

/// A recording from JSON text; `source` names it in errors.
[[nodiscard]] core::Parsed<Recording> read_recording(std::string_view json,
                                                     std::string_view source);

/// A recording as the text of a file, which read_recording() reads to the same recording.
[[nodiscard]] std::string recording_text(const Recording& recording);

}  // namespace kernel
