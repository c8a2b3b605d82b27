#include "opening.hpp"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/socket.h>

#include <algorithm>

namespace kernel {
namespace {

constexpr std::array<core::Side, 2> both_sides = {core::Side::Client, core::Side::Server};
constexpr std::uint32_t request_octets = 120;
constexpr std::uint32_t answer_octets = 300;
constexpr double longest_ms = 5'000;

core::Time timeout_of(int socket) {
  tcp_info info = {};
  socklen_t size = sizeof info;
  ::getsockopt(socket, IPPROTO_TCP, TCP_INFO, &info, &size);
  return std::max<core::Time>(info.tcpi_rto / 1'000, 1);
}

class Opening {
 public:
  Opening(std::array<Host, 2>& hosts, Wire& wire, const Clock& clock)
      : hosts_(hosts), wire_(wire), clock_(clock) {}

  /// The three segments of opening. Gives what accept() gave, or nothing.
  [[nodiscard]] Descriptor connect();
  /// Lets one application send octets that the other one reads, or not.
  [[nodiscard]] bool exchange(core::Side from, std::uint32_t octets, bool read);
  [[nodiscard]] bool talk(const core::Scenario& scenario);

  Opened opened;
  std::string failure;

 private:
  [[nodiscard]] bool look();
  [[nodiscard]] bool pass_until(const std::function<bool()>& holds);

  std::array<Host, 2>& hosts_;
  Wire& wire_;
  const Clock& clock_;
  std::array<Standing, 2> standing_;
};

bool Opening::look() {
  for (const core::Side side : both_sides) {
    auto standing = hosts_[index(side)].standing();
    if (!standing) {
      failure = standing.error() + ".";
      return false;
    }
    standing_[index(side)] = *standing;
  }
  return true;
}

bool Opening::pass_until(const std::function<bool()>& holds) {
  for (const double limit = clock_() + longest_ms; clock_() < limit;) {
    wire_.take();
    wire_.pass_on();
    if (!look()) return false;
    if (wire_.silent(0) && holds()) return true;
    wire_.wait();
  }
  failure = "The kernels open no connection that octets come through, or do not tell of it.";
  return false;
}

Descriptor Opening::connect() {
  const Descriptor& listener = hosts_[1].socket();
  sockaddr_in server = {};
  socklen_t size = sizeof server;
  ::listen(listener.get(), 1);
  ::getsockname(listener.get(), reinterpret_cast<sockaddr*>(&server), &size);
  // It has only begun: the sockets do not block. Whether it succeeds, pass_until() sees.
  static_cast<void>(
      ::connect(hosts_[0].socket().get(), reinterpret_cast<const sockaddr*>(&server), size));
  Descriptor accepted;
  const bool opened_now = pass_until([&] {
    if (!accepted.open()) {
      accepted =
          Descriptor(::accept4(listener.get(), nullptr, nullptr, SOCK_NONBLOCK | SOCK_CLOEXEC));
    }
    return accepted.open() && std::ranges::all_of(standing_, [](const Standing& one) {
             return one.state == core::State::Established;
           });
  });
  return opened_now ? std::move(accepted) : Descriptor();
}

bool Opening::exchange(core::Side from, std::uint32_t octets, bool read) {
  std::vector<Performed> unnoted;
  const core::Side to = core::other(from);
  opened.applications[index(from)].perform(core::SendOctets{octets}, 0, unnoted);
  opened.sent_before[index(from)] += octets;
  const bool there = pass_until(
      [&] { return standing_[index(to)].unread == octets && standing_[index(from)].queued == 0; });
  if (there && read) opened.applications[index(to)].perform(core::ReceiveOctets{}, 0, unnoted);
  return there;
}

/// A request and an answer: a kernel delays its ACK of a FIN only if data have come before. Then
/// what the scenario wants to be unread.
bool Opening::talk(const core::Scenario& scenario) {
  if (!exchange(core::Side::Client, request_octets, true)) return false;
  if (!exchange(core::Side::Server, answer_octets, true)) return false;
  return std::ranges::all_of(both_sides, [&](core::Side side) {
    const std::uint32_t unread = scenario.start[index(side)].unread;
    return unread == 0 || exchange(core::other(side), unread, false);
  });
}

}  // namespace

std::expected<Opened, std::string> open_connection(std::array<Host, 2>& hosts,
                                                   const core::Scenario& scenario, Wire& wire,
                                                   const Clock& clock) {
  Opening opening(hosts, wire, clock);
  std::array<Descriptor, 2> sockets;
  sockets[1] = opening.connect();
  if (!sockets[1].open()) return std::unexpected(opening.failure);
  sockets[0] = std::move(hosts[0].socket());
  hosts[1].socket().close();  // a listener that is still there would be taken for the connection
  std::array<int, 2> numbers = {};
  for (const core::Side side : both_sides) {
    numbers[index(side)] = sockets[index(side)].get();
    opening.opened.applications.emplace_back(side, std::move(sockets[index(side)]),
                                             scenario.start[index(side)].reads_at_once);
  }
  if (!opening.talk(scenario)) return std::unexpected(opening.failure);
  for (const core::Side side : both_sides) {
    opening.opened.rto_ms[index(side)] = timeout_of(numbers[index(side)]);
  }
  return std::move(opening.opened);
}

}  // namespace kernel
