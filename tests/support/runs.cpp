#include "runs.hpp"

#include "ends.hpp"

#include "core/narrate/narrate.hpp"

#include <doctest/doctest.h>

#include <array>

namespace runs {

using core::Side;
using core::Timeline;

core::Run of(std::string_view id, std::string_view edits) {
  const core::CatalogueFile* file = core::catalogue_file(id);
  REQUIRE(file != nullptr);
  auto scenario = core::parse_scenario(file->json, file->name);
  REQUIRE(scenario.has_value());
  auto parsed = core::parse_edits(edits, "--edits");
  if (!parsed) FAIL(parsed.error().front().text());
  return {.scenario = *scenario, .knobs = {}, .edits = *parsed};
}

core::Run written(const std::string& members, std::string_view edits) {
  const std::string json = R"({"format": 1, "id": "test", "title": "Test", )" + members + "}";
  auto scenario = core::parse_scenario(json, "test");
  if (!scenario) FAIL(scenario.error().front().text());
  auto parsed = core::parse_edits(edits, "--edits");
  if (!parsed) FAIL(parsed.error().front().text());
  return {.scenario = *scenario, .knobs = {}, .edits = *parsed};
}

Timeline played(const std::string& members, std::string_view edits) {
  return core::simulate(written(members, edits));
}

std::string walk(const Timeline& timeline, Side side) {
  std::string out(core::to_string(timeline.steps.front().world.at(side).tcb.state));
  for (const core::Record& record : timeline.records) {
    const auto* changed = std::get_if<core::StateChanged>(&record.what);
    if (changed != nullptr && record.side == side) {
      out += " " + std::string(core::to_string(changed->to));
    }
  }
  return out;
}

std::string sent(const Timeline& timeline) {
  std::string out;
  for (const core::Transmission& one : timeline.segments) {
    out += std::to_string(one.sent_at) + " " + std::string(core::to_string(one.from)) + " " +
           ends::text(one.segment);
    switch (one.fate) {
      case core::Fate::Delivered: break;
      case core::Fate::Dropped: out += " x"; break;
      case core::Fate::HostDown: out += " host down"; break;
      case core::Fate::InFlight: out += " in flight"; break;
    }
    if (one.injected) out += " injected";
    if (one.duplicate_of) out += " copy of " + std::to_string(*one.duplicate_of);
    out += "\n";
  }
  return out;
}

std::string heard(const Timeline& timeline) {
  std::string out;
  for (const core::Record& record : timeline.records) {
    const auto* received = std::get_if<core::Received>(&record.what);
    if (received == nullptr) continue;
    out += std::to_string(record.at) + " " + std::string(core::to_string(record.side)) + " " +
           std::to_string(received->segment) + " " + ends::text(received->verdict) + "\n";
  }
  return out;
}

namespace {

/// The first record of a step in a few words.
struct Head {
  std::string operator()(const core::Called& called) const {
    return " " + std::string(core::to_string(called.call));
  }
  std::string operator()(const core::HostChanged& changed) const {
    return changed.up ? " reboots" : " crashes";
  }
  std::string operator()(const core::TimerChanged& timer) const {
    static constexpr std::array<std::string_view, 7> names = {
        "retransmission", "persist",   "time-wait",   "fin-wait-2",
        "delayed-ack",    "keepalive", "user-timeout"};
    return " " + std::string(names[static_cast<std::size_t>(timer.change.timer)]);
  }
  std::string operator()(const core::Sent& one) const {
    return " answers " + std::to_string(one.segment);
  }
  std::string operator()(const core::Received& received) const {
    return " hears " + std::to_string(received.segment);
  }
  std::string operator()(const core::Lost& lost) const {
    return " loses " + std::to_string(lost.segment);
  }
  std::string operator()(const core::Signalled&) const { return " is told"; }
  std::string operator()(const core::StateChanged&) const { return " changes"; }
};

}  // namespace

std::string story(const Timeline& timeline, core::Time first, core::Time last) {
  std::string out;
  for (const core::Step& step : timeline.steps) {
    if (step.kind == core::StepKind::Start || step.at < first || step.at > last) continue;
    if (step.kind == core::StepKind::Annotation) {
      out += "annotation " + std::to_string(step.annotation) + "\n";
      continue;
    }
    const core::Record& head = timeline.records[step.records.first];
    out += std::to_string(step.at) + " " + std::string(core::to_string(step.side)) +
           std::visit(Head{}, head.what) + "\n";
  }
  return out;
}

std::vector<std::string> warnings(const Timeline& timeline) {
  std::vector<std::string> out;
  for (const core::Message& warning : core::warnings(timeline)) out.push_back(render(warning));
  return out;
}

std::string signals(const Timeline& timeline) {
  std::string out;
  for (const core::Record& record : timeline.records) {
    const auto* signalled = std::get_if<core::Signalled>(&record.what);
    if (signalled == nullptr) continue;
    out += std::to_string(record.at) + " " + std::string(core::to_string(record.side)) + " " +
           std::string(core::to_string(signalled->signal)) + "\n";
  }
  return out;
}

}  // namespace runs
