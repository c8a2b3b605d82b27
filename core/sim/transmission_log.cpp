#include "core/sim/transmission_log.hpp"

#include <algorithm>
#include <iterator>

namespace core {

void FirstCarriers::add(const Segment& segment, int number) {
  constexpr Position all = Position{1} << 32U;
  const Position first = segment.seq.value;
  const Position end = first + segment.length();
  add(first, std::min(end, all), number);
  add(0, std::max(end, all) - all, number);
}

/// Takes what nobody carried yet.
void FirstCarriers::add(Position first, Position end, int number) {
  auto next = ranges_.upper_bound(first);
  if (next != ranges_.begin()) first = std::max(first, std::prev(next)->second.end);
  for (; first < end && next != ranges_.end(); ++next) {
    ++work_->transmissions;
    // Where no number lies between, a range begins here already and stays.
    ranges_.emplace_hint(next, first, Range{std::min(end, next->first), number});
    first = next->second.end;
  }
  if (first < end) ranges_.emplace_hint(next, first, Range{end, number});
}

std::optional<int> FirstCarriers::find(Seq seq) const {
  ++work_->transmissions;
  const auto after = ranges_.upper_bound(seq.value);
  if (after == ranges_.begin()) return std::nullopt;
  const Range& range = std::prev(after)->second;
  return seq.value < range.end ? std::optional(range.number) : std::nullopt;
}

void TransmissionLog::add(Transmission& sent) {
  ++work_.transmissions;
  const Segment& segment = sent.segment;
  Seen& seen = seen_[{sent.from, segment.flags, segment.seq, segment.len}];
  const bool as_before = !seen.acks.insert(segment.ack.value).second;
  if (!sent.of_network()) {
    sent.key.nth = ++seen.by_end;
    // Only what occupies sequence numbers is retransmitted; a repeated ACK is a new one.
    if (segment.length() > 0) {
      auto& carriers = carriers_.try_emplace({sent.from, sent.incarnation}, work_).first->second;
      sent.retransmission_of = carriers.find(segment.seq);
      carriers.add(segment, sent.number);
    }
  }
  // A reset answers something or gives up, and is not waited for.
  sent.repeated = !segment.flags.rst && (sent.retransmission_of || as_before);
}

}  // namespace core
