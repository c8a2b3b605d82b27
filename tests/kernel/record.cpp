// record: lets two real kernels live through a scenario, writes down what they did, and holds it
// against the engine, or does that with a recording that is there already. Run by hand, through
// scripts/record; making a recording needs root on Linux.
#include "compare.hpp"
#include "session.hpp"
#include "suitable.hpp"

#include "core/scenario/catalogue.hpp"
#include "core/sim/simulation.hpp"

#include <cstdio>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace {

constexpr int same = 0;
constexpr int different = 1;
constexpr int wrong_use = 2;
constexpr int not_here = 77;  // what CTest takes for a test that is skipped

constexpr std::string_view usage = R"(usage: record ID|FILE [--whole] [--output FILE]
       record --compare FILE

Exit code: 0, or 1 when the engine differs or nothing could be recorded, or 2 when the arguments,
the scenario or the recording are wrong, or 77 when this machine lets no namespaces be made.
)";

struct Arguments {
  std::string scenario;
  std::string output;
  std::string recording;  ///< what is to be compared, instead of a scenario
  bool whole = false;
};

int say(std::string_view sentence, int code) {
  std::fprintf(stderr, "record: %.*s\n", static_cast<int>(sentence.size()), sentence.data());
  return code;
}

std::optional<Arguments> arguments_in(std::span<char*> words) {
  Arguments out;
  for (std::size_t i = 0; i < words.size(); ++i) {
    const std::string_view word = words[i];
    if (word == "--whole") {
      out.whole = true;
    } else if (word == "--output" && i + 1 < words.size()) {
      out.output = words[++i];
    } else if (word == "--compare" && i + 1 < words.size()) {
      out.recording = words[++i];
    } else if (out.scenario.empty() && !word.starts_with("--")) {
      out.scenario = word;
    } else {
      return std::nullopt;
    }
  }
  if (out.scenario.empty() == out.recording.empty()) return std::nullopt;
  return out;
}

std::string file_text(const std::string& path) {
  std::string text;
  std::FILE* file = std::fopen(path.c_str(), "rb");
  if (file == nullptr) return text;
  char buffer[4096];
  for (std::size_t n = 0; (n = std::fread(buffer, 1, sizeof buffer, file)) > 0;) {
    text.append(buffer, n);
  }
  std::fclose(file);
  return text;
}

core::Parsed<core::Scenario> load(const std::string& name) {
  if (const core::CatalogueFile* file = core::catalogue_file(name)) {
    return core::parse_scenario(file->json, file->name);
  }
  const std::string text = file_text(name);
  if (text.empty()) {
    return std::unexpected(
        std::vector{core::ParseError{name, "", {core::Text::recording_no_file}}});
  }
  return core::parse_scenario(text, name);
}

bool write_file(const std::string& path, const std::string& text) {
  std::FILE* file = std::fopen(path.c_str(), "wb");
  if (file == nullptr) return false;
  const bool whole = std::fwrite(text.data(), 1, text.size(), file) == text.size();
  return std::fclose(file) == 0 && whole;
}

int complain(const std::vector<core::ParseError>& errors) {
  for (const core::ParseError& error : errors) say(error.text(), wrong_use);
  return wrong_use;
}

kernel::Comparison print_comparison(const kernel::Recording& recording) {
  const core::Run run{.scenario = recording.scenario, .knobs = {}, .edits = {}};
  kernel::Comparison comparison = kernel::compare(recording, core::simulate(run));
  std::printf("%s: %s, and the engine with the profile %s\n", recording.scenario.id.c_str(),
              recording.kernel.c_str(),
              std::string(core::to_string(recording.scenario.profile)).c_str());
  std::fputs(kernel::text(comparison).c_str(), stdout);
  return comparison;
}

int compare_file(const std::string& path) {
  const std::string text = file_text(path);
  if (text.empty()) return say(path + ": no such file", wrong_use);
  const auto recording = kernel::read_recording(text, path);
  if (!recording) return complain(recording.error());
  return print_comparison(*recording).same() ? same : different;
}

int record_scenario(const Arguments& arguments) {
  const auto scenario = load(arguments.scenario);
  if (!scenario) return complain(scenario.error());
  if (const auto why = kernel::cannot_record(*scenario)) {
    return say("This scenario cannot be recorded. " + *why, wrong_use);
  }
  auto recorded = kernel::record(*scenario, arguments.whole);
  if (!recorded) {
    return say(recorded.error().why, recorded.error().not_here ? not_here : different);
  }
  const kernel::Comparison comparison = print_comparison(recorded->recording);
  for (const std::string& warning : recorded->warnings) say(warning, same);
  kernel::NotMatched times{
      "the times of these", "not explained by the program that recorded it", {}};
  for (const kernel::Late& late : comparison.late) {
    times.late.push_back({late.what, late.engine_ms});
  }
  if (!times.late.empty()) recorded->recording.not_matched.push_back(std::move(times));
  if (!arguments.output.empty() &&
      !write_file(arguments.output, kernel::recording_text(recorded->recording))) {
    return say(arguments.output + " cannot be written.", different);
  }
  return comparison.same() ? same : different;
}

}  // namespace

int main(int argc, char** argv) {
  const auto arguments = arguments_in(std::span(argv, static_cast<std::size_t>(argc)).subspan(1));
  if (!arguments) {
    std::fputs(usage.data(), stderr);
    return wrong_use;
  }
  if (!arguments->recording.empty()) return compare_file(arguments->recording);
  return record_scenario(*arguments);
}
