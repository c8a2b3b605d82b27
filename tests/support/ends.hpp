// What engine tests are written with: an end in each state, segments in the notation of the RFC's
// figures, and one line that says everything an event brought about.
#pragma once

#include "core/tcp/step.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace ends {

/// The Client in a state, as a close leads there: it sends from 100, the Server from 300, both
/// windows are 1000, and each FIN took one number.
[[nodiscard]] core::Tcb in(core::State state);

/// "FA 100/300+6 w50": FIN and ACK, SEQ=100, ACK=300, six octets, window 50. "S", "F", "R" and "A"
/// are the flags; without the slash there is no ACK field, and without "w" the window is 1000.
[[nodiscard]] core::Segment segment(std::string_view notation);

/// The same notation for a segment, without its window.
[[nodiscard]] std::string text(const core::Segment& segment);

/// "accepted", "out of window", …
[[nodiscard]] std::string text(core::Verdict verdict);

/// What an event brings, and then transmit(): "FIN_WAIT_1 ok; start retransmission 1000; FA
/// 100/300". State, then verdict or result, signals, timers, segments; what there is none of is
/// not there.
struct Told {
  core::Tcb tcb;
  core::Rule rule = core::Rule::None;
  std::string text;
  std::vector<core::Segment> sent;
  std::vector<core::Transition> transitions;
};
[[nodiscard]] Told tell(const core::Tcb& before, const core::Event& event,
                        const core::Policy& policy, const core::Inputs& now = {});

}  // namespace ends
