// Rng: how the mutators choose. The same seed draws the same everywhere, so that a run of a fuzzer
// can be repeated.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

namespace fuzz {

class Rng {
 public:
  explicit Rng(std::uint32_t seed) : state_(seed * 2'654'435'761U + 1) {}

  /// A number from 0 up to, and not including, `end`; 0 when there is none.
  std::size_t below(std::size_t end);
  bool once_in(std::size_t times) { return below(times) == 0; }
  /// One of some; there must be some.
  template <typename T, std::size_t Extent>
  const T& one_of(std::span<const T, Extent> all) {
    return all[below(all.size())];
  }
  template <typename All>
  const auto& one_of(const All& all) {
    return one_of(std::span(all));
  }

 private:
  std::uint64_t state_;
};

}  // namespace fuzz
