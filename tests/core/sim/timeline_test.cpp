// How every run must be told: that it ends, its warnings, steps, records and fates, and that the
// same run is always told the same. The runs are those of laws_test.cpp.
#include "every_run.hpp"
#include "runs.hpp"

#include "core/narrate/narrate.hpp"
#include "core/output/figure.hpp"
#include "core/output/report.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <vector>

namespace {

using core::Ended;
using core::Endpoint;
using core::Side;
using core::State;
using core::Timeline;
using runs::at;
using runs::Played;
using runs::sides;

runs::Judgement ends_as_its_states_say(const Played& played) {
  const Timeline& timeline = played.timeline;
  const bool closed = std::ranges::all_of(
      timeline.final.ends, [](const Endpoint& end) { return end.tcb.state == State::Closed; });
  const bool timers = std::ranges::any_of(timeline.final.ends,
                                          [](const Endpoint& end) { return !end.timers.empty(); });
  const bool flying = std::ranges::any_of(
      timeline.segments, [](const auto& sent) { return sent.fate == core::Fate::InFlight; });
  switch (timeline.ended) {
    case Ended::Closed: return closed && !timers && !flying ? "" : "closed";
    case Ended::Waiting: return !closed && !timers && !flying ? "" : "waiting";
    case Ended::Until: return played.run.scenario.until_ms ? "" : "until";
    // A shut window is probed for ever; and two ends that a forgery has brought out of step
    // acknowledge each other for ever, in truth too.
    case Ended::Limit: {
      const bool probes = std::ranges::any_of(timeline.final.ends, [](const Endpoint& end) {
        return end.tcb.timers.has(core::Timer::Persist);
      });
      const bool random = played.name.starts_with("random");  // it may be long
      return probes || random || runs::has_injection(played.run) ? "" : "it has no end";
    }
  }
  return "no ending";
}

runs::Judgement warns_of_what_is_so(const Played& played) {
  const Timeline& timeline = played.timeline;
  std::vector<std::string> waiting;
  for (const std::string& warning : runs::warnings(timeline)) {
    const bool of_an_entry = warning.starts_with("/edits/") || warning.starts_with("/script/");
    if (!of_an_entry) waiting.push_back(warning);
  }
  std::size_t expected = timeline.ended == Ended::Limit ? 1 : 0;
  for (const Side side : sides) {
    const State state = timeline.final.at(side).tcb.state;
    if (timeline.ended != Ended::Waiting || state == State::Closed) continue;
    ++expected;
    const bool named = std::ranges::any_of(waiting, [&](const std::string& warning) {
      return warning.starts_with(core::name(side)) &&
             warning.find(core::to_string(state)) != std::string::npos;
    });
    if (!named) return std::string(core::name(side)) + " waits, and nobody says so";
  }
  return waiting.size() == expected ? "" : waiting.back();
}

runs::Judgement every_segment_has_one_fate(const Played& played) {
  const Timeline& timeline = played.timeline;
  std::vector<int> sent(timeline.segments.size());
  std::vector<int> heard(timeline.segments.size());
  std::vector<int> lost(timeline.segments.size());
  core::Time now = 0;
  for (const core::Record& record : timeline.records) {
    if (record.at < now) return "time goes back";
    now = record.at;
    const auto count = [&](std::vector<int>& counts, int number, core::Time when) {
      ++counts[static_cast<std::size_t>(number) - 1];
      return when == record.at;
    };
    bool right = true;
    if (const auto* one = std::get_if<core::Sent>(&record.what)) {
      right = count(sent, one->segment, timeline.segment(one->segment).sent_at);
    } else if (const auto* other = std::get_if<core::Received>(&record.what)) {
      right = count(heard, other->segment, timeline.segment(other->segment).arrives_at);
    } else if (const auto* gone = std::get_if<core::Lost>(&record.what)) {
      right = count(lost, gone->segment, timeline.segment(gone->segment).arrives_at);
    }
    if (!right) return "a record at the wrong time";
  }
  for (std::size_t i = 0; i < timeline.segments.size(); ++i) {
    const core::Transmission& one = timeline.segments[i];
    const bool real = !one.injected && !one.duplicate_of;
    const bool delivered = one.fate == core::Fate::Delivered;
    // What will be lost may still be on its way when the run is ended.
    const bool cut = timeline.ended == Ended::Until || timeline.ended == Ended::Limit;
    const bool dying = cut && one.fate == core::Fate::Dropped && one.arrives_at > now;
    const bool died =
        !dying && (one.fate == core::Fate::Dropped || one.fate == core::Fate::HostDown);
    if (one.number != static_cast<int>(i) + 1 || sent[i] != (real ? 1 : 0) ||
        heard[i] != (delivered ? 1 : 0) || lost[i] != (died ? 1 : 0)) {
      return "segment " + std::to_string(one.number);
    }
  }
  return "";
}

runs::Judgement steps_share_the_records_out(const Played& played) {
  std::size_t next = 0;
  int number = 0;
  for (const core::Step& step : played.timeline.steps) {
    if (step.number != ++number) return at(step, step.side);
    const bool empty =
        step.kind == core::StepKind::Start || step.kind == core::StepKind::Annotation;
    if (step.records.empty() != empty) return at(step, step.side);
    if (empty) continue;
    if (step.records.first != next) return at(step, step.side);
    next = step.records.last;
  }
  return next == played.timeline.records.size() ? "" : "records without a step";
}

runs::Judgement faults_meet_their_segments(const Played& played) {
  runs::Judgement out;
  for (std::size_t i = 0; i < played.run.edits.size(); ++i) {
    const auto* fault = std::get_if<core::Fault>(&played.run.edits[i].what);
    if (fault == nullptr) continue;
    const auto& key = std::get<core::SegmentKey>(fault->segment);
    ++out.applied;
    if (played.timeline.edited[i] != key) return "it does not";
  }
  return out;
}

runs::Judgement the_same_run_gives_the_same_bytes(const Played& played) {
  // Runs are many, and these are long or like others.
  if (played.timeline.ended == Ended::Limit || runs::is_meddled(played.run)) return {};
  const Timeline again = core::simulate(played.run);
  const bool same = core::report(played.run, again) == core::report(played.run, played.timeline) &&
                    core::figure(again) == core::figure(played.timeline);
  return same ? "" : "it does not";
}

const runs::Law laws[] = {
    {"a run ends as its ends say, and it does end", ends_as_its_states_say},
    {"warnings say what is so, and nothing else", warns_of_what_is_so},
    {"every segment has one fate, at its time", every_segment_has_one_fate},
    {"steps share the records out", steps_share_the_records_out},
    {"an edit meets the segment that it names", faults_meet_their_segments},
    {"the same run gives the same bytes", the_same_run_gives_the_same_bytes},
};

}  // namespace

TEST_CASE("laws: every run is told as it should be") {
  runs::check(laws);
}
