// fuzz_edits: what a reader does to a scenario of the catalogue. The input is text in three parts,
// between which stands a line "---": the scenario's id (any other bytes choose one too), a list of
// edits, and knobs. Parts may be missing.
#include "json_mutator.hpp"
#include "laws.hpp"
#include "libfuzzer.hpp"

#include "core/scenario/catalogue.hpp"

#include <algorithm>
#include <array>
#include <cassert>
#include <cstdint>
#include <string>
#include <string_view>

namespace {

constexpr std::string_view line_between = "\n---\n";

struct Input {
  std::string_view id;
  std::string_view edits = "[]";
  std::string_view knobs = "{}";
};

Input input_of(const std::uint8_t* data, std::size_t size) {
  std::string_view rest(reinterpret_cast<const char*>(data), size);
  Input input;
  for (std::string_view* part : {&input.id, &input.edits, &input.knobs}) {
    const std::size_t end = rest.find(line_between);
    *part = rest.substr(0, end);
    if (end == std::string_view::npos) break;
    rest.remove_prefix(end + line_between.size());
  }
  return input;
}

std::size_t hand_over(const std::string& id, const std::string& edits, const std::string& knobs,
                      std::uint8_t* data, std::size_t most) {
  std::string text = id;
  text += line_between;
  text += edits;
  text += line_between;
  text += knobs;
  std::copy_n(text.begin(), std::min(text.size(), most), data);
  return std::min(text.size(), most);
}

const core::CatalogueFile& file_of(std::string_view id) {
  if (const core::CatalogueFile* file = core::catalogue_file(id)) return *file;
  std::size_t sum = 0;
  for (const char c : id) sum += static_cast<unsigned char>(c);
  return core::catalogue()[sum % core::catalogue().size()];
}

}  // namespace

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const Input input = input_of(data, size);
  const auto edits = core::parse_edits(input.edits, "--edits");
  if (!edits) fuzz::check_complaints(edits.error(), input.edits, "--edits");
  const auto knobs = core::parse_knobs(input.knobs, "--knobs");
  if (!knobs) fuzz::check_complaints(knobs.error(), input.knobs, "--knobs");
  if (!edits || !knobs) return 0;
  const core::CatalogueFile& file = file_of(input.id);
  const auto scenario = core::parse_scenario(file.json, file.name);
  fuzz::expect(scenario.has_value(), "a scenario of the catalogue can be read", file.name);
  fuzz::check_run({.scenario = *scenario, .knobs = *knobs, .edits = *edits});
  return 0;
}

std::size_t LLVMFuzzerCustomMutator(std::uint8_t* data, std::size_t size, std::size_t most,
                                    unsigned seed) {
  fuzz::Rng rng(seed);
  const Input input = input_of(data, size);
  std::string id(input.id);
  std::string edits(input.edits);
  std::string knobs(input.knobs);
  // Each part has its share of the room.
  const std::size_t share = most / 3;
  const std::size_t choice = rng.below(8);
  if (choice == 0) {
    id = rng.one_of(core::catalogue()).id();
  } else if (choice <= 2) {
    knobs = fuzz::mutated(input.knobs, fuzz::Part::Knobs, share, rng);
  } else {
    edits = fuzz::mutated(input.edits, fuzz::Part::Edits, share, rng);
  }
  return hand_over(id, edits, knobs, data, most);
}

std::size_t LLVMFuzzerCustomCrossOver(const std::uint8_t* data, std::size_t size,
                                      const std::uint8_t* other, std::size_t other_size,
                                      std::uint8_t* out, std::size_t most, unsigned seed) {
  fuzz::Rng rng(seed);
  const Input first = input_of(data, size);
  const Input second = input_of(other, other_size);
  const bool whole = rng.once_in(2);
  return hand_over(
      std::string(first.id),
      whole ? std::string(second.edits) : fuzz::crossed(first.edits, second.edits, rng),
      whole ? std::string(first.knobs) : fuzz::crossed(first.knobs, second.knobs, rng), out, most);
}
