// What is told of a run, for tests: in words, and by the ids of the texts that it is told with.
#pragma once

#include "core/narrate/narrate.hpp"

#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace told {

/// The id of an entry of the table of words: "call_abort_title".
[[nodiscard]] std::string name(core::Text text);

/// The ids of all entries. One with a form of its own for the number one is there twice:
/// "noun_octets" and "noun_octets/one".
[[nodiscard]] std::vector<std::string> all_ids();

/// The ids of what is said of a step, or of a run and at its end.
[[nodiscard]] std::set<std::string> ids(const core::Timeline& timeline, const core::Step& step);
[[nodiscard]] std::set<std::string> ids(const core::Timeline& timeline);

/// All lines of a step that are not its author's.
[[nodiscard]] std::vector<core::Narration::Line> lines(const core::Narration& narration,
                                                       const core::Step& step);

/// The names of a text's places, as they stand.
[[nodiscard]] std::vector<std::string_view> places(std::string_view pattern);

/// "2. FIN → | segment 1 · Client to FIN_WAIT_1" and below it the text, in lines of 100 columns.
[[nodiscard]] std::string words(int number, const core::StepText& step);
/// "! Client waits …"
[[nodiscard]] std::string words(const core::Message& warning);
/// All steps and warnings of a run.
[[nodiscard]] std::string words(const core::Run& run);

[[nodiscard]] std::vector<std::string> lines(std::string_view text);

}  // namespace told
