// What must hold of every single event: each state, with whatever it may be in the middle of, meets
// every kind of segment around every edge, every call and every timer, under several policies.
// Longer than 300 lines: the laws of one event and the events that they are tried on.
#include "rows.hpp"

#include "core/tcp/state_diagram.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <functional>
#include <optional>
#include <utility>

namespace {

using core::Seq;
using core::State;
using core::Tcb;
using ends::in;
using enum core::State;

/// Ends in every state, in the middle of this and that.
std::vector<Tcb> all_ends() {
  std::vector<Tcb> out;
  for (const State state : core::all_states) {
    out.push_back(in(state));
    out.push_back(rows::unread(in(state), 50));
    out.push_back(rows::window(rows::unread(in(state), 50), 0));
    if (state == Established || state == CloseWait) {
      out.push_back(rows::unsent(rows::sending(in(state)), 9));
      out.push_back(rows::probing(in(state)));
      out.push_back(rows::fin_waiting(in(state)));
      out.push_back(rows::owing(in(state)));
    }
    if (state == FinWait1 || state == Closing || state == LastAck) {
      out.push_back(rows::sending(in(state)));
    }
    if (state >= FinWait1 && state != CloseWait) out.push_back(rows::orphan(in(state)));
  }
  out.push_back(rows::active(in(SynReceived)));
  out.push_back(rows::unsent(in(SynSent), 9));
  Tcb held = in(FinWait2);
  held.out_of_order = {{.seq = {310}, .len = 5, .fin = true}};
  out.push_back(held);
  for (Tcb& tcb : out) tcb = rows::watched(tcb);
  return out;
}

std::vector<core::Policy> all_policies() {
  core::Policy strange = {.time_wait = false,
                          .delayed_ack_ms = 200,
                          .mss = 4,
                          .rfc5961 = false,
                          .rst_in_time_wait = core::RstInTimeWait::Ignore,
                          .syn_in_time_wait = core::SynInTimeWait::Reopen,
                          .abort_to_time_wait = true,
                          .time_wait_answers = core::TimeWaitAnswers::EveryAck,
                          .closing_ack = core::ClosingAck::Fin,
                          .unread_data_resets = false,
                          .data_after_close_resets = false,
                          .timeout_sends_rst = true,
                          .user_timeout_ms = 5'000,
                          .keepalive = core::Keepalive{7'200, 75, 1}};
  std::vector<core::Policy> out = {strange};
  for (const core::Profile& profile : core::profiles()) {
    out.push_back(core::profile(profile.id));
  }
  return out;
}

/// The flags of a number from 0 to 15.
core::Flags flags(unsigned bits) {
  return {.syn = (bits & 1U) != 0,
          .fin = (bits & 2U) != 0,
          .rst = (bits & 4U) != 0,
          .ack = (bits & 8U) != 0};
}

std::vector<core::Event> all_arrivals(const Tcb& tcb) {
  std::vector<core::Event> out;
  const Seq edge = tcb.rcv_nxt + tcb.rcv_wnd;
  for (unsigned bits = 0; bits < 16; ++bits) {
    for (const Seq seq : {tcb.rcv_nxt, tcb.rcv_nxt - 1, tcb.rcv_nxt - 10, tcb.rcv_nxt + 1, edge - 1,
                          edge, tcb.rcv_nxt + 0x8000'0000U}) {
      for (const Seq ack : {tcb.snd_una, tcb.snd_una - 1, tcb.snd_una + 1, tcb.snd_nxt,
                            tcb.snd_nxt + 1, tcb.snd_una + 0x8000'0000U}) {
        for (const std::uint32_t len : {0U, 1U, 10U, 2000U}) {
          for (const std::uint32_t wnd : {0U, 1000U}) {
            out.push_back(core::Arrival{{seq, ack, flags(bits), len, wnd}});
          }
        }
      }
    }
  }
  return out;
}

std::vector<core::Event> all_calls_and_timeouts(const Tcb& tcb) {
  std::vector<core::Event> out = {rows::closes,
                                  rows::shuts_write,
                                  rows::shuts_read,
                                  rows::shuts_both,
                                  rows::sends_six,
                                  rows::receives,
                                  rows::aborts,
                                  rows::connects,
                                  rows::listens,
                                  rows::calls(core::ReceiveOctets{7}),
                                  rows::calls(core::SendOctets{3000})};
  for (const core::Timer timer : core::all_timers) {
    if (tcb.timers.has(timer)) out.push_back(rows::expires(timer));
  }
  return out;
}

/// One event at one end, and all that it brought.
struct Case {
  const Tcb& before;
  const core::Event& event;
  const ends::Told& told;

  [[nodiscard]] const core::Segment* arrived() const {
    const auto* arrival = std::get_if<core::Arrival>(&event);
    return arrival == nullptr ? nullptr : &arrival->segment;
  }
  [[nodiscard]] bool sent(const std::function<bool(const core::Segment&)>& what) const {
    return std::ranges::any_of(told.sent, what);
  }
  [[nodiscard]] bool arrow(const std::function<bool(const core::Transition&)>& what) const {
    return std::ranges::any_of(told.transitions, what);
  }
  [[nodiscard]] bool new_incarnation() const {
    return arrow([](const core::Transition& taken) {
      return taken.to == SynSent || taken.to == Listen ||
             (taken.from == TimeWait && taken.to == SynReceived);
    });
  }
};

/// What no event at any end may do.
struct Fault {
  std::string law;
  std::function<bool(const Case&)> broken;
};

std::vector<Fault> faults() {
  return {
      {"a RST is never answered by a RST",
       [](const Case& one) {
         const bool reset = one.arrived() != nullptr && one.arrived()->flags.rst;
         return reset && one.sent([](const core::Segment& sent) { return sent.flags.rst; });
       }},
      {"only arrows of the state diagram are taken, and they join",
       [](const Case& one) {
         State state = one.before.state;
         for (const core::Transition& taken : one.told.transitions) {
           if (taken.from != state || core::edge(taken.from, taken.to) == nullptr) return true;
           state = taken.to;
         }
         return one.told.tcb.state != state;
       }},
      {"nothing that is numbered goes back",
       [](const Case& one) {
         const Tcb& before = one.before;
         const Tcb& after = one.told.tcb;
         // Before the peer's SYN there is nothing to count from.
         if (one.new_incarnation() || before.state < SynReceived) return false;
         return after.snd_una < before.snd_una || after.snd_nxt < before.snd_nxt ||
                after.rcv_nxt < before.rcv_nxt || after.snd_una > after.snd_nxt ||
                after.rcv_nxt + after.rcv_wnd < before.rcv_nxt + before.rcv_wnd;
       }},
      {"the FIN has one number, and nothing lies behind it",
       [](const Case& one) {
         const std::optional<Seq> fin = one.told.tcb.fin;
         if (one.new_incarnation() || !fin) return false;
         return (one.before.fin && *fin != *one.before.fin) || one.told.tcb.snd_nxt != *fin + 1;
       }},
      {"what is on its way is what lies between SND.UNA and SND.NXT",
       [](const Case& one) {
         const Tcb& after = one.told.tcb;
         if (after.state == Closed || after.state == Listen)
           return !after.retransmission_queue.empty();
         // Whoever has sent a reset and waits keeps nothing.
         if (after.state == TimeWait) return false;
         Seq next = after.snd_una;
         for (const core::SequenceRange& sent : after.retransmission_queue) {
           if (sent.seq != next || sent.end() <= sent.seq) return true;
           next = sent.end();
         }
         return next != after.snd_nxt;
       }},
      {"who waits for an acknowledgment has one timer that asks for it",
       [](const Case& one) {
         const Tcb& after = one.told.tcb;
         const bool repeats = after.timers.has(core::Timer::Retransmission);
         const bool probes = after.timers.has(core::Timer::Persist);
         const bool waits = !after.retransmission_queue.empty();
         if (repeats && probes) return true;
         return waits ? !repeats && !probes : repeats || (probes && !after.outstanding());
       }},
      {"the other timers run in their states, and nowhere else",
       [](const Case& one) {
         const Tcb& after = one.told.tcb;
         const auto runs = [&](core::Timer timer) { return after.timers.has(timer); };
         const bool nothing = after.state == Closed || after.state == Listen;
         const bool later = after.ack_owed == core::AckOwed::Later;
         return (nothing && after.timers != core::TimerSet{}) ||
                runs(core::Timer::TimeWait) != (after.state == TimeWait) ||
                (runs(core::Timer::FinWait2) && after.state != FinWait2) ||
                runs(core::Timer::DelayedAck) != later;
       }},
      {"nothing that is due is kept",
       [](const Case& one) { return one.told.tcb.ack_owed == core::AckOwed::Now; }},
      {"an end that stays in CLOSED sends nothing but one reset",
       [](const Case& one) {
         if (one.before.state != Closed || one.told.tcb.state != Closed) return false;
         return one.told.sent.size() > 1 ||
                one.sent([](const core::Segment& sent) { return !sent.flags.rst; });
       }},
      {"an arrival is answered once, beside the data that it lets go",
       [](const Case& one) {
         if (one.arrived() == nullptr) return false;
         return std::ranges::count_if(one.told.sent, [](const core::Segment& sent) {
                  return sent.length() == 0;
                }) > 1;
       }},
      {"a bare ACK inside the window is answered only if it cannot be right",
       [](const Case& one) {
         const core::Segment* segment = one.arrived();
         const Tcb& before = one.before;
         // In TIME_WAIT the literal reading answers (D2).
         if (segment == nullptr || before.state < Established || before.state == TimeWait)
           return false;
         if (segment->length() > 0 || segment->flags != core::Flags{.ack = true}) return false;
         const bool inside = segment->seq.value - before.rcv_nxt.value < before.rcv_wnd;
         const bool right = segment->ack.value - before.snd_una.value <=
                            before.snd_nxt.value - before.snd_una.value;
         return inside && right &&
                one.sent([](const core::Segment& sent) { return sent.length() == 0; });
       }},
      {"an orphan hears nothing",
       [](const Case& one) {
         const bool call = std::holds_alternative<core::Call>(one.event);
         return one.before.orphan && !call && one.told.text.find("signal") != std::string::npos;
       }},
  };
}

}  // namespace

TEST_CASE("any event, at any end, keeps the laws of one end") {
  const std::vector<Fault> all = faults();
  std::vector<int> counts(all.size());
  std::vector<std::string> first(all.size());
  for (const core::Policy& policy : all_policies()) {
    for (const Tcb& before : all_ends()) {
      std::vector<core::Event> events = all_arrivals(before);
      for (core::Event& event : all_calls_and_timeouts(before)) events.push_back(std::move(event));
      for (const core::Event& event : events) {
        const ends::Told told = ends::tell(before, event, policy, {.ms = 1'000, .iss = {90'000}});
        const Case one{before, event, told};
        for (std::size_t i = 0; i < all.size(); ++i) {
          if (!all[i].broken(one) || counts[i]++ > 0) continue;
          first[i] = std::string(core::to_string(before.state)) + ": " +
                     (one.arrived() == nullptr ? "call or timer" : ends::text(*one.arrived())) +
                     " -> " + told.text;
        }
      }
    }
  }
  for (std::size_t i = 0; i < all.size(); ++i) {
    CAPTURE(all[i].law);
    CAPTURE(first[i]);
    CHECK(counts[i] == 0);
  }
}

TEST_CASE("any segment does the same wherever the numbers lie") {
  const auto moved = [](Tcb tcb, std::uint32_t ours, std::uint32_t theirs) {
    for (Seq* seq : {&tcb.iss, &tcb.snd_una, &tcb.snd_nxt, &tcb.snd_wl2}) *seq = *seq + ours;
    for (Seq* seq : {&tcb.irs, &tcb.rcv_nxt, &tcb.snd_wl1, &tcb.acknowledged}) *seq = *seq + theirs;
    if (tcb.fin) tcb.fin = *tcb.fin + ours;
    for (core::SequenceRange& sent : tcb.retransmission_queue) sent.seq = sent.seq + ours;
    for (core::SequenceRange& early : tcb.out_of_order) early.seq = early.seq + theirs;
    for (core::UserTimeoutMark& handed : tcb.user_timeout_marks) handed.end = handed.end + ours;
    return tcb;
  };
  // Both ends' numbers wrap within what is on its way, or within the window.
  constexpr std::uint32_t ours = 0U - 101;
  constexpr std::uint32_t theirs = 0U - 305;
  int count = 0;
  std::string first;
  for (const Tcb& tcb : all_ends()) {
    if (tcb.state < SynReceived) continue;
    const Tcb wrapped = moved(tcb, ours, theirs);
    for (const core::Event& event : all_arrivals(tcb)) {
      core::Segment segment = std::get<core::Arrival>(event).segment;
      const core::Outcome here = core::step(tcb, event, {});
      const std::string notation = ends::text(segment);
      segment.seq = segment.seq + theirs;
      segment.ack = segment.ack + ours;
      const core::Outcome there = core::step(wrapped, core::Arrival{segment}, {});
      // What waits for a new connection has no numbers yet.
      if (here.next.state == Listen && there.next.state == Listen) continue;
      const bool same = moved(here.next, ours, theirs) == there.next && here.rule == there.rule &&
                        here.verdict == there.verdict && here.send.size() == there.send.size();
      if (same || count++ > 0) continue;
      first = std::string(core::to_string(tcb.state)) + ": " + notation;
    }
  }
  CAPTURE(first);
  CHECK(count == 0);
}
