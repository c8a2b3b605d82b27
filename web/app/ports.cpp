#include "app/ports.hpp"

#include "app/say.hpp"
#include "core/base/text.hpp"

#include <algorithm>
#include <charconv>
#include <limits>
#include <memory>
#include <optional>
#include <utility>

namespace app {
namespace {

using core::Text;

/// "470.5"; from 1,000 on without the tenth.
std::string tenths_text(std::int64_t tenths) {
  const std::int64_t whole = tenths / 10;
  if (whole >= 1'000 || tenths % 10 == 0) return core::grouped_digits(whole);
  return core::grouped_digits(whole) + "." + std::to_string(tenths % 10);
}

/// "1 port", "28,232 ports"
std::string count_text(Text what, std::int64_t count) {
  return Say(what).with("n", core::Grouped{count}).text();
}

std::string seconds_text(std::int64_t tenths) {
  return Say(Text::ports_seconds).with("number", tenths_text(tenths)).text();
}

std::int64_t rounded_up(std::int64_t dividend, std::int64_t divisor) {
  return (dividend + divisor - 1) / divisor;
}

constexpr std::int64_t most_ports = 65'535;  // a port has 16 bits (RFC 9293 3.1)
constexpr std::int64_t most_seconds = 3'600;
constexpr std::int64_t most_destinations = 1'000'000;
constexpr std::int64_t most_per_second = 10'000'000;

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

/// The digits of a number whose commas are where they belong; nothing for any other text.
std::optional<std::string> digits_of(std::string_view text) {
  std::string digits;
  bool grouped = false;
  std::size_t in_group = 0;
  for (const char c : text) {
    if (is_digit(c)) {
      digits += c;
      ++in_group;
    } else if (c == ',' && (grouped ? in_group == 3 : in_group >= 1 && in_group <= 3)) {
      grouped = true;
      in_group = 0;
    } else {
      return std::nullopt;
    }
  }
  if (digits.empty() || (grouped && in_group != 3)) return std::nullopt;
  return digits;
}

std::string_view trimmed(std::string_view text) {
  constexpr std::string_view blank = " \t\r\n";
  text.remove_prefix(std::min(text.find_first_not_of(blank), text.size()));
  return text.substr(0, text.find_last_not_of(blank) + 1);
}

/// The number in a field, from 1 to `most`, or the sentence that says why there is none.
std::expected<std::int64_t, Text> number_in(std::string_view field, std::int64_t most) {
  const std::string_view text = trimmed(field);
  if (text.empty()) return std::unexpected(Text::ports_empty);
  const bool negative = text.starts_with('-');
  const auto digits = digits_of(negative ? text.substr(1) : text);
  if (!digits) return std::unexpected(Text::ports_no_number);
  if (negative) return std::unexpected(Text::ports_too_small);
  std::int64_t value = std::numeric_limits<std::int64_t>::max();  // stays so if there is no room
  std::from_chars(std::to_address(digits->begin()), std::to_address(digits->end()), value);
  if (value > most) return std::unexpected(Text::ports_too_large);
  if (value < 1) return std::unexpected(Text::ports_too_small);
  return value;
}

}  // namespace

PortsAnswer count_ports(const PortsQuestion& question) {
  PortsAnswer answer;
  answer.pairs = question.ports * question.destinations;
  answer.most_in_10_s = 10 * answer.pairs / question.time_wait_s;
  answer.waiting = question.per_second * question.time_wait_s;
  answer.fits = answer.waiting <= answer.pairs;
  answer.all_used_after_10ths = rounded_up(10 * answer.pairs, question.per_second);
  return answer;
}

std::expected<PortsQuestion, std::vector<PortsProblem>> read_ports(const PortsFields& fields) {
  PortsQuestion question{.closes_first = fields.closes_first};
  std::vector<PortsProblem> problems;
  const auto read = [&](std::string_view name, std::string_view text, std::int64_t most,
                        std::int64_t& into) {
    if (const auto number = number_in(text, most)) {
      into = *number;
    } else {
      problems.push_back({name, Say(number.error()).with("most", core::Grouped{most}).text()});
    }
  };
  read("ports", fields.ports, most_ports, question.ports);
  read("time_wait_s", fields.time_wait_s, most_seconds, question.time_wait_s);
  read("destinations", fields.destinations, most_destinations, question.destinations);
  read("per_second", fields.per_second, most_per_second, question.per_second);
  if (!problems.empty()) return std::unexpected(std::move(problems));
  return question;
}

std::vector<std::string> tell_ports(const PortsQuestion& question) {
  const PortsAnswer answer = count_ports(question);
  // At one a second and below, the time between two connections says more than their rate. It is
  // rounded up, as the rate is rounded down: what is promised can be kept.
  const bool slow = answer.most_in_10_s <= 10;
  const auto say = [&](Text sentence) {
    const std::int64_t pause = rounded_up(10 * question.time_wait_s, answer.pairs);
    return Say(sentence)
        .with("ports", count_text(Text::ports_port_count, question.ports))
        .with("destinations", count_text(Text::ports_destination_count, question.destinations))
        .with("wait", seconds_text(10 * question.time_wait_s))
        .with("most", tenths_text(answer.most_in_10_s))
        .with("pause", seconds_text(pause))
        .with("rate", core::Grouped{question.per_second})
        .with("waiting", count_text(Text::ports_socket_count, answer.waiting))
        .with("room", core::Grouped{answer.pairs})
        .with("used", seconds_text(answer.all_used_after_10ths))
        .text();
  };
  if (question.closes_first == core::Side::Client) {
    return {say(slow ? Text::ports_possible_slowly : Text::ports_possible),
            say(answer.fits ? Text::ports_fits : Text::ports_runs_out)};
  }
  return {say(Text::ports_unlimited),
          say(answer.fits ? Text::ports_fits_there : Text::ports_comes_back)};
}

PortsReply reply_to(const PortsFields& fields) {
  auto question = read_ports(fields);
  if (!question)
    return {std::move(question.error()), {std::string(core::render(Text::ports_no_answer))}};
  return {{}, tell_ports(*question)};
}

}  // namespace app
