// How long ports last: the arithmetic on figures that are written down elsewhere, the sentences,
// and what is said of fields that cannot be followed.
#include "app/ports.hpp"

#include <doctest/doctest.h>

#include <string>
#include <vector>

namespace {

using core::Side;

/// Ports, TIME_WAIT in seconds; what is possible in ten seconds, to one destination.
struct Row {
  const char* name;
  std::int64_t ports;
  std::int64_t time_wait_s;
  std::int64_t most_in_10_s;
};

app::PortsQuestion question(std::int64_t ports, std::int64_t time_wait_s, std::int64_t destinations,
                            std::int64_t per_second, Side closes_first = Side::Client) {
  return {ports, time_wait_s, destinations, per_second, closes_first};
}

/// What is said of the fields, "field: sentence" each.
std::vector<std::string> problems(const app::PortsFields& fields) {
  std::vector<std::string> out;
  const auto read = app::read_ports(fields);
  if (read) return out;
  for (const app::PortsProblem& problem : read.error()) {
    out.push_back(std::string(problem.field) + ": " + problem.text);
  }
  return out;
}

app::PortsFields with_ports(std::string_view ports) {
  return {.ports = ports, .time_wait_s = "60", .destinations = "1", .per_second = "1000"};
}

}  // namespace

TEST_CASE("ports: what they allow is their number divided by TIME_WAIT, rounded down to tenths") {
  const Row rows[] = {
      {"Linux: 32768 to 60999, 60 s", 60'999 - 32'768 + 1, 60, 4'705},
      {"the same ports at the RFC's 240 s", 28'232, 240, 1'176},
      {"macOS: 49152 to 65535, 30 s", 65'535 - 49'152 + 1, 30, 5'461},
      {"the same ports at 120 s", 16'384, 120, 1'365},
      {"the same ports at 240 s", 16'384, 240, 682},
      {"FreeBSD: 10000 to 65535, 60 s", 65'535 - 10'000 + 1, 60, 9'256},
  };
  for (const Row& row : rows) {
    CAPTURE(row.name);
    const auto answer = app::count_ports(question(row.ports, row.time_wait_s, 1, 1));
    CHECK(answer.pairs == row.ports);
    CHECK(answer.most_in_10_s == row.most_in_10_s);
  }
}

TEST_CASE("ports: each destination has all of them once more") {
  const auto answer = app::count_ports(question(28'232, 60, 3, 1'400));
  CHECK(answer.pairs == 84'696);
  CHECK(answer.most_in_10_s == 14'116);
  CHECK(answer.waiting == 84'000);
  CHECK(answer.fits);
}

TEST_CASE("ports: as many sockets wait as connections are opened while one of them waits") {
  CHECK(app::count_ports(question(28'232, 60, 1, 10'000)).waiting == 600'000);
  CHECK(app::count_ports(question(28'232, 240, 1, 10'000)).waiting == 2'400'000);
  CHECK(app::count_ports(question(28'232, 60, 1, 470)).fits);
  CHECK_FALSE(app::count_ports(question(28'232, 60, 1, 471)).fits);
  CHECK(app::count_ports(question(28'200, 60, 1, 470)).fits);
  CHECK(app::count_ports(question(28'232, 60, 1, 1'000)).all_used_after_10ths == 283);
  CHECK(app::count_ports(question(28'200, 60, 1, 1'000)).all_used_after_10ths == 282);
}

TEST_CASE("ports: the largest question has an answer") {
  const auto read = app::read_ports({.ports = "65,535",
                                     .time_wait_s = "3600",
                                     .destinations = "1,000,000",
                                     .per_second = "10000000"});
  REQUIRE(read.has_value());
  const auto answer = app::count_ports(*read);
  CHECK(answer.pairs == 65'535'000'000);
  CHECK(answer.waiting == 36'000'000'000);
  CHECK(answer.fits);
}

TEST_CASE("ports: the answer says what is possible, who waits, and what happens beyond") {
  using Said = std::vector<std::string>;
  CHECK(app::tell_ports(question(28'232, 60, 1, 1'000)) ==
        Said{"With 28,232 ports to 1 destination, each blocked for 60 s after its close, 470.5 new "
             "connections a second are possible.",
             "At 1,000 a second, TIME_WAIT would have to hold 60,000 sockets at the Client, the "
             "end that closes first. There is room for 28,232: after 28.3 s no port is left, and "
             "connect() fails with EADDRNOTAVAIL until one becomes free."});
  CHECK(app::tell_ports(question(28'232, 60, 4, 1'000)) ==
        Said{"With 28,232 ports to 4 destinations, each blocked for 60 s after its close, 1,882 "
             "new connections a second are possible.",
             "At 1,000 a second, TIME_WAIT holds 60,000 sockets at the Client, the end that closes "
             "first. There is room for 112,928."});
  CHECK(app::tell_ports(question(28'232, 60, 1, 400, Side::Server)) ==
        Said{"The Client does not wait when the Server closes first: its ports are free again at "
             "once, and TIME_WAIT sets it no limit.",
             "At 400 a second, TIME_WAIT holds 24,000 sockets at the Server, and no pair of "
             "sockets has to be used again before its wait is over."});
  CHECK(app::tell_ports(question(28'232, 60, 1, 10'000, Side::Server)).back() ==
        "At 10,000 a second, every pair of sockets was used once after 2.9 s: 28,232 in all. From "
        "then on the Client uses pairs that the Server still holds in TIME_WAIT, and a new SYN has "
        "to open them early.");
}

TEST_CASE("ports: a rate has tenths below 1,000, and up to 1 it is a time") {
  const struct {
    app::PortsQuestion asked;
    std::string possible;
  } rows[] = {
      {question(1, 240, 1, 1), "one new connection every 240 s is possible."},
      {question(61, 60, 1, 1), "one new connection every 1 s is possible."},
      {question(65, 60, 1, 1), "one new connection every 1 s is possible."},
      {question(7, 60, 1, 1), "one new connection every 8.6 s is possible."},
      {question(66, 60, 1, 1), "1.1 new connections a second are possible."},
      {question(59'994, 60, 1, 1), "999.9 new connections a second are possible."},
      {question(59'970, 60, 1, 1), "999.5 new connections a second are possible."},
      {question(59'940, 60, 1, 1), "999 new connections a second are possible."},
      {question(60'030, 60, 1, 1), "1,000 new connections a second are possible."},
  };
  for (const auto& row : rows) {
    CAPTURE(row.asked.ports);
    CHECK(app::tell_ports(row.asked).front().ends_with("s after its close, " + row.possible));
  }
}

TEST_CASE("ports: a number may have its commas and space around it") {
  for (const char* text :
       {"28232", " 28232 ", "\t28232\r\n", "28,232", "028,232", "0028232", "0,028,232"}) {
    CAPTURE(text);
    const auto read = app::read_ports(with_ports(text));
    REQUIRE(read.has_value());
    CHECK(*read == question(28'232, 60, 1, 1'000));
  }
}

TEST_CASE("ports: a field that cannot be followed is named, with what it should be") {
  const struct {
    const char* text;
    const char* said;
  } rows[] = {
      {"", "Enter a whole number from 1 to 65,535."},
      {"   ", "Enter a whole number from 1 to 65,535."},
      {"many", "This is not a whole number. Write one from 1 to 65,535, in digits."},
      {"12.5", "This is not a whole number. Write one from 1 to 65,535, in digits."},
      {"1e3", "This is not a whole number. Write one from 1 to 65,535, in digits."},
      {"1,5", "This is not a whole number. Write one from 1 to 65,535, in digits."},
      {"2823,2", "This is not a whole number. Write one from 1 to 65,535, in digits."},
      {"28x232", "This is not a whole number. Write one from 1 to 65,535, in digits."},
      {"2823,232", "This is not a whole number. Write one from 1 to 65,535, in digits."},
      {"28,2322", "This is not a whole number. Write one from 1 to 65,535, in digits."},
      {"1,2345,678", "This is not a whole number. Write one from 1 to 65,535, in digits."},
      {"1,,234", "This is not a whole number. Write one from 1 to 65,535, in digits."},
      {"1,234,", "This is not a whole number. Write one from 1 to 65,535, in digits."},
      {"/", "This is not a whole number. Write one from 1 to 65,535, in digits."},
      {":", "This is not a whole number. Write one from 1 to 65,535, in digits."},
      {",123", "This is not a whole number. Write one from 1 to 65,535, in digits."},
      {"-", "This is not a whole number. Write one from 1 to 65,535, in digits."},
      {"١٢", "This is not a whole number. Write one from 1 to 65,535, in digits."},
      {"0", "This is too small. Write a whole number from 1 to 65,535."},
      {"-5", "This is too small. Write a whole number from 1 to 65,535."},
      {"65536", "This is too large. Write a whole number from 1 to 65,535."},
      {"99999999999999999999999999", "This is too large. Write a whole number from 1 to 65,535."},
  };
  for (const auto& row : rows) {
    CAPTURE(row.text);
    const auto said = problems(with_ports(row.text));
    REQUIRE(said.size() == 1);
    CHECK(said.front() == std::string("ports: ") + row.said);
  }
}

TEST_CASE("ports: all fields that are wrong are named") {
  const auto said =
      problems({.ports = "x", .time_wait_s = "3601", .destinations = "0", .per_second = ""});
  REQUIRE(said.size() == 4);
  CHECK(said[0].starts_with("ports: "));
  CHECK(said[1] == "time_wait_s: This is too large. Write a whole number from 1 to 3,600.");
  CHECK(said[2] == "destinations: This is too small. Write a whole number from 1 to 1,000,000.");
  CHECK(said[3] == "per_second: Enter a whole number from 1 to 10,000,000.");
}

TEST_CASE("ports: a page gets the answer, or the problems and one sentence in its place") {
  const auto good = app::reply_to(with_ports("28,232"));
  CHECK(good.problems.empty());
  CHECK(good.says == app::tell_ports(question(28'232, 60, 1, 1'000)));
  const auto bad = app::reply_to(with_ports(""));
  CHECK(bad.problems.size() == 1);
  CHECK(bad.says ==
        std::vector<std::string>{"The answer returns once every field holds a valid number."});
}
