// Reads what a script, or a reader's list of edits, is made of: actions and faults.
#pragma once

#include "core/base/json_read.hpp"
#include "core/scenario/scenario.hpp"

#include <string_view>
#include <vector>

namespace core {

/// A list of at most so many entries. `prefix` stands before the pointer in warnings about them.
[[nodiscard]] std::vector<Entry> read_entries(const Value& value, std::size_t most,
                                              std::string_view prefix);

}  // namespace core
