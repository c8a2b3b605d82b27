#include "core/sim/agenda.hpp"

namespace core {

Agenda::Agenda(const Run& run, const World& start, Work& work) : work_(work) {
  for (const auto* entries : {&run.scenario.script, &run.edits}) {
    for (const Entry& entry : *entries) {
      const auto* action = std::get_if<Action>(&entry.what);
      if (action == nullptr) continue;
      const std::size_t number = planned_.size();
      planned_.push_back(
          {.action = action, .place = &entry.place, .last = action->last || entries == &run.edits});
      if (const auto* at = std::get_if<AtTime>(&action->trigger)) {
        plan(number, at->at_ms);
        continue;
      }
      const auto& after = std::get<AfterCondition>(action->trigger);
      if (holds(after.condition, start, 0)) {
        plan(number, after.after_ms);
      } else {
        waiting_[after.condition].push_back(number);
      }
    }
  }
}

void Agenda::plan(std::size_t number, Time due) {
  ++work_.actions;
  planned_[number].due = due;
  upcoming_.emplace(due, number);
}

Time Agenda::next() const {
  return upcoming_.empty() ? never : upcoming_.begin()->first;
}

void Agenda::begin_instant(Time now) {
  while (!upcoming_.empty() && upcoming_.begin()->first <= now) {
    ++work_.actions;
    const std::size_t number = upcoming_.begin()->second;
    upcoming_.erase(upcoming_.begin());
    due_[place(planned_[number].last ? Turn::Last : Turn::First)].insert(number);
  }
}

void Agenda::notice_conditions(const World& world, int arrived, Time now) {
  for (const Condition& condition : true_conditions(world, arrived)) {
    ++work_.actions;
    const auto found = waiting_.find(condition);
    if (found == waiting_.end()) continue;
    for (const std::size_t number : found->second) {
      Planned& planned = planned_[number];
      const Time after = std::get<AfterCondition>(planned.action->trigger).after_ms;
      if (after > 0) {
        plan(number, now + after);
      } else {
        ++work_.actions;
        planned.due = now;
        due_[place(planned.last ? Turn::Last : Turn::JustNow)].insert(number);
      }
    }
    waiting_.erase(found);
  }
}

std::optional<std::size_t> Agenda::take(Turn turn, std::size_t from) {
  std::set<std::size_t>& due = due_[place(turn)];
  const auto next = due.lower_bound(from);
  if (next == due.end()) return std::nullopt;
  ++work_.actions;
  const std::size_t number = *next;
  due.erase(next);
  planned_[number].done = true;
  return number;
}

std::vector<Message> Agenda::warnings() const {
  std::vector<Message> out;
  for (const Planned& planned : planned_) {
    std::optional<Text> why = planned.no_effect_reason;
    if (!planned.done) {
      why = planned.due == never ? Text::warning_never_held : Text::warning_never_due;
    }
    if (why) out.push_back({*why, {{"place", *planned.place}}});
  }
  return out;
}

}  // namespace core
