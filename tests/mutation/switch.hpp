// The switch between the mutants of one program: at most one is on. Included before the first line
// of every source that has mutants.
#pragma once

namespace mutation {

/// Says whether this mutant is on, and notes that the program came here.
bool asked(int mutant);

/// In a constant expression nothing can be switched.
constexpr bool on(int mutant) {
  if consteval {
    return false;
  } else {
    return asked(mutant);
  }
}

}  // namespace mutation
