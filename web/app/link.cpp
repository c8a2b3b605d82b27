#include "app/link.hpp"

#include "core/base/text.hpp"
#include "core/scenario/catalogue.hpp"

#include <algorithm>
#include <charconv>
#include <map>

namespace app {
namespace {

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
  int value = 0;
  const char* end = text.data() + text.size();
  const auto [stop, error] = std::from_chars(text.data(), end, value);
  if (error != std::errc{} || stop != end || value < 1) return std::nullopt;
  return value;
}

class Reader {
 public:
  void read(const std::string& key, const std::string& value) {
    const auto times = ++seen_[key];
    if (times == 2) complain(key, "stands more than once; the first one counts");
    if (times > 1) return;
    if (key == "v") {
      if (value != "1")
        complain(key, "says " + core::quoted(value) + ", but this page knows version 1");
    } else if (key == "scenario") {
      if (core::catalogue_file(value) != nullptr) {
        address_.scenario = value;
      } else {
        complain(key, "names " + core::quoted(value) +
                          ", which is not among the scenarios of this page");
        scenario_missing_ = true;
      }
    } else if (key == "step") {
      address_.step = number(value);
      if (!address_.step)
        complain(key, "says " + core::quoted(value) + ", but steps are numbers from 1");
    } else if (key == "theme") {
      if (value == "light") {
        address_.theme = ThemeChoice::Light;
      } else if (value == "dark") {
        address_.theme = ThemeChoice::Dark;
      } else if (value == "system") {
        address_.theme = ThemeChoice::System;
      } else {
        complain(key, "says " + core::quoted(value) + ", but a theme is light, dark or system");
      }
    } else if (key == "speed") {
      const auto known = std::ranges::find(speeds, value, &Speed::name);
      if (known != speeds.end()) {
        address_.speed = known->factor;
      } else {
        complain(key, "says " + core::quoted(value) + ", but a speed is 0.25, 0.5, 1, 2 or 4");
      }
    } else if (key == "numbers") {
      if (value == "real" || value == "symbolic") {
        address_.real_numbers = value == "real";
      } else {
        complain(key, "says " + core::quoted(value) + ", but numbers are real or symbolic");
      }
    } else if (key == "play") {
      address_.play = value == "1";
      if (!address_.play) complain(key, "says " + core::quoted(value) + ", but it can only be 1");
    } else {
      problem("The address has a key " + core::quoted(key) +
              " that this page does not know. It was ignored.");
    }
  }
  [[nodiscard]] Link take() {
    // A step belongs to its scenario: in another one it would mean something else.
    if (scenario_missing_) address_.step.reset();
    if (more_ > 0) {
      address_.problems.push_back("The address has " + std::to_string(more_) +
                                  " more keys or values that cannot be followed.");
    }
    return std::move(address_);
  }

 private:
  void complain(std::string_view key, const std::string& what) {
    problem("In the address, " + core::quoted(key) + " " + what + ".");
  }
  void problem(std::string sentence) {
    if (address_.problems.size() < most_problems) {
      address_.problems.push_back(std::move(sentence));
    } else {
      ++more_;
    }
  }

  Link address_;
  std::map<std::string, int> seen_;
  bool scenario_missing_ = false;
  int more_ = 0;
};

}  // namespace

Link read_link(std::string_view fragment) {
  if (fragment.starts_with('#')) fragment.remove_prefix(1);
  Reader reader;
  if (fragment.size() > longest_fragment) {
    Link address;
    address.problems.emplace_back(
        "The address is too long to be one of this page's. It was ignored.");
    return address;
  }
  if (fragment.find('=') == std::string_view::npos) return {};
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
