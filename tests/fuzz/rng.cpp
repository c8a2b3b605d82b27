#include "rng.hpp"

namespace fuzz {

// SplitMix64, by Sebastiano Vigna: every state is good, so that every seed is.
std::size_t Rng::below(std::size_t end) {
  if (end == 0) return 0;
  state_ += 0x9e3779b97f4a7c15U;
  std::uint64_t mixed = state_;
  mixed = (mixed ^ (mixed >> 30U)) * 0xbf58476d1ce4e5b9U;
  mixed = (mixed ^ (mixed >> 27U)) * 0x94d049bb133111ebU;
  return static_cast<std::size_t>((mixed ^ (mixed >> 31U)) % end);
}

}  // namespace fuzz
