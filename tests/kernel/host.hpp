// Host: one of two real kernels' worth of network, which is a network namespace with one TUN device
// in it. This file owns the namespace, the device, and how a socket's state is asked for. A
// namespace lives as long as its descriptors: nothing is left behind, however the program ends.
#pragma once

#include "packet.hpp"

#include "core/tcp/state.hpp"

#include <cstdint>
#include <expected>
#include <optional>
#include <string>
#include <utility>

namespace kernel {

/// A file descriptor that closes itself.
class Descriptor {
 public:
  explicit Descriptor(int fd = -1) : fd_(fd) {}
  Descriptor(Descriptor&& from) noexcept : fd_(std::exchange(from.fd_, -1)) {}
  Descriptor& operator=(Descriptor&& from) noexcept;
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  ~Descriptor() { close(); }

  void close();
  [[nodiscard]] int get() const { return fd_; }
  [[nodiscard]] bool open() const { return fd_ >= 0; }

 private:
  int fd_;
};

/// Where an end of the connection is, in the order of the machine.
struct Socket {
  std::uint32_t address = 0;
  std::uint16_t port = 0;
};

/// What the kernel says of a connection.
struct Standing {
  core::State state = core::State::Closed;
  bool timer = false;        ///< a timer runs, other than that for a delayed ACK
  std::uint32_t unread = 0;  ///< octets that the application has not read
  std::uint32_t queued = 0;  ///< octets that the peer has not acknowledged
};

/// What a person may set before the connection begins; the kernel's own figures otherwise.
struct Settings {
  std::optional<int> fin_timeout_s;    ///< tcp_fin_timeout
  std::optional<bool> rst_is_ignored;  ///< tcp_rfc1337
};

class Host {
 public:
  /// Moves the program into a new namespace and opens everything that it needs of it; or says, in a
  /// sentence, why that cannot be.
  [[nodiscard]] static std::expected<Host, std::string> make(const Socket& own, const Socket& peer,
                                                             const Settings& settings);

  [[nodiscard]] int device() const { return device_.get(); }
  /// A TCP socket in this namespace, bound to its address; it never blocks. Opened by make().
  [[nodiscard]] Descriptor& socket() { return socket_; }

  /// A packet that the kernel has sent.
  [[nodiscard]] std::optional<Bytes> take();
  /// A packet for the kernel. It has been processed when this returns.
  void give(const Bytes& packet);

  /// The connection, also when nobody holds its descriptor; or why the kernel does not say.
  [[nodiscard]] std::expected<Standing, std::string> standing();

 private:
  Socket own_;
  Socket peer_;
  Descriptor device_;
  Descriptor diagnosis_;
  Descriptor socket_;
};

}  // namespace kernel
