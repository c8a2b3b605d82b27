#include "core/explore/end_model.hpp"

#include "core/sim/initial_state.hpp"

#include <algorithm>
#include <utility>

namespace core::explore {

EndModel::EndModel(const Setup& setup, Side side, SegmentTable& said, const SegmentTable& heard)
    : side_(side),
      application_(setup.applications[index(side)]),
      reopens_(setup.reopens),
      policy_(setup.policy(side)),
      counts_repeats_(policy_.max_retransmits.has_value()),
      one_window_(setup.base.start[0].reads_at_once && setup.base.start[1].reads_at_once),
      said_(said),
      heard_(heard) {
  const auto& starts = setup.base.start;
  const auto place = index(side);
  End first;
  first.tcb = start_of(starts[place], starts[1 - place], policy_).tcb;
  number_of(std::move(first));
}

std::size_t EndModel::Hash::operator()(const End& end) const {
  const Tcb& tcb = end.tcb;
  std::uint64_t out = 0;
  const auto mix = [&](std::uint32_t value) {
    out = (out ^ value) * 0x9E3779B97F4A7C15U;
    out ^= out >> 29U;
  };
  mix(static_cast<std::uint32_t>(tcb.state));
  mix(tcb.snd_una.value);
  mix(tcb.snd_nxt.value);
  mix(tcb.rcv_nxt.value);
  mix(tcb.rcv_wnd);
  mix(tcb.snd_wl1.value);
  mix(tcb.snd_wl2.value);
  mix(tcb.acknowledged.value);
  mix(tcb.unsent);
  mix(static_cast<std::uint32_t>(tcb.out_of_order.size()));
  mix(static_cast<std::uint32_t>(end.incarnation));
  mix(end.sent);
  return static_cast<std::size_t>(out);
}

// Ends that can never behave differently are made equal, which keeps the graph small. There is no
// clock, so how long something has waited does not matter; how often it was retransmitted matters
// only if that is limited. The order in which segments arrived out of order does not matter either.
// SND.WL1 and SND.WL2 select the newest of several windows, and all windows are equal as long as
// both applications read at once.
void EndModel::forget(Tcb& tcb) const {
  tcb.rto_ms = policy_.rto_ms;
  tcb.waited_ms = 0;
  if (!counts_repeats_) tcb.repeats = 0;
  std::ranges::sort(tcb.out_of_order, {},
                    [&](const SequenceRange& early) { return early.seq - tcb.rcv_nxt; });
  if (!one_window_ || ends_.empty()) return;
  tcb.snd_wl1 = ends_.front().tcb.snd_wl1;
  tcb.snd_wl2 = ends_.front().tcb.snd_wl2;
}

std::uint32_t EndModel::number_of(End end) {
  forget(end.tcb);
  const auto [found, fresh] = numbers_.try_emplace(end, static_cast<std::uint32_t>(ends_.size()));
  if (fresh) {
    calls_.push_back(calls_of(end));
    ends_.push_back(std::move(end));
    known_.emplace_back();
  }
  return found->second;
}

bool EndModel::wants_to_close(const End& end) const {
  const Tcb& tcb = end.tcb;
  const bool open = synchronized(tcb.state) && !tcb.fin_requested && !tcb.orphan;
  const bool now = application_.closes == Closes::AtAnyMoment ||
                   (application_.closes == Closes::AfterEof && end.eof);
  return open && now && end.incarnation == 1 && end.sent == application_.octets;
}

std::uint8_t EndModel::calls_of(const End& end) const {
  const Tcb& tcb = end.tcb;
  std::uint8_t out = 0;
  const auto may = [&](Stimulus call, bool so) {
    if (so) out = static_cast<std::uint8_t>(out | 1U << call);
  };
  const bool first = end.incarnation == 1;
  may(receive_all, !tcb.reads_at_once && tcb.unread > 0 && !tcb.orphan);
  may(open_again, reopens_ && tcb.state == State::Closed && first);
  may(give_up, synchronized(tcb.state));
  const bool sends = synchronized(tcb.state) && !tcb.fin_requested && !tcb.orphan && first;
  may(send_octet, sends && end.sent < application_.octets);
  may(close_now, wants_to_close(end));
  return out;
}

std::optional<Stimulus> EndModel::joins(std::uint32_t end) const {
  if (may(end, send_octet)) return arrival_and_send;
  // The arrival may bring the EOF that the application waits for.
  const bool waits = application_.closes == Closes::AfterEof && !ends_[end].eof;
  if (may(end, close_now) || waits) return arrival_and_close;
  return std::nullopt;
}

std::vector<Event> EndModel::events(const End& end, Stimulus stimulus) const {
  // The same initial numbers are the worst case for segments left over from the old incarnation.
  const auto open = [&]() -> Call {
    if (side_ == Side::Client) return Connect{.iss = ends_.front().tcb.iss};
    return Listen{.iss = ends_.front().tcb.iss};
  };
  const auto close = [&]() -> Call {
    if (application_.half_duplex) return Close{};
    return Shutdown{};
  };
  if (stimulus >= first_arrival) {
    const std::size_t place = (stimulus - first_arrival) % most_wires;
    const WireSegment& wire = heard_[place];
    const Arrival arrival{wire.segment, wire.incarnation < end.incarnation};
    if (stimulus >= arrival_and_close) return {arrival, close()};
    if (stimulus >= arrival_and_send) return {arrival, Call{SendOctets{1}}};
    return {arrival};
  }
  if (stimulus >= first_timeout) return {Timeout{all_timers[stimulus - first_timeout]}};
  switch (stimulus) {
    case send_octet: return {Call{SendOctets{1}}};
    case receive_all: return {Call{ReceiveOctets{}}};
    case close_now: return {close()};
    case give_up: return {Call{Abort{}}};
    default: return {open()};
  }
}

const Reaction& EndModel::react(std::uint32_t end, Stimulus stimulus) {
  if (known_[end][stimulus] == 0) {
    const Reaction reaction = work_out(end, stimulus);
    reactions_.push_back(reaction);
    known_[end][stimulus] = static_cast<std::uint32_t>(reactions_.size());
  }
  return reactions_[known_[end][stimulus] - 1];
}

Reaction EndModel::work_out(std::uint32_t number, Stimulus stimulus) {
  End end = ends_[number];
  Reaction out;
  const auto count = [&](const Checks& checks) {
    out.broken |= checks.broken;
    for (std::size_t i = 1; i < applied_.size(); ++i) applied_[i] += checks.applied.test(i) ? 1 : 0;
  };
  std::optional<int> answered;
  if (stimulus >= first_arrival) {
    answered = heard_[(stimulus - first_arrival) % most_wires].incarnation;
  }
  const auto told = [](const Outcome& outcome, Signal signal) {
    return std::ranges::find(outcome.signals, signal) != outcome.signals.end();
  };
  const auto take = [&](Outcome outcome) {
    end.incarnation = incarnation_after(outcome, end.incarnation);
    for (const Segment& segment : outcome.send) {
      out.sends |= say({segment, incarnation_of(segment, end.incarnation, answered)});
    }
    for (const TimerChange& change : outcome.timers) {
      if (change.timer == Timer::TimeWait && change.what == TimerAction::Restart) {
        out.restarts_time_wait = true;
      }
    }
    end.received += outcome.octets;
    end.eof = end.eof || told(outcome, Signal::Eof);
    end.failed = end.failed || told(outcome, Signal::ConnectionReset) ||
                 told(outcome, Signal::ConnectionRefused) || told(outcome, Signal::TimedOut);
    end.tcb = std::move(outcome.next);
  };
  const Inputs now{.ms = 0, .iss = ends_.front().tcb.iss};
  for (const Event& event : events(end, stimulus)) {
    const auto* call = std::get_if<Call>(&event);
    const bool close = call != nullptr && stimulus >= arrival_and_close;
    if (close && !wants_to_close(end)) continue;
    Outcome outcome = step(end.tcb, event, policy_, now);
    const auto* sent = call != nullptr ? std::get_if<SendOctets>(call) : nullptr;
    if (sent != nullptr && outcome.result == CallResult::Ok) end.sent += sent->octets;
    count(check_event(end, outcome, policy_, event));
    take(std::move(outcome));
  }
  Outcome left = transmit(end.tcb, policy_, now);
  count(check_outcome(end.tcb, left, policy_));
  take(std::move(left));
  count(check_end(end, policy_));
  out.next = number_of(std::move(end));
  return out;
}

WireSegments EndModel::say(const WireSegment& wire) {
  const auto found = std::ranges::find(said_, wire);
  const auto place = static_cast<std::size_t>(found - said_.begin());
  if (place == most_wires) {
    overflown_ = true;
    return 0;
  }
  const WireSegments bit = WireSegments{1} << place;
  if (found == said_.end()) said_.push_back(wire);
  if (wire.incarnation == 1) of_first_ |= bit;
  return bit;
}

int incarnation_after(const Outcome& outcome, int before) {
  const bool opens = std::ranges::any_of(outcome.transitions, [](const Transition& transition) {
    return transition.to == State::SynSent || transition.to == State::SynReceived;
  });
  return opens ? 2 : before;
}

int incarnation_of(const Segment& sent, int sender, std::optional<int> answered) {
  return sent.flags.rst && answered ? *answered : sender;
}

}  // namespace core::explore
