#include "core/sim/planned_faults.hpp"

#include <algorithm>
#include <iterator>
#include <utility>

namespace core {
namespace {

bool matches(const ByFlags& name, const Transmission& sent) {
  const Flags have = sent.segment.flags;
  const bool has = (!name.flags.syn || have.syn) && (!name.flags.fin || have.fin) &&
                   (!name.flags.rst || have.rst) && (!name.flags.ack || have.ack);
  return (name.exactly ? name.flags == have : has) && name.from == sent.from;
}

}  // namespace

PlannedFaults::PlannedFaults(const Run& run, Work& work) : work_(work), edits_(run.edits.size()) {
  for (const Entry& entry : run.scenario.script) {
    const auto* fault = std::get_if<Fault>(&entry.what);
    if (fault == nullptr) continue;
    plan(*fault);
    planned_.push_back({.fault = fault, .place = &entry.place});
  }
  for (std::size_t i = 0; i < run.edits.size(); ++i) {
    const auto* fault = std::get_if<Fault>(&run.edits[i].what);
    if (fault == nullptr) continue;
    plan(*fault);
    planned_.push_back({.fault = fault, .place = &run.edits[i].place, .edit = i});
  }
}

/// Puts the next fault where its segment will find it.
void PlannedFaults::plan(const Fault& fault) {
  const std::size_t place = planned_.size();
  if (const auto* number = std::get_if<ByNumber>(&fault.segment)) {
    by_number_[number->number].push_back(place);
  } else if (const auto* key = std::get_if<SegmentKey>(&fault.segment)) {
    by_key_[*key].push_back(place);
  } else {
    const auto& name = std::get<ByFlags>(fault.segment);
    count_of(name).by_nth[name.nth].push_back(place);
  }
}

PlannedFaults::Count& PlannedFaults::count_of(const ByFlags& name) {
  const auto same = std::ranges::find_if(counts_, [&](const Count& count) {
    ++work_.faults;
    return count.of.from == name.from && count.of.flags == name.flags &&
           count.of.exactly == name.exactly;
  });
  if (same != counts_.end()) return *same;
  return counts_.emplace_back(Count{.of = name});
}

std::vector<const Fault*> PlannedFaults::hitting(const Transmission& sent) {
  Places places;  // in ascending order, as each of the tables has them
  const auto add = [&](const auto& table, const auto& name) {
    ++work_.faults;
    const auto found = table.find(name);
    if (found == table.end()) return;
    Places both;
    std::ranges::merge(places, found->second, std::back_inserter(both));
    places = std::move(both);
  };
  add(by_number_, sent.number);
  add(by_key_, sent.key);
  for (Count& count : counts_) {
    ++work_.faults;
    if (matches(count.of, sent)) add(count.by_nth, ++count.seen);
  }
  std::vector<const Fault*> hitting;
  for (const std::size_t place : places) {
    ++work_.faults;
    planned_[place].hit = sent.key;
    hitting.push_back(planned_[place].fault);
  }
  return hitting;
}

std::vector<Message> PlannedFaults::warnings() const {
  std::vector<Message> out;
  for (const Planned& planned : planned_) {
    if (planned.hit) continue;
    const auto& what = planned.fault->what;
    const Text text = std::holds_alternative<Drop>(what)        ? Text::warning_not_dropped
                      : std::holds_alternative<Duplicate>(what) ? Text::warning_not_duplicated
                                                                : Text::warning_not_delayed;
    out.push_back({text, {{"place", *planned.place}}});
  }
  return out;
}

std::vector<std::optional<SegmentKey>> PlannedFaults::edited() const {
  std::vector<std::optional<SegmentKey>> out(edits_);
  for (const Planned& planned : planned_) {
    if (planned.edit) out[*planned.edit] = planned.hit;
  }
  return out;
}

}  // namespace core
