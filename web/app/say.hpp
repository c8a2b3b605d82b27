// Say: one text of the table with its places filled, for callers that need the words at once:
// `Say(Text::stage_end_of).with("side", side).with("words", words).text()`. Each place is filled
// out of line, which keeps the many calls small.
#pragma once

#include "core/base/message.hpp"

#include <cstdint>
#include <string>
#include <string_view>

namespace app {

class Say {
 public:
  explicit Say(core::Text id);

  Say& with(std::string_view place, std::string_view words);
  Say& with(std::string_view place, std::int64_t number);
  Say& with(std::string_view place, core::Grouped number);
  Say& with(std::string_view place, core::Text text);
  Say& with(std::string_view place, core::Duration time);

  [[nodiscard]] std::string text() const;

 private:
  core::Message message_;
};

}  // namespace app
