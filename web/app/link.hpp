// The link grammar, version 1: what follows # in a link, and what the page says to the stage. Links
// live forever: keys are added, never changed. This file owns reading them.
#pragma once

#include "app/model.hpp"
#include "core/base/message.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace app {

/// What a link asks for; a key that is not in it asks for nothing.
struct Link {
  std::optional<std::string> scenario = {};  ///< the id of one in the catalogue
  std::optional<int> step = {};              ///< from 1
  std::optional<ThemeChoice> theme = {};
  std::optional<float> speed = {};
  std::optional<bool> real_numbers = {};
  std::optional<bool> preview = {};     ///< what is to come shows as a ghost
  std::optional<bool> pause_each = {};  ///< playing pauses after each step
  bool play = false;
  std::vector<core::Message> problems = {};  ///< one for each key that cannot be followed
};

/// Reads `v=1&scenario=lost-final-ack&step=4&theme=dark`, with or without the #, percent-encoded
/// or not. One word without any "=" may be the id of a scenario.
[[nodiscard]] Link read_link(std::string_view fragment);

}  // namespace app
