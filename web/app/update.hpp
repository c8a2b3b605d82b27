// update(): the only code that changes the Model.
#pragma once

#include "app/command.hpp"
#include "app/model.hpp"

namespace app {

/// Carries out one command. What cannot be done as asked is done as nearly as possible, and a
/// notice says so.
void update(Model& model, const Command& command);

}  // namespace app
