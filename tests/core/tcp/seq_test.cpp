#include "core/tcp/seq.hpp"

#include <doctest/doctest.h>

using core::Seq;

TEST_CASE("sequence numbers compare across the wrap at 2^32") {
  constexpr Seq last{0xffff'ffff};
  constexpr Seq zero{0};
  CHECK(last + 1 == zero);
  CHECK(zero - 1 == last);
  CHECK(last < zero);
  CHECK(zero > last);
  CHECK(last <= last);
  CHECK_FALSE(last >= zero);
  CHECK(zero - last == 1);
  CHECK(last - zero == -1);
  CHECK(Seq{10} < Seq{0x8000'0009});
  CHECK(Seq{0x8000'000b} < Seq{10});
}
