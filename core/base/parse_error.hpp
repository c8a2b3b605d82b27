// ParseError: what is wrong with a text from outside, and where. Whoever reads something returns
// either its value or all of its errors.
#pragma once

#include "core/base/message.hpp"

#include <expected>
#include <string>
#include <vector>

namespace core {

/// One thing that is wrong, and where. The pointer is a JSON pointer (RFC 6901).
struct ParseError {
  std::string source;   ///< the file's name, or "--edits"
  std::string pointer;  ///< empty for the whole text; safe to show
  Message message;

  /// "lost.json: /script/2/side: expected …", safe to show.
  [[nodiscard]] std::string text() const;
};
template <typename T>
using Parsed = std::expected<T, std::vector<ParseError>>;

}  // namespace core
