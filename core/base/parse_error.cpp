#include "core/base/parse_error.hpp"

#include "core/base/text.hpp"

namespace core {

std::string ParseError::text() const {
  return visible(source) + ": " + (pointer.empty() ? "" : pointer + ": ") + render(message);
}

}  // namespace core
