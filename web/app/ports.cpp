#include "app/ports.hpp"

#include "core/base/text.hpp"

#include <algorithm>
#include <charconv>
#include <optional>
#include <utility>

namespace app {
namespace {

/// Every sentence, with named places to fill.
namespace say {

constexpr std::string_view possible =
    "With {ports} to {destinations}, each blocked for {wait} after its close, {most} new "
    "connections a second are possible.";
constexpr std::string_view possible_slowly =
    "With {ports} to {destinations}, each blocked for {wait} after its close, one new connection "
    "every {pause} is possible.";
constexpr std::string_view fits =
    "At {rate} a second, TIME_WAIT holds {waiting} at the Client, the end that closes first. There "
    "is room for {room}.";
constexpr std::string_view runs_out =
    "At {rate} a second, TIME_WAIT would have to hold {waiting} at the Client, the end that closes "
    "first. There is room for {room}: after {used} no port is left, and connect() fails with "
    "EADDRNOTAVAIL until one comes free.";
constexpr std::string_view unlimited =
    "The Client does not wait when the Server closes first: its ports are free again at once, and "
    "TIME_WAIT sets it no limit.";
constexpr std::string_view fits_there =
    "At {rate} a second, TIME_WAIT holds {waiting} at the Server, and no pair of sockets has to be "
    "used again before its wait is over.";
constexpr std::string_view comes_back =
    "At {rate} a second, every pair of sockets was used once after {used}: {room} in all. From "
    "then on the Client uses pairs that the Server still holds in TIME_WAIT, and a new SYN has to "
    "open them early.";
constexpr std::string_view no_answer =
    "The answer comes back when there is a number in every field that can be counted with.";

constexpr std::string_view empty = "Nothing stands here. Write a whole number from 1 to {most}.";
constexpr std::string_view no_number =
    "This is not a whole number. Write one from 1 to {most}, in digits.";
constexpr std::string_view too_small = "This is too small. Write a whole number from 1 to {most}.";
constexpr std::string_view too_large = "This is too large. Write a whole number from 1 to {most}.";

}  // namespace say

struct Place {
  std::string_view name;
  std::string text;
};

std::string fill(std::string_view sentence, const std::vector<Place>& places) {
  return core::fill(sentence, [&](std::string_view name) {
    const auto place = std::ranges::find(places, name, &Place::name);
    return place == places.end() ? std::string() : place->text;
  });
}

/// "470.5", and from 1,000 on without the tenth, which nobody would miss.
std::string tenths_text(std::int64_t tenths) {
  const std::int64_t whole = tenths / 10;
  if (whole >= 1'000 || tenths % 10 == 0) return core::grouped_digits(whole);
  return core::grouped_digits(whole) + "." + std::to_string(tenths % 10);
}

/// "1 port", "28,232 ports"
std::string count_text(std::int64_t count, std::string_view one, std::string_view many) {
  return core::grouped_digits(count) + " " + std::string(count == 1 ? one : many);
}

std::string seconds_text(std::int64_t tenths) {
  return tenths_text(tenths) + " s";
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

/// The digits of a number in which commas stand where they belong; of any other text nothing.
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
std::expected<std::int64_t, std::string_view> number_in(std::string_view field, std::int64_t most) {
  const std::string_view text = trimmed(field);
  if (text.empty()) return std::unexpected(say::empty);
  const bool negative = text.starts_with('-');
  const auto digits = digits_of(negative ? text.substr(1) : text);
  if (!digits) return std::unexpected(say::no_number);
  if (negative) return std::unexpected(say::too_small);
  std::int64_t value = 0;
  const auto read = std::from_chars(digits->data(), digits->data() + digits->size(), value);
  if (read.ec != std::errc{} || value > most) return std::unexpected(say::too_large);
  if (value < 1) return std::unexpected(say::too_small);
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
      problems.push_back({name, fill(number.error(), {{"most", core::grouped_digits(most)}})});
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
  const std::vector<Place> places = {
      {"ports", count_text(question.ports, "port", "ports")},
      {"destinations", count_text(question.destinations, "destination", "destinations")},
      {"wait", seconds_text(10 * question.time_wait_s)},
      {"most", tenths_text(answer.most_in_10_s)},
      {"pause", seconds_text(rounded_up(10 * question.time_wait_s, answer.pairs))},
      {"rate", core::grouped_digits(question.per_second)},
      {"waiting", count_text(answer.waiting, "socket", "sockets")},
      {"room", core::grouped_digits(answer.pairs)},
      {"used", seconds_text(answer.all_used_after_10ths)},
  };
  if (question.closes_first == core::Side::Client) {
    return {fill(slow ? say::possible_slowly : say::possible, places),
            fill(answer.fits ? say::fits : say::runs_out, places)};
  }
  return {fill(say::unlimited, places),
          fill(answer.fits ? say::fits_there : say::comes_back, places)};
}

PortsReply reply_to(const PortsFields& fields) {
  auto question = read_ports(fields);
  if (!question) return {std::move(question.error()), {std::string(say::no_answer)}};
  return {{}, tell_ports(*question)};
}

}  // namespace app
