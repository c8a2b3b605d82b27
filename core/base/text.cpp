#include "core/base/text.hpp"

#include <algorithm>
#include <array>
#include <charconv>

namespace core {
namespace {

bool continues_character(char c) {
  return (static_cast<unsigned char>(c) & 0xc0U) == 0x80U;
}

struct Range {
  char32_t first;
  char32_t last;
};

/// Unicode's control and format characters (general categories Cc and Cf), line and paragraph
/// separators, letters without a shape, variation selectors, and characters for private use.
constexpr std::array<Range, 29> hidden = {{
    {0x0000, 0x001f},    {0x007f, 0x009f},   {0x00ad, 0x00ad},   {0x034f, 0x034f},
    {0x0600, 0x0605},    {0x061c, 0x061c},   {0x06dd, 0x06dd},   {0x070f, 0x070f},
    {0x0890, 0x0891},    {0x08e2, 0x08e2},   {0x115f, 0x1160},   {0x17b4, 0x17b5},
    {0x180b, 0x180f},    {0x200b, 0x200f},   {0x2028, 0x202e},   {0x2060, 0x206f},
    {0x3164, 0x3164},    {0xe000, 0xf8ff},   {0xfdd0, 0xfdef},   {0xfe00, 0xfe0f},
    {0xfeff, 0xfeff},    {0xffa0, 0xffa0},   {0xfff0, 0xfffb},   {0x110bd, 0x110cd},
    {0x13430, 0x1343f},  {0x1bca0, 0x1bca3}, {0x1d173, 0x1d17a}, {0xe0000, 0xe0fff},
    {0xf0000, 0x10ffff},
}};

std::string hex(std::uint32_t number) {
  std::array<char, 8> digits{};
  const auto [end, error] = std::to_chars(digits.data(), digits.data() + digits.size(), number, 16);
  return {digits.data(), end};
}

/// Two or more digits of a number, with zeros in front.
std::string padded(std::int64_t number, std::size_t digits) {
  std::string out = std::to_string(number);
  if (out.size() < digits) out.insert(0, digits - out.size(), '0');
  return out;
}

}  // namespace

Piece take_piece(std::string_view& pattern) {
  const std::size_t open = std::min(pattern.find('{'), pattern.size());
  Piece piece = {pattern.substr(0, open), {}};
  pattern.remove_prefix(open);
  if (pattern.empty()) return piece;
  const std::size_t close = std::min(pattern.find('}'), pattern.size() - 1);
  piece.name = pattern.substr(1, close - 1);
  pattern.remove_prefix(close + 1);
  return piece;
}

std::string grouped_digits(std::int64_t number) {
  std::string out = std::to_string(number);
  const std::size_t sign = number < 0 ? 1 : 0;
  for (std::size_t at = out.size(); at > sign + 3; at -= 3) out.insert(at - 3, 1, ',');
  return out;
}

std::string duration_text(Time ms) {
  if (ms < 1000) return std::to_string(ms) + " ms";
  std::string out = std::to_string(ms / 1000);
  if (const Time rest = ms % 1000; rest != 0) {
    std::string digits = padded(rest, 3);
    while (digits.back() == '0') digits.pop_back();
    out += "." + digits;
  }
  return out + " s";
}

std::string clock_text(Time ms) {
  std::string out = std::to_string(ms / 1000);
  if (ms < 100'000) out += "." + padded(ms % 1000 / 10, 2);
  return out + " s";
}

std::string_view cut(std::string_view text, std::size_t bytes) {
  if (text.size() <= bytes) return text;
  // A character has at most three bytes that continue it; more of them are not UTF-8.
  std::size_t end = bytes;
  while (end > 0 && bytes - end < 3 && continues_character(text[end])) --end;
  return text.substr(0, continues_character(text[end]) ? bytes : end);
}

std::string_view first_character(std::string_view text) {
  if (text.empty()) return {};
  const auto at = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
  const unsigned first = at(0);
  if (first < 0x80) return text.substr(0, 1);
  const std::size_t size = first < 0xc2   ? 0
                           : first < 0xe0 ? 2
                           : first < 0xf0 ? 3
                           : first < 0xf5 ? 4
                                          : 0;
  if (size == 0 || size > text.size()) return {};
  for (std::size_t i = 1; i < size; ++i) {
    if (!continues_character(text[i])) return {};
  }
  // The same character in more bytes than it needs, a surrogate, or beyond the last character.
  const unsigned second = at(1);
  const bool wrong = (first == 0xe0 && second < 0xa0) || (first == 0xed && second >= 0xa0) ||
                     (first == 0xf0 && second < 0x90) || (first == 0xf4 && second >= 0x90);
  return wrong ? std::string_view() : text.substr(0, size);
}

char32_t code_point(std::string_view character) {
  const auto first = static_cast<unsigned char>(character.front());
  if (character.size() == 1) return first;
  char32_t out = first & (0x7fU >> character.size());
  for (const char c : character.substr(1)) {
    out = (out << 6U) | (static_cast<unsigned char>(c) & 0x3fU);
  }
  return out;
}

std::size_t characters(std::string_view text) {
  return text.size() - static_cast<std::size_t>(std::ranges::count_if(text, continues_character));
}

bool is_utf8(std::string_view text) {
  while (!text.empty()) {
    const std::size_t size = first_character(text).size();
    if (size == 0) return false;
    text.remove_prefix(size);
  }
  return true;
}

bool is_hidden(char32_t point) {
  const bool noncharacter = (point & 0xfffeU) == 0xfffeU;  // the last two of each plane
  return noncharacter || std::ranges::any_of(hidden, [&](const Range& range) {
           return range.first <= point && point <= range.last;
         });
}

std::string visible(std::string_view text) {
  std::string out;
  while (!text.empty()) {
    const std::string_view character = first_character(text);
    if (character.empty()) {
      out += "\\x{" + hex(static_cast<unsigned char>(text.front())) + "}";
      text.remove_prefix(1);
      continue;
    }
    if (const char32_t point = code_point(character); is_hidden(point)) {
      out += "\\u{" + hex(point) + "}";
    } else {
      out += character;
    }
    text.remove_prefix(character.size());
  }
  return out;
}

std::string quoted(std::string_view text, std::size_t longest) {
  const std::string_view shown = cut(text, longest);
  return "“" + visible(shown) + (shown.size() < text.size() ? "…”" : "”");
}

std::string one_line(std::string_view text) {
  std::string out;
  while (!text.empty()) {
    const std::string_view character = first_character(text);
    const char32_t point = character.empty() ? 0 : code_point(character);
    const bool separates = point < 0xa0 || point == 0x2028 || point == 0x2029;
    if (!is_hidden(point)) {
      out += character;
    } else if (separates) {
      out += ' ';
    }
    text.remove_prefix(std::max<std::size_t>(character.size(), 1));
  }
  return out;
}

}  // namespace core
