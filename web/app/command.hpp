// Command: everything that the page can be asked to do. Buttons, keys, links and the article all
// make these, and nothing else changes the model.
#pragma once

#include "app/link.hpp"
#include "app/scenario_file.hpp"

#include <optional>
#include <string_view>
#include <variant>

namespace app {

struct ToStart {};
struct ToEnd {};
struct StepBy {
  int steps = 1;
};
struct TogglePlay {};
/// Scrolls the ladder, to a share of what is above it.
struct ScrollLadder {
  float share = 0;
};
/// Time has passed for the reader.
struct Tick {
  float ms = 0;
};
/// Real sequence numbers, or symbols again.
struct ToggleNumbers {};
/// Playing pauses after each step, or goes on.
struct TogglePauseEach {};
/// The page was opened, or its address was changed: what it does not name goes to its default.
struct Open {
  Link address;
};
/// The article asks for something: what it does not name stays.
struct Change {
  Link address;
};
/// The reader opens a scenario file, which goes on the stage if it is one.
struct OpenFile {
  File file;
};
/// To the file that was opened last.
struct ShowFile {};
/// To another story, so many further on in their order.
struct StepStory {
  int stories = 1;
};
struct DismissNotice {
  int id = 0;
};
/// The operating system prefers dark pages, or no longer does.
struct SystemTheme {
  bool dark = false;
};

/// The reader wants less motion: playing jumps from step to step.
struct SystemMotion {
  bool reduced = false;
};

using Command = std::variant<ToStart, ToEnd, StepBy, TogglePlay, ScrollLadder, Tick, ToggleNumbers,
                             TogglePauseEach, Open, Change, OpenFile, ShowFile, StepStory,
                             DismissNotice, SystemTheme, SystemMotion>;

/// What a key means while the stage has the focus. The name is that of KeyboardEvent.key; keys
/// that mean nothing here belong to the browser.
[[nodiscard]] std::optional<Command> command_of_key(std::string_view key);

}  // namespace app
