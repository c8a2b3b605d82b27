// What stands in the page for functions of the C library that weigh much and are hardly used.
#pragma once

#include <cstdarg>
#include <cstddef>

namespace libc_guest {

/// As strtod(), for a number that JSON allows. The parser only asks whether a number is too large
/// for a double, and whether its size is below 2^63: these answers are the C library's. A number
/// whose first 19 digits are those of the largest double's limit counts as smaller. In other
/// respects the last digits may differ.
double strtod(const char* text, char** end);

/// As vsscanf(), for whole numbers ("%d") between words that must be there as they are.
int vsscanf(const char* text, const char* format, va_list numbers);

/// As vsnprintf(), for texts ("%s") and four hexadecimal digits ("%.4X"). Any other conversion is
/// copied as it stands.
int vsnprintf(char* out, std::size_t size, const char* format, va_list values);

}  // namespace libc_guest
