// Longer than 300 lines: the mutator and the words of the format that it draws from.
#include "json_mutator.hpp"

#include "libfuzzer.hpp"

#include "core/tcp/policy.hpp"
#include "core/tcp/state.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>
#include <optional>
#include <span>
#include <utility>
#include <variant>
#include <vector>

namespace fuzz {
namespace {

using Json = nlohmann::ordered_json;
using Words = std::span<const std::string_view>;

// --- Words and numbers --------------------------------------------------------------------------

constexpr std::array<std::string_view, 2> sides = {"client", "server"};
constexpr std::array<std::string_view, 10> operations = {"close",  "shutdown", "send",   "receive",
                                                         "abort",  "connect",  "listen", "crash",
                                                         "reboot", "inject"};
constexpr std::array<std::string_view, 3> faults = {"drop", "duplicate", "delay"};
constexpr std::array<std::string_view, 3> hows = {"write", "read", "both"};
constexpr std::array<std::string_view, 2> reading = {"at_once", "by_script"};
constexpr std::array<std::string_view, 2> endings = {"closed", "waiting"};
constexpr std::array<std::string_view, 5> signals = {"eof", "connection_reset",
                                                     "connection_refused", "timed_out", "closed"};
constexpr std::array<std::string_view, 4> flag_names = {"SYN", "FIN", "RST", "ACK"};
constexpr std::array<std::string_view, 9> flags = {
    "ACK", "FIN,ACK", "RST", "RST,ACK", "SYN", "SYN,ACK", "FIN", "SYN,FIN,ACK", "SYN,FIN,RST,ACK"};
constexpr std::array<std::string_view, 10> sums = {
    "rcv_nxt", "rcv_nxt-1", "rcv_nxt+1", "rcv_nxt+rcv_wnd-1", "rcv_nxt+rcv_wnd",
    "irs",     "snd_nxt",   "snd_una-1", "snd_nxt+1",         "iss+2147483648"};
constexpr std::array<std::string_view, 9> words = {
    "u",
    "w",
    "",
    "\xe2\x98\x83",
    "a \"quoted\" word",
    "\x01\x1b\n",
    "lost",
    "lost-final-ack",
    "a sentence that is longer than the forty bytes after which a complaint is cut, and more"};

constexpr std::array<std::int64_t, 22> times = {
    0,   1,   2,   20,    40,    49,    50,     51,     99,      100,        101,
    150, 200, 999, 1'000, 1'001, 3'000, 60'000, 75'000, 240'000, 86'400'000, 2'592'000'000};
constexpr std::array<std::int64_t, 15> numbers = {
    0,   1,   99,  100,           101,           299,           300,          301,
    302, 303, 400, 2'147'483'647, 2'147'483'648, 4'294'967'290, 4'294'967'295};
constexpr std::array<std::int64_t, 14> sizes = {
    0, 1, 2, 7, 40, 50, 999, 1'000, 1'460, 1'461, 65'534, 65'535, 65'536, 1'000'000};
constexpr std::array<std::int64_t, 9> wrong = {
    -1, -2, 501, 2'001, 4'294'967'296, 2'592'000'001, INT64_MAX, INT64_MIN, 1'000'000'000'000};

Json number(std::span<const std::int64_t> usual, Rng& rng) {
  if (rng.once_in(40)) return rng.one_of(wrong);
  if (rng.once_in(4)) return rng.below(300);
  return rng.one_of(usual);
}

Json state(Rng& rng) {
  return core::to_string(rng.one_of(core::all_states));
}

// --- Parts of the format ------------------------------------------------------------------------

Json condition(Rng& rng) {
  switch (rng.below(3)) {
    case 0: return {{"side", rng.one_of(sides)}, {"state", state(rng)}};
    case 1: return {{"client", state(rng)}, {"server", state(rng)}};
    default: return {{"segment", 1 + rng.below(12)}};
  }
}

Json injected(Rng& rng) {
  Json out = {{"flags", rng.one_of(flags)}, {"seq", rng.one_of(sums)}, {"ack", rng.one_of(sums)}};
  if (rng.once_in(2)) out["len"] = number(sizes, rng);
  if (rng.once_in(2)) out["wnd"] = number(sizes, rng);
  if (rng.once_in(4)) out["incarnation"] = rng.below(4);
  return out;
}

Json action(Rng& rng) {
  Json out = Json::object();
  if (rng.once_in(3)) {
    out["when"] = condition(rng);
    if (rng.once_in(2)) out["after_ms"] = number(times, rng);
  } else {
    out["at_ms"] = number(times, rng);
  }
  out["side"] = rng.one_of(sides);
  const std::string_view operation = rng.one_of(operations);
  out["do"] = operation;
  if (operation == "send" || (operation == "receive" && rng.once_in(2))) {
    out["bytes"] = std::max<std::int64_t>(1, rng.one_of(sizes));
  }
  if (operation == "shutdown" && rng.once_in(2)) out["how"] = rng.one_of(hows);
  if ((operation == "connect" || operation == "listen") && rng.once_in(2))
    out["iss"] = number(numbers, rng);
  if (operation == "inject") out["segment"] = injected(rng);
  if (rng.once_in(8)) out["last"] = true;
  return out;
}

Json segment_name(Rng& rng) {
  if (rng.once_in(2)) return {{"number", 1 + rng.below(14)}};
  Json out = {{"from", rng.one_of(sides)}};
  if (rng.once_in(2)) {
    out["has"] = rng.one_of(flag_names);
  } else {
    out["flags"] = rng.one_of(flags);
    if (rng.once_in(2)) {
      out["seq"] = number(numbers, rng);
      out["len"] = rng.one_of(sizes);
    }
  }
  if (rng.once_in(2)) out["nth"] = 1 + rng.below(4);
  return out;
}

Json fault(Rng& rng) {
  const std::string_view kind = rng.one_of(faults);
  Json out = {{"fault", kind}};
  if (kind == "duplicate") out["after_ms"] = number(times, rng);
  if (kind == "delay") out["by_ms"] = number(times, rng);
  out["segment"] = segment_name(rng);
  return out;
}

Json entry(Rng& rng) {
  return rng.once_in(3) ? fault(rng) : action(rng);
}

Json setting(const core::PolicyKey& key, Rng& rng) {
  const bool may_be_null =
      std::holds_alternative<std::optional<core::Time> core::Policy::*>(key.field) ||
      std::holds_alternative<std::optional<core::Keepalive> core::Policy::*>(key.field);
  if (may_be_null && rng.once_in(4)) return nullptr;
  if (!key.choices.empty()) return rng.one_of(key.choices);
  if (std::holds_alternative<bool core::Policy::*>(key.field)) return rng.once_in(2);
  if (std::holds_alternative<std::optional<core::Keepalive> core::Policy::*>(key.field)) {
    return {{"idle_ms", 1 + rng.below(2'000)},
            {"interval_ms", 1 + rng.below(500)},
            {"probes", 1 + rng.below(4)}};
  }
  // Small figures make much happen.
  if (rng.once_in(3)) return number(times, rng);
  return std::clamp<core::Time>(static_cast<core::Time>(rng.below(2'000)), key.least, key.most);
}

Json policy(Rng& rng) {
  Json out = Json::object();
  for (std::size_t i = 1 + rng.below(4); i > 0; --i) {
    const core::PolicyKey& key = rng.one_of(core::policy_keys());
    out[std::string(core::to_string(key.id))] = setting(key, rng);
  }
  return out;
}

Json profile(Rng& rng) {
  return core::to_string(rng.one_of(core::all_of<core::ProfileId>));
}

Json end(Rng& rng) {
  Json out = {{"state", state(rng)}};
  if (rng.once_in(2)) out["snd_nxt"] = number(numbers, rng);
  if (rng.once_in(2)) out["rcv_nxt"] = number(numbers, rng);
  if (rng.once_in(2)) out["rcv_wnd"] = number(sizes, rng);
  if (rng.once_in(3)) out["reads"] = rng.one_of(reading);
  if (rng.once_in(3)) out["policy"] = policy(rng);
  return out;
}

Json claim(Rng& rng) {
  switch (rng.below(4)) {
    case 0: return {{"side", rng.one_of(sides)}, {"state", state(rng)}};
    case 1: return {{"sends", {{"from", rng.one_of(sides)}, {"flags", rng.one_of(flags)}}}};
    case 2: return {{"ends", rng.one_of(endings)}};
    default: return {{"side", rng.one_of(sides)}, {"signal", rng.one_of(signals)}};
  }
}

Json beat(Rng& rng) {
  return {{"when", condition(rng)}, {"title", rng.one_of(words)}, {"text", rng.one_of(words)}};
}

Json question(Rng& rng) {
  Json options = Json::array();
  for (std::size_t i = 1 + rng.below(4); i > 0; --i) {
    options.push_back({{"text", rng.one_of(words)}, {"claim", claim(rng)}});
  }
  return {{"before", condition(rng)}, {"ask", rng.one_of(words)}, {"options", options}};
}

Json network(Rng& rng) {
  if (rng.once_in(2)) return {{"delay_ms", number(times, rng)}};
  return {{"client_to_server_ms", number(times, rng)}, {"server_to_client_ms", number(times, rng)}};
}

// --- What a key may have ------------------------------------------------------------------------

/// Any value at all: most of them are wrong where they are put.
Json anything(Rng& rng) {
  switch (rng.below(9)) {
    case 0: return nullptr;
    case 1: return rng.once_in(2);
    case 2: return rng.one_of(words);
    case 3: return 1.5;
    case 4: return Json::array();
    case 5: return Json::object();
    case 6: return rng.one_of(wrong);
    case 7: return std::string(rng.below(1'200), 'x');
    default: return number(numbers, rng);
  }
}

/// A list of `most` at most.
Json list(Json (*one)(Rng&), std::size_t most, Rng& rng) {
  Json out = Json::array();
  for (std::size_t i = rng.below(most + 1); i > 0; --i) out.push_back(one(rng));
  return out;
}

/// A value that fits the key as a rule. `old` tells apart what is written with the same key.
Json value_for(std::string_view key, const Json& old, Rng& rng) {
  if (rng.once_in(25)) return anything(rng);
  if (const auto known = core::from_string<core::PolicyKeyId>(key)) {
    return setting(core::policy_key(*known), rng);
  }
  if (key.ends_with("_ms")) return number(times, rng);
  if (key == "side" || key == "from") return rng.one_of(sides);
  if (key == "state") return state(rng);
  if (key == "client" || key == "server") return old.is_string() ? state(rng) : end(rng);
  if (key == "do") return rng.one_of(operations);
  if (key == "fault") return rng.one_of(faults);
  if (key == "how") return rng.one_of(hows);
  if (key == "reads") return rng.one_of(reading);
  if (key == "ends") return rng.one_of(endings);
  if (key == "signal") return rng.one_of(signals);
  if (key == "has") return rng.one_of(flag_names);
  if (key == "flags") return rng.one_of(flags);
  if (key == "profile") return profile(rng);
  if (key == "policy") return policy(rng);
  if (key == "network") return network(rng);
  if (key == "when" || key == "before") return condition(rng);
  if (key == "script") return list(entry, 6, rng);
  if (key == "beats") return list(beat, 3, rng);
  if (key == "questions") return list(question, 2, rng);
  if (key == "claim") return claim(rng);
  if (key == "seq" || key == "ack") {
    return old.is_string() ? Json(rng.one_of(sums)) : number(numbers, rng);
  }
  if (key == "snd_nxt" || key == "rcv_nxt" || key == "snd_una" || key == "iss") {
    return number(numbers, rng);
  }
  if (key == "rcv_wnd" || key == "wnd" || key == "len" || key == "bytes" || key == "unread") {
    return number(sizes, rng);
  }
  if (key == "segment" && old.is_object()) {
    return old.contains("seq") && old.contains("ack") ? injected(rng) : segment_name(rng);
  }
  if (key == "segment" || key == "number" || key == "nth" || key == "incarnation") {
    return 1 + rng.below(14);
  }
  if (key == "orphan" || key == "last") return rng.once_in(2);
  return rng.one_of(words);
}

/// The keys that go together: of a scenario, an end, an action, a segment, a fault, knobs.
constexpr std::array<std::string_view, 10> scenario_keys = {
    "profile", "policy", "network", "client",    "server",
    "script",  "beats",  "lesson",  "questions", "until_ms"};
constexpr std::array<std::string_view, 10> end_keys = {"state",   "snd_nxt", "rcv_nxt", "snd_una",
                                                       "rcv_wnd", "unread",  "orphan",  "reads",
                                                       "symbol",  "policy"};
constexpr std::array<std::string_view, 10> action_keys = {
    "at_ms", "when", "after_ms", "side", "do", "how", "bytes", "iss", "segment", "last"};
constexpr std::array<std::string_view, 6> segment_keys = {"flags", "seq", "ack",
                                                          "len",   "wnd", "incarnation"};
constexpr std::array<std::string_view, 7> name_keys = {"number", "from", "has", "flags",
                                                       "seq",    "len",  "nth"};
constexpr std::array<std::string_view, 4> fault_keys = {"fault", "segment", "after_ms", "by_ms"};
constexpr std::array<std::string_view, 3> knob_keys = {"profile", "policy", "delay_ms"};

std::string key_for(const Json& object, Part part, Rng& rng) {
  if (rng.once_in(60)) return std::string(rng.one_of(words));
  Words keys = knob_keys;
  if (object.contains("format") || object.contains("script")) {
    keys = scenario_keys;
  } else if (object.contains("do")) {
    keys = action_keys;
  } else if (object.contains("fault")) {
    keys = fault_keys;
  } else if (object.contains("ack")) {
    keys = segment_keys;
  } else if (object.contains("number") || object.contains("from")) {
    keys = name_keys;
  } else if (object.contains("snd_nxt") || object.contains("state")) {
    keys = end_keys;
  } else if (!(part == Part::Knobs && object.contains("profile")) || rng.once_in(2)) {
    return std::string(rng.one_of(core::words_of<core::PolicyKeyId>));
  }
  return std::string(rng.one_of(keys));
}

// --- Places in a tree ---------------------------------------------------------------------------

/// A value, the key that it or the list around it has, and what holds it.
struct Place {
  Json* value = nullptr;
  std::string key;
};

/// All places of a tree, the root first. A tree deeper than what the format has is left alone.
void collect(Json& value, const std::string& key, std::size_t depth, std::vector<Place>& places) {
  constexpr std::size_t deepest = 12;
  places.push_back({&value, key});
  if (depth == deepest) return;
  if (value.is_object()) {
    for (auto& [name, member] : value.items()) collect(member, name, depth + 1, places);
  } else if (value.is_array()) {
    for (Json& member : value) collect(member, key, depth + 1, places);
  }
}

std::vector<Place> places_of(Json& tree) {
  std::vector<Place> places;
  collect(tree, "", 0, places);
  return places;
}

Json entry_for(std::string_view key, Rng& rng) {
  if (key == "beats") return beat(rng);
  if (key == "questions") return question(rng);
  if (key == "script" || key.empty()) return entry(rng);
  return anything(rng);
}

void change_list(Json& list, std::string_view key, Rng& rng) {
  const auto at = [&](std::size_t index) {
    return list.begin() + static_cast<std::ptrdiff_t>(index);
  };
  const std::size_t size = list.size();
  const std::size_t choice = size == 0 ? 0 : rng.below(5);
  if (choice <= 1) {
    list.insert(at(rng.below(size + 1)), entry_for(key, rng));
  } else if (choice == 2) {
    list.erase(at(rng.below(size)));
  } else if (choice == 3) {
    const Json copy = list[rng.below(size)];
    list.insert(at(rng.below(size + 1)), copy);
  } else {
    std::swap(list[rng.below(size)], list[rng.below(size)]);
  }
}

void change_object(Json& object, Part part, Rng& rng) {
  if (!object.empty() && rng.once_in(3)) {
    const auto& members = object.get_ref<const Json::object_t&>();
    const auto chosen = static_cast<std::ptrdiff_t>(rng.below(members.size()));
    const std::string key = (members.begin() + chosen)->first;
    object.erase(key);
    return;
  }
  const std::string key = key_for(object, part, rng);
  const Json old = object.contains(key) ? object[key] : Json();
  object[key] = value_for(key, old, rng);
}

void change_number(Json& value, Rng& rng) {
  const auto old = value.get<std::uint64_t>();
  switch (rng.below(4)) {
    case 0: value = old + 1; break;
    case 1: value = old - 1; break;
    case 2: value = old * 2; break;
    default: value = old / 2;
  }
}

void change(Json& tree, Part part, Rng& rng) {
  const std::vector<Place> places = places_of(tree);
  const auto& [value, key] = rng.one_of(places);
  // Of a whole part there is no other value.
  const bool whole = value == &tree;
  if (value->is_array() && (whole || !rng.once_in(4))) return change_list(*value, key, rng);
  if (value->is_object() && (whole || !rng.once_in(4))) return change_object(*value, part, rng);
  if (value->is_number_unsigned() && rng.once_in(3)) return change_number(*value, rng);
  // An entry of a list has the list's key, but is no list.
  const bool entry =
      value->is_object() && (key == "script" || key == "beats" || key == "questions");
  *value = entry || (key.empty() && !whole) ? entry_for(key, rng) : value_for(key, *value, rng);
}

/// The tree of a text, or nothing. What is nested deeper than a scenario can be is no concern of
/// this file, and would be written by recursion.
std::optional<Json> tree_of(std::string_view text) {
  constexpr std::ptrdiff_t deepest = 64;
  std::ptrdiff_t depth = 0;
  for (const char c : text) {
    depth += c == '[' || c == '{' ? 1 : 0;
    depth -= c == ']' || c == '}' ? 1 : 0;
    if (depth > deepest) return std::nullopt;
  }
  Json tree = Json::parse(text, nullptr, false);
  if (tree.is_discarded()) return std::nullopt;
  return tree;
}

std::string text_of(const Json& tree) {
  return tree.dump(-1, ' ', false, Json::error_handler_t::replace);
}

std::string with_other_bytes(std::string_view text, std::size_t longest) {
  std::string out(text.substr(0, longest));
  const std::size_t size = out.size();
  out.resize(longest);
  out.resize(LLVMFuzzerMutate(reinterpret_cast<std::uint8_t*>(out.data()), size, longest));
  return out;
}

}  // namespace

std::string mutated(std::string_view text, Part part, std::size_t longest, Rng& rng) {
  if (longest == 0) return {};
  constexpr std::size_t bytes_instead = 6;
  auto tree = rng.once_in(bytes_instead) ? std::nullopt : tree_of(text);
  if (!tree) return with_other_bytes(text, longest);
  for (std::size_t i = 1 + rng.below(4); i > 0; --i) change(*tree, part, rng);
  std::string out = text_of(*tree);
  return out.size() <= longest ? out : with_other_bytes(text, longest);
}

std::string crossed(std::string_view text, std::string_view other, Rng& rng) {
  auto tree = tree_of(text);
  auto second = tree_of(other);
  if (!tree || !second) return std::string(text);
  const std::vector<Place> places = places_of(*tree);
  std::vector<Place> others = places_of(*second);
  const Place& place = rng.one_of(places);
  std::erase_if(others, [&](const Place& one) {
    return one.key != place.key || one.value->type() != place.value->type();
  });
  if (others.empty()) return std::string(text);
  *place.value = *rng.one_of(others).value;
  return text_of(*tree);
}

}  // namespace fuzz
