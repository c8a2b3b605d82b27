// The words in which files and reports speak of ends and of what applications are told.
#pragma once

#include "core/tcp/tcb.hpp"

#include <string_view>

namespace core {

/// "client" or "server".
[[nodiscard]] std::string_view word(Side side);

/// "eof", "connection_reset", …
[[nodiscard]] std::string_view word(Signal signal);

}  // namespace core
