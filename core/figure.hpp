// figure(): a run as a ladder of text, in the manner of RFC 9293's figures 12 and 13.
#pragma once

#include "core/timeline.hpp"

#include <string>

namespace core {

/// The ladder, 80 columns at most, ASCII only; ends with a newline.
[[nodiscard]] std::string figure(const Timeline& timeline);

}  // namespace core
