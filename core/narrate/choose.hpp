// Telling: which sentences of the table fit a step, and the figures that fill them. The choice
// follows from what happened, never from the scenario or the step's number.
#pragma once

#include "core/narrate/say.hpp"
#include "core/narrate/scene.hpp"

#include <optional>
#include <vector>

namespace core::narration {

/// A whole sentence or two of the table. Where they are not about the end that acted, or have
/// figures of their own, they say so.
struct Line {
  std::string_view pattern;
  std::optional<Side> end = {};
  std::optional<std::uint32_t> octets = {};
  std::optional<Time> time = {};
};

struct Telling {
  std::string_view title = {};
  std::vector<Line> lines = {};
  const Transmission* about = nullptr;  ///< {what} and {name}
  std::uint32_t octets = 0;
  std::uint32_t some = 0;
  Time time = 0;
  Time next = 0;

  void tell(const say::Sentence& sentence) {
    title = sentence.title;
    lines.push_back({sentence.text});
  }
  void add(std::string_view pattern) { lines.push_back({pattern}); }
  void add(std::string_view pattern, std::uint32_t of) { lines.push_back({pattern, {}, of}); }
  void add_timed(std::string_view pattern, Time of) { lines.push_back({pattern, {}, {}, of}); }
};

[[nodiscard]] Telling tell_start(const Scene& scene);
[[nodiscard]] Telling tell_call(const Scene& scene);
[[nodiscard]] Telling tell_host(const Scene& scene);
[[nodiscard]] Telling tell_timeout(const Scene& scene);
[[nodiscard]] Telling tell_arrival(const Scene& scene);
[[nodiscard]] Telling tell_answer(const Scene& scene);
[[nodiscard]] Telling tell_loss(const Scene& scene);

/// What an end makes of a segment that has arrived.
[[nodiscard]] std::string_view verdict(const Scene& arrival);

/// The same of a segment that is not the peer's; empty when that makes no difference.
[[nodiscard]] std::string_view verdict_on_stranger(const Scene& arrival);

/// Says what the application learns of the end of its connection.
void add_what_is_told(const Scene& scene, Telling& telling);

}  // namespace core::narration
