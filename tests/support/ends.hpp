// What engine tests are written with: an end in each state, segments in the notation of the RFC's
// figures, and one line that says everything an event brought about.
#pragma once

#include "core/tcp/step.hpp"

#include <cstdint>
#include <optional>
#include <source_location>
#include <string>
#include <string_view>
#include <vector>

namespace ends {

/// The Client in a state, as a close leads there: it sends from 100, the Server from 300, and each
/// FIN took one number. The Client offers a window of 1000 and the Server one of 2000, so that one
/// is not taken for the other.
[[nodiscard]] core::Tcb in(core::State state);

/// "FA 100/300+6 w50": FIN and ACK, SEQ=100, ACK=300, six octets, window 50. "S", "F", "R" and "A",
/// in this order, are the flags; only with "A" there is an ACK field; without "w" the window is the
/// one given here. Nothing for what is written in any other way.
[[nodiscard]] std::optional<core::Segment> read_segment(std::string_view notation,
                                                        std::uint32_t window = 2000);

/// The same, for a notation that is part of a test: a wrong one fails at the place of the call.
[[nodiscard]] core::Segment segment(
    std::string_view notation, const std::source_location& where = std::source_location::current());

/// The same notation for a segment, without its window.
[[nodiscard]] std::string text(const core::Segment& segment);
/// And with its window, if that is not the usual one.
[[nodiscard]] std::string text(const core::Segment& segment, std::uint32_t usual_window);

/// "accepted", "out of window", …
[[nodiscard]] std::string text(core::Verdict verdict);
/// "ok", "connection closing", …
[[nodiscard]] std::string text(core::CallResult result);
/// "eof", "connection reset", …
[[nodiscard]] std::string text(core::Signal signal);
/// "retransmission", "time-wait", …
[[nodiscard]] std::string text(core::Timer timer);
/// "start persist 1000", "stop time-wait", …
[[nodiscard]] std::string text(const core::TimerChange& change);

/// What an event brings, and then transmit(): "FIN_WAIT_1 ok; start retransmission 1000; FA
/// 100/300". State, then verdict or result, signals, timers, segments; what there is none of is
/// not there. The window of a segment is there when it is not RCV.WND, or 0 with a reset.
struct Told {
  core::Tcb tcb;
  core::Rule rule = core::Rule::None;
  std::string text;
  std::vector<core::Segment> sent;
  std::vector<core::Transition> transitions;
  core::Tcb first;         ///< after the event, before transmit()
  std::string first_text;  ///< what the event alone brought
  std::string then_text;   ///< what transmit() brought
};
[[nodiscard]] Told tell(const core::Tcb& before, const core::Event& event,
                        const core::Policy& policy, const core::Inputs& now = {});

}  // namespace ends
