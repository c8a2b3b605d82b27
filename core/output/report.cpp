#include "core/output/report.hpp"

#include "core/narrate/narrate.hpp"

#include <nlohmann/json.hpp>

namespace core {
namespace {

using Json = nlohmann::ordered_json;

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

Json line(const Endpoint& end) {
  return {{"state", to_string(end.tcb.state)},
          {"host", end.up ? "up" : "down"},
          {"delivered", end.delivered},
          {"delivered_stale", end.delivered_stale}};
}

Json line(const Transmission& sent) {
  const Segment& segment = sent.segment;
  Json out = {{"number", sent.number},
              {"from", to_string(sent.from)},
              {"flags", to_string(segment.flags)},
              {"seq", segment.seq.value},
              {"ack", nullptr},
              {"len", segment.len},
              {"wnd", segment.wnd},
              {"incarnation", sent.incarnation},
              {"sent_ms", sent.sent_at},
              {"arrives_ms", sent.arrives_at},
              {"fate", to_string(sent.fate)},
              {"retransmission_of", nullptr},
              {"injected", sent.injected}};
  if (segment.flags.ack) out["ack"] = segment.ack.value;
  if (sent.duplicate_of) out["duplicate_of"] = *sent.duplicate_of;
  if (sent.retransmission_of) out["retransmission_of"] = *sent.retransmission_of;
  return out;
}

/// Adds what is special about a record to the line that says when and where it happened.
struct Describe {
  Json& out;

  void operator()(const Called& called) const {
    out["kind"] = "call";
    out["call"] = to_string(called.call);
    out["result"] = to_string(called.result);
    if (std::holds_alternative<ReceiveOctets>(called.call)) out["bytes"] = called.octets;
  }
  void operator()(const HostChanged& changed) const {
    out["kind"] = "call";
    out["call"] = changed.up ? "reboot" : "crash";
    out["result"] = to_string(CallResult::Ok);
  }
  void operator()(const Signalled& signalled) const {
    out["kind"] = "signal";
    out["signal"] = to_string(signalled.signal);
  }
  void operator()(const StateChanged& changed) const {
    out["kind"] = "state";
    out["from"] = to_string(changed.from);
    out["to"] = to_string(changed.to);
    out["rule"] = reference(changed.rule);
  }
  void operator()(const TimerChanged& timer) const {
    out["kind"] = "timer";
    out["timer"] = to_string(timer.change.timer);
    out["what"] = to_string(timer.change.what);
    const bool runs =
        timer.change.what == TimerAction::Start || timer.change.what == TimerAction::Restart;
    if (runs) out["expires_ms"] = timer.expires_at;
  }
  void operator()(const Sent& sent) const {
    out["kind"] = "send";
    out["segment"] = sent.segment;
  }
  void operator()(const Received& received) const {
    out["kind"] = "receive";
    out["segment"] = received.segment;
    out["verdict"] = to_string(received.verdict);
  }
  void operator()(const Lost& lost) const {
    out["kind"] = "lost";
    out["segment"] = lost.segment;
  }
};

Json line(const Record& record) {
  Json out = {{"t_ms", record.at}};
  // A segment dies on the wire, at neither end.
  if (!std::holds_alternative<Lost>(record.what)) out["side"] = to_string(record.side);
  std::visit(Describe{out}, record.what);
  return out;
}

/// A step and its words.
struct ToldStep {
  const Step& step;
  const StepText& words;
};

Json line(const ToldStep& told) {
  const auto& [step, words] = told;
  Json out = {{"number", step.number},
              {"t_ms", step.at},
              {"title", words.title},
              {"text", words.text},
              {"client", to_string(step.world.at(Side::Client).tcb.state)},
              {"server", to_string(step.world.at(Side::Server).tcb.state)},
              {"events", Json::array()}};
  if (!step.records.empty()) out["events"] = {step.records.first, step.records.last - 1};
  return out;
}

Json line(const Message& warning) {
  return render(warning);
}

/// `"key": [` and a line per entry.
template <typename Entry>
std::string block(std::string_view key, const std::vector<Entry>& entries) {
  std::string out = "  \"" + std::string(key) + "\": [";
  for (std::size_t i = 0; i < entries.size(); ++i) {
    out += i == 0 ? "\n    " : ",\n    ";
    out += line(entries[i]).dump();
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
  out += "  \"scenario\": " + Json(run.scenario.id).dump() + ",\n";
  out += "  \"ended\": " + Json(to_string(timeline.ended)).dump() + ",\n";
  out += "  \"client\": " + line(timeline.final.at(Side::Client)).dump() + ",\n";
  out += "  \"server\": " + line(timeline.final.at(Side::Server)).dump() + ",\n";
  out += block("segments", timeline.segments) + ",\n";
  out += block("events", timeline.records) + ",\n";
  out += block("steps", steps) + ",\n";
  out += block("warnings", warnings(timeline)) + "\n";
  out += "}\n";
  return out;
}

}  // namespace core
