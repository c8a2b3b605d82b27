// What a fuzzer and libFuzzer call of one another, as libFuzzer documents it.
#pragma once

#include <cstddef>
#include <cstdint>

extern "C" {

// Defined by a fuzzer: one input tried, an input changed, and two of them crossed.
int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);
std::size_t LLVMFuzzerCustomMutator(std::uint8_t* data, std::size_t size, std::size_t most,
                                    unsigned seed);
std::size_t LLVMFuzzerCustomCrossOver(const std::uint8_t* data, std::size_t size,
                                      const std::uint8_t* other, std::size_t other_size,
                                      std::uint8_t* out, std::size_t most, unsigned seed);

// Defined by libFuzzer: its own changes, of bytes.
std::size_t LLVMFuzzerMutate(std::uint8_t* data, std::size_t size, std::size_t most);
}
