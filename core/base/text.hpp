// Text: what is done to strings in more than one place. UTF-8, quoting of text from outside,
// filling of named places, and how numbers and times are written. It knows nothing of TCP.
#pragma once

#include "core/base/units.hpp"

#include <cstdint>
#include <string>
#include <string_view>

namespace core {

/// The text of a pattern up to its next {name}, and the name, which is empty at the end. Both are
/// taken off the pattern.
struct Piece {
  std::string_view text;
  std::string_view name;
};
[[nodiscard]] Piece take_piece(std::string_view& pattern);

/// Puts what `word` returns for each {name} of a pattern in its place.
template <typename Word>
[[nodiscard]] std::string fill(std::string_view pattern, const Word& word) {
  std::string out;
  while (!pattern.empty()) {
    const auto [text, name] = take_piece(pattern);
    out += text;
    if (!name.empty()) out += word(name);
  }
  return out;
}

/// "1,234,567"
[[nodiscard]] std::string grouped_digits(std::int64_t number);

/// A length of time: "200 ms", "1.5 s", "240 s".
[[nodiscard]] std::string duration_text(Time ms);

/// A moment for a clock: "0.30 s", "12.05 s", "240 s".
[[nodiscard]] std::string clock_text(Time ms);

/// The first `bytes` bytes of a text, or a few fewer, so that no character is cut.
[[nodiscard]] std::string_view cut(std::string_view text, std::size_t bytes);

/// The character at the start of a text, as the bytes of its UTF-8 sequence (RFC 3629, section 4);
/// empty where the text does not begin with one.
[[nodiscard]] std::string_view first_character(std::string_view text);

/// The code point of a character, which is one as first_character() returns it.
[[nodiscard]] char32_t code_point(std::string_view character);

/// How many characters a UTF-8 text has.
[[nodiscard]] std::size_t characters(std::string_view text);

/// Is the whole text UTF-8?
[[nodiscard]] bool is_utf8(std::string_view text);

/// A character that a reader cannot see, that changes the direction of the text around it, or that
/// a terminal obeys: controls (C0 and C1), format characters such as joiners and bidi marks, tags.
[[nodiscard]] bool is_hidden(char32_t point);

/// Text from outside, safe to show: hidden characters are spelt out (`\u{9b}`), and so are bytes
/// that are not UTF-8 (`\x{ff}`). An emoji that is joined from several falls apart into them.
[[nodiscard]] std::string visible(std::string_view text);

/// visible() of at most `longest` bytes, between “ and ”; "…" stands for the rest.
[[nodiscard]] std::string quoted(std::string_view text, std::size_t longest = 40);

/// Text from outside that is to be read, in one line: control characters and bytes that are not
/// UTF-8 become spaces, other hidden characters are left out.
[[nodiscard]] std::string one_line(std::string_view text);

}  // namespace core
