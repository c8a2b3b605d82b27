// The table of words: every text that a reader of the page or the tool is shown, by id. It is made
// from assets/text when the program is built. This file owns its shape; what fills a text's named
// places is the business of message.hpp.
#pragma once

#include "core/base/text_ids.hpp"

#include <span>
#include <string_view>

namespace core {

/// One entry: the text for the number one, where that differs, and the text for everything else.
struct TextForms {
  std::string_view one;  ///< empty where the entry has no plural forms
  std::string_view other;
};

/// All entries, in the order of Text.
[[nodiscard]] std::span<const TextForms> text_table();

}  // namespace core
