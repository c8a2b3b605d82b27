// What the page would take from the C library for very little:
//
//   strtod()   The page has no use for a number with a fraction: a scenario that has one is
//   refused.
//              But the JSON library converts it first, and the C library's exact conversion
//              computes with 128-bit numbers.
//   sscanf()   Dear ImGui's backend reads the number in "#version 300 es".
//   snprintf() The JSON library writes a control character as "<U+0007>" when it complains.
//   fprintf()  Dear ImGui's backend reports a shader that does not compile.
//   And libc++ prints a sentence before it gives up, where nobody reads it.
//
// The linker takes what is defined here before it looks into a library. Without this file the page
// works as well and is larger; the tool, which is built for node too, does without it.
#include "platform/libc_guest.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <limits>
#include <string_view>

#ifdef __EMSCRIPTEN__
#include <emscripten/em_js.h>
#endif

namespace libc_guest {
namespace {

bool is_digit(char c) {
  return '0' <= c && c <= '9';
}

/// A number is `digits` times a power of ten.
struct Decimal {
  std::uint64_t digits = 0;
  int power = 0;
};

constexpr std::uint64_t nineteen_digits = 1'000'000'000'000'000'000;

/// The first 19 digits count, which is all that 64 bits are sure to hold.
Decimal read_digits(const char*& text) {
  Decimal out;
  for (bool fraction = false; is_digit(*text) || *text == '.'; ++text) {
    if (*text == '.') {
      fraction = true;
    } else if (out.digits < nineteen_digits) {
      out.digits = out.digits * 10 + static_cast<std::uint64_t>(*text - '0');
      if (fraction) --out.power;
    } else if (!fraction) {
      ++out.power;
    }
  }
  return out;
}

int read_exponent(const char*& text) {
  if (*text != 'e' && *text != 'E') return 0;
  ++text;
  const bool negative = *text == '-';
  if (negative || *text == '+') ++text;
  // A text of 1 MB cannot make up for more than this.
  constexpr int most = 100'000'000;
  int out = 0;
  for (; is_digit(*text); ++text) {
    if (out < most) out = out * 10 + (*text - '0');
  }
  return negative ? -out : out;
}

double value_of(Decimal decimal) {
  auto [digits, power] = decimal;
  if (digits == 0) return 0;
  for (; digits < nineteen_digits; digits *= 10) --power;
  // What is larger than 1.797...e308 rounds to no double.
  constexpr std::uint64_t limit = 1'797'693'134'862'315'807;
  constexpr int limit_power = 290;
  if (power > limit_power || (power == limit_power && digits > limit)) {
    return std::numeric_limits<double>::infinity();
  }
  auto out = static_cast<double>(digits);
  for (; power > 0; --power) out *= 10;
  for (; power < 0 && out > 0; ++power) out /= 10;
  return std::min(out, std::numeric_limits<double>::max());
}

}  // namespace

double strtod(const char* text, char** end) {
  const bool negative = *text == '-';
  if (negative) ++text;
  Decimal decimal = read_digits(text);
  decimal.power += read_exponent(text);
  *end = const_cast<char*>(text);
  const double value = value_of(decimal);
  return negative ? -value : value;
}

int vsscanf(const char* text, const char* format, va_list numbers) {
  int found = 0;
  for (; *format != '\0'; ++format) {
    if (format[0] == '%' && format[1] == 'd') {
      char* end = nullptr;
      const long number = std::strtol(text, &end, 10);
      if (end == text) break;
      *va_arg(numbers, int*) = static_cast<int>(number);
      ++found;
      ++format;
      text = end;
    } else if (*format != *text++) {
      break;
    }
  }
  return found;
}

int vsnprintf(char* out, std::size_t size, const char* format, va_list values) {
  std::size_t length = 0;
  const auto put = [&](char c) {
    if (length + 1 < size) out[length] = c;
    ++length;
  };
  const auto take = [&](std::string_view conversion) {
    if (!std::string_view(format).starts_with(conversion)) return false;
    format += conversion.size();
    return true;
  };
  while (*format != '\0') {
    if (take("%s")) {
      for (const char* text = va_arg(values, const char*); *text != '\0'; ++text) put(*text);
    } else if (take("%.4X")) {
      const unsigned number = va_arg(values, unsigned);
      for (const int shift : {12, 8, 4, 0}) put("0123456789ABCDEF"[(number >> shift) % 16]);
    } else {
      put(*format++);
    }
  }
  if (size > 0) out[std::min(length, size - 1)] = '\0';
  return static_cast<int>(length);
}

}  // namespace libc_guest

#ifdef __EMSCRIPTEN__

// clang-format off
EM_JS(void, console_error, (const char* text), {
  console.error(UTF8ToString(text));
});
// clang-format on

static int report(const char* format, va_list values) {
  std::array<char, 1000> text{};
  const int length = libc_guest::vsnprintf(text.data(), text.size(), format, values);
  console_error(text.data());
  return length;
}

extern "C" {

double strtod(const char* text, char** end) {
  return libc_guest::strtod(text, end);
}

// Nobody calls these two, but libc++ names them, and the C library has all three in one object.
float strtof(const char* text, char** end) {
  return static_cast<float>(libc_guest::strtod(text, end));
}

long double strtold(const char* text, char** end) {
  return libc_guest::strtod(text, end);
}

int sscanf(const char* text, const char* format, ...) {
  va_list numbers;
  va_start(numbers, format);
  const int found = libc_guest::vsscanf(text, format, numbers);
  va_end(numbers);
  return found;
}

int snprintf(char* out, std::size_t size, const char* format, ...) {
  va_list values;
  va_start(values, format);
  const int length = libc_guest::vsnprintf(out, size, format, values);
  va_end(values);
  return length;
}

int fprintf(FILE* /*always stderr*/, const char* format, ...) {
  va_list values;
  va_start(values, format);
  const int length = report(format, values);
  va_end(values);
  return length;
}

// The compiler calls this when no value has a fraction.
int fiprintf(FILE* /*always stderr*/, const char* format, ...) {
  va_list values;
  va_start(values, format);
  const int length = report(format, values);
  va_end(values);
  return length;
}

}  // extern "C"

// libc++ lets a program define its own.
void std::__libcpp_verbose_abort(const char* /*format*/, ...) {
  std::abort();
}

#endif
