#include "switch.hpp"

#include <cstdio>
#include <cstdlib>
#include <vector>

// TEARDOWN_MUTANT is the number of the mutant that is on. TEARDOWN_MUTANTS_REACHED is a file to
// which the numbers of all mutants that the program comes to are written at its end.

namespace mutation {
namespace {

int chosen = 0;
std::vector<bool>* reached = nullptr;

void write_reached() {
  std::FILE* file = std::fopen(std::getenv("TEARDOWN_MUTANTS_REACHED"), "w");
  if (file == nullptr) std::abort();
  for (std::size_t mutant = 0; mutant < reached->size(); ++mutant) {
    if ((*reached)[mutant]) std::fprintf(file, "%zu\n", mutant);
  }
  std::fclose(file);
}

// Before the constructors of other sources, which may come to mutants.
[[gnu::constructor(101)]] void read_environment() {
  if (const char* number = std::getenv("TEARDOWN_MUTANT")) chosen = std::atoi(number);
  if (std::getenv("TEARDOWN_MUTANTS_REACHED") == nullptr) return;
  reached = new std::vector<bool>;
  std::atexit(write_reached);
}

}  // namespace

bool asked(int mutant) {
  if (reached != nullptr) {
    const auto index = static_cast<std::size_t>(mutant);
    if (index >= reached->size()) reached->resize(index + 1);
    (*reached)[index] = true;
  }
  return mutant == chosen;
}

}  // namespace mutation
