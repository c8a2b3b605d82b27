#include "core/tools/explore_options.hpp"

#include "core/explore/explore.hpp"
#include "core/explore/properties.hpp"
#include "core/scenario/run.hpp"
#include "core/scenario/write.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <functional>
#include <utility>

namespace tools {
namespace {

namespace explore = core::explore;
using core::Message;
using core::Text;
using explore::Closes;
using explore::Setup;

constexpr int largest_window = 65'535;

template <typename T>
using Read = std::expected<T, Message>;

Read<int> read_number(std::string_view text, int most, int least = 0) {
  int out = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), out);
  if (error != std::errc() || end != text.data() + text.size() || out < least || out > most) {
    return std::unexpected(Message{
        Text::tool_number,
        {{"least", std::int64_t{least}}, {"most", std::int64_t{most}}, {"value", as_typed(text)}}});
  }
  return out;
}

/// What an option does with its value; or what is wrong with that.
using Apply = std::function<std::optional<Message>(Setup&, const std::string&)>;

Apply number(int least, int most, void (*put)(Setup&, int)) {
  return [least, most, put](Setup& setup, const std::string& text) -> std::optional<Message> {
    const auto value = read_number(text, most, least);
    if (!value) return value.error();
    put(setup, *value);
    return std::nullopt;
  };
}

Apply flag(void (*put)(Setup&)) {
  return [put](Setup& setup, const std::string&) -> std::optional<Message> {
    put(setup);
    return std::nullopt;
  };
}

std::optional<Message> set_octets(Setup& setup, const std::string& text) {
  const std::size_t comma = text.find(',');
  const auto client = read_number(text.substr(0, comma), explore::most_octets_each);
  const auto server = read_number(comma == std::string::npos ? "" : text.substr(comma + 1),
                                  explore::most_octets_each);
  if (!client || !server) {
    return Message{Text::tool_two_numbers,
                   {{"most", std::int64_t{explore::most_octets_each}}, {"value", as_typed(text)}}};
  }
  setup.applications[0].octets = static_cast<std::uint32_t>(*client);
  setup.applications[1].octets = static_cast<std::uint32_t>(*server);
  return std::nullopt;
}

std::optional<Message> set_server_closes(Setup& setup, const std::string& text) {
  constexpr std::array<std::pair<std::string_view, Closes>, 3> words = {
      {{"any-time", Closes::AtAnyMoment},
       {"after-eof", Closes::AfterEof},
       {"never", Closes::Never}}};
  const auto* word = std::ranges::find(words, text, &std::pair<std::string_view, Closes>::first);
  if (word == words.end()) {
    return Message{Text::tool_server_closes, {{"value", as_typed(text)}}};
  }
  setup.applications[1].closes = word->second;
  return std::nullopt;
}

std::optional<Message> set_knobs(Setup& setup, const std::string& text) {
  const auto knobs = core::parse_knobs(text, "--knobs");
  if (!knobs) {
    const core::ParseError& error = knobs.error().front();
    if (error.pointer.empty()) return error.message;
    return Message{Text::parser_inside,
                   {{"place", error.pointer}, {"what", std::vector{error.message}}}};
  }
  setup.base = core::flatten(core::Run{.scenario = setup.base, .knobs = *knobs, .edits = {}});
  return std::nullopt;
}

struct Option {
  std::string_view name;
  bool has_value = true;
  Apply apply;
};

const std::vector<Option>& options() {
  static const std::vector<Option> all = {
      {"--octets", true, set_octets},
      {"--duplicates", true,
       number(0, explore::most_budget, [](Setup& setup, int n) { setup.duplicates = n; })},
      {"--losses", true,
       number(0, explore::most_budget, [](Setup& setup, int n) { setup.losses = n; })},
      {"--aborts", true,
       number(0, explore::most_budget, [](Setup& setup, int n) { setup.aborts = n; })},
      {"--retransmissions", true,
       number(0, explore::most_budget, [](Setup& setup, int n) { setup.retransmissions = n; })},
      {"--window", true,
       number(1, largest_window,
              [](Setup& setup, int n) {
                for (core::Start& start : setup.base.start)
                  start.rcv_wnd = static_cast<std::uint32_t>(n);
              })},
      {"--server-closes", true, set_server_closes},
      {"--half-duplex", false, flag([](Setup& setup) {
         for (auto& application : setup.applications) application.half_duplex = true;
       })},
      {"--reads-later", false, flag([](Setup& setup) {
         for (core::Start& start : setup.base.start) start.reads_at_once = false;
       })},
      {"--reopen", false, flag([](Setup& setup) { setup.reopens = true; })},
      {"--short-time-wait", false, flag([](Setup& setup) { setup.short_time_wait = true; })},
      {"--knobs", true, set_knobs},
  };
  return all;
}

Message bad_value(const std::string& option, Message why) {
  return {Text::tool_bad_value, {{"option", option}, {"why", std::vector{std::move(why)}}}};
}

}  // namespace

std::expected<Request, Message> read_request(Arguments arguments) {
  Request out;
  Setup own;
  own.name = "as asked";
  std::optional<int> must_break;
  bool any = false;
  std::vector<std::string_view> seen;
  for (std::size_t i = 0; i < arguments.size(); ++i) {
    const std::string& name = arguments[i];
    const auto option = std::ranges::find(options(), name, &Option::name);
    const bool known = option != options().end() || name == "--save" || name == "--must-break";
    if (!known) {
      return std::unexpected(
          Message{Text::tool_unknown_option, {{"command", "explore"}, {"name", as_typed(name)}}});
    }
    if (std::ranges::find(seen, name) != seen.end()) {
      return std::unexpected(Message{Text::tool_option_twice, {{"option", name}}});
    }
    seen.push_back(name);
    const bool has_value = option == options().end() || option->has_value;
    if (has_value && i + 1 == arguments.size()) {
      return std::unexpected(Message{Text::tool_needs_value, {{"option", name}}});
    }
    const std::string value = has_value ? arguments[++i] : "";
    if (name == "--save") {
      out.folder = value;
      continue;
    }
    any = true;
    if (name == "--must-break") {
      const auto property = read_number(value, explore::last_property, 1);
      if (!property) return std::unexpected(bad_value(name, property.error()));
      must_break = *property;
    } else if (const auto wrong = option->apply(own, value)) {
      return std::unexpected(bad_value(name, *wrong));
    }
  }
  if (!any) {
    out.explorations = explore::standard_explorations();
    out.standard = true;
    return out;
  }
  if (must_break && !explore::asked(own).test(static_cast<std::size_t>(*must_break))) {
    return std::unexpected(Message{Text::tool_not_asked, {{"n", std::int64_t{*must_break}}}});
  }
  out.explorations = {{own, must_break}};
  return out;
}

}  // namespace tools
