// The JSON mutator: changes a text of the scenario format so that it mostly stays one. libFuzzer's
// own mutations, of bytes, find what is wrong with the parser; these find what is wrong behind it.
#pragma once

#include "rng.hpp"

#include <cstddef>
#include <string>
#include <string_view>

namespace fuzz {

/// Which part of the format a text is.
enum class Part : std::uint8_t { Scenario, Edits, Knobs };

/// The text with one to four things changed: a value, a key, an entry of a list. It is no longer
/// than `longest`. Sometimes, and whenever the text is not JSON, bytes are changed instead.
[[nodiscard]] std::string mutated(std::string_view text, Part part, std::size_t longest, Rng& rng);

/// The text with some member of `other` in place of its own member of that name.
[[nodiscard]] std::string crossed(std::string_view text, std::string_view other, Rng& rng);

}  // namespace fuzz
