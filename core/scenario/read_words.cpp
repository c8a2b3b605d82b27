#include "core/scenario/read_words.hpp"

#include <array>
#include <limits>
#include <utility>

namespace core {
namespace {

constexpr std::int64_t most_number = std::numeric_limits<std::uint32_t>::max();
constexpr Count most_segments = 2'000;
constexpr std::array<std::string_view, 4> flag_names = {"SYN", "FIN", "RST", "ACK"};

/// Reads the value of one policy key, by the type of its field.
struct ReadSetting {
  const PolicyKey& key;
  const Value& value;

  [[nodiscard]] std::int64_t number() const { return value.number(key.least, key.most); }

  PolicySetting operator()(std::int64_t Policy::*) const { return {key.id, number()}; }
  PolicySetting operator()(std::optional<std::int64_t> Policy::*) const {
    if (value.is_null()) return {key.id, nullptr};
    return {key.id, number()};
  }
  PolicySetting operator()(bool Policy::*) const { return {key.id, value.boolean()}; }
  PolicySetting operator()(std::optional<Keepalive> Policy::*) const {
    if (value.is_null()) return {key.id, nullptr};
    const Object object(value, {"idle_ms", "interval_ms", "probes"});
    const auto idle = object.require("idle_ms");
    const auto interval = object.require("interval_ms");
    const auto probes = object.require("probes");
    constexpr Count most_probes = 1'000;
    return {key.id, Keepalive{idle ? idle->number(key.least, key.most) : 1,
                              interval ? interval->number(key.least, key.most) : 1,
                              probes ? probes->number(1, most_probes) : 1}};
  }
  template <typename Enum>
  PolicySetting operator()(Enum Policy::*) const {
    return {key.id, static_cast<Enum>(value.one_of(words_of<Enum>).value_or(0))};
  }
};

}  // namespace

Side read_side(const Value& value) {
  return static_cast<Side>(value.one_of(words_of<Side>).value_or(0));
}

State read_state(const Value& value, std::span<const State> states) {
  std::vector<std::string_view> names;
  for (const State state : states) names.push_back(to_string(state));
  return states[value.one_of(names).value_or(0)];
}

Flags read_flag(const Value& value) {
  const auto index = value.one_of(flag_names);
  return {.syn = index == 0, .fin = index == 1, .rst = index == 2, .ack = index == 3};
}

Flags read_flags(const Value& value) {
  const auto text = value.text(longest_title);
  if (!text) return {};
  Flags flags;
  std::string_view rest = *text;
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
  if (!good) value.expected(Text::parser_flags);
  return flags;
}

Seq read_seq(const Value& value) {
  return {static_cast<std::uint32_t>(value.number(0, most_number))};
}

std::uint32_t read_octets(const Value& value, Octets least) {
  return static_cast<std::uint32_t>(value.number(least, most_octets));
}

std::uint32_t read_window(const Value& value) {
  return static_cast<std::uint32_t>(value.number(0, largest_window));
}

int read_count(const Value& value) {
  return static_cast<int>(value.number(1, most_segments));
}

Time read_time(const Value& value, Time least) {
  return value.number(least, latest_ms);
}

PolicyPatch read_policy(const Value& value) {
  PolicyPatch patch;
  if (!value.json().is_object()) {
    value.expected(Text::parser_object);
    return patch;
  }
  for (const auto& [name, ignored] : value.json().items()) {
    const auto id = from_string<PolicyKeyId>(name);
    const Value member = value.member(name);
    if (!id) {
      member.complain({Text::parser_unknown_key, {{"words", list_words(words_of<PolicyKeyId>)}}});
    } else {
      const PolicyKey& key = policy_key(*id);
      patch.push_back(std::visit(ReadSetting{key, member}, key.field));
    }
  }
  return patch;
}

ProfileId read_profile(const Value& value) {
  return static_cast<ProfileId>(value.one_of(words_of<ProfileId>).value_or(0));
}

Condition read_condition(const Value& value) {
  const Object object(value, {"side", "state", "client", "server", "segment"});
  const bool side = object.has("side") || object.has("state");
  const bool both = object.has("client") || object.has("server");
  const bool segment = object.has("segment");
  if (int{side} + int{both} + int{segment} != 1) {
    if (value.json().is_object()) {
      value.complain({Text::parser_condition});
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

}  // namespace core
