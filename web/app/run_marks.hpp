// Run marks: what stands in the row of one step, with its words. A part of the run facts.
#pragma once

#include "app/run_facts.hpp"

namespace app {

[[nodiscard]] std::vector<Mark> marks_of(const core::Timeline& timeline, const core::Step& step);

}  // namespace app
