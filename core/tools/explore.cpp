// `teardown explore`: the clock and the printing. What is explored is the business of core/explore.
#include "core/explore/explore.hpp"
#include "core/base/text.hpp"
#include "core/explore/counterexample.hpp"
#include "core/output/figure.hpp"
#include "core/scenario/write.hpp"
#include "core/sim/simulation.hpp"
#include "core/tools/explore_options.hpp"

#include <array>
#include <chrono>
#include <cstdint>
#include <utility>

namespace tools {
namespace {

namespace explore = core::explore;
using core::Message;
using core::Text;
using explore::Exploration;
using explore::Explored;
using explore::Finding;
using explore::Setup;

std::string line(std::string_view indent, const Message& message) {
  return std::string(indent) + core::render(message) + "\n";
}

core::Grouped grouped(std::size_t number) {
  return {static_cast<std::int64_t>(number)};
}

/// Millions, with one decimal place.
std::string in_millions(double number) {
  const auto tenths = static_cast<std::size_t>(number / 1e5);
  return std::to_string(tenths / 10) + "." + std::to_string(tenths % 10);
}

std::string figures_text(const Explored& explored, double seconds) {
  const double rate = static_cast<double>(explored.transitions) / seconds;
  std::string out = line("  ", {Text::tool_figures,
                                {{"states", grouped(explored.states)},
                                 {"transitions", grouped(explored.transitions)},
                                 {"depth", static_cast<std::int64_t>(explored.depth)},
                                 {"rate", in_millions(rate)},
                                 {"megabytes", grouped(explored.bytes / 1'000'000)}}});
  if (explored.final_pairs.empty()) return out;
  std::string pairs;
  for (const auto& [pair, ways] : explored.final_pairs) {
    pairs += (pairs.empty() ? "" : " ") + std::string(explore::pair_text(pair));
  }
  return out +
         line("  ", {Text::tool_pairs,
                     {{"n", static_cast<std::int64_t>(explored.pairs.count())}, {"pairs", pairs}}});
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

/// A counterexample as a scenario, if a clock can play it.
std::optional<core::Scenario> scenario_for(const Setup& setup, int property,
                                           const explore::Trace& example) {
  const std::string number = "P" + std::to_string(property);
  const Text sentence = explore::sentence(property, setup);
  const auto text = [&](Text id) {
    return core::render(
        Message{id, {{"number", number}, {"property", sentence}, {"setup", setup.name}}});
  };
  return explore::scenario_of(setup, example,
                              {.id = file_id(setup.name, property),
                               .title = text(Text::tool_example_title),
                               .question = text(Text::tool_example_question),
                               .lesson = text(Text::tool_example_lesson)});
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

/// A trace that no clock plays, act by act.
std::string acts_text(const explore::Trace& trace) {
  std::string out = line("", {Text::tool_no_clock});
  for (const explore::Act& act : trace) {
    out += std::string(core::to_string(act.side)) + ":";
    if (act.wire) {
      const core::Segment& segment = act.wire->segment;
      out += std::string(act.events.empty() ? " will not get " : " gets ") +
             std::string(core::to_string(segment.flags)) +
             " SEQ=" + std::to_string(segment.seq.value) +
             " ACK=" + std::to_string(segment.ack.value);
    }
    for (const core::Event& event : act.events) {
      if (std::holds_alternative<core::Timeout>(event)) out += " timeout";
      if (const auto* call = std::get_if<core::Call>(&event))
        out += " " + std::string(core::to_string(*call));
    }
    out += "\n";
  }
  return out;
}

bool save(const core::Scenario& scenario, const std::string& folder) {
  const std::string path = folder + "/" + scenario.id + ".json";
  std::FILE* file = std::fopen(path.c_str(), "wb");
  const std::string text = core::scenario_text(scenario);
  const bool good =
      file != nullptr && std::fwrite(text.data(), 1, text.size(), file) == text.size();
  if (file != nullptr && std::fclose(file) == 0 && good) {
    print(stdout, line("      ", {Text::tool_saved, {{"path", core::visible(path)}}}));
    return true;
  }
  print(stderr, line("teardown: ", {Text::tool_not_saved, {{"path", core::visible(path)}}}));
  return false;
}

struct Score {
  int passed = 0;
  int failed = 0;
  bool saved = true;
  std::array<std::size_t, explore::last_property + 1> applied = {};  ///< by property

  void count(bool good) { ++(good ? passed : failed); }
};

void tell(const Exploration& exploration, const Explored& explored, const Request& request,
          Score& score) {
  for (const Finding& finding : explored.findings) {
    // A negative control shows that a mistake is found, not that the property holds.
    if (!exploration.must_break) {
      score.applied[static_cast<std::size_t>(finding.property)] += finding.applied;
    }
    const bool expected = exploration.must_break ? !finding.holds : finding.holds;
    score.count(expected);
    const std::string number = "P" + std::to_string(finding.property);
    print(stdout,
          std::string(expected ? "  passed  " : "  FAILED  ") + number +
              std::string(5 - number.size(), ' ') +
              std::string(core::render(explore::sentence(finding.property, exploration.setup))) +
              "\n");
    if (finding.holds) continue;
    print(stdout, line("      ", {expected ? Text::tool_broken_as_expected : Text::tool_broken,
                                  {{"why", std::vector{*finding.why}}}}));
    if (!finding.example) continue;
    const auto scenario = scenario_for(exploration.setup, finding.property, *finding.example);
    if (!scenario) {
      print(stdout, indented(acts_text(*finding.example)));
      continue;
    }
    const core::Timeline timeline =
        core::simulate(core::Run{.scenario = *scenario, .knobs = {}, .edits = {}});
    print(stdout, indented(core::figure(timeline)));
    if (request.folder) score.saved = save(*scenario, *request.folder) && score.saved;
  }
}

/// A property whose condition was never met has not been checked.
void tell_never_applied(Score& score) {
  for (int property = 1; property <= explore::last_property; ++property) {
    if (score.applied[static_cast<std::size_t>(property)] > 0) continue;
    score.count(false);
    print(stdout, line("  FAILED  ", {Text::tool_never_applied, {{"n", std::int64_t{property}}}}));
  }
}

}  // namespace

int explore_command(Arguments arguments) {
  if (arguments.size() == 1 && arguments.front() == "--help") {
    print(stdout, core::render(Text::tool_explore_usage));
    return success;
  }
  const auto request = read_request(arguments);
  if (!request) {
    print(stderr,
          line("teardown: ", {Text::tool_see_help, {{"why", std::vector{request.error()}}}}));
    return bad_arguments;
  }
  Score score;
  for (const Exploration& exploration : request->explorations) {
    print(stdout, exploration.setup.name + "\n");
    std::fflush(stdout);  // what follows may take a while
    const auto began = std::chrono::steady_clock::now();
    const auto explored = explore::explore(exploration.setup, exploration.must_break);
    const std::chrono::duration<double> took = std::chrono::steady_clock::now() - began;
    if (!explored) {
      print(stdout,
            line("  FAILED  ", {Text::tool_too_large, {{"why", std::vector{explored.error()}}}}));
      score.count(false);
      continue;
    }
    print(stdout, figures_text(*explored, took.count()));
    tell(exploration, *explored, *request, score);
  }
  if (request->standard) tell_never_applied(score);
  print(
      stdout,
      line("", {Text::tool_score,
                {{"passed", std::int64_t{score.passed}}, {"failed", std::int64_t{score.failed}}}}));
  return score.failed == 0 && score.saved ? success : failure;
}

}  // namespace tools
