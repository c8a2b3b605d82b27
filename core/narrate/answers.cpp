// What to say of a segment that answers an arrival.
#include "core/narrate/choose.hpp"
#include "core/narrate/facts.hpp"

namespace core::narration {
namespace {

TitledText reset(const Scene& arrival) {
  if (arrival.step.rule == Rule::T4) return titled::answer_rst_nobody_reads;
  if (arrival.step.rule == Rule::Y2) return titled::answer_rst_for_syn;
  return arrival.segment().flags.ack ? titled::answer_rst_no_connection
                                     : titled::answer_rst_no_number;
}

TitledText syn(const Scene& arrival) {
  if (arrival.step.rule == Rule::Y3) return titled::answer_syn_ack_reopens;
  return arrival.step.rule == Rule::L22 ? titled::answer_syn_ack_crossing : titled::answer_syn_ack;
}

/// Data or a FIN that leave because something arrived. Where there are no data, it is a FIN.
TitledText what_waited(const Scene& arrival, const Transmission& sent) {
  const Segment& segment = sent.segment;
  if (sent.retransmission_of) {
    return segment.len == 0 && arrival.is().state == State::Closing
               ? titled::answer_ack_with_fin
               : titled::answer_probe_leaves_again;
  }
  if (!synchronized(arrival.was().state)) return titled::answer_waiting_leaves_open;
  const Tcb& was = arrival.was();
  const Tcb& is = arrival.is();
  const bool more_room = is.snd_una + is.snd_wnd > was.snd_una + was.snd_wnd;
  if (!more_room)
    return segment.flags.fin ? titled::answer_just_closed_leaves
                             : titled::answer_just_called_leaves;
  return segment.len == 0 ? titled::answer_waiting_fin_leaves : titled::answer_waiting_leaves;
}

TitledText where_it_stands(const Scene& answer, const Scene& arrival) {
  const Segment& segment = arrival.segment();
  if (answer.sent.front()->segment.wnd == 0 && segment.length() > 0)
    return titled::answer_ack_no_room;
  if (sent_by_rule(arrival.timeline, *arrival.come) == Rule::X6) return titled::answer_ack_alive;
  return answer.sent.front()->repeated ? titled::answer_ack_again : titled::answer_ack_expected;
}

TitledText acknowledgment(const Scene& answer, const Scene& arrival) {
  const Segment& came = arrival.segment();
  if (arrival.moved_by(Rule::F2) || arrival.moved_by(Rule::F4)) return titled::answer_ack_fin_last;
  if (arrival.moved_by(Rule::F3)) return titled::answer_ack_fin_crossing;
  if (arrival.moved_by(Rule::F1)) {
    return came.flags.fin && came.len == 0 ? titled::answer_ack_fin_first
                                           : titled::answer_ack_data_and_fin;
  }
  if (arrival.moved_by(Rule::L21)) {
    return came.len == 0 && !arrival.come->injected ? titled::answer_ack_syn
                                                    : titled::answer_ack_syn_plain;
  }
  return answer.sent.front()->segment.wnd == 0 ? titled::answer_ack_data_and_shut
                                               : titled::answer_ack_data;
}

TitledText challenge(const Scene& answer, const Scene& arrival) {
  if (arrival.step.rule == Rule::K1) return titled::answer_challenge_reset;
  const bool new_syn = arrival.step.rule == Rule::Y1 && arrival.segment().seq != arrival.was().irs;
  return new_syn ? titled::answer_challenge_syn : where_it_stands(answer, arrival);
}

/// A bare ACK, by what its end made of the arrival.
TitledText bare_ack(const Scene& answer, const Scene& arrival) {
  if (refused_for_room(arrival)) return where_it_stands(answer, arrival);
  switch (arrival.received->verdict) {
    case Verdict::Accepted: return acknowledgment(answer, arrival);
    case Verdict::OutOfOrder: return titled::answer_ack_gap;
    case Verdict::Challenge: return challenge(answer, arrival);
    case Verdict::Ignored:
      return arrival.segment().length() > 0 ? titled::answer_ack_expected
                                            : titled::answer_ack_every;
    case Verdict::Duplicate:
    case Verdict::OutOfWindow:
    case Verdict::Reset: break;
  }
  return where_it_stands(answer, arrival);
}

}  // namespace

Telling tell_answer(const Scene& answer) {
  const Scene arrival(answer.timeline, arrival_of(answer.timeline, answer.step));
  const Transmission& sent = *answer.sent.front();
  Telling telling;
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

}  // namespace core::narration
