// What to say when a segment arrives: where it comes from, what its end makes of it (verdicts.cpp
// chooses that sentence), and what follows.
#include "core/narrate/choose.hpp"
#include "core/narrate/facts.hpp"

namespace core::narration {
namespace {

// --- What comes before it -----------------------------------------------------------------------

bool repeated_already(const Scene& scene) {
  const Rule rule = scene.step.rule;
  const bool known = rule == Rule::Q2 && scene.received->verdict == Verdict::Duplicate;
  return rule == Rule::F6 || known || (rule == Rule::Y1 && known_syn(scene));
}

void add_origin(const Scene& scene, Telling& telling) {
  if (leftover(scene)) return telling.add(Text::arrival_from_before);
  if (scene.come->injected) return telling.add(Text::arrival_nobody_sent);
  if (second_copy(scene)) return telling.add(Text::arrival_copied);
  if (!repeated_already(scene)) return;
  const bool syn = scene.segment().flags.syn;
  switch (again(scene)) {
    case Again::AckLate: return syn ? void() : telling.add(Text::arrival_ack_late);
    case Again::AckOwed: return syn ? void() : telling.add(Text::arrival_ack_owed);
    case Again::Overtaken: return telling.add(Text::arrival_overtaken);
    case Again::AckLost:
    case Again::AsAck:
    case Again::Copy: return;
  }
}

void add_what_it_completes(const Scene& scene, Telling& telling) {
  const Rule rule = scene.step.rule;
  const bool opens = scene.moved_by(Rule::L27) || scene.moved_by(Rule::L21);
  if (opens && rule != Rule::L27 && rule != Rule::L21 && rule != Rule::C1) {
    telling.add(Text::arrival_opens_too);
  }
  const bool kept_fin = fin_counts(scene) && !scene.segment().flags.fin;
  if (fills_gap(scene)) {
    telling.add(kept_fin ? Text::arrival_gap_filled_before_fin : Text::arrival_gap_filled);
  } else if (fin_counts(scene) && octets_taken(scene) > 0) {
    telling.add(Text::arrival_data_before_fin);
  }
}

// --- What follows from it -----------------------------------------------------------------------

void add_window(const Scene& scene, Telling& telling) {
  const std::uint32_t was = scene.was().snd_wnd;
  const std::uint32_t is = scene.is().snd_wnd;
  const Rule rule = scene.step.rule;
  const bool told = rule == Rule::A4 && !refused_for_room(scene);
  const bool ack = rule == Rule::A3 || rule == Rule::A4 || rule == Rule::A5 || rule == Rule::A6;
  if (!ack || told) return;
  if (was == 0 && is > 0) telling.add(Text::arrival_window_opens_too, is);
  if (was > 0 && is == 0) telling.add(Text::arrival_window_shuts_too);
}

/// What has come from an earlier incarnation, read or not.
std::uint32_t stale_octets(const Endpoint& end) {
  std::uint32_t octets = end.delivered_stale;
  for (const ReceivedChunk& taken : end.buffer) octets += taken.stale ? taken.octets : 0U;
  return octets;
}

void add_buffer(const Scene& scene, Telling& telling) {
  const Tcb& was = scene.was();
  const Tcb& is = scene.is();
  const Segment& segment = scene.segment();
  const std::uint32_t taken = octets_taken(scene);
  if (scene.step.rule == Rule::A5) {
    const bool early = scene.received->verdict == Verdict::OutOfOrder;
    if (early) telling.add(Text::arrival_data_early_with_ack);
    if (fills_gap(scene)) {
      telling.add(
          is.reads_at_once ? Text::arrival_data_read_with_kept : Text::arrival_data_kept_with_kept,
          taken);
    } else if (taken > 0) {
      telling.add(Text::arrival_data_with_ack, taken);
    }
  }
  if (refused_for_room(scene) && is.snd_una > was.snd_una) telling.add(Text::arrival_no_room_in_it);
  const std::uint32_t stale = stale_octets(scene.step.world.at(scene.end));
  const std::uint32_t stale_before = stale_octets(scene.earlier.at(scene.end));
  if (stale > stale_before && !strange(scene)) {
    telling.add(Text::arrival_data_stale, stale - stale_before);
  }
  if (scene.step.rule != Rule::T1) return;
  const std::int32_t known = was.rcv_nxt - segment.seq;
  if (synchronized(was.state) && known > 0) {
    telling.add(Text::arrival_data_known_in_part, static_cast<std::uint32_t>(known));
  }
  if (is.rcv_nxt < segment.end()) telling.add(Text::arrival_no_room_for_all);
  if (is.rcv_wnd == 0) telling.add(Text::arrival_buffer_full);
}

void add_acknowledging(const Scene& scene, Telling& telling) {
  const Tcb& was = scene.was();
  const Segment& segment = scene.segment();
  const bool taken = scene.is().rcv_nxt > was.rcv_nxt && synchronized(was.state);
  const bool waits = scene.is().ack_owed == AckOwed::Later && !scene.stops(Timer::DelayedAck);
  const TimerChange* timer = scene.starts(Timer::DelayedAck);
  if (waits && timer != nullptr) {
    telling.add_timed(Text::arrival_ack_waits, timer->after_ms);
  } else if (waits && taken) {
    telling.add(Text::arrival_ack_still_waits);
  }
  const bool news = segment.flags.ack && segment.ack > was.snd_una && segment.ack <= was.snd_nxt;
  const bool stopped = scene.step.rule == Rule::Q2 && scene.is().snd_una == was.snd_una;
  const bool said = synchronized(was.state) && !strange(scene) && again(scene) != Again::AsAck;
  if (news && stopped && said) telling.add(Text::arrival_ack_not_looked_at);
}

void add_timers(const Scene& scene, Telling& telling) {
  const TimerChange* orphan = scene.starts(Timer::FinWait2);
  const TimerChange* time_wait = scene.starts(Timer::TimeWait);
  if (orphan != nullptr) telling.add_timed(Text::call_fin_wait_2_timed, orphan->after_ms);
  if (time_wait == nullptr) return;
  if (scene.step.rule != Rule::F6 && scene.was().state == State::TimeWait) {
    telling.add(Text::arrival_time_wait_starts_over);
  }
  telling.time = time_wait->after_ms;
}

void add_end(const Scene& scene, Telling& telling) {
  const Tcb& was = scene.was();
  const bool reset = scene.segment().flags.rst && scene.is().state == State::Closed;
  const bool fin_out = was.state == State::Closing || was.state == State::LastAck;
  if (reset && fin_out) telling.add(Text::arrival_fin_in_doubt);
  add_what_is_told(scene, telling);
}

Text title(const Scene& scene) {
  if (scene.received->verdict == Verdict::OutOfOrder) return Text::arrival_receives_early;
  if (first_syn_ack(scene)) return Text::arrival_receives;
  const bool twice = second_copy(scene) || (repeated_already(scene) && !strange(scene));
  return twice ? Text::arrival_receives_again : Text::arrival_receives;
}

}  // namespace

Telling tell_arrival(const Scene& scene) {
  Telling telling;
  telling.title = title(scene);
  telling.about = scene.come;
  telling.octets = scene.step.rule == Rule::A4 ? scene.is().snd_wnd : octets_taken(scene);
  if (scene.step.rule == Rule::F1) telling.octets = scene.is().unread;
  add_origin(scene, telling);
  const auto of_stranger = strange(scene) ? verdict_on_stranger(scene) : std::nullopt;
  if (of_stranger) {
    telling.add(*of_stranger, octets_taken(scene));
  } else {
    add_what_it_completes(scene, telling);
    telling.add(verdict(scene));
  }
  if (scene.moved_by(Rule::C1)) telling.add(Text::arrival_closes_at_once);
  if (scene.moved_by(Rule::C2)) telling.add(Text::arrival_fin_leaves);
  add_window(scene, telling);
  add_buffer(scene, telling);
  add_end(scene, telling);
  add_acknowledging(scene, telling);
  add_timers(scene, telling);
  return telling;
}

}  // namespace core::narration
