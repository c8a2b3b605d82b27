#include "app/scenario_file.hpp"

#include "app/say.hpp"
#include "core/base/text.hpp"

#include <ranges>
#include <string_view>
#include <utility>
#include <vector>

namespace app {
namespace {

using core::Text;

constexpr std::size_t longest_name = 60;
constexpr std::size_t most_errors = 3;
constexpr std::size_t largest_text = 1'000'000;

/// No program that writes text writes a NUL; any other file soon has one. A large file arrives cut,
/// perhaps inside a character, and is refused for its size.
bool is_text(std::string_view text) {
  return text.find('\0') == std::string_view::npos && core::is_utf8(core::cut(text, largest_text));
}

/// The first mistakes with their places, a line each, and how many more there are.
std::string mistakes_text(const std::vector<core::ParseError>& errors) {
  // Instead of a line that says there is one more, that one is shown.
  const std::size_t shown = errors.size() == most_errors + 1 ? errors.size() : most_errors;
  std::string out;
  for (const core::ParseError& error : errors | std::views::take(shown)) {
    const Text text = error.pointer.empty() ? Text::file_mistake : Text::file_mistake_at;
    out += Say(text).with("pointer", error.pointer).with("message", render(error.message)).text();
  }
  if (errors.size() <= shown) return out;
  // Of very many the parser counts the last ones together.
  const bool counted = errors.back().message.id != Text::parser_more;
  const auto more = static_cast<std::int64_t>(errors.size() - shown);
  return out + Say(counted ? Text::file_more : Text::file_at_least).with("n", more).text();
}

}  // namespace

std::expected<core::Scenario, std::string> read_file(const File& file) {
  const auto refuse = [&](const std::string& why) {
    return std::unexpected(Say(Text::file_refused)
                               .with("name", core::quoted(file.name, longest_name))
                               .with("why", why)
                               .text());
  };
  const auto refuse_for = [&](Text why) { return refuse(std::string(core::render(why))); };
  if (!file.text) return refuse_for(Text::file_unreadable);
  if (file.text->empty()) return refuse_for(Text::file_empty);
  if (!is_text(*file.text)) return refuse_for(Text::file_not_text);
  // The reader's copy may have any name, so the id need not be the file's.
  auto scenario = core::parse_scenario(*file.text, {});
  if (!scenario) {
    return refuse(
        Say(Text::file_no_scenario).with("mistakes", mistakes_text(scenario.error())).text());
  }
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
