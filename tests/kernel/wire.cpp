#include "wire.hpp"

#include <poll.h>

#include <algorithm>
#include <cmath>

namespace kernel {
namespace {

constexpr std::array<core::Side, 2> both_sides = {core::Side::Client, core::Side::Server};

}  // namespace

Wire::Wire(std::array<Host, 2>& hosts, const core::Run& run, Clock clock)
    : hosts_(hosts), run_(run), clock_(std::move(clock)), network_(run, segments_, work_) {}

void Wire::wait() const {
  std::array<pollfd, 2> devices = {pollfd{hosts_[0].device(), POLLIN, 0},
                                   pollfd{hosts_[1].device(), POLLIN, 0}};
  ::poll(devices.data(), devices.size(), 1);
}

void Wire::take() {
  for (const core::Side side : both_sides) {
    while (auto packet = host(side).take()) {
      if (segment_in(*packet)) note(side, *std::move(packet));
    }
  }
}

void Wire::note(core::Side from, Bytes packet) {
  const double now = clock_();
  const core::Segment segment = segment_in(packet).value_or(core::Segment{});
  if (!begun_) {
    const core::Delays delays = core::delays_of(run_);
    const core::Time delay =
        from == core::Side::Client ? delays.client_to_server_ms : delays.server_to_client_ms;
    // Whoever sends a SYN says where its numbers begin.
    if (segment.flags.syn) first_[core::index(from)] = segment.seq.value + 1;
    under_way_.push_back({from, now + static_cast<double>(delay), std::move(packet)});
    return;
  }
  const core::Segment counted = in_scenario(from, segment);
  // The network's time is whole milliseconds; a delay is never shorter than it should be.
  const int number = network_.send(from, counted, 1, static_cast<core::Time>(std::ceil(now)));
  seen_.push_back({.from = from, .segment = counted, .sent_ms = now});
  seen_.back().lost = segments_[static_cast<std::size_t>(number) - 1].fate == core::Fate::Dropped;
  packets_.push_back(std::move(packet));
}

core::Segment Wire::in_scenario(core::Side from, core::Segment segment) const {
  const auto own = core::index(from);
  const std::size_t peer = 1 - own;
  const auto& start = run_.scenario.start;
  segment.seq = start[own].snd_nxt + (segment.seq.value - first_[own]);
  segment.ack =
      segment.flags.ack ? start[peer].snd_nxt + (segment.ack.value - first_[peer]) : core::Seq{};
  return segment;
}

void Wire::pass_on() {
  const double now = clock_();
  std::vector<UnderWay> due;
  std::erase_if(under_way_, [&](UnderWay& one) {
    const bool arrives = one.due <= now;
    if (arrives) due.push_back(std::move(one));
    return arrives;
  });
  for (const UnderWay& one : due) host(core::other(one.from)).give(one.packet);
}

void Wire::begin(const std::array<std::uint32_t, 2>& sent_before) {
  for (const std::size_t side : {0U, 1U}) first_[side] += sent_before[side];
  begun_ = true;
}

void Wire::deliver(core::Time tick, const std::function<void()>& each) {
  for (const core::Network::Arrival& arrival : network_.arrivals(tick)) {
    const auto original = static_cast<std::size_t>(arrival.number) - 1;
    if (!arrival.copy && seen_[original].lost) continue;
    const int number = network_.deliver(arrival, tick);
    if (arrival.copy) {
      seen_.push_back(seen_[original]);
      seen_.back().lost = false;
      seen_.back().copy_of = arrival.number;
      packets_.push_back(packets_[original]);
    }
    const auto index = static_cast<std::size_t>(number) - 1;
    seen_[index].arrived_ms = clock_();
    segments_[index].fate = core::Fate::Delivered;
    host(core::other(seen_[index].from)).give(packets_[index]);
    each();
  }
}

bool Wire::silent(core::Time tick) const {
  return (begun_ || under_way_.empty()) && network_.next_arrival(tick) == core::never;
}

bool Wire::arrived(int number) const {
  const auto index = static_cast<std::size_t>(number) - 1;
  return index < seen_.size() && seen_[index].arrived_ms.has_value();
}

}  // namespace kernel
