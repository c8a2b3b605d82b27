#include "core/tools/command.hpp"

#include "core/base/text.hpp"
#include "core/scenario/catalogue.hpp"

namespace tools {
namespace {

using core::Text;

std::optional<std::string> read_stream(std::FILE* stream) {
  std::string text;
  char buffer[4096];
  // The parser refuses what is larger than this, and says so.
  constexpr std::size_t enough = 1'000'001;
  for (std::size_t n = 1; n > 0 && text.size() < enough;) {
    n = std::fread(buffer, 1, sizeof buffer, stream);
    text.append(buffer, n);
  }
  if (std::ferror(stream) != 0) return std::nullopt;
  return text;
}

}  // namespace

void print(std::FILE* stream, std::string_view text) {
  std::fwrite(text.data(), 1, text.size(), stream);
}

std::string help() {
  std::string out;
  for (const Text part : {Text::tool_usage, Text::tool_explore_usage, Text::tool_exit_codes}) {
    out += core::render(part);
  }
  return out;
}

int refuse(const core::Message& why) {
  print(stderr, "teardown: " + core::render(why) + "\n" + help());
  return bad_arguments;
}

int print_errors(const std::vector<core::ParseError>& errors) {
  for (const core::ParseError& error : errors) print(stderr, error.text() + "\n");
  return failure;
}

std::string as_typed(std::string_view argument) {
  constexpr std::size_t longest = 200;
  return core::quoted(argument, longest);
}

std::optional<std::string> read_file(const std::string& path) {
  std::FILE* stream = std::fopen(path.c_str(), "rb");
  if (stream == nullptr) return std::nullopt;
  std::optional<std::string> text = read_stream(stream);
  std::fclose(stream);
  return text;
}

core::Parsed<core::Scenario> load(const std::string& name) {
  if (name == "-") {
    const auto text = read_stream(stdin);
    return core::parse_scenario(text.value_or(""), "standard input");
  }
  if (const core::CatalogueFile* file = core::catalogue_file(name)) {
    return core::parse_scenario(file->json, file->name);
  }
  const auto text = read_file(name);
  if (!text) {
    return std::unexpected(std::vector{core::ParseError{name, "", {Text::tool_no_scenario}}});
  }
  return core::parse_scenario(*text, name);
}

}  // namespace tools
