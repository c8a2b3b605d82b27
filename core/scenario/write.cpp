#include "core/scenario/write.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <utility>

namespace core {
namespace {

using Json = nlohmann::ordered_json;

// --- Policy, conditions -----------------------------------------------------------------------

/// Writes the value of one policy key.
struct WriteSetting {
  Json& out;

  void operator()(std::nullptr_t) const { out = nullptr; }
  void operator()(std::int64_t number) const { out = number; }
  void operator()(bool flag) const { out = flag; }
  void operator()(const Keepalive& keepalive) const {
    out = {{"idle_ms", keepalive.idle_ms},
           {"interval_ms", keepalive.interval_ms},
           {"probes", keepalive.probes}};
  }
  template <Named Enum>
  void operator()(Enum choice) const {
    out = to_string(choice);
  }
};

Json json(const PolicyPatch& patch) {
  Json out = Json::object();
  for (const PolicySetting& setting : patch) {
    Json& value = out[std::string(to_string(setting.key))];
    std::visit(WriteSetting{value}, setting.value);
  }
  return out;
}

Json json(const Condition& condition) {
  if (const auto* one = std::get_if<SideInState>(&condition)) {
    return {{"side", to_string(one->side)}, {"state", to_string(one->state)}};
  }
  if (const auto* both = std::get_if<BothInStates>(&condition)) {
    return {{"client", to_string(both->client)}, {"server", to_string(both->server)}};
  }
  return {{"segment", std::get<SegmentArrives>(condition).number}};
}

// --- Script -----------------------------------------------------------------------------------

Json json(const SeqSum& sum) {
  static constexpr std::array<std::string_view, 6> names = {"rcv_nxt", "rcv_wnd", "snd_nxt",
                                                            "snd_una", "iss",     "irs"};
  std::string out;
  for (const SeqSum::Term& term : sum.terms) {
    if (!out.empty()) out += term.minus ? "-" : "+";
    if (const auto* number = std::get_if<std::uint32_t>(&term.what)) {
      if (sum.terms.size() == 1) return *number;
      out += std::to_string(*number);
    } else {
      out += names[static_cast<std::size_t>(std::get<Variable>(term.what))];
    }
  }
  return out;
}

/// Adds the keys that an action's operation has.
struct DescribeOperation {
  Json& out;

  void operator()(const Call& call) const {
    out["do"] = to_string(call);
    std::visit(*this, call);
  }
  void operator()(const Crash&) const { out["do"] = "crash"; }
  void operator()(const Reboot&) const { out["do"] = "reboot"; }
  void operator()(const Injection& injection) const {
    out["do"] = "inject";
    Json& segment = out["segment"];
    segment = {{"flags", to_string(injection.flags)}, {"seq", json(injection.seq)}};
    if (!injection.ack.terms.empty()) segment["ack"] = json(injection.ack);
    if (injection.len > 0) segment["len"] = injection.len;
    if (injection.wnd) segment["wnd"] = *injection.wnd;
    if (injection.incarnation) segment["incarnation"] = *injection.incarnation;
  }
  void operator()(const Connect& connect) const {
    if (connect.iss) out["iss"] = connect.iss->value;
  }
  void operator()(const Shutdown& shutdown) const { out["how"] = to_string(shutdown.how); }
  void operator()(const SendOctets& send) const { out["bytes"] = send.octets; }
  void operator()(const ReceiveOctets& receive) const {
    if (receive.octets) out["bytes"] = *receive.octets;
  }
  void operator()(const Listen& listen) const {
    if (listen.iss) out["iss"] = listen.iss->value;
  }
  void operator()(const Close&) const {}
  void operator()(const Abort&) const {}
};

Json json(const Action& action) {
  Json out = Json::object();
  if (const auto* at = std::get_if<AtTime>(&action.trigger)) {
    out["at_ms"] = at->at_ms;
  } else {
    const auto& after = std::get<AfterCondition>(action.trigger);
    out["when"] = json(after.condition);
    if (after.after_ms > 0) out["after_ms"] = after.after_ms;
  }
  out["side"] = to_string(action.side);
  std::visit(DescribeOperation{out}, action.what);
  if (action.last) out["last"] = true;
  return out;
}

Json json(const SegmentName& segment) {
  if (const auto* number = std::get_if<ByNumber>(&segment)) return {{"number", number->number}};
  if (const auto* by = std::get_if<ByFlags>(&segment)) {
    return {{"from", to_string(by->from)},
            {by->exactly ? "flags" : "has", to_string(by->flags)},
            {"nth", by->nth}};
  }
  const auto& key = std::get<SegmentKey>(segment);
  return {{"from", to_string(key.from)},
          {"flags", to_string(key.flags)},
          {"seq", key.seq.value},
          {"len", key.len},
          {"nth", key.nth}};
}

Json json(const Fault& fault) {
  Json out = Json::object();
  if (const auto* duplicate = std::get_if<Duplicate>(&fault.what)) {
    out = {{"fault", "duplicate"}, {"after_ms", duplicate->after_ms}};
  } else if (const auto* delay = std::get_if<Delay>(&fault.what)) {
    out = {{"fault", "delay"}, {"by_ms", delay->by_ms}};
  } else {
    out = {{"fault", "drop"}};
  }
  out["segment"] = json(fault.segment);
  return out;
}

// --- The scenario -----------------------------------------------------------------------------

Json json(const Start& start) {
  Json out = {{"state", to_string(start.state)},
              {"snd_nxt", start.snd_nxt.value},
              {"rcv_nxt", start.rcv_nxt.value}};
  const Start plain;
  if (start.snd_una) out["snd_una"] = start.snd_una->value;
  if (start.rcv_wnd != plain.rcv_wnd) out["rcv_wnd"] = start.rcv_wnd;
  if (start.unread > 0) out["unread"] = start.unread;
  if (start.orphan) out["orphan"] = true;
  if (!start.reads_at_once) out["reads"] = "by_script";
  out["symbol"] = start.symbol;
  if (!start.policy.empty()) out["policy"] = json(start.policy);
  return out;
}

Json json(const Claim& claim) {
  if (const auto* state = std::get_if<NextState>(&claim)) {
    return {{"side", to_string(state->side)}, {"state", to_string(state->state)}};
  }
  if (const auto* segment = std::get_if<NextSegment>(&claim)) {
    return {{"sends", {{"from", to_string(segment->from)}, {"flags", to_string(segment->flags)}}}};
  }
  if (const auto* signal = std::get_if<NextSignal>(&claim)) {
    return {{"side", to_string(signal->side)}, {"signal", to_string(signal->signal)}};
  }
  const bool closed = std::get<HowItEnds>(claim) == HowItEnds::Closed;
  return {{"ends", closed ? "closed" : "waiting"}};
}

Json json(const Question& question) {
  Json options = Json::array();
  for (const Question::Option& option : question.options) {
    Json one = {{"text", option.text}, {"claim", json(option.claim)}};
    if (!option.misconception.empty()) one["misconception"] = option.misconception;
    options.push_back(std::move(one));
  }
  Json out = {{"before", json(question.before)}, {"ask", question.ask}, {"options", options}};
  if (!question.next.empty()) out["next"] = question.next;
  return out;
}

}  // namespace

Scenario flatten(const Run& run) {
  Scenario scenario = run.scenario;
  scenario.profile = run.knobs.profile.value_or(scenario.profile);
  // Knobs override everything, so no side keeps a setting of its own for the same key.
  for (const PolicySetting& knob : run.knobs.policy) {
    const auto same = [&](const PolicySetting& setting) { return setting.key == knob.key; };
    std::erase_if(scenario.policy, same);
    for (Start& start : scenario.start) std::erase_if(start.policy, same);
    scenario.policy.push_back(knob);
  }
  scenario.network = delays_of(run);
  for (const Entry& edit : run.edits) {
    Entry entry = edit;
    entry.place = "/script/" + std::to_string(scenario.script.size());
    if (auto* action = std::get_if<Action>(&entry.what)) action->last = true;
    scenario.script.push_back(std::move(entry));
  }
  return scenario;
}

std::string scenario_text(const Scenario& scenario) {
  Json out = {{"format", 1}, {"id", scenario.id}, {"title", scenario.title}};
  if (!scenario.group.empty()) out["group"] = scenario.group;
  if (!scenario.question.empty()) out["question"] = scenario.question;
  if (!scenario.lesson.empty()) out["lesson"] = scenario.lesson;
  if (!scenario.sources.empty()) out["sources"] = scenario.sources;
  out["profile"] = to_string(scenario.profile);
  if (!scenario.policy.empty()) out["policy"] = json(scenario.policy);
  out["network"] = {{"client_to_server_ms", scenario.network.client_to_server_ms},
                    {"server_to_client_ms", scenario.network.server_to_client_ms}};
  out["client"] = json(scenario.start[0]);
  out["server"] = json(scenario.start[1]);
  out["script"] = Json::array();
  for (const Entry& entry : scenario.script) {
    out["script"].push_back(std::visit([](const auto& what) { return json(what); }, entry.what));
  }
  for (const Annotation& beat : scenario.annotations) {
    out["beats"].push_back({{"when", json(beat.when)}, {"title", beat.title}, {"text", beat.text}});
  }
  for (const Question& question : scenario.questions) out["questions"].push_back(json(question));
  if (scenario.until_ms) out["until_ms"] = *scenario.until_ms;
  return out.dump(2) + "\n";
}

}  // namespace core
