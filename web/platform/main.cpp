// The WebAssembly program: opens the window and connects the stage to the page, which then asks
// for frames when it wants them.
#include "platform/bridge.hpp"
#include "platform/window.hpp"

int main() {
  if (!platform::open()) return 1;
  static Stage running;
  bridge::connect(running);
  return 0;
}
