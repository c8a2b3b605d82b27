// What TCP must keep in every run: each scenario of the catalogue, by every profile, whole and with
// every single one of its segments lost, copied or delayed, or any two of them lost, or with a
// reader who meddles at any of its moments.
// Longer than 300 lines: the laws and the runs that they are tried on.
#include "every_run.hpp"
#include "runs.hpp"

#include "core/tcp/state_diagram.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <array>
#include <map>
#include <optional>
#include <set>
#include <utility>
#include <vector>

namespace {

using core::Ended;
using core::Endpoint;
using core::Seq;
using core::Side;
using core::State;
using core::Timeline;
using runs::at;
using runs::Judgement;
using runs::Played;
using runs::sides;

/// Whether a law holds at one place; nothing if its condition is not met there.
using Holds = std::optional<bool>;
constexpr Holds not_applicable = std::nullopt;

/// Judges each end whenever an instant is over. In the middle of an instant, what leaves or is
/// signalled may appear one step late.
template <typename Judge>
Judgement at_each_end(const Played& played, const Judge& judge) {
  Judgement out;
  const auto& steps = played.timeline.steps;
  for (std::size_t i = 0; i < steps.size(); ++i) {
    if (i + 1 < steps.size() && steps[i + 1].at == steps[i].at) continue;
    for (const Side side : sides) {
      const core::World& world = steps[i].world;
      const Holds holds = judge(world.at(side), world.at(core::other(side)));
      if (holds) ++out.applied;
      if (out.broken.empty() && holds == false) out.broken = at(steps[i], side);
    }
  }
  return out;
}

/// Judges each end before and after each step.
template <typename Judge>
Judgement at_each_change(const Played& played, const Judge& judge) {
  Judgement out;
  const auto& steps = played.timeline.steps;
  for (std::size_t i = 1; i < steps.size(); ++i) {
    for (const Side side : sides) {
      const Holds holds = judge(steps[i - 1].world.at(side), steps[i].world.at(side), steps[i]);
      if (holds) ++out.applied;
      if (out.broken.empty() && holds == false) out.broken = at(steps[i], side);
    }
  }
  return out;
}

bool alive(const Endpoint& end) {
  return end.up && end.tcb.state > State::SynSent;
}

/// Both ends are in the same incarnation of the connection, and know each other's numbers.
bool connected(const Endpoint& end, const Endpoint& peer) {
  return alive(end) && alive(peer) && end.incarnation == peer.incarnation;
}

Judgement numbers_never_go_back(const Played& played) {
  return at_each_change(
      played, [](const Endpoint& before, const Endpoint& after, const auto&) -> Holds {
        const bool one_connection =
            alive(before) && alive(after) && before.incarnation == after.incarnation;
        if (!one_connection) return not_applicable;
        return after.tcb.snd_una >= before.tcb.snd_una && after.tcb.snd_nxt >= before.tcb.snd_nxt &&
               after.tcb.rcv_nxt >= before.tcb.rcv_nxt && after.tcb.snd_una <= after.tcb.snd_nxt &&
               after.tcb.rcv_nxt + after.tcb.rcv_wnd >= before.tcb.rcv_nxt + before.tcb.rcv_wnd;
      });
}

Judgement acknowledges_only_what_was_sent(const Played& played) {
  if (runs::has_injection(played.run)) return {};
  return at_each_end(played, [](const Endpoint& end, const Endpoint& peer) -> Holds {
    if (!connected(end, peer)) return not_applicable;
    return end.tcb.rcv_nxt <= peer.tcb.snd_nxt && peer.tcb.snd_una <= end.tcb.rcv_nxt;
  });
}

Judgement one_number_for_the_fin(const Played& played) {
  // A connection that a forged SYN opens cannot be told from the one before.
  if (runs::has_injected_syn(played.run)) return {};
  Judgement out;
  std::map<std::pair<Side, int>, Seq> fins;
  for (const core::Transmission& sent : played.timeline.segments) {
    if (sent.injected || !sent.segment.flags.fin) continue;
    const Seq number = sent.segment.end() - 1;
    const auto [known, fresh] = fins.try_emplace({sent.from, sent.incarnation}, number);
    if (fresh) continue;
    ++out.applied;
    if (known->second != number) return "segment " + std::to_string(sent.number);
  }
  for (const core::Transmission& sent : played.timeline.segments) {
    const auto fin = fins.find({sent.from, sent.incarnation});
    if (sent.injected || fin == fins.end() || sent.segment.length() == 0) continue;
    ++out.applied;
    if (sent.segment.end() > fin->second + 1) return "segment " + std::to_string(sent.number);
  }
  return out;
}

Judgement states_imply_facts(const Played& played) {
  return at_each_end(played, [](const Endpoint& end, const Endpoint&) -> Holds {
    const core::Tcb& tcb = end.tcb;
    switch (tcb.state) {
      case State::Closed:
      case State::Listen:
      case State::SynSent: return not_applicable;
      case State::SynReceived: return !tcb.fin && !tcb.fin_received;
      case State::Established: return !tcb.fin_requested && !tcb.fin_received;
      case State::FinWait1:
        return tcb.fin_requested && !tcb.fin_acknowledged() && !tcb.fin_received;
      case State::FinWait2: return tcb.fin_acknowledged() && !tcb.fin_received;
      case State::CloseWait: return !tcb.fin && tcb.fin_received;
      case State::Closing:
      // When an ACK makes room for the FIN, the arrival is told before the FIN is.
      case State::LastAck: return tcb.fin_requested && !tcb.fin_acknowledged() && tcb.fin_received;
      case State::TimeWait: return tcb.fin_acknowledged() && tcb.fin_received;
    }
    return false;
  });
}

Judgement nothing_is_sent_after_close(const Played& played) {
  Judgement out;
  std::map<Side, bool> closed;
  const Timeline& timeline = played.timeline;
  for (const core::Step& step : timeline.steps) {
    for (std::size_t i = step.records.first; i < step.records.last; ++i) {
      const core::Record& record = timeline.records[i];
      if (const auto* changed = std::get_if<core::StateChanged>(&record.what)) {
        // A new incarnation may send again.
        if (core::opening(changed->to)) closed[record.side] = false;
      }
      const auto* called = std::get_if<core::Called>(&record.what);
      if (called == nullptr) continue;
      const bool ok = called->result == core::CallResult::Ok;
      if (std::holds_alternative<core::SendOctets>(called->call) && closed[record.side]) {
        ++out.applied;
        if (ok) return at(step, record.side);
      }
      if (!ok) continue;
      const auto* shutdown = std::get_if<core::Shutdown>(&called->call);
      const bool ends = std::holds_alternative<core::Close>(called->call) ||
                        (shutdown != nullptr && shutdown->how != core::ShutdownHow::Read);
      if (ends) closed[record.side] = true;
    }
  }
  return out;
}

Judgement nothing_is_accepted_after_the_fin(const Played& played) {
  return at_each_change(
      played, [](const Endpoint& before, const Endpoint& after, const auto& step) -> Holds {
        const bool arrives = step.kind == core::StepKind::Arrival && before.tcb.fin_received;
        if (!arrives || before.incarnation != after.incarnation) return not_applicable;
        return after.delivered == before.delivered && after.tcb.unread <= before.tcb.unread &&
               after.tcb.rcv_nxt == before.tcb.rcv_nxt;
      });
}

Judgement the_end_of_file_comes_once_and_last(const Played& played) {
  Judgement out;
  std::set<std::pair<Side, int>> told;
  const Timeline& timeline = played.timeline;
  for (const core::Step& step : timeline.steps) {
    for (std::size_t i = step.records.first; i < step.records.last; ++i) {
      const core::Record& record = timeline.records[i];
      const auto* signalled = std::get_if<core::Signalled>(&record.what);
      if (signalled == nullptr || signalled->signal != core::Signal::Eof) continue;
      ++out.applied;
      const Endpoint& end = step.world.at(record.side);
      const Endpoint& peer = step.world.at(core::other(record.side));
      if (!told.emplace(record.side, end.incarnation).second) return at(step, record.side);
      if (!end.tcb.fin_received || end.tcb.unread > 0) return at(step, record.side);
      const bool known = peer.up && peer.incarnation == end.incarnation && peer.tcb.fin &&
                         !runs::has_injection(played.run);
      if (known && end.tcb.rcv_nxt != *peer.tcb.fin + 1) return at(step, record.side);
    }
  }
  return out;
}

Judgement octets_are_neither_lost_nor_invented(const Played& played) {
  Judgement out;
  const core::World& start = played.timeline.steps.front().world;
  for (const core::Step& step : played.timeline.steps) {
    for (const Side side : sides) {
      const Endpoint& first = start.at(side);
      const Endpoint& end = step.world.at(side);
      const bool reads = alive(end) && !end.tcb.orphan && !end.tcb.read_shut;
      if (!reads || !alive(first) || end.tcb.iss != first.tcb.iss) continue;
      ++out.applied;
      const bool fin = end.tcb.fin_received && !first.tcb.fin_received;
      const auto come = static_cast<std::uint32_t>(end.tcb.rcv_nxt - first.tcb.rcv_nxt);
      if (end.delivered + end.tcb.unread != first.tcb.unread + come - (fin ? 1 : 0)) {
        return at(step, side);
      }
      // What is unread is what lies in the buffer.
      std::uint32_t buffered = 0;
      for (const core::ReceivedChunk& taken : end.buffer) buffered += taken.octets;
      if (buffered != end.tcb.unread) return at(step, side);
    }
  }
  return out;
}

Judgement no_reset_answers_a_reset(const Played& played) {
  Judgement out;
  const Timeline& timeline = played.timeline;
  const core::Transmission* heard = nullptr;
  for (const core::Step& step : timeline.steps) {
    for (std::size_t i = step.records.first; i < step.records.last; ++i) {
      const auto& what = timeline.records[i].what;
      if (const auto* received = std::get_if<core::Received>(&what)) {
        heard = &timeline.segment(received->segment);
        if (heard->segment.flags.rst) ++out.applied;
      }
      const auto* sent = std::get_if<core::Sent>(&what);
      if (sent == nullptr || step.kind != core::StepKind::Answer || heard == nullptr) continue;
      const bool resets = timeline.segment(sent->segment).segment.flags.rst;
      if (resets && heard->segment.flags.rst) return at(step, step.side);
    }
  }
  return out;
}

Judgement only_arrows_are_taken(const Played& played) {
  Judgement out;
  std::array<State, 2> states = {played.timeline.steps.front().world.ends[0]->tcb.state,
                                 played.timeline.steps.front().world.ends[1]->tcb.state};
  for (const core::Step& step : played.timeline.steps) {
    for (std::size_t i = step.records.first; i < step.records.last; ++i) {
      const core::Record& record = played.timeline.records[i];
      const auto* changed = std::get_if<core::StateChanged>(&record.what);
      if (changed == nullptr) continue;
      ++out.applied;
      State& state = states[core::index(record.side)];
      const bool drawn = core::edge(changed->from, changed->to) != nullptr;
      if (state != changed->from || !drawn || changed->rule == core::Rule::None) {
        return at(step, record.side);
      }
      state = changed->to;
    }
    // And a step shows the states to which its records lead.
    for (const Side side : sides) {
      if (step.world.at(side).tcb.state != states[core::index(side)]) {
        return at(step, side);
      }
    }
  }
  return out;
}

Judgement timers_run_where_they_must(const Played& played) {
  return at_each_end(played, [](const Endpoint& end, const Endpoint&) -> Holds {
    core::TimerSet running;
    for (const core::Deadline& deadline : end.timers) {
      if (running.has(deadline.timer)) return false;
      running.add(deadline.timer);
    }
    const bool asks = running.has(core::Timer::Retransmission) || running.has(core::Timer::Persist);
    const State state = end.tcb.state;
    const bool needed = !end.timers.empty() || end.tcb.timers != core::TimerSet{} ||
                        !end.tcb.retransmission_queue.empty() || state == State::TimeWait;
    if (!needed) return not_applicable;
    return running == end.tcb.timers && (!asks || end.tcb.outstanding()) &&
           (asks || end.tcb.retransmission_queue.empty()) &&
           running.has(core::Timer::TimeWait) == (state == State::TimeWait) &&
           (state != State::Closed || end.timers.empty());
  });
}

/// A close of two ends that only call close, shutdown, send and receive, in which no reset was
/// seen.
bool graceful(const Played& played) {
  const auto gentle = [](const core::Entry& entry) {
    const auto* action = std::get_if<core::Action>(&entry.what);
    if (action == nullptr) return true;
    const auto* call = std::get_if<core::Call>(&action->what);
    return call != nullptr && !std::holds_alternative<core::Abort>(*call) &&
           !std::holds_alternative<core::Connect>(*call) &&
           !std::holds_alternative<core::Listen>(*call);
  };
  const auto established = [](const core::Start& start) {
    return start.state == State::Established;
  };
  const auto reset = [](const core::Transmission& sent) { return sent.segment.flags.rst; };
  const auto impatient = [](const core::Step& step) {
    return step.rule == core::Rule::X2 || step.rule == core::Rule::X3 ||
           step.rule == core::Rule::X7 || step.rule == core::Rule::X8;
  };
  const auto short_lived = [&](Side side) {
    const core::Policy policy = core::policy_of(played.run, side);
    return !policy.time_wait || policy.two_msl() < 60'000;
  };
  return std::ranges::all_of(played.run.scenario.script, gentle) &&
         std::ranges::all_of(played.run.edits, gentle) &&
         std::ranges::all_of(played.run.scenario.start, established) &&
         std::ranges::none_of(played.timeline.segments, reset) &&
         std::ranges::none_of(played.timeline.steps, impatient) &&
         std::ranges::none_of(sides, short_lived);
}

Judgement a_graceful_close_passes_through_few_pairs(const Played& played) {
  using enum State;
  static const std::set<std::pair<State, State>> pairs = {
      {Established, Established}, {Established, FinWait1}, {FinWait1, FinWait1},
      {FinWait1, CloseWait},      {FinWait1, Closing},     {FinWait1, LastAck},
      {FinWait2, CloseWait},      {FinWait2, Closing},     {FinWait2, LastAck},
      {Closing, Closing},         {Closing, TimeWait},     {LastAck, TimeWait},
      {TimeWait, TimeWait},       {TimeWait, Closed},      {Closed, Closed}};
  if (!graceful(played)) return {};
  for (const core::Step& step : played.timeline.steps) {
    const State client = step.world.at(Side::Client).tcb.state;
    const State server = step.world.at(Side::Server).tcb.state;
    if (!pairs.contains({client, server}) && !pairs.contains({server, client})) {
      return at(step, step.side);
    }
  }
  return "";
}

Judgement mishaps_spoil_no_graceful_close(const Played& played) {
  if (runs::is_meddled(played.run)) return {};
  const Played whole{played.run, *played.whole, {}, nullptr};
  if (!graceful(whole) || played.whole->ended != Ended::Closed) return {};
  if (runs::signals(*played.whole).find("timed_out") != std::string::npos) return {};
  // The script may wait for a segment that has another number now, or never comes; or it may send
  // too late, and meet an end that reads no more.
  const auto idle = [](const std::string& warning) { return warning.starts_with("/script/"); };
  if (std::ranges::any_of(runs::warnings(played.timeline), idle)) return {};
  const auto own_doing = [](const core::Step& step) { return step.rule == core::Rule::T4; };
  if (std::ranges::any_of(played.timeline.steps, own_doing)) return {};
  const std::string told = runs::signals(played.timeline);
  if (told.find("reset") != std::string::npos) return "reset";
  if (told.find("timed_out") != std::string::npos) return "timed out";
  return played.timeline.ended == Ended::Closed ? "" : "not closed";
}

const runs::Law laws[] = {
    {"sequence variables never go back, nor does the window", numbers_never_go_back},
    {"nobody acknowledges what was never sent", acknowledges_only_what_was_sent},
    {"an end has one number for its FIN, and nothing behind it", one_number_for_the_fin},
    {"a state says what has been sent, received and acknowledged", states_imply_facts},
    {"nothing can be sent after CLOSE", nothing_is_sent_after_close},
    {"nothing is accepted after the peer's FIN", nothing_is_accepted_after_the_fin},
    {"the end of file comes once, after the last octet", the_end_of_file_comes_once_and_last},
    {"octets are neither lost nor invented", octets_are_neither_lost_nor_invented},
    {"no reset answers a reset", no_reset_answers_a_reset},
    {"only arrows of the state diagram are taken", only_arrows_are_taken},
    {"timers run where something waits for them", timers_run_where_they_must},
    {"a graceful close passes through fifteen pairs of states",
     a_graceful_close_passes_through_few_pairs},
    {"no mishap spoils a graceful close", mishaps_spoil_no_graceful_close},
};

}  // namespace

TEST_CASE("laws: every run keeps the laws of TCP") {
  runs::check(laws);
}

TEST_CASE("laws: every arrow but those of policies and of SYN_RECEIVED is taken by some scenario") {
  std::set<const core::Edge*> taken;
  runs::for_every_run([&](const Played& played) {
    for (const core::Record& record : played.timeline.records) {
      const auto* changed = std::get_if<core::StateChanged>(&record.what);
      if (changed != nullptr) taken.insert(core::edge(changed->from, changed->to));
    }
  });
  for (const core::Edge& edge : core::edges) {
    CAPTURE(core::to_string(edge.from));
    CAPTURE(core::to_string(edge.to));
    const bool closing = edge.from >= State::Established && edge.to != State::SynSent;
    if (edge.kind == core::EdgeKind::Figure5 && closing) CHECK(taken.contains(&edge));
  }
}
