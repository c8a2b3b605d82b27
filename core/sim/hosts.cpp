#include "core/sim/hosts.hpp"

#include "core/sim/endpoint.hpp"
#include "core/sim/initial_state.hpp"
#include "core/sim/simulation.hpp"

#include <algorithm>
#include <utility>

namespace core {
namespace {

World start_world(const Run& run, const std::array<Policy, 2>& policy) {
  const auto& start = run.scenario.start;
  return {{start_of(start[0], start[1], policy[0]), start_of(start[1], start[0], policy[1])}};
}

}  // namespace

Hosts::Hosts(const Run& run, Timeline& timeline, Network& network, Work& work)
    : timeline_(timeline),
      network_(network),
      work_(work),
      policy_{policy_of(run, Side::Client), policy_of(run, Side::Server)},
      world_(start_world(run, policy_)),
      incarnations_(world_) {}

void Hosts::begin_instant(Time now) {
  now_ = now;
  causes_.clear();
  deferred_ = {};
}

// --- What happens --------------------------------------------------------------------------------

void Hosts::call(Side side, const Call& call) {
  handle(side, StepKind::Call, call, {.at = now_, .side = side, .what = Called{.call = call}});
}

bool Hosts::arrive(int number) {
  // Answers may move the list of segments, so that nothing may refer into it.
  const Transmission come = timeline_.segment(number);
  const Side side = other(come.from);
  const Endpoint& end = world_.at(side);
  timeline_.segment(number).fate = end.up ? Fate::Delivered : Fate::HostDown;
  if (!end.up) {
    lose(number);
    return false;
  }
  handle(side, StepKind::Arrival, Arrival{come.segment, come.incarnation < end.incarnation},
         {.at = now_, .side = side, .what = Received{.segment = number}}, come.incarnation);
  return true;
}

void Hosts::lose(int number) {
  const Side from = timeline_.segment(number).from;
  add({.at = now_,
       .side = from,
       .kind = StepKind::Loss,
       .head = {.at = now_, .side = from, .what = Lost{number}}});
}

bool Hosts::expire_timer(Side side) {
  const std::vector<Deadline>& timers = world_.at(side).timers;
  const auto due =
      std::ranges::find_if(timers, [&](const Deadline& deadline) { return deadline.at <= now_; });
  if (due == timers.end()) return false;
  const TimerChange expires{due->timer, TimerAction::Expire, 0};
  set_timer(world_.change(side), expires, now_);
  handle(side, StepKind::Timeout, Timeout{expires.timer},
         {.at = now_, .side = side, .what = TimerChanged{expires, 0}});
  return true;
}

void Hosts::set_power(Side side, bool up) {
  Cause cause{.at = now_,
              .side = side,
              .kind = StepKind::Host,
              .head = {.at = now_, .side = side, .what = HostChanged{up}}};
  if (up) {
    world_.change(side).up = true;
  } else {
    const Endpoint& end = world_.at(side);
    const auto effect = [&](auto what) {
      cause.effects.push_back({.at = now_, .side = side, .what = what});
    };
    if (end.tcb.state != State::Closed) {
      cause.rule = Rule::H1;
      effect(StateChanged{end.tcb.state, State::Closed, Rule::H1});
    }
    for (const Deadline& deadline : end.timers) {
      effect(TimerChanged{{deadline.timer, TimerAction::Stop, 0}, 0});
    }
    lose_power(world_.change(side));
    deferred_[index(side)].reset();
  }
  cause.after = cause.left = world_.ends[index(side)];
  add(std::move(cause));
}

// --- What it brings about ------------------------------------------------------------------------

void Hosts::handle(Side side, StepKind kind, const Event& event, Record head, int incarnation) {
  const Shared<Endpoint> before = world_.ends[index(side)];
  const Inputs inputs{now_, incarnations_.next_iss(side, world_, incarnation)};
  const Outcome outcome = step(before->tcb, event, policy_[index(side)], inputs);
  if (auto* called = std::get_if<Called>(&head.what)) {
    called->result = outcome.result;
    called->octets = outcome.octets;
  }
  if (auto* received = std::get_if<Received>(&head.what)) {
    received->verdict = outcome.verdict;
  }
  Endpoint& end = world_.change(side);
  end.tcb = outcome.next;
  end.incarnation = incarnation_after(outcome, end, world_.at(other(side)), incarnation);
  deliver(end, outcome);
  Cause cause{.at = now_, .side = side, .kind = kind, .head = std::move(head)};
  collect(cause, outcome);
  cause.after = cause.left = world_.ends[index(side)];
  defer_output(side, before->tcb, outcome);
  add(std::move(cause));
}

/// Deferred output is attributed to the last cause that made it due, or that changed a timer which
/// changes again when it leaves. `outcome` is of the cause that comes next.
void Hosts::defer_output(Side side, const Tcb& before, const Outcome& outcome) {
  std::optional<Deferred>& deferred = deferred_[index(side)];
  Outcome output = output_of(side);
  work_.segments += output.send.size();
  if (output.send.empty()) return deferred.reset();
  const auto changes_again = [&](const TimerChange& change) {
    return std::ranges::find(output.timers, change.timer, &TimerChange::timer) !=
           output.timers.end();
  };
  // An ACK that falls due may leave with text that was due before: the segments stay the same.
  const bool same = deferred && deferred->output.send == output.send &&
                    before.ack_owed == outcome.next.ack_owed &&
                    std::ranges::none_of(outcome.timers, changes_again);
  const std::size_t cause = same ? deferred->cause : causes_.size();
  deferred = Deferred{std::move(output), cause};
}

/// What an end would send if the instant were over. More segments than a run has room for are not
/// built: if they leave, the run ends before this instant.
Outcome Hosts::output_of(Side side) const {
  const Tcb& tcb = world_.at(side).tcb;
  const Policy& policy = policy_[index(side)];
  const Time most = static_cast<Time>(most_records) * policy.mss + 1;
  if (std::min<Time>(tcb.unsent, tcb.room()) <= most) return transmit(tcb, policy, {now_, {}});
  Tcb part = tcb;
  part.unsent = static_cast<std::uint32_t>(most);
  return transmit(part, policy, {now_, {}});
}

/// Adds what happened in this instant. Each cause is a record at least, and what has no room any
/// more need not go on.
void Hosts::add(Cause cause) {
  causes_.push_back(std::move(cause));
  full_ = full_ || timeline_.records.size() + causes_.size() > most_records;
}

/// Adds what an outcome brought to its cause: signals, state, timers, segments.
void Hosts::collect(Cause& cause, const Outcome& outcome) {
  // What happened decides, not what leaves because of it when the instant is over.
  if (cause.rule == Rule::None) cause.rule = outcome.rule;
  const Side side = cause.side;
  Endpoint& end = world_.change(side);
  const auto effect = [&](auto what) {
    cause.effects.push_back({.at = now_, .side = side, .what = what});
  };
  for (const Signal signal : outcome.signals) effect(Signalled{signal});
  for (const Transition& transition : outcome.transitions) effect(transition);
  for (const TimerChange& change : outcome.timers) {
    set_timer(end, change, now_);
    const bool runs = change.what == TimerAction::Start || change.what == TimerAction::Restart;
    effect(TimerChanged{change, runs ? now_ + change.after_ms : 0});
  }
  for (const Segment& segment : outcome.send) {
    full_ = full_ || timeline_.segments.size() >= most_records;
    if (full_) return;
    // A reset that answers a segment belongs to the connection of that segment.
    const auto* received = std::get_if<Received>(&cause.head.what);
    const bool answers = received != nullptr && segment.flags.rst;
    const int incarnation =
        answers ? timeline_.segment(received->segment).incarnation : end.incarnation;
    const int number = network_.send(side, segment, std::max(1, incarnation), now_);
    cause.sends.push_back({.at = now_, .side = side, .what = Sent{number}});
  }
  incarnations_.note(side, end.tcb);
}

void Hosts::send_deferred_output() {
  // In the order of the causes, so that the segments' numbers rise with the steps.
  std::array sides = {Side::Client, Side::Server};
  const auto cause_of = [&](Side side) {
    const auto& deferred = deferred_[index(side)];
    return deferred ? deferred->cause : 0;
  };
  if (cause_of(Side::Server) < cause_of(Side::Client)) std::swap(sides[0], sides[1]);
  for (const Side side : sides) {
    const std::optional<Deferred> deferred = std::exchange(deferred_[index(side)], std::nullopt);
    if (!deferred) continue;
    world_.change(side).tcb = deferred->output.next;
    collect(causes_[deferred->cause], deferred->output);
    const Shared<Endpoint>& end = world_.ends[index(side)];
    causes_[deferred->cause].left = end;
    // What came after it in this instant, and made nothing due, is recorded later and sees it done.
    for (std::size_t i = deferred->cause + 1; i < causes_.size(); ++i) {
      if (causes_[i].side == side) causes_[i].after = causes_[i].left = end;
    }
  }
}

}  // namespace core
