#include "core/narrate/facts.hpp"

#include <algorithm>
#include <optional>
#include <span>

namespace core::narration {
namespace {

/// Whether it reached its end before this step.
bool came_before(const Scene& arrival, int number) {
  for (std::size_t i = 0; i < arrival.step.records.first; ++i) {
    const auto* received = std::get_if<Received>(&arrival.timeline.records[i].what);
    if (received != nullptr && received->segment == number) return true;
  }
  return false;
}

/// The connection that a segment belongs to. A RST that says "no such connection" belongs to the
/// one of the segment that it answers.
int incarnation_of(const Timeline& timeline, const Transmission& sent) {
  const Step* sender = sender_of(timeline, sent);
  const bool denies =
      sender != nullptr && sender->kind == StepKind::Answer && sent.segment.flags.rst &&
      (sender->rule == Rule::N2 || sender->rule == Rule::N3 || sender->rule == Rule::L15);
  if (!denies) return sent.incarnation;
  const Step& arrival = arrival_of(timeline, *sender);
  const auto& received = std::get<Received>(timeline.records[arrival.records.first].what);
  return timeline.segment(received.segment).incarnation;
}

bool carries_all_of(const Segment& outer, const Segment& inner) {
  return outer.seq <= inner.seq && inner.end() <= outer.end();
}

/// How far an acknowledgment of what has come got, if this record is one of it that left.
std::optional<Again> answered_by(const Scene& arrival, const Record& record) {
  const Transmission& come = *arrival.come;
  const auto* left = std::get_if<Sent>(&record.what);
  if (left == nullptr || record.side != arrival.end) return std::nullopt;
  const Transmission& one = arrival.timeline.segment(left->segment);
  const Flags flags = one.segment.flags;
  const bool acknowledges = flags.ack && !flags.rst && one.segment.ack >= come.segment.end();
  if (!acknowledges || one.incarnation != come.incarnation) return std::nullopt;
  const bool lost = one.fate == Fate::Dropped || one.fate == Fate::HostDown;
  return lost && one.sent_at < come.sent_at ? Again::AckLost : Again::AckLate;
}

/// A later transmission of what has come, which came before it.
bool overtakes(const Scene& arrival, const Record& record) {
  const auto* received = std::get_if<Received>(&record.what);
  if (received == nullptr || record.side != arrival.end) return false;
  const Transmission& one = arrival.timeline.segment(received->segment);
  const bool later = one.number > arrival.come->number && !one.of_network();
  return later && carries_all_of(one.segment, arrival.segment());
}

}  // namespace

bool leftover(const Scene& arrival) {
  const int of = incarnation_of(arrival.timeline, *arrival.come);
  const bool peer_lives_in_it = arrival.there().incarnation == of && !gone(arrival.there());
  const bool by_peer = !arrival.come->injected && peer_lives_in_it;
  return of < arrival.earlier.at(arrival.end).incarnation && !by_peer;
}

bool strange(const Scene& arrival) {
  return arrival.come->injected || leftover(arrival);
}

bool second_copy(const Scene& arrival) {
  const auto original = arrival.come->duplicate_of;
  return original && came_before(arrival, *original);
}

Again again(const Scene& arrival) {
  const Transmission& come = *arrival.come;
  if (come.duplicate_of) return Again::Copy;
  const std::span before = std::span(arrival.timeline.records).first(arrival.step.records.first);
  if (std::ranges::any_of(before, [&](const Record& one) { return overtakes(arrival, one); })) {
    return Again::Overtaken;
  }
  const bool bare_fin = come.segment.flags.fin && come.segment.len == 0;
  const Step* sender = sender_of(arrival.timeline, come);
  if (bare_fin && sender != nullptr && sender->kind == StepKind::Answer) return Again::AsAck;
  Again out = Again::AckOwed;
  for (const Record& record : before) {
    const std::optional<Again> answer = answered_by(arrival, record);
    if (!answer) continue;
    // What left before it was sent again tells most: was that lost, or only late?
    const bool early = record.at < come.sent_at;
    if (early && *answer == Again::AckLate) return Again::AckLate;
    if (early || out == Again::AckOwed) out = *answer;
  }
  return out;
}

bool missed_its_ack(const Scene& arrival) {
  const Again why = again(arrival);
  return why == Again::AckLost || why == Again::AckLate || why == Again::AckOwed;
}

bool known_syn(const Scene& arrival) {
  const bool syn = arrival.segment().flags.syn && arrival.segment().seq == arrival.was().irs;
  return syn && !strange(arrival) && arrival.was().state != State::TimeWait;
}

bool first_syn_ack(const Scene& arrival) {
  const Segment& segment = arrival.segment();
  if (!segment.flags.syn || !segment.flags.ack) return false;
  const std::span before = std::span(arrival.timeline.records).first(arrival.step.records.first);
  return std::ranges::none_of(before, [&](const Record& record) {
    const auto* received = std::get_if<Received>(&record.what);
    if (received == nullptr || record.side != arrival.end) return false;
    const Segment& one = arrival.timeline.segment(received->segment).segment;
    return one.flags.syn && one.flags.ack && one.seq == segment.seq;
  });
}

bool fin_counts(const Scene& arrival) {
  return arrival.moved_by(Rule::F1) || arrival.moved_by(Rule::F2) || arrival.moved_by(Rule::F3) ||
         arrival.moved_by(Rule::F4);
}

std::uint32_t octets_taken(const Scene& arrival) {
  const Tcb& was = arrival.was();
  const Tcb& is = arrival.is();
  const bool begun = is.state == State::Listen || is.state == State::SynReceived;
  if (begun) return 0;
  const bool opening = was.state == State::SynSent;
  const Seq from = opening ? arrival.segment().seq + 1 : was.rcv_nxt;
  const std::int32_t numbers = is.rcv_nxt - from - (fin_counts(arrival) ? 1 : 0);
  return static_cast<std::uint32_t>(std::max(numbers, 0));
}

bool fills_gap(const Scene& arrival) {
  return arrival.is().out_of_order.size() < arrival.was().out_of_order.size() &&
         arrival.is().rcv_nxt > arrival.segment().end();
}

bool refused_for_room(const Scene& arrival) {
  const Tcb& was = arrival.was();
  return synchronized(was.state) && was.rcv_wnd == 0 && arrival.segment().length() > 0 &&
         arrival.segment().seq == was.rcv_nxt;
}

}  // namespace core::narration
