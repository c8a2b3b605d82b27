// bench: how long one run of each scenario takes, from a Run to its Timeline. Prints a line per
// scenario: id, tab, median in microseconds. scripts/measure reads it.
#include "core/scenario/catalogue.hpp"
#include "core/sim/simulation.hpp"

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <string>
#include <vector>

int main() {
  constexpr std::size_t rounds = 201;
  for (const core::CatalogueFile& file : core::catalogue()) {
    const auto scenario = core::parse_scenario(file.json, file.name);
    if (!scenario) return 1;
    const core::Run run = {.scenario = *scenario, .knobs = {}, .edits = {}};
    std::vector<double> took;
    std::size_t steps = 0;
    for (std::size_t i = 0; i < rounds; ++i) {
      const auto start = std::chrono::steady_clock::now();
      steps += core::simulate(run).steps.size();
      const auto end = std::chrono::steady_clock::now();
      took.push_back(std::chrono::duration<double, std::micro>(end - start).count());
    }
    if (steps == 0) return 1;
    std::ranges::sort(took);
    std::printf("%s\t%.1f\n", std::string(file.id()).c_str(), took[rounds / 2]);
  }
}
