#include "app/link.hpp"

#include "core/base/text.hpp"
#include "core/scenario/catalogue.hpp"

#include <algorithm>
#include <charconv>
#include <map>

namespace app {
namespace {

using core::Text;

constexpr std::size_t longest_fragment = 16'384;
constexpr std::size_t most_problems = 5;

std::optional<int> hex(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return std::nullopt;
}

/// Percent-decoding (RFC 3986, section 2.1). A percent sign that encodes nothing stands for itself.
std::string decode(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    char c = text[i];
    if (c == '%' && i + 2 < text.size()) {
      const auto high = hex(text[i + 1]);
      const auto low = hex(text[i + 2]);
      if (high && low) {
        c = static_cast<char>(16 * *high + *low);
        i += 2;
      }
    }
    out += c;
  }
  return out;
}

std::optional<int> number(std::string_view text) {
  int value = 0;  // stays so if there is no number, or no room for it
  const char* end = text.data() + text.size();
  const char* stop = std::from_chars(text.data(), end, value).ptr;
  if (stop != end || value < 1) return std::nullopt;
  return value;
}

class Reader {
 public:
  void read(const std::string& key, const std::string& value) {
    const auto times = ++seen_[key];
    if (times == 2) problem(Text::link_twice, key, value);
    if (times > 1) return;
    if (key == "v") {
      if (value != "1") problem(Text::link_version, key, value);
    } else if (key == "scenario") {
      read_scenario(key, value);
    } else if (key == "step") {
      link_.step = number(value);
      if (!link_.step) problem(Text::link_step, key, value);
    } else if (key == "theme") {
      read_theme(key, value);
    } else if (key == "speed") {
      const auto known = std::ranges::find(speeds, value, &Speed::name);
      if (known == speeds.end()) return problem(Text::link_speed, key, value);
      link_.speed = known->factor;
    } else if (key == "numbers") {
      const bool real = value == "real";
      if (!real && value != "symbolic") return problem(Text::link_numbers, key, value);
      link_.real_numbers = real;
    } else if (key == "preview") {
      link_.preview = read_switch(key, value);
    } else if (key == "pause") {
      link_.pause_each = read_switch(key, value);
    } else if (key == "play") {
      link_.play = value == "1";
      if (!link_.play) problem(Text::link_play, key, value);
    } else {
      problem(Text::link_unknown_key, key, value);
    }
  }
  [[nodiscard]] Link take() {
    // A step belongs to its scenario: in another one it would mean something else.
    if (scenario_missing_) link_.step.reset();
    if (more_ > 0) link_.problems.push_back({Text::link_more, {{"n", std::int64_t{more_}}}});
    return std::move(link_);
  }

 private:
  void read_scenario(const std::string& key, const std::string& value) {
    if (core::catalogue_file(value) != nullptr) {
      link_.scenario = value;
    } else {
      problem(Text::link_scenario, key, value);
      scenario_missing_ = true;
    }
  }
  std::optional<bool> read_switch(const std::string& key, const std::string& value) {
    if (value == "1") return true;
    if (value == "0") return false;
    problem(Text::link_switch, key, value);
    return std::nullopt;
  }
  void read_theme(const std::string& key, const std::string& value) {
    if (value == "light") {
      link_.theme = ThemeChoice::Light;
    } else if (value == "dark") {
      link_.theme = ThemeChoice::Dark;
    } else if (value == "system") {
      link_.theme = ThemeChoice::System;
    } else {
      problem(Text::link_theme, key, value);
    }
  }
  void problem(Text text, const std::string& key, const std::string& value) {
    if (link_.problems.size() == most_problems) {
      ++more_;
    } else {
      link_.problems.push_back(
          {text, {{"key", core::quoted(key)}, {"value", core::quoted(value)}}});
    }
  }

  Link link_;
  std::map<std::string, int> seen_;
  bool scenario_missing_ = false;
  int more_ = 0;
};

/// An address without a key can only be the id of a scenario.
Link read_word(const std::string& word) {
  if (word.empty()) return {};
  const std::vector<core::NamedArgument> value = {{"value", core::quoted(word)}};
  if (core::catalogue_file(word) == nullptr) return {.problems = {{Text::link_no_place, value}}};
  return {.scenario = word, .problems = {{Text::link_only_scenario, value}}};
}

}  // namespace

Link read_link(std::string_view fragment) {
  if (fragment.starts_with('#')) fragment.remove_prefix(1);
  Reader reader;
  if (fragment.size() > longest_fragment) {
    return {.problems = {{Text::link_too_long}}};
  }
  if (fragment.find('=') == std::string_view::npos) return read_word(decode(fragment));
  while (!fragment.empty()) {
    const std::size_t end = std::min(fragment.find('&'), fragment.size());
    const std::string_view pair = fragment.substr(0, end);
    fragment.remove_prefix(std::min(end + 1, fragment.size()));
    if (pair.empty()) continue;
    const std::size_t equals = std::min(pair.find('='), pair.size());
    reader.read(decode(pair.substr(0, equals)),
                decode(pair.substr(std::min(equals + 1, pair.size()))));
  }
  return reader.take();
}

}  // namespace app
