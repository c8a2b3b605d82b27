#include "core/scenario/read_script.hpp"

#include "core/scenario/read_words.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdint>

namespace core {
namespace {

constexpr std::array<std::string_view, 10> operations = {"close",  "shutdown", "send",   "receive",
                                                         "abort",  "connect",  "listen", "crash",
                                                         "reboot", "inject"};
constexpr std::array<std::string_view, 3> shutdown_hows = {"write", "read", "both"};
constexpr std::array<std::string_view, 3> fault_names = {"drop", "duplicate", "delay"};
constexpr std::array<std::string_view, 6> variables = {"rcv_nxt", "rcv_wnd", "snd_nxt",
                                                       "snd_una", "iss",     "irs"};
constexpr int oldest_incarnation = 0;
constexpr int newest_incarnation = 1'000;

// --- Actions ----------------------------------------------------------------------------------

Trigger read_trigger(const Object& object) {
  const auto at = object.find("at_ms");
  const auto when = object.find("when");
  const auto after = object.find("after_ms");
  if (at.has_value() == when.has_value()) {
    object.value().complain({Text::parser_trigger});
  }
  const Time at_ms = at ? read_time(*at) : 0;
  const Time after_ms = after ? read_time(*after) : 0;
  if (when) return AfterCondition{read_condition(*when), after_ms};
  if (at && after)
    after->complain({Text::parser_goes_with, {{"key", "after_ms"}, {"words", "\"when\""}}});
  return AtTime{at_ms};
}

/// One term of a sum: a variable's name or a number.
std::optional<SeqSum::Term> term_of(std::string_view word, bool minus) {
  const auto* const named = std::ranges::find(variables, word);
  if (named != variables.end()) {
    return SeqSum::Term{static_cast<Variable>(named - variables.begin()), minus};
  }
  std::uint32_t number = 0;
  const auto [end, error] = std::from_chars(word.data(), word.data() + word.size(), number);
  if (error != std::errc{} || end != word.data() + word.size()) return std::nullopt;
  return SeqSum::Term{number, minus};
}

/// A number, or a sum: "rcv_nxt+rcv_wnd-1".
SeqSum read_sum(const Value& value) {
  SeqSum sum;
  if (!value.json().is_string()) {
    sum.terms.push_back({read_seq(value).value, false});
    return sum;
  }
  const auto text = value.text(longest_title);
  if (!text) return sum;
  std::string_view rest = *text;
  bool minus = false;
  for (bool more = true; more;) {
    const std::size_t sign = rest.find_first_of("+-");
    const auto term = term_of(rest.substr(0, sign), minus);
    if (!term) {
      value.expected(std::vector{Message{Text::parser_sum, {{"words", list_words(variables)}}}});
      return {};
    }
    sum.terms.push_back(*term);
    more = sign != std::string_view::npos;
    if (more) {
      minus = rest[sign] == '-';
      rest.remove_prefix(sign + 1);
    }
  }
  return sum;
}

Injection read_injection(const Value& value) {
  const Object object(value, {"flags", "seq", "ack", "len", "wnd", "incarnation"});
  Injection injection;
  if (const auto flags = object.require("flags")) injection.flags = read_flags(*flags);
  if (const auto seq = object.require("seq")) injection.seq = read_sum(*seq);
  if (const auto ack = injection.flags.ack ? object.require("ack") : object.find("ack")) {
    injection.ack = read_sum(*ack);
  }
  if (const auto len = object.find("len")) {
    injection.len = static_cast<std::uint32_t>(len->number(0, largest_window));
  }
  if (const auto wnd = object.find("wnd")) injection.wnd = read_window(*wnd);
  if (const auto incarnation = object.find("incarnation")) {
    injection.incarnation =
        static_cast<int>(incarnation->number(oldest_incarnation, newest_incarnation));
  }
  return injection;
}

/// Reports a key that belongs to other operations than this one.
void check_belongs(const Object& object, std::string_view key, std::string_view operation,
                   std::initializer_list<std::string_view> owners) {
  if (!object.has(key) || std::ranges::find(owners, operation) != owners.end()) return;
  const auto words = list_words(std::span(owners.begin(), owners.size()));
  object.find(key)->complain(
      {Text::parser_goes_with, {{"key", std::string(key)}, {"words", words}}});
}

decltype(Action::what) read_operation(const Object& object) {
  const auto index = object.find("do")->one_of(operations);
  if (!index) return Close{};
  const std::string_view operation = operations[*index];
  check_belongs(object, "how", operation, {"shutdown"});
  check_belongs(object, "bytes", operation, {"send", "receive"});
  check_belongs(object, "iss", operation, {"connect", "listen"});
  check_belongs(object, "segment", operation, {"inject"});
  const auto bytes = object.find("bytes");
  if (operation == "shutdown") {
    const auto how = object.find("how");
    const auto chosen = how ? how->one_of(shutdown_hows) : std::optional<std::size_t>(0);
    return Shutdown{static_cast<ShutdownHow>(chosen.value_or(0))};
  }
  if (operation == "send") {
    const auto required = object.require("bytes");
    return SendOctets{required ? read_octets(*required, 1) : 1};
  }
  if (operation == "receive") {
    return ReceiveOctets{bytes ? std::optional(read_octets(*bytes, 1)) : std::nullopt};
  }
  if (operation == "connect" || operation == "listen") {
    const auto given = object.find("iss");
    const auto iss = given ? std::optional(read_seq(*given)) : std::nullopt;
    return operation == "connect" ? Call(Connect{iss}) : Call(Listen{iss});
  }
  if (operation == "inject") {
    const auto segment = object.require("segment");
    return segment ? read_injection(*segment) : Injection{};
  }
  if (operation == "abort") return Abort{};
  if (operation == "crash") return Crash{};
  if (operation == "reboot") return Reboot{};
  return Close{};
}

Action read_action(const Value& value) {
  const Object object(
      value, {"at_ms", "when", "after_ms", "side", "do", "how", "bytes", "iss", "segment", "last"});
  const auto side = object.require("side");
  const auto last = object.find("last");
  return {read_trigger(object), side ? read_side(*side) : Side::Client, read_operation(object),
          last && last->boolean()};
}

// --- Faults -----------------------------------------------------------------------------------

SegmentName read_segment_name(const Value& value) {
  const Object object(value, {"number", "from", "has", "flags", "seq", "len", "nth"});
  if (const auto number = object.find("number")) {
    if (value.json().size() > 1) value.complain({Text::parser_number_alone});
    return ByNumber{read_count(*number)};
  }
  const auto has = object.find("has");
  const auto flags = object.find("flags");
  const auto seq = object.find("seq");
  const auto len = object.find("len");
  const auto nth = object.find("nth");
  const auto from = object.find("from");
  if (value.json().is_object() && (!from || has.has_value() == flags.has_value())) {
    value.complain({Text::parser_segment_name});
  }
  if (seq.has_value() != len.has_value() || (seq && has)) {
    value.complain({Text::parser_seq_and_len});
  }
  const Side side = from ? read_side(*from) : Side::Client;
  const Flags named = has ? read_flag(*has) : flags ? read_flags(*flags) : Flags{};
  const int count = nth ? read_count(*nth) : 1;
  if (seq && len) return SegmentKey{side, named, read_seq(*seq), read_octets(*len, 0), count};
  return ByFlags{side, named, flags.has_value(), count};
}

Fault read_fault(const Value& value) {
  const Object object(value, {"fault", "segment", "at_ms", "after_ms", "by_ms"});
  const auto kind = object.find("fault")->one_of(fault_names);
  const std::string_view fault = kind ? fault_names[*kind] : "";
  if (kind) {
    check_belongs(object, "after_ms", fault, {"duplicate"});
    check_belongs(object, "by_ms", fault, {"delay"});
  }
  // For the history of an edit: when the reader made it. The fault itself has no time.
  if (const auto at = object.find("at_ms")) [[maybe_unused]]
    const Time when = read_time(*at);
  const auto segment = object.require("segment");
  const SegmentName name = segment ? read_segment_name(*segment) : ByNumber{1};
  if (fault == "duplicate") {
    const auto after = object.require("after_ms");
    return {Duplicate{after ? read_time(*after) : 0}, name};
  }
  if (fault == "delay") {
    const auto by = object.require("by_ms");
    return {Delay{by ? read_time(*by) : 0}, name};
  }
  return {Drop{}, name};
}

}  // namespace

std::vector<Entry> read_entries(const Value& value, std::size_t most, std::string_view prefix) {
  std::vector<Entry> entries;
  for (const Value& entry : value.list(most)) {
    const std::string place = std::string(prefix) + entry.pointer();
    if (!entry.json().is_object()) {
      entry.expected(Text::parser_object);
    } else if (entry.json().contains("fault")) {
      entries.push_back({read_fault(entry), place});
    } else if (entry.json().contains("do")) {
      entries.push_back({read_action(entry), place});
    } else {
      entry.complain({Text::parser_entry});
    }
  }
  return entries;
}

}  // namespace core
