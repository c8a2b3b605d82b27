#include "core/sim/recorder.hpp"

#include "core/sim/condition.hpp"
#include "core/sim/simulation.hpp"

#include <utility>

namespace core {

Recorder::Recorder(const Scenario& scenario, Timeline& timeline, World start)
    : annotations_(scenario.annotations),
      timeline_(timeline),
      recorded_(std::move(start)),
      placed_(scenario.annotations.size()) {
  timeline_.steps.push_back({.number = 1, .kind = StepKind::Start, .world = recorded_});
  add_annotations(0);
}

bool Recorder::record(const std::vector<Cause>& causes, const World& world) {
  std::size_t wanted = timeline_.records.size();
  for (const Cause& cause : causes) wanted += 1 + cause.effects.size() + cause.sends.size();
  if (wanted > most_records) return false;
  for (const Cause& cause : causes) record(cause);
  recorded_ = world;
  return true;
}

/// A call, a timer or a loss is one step with all it brought. An arrival is one, and each answer
/// one more.
void Recorder::record(const Cause& cause) {
  const std::size_t first = timeline_.records.size();
  const auto* received = std::get_if<Received>(&cause.head.what);
  show(cause, received != nullptr ? cause.after : cause.left);
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
    show(cause, cause.left);
    add_step(StepKind::Answer, cause, timeline_.records.size() - 1);
    add_annotations(0);
  }
  show(cause, cause.left);
}

/// Shows the end of a cause, but for its state. That changes with the record that says so, and not
/// before: several causes may share an instant.
void Recorder::show(const Cause& cause, const Shared<Endpoint>& end) {
  if (cause.kind == StepKind::Loss) return;
  const State state = recorded_.at(cause.side).tcb.state;
  recorded_.ends[index(cause.side)] = end;
  set_state(cause.side, state);
}

void Recorder::set_state(Side side, State state) {
  if (recorded_.at(side).tcb.state != state) recorded_.change(side).tcb.state = state;
}

void Recorder::add_record(const Record& record) {
  timeline_.records.push_back(record);
  const auto* changed = std::get_if<StateChanged>(&record.what);
  if (changed != nullptr) set_state(record.side, changed->to);
}

/// A step of all records from `first_record` on.
void Recorder::add_step(StepKind kind, const Cause& cause, std::size_t first_record) {
  timeline_.steps.push_back({.number = static_cast<int>(timeline_.steps.size()) + 1,
                             .kind = kind,
                             .at = cause.at,
                             .side = cause.side,
                             .records = {first_record, timeline_.records.size()},
                             .rule = cause.rule,
                             .world = recorded_});
}

/// Places the author's annotations whose condition holds after the step that was just added.
void Recorder::add_annotations(int arrived) {
  for (std::size_t i = 0; i < annotations_.size(); ++i) {
    if (placed_[i] || !holds(annotations_[i].when, recorded_, arrived)) continue;
    placed_[i] = true;
    Step step = timeline_.steps.back();
    step.number += 1;
    step.kind = StepKind::Annotation;
    step.records = {step.records.last, step.records.last};
    step.annotation = i;
    timeline_.steps.push_back(std::move(step));
  }
}

}  // namespace core
