// figure(): a run as a ladder of text, in the manner of RFC 9293's figures 12 and 13.
#pragma once

#include "core/sim/timeline.hpp"

#include <string>

namespace core {

/// The ladder, ASCII only; ends with a newline. 80 columns, but a line with large numbers, or with
/// what a call of the server was answered, is longer: 102 at most.
[[nodiscard]] std::string figure(const Timeline& timeline);

}  // namespace core
