// fuzz_scenario: a scenario file. The input is its text.
#include "json_mutator.hpp"
#include "laws.hpp"
#include "libfuzzer.hpp"

#include <algorithm>
#include <cstdint>
#include <string>
#include <string_view>

namespace {

std::string_view text_of(const std::uint8_t* data, std::size_t size) {
  return {reinterpret_cast<const char*>(data), size};
}

std::size_t hand_over(const std::string& text, std::uint8_t* data, std::size_t most) {
  std::copy_n(text.begin(), std::min(text.size(), most), data);
  return std::min(text.size(), most);
}

}  // namespace

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  constexpr std::string_view source = "fuzz";
  const std::string_view text = text_of(data, size);
  const auto scenario = core::parse_scenario(text, source);
  if (!scenario) {
    fuzz::check_complaints(scenario.error(), text, source);
  } else {
    fuzz::check_run({.scenario = *scenario, .knobs = {}, .edits = {}});
  }
  return 0;
}

std::size_t LLVMFuzzerCustomMutator(std::uint8_t* data, std::size_t size, std::size_t most,
                                    unsigned seed) {
  fuzz::Rng rng(seed);
  return hand_over(fuzz::mutated(text_of(data, size), fuzz::Part::Scenario, most, rng), data, most);
}

std::size_t LLVMFuzzerCustomCrossOver(const std::uint8_t* data, std::size_t size,
                                      const std::uint8_t* other, std::size_t other_size,
                                      std::uint8_t* out, std::size_t most, unsigned seed) {
  fuzz::Rng rng(seed);
  return hand_over(fuzz::crossed(text_of(data, size), text_of(other, other_size), rng), out, most);
}
