// Writing a recording: one line for each call and each segment, so that a person can read it.
#include "recording.hpp"

#include "core/scenario/write.hpp"

#include <nlohmann/json.hpp>

#include <cstdio>

namespace kernel {
namespace {

std::string in_quotes(std::string_view text) {
  return nlohmann::json(text).dump();
}

std::string tenths(double ms) {
  char buffer[40];
  std::snprintf(buffer, sizeof buffer, "%.1f", ms);
  return buffer;
}

std::string line(const Performed& call) {
  return "{\"side\": " + in_quotes(core::to_string(call.side)) +
         ", \"call\": " + in_quotes(call.call) + ", \"result\": " + in_quotes(call.result) +
         ", \"at\": " + tenths(call.at_ms) + "}";
}

std::string line(const Seen& seen) {
  const core::Segment& segment = seen.segment;
  std::string out = "{\"from\": " + in_quotes(core::to_string(seen.from)) +
                    ", \"flags\": " + in_quotes(core::to_string(segment.flags)) +
                    ", \"seq\": " + std::to_string(segment.seq.value);
  if (segment.flags.ack) out += ", \"ack\": " + std::to_string(segment.ack.value);
  out += ", \"len\": " + std::to_string(segment.len);
  if (seen.injected) out += ", \"injected\": true";
  if (seen.copy_of) out += ", \"copy_of\": " + std::to_string(*seen.copy_of);
  if (seen.sent_ms) out += ", \"sent\": " + tenths(*seen.sent_ms);
  if (seen.arrived_ms) out += ", \"arrived\": " + tenths(*seen.arrived_ms);
  if (seen.lost) out += ", \"lost\": true";
  return out + "}";
}

std::string line(const NotMatched& reason) {
  std::string late;
  for (const Elsewhere& one : reason.late) {
    late += (late.empty() ? "[" : ", [") + in_quotes(one.what) + ", " +
            std::to_string(one.engine_ms) + "]";
  }
  return "{\n      \"what\": " + in_quotes(reason.what) +
         ",\n      \"why\": " + in_quotes(reason.why) + ",\n      \"late\": [" + late + "]\n    }";
}

template <typename T>
std::string lines(const std::vector<T>& list) {
  std::string out;
  for (const T& one : list) out += (out.empty() ? "\n    " : ",\n    ") + line(one);
  return "[" + out + (out.empty() ? "]" : "\n  ]");
}

std::string walk(const std::vector<Entered>& states) {
  std::string out;
  for (const Entered& entered : states) {
    out += (out.empty() ? "[" : ", [") + in_quotes(core::to_string(entered.state)) + ", " +
           tenths(entered.at_ms) + "]";
  }
  return "[" + out + "]";
}

/// The scenario's text, moved in under its key.
std::string indented(std::string text) {
  text.erase(text.find_last_not_of('\n') + 1);
  for (std::size_t at = 0; (at = text.find('\n', at)) != std::string::npos;) {
    text.insert(++at, "  ");
  }
  return text;
}

}  // namespace

std::string recording_text(const Recording& recording) {
  return "{\n  \"format\": 1,\n  \"kernel\": " + in_quotes(recording.kernel) +
         ",\n  \"about\": " + in_quotes(recording.about) +
         ",\n  \"scenario\": " + indented(core::scenario_text(recording.scenario)) +
         ",\n  \"calls\": " + lines(recording.calls) +
         ",\n  \"segments\": " + lines(recording.segments) +
         ",\n  \"states\": {\n    \"client\": " + walk(recording.states[0]) +
         ",\n    \"server\": " + walk(recording.states[1]) +
         "\n  },\n  \"not_matched\": " + lines(recording.not_matched) + "\n}\n";
}

}  // namespace kernel
