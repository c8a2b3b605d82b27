#include "core/tcp/segment.hpp"

#include <array>

namespace core {

std::string_view to_string(Flags flags) {
  static constexpr std::array<std::string_view, 16> names = {
      "",        "SYN",         "FIN",         "SYN,FIN",        "RST",     "SYN,RST",
      "FIN,RST", "SYN,FIN,RST", "ACK",         "SYN,ACK",        "FIN,ACK", "SYN,FIN,ACK",
      "RST,ACK", "SYN,RST,ACK", "FIN,RST,ACK", "SYN,FIN,RST,ACK"};
  const unsigned index =
      (flags.syn ? 1U : 0U) | (flags.fin ? 2U : 0U) | (flags.rst ? 4U : 0U) | (flags.ack ? 8U : 0U);
  return names[index];
}

}  // namespace core
