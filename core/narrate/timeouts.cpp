// What to say when a timer runs out, and of what the application learns then.
#include "core/narrate/choose.hpp"

namespace core::narration {
namespace {

void tell_repeat(const Scene& scene, Telling& telling) {
  const TimerChange* next = scene.starts(Timer::Retransmission);
  telling.next = next == nullptr ? 0 : next->after_ms;
  const bool twice = telling.next == 2 * telling.time;
  const Segment& segment = scene.sent.front()->segment;
  if (segment.flags.syn) {
    telling.tell(twice ? titled::timeout_syn_repeated : titled::timeout_syn_repeated_no_longer);
  } else if (segment.flags.fin && segment.len > 0) {
    telling.tell(twice ? titled::timeout_data_and_fin_repeated
                       : titled::timeout_data_and_fin_repeated_no_longer);
  } else if (segment.flags.fin) {
    telling.tell(twice ? titled::timeout_fin_repeated : titled::timeout_fin_repeated_no_longer);
  } else {
    telling.tell(twice ? titled::timeout_data_repeated : titled::timeout_data_repeated_no_longer);
  }
}

void tell_retransmission(const Scene& scene, Telling& telling) {
  if (scene.step.rule != Rule::X2 && !scene.sent.empty()) return tell_repeat(scene, telling);
  telling.time = scene.is().waited_ms;
  if (scene.was().state == State::SynSent) {
    telling.tell(titled::timeout_gave_up_connecting);
  } else {
    telling.tell(scene.sent.empty() ? titled::timeout_gave_up : titled::timeout_gave_up_reset);
  }
}

void tell_window_probe(const Scene& scene, Telling& telling) {
  const TimerChange* next = scene.starts(Timer::Persist);
  telling.next = next == nullptr ? 0 : next->after_ms;
  const bool again = !scene.sent.empty() && scene.sent.front()->retransmission_of;
  if (scene.sent_with(&Flags::fin) != nullptr) {
    telling.tell(again ? titled::timeout_window_probe_fin_again : titled::timeout_window_probe_fin);
  } else {
    telling.tell(again ? titled::timeout_window_probe_again : titled::timeout_window_probe);
  }
  if (scene.moved_by(Rule::C2)) telling.add(Text::timeout_now_in_last_ack);
}

void tell_keepalive(const Scene& scene, Telling& telling) {
  const Time probes = scene.was().keepalive_probes;
  if (scene.step.rule != Rule::X7) {
    return telling.tell(probes == 0 ? titled::timeout_keepalive : titled::timeout_keepalive_again);
  }
  telling.octets = static_cast<std::uint32_t>(probes);
  if (!scene.sent.empty()) return telling.tell(titled::timeout_keepalive_dead_reset);
  telling.tell(probes > 1 ? titled::timeout_keepalive_dead
                          : titled::timeout_keepalive_dead_at_once);
}

void tell_time_wait(const Scene& scene, Telling& telling) {
  if (under_way(scene, scene.peer)) {
    telling.tell(titled::timeout_time_wait_over_with_stray);
  } else if (fin_came_since_time_wait_began(scene)) {
    telling.tell(titled::timeout_time_wait_over_with_fin);
  } else {
    telling.tell(titled::timeout_time_wait_over);
  }
}

}  // namespace

Telling tell_timeout(const Scene& scene) {
  Telling telling;
  telling.time = waited(scene);
  switch (scene.expired->timer) {
    case Timer::Retransmission: tell_retransmission(scene, telling); break;
    case Timer::Persist: tell_window_probe(scene, telling); break;
    case Timer::TimeWait: tell_time_wait(scene, telling); break;
    case Timer::FinWait2: telling.tell(titled::timeout_fin_wait_2_over); break;
    case Timer::DelayedAck:
      telling.tell(scene.sent.empty() ? titled::timeout_delayed_ack_joined
                                      : titled::timeout_delayed_ack);
      break;
    case Timer::Keepalive: tell_keepalive(scene, telling); break;
    case Timer::UserTimeout:
      telling.time = scene.step.at - scene.was().user_timeout_since;
      telling.tell(scene.sent.empty() ? titled::timeout_user_timeout
                                      : titled::timeout_user_timeout_reset);
      break;
  }
  add_what_is_told(scene, telling);
  return telling;
}

void add_what_is_told(const Scene& scene, Telling& telling) {
  for (const Signal signal : scene.signals) {
    switch (signal) {
      case Signal::Eof:
        if (scene.step.rule != Rule::F1) telling.add(Text::told_eof);
        break;
      case Signal::ConnectionReset: telling.add(Text::told_reset); break;
      case Signal::ConnectionRefused: telling.add(Text::told_refused); break;
      case Signal::TimedOut: telling.add(Text::told_timed_out); break;
      case Signal::Closed: telling.add(Text::told_closed); break;
    }
  }
  const Tcb& was = scene.was();
  const bool ends = scene.is().state == State::Closed;
  if (ends && was.unread > 0 && scene.is().unread == 0) {
    telling.add(Text::told_unread_lost, was.unread);
  }
  // An orphan whose connection ends with an error.
  const Rule rule = scene.step.rule;
  const bool reset = rule == Rule::K2 || (rule == Rule::K3 && was.state != State::TimeWait);
  const bool error =
      reset || rule == Rule::Y2 || rule == Rule::X2 || rule == Rule::X3 || rule == Rule::X7;
  if (ends && error && was.orphan) telling.add(Text::told_nobody);
}

}  // namespace core::narration
