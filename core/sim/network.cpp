#include "core/sim/network.hpp"

#include <algorithm>
#include <utility>

namespace core {

Network::Network(const Run& run, std::vector<Transmission>& segments)
    : segments_(segments), delays_(delays_of(run)), edits_(run.edits.size()) {
  for (const Entry& entry : run.scenario.script) {
    if (const auto* fault = std::get_if<Fault>(&entry.what)) {
      faults_.push_back({.fault = fault, .place = &entry.place});
    }
  }
  for (std::size_t i = 0; i < run.edits.size(); ++i) {
    if (const auto* fault = std::get_if<Fault>(&run.edits[i].what)) {
      faults_.push_back({.fault = fault, .place = &run.edits[i].place, .edit = i});
    }
  }
}

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
  sent.arrives_at +=
      from == Side::Client ? delays_.client_to_server_ms : delays_.server_to_client_ms;
  name(sent);
  apply_faults(sent);
  return sent.number;
}

int Network::inject(Side to, const Segment& segment, int incarnation, Time now) {
  Transmission& sent = add(other(to), segment, incarnation, now);
  sent.injected = true;
  return sent.number;
}

/// Finds out the how-manieth transmission of the same this is.
void Network::name(Transmission& sent) const {
  for (const Transmission& earlier : segments_) {
    const bool of_end = earlier.from == sent.from && !earlier.of_network();
    if (!of_end || earlier.number == sent.number) continue;
    SegmentKey same = sent.key;
    same.nth = earlier.key.nth;
    if (earlier.key == same) sent.key.nth = earlier.key.nth + 1;
    // Only what occupies sequence numbers is retransmitted; a repeated ACK is a new one.
    const Segment& before = earlier.segment;
    const bool carried = before.seq <= sent.segment.seq && sent.segment.seq < before.end() &&
                         earlier.incarnation == sent.incarnation;
    if (carried && sent.segment.length() > 0 && !sent.retransmission_of) {
      sent.retransmission_of = earlier.number;
    }
  }
}

/// Asks every fault, so that each counts every segment it might mean.
void Network::apply_faults(Transmission& sent) {
  for (KnownFault& known : faults_) {
    if (!matches(known, sent)) continue;
    known.hit = sent.key;
    if (const auto* delay = std::get_if<Delay>(&known.fault->what)) {
      sent.arrives_at += delay->by_ms;
    } else if (std::holds_alternative<Drop>(known.fault->what)) {
      sent.fate = Fate::Dropped;
    }
  }
  // A copy is counted from the arrival of the original, whatever delays that.
  for (const KnownFault& known : faults_) {
    const auto* duplicate = std::get_if<Duplicate>(&known.fault->what);
    if (duplicate != nullptr && known.hit == sent.key) {
      copies_.push_back({sent.number, sent.arrives_at + duplicate->after_ms});
    }
  }
}

bool Network::matches(KnownFault& known, const Transmission& sent) {
  const SegmentName& name = known.fault->segment;
  if (const auto* number = std::get_if<ByNumber>(&name)) return number->number == sent.number;
  if (const auto* key = std::get_if<SegmentKey>(&name)) return *key == sent.key;
  const auto& by = std::get<ByFlags>(name);
  const Flags have = sent.segment.flags;
  const bool has = (!by.flags.syn || have.syn) && (!by.flags.fin || have.fin) &&
                   (!by.flags.rst || have.rst) && (!by.flags.ack || have.ack);
  const bool kind = by.exactly ? by.flags == have : has;
  return kind && by.from == sent.from && ++known.seen == by.nth;
}

Time Network::next_arrival(Time now) const {
  Time next = never;
  for (const Transmission& sent : segments_) {
    if (sent.arrives_at > now) next = std::min(next, sent.arrives_at);
  }
  for (const Copy& copy : copies_) {
    if (copy.at > now) next = std::min(next, copy.at);
  }
  return next;
}

std::vector<Network::Arrival> Network::arrivals(Time now) const {
  std::vector<Arrival> arrival;
  for (const Transmission& sent : segments_) {
    const bool under_way = sent.fate == Fate::InFlight || sent.fate == Fate::Dropped;
    if (sent.arrives_at == now && under_way) arrival.push_back({sent.number, false});
    for (const Copy& copy : copies_) {
      if (copy.of == sent.number && copy.at == now) arrival.push_back({copy.of, true});
    }
  }
  return arrival;
}

int Network::deliver(const Arrival& arrival, Time now) {
  if (!arrival.copy) return arrival.number;
  const Transmission original = segments_[static_cast<std::size_t>(arrival.number) - 1];
  Transmission& copy = add(original.from, original.segment, original.incarnation, now);
  copy.sent_at = original.sent_at;
  copy.duplicate_of = original.number;
  return copy.number;
}

std::vector<Message> Network::warnings() const {
  std::vector<Message> out;
  for (const KnownFault& known : faults_) {
    if (known.hit) continue;
    const auto& what = known.fault->what;
    const Text text = std::holds_alternative<Drop>(what)        ? Text::warning_not_dropped
                      : std::holds_alternative<Duplicate>(what) ? Text::warning_not_duplicated
                                                                : Text::warning_not_delayed;
    out.push_back({text, {{"place", *known.place}}});
  }
  return out;
}

std::vector<std::optional<SegmentKey>> Network::edited() const {
  std::vector<std::optional<SegmentKey>> out(edits_);
  for (const KnownFault& known : faults_) {
    if (known.edit) out[*known.edit] = known.hit;
  }
  return out;
}

}  // namespace core
