#include "core/scenario.hpp"

#include "core/json_reader.hpp"

#include <algorithm>
#include <limits>
#include <utility>

namespace core {
namespace {

constexpr Time latest_ms = 30 * 86'400'000LL;
constexpr Time most_octets = 1'000'000;
constexpr std::int32_t largest_window = 65'535;  // there is no window scaling
constexpr Time most_number = std::numeric_limits<std::uint32_t>::max();
constexpr Time most_segments = 2'000;
constexpr std::size_t most_entries = 500;
constexpr std::size_t longest_title = 120;
constexpr std::size_t longest_text = 1'000;

// A run starts with a connection, or without one.
constexpr std::array start_states = {State::Established, State::FinWait1, State::FinWait2,
                                     State::CloseWait,   State::Closing,  State::LastAck,
                                     State::TimeWait,    State::Closed};
constexpr std::array<std::string_view, 2> side_names = {"client", "server"};
constexpr std::array<std::string_view, 4> calls = {"close", "shutdown", "send", "receive"};
constexpr std::array<std::string_view, 3> shutdown_hows = {"write", "read", "both"};
constexpr std::array<std::string_view, 2> reading = {"at_once", "by_script"};
constexpr std::array<std::string_view, 1> fault_names = {"drop"};
constexpr std::array<std::string_view, 4> flag_names = {"SYN", "FIN", "RST", "ACK"};

// --- Words ------------------------------------------------------------------------------------

Side read_side(const Value& value) {
  return value.one_of(side_names).value_or(0) == 0 ? Side::Client : Side::Server;
}

/// One of some states; the first of them when the value is none.
State read_state(const Value& value, std::span<const State> states = all_states) {
  std::vector<std::string_view> names;
  for (const State state : states) names.push_back(name(state));
  return states[value.one_of(names).value_or(0)];
}

/// One flag: "FIN".
Flags read_flag(const Value& value) {
  const auto index = value.one_of(flag_names);
  return {.syn = index == 0, .fin = index == 1, .rst = index == 2, .ack = index == 3};
}

/// Some flags: "FIN,ACK". Each stands once.
Flags read_flags(const Value& value) {
  const std::string text = value.string(longest_title);
  Flags flags;
  std::string_view rest = text;
  bool good = true;
  for (bool more = true; more && good;) {
    const std::size_t comma = rest.find(',');
    const std::string_view word = rest.substr(0, comma);
    more = comma != std::string_view::npos;
    if (more) rest.remove_prefix(comma + 1);
    bool* const flag = word == "SYN"   ? &flags.syn
                       : word == "FIN" ? &flags.fin
                       : word == "RST" ? &flags.rst
                       : word == "ACK" ? &flags.ack
                                       : nullptr;
    good = flag != nullptr && !std::exchange(*flag, true);
  }
  if (!good && value.json().is_string()) {
    value.expected("flags out of SYN, FIN, RST, ACK, each once, with commas between");
  }
  return flags;
}

Seq read_seq(const Value& value) {
  return {static_cast<std::uint32_t>(value.number(0, most_number))};
}

std::uint32_t read_octets(const Value& value, Time least) {
  return static_cast<std::uint32_t>(value.number(least, most_octets));
}

int read_count(const Value& value) {
  return static_cast<int>(value.number(1, most_segments));
}

// --- Policy -----------------------------------------------------------------------------------

struct ReadSetting {
  const PolicyKey& key;
  const Value& value;

  PolicySetting operator()(Time Policy::*) const {
    return {key.name, value.number(key.least, key.most)};
  }
  PolicySetting operator()(std::optional<Time> Policy::*) const {
    if (value.is_null()) return {key.name, nullptr};
    return {key.name, value.number(key.least, key.most)};
  }
  PolicySetting operator()(bool Policy::*) const { return {key.name, value.boolean()}; }
  template <typename Enum>
  PolicySetting operator()(Enum Policy::*) const {
    return {key.name, key.choices[value.one_of(key.choices).value_or(0)]};
  }
};

PolicyPatch read_policy(const Value& value) {
  PolicyPatch patch;
  if (!value.json().is_object()) {
    value.expected("an object");
    return patch;
  }
  for (const auto& [name, ignored] : value.json().items()) {
    const PolicyKey* key = policy_key(name);
    const Value member = value.member(name);
    if (key == nullptr) {
      std::vector<std::string_view> known;
      for (const PolicyKey& one : policy_keys()) known.push_back(one.name);
      member.complain("unknown key; known here: " + list_words(known));
    } else {
      patch.push_back(std::visit(ReadSetting{*key, member}, key->field));
    }
  }
  return patch;
}

std::string_view read_profile(const Value& value) {
  return profile_names()[value.one_of(profile_names()).value_or(0)];
}

// --- Conditions and triggers ------------------------------------------------------------------

Condition read_condition(const Value& value) {
  const Object object(value, {"side", "state", "client", "server", "segment"});
  const bool side = object.has("side") || object.has("state");
  const bool both = object.has("client") || object.has("server");
  const bool segment = object.has("segment");
  if (int{side} + int{both} + int{segment} != 1) {
    if (value.json().is_object()) {
      value.complain(
          "expected either \"side\" and \"state\", or \"client\" and \"server\", or \"segment\"");
    }
    return SegmentArrives{};
  }
  if (side) {
    const auto who = object.require("side");
    const auto state = object.require("state");
    return SideInState{who ? read_side(*who) : Side::Client,
                       state ? read_state(*state) : State::Closed};
  }
  if (both) {
    const auto client = object.require("client");
    const auto server = object.require("server");
    return BothInStates{client ? read_state(*client) : State::Closed,
                        server ? read_state(*server) : State::Closed};
  }
  return SegmentArrives{read_count(*object.find("segment"))};
}

Trigger read_trigger(const Object& object) {
  const auto at = object.find("at_ms");
  const auto when = object.find("when");
  const auto after = object.find("after_ms");
  if (at.has_value() == when.has_value()) {
    object.value().complain("expected either \"at_ms\" or \"when\"");
  }
  const Time at_ms = at ? at->number(0, latest_ms) : 0;
  const Time after_ms = after ? after->number(0, latest_ms) : 0;
  if (when) return AfterCondition{read_condition(*when), after_ms};
  if (at && after) after->complain("\"after_ms\" goes with \"when\"");
  return AtTime{at_ms};
}

// --- Actions and faults -----------------------------------------------------------------------

Call read_call(const Object& object) {
  const auto what = object.find("do");
  const auto index = what->one_of(calls);
  const auto how = object.find("how");
  const auto bytes = object.find("bytes");
  const std::string_view call = index ? calls[*index] : "";
  if (how && index && call != "shutdown") how->complain("\"how\" goes with \"shutdown\"");
  if (bytes && index && call != "send" && call != "receive") {
    bytes->complain("\"bytes\" goes with \"send\" and \"receive\"");
  }
  if (call == "shutdown") {
    const auto chosen = how ? how->one_of(shutdown_hows) : std::optional<std::size_t>(0);
    return Shutdown{static_cast<ShutdownHow>(chosen.value_or(0))};
  }
  if (call == "send") {
    const auto required = object.require("bytes");
    return SendOctets{required ? read_octets(*required, 1) : 1};
  }
  if (call == "receive") {
    return ReceiveOctets{bytes ? std::optional(read_octets(*bytes, 1)) : std::nullopt};
  }
  return Close{};
}

Action read_action(const Value& value) {
  const Object object(value, {"at_ms", "when", "after_ms", "side", "do", "how", "bytes"});
  const auto side = object.require("side");
  return {read_trigger(object), side ? read_side(*side) : Side::Client, read_call(object)};
}

SegmentName read_segment_name(const Value& value) {
  const Object object(value, {"number", "from", "has", "flags", "seq", "len", "nth"});
  if (const auto number = object.find("number")) {
    if (value.json().size() > 1) value.complain("\"number\" stands alone");
    return ByNumber{read_count(*number)};
  }
  const auto has = object.find("has");
  const auto flags = object.find("flags");
  const auto seq = object.find("seq");
  const auto len = object.find("len");
  const auto nth = object.find("nth");
  const auto from = object.find("from");
  if (value.json().is_object() && (!from || has.has_value() == flags.has_value())) {
    value.complain("expected \"number\", or \"from\" with either \"has\" or \"flags\"");
  }
  if (seq.has_value() != len.has_value() || (seq && has)) {
    value.complain("\"seq\" and \"len\" go together, and with \"flags\"");
  }
  const Side side = from ? read_side(*from) : Side::Client;
  const Flags named = has ? read_flag(*has) : flags ? read_flags(*flags) : Flags{};
  const int count = nth ? read_count(*nth) : 1;
  if (seq && len) return SegmentKey{side, named, read_seq(*seq), read_octets(*len, 0), count};
  return ByFlags{side, named, flags.has_value(), count};
}

Drop read_fault(const Value& value) {
  const Object object(value, {"fault", "segment", "at_ms"});
  [[maybe_unused]] const auto kind = object.find("fault")->one_of(fault_names);
  // When the reader decided is kept with an edit for its history; the fault itself has no time.
  if (const auto at = object.find("at_ms")) [[maybe_unused]]
    const Time when = at->number(0, latest_ms);
  const auto segment = object.require("segment");
  return {segment ? read_segment_name(*segment) : ByNumber{1}};
}

std::vector<Entry> read_entries(const Value& value, std::string_view prefix) {
  std::vector<Entry> entries;
  for (const Value& entry : value.list(most_entries)) {
    if (!entry.json().is_object()) {
      entry.expected("an object");
    } else if (entry.json().contains("fault")) {
      entries.push_back({read_fault(entry), std::string(prefix) + entry.pointer()});
    } else if (entry.json().contains("do")) {
      entries.push_back({read_action(entry), std::string(prefix) + entry.pointer()});
    } else {
      entry.complain("expected an action with \"do\" or a fault with \"fault\"");
    }
  }
  return entries;
}

// --- The scenario -----------------------------------------------------------------------------

/// SND.UNA must fit the state: a FIN that is not acknowledged, or one that is.
void check_outstanding(const Value& value, const Start& start) {
  const std::int32_t outstanding = start.snd_nxt - *start.snd_una;
  const bool unacknowledged = start.state == State::FinWait1 || start.state == State::Closing ||
                              start.state == State::LastAck;
  const bool acknowledged = start.state == State::FinWait2 || start.state == State::TimeWait ||
                            start.state == State::Closed;
  const std::int32_t least = unacknowledged ? 1 : 0;
  const std::int32_t most = acknowledged ? 0 : largest_window;
  if (least <= outstanding && outstanding <= most) return;
  value.complain("expected a number " + std::to_string(least) + " to " + std::to_string(most) +
                 " before snd_nxt in " + std::string(name(start.state)));
}

void read_start(const Value& value, Start& start) {
  const Object object(value, {"state", "snd_nxt", "rcv_nxt", "snd_una", "rcv_wnd", "unread",
                              "orphan", "reads", "symbol", "policy"});
  const std::size_t before = value.complaints();
  if (const auto state = object.find("state")) start.state = read_state(*state, start_states);
  if (const auto seq = object.find("snd_nxt")) start.snd_nxt = read_seq(*seq);
  if (const auto seq = object.find("rcv_nxt")) start.rcv_nxt = read_seq(*seq);
  if (const auto seq = object.find("snd_una")) {
    start.snd_una = read_seq(*seq);
    if (value.complaints() == before) check_outstanding(*seq, start);
  }
  if (const auto wnd = object.find("rcv_wnd"))
    start.rcv_wnd = static_cast<std::uint32_t>(wnd->number(0, largest_window));
  if (const auto unread = object.find("unread")) {
    start.unread = static_cast<std::uint32_t>(unread->number(0, largest_window - start.rcv_wnd));
  }
  if (const auto orphan = object.find("orphan")) {
    start.orphan = orphan->boolean();
    const bool open = start.state == State::Established || start.state == State::CloseWait;
    if (start.orphan && open) {
      orphan->complain("whose application has closed its descriptor is not in " +
                       std::string(name(start.state)));
    }
  }
  if (const auto reads = object.find("reads")) {
    start.reads_at_once = reads->one_of(reading).value_or(0) == 0;
  }
  if (const auto symbol = object.find("symbol")) start.symbol = symbol->string(8);
  if (const auto policy = object.find("policy")) start.policy = read_policy(*policy);
}

Network read_network(const Value& value) {
  const Object object(value, {"delay_ms", "client_to_server_ms", "server_to_client_ms"});
  Network network;
  const auto both = object.find("delay_ms");
  const auto there = object.find("client_to_server_ms");
  const auto back = object.find("server_to_client_ms");
  if (both && (there || back)) {
    value.complain("expected either \"delay_ms\" or the two delays by direction");
  }
  if (both) network.client_to_server_ms = network.server_to_client_ms = both->number(1, latest_ms);
  if (there) network.client_to_server_ms = there->number(1, latest_ms);
  if (back) network.server_to_client_ms = back->number(1, latest_ms);
  return network;
}

std::vector<Beat> read_beats(const Value& value) {
  std::vector<Beat> beats;
  for (const Value& entry : value.list(most_entries)) {
    const Object object(entry, {"when", "title", "text"});
    const auto when = object.require("when");
    const auto title = object.require("title");
    const auto text = object.require("text");
    beats.push_back({when ? read_condition(*when) : SegmentArrives{},
                     title ? title->string(longest_title) : "",
                     text ? text->string(longest_text) : ""});
  }
  return beats;
}

bool kebab_case(std::string_view id) {
  const auto allowed = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-';
  };
  return !id.empty() && std::ranges::all_of(id, allowed) && id.front() != '-' && id.back() != '-' &&
         !id.contains("--");
}

void check_id(const Value& value, std::string_view id, std::string_view source) {
  if (!kebab_case(id)) return value.expected("lower-case words with hyphens between");
  constexpr std::string_view ending = ".json";
  if (!source.ends_with(ending)) return;
  source.remove_suffix(ending.size());
  source.remove_prefix(source.rfind('/') + 1);
  if (source != id) {
    value.complain("expected the name of the file, \"" + std::string(source) + "\", found \"" +
                   std::string(id) + "\"");
  }
}

Scenario read_scenario(const Value& value, std::string_view source) {
  const Object object(value,
                      {"format", "id", "title", "group", "question", "lesson", "sources", "profile",
                       "policy", "network", "client", "server", "script", "beats", "until_ms"});
  Scenario scenario;
  if (const auto format = object.require("format")) {
    [[maybe_unused]] const Time version = format->number(1, 1);
  }
  if (const auto id = object.require("id")) {
    const std::size_t before = value.complaints();
    scenario.id = id->string(longest_title);
    if (value.complaints() == before) check_id(*id, scenario.id, source);
  }
  if (const auto title = object.require("title")) scenario.title = title->string(longest_title);
  if (const auto group = object.find("group")) scenario.group = group->string(longest_title);
  if (const auto text = object.find("question")) scenario.question = text->string(longest_text);
  if (const auto text = object.find("lesson")) scenario.lesson = text->string(longest_text);
  if (const auto sources = object.find("sources")) {
    for (const Value& one : sources->list(most_entries)) {
      scenario.sources.push_back(one.string(longest_text));
    }
  }
  if (const auto profile = object.find("profile")) scenario.profile = read_profile(*profile);
  if (const auto policy = object.find("policy")) scenario.policy = read_policy(*policy);
  if (const auto network = object.find("network")) scenario.network = read_network(*network);
  if (const auto client = object.find("client")) read_start(*client, scenario.start[0]);
  if (const auto server = object.find("server")) read_start(*server, scenario.start[1]);
  if (const auto script = object.require("script")) scenario.script = read_entries(*script, "");
  if (const auto beats = object.find("beats")) scenario.beats = read_beats(*beats);
  if (const auto until = object.find("until_ms"); until && !until->is_null()) {
    scenario.until_ms = until->number(0, latest_ms);
  }
  return scenario;
}

Knobs read_knobs(const Value& value) {
  const Object object(value, {"profile", "policy", "delay_ms"});
  Knobs knobs;
  if (const auto profile = object.find("profile")) knobs.profile = read_profile(*profile);
  if (const auto policy = object.find("policy")) knobs.policy = read_policy(*policy);
  if (const auto delay = object.find("delay_ms")) knobs.delay_ms = delay->number(1, latest_ms);
  return knobs;
}

/// Reads a whole text with `read`, which is given its root.
template <typename T, typename Read>
Parsed<T> parse(std::string_view text, std::string_view source, const Read& read) {
  Complaints complaints(source);
  const std::optional<Json> root = read_json(text, complaints);
  if (!root) return std::unexpected(complaints.take());
  T result = read(Value(*root, {}, complaints));
  if (complaints.count() > 0) return std::unexpected(complaints.take());
  return result;
}

}  // namespace

std::string ParseError::text() const {
  return source + ": " + (pointer.empty() ? "" : pointer + ": ") + message;
}

Parsed<Scenario> parse_scenario(std::string_view json, std::string_view source) {
  return parse<Scenario>(json, source,
                         [&](const Value& root) { return read_scenario(root, source); });
}

Parsed<std::vector<Entry>> parse_edits(std::string_view json, std::string_view source) {
  return parse<std::vector<Entry>>(json, source,
                                   [](const Value& root) { return read_entries(root, "/edits"); });
}

Parsed<Knobs> parse_knobs(std::string_view json, std::string_view source) {
  return parse<Knobs>(json, source, read_knobs);
}

Policy policy_of(const Run& run, Side side) {
  const Scenario& scenario = run.scenario;
  Policy policy = profile(run.knobs.profile.value_or(scenario.profile));
  apply(scenario.policy, policy);
  apply(scenario.start[static_cast<std::size_t>(side)].policy, policy);
  apply(run.knobs.policy, policy);
  return policy;
}

Network network_of(const Run& run) {
  if (const auto delay = run.knobs.delay_ms) return {*delay, *delay};
  return run.scenario.network;
}

}  // namespace core
