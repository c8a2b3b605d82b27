#include "core/sim/network.hpp"

namespace core {

Network::Network(const Run& run, std::vector<Transmission>& segments, Work& work)
    : segments_(segments), work_(work), delays_(delays_of(run)), faults_(run, work), log_(work) {}

Transmission& Network::add(Side from, const Segment& segment, int incarnation, Time now) {
  Transmission& sent = segments_.emplace_back();
  sent.number = static_cast<int>(segments_.size());
  sent.from = from;
  sent.segment = segment;
  sent.sent_at = sent.arrives_at = now;
  sent.incarnation = incarnation;
  sent.key = {from, segment.flags, segment.seq, segment.len, 1};
  return sent;
}

int Network::send(Side from, const Segment& segment, int incarnation, Time now) {
  Transmission& sent = add(from, segment, incarnation, now);
  log_.add(sent);
  sent.arrives_at +=
      from == Side::Client ? delays_.client_to_server_ms : delays_.server_to_client_ms;
  const std::vector<const Fault*> faults = faults_.hitting(sent);
  for (const Fault* fault : faults) {
    if (const auto* delay = std::get_if<Delay>(&fault->what)) sent.arrives_at += delay->by_ms;
    if (std::holds_alternative<Drop>(fault->what)) sent.fate = Fate::Dropped;
  }
  arrivals_[sent.arrives_at].push_back({sent.number, false});
  // A copy is counted from the arrival of the original, whatever delays that.
  for (const Fault* fault : faults) {
    const auto* duplicate = std::get_if<Duplicate>(&fault->what);
    if (duplicate == nullptr) continue;
    arrivals_[sent.arrives_at + duplicate->after_ms].push_back({sent.number, true});
  }
  return sent.number;
}

int Network::inject(Side to, const Segment& segment, int incarnation, Time now) {
  Transmission& sent = add(other(to), segment, incarnation, now);
  sent.injected = true;
  log_.add(sent);
  return sent.number;
}

Time Network::next_arrival(Time now) const {
  const auto next = arrivals_.upper_bound(now);
  return next == arrivals_.end() ? never : next->first;
}

std::vector<Network::Arrival> Network::arrivals(Time now) const {
  const auto found = arrivals_.find(now);
  if (found == arrivals_.end()) return {};
  work_.arrivals += found->second.size();
  return found->second;
}

int Network::deliver(const Arrival& arrival, Time now) {
  if (!arrival.copy) return arrival.number;
  const Transmission original = segments_[static_cast<std::size_t>(arrival.number) - 1];
  Transmission& copy = add(original.from, original.segment, original.incarnation, now);
  copy.sent_at = original.sent_at;
  copy.duplicate_of = original.number;
  log_.add(copy);
  return copy.number;
}

}  // namespace core
