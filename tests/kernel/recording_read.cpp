// Reading a recording, with the parser's own tools, so that every mistake in a file is named with
// its place.
#include "recording.hpp"

#include "core/base/json_read.hpp"
#include "core/scenario/read_words.hpp"

#include <array>
#include <utility>

namespace kernel {
namespace {

using core::Object;
using core::Value;

constexpr std::size_t most_entries = 2'000;
constexpr std::size_t longest_text = 600;
constexpr std::array<std::string_view, 2> sides = {"client", "server"};

std::string read_text(const Object& object, std::string_view key) {
  const auto value = object.require(key);
  return value ? value->string(longest_text) : std::string();
}

core::Side read_side(const Object& object, std::string_view key) {
  const auto value = object.require(key);
  return value && value->one_of(sides) == 1U ? core::Side::Server : core::Side::Client;
}

double read_at(const Value& value) {
  if (value.json().is_number()) return value.json().get<double>();
  value.expected("a time in milliseconds");
  return 0;
}

std::vector<Value> read_list(const Object& object, std::string_view key) {
  const auto value = object.require(key);
  return value ? value->list(most_entries) : std::vector<Value>();
}

Performed read_call(const Value& value) {
  const Object object(value, {"side", "call", "result", "at"});
  Performed call{.side = read_side(object, "side"),
                 .call = read_text(object, "call"),
                 .result = read_text(object, "result")};
  if (const auto at = object.require("at")) call.at_ms = read_at(*at);
  return call;
}

Seen read_segment(const Value& value) {
  const Object object(value, {"from", "flags", "seq", "ack", "len", "sent", "arrived", "lost",
                              "injected", "copy_of"});
  Seen seen{.from = read_side(object, "from")};
  if (const auto flags = object.require("flags")) seen.segment.flags = core::read_flags(*flags);
  if (const auto seq = object.require("seq")) seen.segment.seq = core::read_seq(*seq);
  const auto ack = object.find("ack");
  if (ack) seen.segment.ack = core::read_seq(*ack);
  if (ack.has_value() != seen.segment.flags.ack) value.complain({core::Text::recording_ack});
  if (const auto len = object.require("len")) {
    seen.segment.len = static_cast<std::uint32_t>(len->number(0, 65'535));
  }
  if (const auto sent = object.find("sent")) seen.sent_ms = read_at(*sent);
  if (const auto arrived = object.find("arrived")) seen.arrived_ms = read_at(*arrived);
  if (const auto lost = object.find("lost")) seen.lost = lost->boolean();
  if (const auto injected = object.find("injected")) seen.injected = injected->boolean();
  if (const auto of = object.find("copy_of")) {
    seen.copy_of = static_cast<int>(of->number(1, static_cast<core::Time>(most_entries)));
  }
  if (seen.lost && seen.arrived_ms) value.complain({core::Text::recording_lost});
  if (seen.injected == seen.sent_ms.has_value()) value.complain({core::Text::recording_origin});
  return seen;
}

/// ["FIN_WAIT_1", 0.1]
Entered read_entered(const Value& value) {
  const std::vector<Value> pair = value.list(2);
  if (pair.size() == 2) return {core::read_state(pair[0]), read_at(pair[1])};
  value.expected(core::Text::recording_entered);
  return {};
}

NotMatched read_not_matched(const Value& value) {
  const Object object(value, {"what", "why", "late"});
  NotMatched out{.what = read_text(object, "what"), .why = read_text(object, "why"), .late = {}};
  for (const Value& late : read_list(object, "late")) {
    const std::vector<Value> pair = late.list(2);
    if (pair.size() != 2) {
      late.expected(core::Text::recording_late);
      continue;
    }
    out.late.push_back({pair[0].string(longest_text), core::read_time(pair[1])});
  }
  return out;
}

/// The scenario is one of the engine's, and its own parser reads it.
core::Scenario read_scenario(const Value& value) {
  auto scenario = core::parse_scenario(value.json().dump(), "the recording's scenario");
  if (scenario) return *std::move(scenario);
  for (const core::ParseError& error : scenario.error()) {
    value.complain({core::Text::parser_inside,
                    {{"place", error.pointer}, {"what", std::vector{error.message}}}});
  }
  return {};
}

void read_states(const Value& value, Recording& out) {
  const Object object(value, {"client", "server"});
  for (const std::size_t side : {0U, 1U}) {
    for (const Value& entered : read_list(object, sides[side])) {
      out.states[side].push_back(read_entered(entered));
    }
  }
}

}  // namespace

core::Parsed<Recording> read_recording(std::string_view json, std::string_view source) {
  core::Diagnostics diagnostics(source);
  const auto tree = core::read_json(json, diagnostics);
  if (!tree) return std::unexpected(diagnostics.take());
  Recording out;
  const Object object(
      Value(*tree, "", diagnostics),
      {"format", "kernel", "about", "scenario", "calls", "segments", "states", "not_matched"});
  if (const auto format = object.require("format")) (void)format->number(1, 1);
  out.kernel = read_text(object, "kernel");
  out.about = read_text(object, "about");
  if (const auto scenario = object.require("scenario")) out.scenario = read_scenario(*scenario);
  for (const Value& call : read_list(object, "calls")) out.calls.push_back(read_call(call));
  for (const Value& seen : read_list(object, "segments")) {
    out.segments.push_back(read_segment(seen));
  }
  if (const auto states = object.require("states")) read_states(*states, out);
  for (const Value& reason : read_list(object, "not_matched")) {
    out.not_matched.push_back(read_not_matched(reason));
  }
  if (diagnostics.count() > 0) return std::unexpected(diagnostics.take());
  return out;
}

}  // namespace kernel
