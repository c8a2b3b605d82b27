// Run facts: what follows from a run alone, for whoever shows it: flights, rows, what stands in
// each row, and the words. They are computed once, when a run is put on the stage; a frame only
// reads them. This file knows no screen: nothing here depends on how much room there is.
#pragma once

#include "core/base/text_table.hpp"
#include "core/narrate/narrate.hpp"
#include "core/sim/timeline.hpp"

#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace app {

/// Where a segment leaves and ends, by steps of the run (from 1). A forgery, or the network's copy
/// of another segment, is there only when it arrives.
struct Flight {
  int leaves = 0;
  std::optional<int> ends;  ///< the step in which it arrives or dies
  bool lost = false;
  bool repeated = false;

  /// The step at which its arrow ends; one that is still in flight has its end a row below.
  [[nodiscard]] int row_of_end() const { return ends.value_or(leaves + 1); }
};

/// Puts a segment behind those that leave no later. Nearly all leave in the order of their numbers.
void insert_by_leaving(std::vector<int>& segments, int segment, const std::vector<Flight>& flights);

/// Segments of one side that are shown as one: there are too many to be told apart. The first of
/// them stands for all.
struct Bundle {
  std::vector<int> segments;  ///< in the order in which they leave
  int last_leaves = 0;        ///< the row in which the last one leaves
  int first_end = 0;          ///< the first and the last row in which one of their arrows ends
  int ends = 0;
};

/// The words along a segment's arrow.
struct SegmentWords {
  std::string flags;  ///< "FIN,ACK again"
  /// The segment's numbers, all of them first, then in fewer words: as symbols, and as they are.
  std::vector<std::string> symbols;
  std::vector<std::string> numbers;
  core::Text fate{};  ///< what becomes of it

  [[nodiscard]] const std::vector<std::string>& values(bool real) const {
    return real ? numbers : symbols;
  }
};

// --- What stands in the row of a step -----------------------------------------------------------

/// The state of an end, beside its lifeline.
struct Badge {
  core::Side side{};
  core::State state{};
  bool host_down = false;
};

/// Where a note stands: above the row's badge, in its place, or below it. Without a badge, what
/// would stand above it takes its place.
enum class NotePlace : std::uint8_t { Above, Middle, Below };

/// A few words beside a lifeline.
struct Note {
  core::Side side{};
  std::string_view kind = {};  ///< tells the notes of a step apart
  std::string words = {};
  std::string shorter = {};  ///< for where there is no room for the words, if there are any
  std::string said = {};     ///< the whole of it, for a list
  NotePlace place = NotePlace::Below;
  bool of_application = false;  ///< a call, or what the application hears
  bool alarm = false;           ///< something went wrong
  /// A wait that is counted down: TIME_WAIT's, or that of an orphan in FIN_WAIT_2.
  std::optional<core::TimerChanged> countdown = {};
};

/// The arrow of a segment, or of the bundle that it leads, begins in this row; one out of the
/// network ends in it.
struct ArrowMark {
  int segment = 0;
  bool of_network = false;
};

/// The half-closed time begins, in which this side may still send.
struct HalfClosedMark {
  core::Side open{};
};

/// A wait that is counted down while time passes.
struct Wait {
  core::Side side{};
  core::TimerChanged timer;
};

using Mark = std::variant<Badge, Note, ArrowMark, HalfClosedMark>;

/// The step's marks, in the order in which they are drawn.
struct Row {
  std::vector<Mark> marks;
  bool arrives = false;          ///< a segment arrives or dies
  bool folded_after = false;     ///< the wait that follows is long, and folded where it is drawn
  std::vector<Wait> waits = {};  ///< what is counted down while the folded wait passes
  float plays_ms = 0;            ///< how long playing stays here before the next step, at speed 1
  // Segments that have arrived or died so far, and of those the lost and the repeated ones.
  int past = 0;
  int lost = 0;
  int repeated = 0;
};

/// How many characters the longest words beside a lifeline have, in their shorter form if any.
struct LongestWords {
  int state = 0;
  int note = 0;
  int application = 0;
};

// --- All of it ----------------------------------------------------------------------------------

struct RunFacts {
  std::vector<Flight> flights;         ///< by segment
  std::vector<SegmentWords> segments;  ///< by segment
  std::vector<Row> rows;               ///< by step
  std::vector<core::StepText> steps;   ///< by step
  /// The step in which each side becomes the one that closes actively, 0 if it never does.
  std::array<int, 2> closes_actively = {};
  std::array<LongestWords, 2> longest = {};  ///< by side
  /// For an end whose state has not ended when the run does: what would end it.
  std::array<std::optional<core::Text>, 2> stays_until = {};
  /// Whether the run is about an end that is left without an application.
  bool about_orphans = false;
  std::vector<Bundle> bundles;
  std::vector<std::size_t> in_bundle;  ///< by segment: the place of its bundle, from 1, or 0
  /// What has an arrow, in the order in which it leaves: segments, and the first of each bundle.
  std::vector<int> by_leaving;
  std::vector<int> latest_ends;  ///< the last row of an arrow among those so far in `by_leaving`

  [[nodiscard]] const Flight& flight(int segment) const {
    return flights[static_cast<std::size_t>(segment) - 1];
  }
  [[nodiscard]] const SegmentWords& words(int segment) const {
    return segments[static_cast<std::size_t>(segment) - 1];
  }
  [[nodiscard]] const Row& row(int step) const { return rows[static_cast<std::size_t>(step) - 1]; }
  /// The bundle that a segment belongs to, if any.
  [[nodiscard]] const Bundle* bundle(int segment) const {
    const std::size_t place = in_bundle[static_cast<std::size_t>(segment) - 1];
    return place == 0 ? nullptr : &bundles[place - 1];
  }
  /// Whether a segment has an arrow: it is in no bundle, or leads one.
  [[nodiscard]] bool has_arrow(int segment) const {
    const Bundle* of = bundle(segment);
    return of == nullptr || of->segments.front() == segment;
  }
  /// The row in which the arrow of a segment ends, or the last one of the bundle that it leads.
  [[nodiscard]] int last_row(int segment) const {
    const Bundle* of = bundle(segment);
    return of == nullptr ? flight(segment).row_of_end() : of->ends;
  }
  /// The segments whose arrows touch the rows from one step to another, in the order in which they
  /// leave; for a bundle the one that leads it.
  [[nodiscard]] std::vector<int> arrows_between(int first, int last) const;
};

[[nodiscard]] RunFacts facts_of(const core::Run& run, const core::Timeline& timeline);

/// The end's name: a text of the table.
[[nodiscard]] core::Text name_of(core::Side side);

/// What a list says of a segment, on its way or after that.
[[nodiscard]] std::string sentence_of(const core::Transmission& sent, const SegmentWords& words,
                                      bool real_numbers, bool on_its_way);

}  // namespace app
