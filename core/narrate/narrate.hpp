// narrate(): a title and a plain sentence or two for every step. What is said follows from what
// happened, never from the scenario or the step's number, so that a reader's own runs are told as
// well as the catalogue's. All sentences stand in one table (narrate_say), to be read and
// translated as a whole; which of them fit a step is chosen in narrate_choose, from what
// narrate_scene knows.
#pragma once

#include "core/sim/timeline.hpp"

#include <string>

namespace core {

struct Narration {
  std::string title;
  std::string note;
  std::string text;
};

/// What to say of a step. Of a beat, whose title and text are the author's, only the note counts.
[[nodiscard]] Narration narrate(const Timeline& timeline, const Step& step);

/// Who still waits, and for what, when a run has nothing more to do.
[[nodiscard]] std::string waiting_sentence(Side side, const World& world);

/// "Client" or "Server".
[[nodiscard]] std::string_view name(Side side);

/// A length of time for readers: "200 ms", "1.5 s", "240 s".
[[nodiscard]] std::string duration_text(Time ms);

/// A moment for a clock: "0.30 s", "12.05 s", "240 s".
[[nodiscard]] std::string clock_text(Time ms);

}  // namespace core
