#include "core/base/text.hpp"

#include "characters.hpp"

#include <doctest/doctest.h>

#include <string>
#include <string_view>
#include <vector>

using characters::utf8;

namespace {

struct Row {
  std::string text;
  std::string expected;
};

std::string spelt(char32_t point) {
  static constexpr std::string_view digits = "0123456789abcdef";
  std::string out;
  for (; point > 0 || out.empty(); point >>= 4U) out.insert(0, 1, digits[point & 15U]);
  return "\\u{" + out + "}";
}

}  // namespace

TEST_CASE("text from outside: every control character, C0 and C1, is spelt out") {
  std::vector<char32_t> controls;
  for (char32_t point = 0; point < 0x20; ++point) controls.push_back(point);
  for (char32_t point = 0x7f; point < 0xa0; ++point) controls.push_back(point);
  for (const char32_t point : controls) {
    CHECK(core::visible("a" + utf8(point) + "z") == "a" + spelt(point) + "z");
  }
  CHECK(core::visible("\x1b[31m\u009b1m") == "\\u{1b}[31m\\u{9b}1m");
}

TEST_CASE("text from outside: what turns the direction of text is spelt out") {
  for (const char32_t point : characters::bidi_marks) {
    CHECK(core::visible("a" + utf8(point) + "z") == "a" + spelt(point) + "z");
  }
}

TEST_CASE("text from outside: what cannot be seen is spelt out") {
  const std::vector<char32_t> points = {
      0x00ad,                                // soft hyphen
      0x034f,                                // combining grapheme joiner
      0x115f,  0x1160,   0x3164,  0xffa0,    // Hangul fillers
      0x180e,                                // Mongolian vowel separator
      0x200b,  0x200c,   0x200d,  0x2060,    // zero width: space, joiners, no-break
      0x2028,  0x2029,                       // line and paragraph separator
      0x2061,  0x2064,   0x206a,  0x206f,    // invisible operators, old format characters
      0xfe00,  0xfe0f,   0xe0100, 0xe01ef,   // variation selectors
      0xfeff,                                // byte order mark
      0xfff9,  0xfffb,                       // annotations
      0xe0001, 0xe0020,  0xe0041, 0xe007f,   // tags
      0xe000,  0xf8ff,   0xf0000, 0x10fffd,  // private use
      0xfdd0,  0xfffe,   0xffff,  0x1ffff,   // noncharacters
      0x2fffe, 0x10ffff, 0x1d173, 0x1bca0,   // and formats of musical and shorthand scripts
  };
  for (const char32_t point : points) {
    CHECK(core::visible("a" + utf8(point) + "z") == "a" + spelt(point) + "z");
  }
}

TEST_CASE("text from outside: what can be seen stays as it is") {
  for (const std::string_view text :
       {"",        " ",       "~",      "\\",     "\"",           "naïve",     "“quoted”",
        "…",       "\u00a0",  "\u2003", "日本語", "עברית",        "العربية",   "हिन्दी",
        "e\u0301", "a\u20dd", "😀",     "🇩🇪",     "\ufffc\ufffd", "\U0002fffd"}) {
    CHECK(core::visible(text) == text);
  }
}

TEST_CASE("text from outside: a joined emoji falls apart into what it is joined from") {
  CHECK(core::visible("👩\u200d💻") == "👩\\u{200d}💻");
  CHECK(core::visible("❤\ufe0f") == "❤\\u{fe0f}");
}

TEST_CASE("text from outside: bytes that are not UTF-8 are spelt out, one by one") {
  const Row rows[] = {
      {"\x80", "\\x{80}"},
      {"a\xffz", "a\\x{ff}z"},
      {"\xe2\x98", "\\x{e2}\\x{98}"},
      {"\xe2\x98z", "\\x{e2}\\x{98}z"},
      {"\xf0\x9f\x98", "\\x{f0}\\x{9f}\\x{98}"},
      {"\xc3", "\\x{c3}"},
      // More bytes than the character needs.
      {"\xc0\xaf", "\\x{c0}\\x{af}"},
      {"\xc1\xbf", "\\x{c1}\\x{bf}"},
      {"\xe0\x9f\xbf", "\\x{e0}\\x{9f}\\x{bf}"},
      {"\xf0\x8f\xbf\xbf", "\\x{f0}\\x{8f}\\x{bf}\\x{bf}"},
      // Surrogates, and beyond U+10FFFF.
      {"\xed\xa0\x80", "\\x{ed}\\x{a0}\\x{80}"},
      {"\xed\xbf\xbf", "\\x{ed}\\x{bf}\\x{bf}"},
      {"\xf4\x90\x80\x80", "\\x{f4}\\x{90}\\x{80}\\x{80}"},
      {"\xf5\x80\x80\x80", "\\x{f5}\\x{80}\\x{80}\\x{80}"},
  };
  for (const Row& row : rows) {
    CHECK(core::visible(row.text) == row.expected);
    CHECK_FALSE(core::is_utf8(row.text));
  }
}

TEST_CASE("UTF-8: every character is found whole, with its code point") {
  for (char32_t point = 0; point < 0x110000; ++point) {
    if (point >= 0xd800 && point < 0xe000) continue;
    const std::string character = utf8(point);
    const std::string text = character + "z";
    const std::string_view found = core::first_character(text);
    if (found != character || core::code_point(found) != point) FAIL(spelt(point));
    // Without its last byte it is none.
    const std::string less = character.substr(0, character.size() - 1);
    if (!core::first_character(less).empty()) FAIL(spelt(point));
  }
  CHECK(core::first_character("").empty());
  CHECK(core::is_utf8(""));
  CHECK(core::is_utf8("a\u00e9\u2603\U0001f600"));
}

TEST_CASE("a cut text has no half a character at its end") {
  CHECK(core::cut("", 0).empty());
  CHECK(core::cut("abc", 3) == "abc");
  CHECK(core::cut("abc", 2) == "ab");
  CHECK(core::cut("aé", 3) == "aé");
  CHECK(core::cut("aé", 2) == "a");
  for (std::size_t bytes = 1; bytes < 4; ++bytes) CHECK(core::cut("😀z", bytes).empty());
  CHECK(core::cut("😀z", 4) == "😀");
  // What is not UTF-8 is cut anywhere.
  CHECK(core::cut(std::string(10, '\x80'), 6).size() == 6);
}

TEST_CASE("a quotation is cut at a character, and says that it was") {
  CHECK(core::quoted("") == "“”");
  CHECK(core::quoted("abc", 3) == "“abc”");
  CHECK(core::quoted("abcd", 3) == "“abc…”");
  CHECK(core::quoted("ab😀", 5) == "“ab…”");
  CHECK(core::quoted("a\u202eb") == "“a\\u{202e}b”");
  CHECK(core::quoted(std::string(41, 'x')) == "“" + std::string(40, 'x') + "…”");
}

TEST_CASE("characters are counted, not bytes") {
  CHECK(core::characters("") == 0);
  CHECK(core::characters("FIN") == 3);
  CHECK(core::characters("2·MSL, u′, €, 😀") == 15);
}

TEST_CASE("a text in one line has no hidden characters") {
  const Row rows[] = {
      {"plain “é” 日本 e\u0301", "plain “é” 日本 e\u0301"},
      {"a\nb\tc\x7f"
       "d",
       "a b c d"},
      {"a\u0085b\u2028c\u2029d\u009be", "a b c d e"},
      {"\u202ea\u2066b\u200fc\u061cd\u200be\ufefff\U000e0041g", "abcdefg"},
      {"a\xff"
       "b",
       "a b"},
      {"👩\u200d💻", "👩💻"},
      {"\u200b\u202e", ""},
  };
  for (const Row& row : rows) CHECK(core::one_line(row.text) == row.expected);
}

TEST_CASE("named places of a pattern are filled") {
  const auto twice = [](std::string_view name) { return std::string(name) + std::string(name); };
  CHECK(core::fill("", twice).empty());
  CHECK(core::fill("no place", twice) == "no place");
  CHECK(core::fill("{a}", twice) == "aa");
  CHECK(core::fill("x{a}{b}y", twice) == "xaabby");
  // What is filled in is not searched again.
  CHECK(core::fill("{a}", [](std::string_view) { return std::string("{b}"); }) == "{b}");
}

TEST_CASE("numbers and times are written as readers expect them") {
  CHECK(core::grouped_digits(0) == "0");
  CHECK(core::grouped_digits(999) == "999");
  CHECK(core::grouped_digits(1'000) == "1,000");
  CHECK(core::grouped_digits(1'234'567) == "1,234,567");
  CHECK(core::grouped_digits(-999) == "-999");
  CHECK(core::grouped_digits(-1'000) == "-1,000");
  CHECK(core::grouped_digits(INT64_MIN) == "-9,223,372,036,854,775,808");
  CHECK(core::duration_text(0) == "0 ms");
  CHECK(core::duration_text(999) == "999 ms");
  CHECK(core::duration_text(1'000) == "1 s");
  CHECK(core::duration_text(1'500) == "1.5 s");
  CHECK(core::duration_text(1'005) == "1.005 s");
  CHECK(core::duration_text(240'000) == "240 s");
  CHECK(core::clock_text(0) == "0.00 s");
  CHECK(core::clock_text(309) == "0.30 s");
  CHECK(core::clock_text(99'999) == "99.99 s");
  CHECK(core::clock_text(240'000) == "240 s");
}
