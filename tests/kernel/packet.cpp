#include "packet.hpp"

namespace kernel {
namespace {

std::uint32_t number(const Bytes& packet, std::size_t at, std::size_t octets) {
  std::uint32_t out = 0;
  for (std::size_t i = 0; i < octets; ++i) {
    out = out << 8U | std::to_integer<std::uint32_t>(packet[at + i]);
  }
  return out;
}

}  // namespace

std::optional<core::Segment> segment_in(const Bytes& packet) {
  constexpr std::size_t least_ip = 20;
  constexpr std::size_t least_tcp = 20;
  constexpr std::uint32_t tcp = 6;
  if (packet.size() < least_ip || number(packet, 0, 1) >> 4U != 4) return std::nullopt;
  const std::size_t ip = std::size_t{number(packet, 0, 1) & 15U} * 4U;
  const std::size_t total = number(packet, 2, 2);
  if (number(packet, 9, 1) != tcp || total > packet.size()) return std::nullopt;
  if (ip < least_ip || total < ip + least_tcp) return std::nullopt;
  const std::size_t header = std::size_t{number(packet, ip + 12, 1) >> 4U} * 4U;
  if (header < least_tcp || total < ip + header) return std::nullopt;
  const std::uint32_t bits = number(packet, ip + 13, 1);
  core::Segment out;
  out.seq = {number(packet, ip + 4, 4)};
  out.ack = {number(packet, ip + 8, 4)};
  out.flags = {.syn = (bits & 2U) != 0,
               .fin = (bits & 1U) != 0,
               .rst = (bits & 4U) != 0,
               .ack = (bits & 16U) != 0};
  out.len = static_cast<std::uint32_t>(total - ip - header);
  return out;
}

}  // namespace kernel
