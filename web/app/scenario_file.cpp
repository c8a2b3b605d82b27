#include "app/scenario_file.hpp"

#include "core/base/text.hpp"

#include <ranges>
#include <string_view>
#include <utility>
#include <vector>

namespace app {
namespace {

constexpr std::size_t longest_name = 60;
constexpr std::size_t most_errors = 3;
constexpr std::size_t largest_text = 1'000'000;

/// No program that writes text writes a NUL; any other file soon has one. A large file arrives cut,
/// perhaps inside a character, and is refused for its size.
bool is_text(std::string_view text) {
  return text.find('\0') == std::string_view::npos && core::is_utf8(core::cut(text, largest_text));
}

/// The first mistakes with their places, a line each, and how many more there are.
std::string tell(const std::vector<core::ParseError>& errors) {
  // A line that there is one more might as well say which.
  const std::size_t told = errors.size() == most_errors + 1 ? errors.size() : most_errors;
  std::string out;
  for (const core::ParseError& error : errors | std::views::take(told)) {
    out += error.pointer.empty() ? "\n" : "\nAt " + error.pointer + ": ";
    out += render(error.message) + ".";
  }
  if (errors.size() <= told) return out;
  const std::size_t more = errors.size() - told;
  // Of very many the parser counts the last ones together.
  const bool counted = errors.back().message.id != core::Text::parser_more;
  return out + "\nThere are " + (counted ? "" : "at least ") + std::to_string(more) +
         " more mistakes.";
}

}  // namespace

std::expected<core::Scenario, std::string> read_file(const File& file) {
  const auto refuse = [&](const std::string& why) {
    return std::unexpected(core::quoted(file.name, longest_name) + " was not opened: " + why);
  };
  if (!file.text) return refuse("it could not be read.");
  if (file.text->empty()) return refuse("it is empty.");
  if (!is_text(*file.text)) return refuse("it is not text in UTF-8, as every scenario file is.");
  // The reader's copy may have any name: this one does not ask the id to be the file's.
  auto scenario = core::parse_scenario(*file.text, "file");
  if (!scenario) return refuse("it is not a scenario." + tell(scenario.error()));
  // What is drawn on the stage has one line there.
  const auto flatten = [](std::string& text) { text = core::one_line(text); };
  flatten(scenario->title);
  if (scenario->title.find_first_not_of(' ') == std::string::npos) scenario->title = scenario->id;
  flatten(scenario->question);
  for (core::Start& start : scenario->start) flatten(start.symbol);
  for (core::Annotation& annotation : scenario->annotations) flatten(annotation.title);
  return std::move(*scenario);
}

}  // namespace app
