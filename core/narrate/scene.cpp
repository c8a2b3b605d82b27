#include "core/narrate/scene.hpp"

#include <algorithm>
#include <span>

namespace core::narration {
namespace {

const World& world_before(const Timeline& timeline, const Step& step) {
  if (step.number < 2) return step.world;
  return timeline.steps[static_cast<std::size_t>(step.number) - 2].world;
}

const Step* step_with_record(const Timeline& timeline, std::size_t record) {
  const auto found = std::ranges::partition_point(
      timeline.steps, [&](const Step& step) { return step.records.last <= record; });
  return found == timeline.steps.end() ? nullptr : &*found;
}

/// The records of one moment.
std::span<const Record> records_at(const Timeline& timeline, Time at) {
  const auto moment = std::ranges::equal_range(timeline.records, at, {}, &Record::at);
  return {moment.begin(), moment.end()};
}

}  // namespace

Scene::Scene(const Timeline& run, const Step& shown)
    : timeline(run),
      step(shown),
      earlier(world_before(run, shown)),
      end(shown.side),
      peer(other(shown.side)) {
  for (std::size_t i = step.records.first; i < step.records.last; ++i) {
    const auto& what = timeline.records[i].what;
    if (const auto* called = std::get_if<Called>(&what)) call = called;
    if (const auto* changed = std::get_if<HostChanged>(&what)) host = changed;
    if (const auto* got = std::get_if<Received>(&what)) {
      received = got;
      come = &timeline.segment(got->segment);
    }
    if (const auto* lost = std::get_if<Lost>(&what)) come = &timeline.segment(lost->segment);
    if (const auto* left = std::get_if<Sent>(&what)) {
      sent.push_back(&timeline.segment(left->segment));
    }
    if (const auto* state = std::get_if<StateChanged>(&what)) transitions.push_back(*state);
    if (const auto* told = std::get_if<Signalled>(&what)) signals.push_back(told->signal);
    if (const auto* timer = std::get_if<TimerChanged>(&what)) {
      if (timer->change.what == TimerAction::Expire) {
        expired = &timer->change;
      } else {
        timers.push_back(timer->change);
      }
    }
  }
}

bool Scene::signalled(Signal signal) const {
  return std::ranges::find(signals, signal) != signals.end();
}

bool Scene::moved_by(Rule rule) const {
  return std::ranges::find(transitions, rule, &Transition::rule) != transitions.end();
}

const TimerChange* Scene::starts(Timer timer) const {
  const auto found = std::ranges::find_if(timers, [&](const TimerChange& change) {
    return change.timer == timer && change.what != TimerAction::Stop;
  });
  return found == timers.end() ? nullptr : &*found;
}

bool Scene::stops(Timer timer) const {
  return std::ranges::any_of(timers, [&](const TimerChange& change) {
    return change.timer == timer && change.what == TimerAction::Stop;
  });
}

const Transmission* Scene::sent_with(bool Flags::* flag) const {
  const auto found =
      std::ranges::find_if(sent, [&](const Transmission* one) { return one->segment.flags.*flag; });
  return found == sent.end() ? nullptr : *found;
}

std::uint32_t Scene::octets_sent() const {
  std::uint32_t octets = 0;
  for (const Transmission* one : sent) {
    if (!one->retransmission_of) octets += one->segment.len;
  }
  return octets;
}

const Step& arrival_of(const Timeline& timeline, const Step& answer) {
  const auto& steps = timeline.steps;
  std::size_t i = static_cast<std::size_t>(answer.number) - 1;
  while (i > 0 && steps[i].kind != StepKind::Arrival) --i;
  return steps[i];
}

bool answered(const Scene& arrival) {
  const auto& steps = arrival.timeline.steps;
  std::size_t i = static_cast<std::size_t>(arrival.step.number);
  while (i < steps.size() && steps[i].kind == StepKind::Annotation) ++i;
  return i < steps.size() && steps[i].kind == StepKind::Answer;
}

std::vector<const Transmission*> sent_at_this_moment(const Scene& scene) {
  std::vector<const Transmission*> out;
  for (const Record& record : records_at(scene.timeline, scene.step.at)) {
    const auto* left = std::get_if<Sent>(&record.what);
    if (left != nullptr && record.side == scene.end) {
      out.push_back(&scene.timeline.segment(left->segment));
    }
  }
  return out;
}

const Step* sender_of(const Timeline& timeline, const Transmission& sent) {
  const int number = sent.duplicate_of.value_or(sent.number);
  for (const Record& record : records_at(timeline, sent.sent_at)) {
    const auto* left = std::get_if<Sent>(&record.what);
    if (left == nullptr || left->segment != number) continue;
    return step_with_record(timeline, static_cast<std::size_t>(&record - timeline.records.data()));
  }
  return nullptr;
}

Rule sent_by_rule(const Timeline& timeline, const Transmission& sent) {
  const Step* sender = sender_of(timeline, sent);
  return sender == nullptr ? Rule::None : sender->rule;
}

Time waited(const Scene& scene) {
  for (std::size_t i = scene.step.records.first; i-- > 0;) {
    const Record& record = scene.timeline.records[i];
    const auto* timer = std::get_if<TimerChanged>(&record.what);
    if (timer == nullptr || record.side != scene.end) continue;
    if (timer->change.timer == scene.expired->timer) return timer->change.after_ms;
  }
  return scene.step.at;  // it runs from the start
}

bool gone(const Endpoint& end) {
  return end.tcb.state == State::Closed || end.tcb.state == State::Listen;
}

bool has_been_down(const Scene& scene) {
  const auto& records = scene.timeline.records;
  return std::any_of(
      records.begin(), records.begin() + static_cast<std::ptrdiff_t>(scene.step.records.first),
      [&](const Record& record) {
        return record.side == scene.end && std::holds_alternative<HostChanged>(record.what);
      });
}

bool under_way(const Scene& scene, Side from) {
  return std::ranges::any_of(scene.timeline.segments, [&](const Transmission& one) {
    const bool of_this = one.incarnation <= scene.earlier.at(scene.end).incarnation;
    return one.from == from && of_this && one.sent_at <= scene.step.at &&
           one.arrives_at > scene.step.at;
  });
}

bool fin_came_since_time_wait_began(const Scene& scene) {
  for (std::size_t i = scene.step.records.first; i-- > 0;) {
    const Record& record = scene.timeline.records[i];
    if (record.side != scene.end) continue;
    const auto* timer = std::get_if<TimerChanged>(&record.what);
    if (timer != nullptr && timer->change.timer == Timer::TimeWait) {
      // An arrival comes before the timers that it starts.
      return false;
    }
    const auto* received = std::get_if<Received>(&record.what);
    if (received != nullptr && scene.timeline.segment(received->segment).segment.flags.fin) {
      return true;
    }
  }
  return false;
}

}  // namespace core::narration
