#include "host.hpp"

#include <arpa/inet.h>
#include <fcntl.h>
#include <linux/if_tun.h>
#include <linux/inet_diag.h>
#include <linux/netlink.h>
#include <linux/sock_diag.h>
#include <net/if.h>
#include <netinet/in.h>
#include <sched.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <string_view>

namespace kernel {
namespace {

constexpr std::size_t largest_packet = 65'536;
// 1460 octets of data fit into a segment, beside two headers and timestamps: as in the engine.
constexpr int mtu = 1'512;

std::string because(std::string_view what) {
  return std::string(what) + ": " + std::strerror(errno);
}

sockaddr_in address_of(const Socket& socket) {
  sockaddr_in out = {};
  out.sin_family = AF_INET;
  out.sin_port = htons(socket.port);
  out.sin_addr.s_addr = htonl(socket.address);
  return out;
}

bool write_setting(const char* path, int value) {
  const Descriptor file(::open(path, O_WRONLY | O_CLOEXEC));
  const std::string text = std::to_string(value);
  return file.open() && ::write(file.get(), text.data(), text.size()) >= 0;
}

/// A device that is up and has an address; the peer is its neighbour.
std::expected<Descriptor, std::string> make_device(const Socket& own) {
  Descriptor device(::open("/dev/net/tun", O_RDWR | O_NONBLOCK | O_CLOEXEC));
  if (!device.open()) return std::unexpected(because("/dev/net/tun cannot be opened"));
  ifreq request = {};
  std::strcpy(request.ifr_name, "wire");
  request.ifr_flags = static_cast<short>(IFF_TUN | IFF_NO_PI);
  if (::ioctl(device.get(), TUNSETIFF, &request) < 0) {
    return std::unexpected(because("no TUN device can be made"));
  }
  const Descriptor socket(::socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0));
  const auto set = [&](unsigned long what) { return ::ioctl(socket.get(), what, &request) == 0; };
  const sockaddr_in address = address_of({own.address, 0});
  const sockaddr_in mask = address_of({0xffffff00U, 0});
  std::memcpy(&request.ifr_addr, &address, sizeof address);
  bool good = set(SIOCSIFADDR);
  std::memcpy(&request.ifr_netmask, &mask, sizeof mask);
  good = good && set(SIOCSIFNETMASK);
  request.ifr_mtu = mtu;
  good = good && set(SIOCSIFMTU);
  request.ifr_flags = static_cast<short>(IFF_UP | IFF_RUNNING);
  if (!good || !set(SIOCSIFFLAGS)) return std::unexpected(because("a TUN device stays down"));
  return device;
}

core::State state_of(unsigned number) {
  // In the order of the kernel's own numbers, from 1.
  static constexpr std::array states = {
      core::State::Established, core::State::SynSent,   core::State::SynReceived,
      core::State::FinWait1,    core::State::FinWait2,  core::State::TimeWait,
      core::State::Closed,      core::State::CloseWait, core::State::LastAck,
      core::State::Listen,      core::State::Closing,   core::State::SynReceived};
  return number >= 1 && number <= states.size() ? states[number - 1] : core::State::Closed;
}

struct Question {
  nlmsghdr header = {};
  inet_diag_req_v2 request = {};
};

Question question_about(const Socket& own, const Socket& peer) {
  Question question;
  question.header.nlmsg_len = sizeof question;
  question.header.nlmsg_type = SOCK_DIAG_BY_FAMILY;
  question.header.nlmsg_flags = NLM_F_REQUEST;
  question.request.sdiag_family = AF_INET;
  question.request.sdiag_protocol = IPPROTO_TCP;
  question.request.idiag_states = ~0U;
  inet_diag_sockid& id = question.request.id;
  id.idiag_sport = htons(own.port);
  id.idiag_dport = htons(peer.port);
  id.idiag_src[0] = htonl(own.address);
  id.idiag_dst[0] = htonl(peer.address);
  id.idiag_cookie[0] = id.idiag_cookie[1] = INET_DIAG_NOCOOKIE;
  return question;
}

}  // namespace

Descriptor& Descriptor::operator=(Descriptor&& from) noexcept {
  if (this != &from) {
    close();
    fd_ = std::exchange(from.fd_, -1);
  }
  return *this;
}

void Descriptor::close() {
  if (fd_ >= 0) ::close(std::exchange(fd_, -1));
}

std::expected<Host, std::string> Host::make(const Socket& own, const Socket& peer,
                                            const Settings& settings) {
  if (::unshare(CLONE_NEWNET) < 0) {
    return std::unexpected(because("a network namespace cannot be made here"));
  }
  Host host;
  host.own_ = own;
  host.peer_ = peer;
  auto device = make_device(own);
  if (!device) return std::unexpected(device.error());
  host.device_ = *std::move(device);
  // /proc shows the settings of the namespace in which the program is now.
  if (settings.fin_timeout_s &&
      !write_setting("/proc/sys/net/ipv4/tcp_fin_timeout", *settings.fin_timeout_s)) {
    return std::unexpected(because("tcp_fin_timeout cannot be set"));
  }
  if (settings.rst_is_ignored &&
      !write_setting("/proc/sys/net/ipv4/tcp_rfc1337", *settings.rst_is_ignored ? 1 : 0)) {
    return std::unexpected(because("tcp_rfc1337 cannot be set"));
  }
  host.diagnosis_ = Descriptor(::socket(AF_NETLINK, SOCK_DGRAM | SOCK_CLOEXEC, NETLINK_SOCK_DIAG));
  host.socket_ = Descriptor(::socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0));
  const sockaddr_in address = address_of(own);
  if (!host.diagnosis_.open() || !host.socket_.open() ||
      ::bind(host.socket_.get(), reinterpret_cast<const sockaddr*>(&address), sizeof address) < 0) {
    return std::unexpected(because("a socket cannot be made"));
  }
  return host;
}

std::optional<Bytes> Host::take() {
  Bytes packet(largest_packet);
  const ssize_t size = ::read(device_.get(), packet.data(), packet.size());
  if (size <= 0) return std::nullopt;
  packet.resize(static_cast<std::size_t>(size));
  return packet;
}

void Host::give(const Bytes& packet) {
  // What does not fit is lost, as on any wire; the comparison shows it.
  (void)!::write(device_.get(), packet.data(), packet.size());
}

std::expected<Standing, std::string> Host::standing() {
  const Question question = question_about(own_, peer_);
  alignas(nlmsghdr) std::array<char, 4096> answer = {};
  if (::send(diagnosis_.get(), &question, sizeof question, 0) < 0) {
    return std::unexpected(because("the kernel cannot be asked for a socket's state"));
  }
  const ssize_t size = ::recv(diagnosis_.get(), answer.data(), answer.size(), 0);
  if (size < static_cast<ssize_t>(sizeof(nlmsghdr))) {
    return std::unexpected(because("the kernel does not tell a socket's state"));
  }
  nlmsghdr header = {};
  std::memcpy(&header, answer.data(), sizeof header);
  if (header.nlmsg_type == NLMSG_ERROR) {
    nlmsgerr error = {};
    std::memcpy(&error, answer.data() + NLMSG_HDRLEN, sizeof error);
    errno = -error.error;
    if (errno == ENOENT) return Standing{};  // there is no such connection
    return std::unexpected(because("the kernel does not tell a socket's state"));
  }
  inet_diag_msg message = {};
  std::memcpy(&message, answer.data() + NLMSG_HDRLEN, sizeof message);
  return Standing{.state = state_of(message.idiag_state),
                  .timer = message.idiag_timer != 0,
                  .unread = message.idiag_rqueue,
                  .queued = message.idiag_wqueue};
}

}  // namespace kernel
