#include "app/scenario_file.hpp"

#include <algorithm>
#include <ranges>
#include <string_view>
#include <utility>
#include <vector>

namespace app {
namespace {

constexpr std::size_t longest_name = 60;
constexpr std::size_t most_errors = 3;

bool continues_character(char c) {
  return (static_cast<unsigned char>(c) & 0xc0U) == 0x80U;
}

/// The size of the UTF-8 sequence that begins a text (RFC 3629, section 4), 0 where none does. The
/// end of the text may cut one short: a large file arrives cut, and is refused for its size.
std::size_t character(std::string_view text) {
  const auto at = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
  const unsigned first = at(0);
  if (first < 0x80) return 1;
  const std::size_t size = first < 0xc2   ? 0
                           : first < 0xe0 ? 2
                           : first < 0xf0 ? 3
                           : first < 0xf5 ? 4
                                          : 0;
  const std::size_t there = std::min(size, text.size());
  for (std::size_t i = 1; i < there; ++i) {
    if (!continues_character(text[i])) return 0;
  }
  // The same character in more bytes than it needs, a surrogate, or beyond the last character.
  const unsigned second = there > 1 ? at(1) : 0;
  const bool wrong =
      second != 0 && ((first == 0xe0 && second < 0xa0) || (first == 0xed && second >= 0xa0) ||
                      (first == 0xf0 && second < 0x90) || (first == 0xf4 && second >= 0x90));
  return wrong ? 0 : there;
}

/// No program that writes text writes a NUL; any other file soon has one.
bool is_text(std::string_view text) {
  while (!text.empty()) {
    const std::size_t size = text.front() == '\0' ? 0 : character(text);
    if (size == 0) return false;
    text.remove_prefix(size);
  }
  return true;
}

/// Text that stands in one line, as it reads: control characters become spaces, and what turns the
/// direction of writing for the words around it goes.
std::string plain(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto byte = static_cast<unsigned char>(text[i]);
    const std::string_view three = text.substr(i, 3);
    const bool turns = (three >= "\xe2\x80\xaa" && three <= "\xe2\x80\xae") ||
                       (three >= "\xe2\x81\xa6" && three <= "\xe2\x81\xa9");
    if (turns) {
      i += 2;
    } else {
      out += byte < 0x20 || byte == 0x7f ? ' ' : text[i];
    }
  }
  return out;
}

/// The name as a notice quotes it: not too long, and not cut inside a character.
std::string quote(std::string_view name) {
  const std::string shown = plain(name);
  if (shown.size() <= longest_name) return "“" + shown + "”";
  std::size_t end = longest_name;
  while (end > 0 && continues_character(shown[end])) --end;
  return "“" + shown.substr(0, end) + "…”";
}

/// The first mistakes with their places, a line each, and how many more there are.
std::string tell(const std::vector<core::ParseError>& errors) {
  // A line that there is one more might as well say which.
  const std::size_t told = errors.size() == most_errors + 1 ? errors.size() : most_errors;
  std::string out;
  for (const core::ParseError& error : errors | std::views::take(told)) {
    out += error.pointer.empty() ? "\n" : "\nAt " + error.pointer + ": ";
    out += error.message + ".";
  }
  if (errors.size() <= told) return out;
  const std::size_t more = errors.size() - told;
  // Of very many the parser counts the last ones together.
  const bool counted = !errors.back().message.starts_with("and ");
  return out + "\nThere are " + (counted ? "" : "at least ") + std::to_string(more) +
         " more mistakes.";
}

}  // namespace

std::expected<core::Scenario, std::string> read_file(const File& file) {
  const auto refuse = [&](const std::string& why) {
    return std::unexpected(quote(file.name) + " was not opened: " + why);
  };
  if (!file.text) return refuse("it could not be read.");
  if (file.text->empty()) return refuse("it is empty.");
  if (!is_text(*file.text)) return refuse("it is not text in UTF-8, as every scenario file is.");
  // The reader's copy may have any name: this one does not ask the id to be the file's.
  auto scenario = core::parse_scenario(*file.text, "file");
  if (!scenario) return refuse("it is not a scenario." + tell(scenario.error()));
  // What is drawn on the stage stands in one line there.
  scenario->title = plain(scenario->title);
  if (scenario->title.find_first_not_of(' ') == std::string::npos) scenario->title = scenario->id;
  for (core::Start& start : scenario->start) start.symbol = plain(start.symbol);
  return std::move(*scenario);
}

}  // namespace app
