// Text: what is done to strings in more than one place. UTF-8, quoting of text from outside,
// filling of named places, and how numbers and times are written. It knows nothing of TCP.
#pragma once

#include "core/base/units.hpp"

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

namespace core {

/// Puts what `word` returns for each {name} of a pattern in its place.
[[nodiscard]] std::string fill(std::string_view pattern,
                               const std::function<std::string(std::string_view)>& word);

/// "1,234,567"
[[nodiscard]] std::string grouped_digits(std::int64_t number);

/// A length of time: "200 ms", "1.5 s", "240 s".
[[nodiscard]] std::string duration_text(Time ms);

/// A moment for a clock: "0.30 s", "12.05 s", "240 s".
[[nodiscard]] std::string clock_text(Time ms);

/// The first `bytes` bytes of a text, or a few fewer, so that no character is cut.
[[nodiscard]] std::string_view cut(std::string_view text, std::size_t bytes);

/// The size in bytes of the UTF-8 sequence at the start of a text (RFC 3629, section 4), or 0 where
/// there is none.
[[nodiscard]] std::size_t character_size(std::string_view text);

/// Text from outside as it may be shown: what cannot be seen is spelt out (`\u{9b}`), and so is
/// what turns the direction of the words around it or a terminal obeys: control characters (C0 and
/// C1), format characters, tags, and bytes that are not UTF-8 (`\x{ff}`). No text can pose as
/// another.
[[nodiscard]] std::string visible(std::string_view text);

/// visible() of at most `longest` bytes, between “ and ”; "…" stands for the rest.
[[nodiscard]] std::string quoted(std::string_view text, std::size_t longest = 40);

}  // namespace core
