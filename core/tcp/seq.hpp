// Seq: one of TCP's 32-bit sequence numbers, which wrap (RFC 9293 3.4). This file owns their
// arithmetic and comparison, so that no other file can compare two of them as plain integers.
#pragma once

#include <cstdint>

namespace core {

/// A sequence number. Comparisons are modulo 2^32 and mean something only for numbers less than
/// 2^31 apart, as TCP guarantees for the numbers of one connection; they are no order for a map.
struct Seq {
  std::uint32_t value = 0;

  friend constexpr bool operator==(Seq, Seq) = default;
};

constexpr Seq operator+(Seq seq, std::uint32_t octets) {
  return {seq.value + octets};
}
constexpr Seq operator-(Seq seq, std::uint32_t octets) {
  return {seq.value - octets};
}

/// How far `a` lies beyond `b`; negative when it lies before.
constexpr std::int32_t operator-(Seq a, Seq b) {
  return static_cast<std::int32_t>(a.value - b.value);
}

constexpr bool operator<(Seq a, Seq b) {
  return a - b < 0;
}
constexpr bool operator<=(Seq a, Seq b) {
  return a - b <= 0;
}
constexpr bool operator>(Seq a, Seq b) {
  return a - b > 0;
}
constexpr bool operator>=(Seq a, Seq b) {
  return a - b >= 0;
}

}  // namespace core
