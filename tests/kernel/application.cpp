#include "application.hpp"

#include <poll.h>
#include <sys/socket.h>

#include <cerrno>
#include <variant>

namespace kernel {
namespace {

/// The engine's word for what an error tells of the connection, or the error's own name.
std::string error_text(int error) {
  switch (error) {
    case ECONNRESET: return "connection_reset";
    case ECONNREFUSED: return "connection_refused";
    case ETIMEDOUT: return "timed_out";
    case EAGAIN: return "EAGAIN";
    case EPIPE: return "EPIPE";
    case ENOTCONN: return "ENOTCONN";
    default: return "error " + std::to_string(error);
  }
}

std::string call_text(const core::Call& call) {
  std::string name(core::to_string(call));
  if (const auto* send = std::get_if<core::SendOctets>(&call)) {
    return name + " " + std::to_string(send->octets);
  }
  if (const auto* shutdown = std::get_if<core::Shutdown>(&call)) {
    return name + (shutdown->how == core::ShutdownHow::Write  ? " write"
                   : shutdown->how == core::ShutdownHow::Read ? " read"
                                                              : " both");
  }
  return name;
}

std::string ok(int result) {
  return result < 0 ? error_text(errno) : "ok";
}

std::string send_octets(int socket, std::size_t octets) {
  const std::vector<char> text(octets, 'x');
  const ssize_t sent = ::send(socket, text.data(), octets, MSG_NOSIGNAL);
  if (sent < 0) return error_text(errno);
  if (static_cast<std::size_t>(sent) == octets) return "ok";
  return std::to_string(sent) + " octets";
}

std::string shut_down(int socket, core::ShutdownHow how) {
  return ok(::shutdown(socket, how == core::ShutdownHow::Write  ? SHUT_WR
                               : how == core::ShutdownHow::Read ? SHUT_RD
                                                                : SHUT_RDWR));
}

/// The socket's next close() resets the connection.
void make_abortive(int socket) {
  const linger at_once = {.l_onoff = 1, .l_linger = 0};
  ::setsockopt(socket, SOL_SOCKET, SO_LINGER, &at_once, sizeof at_once);
}

}  // namespace

std::string Application::receive(std::size_t most) {
  std::vector<char> text(most);
  const ssize_t got = ::recv(socket_.get(), text.data(), most, 0);
  if (got < 0) return error_text(errno);
  return got == 0 ? "eof" : std::to_string(got) + " octets";
}

std::string Application::result_of(const core::Call& call) {
  if (!socket_.open()) return "EBADF";
  if (const auto* send = std::get_if<core::SendOctets>(&call)) {
    return send_octets(socket_.get(), send->octets);
  }
  if (const auto* receive_call = std::get_if<core::ReceiveOctets>(&call)) {
    return receive(receive_call->octets.value_or(1U << 20U));
  }
  if (const auto* shutdown = std::get_if<core::Shutdown>(&call)) {
    if (shutdown->how != core::ShutdownHow::Write) reads_ = false;
    return shut_down(socket_.get(), shutdown->how);
  }
  if (std::holds_alternative<core::Abort>(call)) make_abortive(socket_.get());
  reads_ = watches_ = false;
  socket_.close();
  return "ok";
}

void Application::perform(const core::Call& call, double now_ms, std::vector<Performed>& calls) {
  calls.push_back({side_, call_text(call), result_of(call), now_ms});
}

void Application::hear(double now_ms, std::vector<Performed>& calls) {
  while (reads_) {
    const std::string result = receive(1U << 16U);
    if (result == "EAGAIN") return;
    reads_ = result.ends_with(" octets");
    watches_ = result == "eof";
    calls.push_back({side_, "recv", result, now_ms});
  }
  pollfd waiting = {.fd = socket_.get(), .events = 0, .revents = 0};
  if (!watches_ || ::poll(&waiting, 1, 0) <= 0 || (waiting.revents & POLLERR) == 0) return;
  watches_ = false;
  int error = 0;
  socklen_t size = sizeof error;
  ::getsockopt(socket_.get(), SOL_SOCKET, SO_ERROR, &error, &size);
  // A reset in CLOSE_WAIT has this name.
  calls.push_back({side_, "poll", error == EPIPE ? "connection_reset" : error_text(error), now_ms});
}

}  // namespace kernel
