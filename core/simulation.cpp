#include "core/simulation.hpp"

#include "core/narrate.hpp"

#include <algorithm>
#include <cassert>
#include <limits>
#include <utility>

namespace core {
namespace {

constexpr Time never = std::numeric_limits<Time>::max();

/// One thing that happened to one end, with all that it brought, in the order of a report.
struct Cause {
  Time at = 0;
  Side side = Side::Client;
  StepKind kind = StepKind::Call;
  Record head;
  std::vector<Record> effects;  ///< signals, states and timers
  std::vector<Record> sends;
  Rule rule = Rule::None;
  Endpoint after;  ///< the end before anything that it owes has left
  Endpoint left;   ///< and when all of that is gone
};

/// An action and the moment at which it is due.
struct Planned {
  const Entry* entry = nullptr;
  bool edit = false;
  Time due = never;
  bool just_now = false;  ///< its condition became true in this very instant
  bool done = false;
};

/// A fault and how many segments it has seen that it might mean.
struct Fault {
  const Entry* entry = nullptr;
  const Drop* drop = nullptr;
  int seen = 0;
  bool met = false;
};

Endpoint start_of(const Start& start, const Start& peer, const Policy& policy) {
  Endpoint end;
  Tcb& tcb = end.tcb;
  tcb.state = start.state;
  tcb.rto_ms = policy.rto_ms;
  tcb.snd_nxt = start.snd_nxt;
  tcb.rcv_nxt = start.rcv_nxt;
  tcb.rcv_wnd = start.rcv_wnd;
  tcb.snd_wnd = peer.rcv_wnd;
  tcb.unread = start.unread;
  tcb.orphan = start.orphan;
  tcb.reads_at_once = start.reads_at_once;
  // The state says whether our FIN is sent, and whether it is acknowledged.
  const bool unacknowledged = start.state == State::FinWait1 || start.state == State::Closing ||
                              start.state == State::LastAck;
  const bool acknowledged = start.state == State::FinWait2 || start.state == State::TimeWait;
  tcb.fin_requested = unacknowledged || acknowledged;
  if (tcb.fin_requested) tcb.fin = start.snd_nxt - 1;
  tcb.snd_una = start.snd_una.value_or(unacknowledged ? start.snd_nxt - 1 : start.snd_nxt);
  if (acknowledged) tcb.snd_una = start.snd_nxt;
  tcb.snd_wl1 = start.rcv_nxt;
  tcb.snd_wl2 = tcb.snd_una;
  for (Seq seq = tcb.snd_una; synchronized(start.state) && seq < start.snd_nxt;) {
    const Seq text_end = unacknowledged ? start.snd_nxt - 1 : start.snd_nxt;
    const auto len = static_cast<std::uint32_t>(std::min<Time>(text_end - seq, policy.mss));
    const Stretch stretch{seq, len, unacknowledged && seq + len == text_end};
    tcb.retransmission_queue.push_back(stretch);
    seq = stretch.end();
  }
  if (!tcb.retransmission_queue.empty()) {
    tcb.retransmission_timer = true;
    end.timers.push_back({Timer::Retransmission, policy.rto_ms});
  }
  if (start.state == State::TimeWait) {
    tcb.time_wait_timer = true;
    end.timers.push_back({Timer::TimeWait, policy.time_wait()});
  }
  return end;
}

/// Does the condition hold in this world, in which segment `arrived` (or none, 0) has just come?
bool holds(const Condition& condition, const World& world, int arrived) {
  if (const auto* one = std::get_if<SideInState>(&condition)) {
    return world.at(one->side).tcb.state == one->state;
  }
  if (const auto* both = std::get_if<BothInStates>(&condition)) {
    return world.at(Side::Client).tcb.state == both->client &&
           world.at(Side::Server).tcb.state == both->server;
  }
  return std::get<SegmentArrives>(condition).number == arrived;
}

class Simulation {
 public:
  explicit Simulation(const Run& run);
  Timeline play();

 private:
  [[nodiscard]] Time next_instant() const;
  void instant();
  void expire_timers();
  void settle();
  template <typename Chosen>
  bool carry_out(const Chosen&);
  void owed_leaves();

  void call(Planned&);
  void arrive(Transmission&);
  void lose(const Transmission&);
  void timeout(Side, Timer);
  void handle(Side, StepKind, const Event&, Record head);
  void collect(Cause&, const Outcome&, const Tcb& before);
  void leave(Cause&, const Segment&);
  [[nodiscard]] bool dropped(const Transmission&);
  void set_timer(Endpoint&, const TimerChange&);
  void notice_conditions(int arrived);

  void finish_instant();
  void take_back_instant();
  void add_step(StepKind, const Cause&, RecordRange, Rule);
  void add_beats(int arrived);
  [[nodiscard]] Ended how_it_ended() const;
  void warn();

  const Run& run_;
  const Network network_;
  const std::array<Policy, 2> policy_;
  World world_;
  Time now_ = 0;
  bool limit_ = false;  ///< the run has come to its largest number of records
  std::vector<Planned> planned_;
  std::vector<Fault> faults_;
  std::vector<bool> beat_placed_;
  std::vector<Cause> causes_;                             ///< of this instant
  std::array<std::optional<std::size_t>, 2> last_cause_;  ///< of this instant, by side
  World told_;  ///< the world as the steps so far have told it
  Timeline timeline_;
};

Simulation::Simulation(const Run& run)
    : run_(run),
      network_(network_of(run)),
      policy_{policy_of(run, Side::Client), policy_of(run, Side::Server)},
      beat_placed_(run.scenario.beats.size()) {
  const auto& start = run.scenario.start;
  world_.ends = {start_of(start[0], start[1], policy_[0]),
                 start_of(start[1], start[0], policy_[1])};
  for (const bool edit : {false, true}) {
    for (const Entry& entry : edit ? run.edits : run.scenario.script) {
      if (const auto* action = std::get_if<Action>(&entry.what)) {
        const auto* at = std::get_if<AtTime>(&action->trigger);
        planned_.push_back({.entry = &entry, .edit = edit, .due = at ? at->at_ms : never});
      } else {
        faults_.push_back({.entry = &entry, .drop = &std::get<Drop>(entry.what)});
      }
    }
  }
}

Timeline Simulation::play() {
  told_ = world_;
  timeline_.steps.push_back({.number = 1, .kind = StepKind::Start, .world = world_});
  add_beats(0);
  notice_conditions(0);
  limit_ = std::ranges::any_of(world_.ends, [](const Endpoint& end) {
    return end.tcb.retransmission_queue.size() > most_records;
  });
  for (Time next = next_instant(); next != never && !limit_; next = next_instant()) {
    if (run_.scenario.until_ms && next > *run_.scenario.until_ms) break;
    now_ = next;
    instant();
    finish_instant();
  }
  timeline_.final = told_;
  timeline_.ended = how_it_ended();
  warn();
  for (Step& step : timeline_.steps) {
    Narration narration = narrate(timeline_, step);
    step.note = std::move(narration.note);
    if (step.kind == StepKind::Beat) continue;
    step.title = std::move(narration.title);
    step.text = std::move(narration.text);
  }
  return std::move(timeline_);
}

Time Simulation::next_instant() const {
  Time next = never;
  for (const Planned& planned : planned_) {
    if (!planned.done) next = std::min(next, planned.due);
  }
  for (const Transmission& transmission : timeline_.segments) {
    if (transmission.arrives_at > now_) next = std::min(next, transmission.arrives_at);
  }
  for (const Endpoint& end : world_.ends) {
    for (const Deadline& deadline : end.timers) next = std::min(next, deadline.at);
  }
  return next;
}

// --- One instant ---------------------------------------------------------------------------------

void Simulation::instant() {
  for (Planned& planned : planned_) planned.just_now = false;
  carry_out([](const Planned& planned) { return !planned.edit && !planned.just_now; });
  const std::size_t already_sent = timeline_.segments.size();
  for (std::size_t i = 0; i < already_sent; ++i) {
    Transmission& transmission = timeline_.segments[i];
    if (transmission.arrives_at != now_) continue;
    if (transmission.fate == Fate::Dropped) {
      lose(transmission);
    } else {
      arrive(transmission);
    }
  }
  expire_timers();
  settle();
  while (carry_out([](const Planned& planned) { return planned.edit; })) settle();
}

/// Script actions that this very instant made due, and what the ends owe, until nothing is left.
void Simulation::settle() {
  const auto just_now = [](const Planned& planned) { return !planned.edit && planned.just_now; };
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
    if (planned.done || planned.due > now_ || !chosen(planned)) continue;
    planned.done = true;
    any = true;
    call(planned);
  }
  return any;
}

void Simulation::owed_leaves() {
  for (const Side side : {Side::Client, Side::Server}) {
    const auto index = last_cause_[static_cast<std::size_t>(side)];
    if (!index) continue;
    Endpoint& end = world_.at(side);
    const Tcb before = end.tcb;
    const Outcome outcome = transmit(before, policy_[static_cast<std::size_t>(side)]);
    end.tcb = outcome.next;
    Cause& cause = causes_[*index];
    collect(cause, outcome, before);
    cause.left = end;
  }
  notice_conditions(0);
}

// --- Causes --------------------------------------------------------------------------------------

void Simulation::call(Planned& planned) {
  const Action& action = std::get<Action>(planned.entry->what);
  handle(action.side, StepKind::Call, action.call,
         {.at = now_, .side = action.side, .what = Called{.call = action.call}});
}

void Simulation::arrive(Transmission& transmission) {
  transmission.fate = Fate::Delivered;
  const Side side = other(transmission.from);
  const int number = transmission.number;
  // Answers may grow the list of segments, so that the reference ends here.
  handle(side, StepKind::Arrival, Arrival{Segment(transmission.segment)},
         {.at = now_, .side = side, .what = Received{.segment = number}});
}

void Simulation::lose(const Transmission& transmission) {
  Cause cause;
  cause.at = now_;
  cause.side = transmission.from;
  cause.kind = StepKind::Loss;
  cause.head = {.at = now_, .side = transmission.from, .what = Lost{transmission.number}};
  cause.after = cause.left = world_.at(transmission.from);
  causes_.push_back(std::move(cause));
}

void Simulation::timeout(Side side, Timer timer) {
  handle(side, StepKind::Timeout, Timeout{timer},
         {.at = now_, .side = side, .what = TimerChanged{{timer, TimerDoes::Expire, 0}, 0}});
}

void Simulation::handle(Side side, StepKind kind, const Event& event, Record head) {
  Endpoint& end = world_.at(side);
  const Tcb before = end.tcb;
  const Outcome outcome = step(before, event, policy_[static_cast<std::size_t>(side)]);
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
  end.delivered += outcome.octets;
  Cause cause;
  cause.at = now_;
  cause.side = side;
  cause.kind = kind;
  cause.head = std::move(head);
  collect(cause, outcome, before);
  cause.after = cause.left = end;
  // What leaves when the instant is over stands with the last cause that made it due.
  const Policy& policy = policy_[static_cast<std::size_t>(side)];
  const std::vector<Segment> owed = transmit(end.tcb, policy).send;
  if (!owed.empty() && owed != transmit(before, policy).send) {
    last_cause_[static_cast<std::size_t>(side)] = causes_.size();
  }
  causes_.push_back(std::move(cause));
  notice_conditions(arrived);
}

/// Adds what an outcome brought to its cause: signals, state, timers, segments.
void Simulation::collect(Cause& cause, const Outcome& outcome, const Tcb& before) {
  // What happened decides, not what leaves because of it when the instant is over.
  if (cause.rule == Rule::None) cause.rule = outcome.rule;
  const auto note = [&](auto what) {
    cause.effects.push_back({.at = now_, .side = cause.side, .what = what});
  };
  for (const Signal signal : outcome.signals) note(Signalled{signal});
  if (before.state != outcome.next.state) {
    note(StateChanged{before.state, outcome.next.state, outcome.rule});
  }
  for (const TimerChange& change : outcome.timers) {
    set_timer(world_.at(cause.side), change);
    const bool runs = change.what == TimerDoes::Start || change.what == TimerDoes::Restart;
    note(TimerChanged{change, runs ? now_ + change.after_ms : 0});
  }
  for (const Segment& segment : outcome.send) leave(cause, segment);
}

void Simulation::set_timer(Endpoint& end, const TimerChange& change) {
  std::erase_if(end.timers,
                [&](const Deadline& deadline) { return deadline.timer == change.timer; });
  if (change.what == TimerDoes::Start || change.what == TimerDoes::Restart) {
    end.timers.push_back({change.timer, now_ + change.after_ms});
  }
}

// --- Segments ------------------------------------------------------------------------------------

void Simulation::leave(Cause& cause, const Segment& segment) {
  if (timeline_.segments.size() >= most_records) {
    limit_ = true;
    return;
  }
  Transmission transmission;
  transmission.number = static_cast<int>(timeline_.segments.size()) + 1;
  transmission.from = cause.side;
  transmission.segment = segment;
  transmission.sent_at = now_;
  transmission.arrives_at = now_ + (cause.side == Side::Client ? network_.client_to_server_ms
                                                               : network_.server_to_client_ms);
  transmission.key = {cause.side, segment.flags, segment.seq, segment.len, 1};
  for (const Transmission& earlier : timeline_.segments) {
    if (earlier.from != cause.side) continue;
    SegmentKey same = transmission.key;
    same.nth = earlier.key.nth;
    if (earlier.key == same) transmission.key.nth = earlier.key.nth + 1;
    // Only what occupies sequence numbers is retransmitted; a repeated ACK is a new one.
    const bool carried = earlier.segment.seq <= segment.seq && segment.seq < earlier.segment.end();
    if (carried && segment.length() > 0 && !transmission.retransmission_of) {
      transmission.retransmission_of = earlier.number;
    }
  }
  transmission.fate = dropped(transmission) ? Fate::Dropped : Fate::InFlight;
  cause.sends.push_back({.at = now_, .side = cause.side, .what = Sent{transmission.number}});
  timeline_.segments.push_back(transmission);
}

/// Asks every fault, so that each counts every segment it might mean.
bool Simulation::dropped(const Transmission& transmission) {
  bool dropped = false;
  for (Fault& fault : faults_) {
    bool meant = false;
    if (const auto* number = std::get_if<ByNumber>(&fault.drop->segment)) {
      meant = number->number == transmission.number;
    } else if (const auto* key = std::get_if<SegmentKey>(&fault.drop->segment)) {
      meant = *key == transmission.key;
    } else {
      const auto& by = std::get<ByFlags>(fault.drop->segment);
      const Flags have = transmission.segment.flags;
      const bool has = (!by.flags.syn || have.syn) && (!by.flags.fin || have.fin) &&
                       (!by.flags.rst || have.rst) && (!by.flags.ack || have.ack);
      const bool kind = by.exactly ? by.flags == have : has;
      if (kind && by.from == transmission.from) meant = ++fault.seen == by.nth;
    }
    fault.met |= meant;
    dropped |= meant;
  }
  return dropped;
}

// --- Conditions ------------------------------------------------------------------------------

void Simulation::notice_conditions(int arrived) {
  for (Planned& planned : planned_) {
    const auto* after = std::get_if<AfterCondition>(&std::get<Action>(planned.entry->what).trigger);
    if (after == nullptr || planned.due != never || !holds(after->condition, world_, arrived))
      continue;
    planned.due = now_ + after->after_ms;
    planned.just_now = after->after_ms == 0;
  }
}

// --- Records and steps -----------------------------------------------------------------------

/// Turns the causes of an instant into records and steps.
void Simulation::finish_instant() {
  auto& records = timeline_.records;
  std::size_t wanted = records.size();
  for (const Cause& cause : causes_) wanted += 1 + cause.effects.size() + cause.sends.size();
  limit_ |= wanted > most_records;
  if (limit_) return take_back_instant();
  for (Cause& cause : causes_) {
    // A call, a timer or a loss is one step with all it brought. An arrival is one, and each
    // answer one more.
    const std::size_t first = records.size();
    records.push_back(cause.head);
    // Signals, then the state, then timers: the order of Record's alternatives.
    for (std::size_t kind = 0; kind < std::variant_size_v<decltype(Record::what)>; ++kind) {
      std::ranges::copy_if(cause.effects, std::back_inserter(records),
                           [&](const Record& record) { return record.what.index() == kind; });
    }
    const auto* received = std::get_if<Received>(&cause.head.what);
    Endpoint& told = told_.at(cause.side);
    if (received != nullptr) {
      told = cause.after;
      told.tcb.state = cause.left.tcb.state;
      add_step(cause.kind, cause, {first, records.size()}, cause.rule);
      add_beats(received->segment);
      for (const Record& send : cause.sends) {
        records.push_back(send);
        told = cause.left;
        add_step(StepKind::Answer, cause, {records.size() - 1, records.size()}, cause.rule);
        add_beats(0);
      }
      told = cause.left;
    } else {
      std::ranges::move(cause.sends, std::back_inserter(records));
      if (cause.kind != StepKind::Loss) told = cause.left;
      add_step(cause.kind, cause, {first, records.size()}, cause.rule);
      add_beats(0);
    }
  }
  causes_.clear();
  last_cause_ = {};
}

/// An instant for which there is no room has not happened.
void Simulation::take_back_instant() {
  std::erase_if(timeline_.segments, [&](const Transmission& sent) { return sent.sent_at == now_; });
  for (Transmission& sent : timeline_.segments) {
    const bool arrived = sent.arrives_at == now_ && sent.fate == Fate::Delivered;
    if (arrived) sent.fate = Fate::InFlight;
  }
}

void Simulation::add_step(StepKind kind, const Cause& cause, RecordRange range, Rule rule) {
  timeline_.steps.push_back({.number = static_cast<int>(timeline_.steps.size()) + 1,
                             .kind = kind,
                             .at = cause.at,
                             .side = cause.side,
                             .records = range,
                             .rule = rule,
                             .world = told_,
                             .title = {},
                             .text = {}});
}

/// Places the author's beats whose condition holds after the step that was just added.
void Simulation::add_beats(int arrived) {
  const auto& beats = run_.scenario.beats;
  for (std::size_t i = 0; i < beats.size(); ++i) {
    const Step& last = timeline_.steps.back();
    if (beat_placed_[i] || !holds(beats[i].when, told_, arrived)) continue;
    beat_placed_[i] = true;
    Step beat = last;
    beat.number += 1;
    beat.kind = StepKind::Beat;
    beat.records = {last.records.last, last.records.last};
    beat.title = beats[i].title;
    beat.text = beats[i].text;
    timeline_.steps.push_back(std::move(beat));
  }
}

// --- The end ---------------------------------------------------------------------------------

Ended Simulation::how_it_ended() const {
  if (limit_) return Ended::Limit;
  if (next_instant() != never) return Ended::Until;
  const bool closed = std::ranges::all_of(
      world_.ends, [](const Endpoint& end) { return end.tcb.state == State::Closed; });
  return closed ? Ended::Closed : Ended::Waiting;
}

void Simulation::warn() {
  for (const Fault& fault : faults_) {
    if (fault.met) continue;
    timeline_.warnings.push_back(fault.entry->place +
                                 ": no such segment in this run, so nothing was dropped");
  }
  for (const Planned& planned : planned_) {
    if (planned.done) continue;
    timeline_.warnings.push_back(planned.entry->place +
                                 (planned.due == never ? ": its condition never held"
                                                       : ": the run ended before it was due"));
  }
  if (timeline_.ended == Ended::Limit) {
    timeline_.warnings.push_back("the run would have more than " + std::to_string(most_records) +
                                 " events, and was ended before the first without room");
  }
  if (timeline_.ended != Ended::Waiting) return;
  for (const Side side : {Side::Client, Side::Server}) {
    const Tcb& tcb = world_.at(side).tcb;
    if (tcb.state != State::Closed) timeline_.warnings.push_back(waiting_sentence(side, tcb));
  }
}

}  // namespace

Timeline simulate(const Run& run) {
  return Simulation(run).play();
}

}  // namespace core
