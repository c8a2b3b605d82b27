#include "core/tools/explore.hpp"

#include "core/explore/counterexample.hpp"
#include "core/explore/explore.hpp"
#include "core/explore/suite.hpp"
#include "core/output/figure.hpp"
#include "core/scenario/write.hpp"
#include "core/sim/simulation.hpp"

#include <algorithm>
#include <charconv>
#include <chrono>
#include <cstdio>
#include <expected>
#include <functional>
#include <iterator>
#include <optional>
#include <utility>

namespace core {
namespace {

using explore::Closes;
using explore::Exploration;
using explore::Explored;
using explore::Finding;
using explore::Setup;

constexpr int success = 0;
constexpr int failure = 1;
constexpr int bad_arguments = 2;

constexpr int largest_window = 65'535;

void print(std::FILE* stream, const std::string& text) {
  std::fwrite(text.data(), 1, text.size(), stream);
  std::fflush(stream);
}

// --- The options ---------------------------------------------------------------------------------

/// What the command line asks for.
struct Request {
  std::vector<Exploration> explorations;
  std::optional<std::string> folder;  ///< where stories are saved
};
template <typename T>
using Read = std::expected<T, std::string>;

Read<int> read_number(std::string_view text, int most, int least = 0) {
  int out = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), out);
  if (error != std::errc() || end != text.data() + text.size() || out < least || out > most) {
    return std::unexpected("it is a number from " + std::to_string(least) + " to " +
                           std::to_string(most) + ", not " + std::string(text));
  }
  return out;
}

/// What an option does with its value; the text says what is wrong with that.
using Apply = std::function<std::optional<std::string>(Setup&, const std::string&)>;

Apply number(int least, int most, void (*put)(Setup&, int)) {
  return [least, most, put](Setup& setup, const std::string& text) -> std::optional<std::string> {
    const auto value = read_number(text, most, least);
    if (!value) return value.error();
    put(setup, *value);
    return std::nullopt;
  };
}

Apply flag(void (*put)(Setup&)) {
  return [put](Setup& setup, const std::string&) -> std::optional<std::string> {
    put(setup);
    return std::nullopt;
  };
}

std::optional<std::string> set_octets(Setup& setup, const std::string& text) {
  const std::size_t comma = text.find(',');
  const auto client = read_number(text.substr(0, comma), explore::most_octets_each);
  const auto server = read_number(comma == std::string::npos ? "" : text.substr(comma + 1),
                                  explore::most_octets_each);
  if (!client || !server) {
    return "it is two numbers from 0 to " + std::to_string(explore::most_octets_each) +
           " with a comma between, not " + text;
  }
  setup.applications[0].octets = static_cast<std::uint32_t>(*client);
  setup.applications[1].octets = static_cast<std::uint32_t>(*server);
  return std::nullopt;
}

std::optional<std::string> set_server_closes(Setup& setup, const std::string& text) {
  constexpr std::array<std::pair<std::string_view, Closes>, 3> words = {
      {{"any-time", Closes::AtAnyMoment},
       {"after-eof", Closes::AfterEof},
       {"never", Closes::Never}}};
  const auto* word = std::ranges::find(words, text, &std::pair<std::string_view, Closes>::first);
  if (word == words.end()) return "it is any-time, after-eof or never, not " + text;
  setup.applications[1].closes = word->second;
  return std::nullopt;
}

std::optional<std::string> set_knobs(Setup& setup, const std::string& text) {
  const auto knobs = parse_knobs(text, "the JSON");
  if (!knobs) return knobs.error().front().text();
  setup.base = flatten(Run{.scenario = setup.base, .knobs = *knobs, .edits = {}});
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
                for (Start& start : setup.base.start) start.rcv_wnd = static_cast<std::uint32_t>(n);
              })},
      {"--server-closes", true, set_server_closes},
      {"--half-duplex", false, flag([](Setup& setup) {
         for (auto& application : setup.applications) application.half_duplex = true;
       })},
      {"--reads-later", false, flag([](Setup& setup) {
         for (Start& start : setup.base.start) start.reads_at_once = false;
       })},
      {"--reopen", false, flag([](Setup& setup) { setup.reopens = true; })},
      {"--short-time-wait", false, flag([](Setup& setup) { setup.short_time_wait = true; })},
      {"--knobs", true, set_knobs},
  };
  return all;
}

Read<Request> read(std::span<const std::string> arguments) {
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
    if (!known) return std::unexpected("explore has no option " + name);
    if (std::ranges::find(seen, name) != seen.end()) {
      return std::unexpected(name + " stands twice");
    }
    seen.push_back(name);
    const bool has_value = option == options().end() || option->has_value;
    if (has_value && i + 1 == arguments.size()) return std::unexpected(name + " needs a value");
    const std::string value = has_value ? arguments[++i] : "";
    if (name == "--save") {
      out.folder = value;
      continue;
    }
    any = true;
    if (name == "--must-break") {
      const auto property = read_number(value, explore::last_property, 1);
      if (!property) return std::unexpected(name + ": " + property.error());
      must_break = *property;
    } else if (const auto wrong = option->apply(own, value)) {
      return std::unexpected(name + ": " + *wrong);
    }
  }
  if (any) {
    if (must_break && !explore::asked(own).test(static_cast<std::size_t>(*must_break))) {
      return std::unexpected("P" + std::to_string(*must_break) + " is not asked of such a setup");
    }
    out.explorations = {{own, must_break}};
  } else {
    out.explorations = explore::standard_explorations();
  }
  return out;
}

// --- The printing --------------------------------------------------------------------------------

/// 859194 as "859,194".
std::string grouped(std::size_t number) {
  std::string out = std::to_string(number);
  for (std::size_t i = out.size(); i > 3; i -= 3) out.insert(i - 3, ",");
  return out;
}

std::string in_millions(double number) {
  const auto tenths = static_cast<std::size_t>(number / 1e5);
  return std::to_string(tenths / 10) + "." + std::to_string(tenths % 10) + " million";
}

std::string figures_text(const Explored& explored, double seconds) {
  std::string out = "  " + grouped(explored.states) + " states, " + grouped(explored.transitions) +
                    " transitions, depth " + std::to_string(explored.depth) + "; " +
                    in_millions(static_cast<double>(explored.transitions) / seconds) +
                    " transitions a second, a graph of " + grouped(explored.bytes / 1'000'000) +
                    " MB\n";
  if (explored.endings.empty()) return out;
  out += "  " + std::to_string(explored.pairs.count()) + " pairs of states; ends in";
  for (const auto& [pair, ways] : explored.endings) {
    out += " " + explore::pair_text(pair);
  }
  return out + "\n";
}

/// "No data, 3 duplicates" and 10: "no-data-3-duplicates-p10", as files and addresses have it.
std::string file_id(std::string_view name, int property) {
  std::string out;
  for (const char letter : std::string(name) + " p" + std::to_string(property)) {
    const bool capital = letter >= 'A' && letter <= 'Z';
    const bool plain = (letter >= 'a' && letter <= 'z') || (letter >= '0' && letter <= '9');
    if (capital || plain) {
      out += capital ? static_cast<char>(letter - 'A' + 'a') : letter;
    } else if (!out.empty() && out.back() != '-') {
      out += '-';
    }
  }
  return out;
}

std::optional<Scenario> story(const Setup& setup, int property, const explore::Trace& example) {
  const std::string number = "P" + std::to_string(property);
  const std::string law(explore::sentence(property, setup));
  return explore::story_of(
      setup, example,
      {.id = file_id(setup.name, property),
       .title = number + " broken: " + setup.name,
       .question = "This should always be so: " + law + ". Which step breaks it?",
       .lesson = "The shortest run of all in which " + number + " is broken: " + law + "."});
}

std::string indented(const std::string& text) {
  std::string out = "      ";
  for (const char letter : text) {
    out += letter;
    if (letter == '\n') out += "      ";
  }
  out.resize(out.find_last_not_of(" \n") + 1);
  return out + "\n";
}

/// A trace that no clock plays, told act by act.
std::string told(const explore::Trace& trace) {
  std::string out = "at no clock that was tried do the timers expire in this order:\n";
  for (const explore::Act& act : trace) {
    out += std::string(to_string(act.side)) + ":";
    if (act.wire) {
      const Segment& segment = act.wire->segment;
      out += std::string(act.events.empty() ? " will not get " : " gets ") +
             std::string(to_string(segment.flags)) + " SEQ=" + std::to_string(segment.seq.value) +
             " ACK=" + std::to_string(segment.ack.value);
    }
    for (const Event& event : act.events) {
      if (std::holds_alternative<Timeout>(event)) out += " timeout";
      if (const auto* call = std::get_if<Call>(&event)) out += " " + std::string(to_string(*call));
    }
    out += "\n";
  }
  return out;
}

bool save(const Scenario& scenario, const std::string& folder) {
  const std::string path = folder + "/" + scenario.id + ".json";
  std::FILE* file = std::fopen(path.c_str(), "wb");
  const std::string text = scenario_text(scenario);
  const bool good =
      file != nullptr && std::fwrite(text.data(), 1, text.size(), file) == text.size();
  if (file != nullptr && std::fclose(file) == 0 && good) {
    print(stdout, "      saved as " + path + "\n");
    return true;
  }
  print(stderr, "teardown: " + path + " cannot be written\n");
  return false;
}

struct Score {
  int passed = 0;
  int failed = 0;
  bool saved = true;

  void count(bool good) { ++(good ? passed : failed); }
};

void tell(const Exploration& exploration, const Explored& explored, const Request& request,
          Score& score) {
  for (const Finding& finding : explored.findings) {
    const bool expected = exploration.must_break ? !finding.holds : finding.holds;
    score.count(expected);
    const std::string number = "P" + std::to_string(finding.property);
    print(stdout, std::string(expected ? "  passed  " : "  FAILED  ") + number +
                      std::string(5 - number.size(), ' ') +
                      std::string(explore::sentence(finding.property, exploration.setup)) + "\n");
    if (finding.holds) continue;
    print(stdout,
          "      broken" + std::string(expected ? ", as it must be: " : ": ") + finding.why + "\n");
    if (!finding.example) continue;
    const auto scenario = story(exploration.setup, finding.property, *finding.example);
    if (!scenario) {
      print(stdout, indented(told(*finding.example)));
      continue;
    }
    const Timeline timeline = simulate(Run{.scenario = *scenario, .knobs = {}, .edits = {}});
    print(stdout, indented(figure(timeline)));
    if (request.folder) score.saved = save(*scenario, *request.folder) && score.saved;
  }
}

}  // namespace

std::string_view explore_usage() {
  return R"(
explore goes through every interleaving of calls, deliveries, timeouts, losses, copies
and reordering, and says of each property whether it holds; of a broken one it shows the
shortest run. Without options it makes a set of explorations that asks for all of them,
and shows of the worst mistakes that they are found. One of one's own is made of
    --octets N,N           octets that the Client and the Server send, 0 to 3 each [0,0]
    --duplicates N         copies that the network may make [0]
    --losses N             segments that it may lose [any number]
    --aborts N             how often an application may give up [0]
    --retransmissions N    after so many an end takes its peer for gone [never]
    --window N             octets of the receive windows, 1 or more [1000]
    --server-closes WHEN   any-time, after-eof or never [any-time]
    --half-duplex          the applications close by close(), not by shutdown()
    --reads-later          they read when they like, not at once
    --short-time-wait      TIME_WAIT may end at any moment
    --reopen               the Client connects again, with the same first numbers
    --knobs JSON           as for run: the profile and the policy
    --must-break N         passes when property N is broken; no other is asked
and with or without these
    --save FOLDER          writes every run that is shown as a scenario, which run and the page
                           play
)";
}

int explore_command(std::span<const std::string> arguments) {
  if (arguments.size() == 1 && arguments.front() == "--help") {
    print(stdout, std::string(explore_usage()));
    return success;
  }
  const auto request = read(arguments);
  if (!request) {
    print(stderr, "teardown: " + request.error() + " (see `teardown --help`)\n");
    return bad_arguments;
  }
  Score score;
  for (const Exploration& exploration : request->explorations) {
    print(stdout, exploration.setup.name + "\n");
    const auto began = std::chrono::steady_clock::now();
    const auto explored = explore::explore(exploration.setup, exploration.must_break);
    const std::chrono::duration<double> took = std::chrono::steady_clock::now() - began;
    if (!explored) {
      print(stdout, "  FAILED  too much to go through: " + explored.error() + "\n");
      score.count(false);
      continue;
    }
    print(stdout, figures_text(*explored, took.count()));
    tell(exploration, *explored, *request, score);
  }
  print(stdout,
        std::to_string(score.passed) + " passed, " + std::to_string(score.failed) + " failed\n");
  return score.failed == 0 && score.saved ? success : failure;
}

}  // namespace core
