// What to say of a segment that answers an arrival, and of one that never arrives.
#include "core/narrate/choose.hpp"
#include "core/narrate/facts.hpp"
#include "core/narrate/say_answers.hpp"
#include "core/narrate/say_arrivals.hpp"

#include <algorithm>

namespace core::narration {
namespace {

// --- Answers ------------------------------------------------------------------------------------

const say::Sentence& reset(const Scene& arrival) {
  if (arrival.step.rule == Rule::T4) return say::rst_nobody_reads;
  if (arrival.step.rule == Rule::Y2) return say::rst_for_syn;
  return arrival.segment().flags.ack ? say::rst_no_connection : say::rst_no_number;
}

const say::Sentence& syn(const Scene& arrival) {
  if (arrival.step.rule == Rule::Y3) return say::syn_ack_reopens;
  return arrival.step.rule == Rule::L22 ? say::syn_ack_crossing : say::syn_ack;
}

/// Data or a FIN that leave because something arrived.
const say::Sentence& what_waited(const Scene& arrival, const Transmission& sent) {
  const Segment& segment = sent.segment;
  if (sent.retransmission_of) {
    return segment.flags.fin && segment.len == 0 && arrival.is().state == State::Closing
               ? say::ack_with_fin
               : say::probe_leaves_again;
  }
  if (!synchronized(arrival.was().state)) return say::waiting_leaves_open;
  const Tcb& was = arrival.was();
  const Tcb& is = arrival.is();
  const bool more_room = is.snd_una + is.snd_wnd > was.snd_una + was.snd_wnd;
  if (!more_room) return segment.flags.fin ? say::just_closed_leaves : say::just_called_leaves;
  return segment.flags.fin && segment.len == 0 ? say::waiting_fin_leaves : say::waiting_leaves;
}

const say::Sentence& where_it_stands(const Scene& answer, const Scene& arrival) {
  const Segment& segment = arrival.segment();
  if (answer.sent.front()->segment.wnd == 0 && segment.length() > 0) return say::ack_no_room;
  if (sent_by_rule(arrival.timeline, *arrival.come) == Rule::X6) return say::ack_alive;
  return repeated(answer.timeline, *answer.sent.front()) ? say::ack_again : say::ack_expected;
}

const say::Sentence& acknowledgment(const Scene& answer, const Scene& arrival) {
  const Segment& came = arrival.segment();
  if (arrival.moved_by(Rule::F2) || arrival.moved_by(Rule::F4)) return say::ack_fin_last;
  if (arrival.moved_by(Rule::F3)) return say::ack_fin_crossing;
  if (arrival.moved_by(Rule::F1)) {
    return came.flags.fin && came.len == 0 ? say::ack_fin_first : say::ack_data_and_fin;
  }
  if (arrival.moved_by(Rule::L21)) {
    return came.len == 0 && !arrival.come->injected ? say::ack_syn : say::ack_syn_plain;
  }
  return answer.sent.front()->segment.wnd == 0 ? say::ack_data_and_shut : say::ack_data;
}

const say::Sentence& challenge(const Scene& answer, const Scene& arrival) {
  if (arrival.step.rule == Rule::K1) return say::challenge_reset;
  const bool new_syn = arrival.step.rule == Rule::Y1 && arrival.segment().seq != arrival.was().irs;
  return new_syn ? say::challenge_syn : where_it_stands(answer, arrival);
}

/// A bare ACK, by what its end made of the arrival.
const say::Sentence& bare_ack(const Scene& answer, const Scene& arrival) {
  if (refused_for_room(arrival)) return where_it_stands(answer, arrival);
  switch (arrival.received->verdict) {
    case Verdict::Accepted: return acknowledgment(answer, arrival);
    case Verdict::OutOfOrder: return say::ack_gap;
    case Verdict::Challenge: return challenge(answer, arrival);
    case Verdict::Ignored:
      return arrival.segment().length() > 0 ? say::ack_expected : say::ack_every;
    case Verdict::Duplicate:
    case Verdict::OutOfWindow:
    case Verdict::Reset: break;
  }
  return where_it_stands(answer, arrival);
}

// --- Losses -------------------------------------------------------------------------------------

/// What the end that sent it still waits for.
bool needed(const Scene& loss) {
  const Endpoint& sender = loss.step.world.at(loss.end);
  const bool same = sender.incarnation == loss.come->incarnation;
  return same && !gone(sender) && sender.tcb.snd_una < loss.segment().end() &&
         !sender.tcb.retransmission_queue.empty();
}

/// The peer has all of it from another transmission.
bool known_there(const Scene& loss) {
  const Endpoint& peer = loss.there();
  const bool same = peer.incarnation == loss.come->incarnation;
  const bool open = synchronized(peer.tcb.state) || peer.tcb.state == State::SynReceived;
  return same && open && loss.segment().end() <= peer.tcb.rcv_nxt;
}

/// Another transmission of it has met the same fate.
bool lost_before(const Scene& loss) {
  return std::ranges::any_of(loss.timeline.segments, [&](const Transmission& one) {
    return one.number < loss.come->number && one.from == loss.end && one.fate == Fate::Dropped &&
           one.segment.seq == loss.segment().seq && one.segment.length() > 0;
  });
}

const say::Sentence& lost_ack(const Scene& loss) {
  const Segment& ack = loss.segment();
  const Tcb& peer = loss.there().tcb;
  for (const SequenceRange& waiting : peer.retransmission_queue) {
    if (waiting.end() > ack.ack) continue;
    if (waiting.fin) return say::ack_lost;
    return waiting.syn ? say::ack_of_syn_lost : say::ack_of_data_lost;
  }
  const bool news = synchronized(peer.state) && peer.snd_wnd == 0 && ack.wnd > 0;
  return news ? say::window_lost : say::bare_ack_lost;
}

const say::Sentence& lost_text(const Scene& loss) {
  const Segment& segment = loss.segment();
  if (!needed(loss)) {
    const Endpoint& sender = loss.step.world.at(loss.end);
    const bool acknowledged =
        sender.incarnation == loss.come->incarnation && sender.tcb.snd_una >= segment.end();
    return acknowledged ? say::lost_needless : say::lost_forgotten;
  }
  if (sent_by_rule(loss.timeline, *loss.come) == Rule::X5) return say::window_probe_lost;
  if (known_there(loss)) return say::lost_known;
  if (segment.flags.syn) return say::syn_lost;
  if (segment.flags.fin && segment.len > 0) return say::data_and_fin_lost;
  if (!segment.flags.fin) return say::data_lost;
  if (!loss.come->retransmission_of) return say::fin_lost;
  return lost_before(loss) ? say::fin_lost_again : say::fin_repeat_lost;
}

const say::Sentence& lost_by_network(const Scene& loss) {
  const Segment& segment = loss.segment();
  if (segment.flags.rst) return gone(loss.there()) ? say::rst_lost_needless : say::rst_lost;
  if (segment.length() > 0) return lost_text(loss);
  if (sent_by_rule(loss.timeline, *loss.come) == Rule::X6) return say::probe_lost;
  return lost_ack(loss);
}

const say::Sentence& host_down(const Scene& loss) {
  const bool probe = sent_by_rule(loss.timeline, *loss.come) == Rule::X6;
  const bool asks = loss.segment().length() > 0 || probe;
  if (loss.come->injected || gone(loss.step.world.at(loss.end))) return say::down_both;
  return asks ? say::down : say::down_unnoticed;
}

}  // namespace

Telling tell_answer(const Scene& answer) {
  const Scene arrival(answer.timeline, arrival_of(answer.timeline, answer.step));
  const Transmission& sent = *answer.sent.front();
  Telling telling;
  telling.about = &sent;
  if (sent.segment.flags.rst) {
    telling.tell(reset(arrival));
  } else if (sent.segment.flags.syn) {
    telling.tell(syn(arrival));
  } else if (sent.segment.length() > 0) {
    telling.tell(what_waited(arrival, sent));
  } else {
    telling.tell(bare_ack(answer, arrival));
  }
  return telling;
}

Telling tell_loss(const Scene& loss) {
  Telling telling;
  telling.about = loss.come;
  if (loss.come->injected) telling.add(say::nobody_sent);
  const bool down = loss.come->fate == Fate::HostDown;
  telling.tell(down ? host_down(loss) : lost_by_network(loss));
  return telling;
}

}  // namespace core::narration
