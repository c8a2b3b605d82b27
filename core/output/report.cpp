#include "core/output/report.hpp"

#include "core/base/json_write.hpp"
#include "core/narrate/narrate.hpp"

namespace core {
namespace {

// --- Words ------------------------------------------------------------------------------------

std::string_view to_string(Ended ended) {
  switch (ended) {
    case Ended::Closed: return "closed";
    case Ended::Waiting: return "waiting";
    case Ended::Until: return "until";
    case Ended::Limit: return "limit";
  }
  return {};
}

std::string_view to_string(Fate fate) {
  switch (fate) {
    case Fate::Delivered: return "delivered";
    case Fate::Dropped: return "dropped";
    case Fate::HostDown: return "host_down";
    case Fate::InFlight: return "in_flight";
  }
  return {};
}

// --- Lines ------------------------------------------------------------------------------------

void write(JsonWriter& json, const Endpoint& end) {
  json.object()
      .member("state", to_string(end.tcb.state))
      .member("host", end.up ? "up" : "down")
      .member("delivered", end.delivered)
      .member("delivered_stale", end.delivered_stale)
      .end();
}

void write(JsonWriter& json, const Transmission& sent) {
  const Segment& segment = sent.segment;
  json.object()
      .member("number", sent.number)
      .member("from", to_string(sent.from))
      .member("flags", to_string(segment.flags))
      .member("seq", segment.seq.value);
  segment.flags.ack ? json.member("ack", segment.ack.value) : json.member("ack", nullptr);
  json.member("len", segment.len)
      .member("wnd", segment.wnd)
      .member("incarnation", sent.incarnation)
      .member("sent_ms", sent.sent_at)
      .member("arrives_ms", sent.arrives_at)
      .member("fate", to_string(sent.fate))
      .key("retransmission_of");
  sent.retransmission_of ? json.value(*sent.retransmission_of) : json.value(nullptr);
  json.member("injected", sent.injected).member("duplicate_of", sent.duplicate_of).end();
}

/// Adds what is special about a record to the line that says when and where it happened.
struct Describe {
  JsonWriter& json;

  void operator()(const Called& called) const {
    json.member("kind", "call")
        .member("call", to_string(called.call))
        .member("result", to_string(called.result));
    if (std::holds_alternative<ReceiveOctets>(called.call)) json.member("bytes", called.octets);
  }
  void operator()(const HostChanged& changed) const {
    json.member("kind", "call")
        .member("call", changed.up ? "reboot" : "crash")
        .member("result", to_string(CallResult::Ok));
  }
  void operator()(const Signalled& signalled) const {
    json.member("kind", "signal").member("signal", to_string(signalled.signal));
  }
  void operator()(const StateChanged& changed) const {
    json.member("kind", "state")
        .member("from", to_string(changed.from))
        .member("to", to_string(changed.to))
        .member("rule", reference(changed.rule));
  }
  void operator()(const TimerChanged& timer) const {
    json.member("kind", "timer")
        .member("timer", to_string(timer.change.timer))
        .member("what", to_string(timer.change.what));
    const bool runs =
        timer.change.what == TimerAction::Start || timer.change.what == TimerAction::Restart;
    if (runs) json.member("expires_ms", timer.expires_at);
  }
  void operator()(const Sent& sent) const {
    json.member("kind", "send").member("segment", sent.segment);
  }
  void operator()(const Received& received) const {
    json.member("kind", "receive")
        .member("segment", received.segment)
        .member("verdict", to_string(received.verdict));
  }
  void operator()(const Lost& lost) const {
    json.member("kind", "lost").member("segment", lost.segment);
  }
};

void write(JsonWriter& json, const Record& record) {
  json.object().member("t_ms", record.at);
  // A segment dies on the wire, at neither end.
  if (!std::holds_alternative<Lost>(record.what)) json.member("side", to_string(record.side));
  std::visit(Describe{json}, record.what);
  json.end();
}

/// A step and its words.
struct ToldStep {
  const Step& step;
  const StepText& words;
};

void write(JsonWriter& json, const ToldStep& told) {
  const auto& [step, words] = told;
  json.object()
      .member("number", step.number)
      .member("t_ms", step.at)
      .member("title", words.title)
      .member("text", words.text)
      .member("client", to_string(step.world.at(Side::Client).tcb.state))
      .member("server", to_string(step.world.at(Side::Server).tcb.state))
      .key("events")
      .array();
  if (!step.records.empty()) json.value(step.records.first).value(step.records.last - 1);
  json.end().end();
}

void write(JsonWriter& json, const Message& warning) {
  json.value(render(warning));
}

/// One value, in a line of its own.
template <typename Value>
std::string line(const Value& value) {
  JsonWriter json;
  write(json, value);
  return std::move(json).text();
}

/// `"key": [` and a line per entry.
template <typename Entry>
std::string block(std::string_view key, const std::vector<Entry>& entries) {
  std::string out = "  " + json_string(key) + ": [";
  for (std::size_t i = 0; i < entries.size(); ++i) {
    out += i == 0 ? "\n    " : ",\n    ";
    out += line(entries[i]);
  }
  out += entries.empty() ? "]" : "\n  ]";
  return out;
}

}  // namespace

std::string report(const Run& run, const Timeline& timeline) {
  const std::vector<StepText> words = step_texts(run.scenario, timeline);
  std::vector<ToldStep> steps;
  for (std::size_t i = 0; i < words.size(); ++i) steps.push_back({timeline.steps[i], words[i]});
  std::string out = "{\n";
  out += "  \"format\": 1,\n";
  out += "  \"scenario\": " + json_string(run.scenario.id) + ",\n";
  out += "  \"ended\": " + json_string(to_string(timeline.ended)) + ",\n";
  out += "  \"client\": " + line(timeline.final.at(Side::Client)) + ",\n";
  out += "  \"server\": " + line(timeline.final.at(Side::Server)) + ",\n";
  out += block("segments", timeline.segments) + ",\n";
  out += block("events", timeline.records) + ",\n";
  out += block("steps", steps) + ",\n";
  out += block("warnings", warnings(timeline)) + "\n";
  out += "}\n";
  return out;
}

}  // namespace core
