#include "core/base/parse_error.hpp"

namespace core {

std::string ParseError::text() const {
  return source + ": " + (pointer.empty() ? "" : pointer + ": ") + message;
}

}  // namespace core
