// The main sentence of an arrival: what its end makes of it.
#include "core/narrate/choose.hpp"
#include "core/narrate/facts.hpp"

#include <cassert>

namespace core::narration {
namespace {

// --- A segment that is not the peer's -----------------------------------------------------------

std::optional<Text> strange_reset(const Scene& scene) {
  if (scene.was().state == State::TimeWait) return std::nullopt;
  if (scene.is().state == State::Listen) return Text::arrival_forged_moves;
  if (scene.was().state == State::SynSent) return Text::arrival_forged_refusal;
  const bool exact = scene.segment().seq == scene.was().rcv_nxt;
  return exact ? Text::arrival_forged_reset : Text::arrival_forged_reset_in_window;
}

// --- RST ----------------------------------------------------------------------------------------

/// A RST that ends a connection, by what its sender meant.
Text reset_by(const Scene& scene) {
  const Rule rule = sent_by_rule(scene.timeline, *scene.come);
  if (rule == Rule::B1 || rule == Rule::L13) return Text::arrival_reset_by_abort;
  if (rule == Rule::C6) return Text::arrival_reset_by_unread;
  if (rule == Rule::T4) return Text::arrival_reset_by_nobody_reads;
  if (rule == Rule::Y2) return Text::arrival_reset_by_syn;
  if (rule == Rule::X2 || rule == Rule::X3 || rule == Rule::X7)
    return Text::arrival_reset_by_timeout;
  return Text::arrival_reset_by_stranger;
}

Text refused_late(const Scene& scene) {
  const bool aborted = sent_by_rule(scene.timeline, *scene.come) == Rule::L13;
  return aborted ? Text::arrival_reset_by_abort : Text::arrival_refused_late;
}

/// A RST that counts; in TIME_WAIT it may be ignored.
Text counting_reset(const Scene& scene) {
  if (scene.received->verdict == Verdict::Ignored) return Text::arrival_reset_ignored;
  if (scene.was().state == State::TimeWait) return Text::arrival_reset_in_time_wait;
  return reset_by(scene);
}

// --- SYN ----------------------------------------------------------------------------------------

Text syn_doubted(const Scene& scene) {
  const bool silent = !answered(scene);
  if (scene.was().state == State::TimeWait) {
    return silent ? Text::arrival_syn_in_time_wait_silent : Text::arrival_syn_in_time_wait_doubted;
  }
  if (known_syn(scene) && !silent) {
    return missed_its_ack(scene) ? Text::arrival_syn_again : Text::arrival_syn_known;
  }
  if (silent) return Text::arrival_syn_doubted_silently;
  return strange(scene) ? Text::arrival_strange_syn_doubted : Text::arrival_syn_doubted;
}

Text listen_ack(const Scene& scene) {
  return scene.step.rule == Rule::L18
             ? (strange(scene) ? Text::arrival_syn_sent_odd_ack : Text::arrival_syn_sent_old_ack)
             : Text::arrival_listen_ack;
}

Text no_connection(const Scene& scene) {
  const Flags flags = scene.segment().flags;
  if (flags.syn && !flags.ack) return Text::arrival_nobody_listens;
  if (has_been_down(scene)) return Text::arrival_no_connection_forgotten;
  const bool never = scene.earlier.at(scene.end).incarnation == 0;
  return never ? Text::arrival_no_connection_never : Text::arrival_no_connection;
}

// --- FIN ----------------------------------------------------------------------------------------

Text first_fin(const Scene& scene) {
  return scene.signalled(Signal::Eof) ? Text::arrival_fin_first : Text::arrival_fin_first_unread;
}

Text fin_with_ack(const Scene& scene) {
  if (scene.is().state != State::TimeWait) return Text::arrival_fin_and_ack_no_wait;
  return scene.segment().flags.fin ? Text::arrival_fin_and_ack : Text::arrival_fin_kept_and_ack;
}

Text fin_in_time_wait(const Scene& scene) {
  if (scene.starts(Timer::TimeWait) == nullptr) return Text::arrival_fin_again_in_time_wait_goes_on;
  const bool lost = !strange(scene) && again(scene) == Again::AckLost;
  return lost ? Text::arrival_fin_again_in_time_wait
              : Text::arrival_fin_again_in_time_wait_not_lost;
}

// --- ACK and window -----------------------------------------------------------------------------

Text nothing_acknowledged(const Scene& scene) {
  const Tcb& was = scene.was();
  const Tcb& is = scene.is();
  if (refused_for_room(scene)) return Text::arrival_no_room;
  if (was.snd_wnd != is.snd_wnd) {
    if (is.snd_wnd == 0) return Text::arrival_window_shuts;
    return was.snd_wnd == 0 ? Text::arrival_window_opens : Text::arrival_window_changes;
  }
  const bool of_peer = !strange(scene);
  const bool probing = was.timers.has(Timer::Persist) && is.snd_wnd == 0;
  if (of_peer && probing) return Text::arrival_still_shut;
  if (of_peer && was.keepalive_probes > 0 && is.keepalive_probes == 0) return Text::arrival_alive;
  return is.retransmission_queue.empty() ? Text::arrival_ack_of_nothing : Text::arrival_ack_not_yet;
}

Text time_wait_arrival(const Scene& scene) {
  if (scene.segment().length() > 0) return Text::arrival_time_wait_text;
  return answered(scene) ? Text::arrival_time_wait_every_ack : Text::arrival_time_wait_ack;
}

// --- Data ---------------------------------------------------------------------------------------

Text data(const Scene& scene) {
  const Tcb& is = scene.is();
  if (is.orphan || is.read_shut) return Text::arrival_data_thrown_away;
  if (fills_gap(scene)) {
    return is.reads_at_once ? Text::arrival_data_read_with_kept : Text::arrival_data_kept_with_kept;
  }
  return is.reads_at_once ? Text::arrival_data_read : Text::arrival_data_kept;
}

Text too_early(const Scene& scene) {
  if (scene.is().out_of_order == scene.was().out_of_order) return Text::arrival_out_of_order_known;
  if (strange(scene)) return Text::arrival_out_of_order_strange;
  return scene.segment().flags.fin ? Text::arrival_fin_too_early : Text::arrival_out_of_order;
}

Text repeated_for(const Scene& scene) {
  const bool fin = scene.segment().flags.fin;
  if (known_syn(scene)) {
    return missed_its_ack(scene) ? Text::arrival_syn_again_opening : Text::arrival_syn_known;
  }
  const Again why = again(scene);
  if (why == Again::AsAck) return Text::arrival_fin_as_ack;
  if (why == Again::AckLost)
    return fin ? Text::arrival_fin_again : Text::arrival_duplicate_ack_lost;
  return fin ? Text::arrival_fin_again_not_lost : Text::arrival_duplicate;
}

Text unacceptable(const Scene& scene) {
  const Segment& segment = scene.segment();
  const Tcb& was = scene.was();
  if (scene.received->verdict == Verdict::Duplicate && !strange(scene)) {
    return repeated_for(scene);
  }
  if (refused_for_room(scene)) return Text::arrival_no_room;
  if (sent_by_rule(scene.timeline, *scene.come) == Rule::X6 && segment.seq + 1 == was.rcv_nxt)
    return Text::arrival_keepalive_asks;
  return segment.end() <= was.rcv_nxt ? Text::arrival_outside_old : Text::arrival_outside;
}

/// Its acknowledgment counts, even if the rest of it does not.
bool acknowledgment_counts(const Scene& scene) {
  const Rule rule = scene.step.rule;
  return rule == Rule::A3 || rule == Rule::A5 || rule == Rule::A6 || rule == Rule::A8 ||
         rule == Rule::A10;
}

}  // namespace

std::optional<Text> verdict_on_stranger(const Scene& scene) {
  const Verdict made = scene.received->verdict;
  if (scene.segment().flags.rst && made == Verdict::Reset) return strange_reset(scene);
  if (scene.step.rule == Rule::Y3) return std::nullopt;
  if (made != Verdict::Accepted && !acknowledgment_counts(scene)) return std::nullopt;
  const bool moved = !scene.transitions.empty();
  if (leftover(scene) && octets_taken(scene) > 0) return Text::arrival_stale_data;
  if (moved && scene.segment().flags.syn && !scene.segment().flags.ack)
    return Text::arrival_forged_syn;
  if (moved) return Text::arrival_forged_moves;
  if (octets_taken(scene) > 0) return Text::arrival_forged_data;
  if (scene.is().snd_una > scene.was().snd_una) return Text::arrival_forged_acks;
  return std::nullopt;
}

Text verdict(const Scene& scene) {
  const bool waits = scene.is().state == State::TimeWait;
  const bool silent = !answered(scene);
  switch (scene.step.rule) {
    case Rule::L14: return Text::arrival_listen_reset;
    case Rule::L15:
    case Rule::L18: return listen_ack(scene);
    case Rule::L16: return Text::arrival_syn_first;
    case Rule::L17: return Text::arrival_listen_other;
    case Rule::L19: return Text::arrival_refused;
    case Rule::L20: return Text::arrival_syn_sent_reset;
    case Rule::L21: return Text::arrival_syn_answered;
    case Rule::L22: return Text::arrival_syn_crossing;
    case Rule::L23: return Text::arrival_syn_sent_other;
    case Rule::L24: return Text::arrival_taken_back;
    case Rule::L25: return refused_late(scene);
    case Rule::L26: return Text::arrival_syn_twice;
    case Rule::C1:
    case Rule::L27: return Text::arrival_syn_acknowledged;
    case Rule::L28: return Text::arrival_half_open_ack;
    case Rule::N1: return Text::arrival_no_connection_reset;
    case Rule::N2:
    case Rule::N3: return no_connection(scene);
    case Rule::Q1:
      return scene.come->injected ? Text::arrival_outside_forged_reset
                                  : Text::arrival_outside_reset;
    case Rule::Q2: return unacceptable(scene);
    case Rule::K1:
      return silent ? Text::arrival_reset_doubted_silently : Text::arrival_reset_doubted;
    case Rule::K2:
    case Rule::K3: return counting_reset(scene);
    case Rule::Y1: return syn_doubted(scene);
    case Rule::Y2: return Text::arrival_syn_resets;
    case Rule::Y3:
      return scene.transitions.empty() ? Text::arrival_syn_in_time_wait_ignored
                                       : Text::arrival_syn_in_time_wait_reopens;
    case Rule::A0: return Text::arrival_no_ack_bit;
    case Rule::A1: return Text::arrival_ack_unsent;
    case Rule::A2: return Text::arrival_ack_ancient;
    case Rule::A3:
      return scene.is().retransmission_queue.empty() ? Text::arrival_ack_of_data
                                                     : Text::arrival_ack_of_some;
    case Rule::A4: return nothing_acknowledged(scene);
    case Rule::A5: return Text::arrival_ack_of_fin;
    case Rule::A6: return Text::arrival_ack_before_fin;
    case Rule::A8:
      return waits ? Text::arrival_ack_in_closing : Text::arrival_ack_in_closing_no_wait;
    case Rule::A9: return Text::arrival_ack_not_in_closing;
    case Rule::A10: return Text::arrival_ack_last;
    case Rule::A11: return time_wait_arrival(scene);
    case Rule::T1: return data(scene);
    case Rule::T2: return too_early(scene);
    case Rule::T3: return Text::arrival_data_after_fin;
    case Rule::T4:
      return scene.was().orphan ? Text::arrival_data_after_close
                                : Text::arrival_data_after_shutdown;
    case Rule::F1: return first_fin(scene);
    case Rule::F2: return fin_with_ack(scene);
    case Rule::F3:
      return scene.is().fin ? Text::arrival_fin_crossing : Text::arrival_fin_crossing_unsent;
    case Rule::F4: return waits ? Text::arrival_fin_second : Text::arrival_fin_second_no_wait;
    case Rule::F5: return Text::arrival_fin_after_fin;
    case Rule::F6: return fin_in_time_wait(scene);
    case Rule::None:
    case Rule::L1:
    case Rule::L2:
    case Rule::L3:
    case Rule::L4:
    case Rule::L5:
    case Rule::L6:
    case Rule::L7:
    case Rule::L8:
    case Rule::L9:
    case Rule::L10:
    case Rule::L11:
    case Rule::L12:
    case Rule::L13:
    case Rule::C2:
    case Rule::C3:
    case Rule::C4:
    case Rule::C5:
    case Rule::C6:
    case Rule::S1:
    case Rule::S2:
    case Rule::R1:
    case Rule::R2:
    case Rule::R3:
    case Rule::B1:
    case Rule::B2:
    case Rule::X1:
    case Rule::X2:
    case Rule::X3:
    case Rule::X4:
    case Rule::X5:
    case Rule::X6:
    case Rule::X7:
    case Rule::X8:
    case Rule::X9:
    case Rule::H1: assert(false);  // these decide no arrival
  }
  return Text::arrival_ack_of_nothing;
}

}  // namespace core::narration
