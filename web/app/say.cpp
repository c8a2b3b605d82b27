#include "app/say.hpp"

namespace app {

Say::Say(core::Text id) : message_{id} {}

Say& Say::with(std::string_view place, std::string_view words) {
  message_.arguments.push_back({place, std::string(words)});
  return *this;
}

Say& Say::with(std::string_view place, std::int64_t number) {
  message_.arguments.push_back({place, number});
  return *this;
}

Say& Say::with(std::string_view place, core::Grouped number) {
  message_.arguments.push_back({place, number});
  return *this;
}

Say& Say::with(std::string_view place, core::Text text) {
  message_.arguments.push_back({place, text});
  return *this;
}

Say& Say::with(std::string_view place, core::Duration time) {
  message_.arguments.push_back({place, time});
  return *this;
}

std::string Say::text() const {
  return core::render(message_);
}

}  // namespace app
