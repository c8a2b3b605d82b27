// What to say of a segment that never arrives: the network lost it, or nobody was there to take it.
#include "core/narrate/choose.hpp"
#include "core/narrate/facts.hpp"

#include <algorithm>

namespace core::narration {
namespace {

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

TitledText lost_ack(const Scene& loss) {
  const Segment& ack = loss.segment();
  const Tcb& peer = loss.there().tcb;
  for (const SequenceRange& waiting : peer.retransmission_queue) {
    if (waiting.end() > ack.ack) continue;
    if (waiting.fin) return titled::loss_ack_lost;
    return waiting.syn ? titled::loss_ack_of_syn_lost : titled::loss_ack_of_data_lost;
  }
  const bool news = synchronized(peer.state) && peer.snd_wnd == 0 && ack.wnd > 0;
  return news ? titled::loss_window_lost : titled::loss_bare_ack_lost;
}

TitledText lost_text(const Scene& loss) {
  const Segment& segment = loss.segment();
  if (!needed(loss)) {
    const Endpoint& sender = loss.step.world.at(loss.end);
    const bool acknowledged =
        sender.incarnation == loss.come->incarnation && sender.tcb.snd_una >= segment.end();
    return acknowledged ? titled::loss_lost_needless : titled::loss_lost_forgotten;
  }
  if (sent_by_rule(loss.timeline, *loss.come) == Rule::X5) return titled::loss_window_probe_lost;
  if (known_there(loss)) return titled::loss_lost_known;
  if (segment.flags.syn) return titled::loss_syn_lost;
  if (segment.flags.fin && segment.len > 0) return titled::loss_data_and_fin_lost;
  if (!segment.flags.fin) return titled::loss_data_lost;
  if (!loss.come->retransmission_of) return titled::loss_fin_lost;
  return lost_before(loss) ? titled::loss_fin_lost_again : titled::loss_fin_repeat_lost;
}

TitledText lost_by_network(const Scene& loss) {
  const Segment& segment = loss.segment();
  if (segment.flags.rst)
    return gone(loss.there()) ? titled::loss_rst_lost_needless : titled::loss_rst_lost;
  if (segment.length() > 0) return lost_text(loss);
  if (sent_by_rule(loss.timeline, *loss.come) == Rule::X6) return titled::loss_probe_lost;
  return lost_ack(loss);
}

TitledText host_down(const Scene& loss) {
  const bool probe = sent_by_rule(loss.timeline, *loss.come) == Rule::X6;
  const bool asks = loss.segment().length() > 0 || probe;
  if (loss.come->injected || gone(loss.step.world.at(loss.end))) return titled::loss_down_both;
  return asks ? titled::loss_down : titled::loss_down_unnoticed;
}

}  // namespace

Telling tell_loss(const Scene& loss) {
  Telling telling;
  telling.about = loss.come;
  if (loss.come->injected) telling.add(Text::arrival_nobody_sent);
  const bool down = loss.come->fate == Fate::HostDown;
  telling.tell(down ? host_down(loss) : lost_by_network(loss));
  return telling;
}

}  // namespace core::narration
