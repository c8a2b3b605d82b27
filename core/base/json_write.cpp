#include "core/base/json_write.hpp"

#include <algorithm>
#include <cassert>

namespace core {
namespace {

/// `\u0007`, and a surrogate pair for what 16 bits cannot hold (RFC 8259, section 7).
std::string escaped(char32_t point) {
  constexpr std::string_view digits = "0123456789abcdef";
  if (point >= 0x10000) {
    const char32_t rest = point - 0x10000;
    return escaped(0xd800 + (rest >> 10U)) + escaped(0xdc00 + (rest & 0x3ffU));
  }
  std::string out = "\\u";
  for (const unsigned shift : {12U, 8U, 4U, 0U}) out += digits[(point >> shift) & 15U];
  return out;
}

/// The letter of a short escape, or 0 for a character that has none.
char short_escape(char c) {
  switch (c) {
    case '"': return '"';
    case '\\': return '\\';
    case '\b': return 'b';
    case '\f': return 'f';
    case '\n': return 'n';
    case '\r': return 'r';
    case '\t': return 't';
    default: return 0;
  }
}

/// How much of a text can be written as it is: visible ASCII, as most of every text.
std::size_t plain_size(std::string_view text) {
  const auto plain = [](char c) { return c >= ' ' && c <= '~' && c != '"' && c != '\\'; };
  return static_cast<std::size_t>(std::ranges::find_if_not(text, plain) - text.begin());
}

void append_string(std::string& out, std::string_view text) {
  out += '"';
  while (!text.empty()) {
    if (const std::size_t plain = plain_size(text); plain > 0) {
      out += text.substr(0, plain);
      text.remove_prefix(plain);
      continue;
    }
    const std::string_view character = first_character(text);
    if (character.empty()) {
      out += "\xef\xbf\xbd";
      text.remove_prefix(1);
      continue;
    }
    if (const char letter = short_escape(character.front()); letter != 0) {
      out += '\\';
      out += letter;
    } else if (const char32_t point = code_point(character); is_hidden(point)) {
      out += escaped(point);
    } else {
      out += character;
    }
    text.remove_prefix(character.size());
  }
  out += '"';
}

}  // namespace

std::string json_string(std::string_view text) {
  std::string out;
  append_string(out, text);
  return out;
}

JsonWriter& JsonWriter::begin(char open, char close) {
  raw(std::string_view(&open, 1));
  ends_ += close;
  return *this;
}

JsonWriter& JsonWriter::end() {
  assert(!ends_.empty());
  text_ += ends_.back();
  ends_.pop_back();
  return *this;
}

JsonWriter& JsonWriter::key(std::string_view name) {
  assert(ends_.ends_with('}'));
  value(name);
  text_ += ':';
  return *this;
}

JsonWriter& JsonWriter::value(std::string_view text) {
  separate();
  append_string(text_, text);
  return *this;
}

JsonWriter& JsonWriter::raw(std::string_view json) {
  separate();
  text_ += json;
  return *this;
}

/// Nothing separates a value from the bracket or the key before it.
void JsonWriter::separate() {
  const bool first = text_.empty() || text_.ends_with('{') || text_.ends_with('[');
  if (!first && !text_.ends_with(':')) text_ += ',';
}

}  // namespace core
