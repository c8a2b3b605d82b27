// Longer than 300 lines: one function for each law.
#include "laws.hpp"

#include "core/base/text.hpp"
#include "core/narrate/narrate.hpp"
#include "core/output/figure.hpp"
#include "core/output/report.hpp"
#include "core/scenario/write.hpp"
#include "core/sim/segment_keys.hpp"
#include "core/sim/simulation.hpp"
#include "core/tcp/state_diagram.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>
#include <cstdio>
#include <cstdlib>
#include <optional>
#include <string>
#include <utility>

namespace fuzz {
namespace {

using core::Side;
using core::State;
using core::Step;
using core::Timeline;

// --- Texts --------------------------------------------------------------------------------------

/// A JSON text without errors of its own: the places that diagnostics name can be looked up in it.
std::optional<nlohmann::json> tree_of(std::string_view text) {
  constexpr std::size_t large = 100'000;  // looking up costs as much as reading once more
  if (text.size() > large) return std::nullopt;
  nlohmann::json tree = nlohmann::json::parse(text, nullptr, false);
  if (tree.is_discarded()) return std::nullopt;
  return tree;
}

// --- Timelines ----------------------------------------------------------------------------------

void check_size(const Timeline& timeline) {
  expect(timeline.records.size() <= core::most_records, "a run has at most 2,000 events");
  expect(timeline.segments.size() <= core::most_records, "a run has at most 2,000 segments");
  const bool limited = timeline.ended == core::Ended::Limit;
  const bool told = std::ranges::count(timeline.warnings, core::Text::warning_too_many_records,
                                       &core::Message::id) == 1;
  expect(limited == told, "a run that comes to its limit says so");
}

std::string name_of(const Step& step) {
  return "step " + std::to_string(step.number);
}

void check_steps(const Timeline& timeline) {
  expect(!timeline.steps.empty(), "a run has steps");
  expect(timeline.steps.back().world == timeline.final, "the last step shows how the run ended");
  std::size_t told = 0;
  core::Time before = 0;
  int number = 0;
  for (const Step& step : timeline.steps) {
    const std::string where = name_of(step);
    expect(step.number == ++number, "steps are numbered from 1", where);
    expect(step.at >= before, "time does not go back", where);
    expect(step.records.first == told && step.records.last >= told,
           "each event belongs to one step, in order", where);
    told = step.records.last;
    before = step.at;
  }
  expect(told == timeline.records.size(), "every event is told");
}

void check_words(const core::Run& run, const Timeline& timeline) {
  const std::vector<core::StepText> words = core::step_texts(run.scenario, timeline);
  expect(words.size() == timeline.steps.size(), "every step has words");
  for (const Step& step : timeline.steps) {
    const core::StepText& said = words[static_cast<std::size_t>(step.number) - 1];
    const std::string where = name_of(step) + ": " + said.title + ": " + said.text;
    expect(core::is_utf8(said.title) && core::is_utf8(said.note) && core::is_utf8(said.text),
           "what is said of a step is UTF-8", where);
    // An annotation's words are its author's.
    if (step.kind == core::StepKind::Annotation) continue;
    expect(!said.title.empty(), "a step has a title", where);
    expect(said.text.ends_with('.'), "a step has a sentence", where);
    for (const std::string* part : {&said.title, &said.note, &said.text}) {
      expect(part->find_first_of("{}") == std::string::npos, "every named place is filled in",
             *part);
    }
  }
}

void check_segments(const Timeline& timeline) {
  constexpr std::uint32_t largest_window = 65'535;
  int number = 0;
  for (const core::Transmission& sent : timeline.segments) {
    const std::string where = "segment " + std::to_string(sent.number);
    expect(sent.number == ++number, "segments are numbered from 1", where);
    expect(sent.arrives_at >= sent.sent_at, "no segment arrives before it leaves", where);
    expect(sent.segment.wnd <= largest_window, "there is no window scaling", where);
    if (sent.duplicate_of) {
      expect(*sent.duplicate_of >= 1 && *sent.duplicate_of < number,
             "a copy comes after what it copies", where);
    }
    if (sent.retransmission_of) {
      expect(*sent.retransmission_of >= 1 && *sent.retransmission_of < number,
             "a retransmission comes after the first transmission", where);
    }
  }
  const auto exists = [&](int segment) { return segment >= 1 && segment <= number; };
  for (const core::Record& record : timeline.records) {
    const auto* sent = std::get_if<core::Sent>(&record.what);
    const auto* received = std::get_if<core::Received>(&record.what);
    const auto* lost = std::get_if<core::Lost>(&record.what);
    const bool known = (sent == nullptr || exists(sent->segment)) &&
                       (received == nullptr || exists(received->segment)) &&
                       (lost == nullptr || exists(lost->segment));
    expect(known, "events name segments that exist");
  }
}

/// Only arrows of the state diagram are taken, each from where the last one led.
void check_states(const Timeline& timeline) {
  const core::World& start = timeline.steps.front().world;
  std::array<State, 2> states = {start.ends[0]->tcb.state, start.ends[1]->tcb.state};
  for (const Step& step : timeline.steps) {
    const std::string where = name_of(step);
    for (std::size_t i = step.records.first; i < step.records.last; ++i) {
      const core::Record& record = timeline.records[i];
      const auto* changed = std::get_if<core::StateChanged>(&record.what);
      if (changed == nullptr) continue;
      State& state = states[core::index(record.side)];
      expect(state == changed->from && core::edge(changed->from, changed->to) != nullptr,
             "only arrows of the state diagram are taken", where);
      state = changed->to;
    }
    for (const Side side : {Side::Client, Side::Server}) {
      expect(step.world.at(side).tcb.state == states[core::index(side)],
             "a step shows the states to which its events lead", where);
    }
  }
}

/// What TCP believes of its timers is what runs, whenever an instant is over.
void check_timers(const Timeline& timeline) {
  for (std::size_t i = 0; i < timeline.steps.size(); ++i) {
    const Step& step = timeline.steps[i];
    if (i + 1 < timeline.steps.size() && timeline.steps[i + 1].at == step.at) continue;
    for (const core::Endpoint& end : step.world.ends) {
      const std::string where = name_of(step);
      core::TimerSet running;
      for (const core::Deadline& deadline : end.timers) {
        expect(!running.has(deadline.timer), "a timer runs once", where);
        running.add(deadline.timer);
      }
      expect(running == end.tcb.timers, "those timers run that TCP has started", where);
      expect(end.tcb.state != State::Closed || end.timers.empty(),
             "no timer runs without a connection", where);
    }
  }
}

void check_figure(const Timeline& timeline) {
  // A segment with all flags and the largest numbers pushes the state behind it so far.
  constexpr std::size_t widest = 102;
  const std::string figure = core::figure(timeline);
  expect(figure.ends_with('\n'), "a figure ends with a line's end");
  std::size_t column = 0;
  for (const char c : figure) {
    column = c == '\n' ? 0 : column + 1;
    const bool plain = c == '\n' || (c >= ' ' && c <= '~');
    expect(plain && column <= widest, "a figure is plain, and not wide", figure);
  }
}

/// The JSON library refuses to write what is not UTF-8, by an exception that nobody catches.
void check_report(const core::Run& run, const Timeline& timeline) {
  const std::string report = core::report(run, timeline);
  expect(report.starts_with("{\n") && report.ends_with("}\n"), "a report is one object");
}

// --- Saving -------------------------------------------------------------------------------------

/// The warnings, with places in the list of edits written as those of a script after `entries`:
/// there they stand when the run is saved.
std::vector<core::Message> warnings_when_saved(std::vector<core::Message> warnings,
                                               std::size_t entries) {
  constexpr std::string_view edits = "/edits/";
  for (core::Message& warning : warnings) {
    for (core::NamedArgument& argument : warning.arguments) {
      auto* place = std::get_if<std::string>(&argument.value);
      if (place == nullptr || !place->starts_with(edits)) continue;
      *place = "/script/" + std::to_string(entries + std::stoul(place->substr(edits.size())));
    }
  }
  return warnings;
}

/// The same happened.
bool same(const Timeline& one, const Timeline& other) {
  const auto same_step = [](const Step& a, const Step& b) {
    return a.kind == b.kind && a.at == b.at && a.side == b.side && a.rule == b.rule &&
           a.records.first == b.records.first && a.records.last == b.records.last &&
           a.world == b.world && a.annotation == b.annotation;
  };
  const auto same_segment = [](const core::Transmission& a, const core::Transmission& b) {
    return a.from == b.from && a.key == b.key && a.segment.ack == b.segment.ack &&
           a.segment.wnd == b.segment.wnd && a.sent_at == b.sent_at &&
           a.arrives_at == b.arrives_at && a.fate == b.fate && a.incarnation == b.incarnation &&
           a.retransmission_of == b.retransmission_of && a.duplicate_of == b.duplicate_of &&
           a.injected == b.injected;
  };
  return one.ended == other.ended && one.records.size() == other.records.size() &&
         std::ranges::equal(one.steps, other.steps, same_step) &&
         std::ranges::equal(one.segments, other.segments, same_segment);
}

void check_saved(const core::Run& run, const Timeline& timeline) {
  const std::string text = core::scenario_text(core::flatten(run));
  const auto parsed = core::parse_scenario(text, "saved");
  expect(parsed.has_value(), "what is saved can be read",
         parsed ? "" : parsed.error().front().text());
  expect(core::scenario_text(*parsed) == text, "what is saved and read is saved as the same text");
  const core::Run saved{.scenario = *parsed, .knobs = {}, .edits = {}};
  const Timeline again = core::simulate(saved);
  expect(same(again, timeline), "what is saved and read is the same run");
  expect(again.warnings == warnings_when_saved(timeline.warnings, run.scenario.script.size()),
         "what is saved and read has the same warnings");
}

// --- Edits --------------------------------------------------------------------------------------

void check_edits(const core::Run& run, const Timeline& timeline) {
  expect(timeline.edited.size() == run.edits.size(), "each edit is accounted for");
  core::Run named = core::with_segment_keys(run);
  const Timeline again = core::simulate(named);
  expect(same(again, timeline) && again.warnings == timeline.warnings,
         "edits that name segments by what they are make the same run");
  expect(again.edited == timeline.edited, "an edit names what it meant");
  // Each removal is a run of its own, so that only a few are tried.
  constexpr std::size_t most_removals = 4;
  for (std::size_t i = 0; i < std::min(named.edits.size(), most_removals); ++i) {
    core::Run fewer = named;
    fewer.edits.erase(fewer.edits.begin() + static_cast<std::ptrdiff_t>(i));
    const Timeline without = core::simulate(fewer);
    for (std::size_t k = 0; k < without.edited.size(); ++k) {
      const auto& meant = again.edited[k < i ? k : k + 1];
      const auto& means = without.edited[k];
      expect(!meant || !means || *meant == *means,
             "an edit means what it meant when another one goes",
             "edit " + std::to_string(k < i ? k : k + 1) + " without edit " + std::to_string(i));
    }
  }
}

}  // namespace

void expect(bool kept, std::string_view law, std::string_view where) {
  if (kept) return;
  std::fprintf(stderr, "The law is broken: %.*s\n%.*s\n", static_cast<int>(law.size()), law.data(),
               static_cast<int>(where.size()), where.data());
  std::abort();
}

// By the table of well-formed sequences of the Unicode Standard (3.9, table 3-7).
void check_complaints(const std::vector<core::ParseError>& diagnostics, std::string_view text,
                      std::string_view source) {
  constexpr std::size_t most_diagnostics = 101;  // a hundred, and how many more there are
  constexpr std::size_t longest_message = 2'000;
  expect(!diagnostics.empty(), "what is refused is complained of");
  expect(diagnostics.size() <= most_diagnostics, "there are a hundred diagnostics at most");
  const auto tree = tree_of(text);
  for (const core::ParseError& complaint : diagnostics) {
    const std::string& pointer = complaint.pointer;
    const std::string where = complaint.text();
    expect(complaint.source == source, "a complaint names its text", where);
    const std::string message = core::render(complaint.message);
    expect(!message.empty(), "a complaint says what is wrong", where);
    expect(message.size() <= longest_message, "a complaint is short", where);
    expect(core::visible(where) == where, "a complaint has no hidden characters", where);
    expect(pointer.empty() || pointer.starts_with('/'), "a complaint names its place", where);
    // A place with a character that is spelt out cannot be looked up as it stands, nor one inside a
    // value that another of the same key has replaced.
    const bool replaced = std::ranges::any_of(diagnostics, [&](const core::ParseError& other) {
      return other.message.id == core::Text::parser_key_twice &&
             pointer.starts_with(other.pointer + "/");
    });
    if (!tree || replaced || pointer.contains('\\')) continue;
    expect(tree->contains(nlohmann::json::json_pointer(pointer)), "the place is in the text",
           where);
  }
}

void check_run(const core::Run& run) {
  const Timeline timeline = core::simulate(run);
  check_size(timeline);
  check_steps(timeline);
  check_words(run, timeline);
  check_segments(timeline);
  check_states(timeline);
  check_timers(timeline);
  check_figure(timeline);
  check_report(run, timeline);
  check_saved(run, timeline);
  if (!run.edits.empty()) check_edits(run, timeline);
}

}  // namespace fuzz
