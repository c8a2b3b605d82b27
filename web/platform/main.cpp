// The WebAssembly program: opens the window and connects the stage to the page, which then asks
// for frames when it wants them.
#include "platform/bridge.hpp"
#include "platform/window.hpp"

int main() {
  if (!platform::open()) return 1;
  static Stage stage;
  bridge::connect(stage);
  return 0;
}
