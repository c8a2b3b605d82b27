#include "core/base/json_write.hpp"

#include "characters.hpp"

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

#include <optional>
#include <string>
#include <vector>

using core::json_string;
using core::JsonWriter;

TEST_CASE("JSON strings: what must be escaped is, and the rest stays as it is") {
  struct Row {
    std::string text;
    std::string expected;
  };
  const Row rows[] = {
      {"", R"("")"},
      {"plain", R"("plain")"},
      {R"(say "no\yes")", R"("say \"no\\yes\"")"},
      {"\b\f\n\r\t", R"("\b\f\n\r\t")"},
      {std::string(1, '\0') + "\x01\x1f\x7f", R"("\u0000\u0001\u001f\u007f")"},
      {"\u0080\u009b", R"("\u0080\u009b")"},
      {"\u2028\u2029", R"("\u2028\u2029")"},
      {"\u200f\u202e\u2066\u061c", R"("\u200f\u202e\u2066\u061c")"},
      {"\U000e0041", R"("\udb40\udc41")"},
      {"\U0010ffff", R"("\udbff\udfff")"},
      {"</script>", R"("</script>")"},
      {"né → “日本” 😀", R"("né → “日本” 😀")"},
      {"e\u0301", "\"e\u0301\""},
      // Not UTF-8: a byte that continues nothing, half a character, a surrogate, too many bytes.
      {"a\x80z", "\"a\ufffdz\""},
      {"\xe2\x98", "\"\ufffd\ufffd\""},
      {"\xed\xa0\x80", "\"\ufffd\ufffd\ufffd\""},
      {"\xc0\xaf", "\"\ufffd\ufffd\""},
      {"\xf5", "\"\ufffd\""},
  };
  for (const Row& row : rows) {
    CAPTURE(row.expected);
    CHECK(json_string(row.text) == row.expected);
  }
}

TEST_CASE("JSON strings: every control character and bidi mark is escaped, and is read back") {
  std::vector<char32_t> points = characters::bidi_marks;
  for (char32_t point = 0; point < 0x20; ++point) points.push_back(point);
  for (char32_t point = 0x7f; point < 0xa0; ++point) points.push_back(point);
  for (const char32_t point : points) {
    CAPTURE(static_cast<unsigned>(point));
    const std::string text = "a" + characters::utf8(point) + "z";
    const std::string written = json_string(text);
    for (const char c : written) CHECK((c >= 0x20 && c < 0x7f));
    const auto read = nlohmann::json::parse(written, nullptr, false);
    REQUIRE(read.is_string());
    CHECK(read.get<std::string>() == text);
  }
}

TEST_CASE("JSON strings: every character of Unicode is read back as it was") {
  for (char32_t first = 0; first < 0x110000; first += 0x100) {
    if (first >= 0xd800 && first < 0xe000) continue;
    std::string text;
    for (char32_t point = first; point < first + 0x100; ++point) text += characters::utf8(point);
    const auto read = nlohmann::json::parse(json_string(text), nullptr, false);
    CAPTURE(static_cast<unsigned>(first));
    REQUIRE(read.is_string());
    CHECK(read.get<std::string>() == text);
  }
}

TEST_CASE("a JSON writer writes each kind of value") {
  CHECK(JsonWriter().value("x").text() == R"("x")");
  CHECK(JsonWriter().value(true).text() == "true");
  CHECK(JsonWriter().value(false).text() == "false");
  CHECK(JsonWriter().value(nullptr).text() == "null");
  CHECK(JsonWriter().value(-7).text() == "-7");
  CHECK(JsonWriter().value(INT64_MIN).text() == "-9223372036854775808");
  CHECK(JsonWriter().value(UINT64_MAX).text() == "18446744073709551615");
  CHECK(JsonWriter().object().end().text() == "{}");
  CHECK(JsonWriter().array().end().text() == "[]");
}

TEST_CASE("a JSON writer puts commas between values, and nowhere else") {
  JsonWriter json;
  json.object().member("a:", "{").member("b", std::string("[:"));
  json.key("c").array().value(1).value("").array().end().array().value(2).end();
  json.object().end().object().member("d", true).end().raw(R"({"e":0})").raw("7").end();
  json.key("f").object().end().key("g").raw("[]").end();
  CHECK(json.text() ==
        R"({"a:":"{","b":"[:","c":[1,"",[],[2],{},{"d":true},{"e":0},7],"f":{},"g":[]})");
}

TEST_CASE("a JSON writer escapes names as it does values") {
  CHECK(JsonWriter().object().member("a\"\n\u202e", 1).end().text() == R"({"a\"\n\u202e":1})");
}

TEST_CASE("a JSON writer leaves out a member without a value, and writes a list's entries") {
  JsonWriter json;
  json.object()
      .member("no", std::optional<bool>())
      .member("yes", std::optional(false))
      .list("all", std::vector{1, 2},
            [](JsonWriter& to, int n) { to.object().member("n", n).end(); })
      .list("none", std::vector<int>(), [](JsonWriter& to, int n) { to.value(n); })
      .end();
  CHECK(json.text() == R"({"yes":false,"all":[{"n":1},{"n":2}],"none":[]})");
}
