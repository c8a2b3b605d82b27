#include "core/tcp/words.hpp"

namespace core {

std::string_view word(Side side) {
  return side == Side::Client ? "client" : "server";
}

std::string_view word(Signal signal) {
  switch (signal) {
    case Signal::Eof: return "eof";
    case Signal::ConnectionReset: return "connection_reset";
    case Signal::ConnectionRefused: return "connection_refused";
    case Signal::TimedOut: return "timed_out";
    case Signal::Closed: return "closed";
  }
  return {};
}

}  // namespace core
