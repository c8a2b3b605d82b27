#include "core/sim/recorder.hpp"

#include "core/sim/simulation.hpp"

namespace core {

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

Recorder::Recorder(const Scenario& scenario, Timeline& timeline, const World& start)
    : annotations_(scenario.annotations),
      timeline_(timeline),
      told_(start),
      placed_(scenario.annotations.size()) {
  timeline_.steps.push_back({.number = 1, .kind = StepKind::Start, .world = told_});
  add_annotations(0);
}

bool Recorder::tell(const std::vector<Cause>& causes, const World& world) {
  std::size_t wanted = timeline_.records.size();
  for (const Cause& cause : causes) wanted += 1 + cause.effects.size() + cause.sends.size();
  if (wanted > most_records) return false;
  for (const Cause& cause : causes) tell(cause);
  told_ = world;
  return true;
}

/// A call, a timer or a loss is one step with all it brought. An arrival is one, and each answer
/// one more.
void Recorder::tell(const Cause& cause) {
  const std::size_t first = timeline_.records.size();
  Endpoint& told = told_.at(cause.side);
  const auto* received = std::get_if<Received>(&cause.head.what);
  // A state is told with the record that says so, and not before: several causes may share an
  // instant.
  const auto show = [&](const Endpoint& end) {
    const State state = told.tcb.state;
    if (cause.kind != StepKind::Loss) told = end;
    told.tcb.state = state;
  };
  show(received != nullptr ? cause.after : cause.left);
  add_record(cause.head);
  // Signals, then the state, then timers: the order of Record's alternatives.
  for (std::size_t kind = 0; kind < std::variant_size_v<decltype(Record::what)>; ++kind) {
    for (const Record& effect : cause.effects) {
      if (effect.what.index() == kind) add_record(effect);
    }
  }
  if (received == nullptr) {
    for (const Record& send : cause.sends) add_record(send);
    add_step(cause.kind, cause, first);
    return add_annotations(0);
  }
  add_step(cause.kind, cause, first);
  add_annotations(received->segment);
  for (const Record& send : cause.sends) {
    add_record(send);
    show(cause.left);
    add_step(StepKind::Answer, cause, timeline_.records.size() - 1);
    add_annotations(0);
  }
  show(cause.left);
}

void Recorder::add_record(const Record& record) {
  timeline_.records.push_back(record);
  const auto* changed = std::get_if<StateChanged>(&record.what);
  if (changed != nullptr) told_.at(record.side).tcb.state = changed->to;
}

/// A step of all records from `first_record` on.
void Recorder::add_step(StepKind kind, const Cause& cause, std::size_t first_record) {
  timeline_.steps.push_back({.number = static_cast<int>(timeline_.steps.size()) + 1,
                             .kind = kind,
                             .at = cause.at,
                             .side = cause.side,
                             .records = {first_record, timeline_.records.size()},
                             .rule = cause.rule,
                             .world = told_});
}

/// Places the author's beats whose condition holds after the step that was just added.
void Recorder::add_annotations(int arrived) {
  for (std::size_t i = 0; i < annotations_.size(); ++i) {
    if (placed_[i] || !holds(annotations_[i].when, told_, arrived)) continue;
    placed_[i] = true;
    Step beat = timeline_.steps.back();
    beat.number += 1;
    beat.kind = StepKind::Annotation;
    beat.records = {beat.records.last, beat.records.last};
    beat.annotation = i;
    timeline_.steps.push_back(std::move(beat));
  }
}

}  // namespace core
