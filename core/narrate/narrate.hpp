// narrate(): a title and a plain sentence or two for every step, as ids of texts and what fills
// their named places. What is said follows from what happened, never from the scenario or the
// step's number, so that a reader's own runs are told as well as the catalogue's. All words are in
// assets/text, and render() puts them in. A text is one or more whole sentences; nothing here puts
// sentences together from pieces.
#pragma once

#include "core/base/message.hpp"
#include "core/base/text.hpp"
#include "core/sim/timeline.hpp"

#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace core {

/// What a segment is called.
struct Noun {
  Text name;  ///< {name}: "FIN"
  Text what;  ///< {what}: "the FIN"
};

struct Narration {
  /// A text, and what is its own in filling it.
  struct Line {
    Text text{};
    Side end = Side::Client;   ///< {end}; {peer} is the other one, {arrow} points away from {end}
    std::uint32_t octets = 0;  ///< {n} as a bare number, {octets} with its unit
    Time time = 0;             ///< {time}
  };
  Line title;
  std::vector<Line> note;  ///< a few words for a list of steps: "segment 1 · Client to FIN_WAIT_1"
  std::vector<Line> text;  ///< what happened and why

  // What is the same in all of them.
  std::array<State, 2> states = {};  ///< {state} of {end} and {other} of {peer}, after the step
  std::string_view from;             ///< the state that was left
  std::string_view entered;          ///< the state that was entered
  std::string_view call;             ///< the name of the call
  std::optional<Noun> noun;          ///< the segment that the step is about
  int number = 0;                    ///< of the first segment that left or was lost
  int last = 0;                      ///< of the last one
  std::uint32_t some = 0;            ///< octets, of {octets}
  Time next = 0;                     ///< how long the timer runs the next time
};

/// What to say of a step. An annotation, whose title and text are the author's, has only a note.
[[nodiscard]] Narration narrate(const Timeline& timeline, const Step& step);

/// What fills a named place of a line; empty where nothing does.
[[nodiscard]] std::string argument(const Narration& narration, const Narration::Line& line,
                                   std::string_view place);

/// A step in words.
struct StepText {
  std::string title;
  std::string note;
  std::string text;

  friend bool operator==(const StepText&, const StepText&) = default;
};
[[nodiscard]] StepText render(const Narration& narration);

/// All steps of a run in words. What an author wrote stands as it is.
[[nodiscard]] std::vector<StepText> step_texts(const Scenario& scenario, const Timeline& timeline);

/// What a reader should know of a run beside its steps: the timeline's own warnings, and who still
/// waits, and for what, when the run has nothing more to do.
[[nodiscard]] std::vector<Message> warnings(const Timeline& timeline);

/// "Client" or "Server".
[[nodiscard]] std::string_view name(Side side);

}  // namespace core
