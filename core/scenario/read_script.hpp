// Reads the entries of a script, or of a reader's list of edits: actions and faults.
#pragma once

#include "core/base/json_read.hpp"
#include "core/scenario/edit.hpp"

#include <string_view>
#include <vector>

namespace core {

/// A list of at most `most` entries. Warnings about them put `prefix` before the JSON pointer.
[[nodiscard]] std::vector<Entry> read_entries(const Value& value, std::size_t most,
                                              std::string_view prefix);

}  // namespace core
