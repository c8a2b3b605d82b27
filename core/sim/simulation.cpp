#include "core/sim/simulation.hpp"

#include "core/sim/initial_state.hpp"
#include "core/sim/network.hpp"
#include "core/sim/recorder.hpp"

#include <algorithm>
#include <utility>

namespace core {
namespace {

/// An action and the moment at which it is due.
struct Planned {
  const Action* action = nullptr;
  const std::string* place = nullptr;
  bool last = false;  ///< it waits until everything else of its instant is over
  Time due = never;
  bool just_now = false;  ///< its condition became true in this very instant
  bool done = false;
  std::optional<Text> no_effect = {};  ///< why it had none
};

/// What an injected segment's number comes to, at the end that receives it.
Seq value(const SeqSum& sum, const Tcb& tcb) {
  Seq out;
  for (const SeqSum::Term& term : sum.terms) {
    std::uint32_t number = 0;
    if (const auto* given = std::get_if<std::uint32_t>(&term.what)) {
      number = *given;
    } else {
      switch (std::get<Variable>(term.what)) {
        case Variable::RcvNxt: number = tcb.rcv_nxt.value; break;
        case Variable::RcvWnd: number = tcb.rcv_wnd; break;
        case Variable::SndNxt: number = tcb.snd_nxt.value; break;
        case Variable::SndUna: number = tcb.snd_una.value; break;
        case Variable::Iss: number = tcb.iss.value; break;
        case Variable::Irs: number = tcb.irs.value; break;
      }
    }
    out = term.minus ? out - number : out + number;
  }
  return out;
}

class Simulation {
 public:
  explicit Simulation(const Run& run);
  Timeline play();

 private:
  [[nodiscard]] Time next_instant() const;
  void instant();
  void arrivals();
  void expire_timers();
  void settle();
  template <typename Chosen>
  bool carry_out(const Chosen&);
  void owed_leaves();

  void act(Planned&);
  void host(Side, bool up);
  void inject(Side, const Injection&);
  void arrive(int number);
  void lose(int number);
  void timeout(Side, Timer);

  void handle(Side, StepKind, const Event&, Record head, int incarnation = 0);
  void note(Cause);
  void collect(Cause&, const Outcome&);
  void deliver(Endpoint&, const Outcome&);
  void begin_incarnation(Side, const Outcome&, int heard);
  void set_timer(Endpoint&, const TimerChange&);
  void notice_conditions(int arrived);
  [[nodiscard]] Inputs now(Side, int heard = 0) const;

  void take_back_instant(std::size_t segments);
  [[nodiscard]] Ended how_it_ended() const;
  void warn();

  const Run& run_;
  const std::array<Policy, 2> policy_;
  World world_;
  Time now_ = 0;
  bool limit_ = false;  ///< the run has come to its largest number of records
  std::vector<Planned> planned_;
  std::array<Seq, 2> last_snd_nxt_;                       ///< of the incarnation before, by side
  std::vector<Cause> causes_;                             ///< of this instant
  std::array<std::optional<std::size_t>, 2> last_cause_;  ///< of this instant, by side
  Timeline timeline_;
  Network network_;
};

Simulation::Simulation(const Run& run)
    : run_(run),
      policy_{policy_of(run, Side::Client), policy_of(run, Side::Server)},
      network_(run, timeline_.segments) {
  const auto& start = run.scenario.start;
  world_.ends = {start_of(start[0], start[1], policy_[0]),
                 start_of(start[1], start[0], policy_[1])};
  for (const Side side : {Side::Client, Side::Server}) {
    last_snd_nxt_[index(side)] = world_.at(side).tcb.snd_nxt;
  }
  for (const auto* entries : {&run.scenario.script, &run.edits}) {
    for (const Entry& entry : *entries) {
      const auto* action = std::get_if<Action>(&entry.what);
      if (action == nullptr) continue;
      const auto* at = std::get_if<AtTime>(&action->trigger);
      planned_.push_back({.action = action,
                          .place = &entry.place,
                          .last = action->last || entries == &run.edits,
                          .due = at ? at->at_ms : never});
    }
  }
}

Timeline Simulation::play() {
  Recorder recorder(run_.scenario, timeline_, world_);
  notice_conditions(0);
  limit_ = std::ranges::any_of(world_.ends, [](const Endpoint& end) {
    return end.tcb.retransmission_queue.size() > most_records;
  });
  for (Time next = next_instant(); next != never && !limit_; next = next_instant()) {
    if (run_.scenario.until_ms && next > *run_.scenario.until_ms) break;
    now_ = next;
    const std::size_t sent_before = timeline_.segments.size();
    instant();
    limit_ = limit_ || !recorder.tell(causes_, world_);
    if (limit_) take_back_instant(sent_before);
    causes_.clear();
    last_cause_ = {};
  }
  timeline_.final = recorder.told();
  timeline_.ended = how_it_ended();
  timeline_.edited = network_.edited();
  warn();
  return std::move(timeline_);
}

Time Simulation::next_instant() const {
  Time next = network_.next_arrival(now_);
  for (const Planned& planned : planned_) {
    if (!planned.done) next = std::min(next, planned.due);
  }
  for (const Endpoint& end : world_.ends) {
    for (const Deadline& deadline : end.timers) next = std::min(next, deadline.at);
  }
  return next;
}

// --- One instant ---------------------------------------------------------------------------------

void Simulation::instant() {
  for (Planned& planned : planned_) planned.just_now = false;
  carry_out([](const Planned& planned) { return !planned.last && !planned.just_now; });
  arrivals();
  expire_timers();
  settle();
  while (carry_out([](const Planned& planned) { return planned.last; })) settle();
}

void Simulation::arrivals() {
  for (const Network::Arrival& arrival : network_.arrivals(now_)) {
    if (limit_) return;
    const int number = network_.deliver(arrival, now_);
    if (timeline_.segment(number).fate == Fate::Dropped) {
      lose(number);
    } else {
      arrive(number);
    }
  }
}

/// Script actions that this very instant made due, and what the ends owe, until nothing is left.
void Simulation::settle() {
  const auto just_now = [](const Planned& planned) { return !planned.last && planned.just_now; };
  do {
    while (carry_out(just_now)) {
    }
    owed_leaves();
  } while (carry_out(just_now));
}

void Simulation::expire_timers() {
  for (const Side side : {Side::Client, Side::Server}) {
    const auto due = [&] {
      return std::ranges::find_if(world_.at(side).timers,
                                  [&](const Deadline& deadline) { return deadline.at <= now_; });
    };
    for (auto deadline = due(); deadline != world_.at(side).timers.end(); deadline = due()) {
      const Timer timer = deadline->timer;
      world_.at(side).timers.erase(deadline);
      timeout(side, timer);
    }
  }
}

/// Carries out the chosen actions that are due, in the order of their list. Says whether there
/// were any.
template <typename Chosen>
bool Simulation::carry_out(const Chosen& chosen) {
  bool any = false;
  for (Planned& planned : planned_) {
    if (limit_) return false;
    if (planned.done || planned.due > now_ || !chosen(planned)) continue;
    planned.done = true;
    any = true;
    act(planned);
  }
  return any;
}

void Simulation::owed_leaves() {
  // In the order of the causes, with which it is told, so that the segments' numbers rise with the
  // steps.
  std::array sides = {Side::Client, Side::Server};
  std::ranges::sort(sides, {}, [&](Side side) { return last_cause_[index(side)]; });
  for (const Side side : sides) {
    const auto cause = last_cause_[index(side)];
    if (!cause) continue;
    Endpoint& end = world_.at(side);
    const Outcome outcome = transmit(end.tcb, policy_[index(side)], now(side));
    end.tcb = outcome.next;
    collect(causes_[*cause], outcome);
    causes_[*cause].left = end;
    // What came after it in this instant, and made nothing due, is told later and sees it done.
    for (std::size_t i = *cause + 1; i < causes_.size(); ++i) {
      if (causes_[i].side == side) causes_[i].after = causes_[i].left = end;
    }
    last_cause_[index(side)].reset();
  }
  notice_conditions(0);
}

// --- Causes --------------------------------------------------------------------------------------

void Simulation::act(Planned& planned) {
  const Action& action = *planned.action;
  const Endpoint& end = world_.at(action.side);
  if (std::holds_alternative<Crash>(action.what)) {
    if (!end.up) planned.no_effect = Text::warning_host_down_already;
    if (end.up) host(action.side, false);
  } else if (std::holds_alternative<Reboot>(action.what)) {
    if (end.up) planned.no_effect = Text::warning_host_up;
    if (!end.up) host(action.side, true);
  } else if (const auto* injection = std::get_if<Injection>(&action.what)) {
    inject(action.side, *injection);
  } else if (!end.up) {
    planned.no_effect = Text::warning_host_down;
  } else {
    const Call& call = std::get<Call>(action.what);
    handle(action.side, StepKind::Call, call,
           {.at = now_, .side = action.side, .what = Called{.call = call}});
  }
}

/// A host that goes down forgets everything; what it sent is on its way all the same.
void Simulation::host(Side side, bool up) {
  Endpoint& end = world_.at(side);
  Cause cause{.at = now_,
              .side = side,
              .kind = StepKind::Host,
              .head = {.at = now_, .side = side, .what = HostChanged{up}}};
  end.up = up;
  if (!up) {
    const Tcb before = std::exchange(end.tcb, Tcb{});
    end.tcb.rcv_wnd = before.rcv_wnd + before.unread;
    end.tcb.reads_at_once = before.reads_at_once;
    end.buffer.clear();
    if (before.state != State::Closed) {
      cause.rule = Rule::H1;
      cause.effects.push_back(
          {.at = now_, .side = side, .what = StateChanged{before.state, State::Closed, Rule::H1}});
    }
    for (const Deadline& deadline : std::exchange(end.timers, {})) {
      cause.effects.push_back({.at = now_,
                               .side = side,
                               .what = TimerChanged{{deadline.timer, TimerAction::Stop, 0}, 0}});
    }
    last_cause_[index(side)].reset();
  }
  cause.after = cause.left = end;
  note(std::move(cause));
  notice_conditions(0);
}

void Simulation::inject(Side side, const Injection& injection) {
  const Endpoint& end = world_.at(side);
  const Segment segment{.seq = value(injection.seq, end.tcb),
                        .ack = value(injection.ack, end.tcb),
                        .flags = injection.flags,
                        .len = injection.len,
                        .wnd = injection.wnd.value_or(end.tcb.snd_wnd)};
  const int incarnation = injection.incarnation.value_or(std::max(1, end.incarnation));
  arrive(network_.inject(side, segment, incarnation, now_));
}

void Simulation::arrive(int number) {
  // Answers may move the list of segments, so that nothing may refer into it.
  const Transmission come = timeline_.segment(number);
  const Side side = other(come.from);
  Endpoint& end = world_.at(side);
  timeline_.segment(number).fate = end.up ? Fate::Delivered : Fate::HostDown;
  if (!end.up) return lose(number);
  handle(side, StepKind::Arrival, Arrival{come.segment, come.incarnation < end.incarnation},
         {.at = now_, .side = side, .what = Received{.segment = number}}, come.incarnation);
}

void Simulation::lose(int number) {
  const Side from = timeline_.segment(number).from;
  note({.at = now_,
        .side = from,
        .kind = StepKind::Loss,
        .head = {.at = now_, .side = from, .what = Lost{number}}});
  notice_conditions(0);
}

void Simulation::timeout(Side side, Timer timer) {
  handle(side, StepKind::Timeout, Timeout{timer},
         {.at = now_, .side = side, .what = TimerChanged{{timer, TimerAction::Expire, 0}, 0}});
}

void Simulation::handle(Side side, StepKind kind, const Event& event, Record head,
                        int incarnation) {
  Endpoint& end = world_.at(side);
  const Policy& policy = policy_[index(side)];
  const Tcb before = end.tcb;
  const Outcome outcome = step(before, event, policy, now(side, incarnation));
  int arrived = 0;
  if (auto* called = std::get_if<Called>(&head.what)) {
    called->result = outcome.result;
    called->octets = outcome.octets;
  }
  if (auto* received = std::get_if<Received>(&head.what)) {
    received->verdict = outcome.verdict;
    arrived = received->segment;
  }
  end.tcb = outcome.next;
  begin_incarnation(side, outcome, incarnation);
  deliver(end, outcome);
  Cause cause{.at = now_, .side = side, .kind = kind, .head = std::move(head)};
  collect(cause, outcome);
  cause.after = cause.left = end;
  // What leaves when the instant is over stands with the last cause that made it due, or that
  // changed a timer which changes again when it leaves.
  const Owed due = owed(end.tcb);
  const auto moves = [&](const TimerChange& change) {
    const bool runs = end.tcb.timers.has(change.timer);
    return change.timer == Timer::Retransmission ? due.text() && !runs
           : change.timer == Timer::Keepalive    ? due.text() && runs
                                                 : change.timer == Timer::DelayedAck && runs;
  };
  if (!due.any()) {
    last_cause_[index(side)].reset();
  } else if (due != owed(before) || std::ranges::any_of(outcome.timers, moves)) {
    last_cause_[index(side)] = causes_.size();
  }
  note(std::move(cause));
  notice_conditions(arrived);
}

/// Adds what happened in this instant. Each cause is a record at least, and what has no room any
/// more need not go on: a cause holds copies of its end.
void Simulation::note(Cause cause) {
  causes_.push_back(std::move(cause));
  limit_ = limit_ || timeline_.records.size() + causes_.size() > most_records;
}

/// Adds what an outcome brought to its cause: signals, state, timers, segments.
void Simulation::collect(Cause& cause, const Outcome& outcome) {
  // What happened decides, not what leaves because of it when the instant is over.
  if (cause.rule == Rule::None) cause.rule = outcome.rule;
  const Side side = cause.side;
  Endpoint& end = world_.at(side);
  const auto note = [&](auto what) {
    cause.effects.push_back({.at = now_, .side = side, .what = what});
  };
  for (const Signal signal : outcome.signals) note(Signalled{signal});
  for (const Transition& transition : outcome.transitions) note(transition);
  for (const TimerChange& change : outcome.timers) {
    set_timer(end, change);
    const bool runs = change.what == TimerAction::Start || change.what == TimerAction::Restart;
    note(TimerChanged{change, runs ? now_ + change.after_ms : 0});
  }
  for (const Segment& segment : outcome.send) {
    limit_ = limit_ || timeline_.segments.size() >= most_records;
    if (limit_) return;
    // A reset that answers a segment belongs to the connection of that segment.
    const auto* received = std::get_if<Received>(&cause.head.what);
    const bool answers = received != nullptr && segment.flags.rst;
    const int incarnation =
        answers ? timeline_.segment(received->segment).incarnation : end.incarnation;
    const int number = network_.send(side, segment, std::max(1, incarnation), now_);
    cause.sends.push_back({.at = now_, .side = side, .what = Sent{number}});
  }
  if (end.tcb.state > State::Listen) last_snd_nxt_[index(side)] = end.tcb.snd_nxt;
}

/// What the application got, and which of it belongs to an older incarnation.
void Simulation::deliver(Endpoint& end, const Outcome& outcome) {
  end.buffer.insert(end.buffer.end(), outcome.received.begin(), outcome.received.end());
  std::uint32_t left = outcome.octets;
  end.delivered += left;
  while (left > 0) {
    ReceivedChunk& first = end.buffer.front();
    const std::uint32_t part = std::min(left, first.octets);
    if (first.stale) end.delivered_stale += part;
    first.octets -= part;
    left -= part;
    if (first.octets == 0) end.buffer.erase(end.buffer.begin());
  }
  if (end.tcb.unread == 0) end.buffer.clear();
}

/// Numbers the connections between the two ends: an active OPEN begins a new one, which the other
/// end takes up with the SYN that it hears.
void Simulation::begin_incarnation(Side side, const Outcome& outcome, int heard) {
  Endpoint& end = world_.at(side);
  const Endpoint& peer = world_.at(other(side));
  for (const Transition& transition : outcome.transitions) {
    if (transition.to == State::SynSent) {
      const bool peer_opens = peer.tcb.state == State::SynSent;
      end.incarnation = std::max(end.incarnation + 1, peer.incarnation + (peer_opens ? 0 : 1));
    } else if (transition.to == State::SynReceived && transition.from != State::SynSent) {
      const int again = transition.from == State::TimeWait ? 1 : 0;
      end.incarnation = std::max({heard, end.incarnation + again, 1});
    }
  }
}

void Simulation::set_timer(Endpoint& end, const TimerChange& change) {
  std::erase_if(end.timers,
                [&](const Deadline& deadline) { return deadline.timer == change.timer; });
  if (change.what == TimerAction::Start || change.what == TimerAction::Restart) {
    end.timers.push_back({change.timer, now_ + change.after_ms});
  }
}

/// The clock, and where a new incarnation would begin: well beyond the one before, as the clock of
/// 3.4.1 sees to.
Inputs Simulation::now(Side side, int heard) const {
  const int own = world_.at(side).incarnation;
  const Endpoint& peer = world_.at(other(side));
  // A SYN that is heard brings its number; an OPEN of our own would begin the next one, unless the
  // peer is opening it already.
  const int opened = std::max(own, peer.incarnation) + (peer.tcb.state == State::SynSent ? 0 : 1);
  const bool first = own == 0 && (heard > 0 ? heard : opened) <= 1;
  constexpr std::uint32_t beyond = 65'537;
  return {now_, first ? Seq{} : last_snd_nxt_[index(side)] + beyond};
}

void Simulation::notice_conditions(int arrived) {
  for (Planned& planned : planned_) {
    const auto* after = std::get_if<AfterCondition>(&planned.action->trigger);
    if (after == nullptr || planned.due != never) continue;
    if (!holds(after->condition, world_, arrived)) continue;
    planned.due = now_ + after->after_ms;
    planned.just_now = after->after_ms == 0;
  }
}

// --- The end -------------------------------------------------------------------------------------

/// An instant for which there is no room has not happened.
void Simulation::take_back_instant(std::size_t segments) {
  timeline_.segments.resize(segments);
  for (Transmission& sent : timeline_.segments) {
    const bool came = sent.fate == Fate::Delivered || sent.fate == Fate::HostDown;
    if (came && sent.arrives_at == now_) sent.fate = Fate::InFlight;
  }
}

Ended Simulation::how_it_ended() const {
  if (limit_) return Ended::Limit;
  if (next_instant() != never) return Ended::Until;
  const bool closed = std::ranges::all_of(
      world_.ends, [](const Endpoint& end) { return end.tcb.state == State::Closed; });
  return closed ? Ended::Closed : Ended::Waiting;
}

void Simulation::warn() {
  timeline_.warnings = network_.warnings();
  for (const Planned& planned : planned_) {
    std::optional<Text> why = planned.no_effect;
    if (!planned.done) {
      why = planned.due == never ? Text::warning_never_held : Text::warning_never_due;
    }
    if (why) timeline_.warnings.push_back({*why, {{"place", *planned.place}}});
  }
  if (timeline_.ended == Ended::Limit) {
    const auto most = static_cast<std::int64_t>(most_records);
    timeline_.warnings.push_back({Text::warning_too_many_records, {{"n", most}}});
  }
}

}  // namespace

Timeline simulate(const Run& run) {
  return Simulation(run).play();
}

}  // namespace core
