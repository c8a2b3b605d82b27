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

std::int64_t rounded(std::int64_t dividend, std::int64_t divisor) {
  return (2 * dividend + divisor) / (2 * divisor);
}

/// The closes a second that the sockets tell: a count at one moment is no better than whole
/// numbers, but of a few closes a second the tenth says something.
std::string closes_text(const PortsQuestion& question, std::int64_t in_10_s) {
  if (in_10_s < 100) return tenths_text(in_10_s);
  return core::grouped_digits(rounded(question.sockets, question.time_wait_s));
}

/// "70.8%"
std::string share_text(std::int64_t tenths) {
  if (tenths == 0) return std::string(core::render(Text::ports_share_least));
  return Say(Text::ports_share).with("number", tenths_text(tenths)).text();
}

constexpr std::int64_t most_ports = 65'535;  // a port has 16 bits (RFC 9293 3.1)
constexpr std::int64_t most_seconds = 3'600;
constexpr std::int64_t most_destinations = 1'000'000;
constexpr std::int64_t most_per_second = 10'000'000;
constexpr std::int64_t most_sockets = 100'000'000;

// The largest default of tcp_max_tw_buckets: the kernel takes half the size of its table of
// connections, which it makes smaller where there is less memory.
constexpr std::int64_t linux_most = 262'144;

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

// Up to one a second, the time between two connections says more than their rate.
constexpr std::int64_t slow_in_10_s = 10;

/// What TIME_WAIT allows the Client.
Text limit_of(const PortsQuestion& question, const PortsAnswer& answer) {
  if (question.closes_first == core::Side::Server) return Text::ports_unlimited;
  return answer.most_in_10_s <= slow_in_10_s ? Text::ports_possible_slowly : Text::ports_possible;
}

/// How near to their limit the sockets are that were seen at the Client.
Text room_of(const PortsAnswer& answer) {
  if (!answer.fits) return Text::ports_seen_beyond;
  return answer.waiting == answer.pairs ? Text::ports_seen_full : Text::ports_seen_left;
}

std::string sentence_of(Text sentence, const PortsQuestion& question, const PortsAnswer& answer) {
  // Rounded up, as the rate is rounded down: what is promised can be kept.
  const std::int64_t pause = rounded_up(10 * question.time_wait_s, answer.pairs);
  const std::int64_t gap = rounded(10 * question.time_wait_s, answer.waiting);
  const bool at_client = question.closes_first == core::Side::Client;
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
      .with("closes", closes_text(question, answer.closes_in_10_s))
      .with("gap", seconds_text(gap))
      .with("side", at_client ? Text::side_client : Text::side_server)
      .with("room_count", count_text(Text::ports_socket_count, answer.pairs))
      .with("share", share_text(answer.share_10ths))
      .with("left", core::Grouped{answer.pairs - answer.waiting})
      .with("rest", core::Grouped{answer.waiting - answer.pairs})
      .with("linux_most", core::Grouped{linux_most})
      .text();
}

}  // namespace

PortsAnswer count_ports(const PortsQuestion& question) {
  PortsAnswer answer;
  answer.pairs = question.ports * question.destinations;
  answer.most_in_10_s = 10 * answer.pairs / question.time_wait_s;
  switch (question.known) {
    case PortsKnown::Rate:
      answer.waiting = question.per_second * question.time_wait_s;
      answer.all_used_after_10ths = rounded_up(10 * answer.pairs, question.per_second);
      break;
    case PortsKnown::Sockets:
      answer.waiting = question.sockets;
      answer.closes_in_10_s = rounded(10 * question.sockets, question.time_wait_s);
      answer.share_10ths = 1'000 * question.sockets / answer.pairs;
      break;
  }
  answer.fits = answer.waiting <= answer.pairs;
  return answer;
}

std::expected<PortsQuestion, std::vector<PortsProblem>> read_ports(const PortsFields& fields) {
  PortsQuestion question{.closes_first = fields.closes_first, .known = fields.known};
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
  switch (fields.known) {
    case PortsKnown::Rate:
      read("per_second", fields.per_second, most_per_second, question.per_second);
      break;
    case PortsKnown::Sockets:
      read("sockets", fields.sockets, most_sockets, question.sockets);
      break;
  }
  if (!problems.empty()) return std::unexpected(std::move(problems));
  return question;
}

std::vector<std::string> tell_ports(const PortsQuestion& question) {
  const PortsAnswer answer = count_ports(question);
  const auto say = [&](Text sentence) { return sentence_of(sentence, question, answer); };
  const bool at_client = question.closes_first == core::Side::Client;
  const std::string limit = say(limit_of(question, answer));
  if (question.known == PortsKnown::Rate) {
    if (at_client) return {limit, say(answer.fits ? Text::ports_fits : Text::ports_runs_out)};
    return {limit, say(answer.fits ? Text::ports_fits_there : Text::ports_comes_back)};
  }
  const bool slow = answer.closes_in_10_s <= slow_in_10_s;
  std::vector<std::string> said = {say(slow ? Text::ports_seen_slowly : Text::ports_seen), limit};
  if (at_client) said.push_back(say(room_of(answer)));
  // A Client seldom comes near it.
  if (!at_client || answer.waiting >= linux_most) said.push_back(say(Text::ports_seen_most));
  return said;
}

PortsReply reply_to(const PortsFields& fields) {
  auto question = read_ports(fields);
  if (!question)
    return {std::move(question.error()), {std::string(core::render(Text::ports_no_answer))}};
  return {{}, tell_ports(*question)};
}

}  // namespace app
