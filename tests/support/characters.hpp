// Characters that are hard to show, for tests.
#pragma once

#include <string>
#include <vector>

namespace characters {

/// The marks that change the direction of text (Unicode Standard Annex 9).
inline const std::vector<char32_t> bidi_marks = {0x061c, 0x200e, 0x200f, 0x202a, 0x202b, 0x202c,
                                                 0x202d, 0x202e, 0x2066, 0x2067, 0x2068, 0x2069};

/// A character in UTF-8 (RFC 3629, section 3).
[[nodiscard]] inline std::string utf8(char32_t point) {
  std::string out;
  const auto add = [&](char32_t byte) {
    out += static_cast<char>(static_cast<unsigned char>(byte));
  };
  if (point < 0x80) {
    add(point);
  } else if (point < 0x800) {
    add(0xc0U | (point >> 6U));
  } else if (point < 0x10000) {
    add(0xe0U | (point >> 12U));
    add(0x80U | ((point >> 6U) & 0x3fU));
  } else {
    add(0xf0U | (point >> 18U));
    add(0x80U | ((point >> 12U) & 0x3fU));
    add(0x80U | ((point >> 6U) & 0x3fU));
  }
  if (point >= 0x80) add(0x80U | (point & 0x3fU));
  return out;
}

}  // namespace characters
