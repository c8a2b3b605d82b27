#include "core/base/json_read.hpp"
#include "core/base/text.hpp"
#include "core/scenario/read_script.hpp"
#include "core/scenario/read_words.hpp"
#include "core/scenario/run.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace core {
namespace {

constexpr std::size_t most_options = 8;
constexpr std::array<std::string_view, 2> reading = {"at_once", "by_script"};
constexpr std::array<std::string_view, 2> endings = {"closed", "waiting"};
// In the order of Signal.
constexpr std::array<std::string_view, 5> signals = {"eof", "connection_reset",
                                                     "connection_refused", "timed_out", "closed"};

// --- The scenario -----------------------------------------------------------------------------

/// SND.UNA must fit the state, which says whether a FIN or SYN is still unacknowledged.
void check_outstanding(const Value& value, const Start& start) {
  const std::int32_t outstanding = start.snd_nxt - *start.snd_una;
  const bool unacknowledged = start.state == State::FinWait1 || start.state == State::Closing ||
                              start.state == State::LastAck;
  const bool acknowledged = start.state == State::FinWait2 || start.state == State::TimeWait ||
                            start.state == State::Closed || start.state == State::Listen;
  const bool opening = start.state == State::SynSent || start.state == State::SynReceived;
  const std::int32_t least = unacknowledged || opening ? 1 : 0;
  const std::int32_t most = acknowledged ? 0 : opening ? 1 : largest_window;
  if (least <= outstanding && outstanding <= most) return;
  value.complain({Text::parser_outstanding,
                  {{"least", std::int64_t{least}},
                   {"most", std::int64_t{most}},
                   {"state", std::string(to_string(start.state))}}});
}

/// Unread data and the receive window share one buffer, which is as large as the largest window.
void check_buffer(const Value& value, const Start& start) {
  const std::int64_t sum = std::int64_t{start.rcv_wnd} + start.unread;
  if (sum <= largest_window) return;
  value.complain({Text::parser_buffer,
                  {{"rcv_wnd", std::int64_t{start.rcv_wnd}},
                   {"unread", std::int64_t{start.unread}},
                   {"sum", sum},
                   {"most", std::int64_t{largest_window}}}});
}

void read_start(const Value& value, Start& start) {
  const Object object(value, {"state", "snd_nxt", "rcv_nxt", "snd_una", "rcv_wnd", "unread",
                              "orphan", "reads", "symbol", "policy"});
  const std::size_t before = value.diagnostics();
  if (const auto state = object.find("state")) start.state = read_state(*state);
  if (const auto seq = object.find("snd_nxt")) start.snd_nxt = read_seq(*seq);
  if (const auto seq = object.find("rcv_nxt")) start.rcv_nxt = read_seq(*seq);
  if (const auto seq = object.find("snd_una")) {
    start.snd_una = read_seq(*seq);
    if (value.diagnostics() == before) check_outstanding(*seq, start);
  }
  if (const auto wnd = object.find("rcv_wnd")) start.rcv_wnd = read_window(*wnd);
  if (const auto unread = object.find("unread")) {
    start.unread = read_window(*unread);
    check_buffer(value, start);
  }
  if (const auto orphan = object.find("orphan")) {
    start.orphan = orphan->boolean();
    const bool closed = start.state == State::Closed || start.state == State::FinWait1 ||
                        start.state == State::FinWait2 || both_closed(start.state);
    if (start.orphan && !closed) {
      orphan->complain({Text::parser_orphan, {{"state", std::string(to_string(start.state))}}});
    }
  }
  if (const auto reads = object.find("reads")) {
    start.reads_at_once = reads->one_of(reading).value_or(0) == 0;
  }
  if (const auto symbol = object.find("symbol")) start.symbol = symbol->string(8);
  if (const auto policy = object.find("policy")) start.policy = read_policy(*policy);
}

Delays read_network(const Value& value) {
  const Object object(value, {"delay_ms", "client_to_server_ms", "server_to_client_ms"});
  Delays network;
  const auto both = object.find("delay_ms");
  const auto there = object.find("client_to_server_ms");
  const auto back = object.find("server_to_client_ms");
  if (both && (there || back)) {
    value.complain({Text::parser_delays});
  }
  if (both) network.client_to_server_ms = network.server_to_client_ms = read_time(*both, 1);
  if (there) network.client_to_server_ms = read_time(*there, 1);
  if (back) network.server_to_client_ms = read_time(*back, 1);
  return network;
}

std::vector<Annotation> read_annotations(const Value& value) {
  std::vector<Annotation> annotations;
  for (const Value& entry : value.list(most_entries)) {
    const Object object(entry, {"when", "title", "text"});
    const auto when = object.require("when");
    const auto title = object.require("title");
    const auto text = object.require("text");
    annotations.push_back({when ? read_condition(*when) : SegmentArrives{},
                           title ? title->string(longest_title) : "",
                           text ? text->string(longest_text) : ""});
  }
  return annotations;
}

// --- Questions --------------------------------------------------------------------------------

/// What an option of a question claims: one kind of claim exactly.
Claim read_claim(const Value& value) {
  const Object object(value, {"side", "state", "sends", "ends", "signal"});
  const auto state = object.find("state");
  const auto sends = object.find("sends");
  const auto ends = object.find("ends");
  const auto signal = object.find("signal");
  const int kinds = int{state.has_value()} + int{sends.has_value()} + int{ends.has_value()} +
                    int{signal.has_value()};
  const bool of_side = state.has_value() || signal.has_value();
  if (value.json().is_object() && (kinds != 1 || of_side != object.has("side"))) {
    value.complain({Text::parser_claim});
    return HowItEnds::Closed;
  }
  const auto side = object.find("side");
  const Side who = side ? read_side(*side) : Side::Client;
  if (state) return NextState{who, read_state(*state)};
  if (signal) return NextSignal{who, static_cast<Signal>(signal->one_of(signals).value_or(0))};
  if (ends) return static_cast<HowItEnds>(ends->one_of(endings).value_or(0));
  NextSegment next;
  if (sends) {
    const Object segment(*sends, {"from", "flags"});
    if (const auto from = segment.require("from")) next.from = read_side(*from);
    if (const auto flags = segment.require("flags")) next.flags = read_flags(*flags);
  }
  return next;
}

std::vector<Question> read_questions(const Value& value) {
  std::vector<Question> questions;
  for (const Value& entry : value.list(most_entries)) {
    const Object object(entry, {"before", "ask", "options", "next"});
    Question question;
    if (const auto before = object.require("before")) question.before = read_condition(*before);
    if (const auto ask = object.require("ask")) question.ask = ask->string(longest_text);
    if (const auto next = object.find("next")) question.next = next->string(longest_title);
    if (const auto options = object.require("options")) {
      for (const Value& one : options->list(most_options)) {
        const Object option(one, {"text", "claim", "misconception"});
        const auto text = option.require("text");
        const auto claim = option.require("claim");
        const auto wrong = option.find("misconception");
        question.options.push_back({text ? text->string(longest_text) : "",
                                    claim ? read_claim(*claim) : HowItEnds::Closed,
                                    wrong ? wrong->string(longest_text) : ""});
      }
      if (options->json().is_array() && options->json().size() < 2) {
        options->complain({Text::parser_few_options});
      }
    }
    questions.push_back(std::move(question));
  }
  return questions;
}

bool kebab_case(std::string_view id) {
  const auto allowed = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-';
  };
  return !id.empty() && std::ranges::all_of(id, allowed) && id.front() != '-' && id.back() != '-' &&
         !id.contains("--");
}

void check_id(const Value& value, std::string_view id, std::string_view source) {
  if (!kebab_case(id)) return value.expected(Text::parser_id);
  constexpr std::string_view ending = ".json";
  if (!source.ends_with(ending)) return;
  source.remove_suffix(ending.size());
  source.remove_prefix(source.rfind('/') + 1);
  if (source != id) {
    value.complain({Text::parser_other_id, {{"name", visible(source)}, {"id", std::string(id)}}});
  }
}

Scenario read_scenario(const Value& value, std::string_view source) {
  const Object object(
      value, {"format", "id", "title", "group", "question", "lesson", "sources", "profile",
              "policy", "network", "client", "server", "script", "beats", "questions", "until_ms"});
  Scenario scenario;
  if (const auto format = object.require("format")) {
    [[maybe_unused]] const std::int64_t version = format->number(1, 1);
  }
  if (const auto id = object.require("id")) {
    const std::size_t before = value.diagnostics();
    scenario.id = id->string(longest_title);
    if (value.diagnostics() == before) check_id(*id, scenario.id, source);
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
  if (const auto script = object.require("script"))
    scenario.script = read_entries(*script, most_script_entries, "");
  if (const auto beats = object.find("beats")) scenario.annotations = read_annotations(*beats);
  if (const auto questions = object.find("questions")) {
    scenario.questions = read_questions(*questions);
  }
  if (const auto until = object.find("until_ms"); until && !until->is_null()) {
    scenario.until_ms = read_time(*until);
  }
  return scenario;
}

Knobs read_knobs(const Value& value) {
  const Object object(value, {"profile", "policy", "delay_ms"});
  Knobs knobs;
  if (const auto profile = object.find("profile")) knobs.profile = read_profile(*profile);
  if (const auto policy = object.find("policy")) knobs.policy = read_policy(*policy);
  if (const auto delay = object.find("delay_ms")) knobs.delay_ms = read_time(*delay, 1);
  return knobs;
}

/// Parses a text as JSON and lets `read` make a T of its root.
template <typename T, typename Read>
Parsed<T> parse(std::string_view text, std::string_view source, const Read& read) {
  Diagnostics diagnostics(source);
  const std::optional<Json> root = read_json(text, diagnostics);
  if (!root) return std::unexpected(diagnostics.take());
  T result = read(Value(*root, {}, diagnostics));
  if (diagnostics.count() > 0) return std::unexpected(diagnostics.take());
  return result;
}

}  // namespace

Parsed<Scenario> parse_scenario(std::string_view json, std::string_view source) {
  return parse<Scenario>(json, source,
                         [&](const Value& root) { return read_scenario(root, source); });
}

Parsed<std::vector<Entry>> parse_edits(std::string_view json, std::string_view source) {
  return parse<std::vector<Entry>>(
      json, source, [](const Value& root) { return read_entries(root, most_entries, "/edits"); });
}

Parsed<Knobs> parse_knobs(std::string_view json, std::string_view source) {
  return parse<Knobs>(json, source, read_knobs);
}

}  // namespace core
