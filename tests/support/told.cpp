#include "told.hpp"

#include "sources.hpp"

#include "core/sim/simulation.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>

namespace told {
namespace {

using core::Narration;
using core::Text;
using Json = nlohmann::json;

void add_names(const Json& object, const std::string& prefix, std::vector<std::string>& out) {
  for (const auto& [key, value] : object.items()) {
    if (value.is_string() || value.contains("other")) {
      out.push_back(prefix + key);
    } else {
      add_names(value, prefix + key + "_", out);
    }
  }
}

/// In the order of Text, which is that of CMake: by name, at each level.
const std::vector<std::string>& names() {
  static const std::vector<std::string> all = [] {
    std::vector<std::string> out;
    add_names(Json::parse(sources::text("assets/text/en.json")), "", out);
    return out;
  }();
  return all;
}

/// The id of the form that fits the number.
std::string form(Text text, std::int64_t n) {
  const bool one = core::pattern(text, n) != core::pattern(text, 0);
  return name(text) + (one ? "/one" : "");
}

}  // namespace

std::string name(Text text) {
  return names().at(static_cast<std::size_t>(text));
}

std::vector<std::string> all_ids() {
  std::vector<std::string> out;
  for (std::size_t i = 0; i < names().size(); ++i) {
    const Text text{static_cast<std::uint16_t>(i)};
    out.push_back(form(text, 0));
    if (form(text, 1) != out.back()) out.push_back(form(text, 1));
  }
  return out;
}

std::vector<Narration::Line> lines(const Narration& narration, const core::Step& step) {
  std::vector<Narration::Line> out = narration.note;
  out.insert(out.end(), narration.text.begin(), narration.text.end());
  if (step.kind != core::StepKind::Annotation) out.push_back(narration.title);
  return out;
}

std::set<std::string> ids(const core::Timeline& timeline, const core::Step& step) {
  std::set<std::string> out;
  const Narration narration = core::narrate(timeline, step);
  for (const Narration::Line& line : lines(narration, step)) {
    out.insert(form(line.text, line.octets));
    for (const std::string_view place : places(core::pattern(line.text, line.octets))) {
      if (place == "octets") out.insert(form(Text::noun_octets, line.octets));
      if (narration.noun && place == "name") out.insert(name(narration.noun->name));
      if (narration.noun && place == "what") out.insert(name(narration.noun->what));
    }
  }
  return out;
}

std::set<std::string> ids(const core::Timeline& timeline) {
  std::set<std::string> out;
  for (const core::Step& step : timeline.steps) out.merge(ids(timeline, step));
  for (const core::Message& warning : core::warnings(timeline)) out.insert(name(warning.id));
  return out;
}

std::vector<std::string_view> places(std::string_view pattern) {
  std::vector<std::string_view> out;
  for (std::size_t open = pattern.find('{'); open != std::string_view::npos;
       open = pattern.find('{', open + 1)) {
    out.push_back(pattern.substr(open + 1, pattern.find('}', open) - open - 1));
  }
  return out;
}

std::string words(int number, const core::StepText& step) {
  constexpr std::size_t widest = 100;
  const std::string digits = std::to_string(number) + ". ";
  const std::string margin(4, ' ');
  std::string out = std::string(margin.size() - std::min(margin.size(), digits.size()), ' ') +
                    digits + step.title + (step.note.empty() ? "" : " | " + step.note) + "\n";
  std::string line = margin;
  std::string_view rest = step.text;
  while (!rest.empty()) {
    const std::string_view word = rest.substr(0, rest.find(' '));
    rest.remove_prefix(std::min(word.size() + 1, rest.size()));
    if (line.size() + 1 + word.size() > widest) {
      out += line + "\n";
      line = margin;
    }
    line += (line == margin ? "" : " ") + std::string(word);
  }
  return out + line + "\n";
}

std::string words(const core::Message& warning) {
  return "! " + core::render(warning) + "\n";
}

std::string words(const core::Run& run) {
  std::string out;
  int number = 0;
  const core::Timeline timeline = core::simulate(run);
  for (const core::StepText& step : core::step_texts(run.scenario, timeline)) {
    out += words(++number, step);
  }
  for (const core::Message& warning : core::warnings(timeline)) out += words(warning);
  return out;
}

std::vector<std::string> lines(std::string_view text) {
  std::vector<std::string> out;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    out.emplace_back(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return out;
}

}  // namespace told
