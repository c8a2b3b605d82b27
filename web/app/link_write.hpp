// Writing links, in the grammar that link.hpp reads.
#pragma once

#include "app/link.hpp"

#include <string>

namespace app {

/// The link to what is shown at this moment: scenario, step, and what the reader has set. A file of
/// the reader's own cannot be named: its link has no scenario, and is a change to be asked for when
/// the file is on the stage again. What is at its default is left out.
[[nodiscard]] Link link_to(const Model& model);

/// `v=1&scenario=lost-final-ack&step=4&theme=dark`: read_link() gives the same link back.
[[nodiscard]] std::string write_link(const Link& link);

}  // namespace app
