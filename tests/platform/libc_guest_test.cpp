// What stands in for the C library in the page answers as the C library does, as far as it is
// asked.
#include "platform/libc_guest.hpp"

#include <doctest/doctest.h>

#include <array>
#include <cmath>
#include <cstdint>
#include <cstdlib>
#include <random>
#include <span>
#include <string>
#include <string_view>

namespace {

using namespace std::string_view_literals;

/// Holds the stand-in against the C library. `slack` is how far the values may be apart.
void compare(const std::string& text, double slack = 1e-12) {
  CAPTURE(text);
  char* end = nullptr;
  char* end_wanted = nullptr;
  const double value = libc_guest::strtod(text.c_str(), &end);
  const double wanted = std::strtod(text.c_str(), &end_wanted);
  CHECK(end == end_wanted);
  CHECK(std::isinf(value) == std::isinf(wanted));
  CHECK(std::signbit(value) == std::signbit(wanted));
  CHECK((std::abs(value) < 0x1p63) == (std::abs(wanted) < 0x1p63));
  if (!std::isinf(wanted)) CHECK(std::abs(value - wanted) <= std::abs(wanted) * slack);
}

int scan(const char* text, const char* format, ...) {
  va_list numbers;
  va_start(numbers, format);
  const int found = libc_guest::vsscanf(text, format, numbers);
  va_end(numbers);
  return found;
}

int print(std::span<char> out, const char* format, ...) {
  va_list values;
  va_start(values, format);
  const int length = libc_guest::vsnprintf(out.data(), out.size(), format, values);
  va_end(values);
  return length;
}

}  // namespace

TEST_CASE("numbers that JSON allows are read as the C library reads them") {
  for (const char* text : {"0",
                           "-0",
                           "0.0",
                           "-0.0e5",
                           "1.5",
                           "-1.5",
                           "1e3",
                           "1E+3",
                           "1e-3",
                           "0.1e1",
                           "12.50",
                           "1e0",
                           "3.141592653589793238462643383279502884197",
                           "123456789012345678901234567890",
                           "1e22",
                           "0.000000000000000000000000000000000000123e40",
                           "1e400",
                           "-1e400",
                           "1e99999999999999999999",
                           "0e99999999999999999999",
                           "9e-400",
                           "1e-99999999999999999999",
                           "1,5",
                           "7]",
                           "1e5}"}) {
    compare(text);
  }
}

TEST_CASE("the two limits that matter are exact") {
  // 2^63 - 512 is the smallest number that rounds to 2^63.
  for (const char* text :
       {"9223372036854775295.0", "9223372036854775295.999999999999999", "9223372036854775296.0",
        "9223372036854775296.1", "9223372036854775807.5", "9223372036854775808.0",
        "922337203685477529e1", "922337203685477530e1", "0.9223372036854775295e19",
        "0.9223372036854775296e19", "92233720368547752960000e-4", "92233720368547752959999e-4",
        "-9223372036854775809", "9.2233720368547752959e18", "9.223372036854775297e18"}) {
    compare(text);
  }
  for (const char* text :
       {"1.7976931348623157e308", "1.7976931348623158e308", "1.797693134862315807e308",
        "1.797693134862315808e308", "1.7976931348623159e308", "17976931348623157e292",
        "17976931348623159e292", "0.00017976931348623158079e312", "1.8e308", "9.99e307", "1e308",
        "1e309", "10e307", "100e307"}) {
    compare(text);
  }
  compare("1" + std::string(308, '0') + ".0");
  compare("2" + std::string(308, '0') + ".0");
  compare("0." + std::string(5000, '0') + "1e5001");
  compare("1" + std::string(5000, '0') + "e-5000");
}

TEST_CASE("any digits, any exponent") {
  std::mt19937 random(1);
  for (int i = 0; i < 20'000; ++i) {
    const auto digits = [&](unsigned most) {
      std::string out = std::to_string(1 + random() % 9);
      for (unsigned n = random() % most; n > 0; --n) out += static_cast<char>('0' + random() % 10);
      return out;
    };
    const int power = static_cast<int>(random() % 640) - 320;
    // A number as small as 1e-300 may be stored with fewer bits.
    compare((random() % 2 == 0 ? "-" : "") + digits(30) + "." + digits(30) + "e" +
                std::to_string(power),
            power < -290 ? 1 : 1e-12);
  }
}

TEST_CASE("whole numbers are found between words") {
  int first = 0;
  int second = 0;
  CHECK(scan("#version 300 es", "#version %d", &first) == 1);
  CHECK(first == 300);
  CHECK(scan("3.2", "%d.%d", &first, &second) == 2);
  CHECK(first == 3);
  CHECK(second == 2);
  CHECK(scan("3", "%d.%d", &first, &second) == 1);
  CHECK(scan("version 300", "#version %d", &first) == 0);
  CHECK(scan("#version es", "#version %d", &first) == 0);
  CHECK(scan("", "%d", &first) == 0);
}

TEST_CASE("texts and four hexadecimal digits are written, as far as there is room") {
  std::array<char, 12> out{};
  CHECK(print(out, "<U+%.4X>", 7U) == 8);
  CHECK(out.data() == "<U+0007>"sv);
  CHECK(print(out, "<U+%.4X>", 0x1aBcDU) == 8);
  CHECK(out.data() == "<U+ABCD>"sv);
  CHECK(print(out, "%s, %s", "a", "word") == 7);
  CHECK(out.data() == "a, word"sv);
  CHECK(print(out, "%s", "12 characters") == 13);
  CHECK(out.data() == "12 characte"sv);
  CHECK(print(out, "100 %d%%") == 8);
  CHECK(out.data() == "100 %d%%"sv);
  CHECK(print(std::span<char>(), "%s", "word") == 4);
}
