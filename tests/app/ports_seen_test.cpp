// What sockets seen in TIME_WAIT tell: the rate that makes them, and how near their limit they are.
#include "app/ports.hpp"

#include <doctest/doctest.h>

#include <string>
#include <vector>

namespace {

using core::Side;

/// On Linux: 28,232 ports, and a TIME_WAIT of 60 s.
app::PortsQuestion seen(std::int64_t sockets, std::int64_t destinations = 1,
                        Side closes_first = Side::Client) {
  return {.ports = 28'232,
          .time_wait_s = 60,
          .destinations = destinations,
          .closes_first = closes_first,
          .known = app::PortsKnown::Sockets,
          .sockets = sockets};
}

}  // namespace

TEST_CASE("ports: sockets in TIME_WAIT tell how many connections close") {
  const auto beyond = app::count_ports(seen(40'000));
  CHECK(beyond.waiting == 40'000);
  CHECK(beyond.closes_in_10_s == 6'667);
  CHECK(beyond.pairs == 28'232);
  CHECK_FALSE(beyond.fits);
  const auto near = app::count_ports(seen(40'000, 2));
  CHECK(near.fits);
  CHECK(near.share_10ths == 708);
  CHECK(app::count_ports(seen(28'231)).share_10ths == 999);
  CHECK(app::count_ports(seen(28'232)).share_10ths == 1'000);
  CHECK(app::count_ports(seen(28'232)).fits);
  CHECK_FALSE(app::count_ports(seen(28'233)).fits);
}

TEST_CASE("ports: the rate that sockets tell is about a whole number, a tenth, or a time") {
  const struct {
    std::int64_t sockets;
    std::string told;
  } rows[] = {
      {1, "about one close every 60 s keeps 1 socket waiting"},
      {7, "about one close every 8.6 s keeps 7 sockets waiting"},
      {62, "about one close every 1 s keeps 62 sockets waiting"},
      {63, "about 1.1 closes a second keep 63 sockets waiting"},
      {596, "about 9.9 closes a second keep 596 sockets waiting"},
      {597, "about 10 closes a second keep 597 sockets waiting"},
      {629, "about 10 closes a second keep 629 sockets waiting"},
      {630, "about 11 closes a second keep 630 sockets waiting"},
      {40'000, "about 667 closes a second keep 40,000 sockets waiting"},
      {100'000'000, "about 1,666,667 closes a second keep 100,000,000 sockets waiting"},
  };
  for (const auto& row : rows) {
    CAPTURE(row.sockets);
    CHECK(app::tell_ports(seen(row.sockets)).front() ==
          "With a TIME_WAIT of 60 s, " + row.told + " at the Client, the end that closes first.");
  }
}

TEST_CASE("ports: sockets seen at the Client are told with their share of the pairs") {
  const struct {
    app::PortsQuestion asked;
    std::string told;
  } rows[] = {
      {seen(28), "28,232 sockets: TIME_WAIT takes less than 0.1% of it and leaves 28,204"},
      {seen(29), "28,232 sockets: TIME_WAIT takes 0.1% of it and leaves 28,203"},
      {seen(14'116), "28,232 sockets: TIME_WAIT takes 50% of it and leaves 14,116"},
      {seen(28'231), "28,232 sockets: TIME_WAIT takes 99.9% of it and leaves 1"},
      {seen(40'000, 2), "56,464 sockets: TIME_WAIT takes 70.8% of it and leaves 16,464"},
  };
  for (const auto& row : rows) {
    CAPTURE(row.asked.sockets);
    const auto said = app::tell_ports(row.asked);
    REQUIRE(said.size() == 3);
    CHECK(said.back() == "There is room for " + row.told + " for open connections.");
  }
  using Said = std::vector<std::string>;
  CHECK(app::tell_ports({.ports = 1,
                         .time_wait_s = 1,
                         .destinations = 1,
                         .known = app::PortsKnown::Sockets,
                         .sockets = 1}) ==
        Said{"With a TIME_WAIT of 1 s, about one close every 1 s keeps 1 socket waiting at the "
             "Client, the end that closes first.",
             "With 1 port to 1 destination, each blocked for 1 s after its close, one new "
             "connection every 1 s is possible.",
             "There is room for 1 socket, and TIME_WAIT takes all of it: connect() fails with "
             "EADDRNOTAVAIL until a port becomes free."});
  CHECK(app::tell_ports(seen(40'000)) ==
        Said{"With a TIME_WAIT of 60 s, about 667 closes a second keep 40,000 sockets waiting at "
             "the Client, the end that closes first.",
             "With 28,232 ports to 1 destination, each blocked for 60 s after its close, 470.5 new "
             "connections a second are possible.",
             "There is room for 28,232 sockets. The rest, 11,768, must have another cause: more "
             "destinations, more ports or addresses at the Client, or connections that it "
             "accepted as a server and closed first."});
}

TEST_CASE("ports: sockets seen at the Server cost no port, and Linux limits their number") {
  const std::string most =
      "By default Linux holds at most 262,144 sockets in TIME_WAIT (tcp_max_tw_buckets) and closes "
      "a connection beyond that without the wait. At that limit, the rate may be higher than the "
      "count tells.";
  CHECK(app::tell_ports(seen(40'000, 1, Side::Server)) ==
        std::vector<std::string>{
            "With a TIME_WAIT of 60 s, about 667 closes a second keep 40,000 sockets waiting at "
            "the Server, the end that closes first.",
            "The Client does not wait when the Server closes first: its ports are free again at "
            "once, and TIME_WAIT sets it no limit.",
            most});
  // A Client is told of it only where it matters.
  CHECK(app::tell_ports(seen(262'143, 10)).size() == 3);
  const auto said = app::tell_ports(seen(262'144, 10));
  REQUIRE(said.size() == 4);
  CHECK(said.back() == most);
}

TEST_CASE("ports: the largest number of sockets has an answer") {
  const auto answer = app::count_ports({.ports = 65'535,
                                        .time_wait_s = 1,
                                        .destinations = 1'000'000,
                                        .known = app::PortsKnown::Sockets,
                                        .sockets = 100'000'000});
  CHECK(answer.closes_in_10_s == 1'000'000'000);
  CHECK(answer.share_10ths == 1);
}

TEST_CASE("ports: of rate and sockets only the one that is known is read") {
  const auto fields = [](app::PortsKnown known, std::string_view rate, std::string_view sockets) {
    return app::PortsFields{.ports = "28,232",
                            .time_wait_s = "60",
                            .destinations = "1",
                            .per_second = rate,
                            .known = known,
                            .sockets = sockets};
  };
  using enum app::PortsKnown;
  CHECK(app::read_ports(fields(Sockets, "x", "40,000")) == seen(40'000));
  const auto rate = app::read_ports(fields(Rate, "7", "x"));
  REQUIRE(rate.has_value());
  CHECK(rate->per_second == 7);
  CHECK(app::read_ports(fields(Sockets, "", "100,000,000")).has_value());
  const auto problem_of = [&](std::string_view sockets) {
    const auto problems = app::reply_to(fields(Sockets, "7", sockets)).problems;
    REQUIRE(problems.size() == 1);
    return std::string(problems.front().field) + ": " + problems.front().text;
  };
  CHECK(problem_of("0") ==
        "sockets: This is too small. Write a whole number from 1 to 100,000,000.");
  CHECK(problem_of("100,000,001") ==
        "sockets: This is too large. Write a whole number from 1 to 100,000,000.");
}
