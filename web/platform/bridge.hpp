// Bridge: where page and stage meet. The page calls the functions that bridge.cpp exports, in the
// words of the address grammar; after a frame that changed something the stage sends the page one
// snapshot, from which caption, notices and the twin of the canvas are made.
#pragma once

#include "platform/stage.hpp"

namespace bridge {

/// From here on the page's calls reach this stage. It must live as long as the page.
void connect(Stage& stage);

}  // namespace bridge
