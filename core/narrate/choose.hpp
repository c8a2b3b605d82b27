// Telling: which texts of the table fit a step, and the numbers that fill them. The choice follows
// from what happened, never from the scenario or the step's number.
#pragma once

#include "core/base/text_table.hpp"
#include "core/narrate/scene.hpp"

#include <optional>
#include <vector>

namespace core::narration {

/// A whole sentence or two of the table. Where they are not about the end that acted, or have
/// figures of their own, they say so.
struct Line {
  Text text{};
  std::optional<Side> end = {};
  std::optional<std::uint32_t> octets = {};
  std::optional<Time> time = {};
};

struct Telling {
  Text title{};
  std::vector<Line> lines = {};
  const Transmission* about = nullptr;  ///< {what} and {name}
  std::uint32_t octets = 0;
  std::uint32_t some = 0;
  Time time = 0;
  Time next = 0;

  void tell(TitledText what) {
    title = what.title;
    lines.push_back({what.text});
  }
  void add(Text text) { lines.push_back({text}); }
  void add(Text text, std::uint32_t of) { lines.push_back({text, {}, of}); }
  void add_timed(Text text, Time of) { lines.push_back({text, {}, {}, of}); }
};

[[nodiscard]] Telling tell_start(const Scene& scene);
[[nodiscard]] Telling tell_call(const Scene& scene);
[[nodiscard]] Telling tell_host(const Scene& scene);
[[nodiscard]] Telling tell_timeout(const Scene& scene);
[[nodiscard]] Telling tell_arrival(const Scene& scene);
[[nodiscard]] Telling tell_answer(const Scene& answer);
[[nodiscard]] Telling tell_loss(const Scene& loss);

/// The few words beside a step in a list.
[[nodiscard]] std::vector<Line> note_of(const Scene& scene);

/// What an end makes of a segment that has arrived.
[[nodiscard]] Text verdict(const Scene& scene);

/// The same of a segment that is not the peer's; none when that makes no difference.
[[nodiscard]] std::optional<Text> verdict_on_stranger(const Scene& scene);

/// Says what the application learns of the end of its connection.
void add_what_is_told(const Scene& scene, Telling& telling);

}  // namespace core::narration
