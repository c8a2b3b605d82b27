// Segments that nobody sent just now: what their numbers may be written with, where they stand
// among the others, and octets of an older incarnation.
#include "core/sim/simulation.hpp"

#include "ends.hpp"
#include "runs.hpp"

#include <doctest/doctest.h>

namespace {

using core::Fate;
using core::Side;
using core::Timeline;

/// The number that a sum comes to at a server that expects 1100 to 1499 and has sent 300 to 309.
core::Seq number(const std::string& sum) {
  const Timeline timeline = runs::played(R"(
    "client": {"snd_nxt": 1100, "rcv_nxt": 300},
    "server": {"snd_nxt": 310, "snd_una": 300, "rcv_nxt": 1100, "rcv_wnd": 400},
    "until_ms": 0,
    "script": [{"at_ms": 0, "side": "server", "do": "inject", "segment":
      {"flags": "RST", "seq": )" + sum + "}}]");
  REQUIRE_FALSE(timeline.segments.empty());
  return timeline.segment(1).segment.seq;
}

struct Sum {
  const char* text;
  std::uint32_t value;
};

}  // namespace

TEST_CASE("numbers are sums over the variables of the end that is met, modulo 2^32") {
  const Sum sums[] = {
      {"0", 0},
      {"4294967295", 4294967295},
      {R"("17")", 17},
      {R"("rcv_nxt")", 1100},
      {R"("rcv_wnd")", 400},
      {R"("snd_nxt")", 310},
      {R"("snd_una")", 300},
      {R"("iss")", 309},
      {R"("irs")", 1099},
      {R"("rcv_nxt+rcv_wnd-1")", 1499},
      {R"("rcv_nxt-1")", 1099},
      {R"("5+snd_una")", 305},
      {R"("snd_nxt-snd_una")", 10},
      {R"("1-2")", 4294967295},
      {R"("4294967295+2")", 1},
      {R"("rcv_nxt-rcv_nxt-rcv_nxt+1100")", 0},
  };
  for (const Sum& sum : sums) {
    CAPTURE(sum.text);
    CHECK(number(sum.text) == core::Seq{sum.value});
  }
}

TEST_CASE("variables have the values of the moment at which the segment arrives") {
  const Timeline timeline = runs::played(R"("script": [
    {"at_ms": 0, "side": "client", "do": "send", "bytes": 40},
    {"at_ms": 60, "side": "server", "do": "inject", "segment":
      {"flags": "ACK", "seq": "rcv_nxt", "ack": "snd_nxt"}}])");
  CHECK(runs::sent(timeline) ==
        "0 client A 100/300+40\n50 server A 300/140\n60 client A 140/300 injected\n");
}

TEST_CASE("an injected segment comes from the other end, and is numbered when it arrives") {
  const Timeline timeline = runs::played(R"("script": [
    {"at_ms": 0, "side": "client", "do": "send", "bytes": 4},
    {"at_ms": 10, "side": "client", "do": "inject", "segment":
      {"flags": "FIN,ACK", "seq": "rcv_nxt", "ack": "snd_una", "len": 7}}])");
  const core::Transmission& injected = timeline.segment(2);
  CHECK(injected.injected);
  CHECK(injected.from == Side::Server);
  CHECK(injected.sent_at == 10);
  CHECK(injected.arrives_at == 10);
  CHECK(injected.fate == Fate::Delivered);
  CHECK(injected.incarnation == 1);
  CHECK(ends::text(injected.segment) == "FA 300/100+7");
  CHECK(timeline.final.at(Side::Client).delivered == 7);
}

TEST_CASE("without ACK among its flags an injected segment has no ACK") {
  const Timeline timeline = runs::played(R"("script": [
    {"at_ms": 0, "side": "client", "do": "inject", "segment":
      {"flags": "RST", "seq": "rcv_nxt", "ack": 77}}])");
  CHECK_FALSE(timeline.segment(1).segment.flags.ack);
  CHECK(runs::walk(timeline, Side::Client) == "ESTABLISHED CLOSED");
}

TEST_CASE("an injected segment has the window that was last seen, unless it says another") {
  const auto window = [](const std::string& more) {
    const Timeline timeline = runs::played(R"("server": {"snd_nxt": 300, "rcv_nxt": 100,
      "rcv_wnd": 640}, "until_ms": 0,
      "script": [{"at_ms": 0, "side": "client", "do": "inject", "segment":
        {"flags": "ACK", "seq": "rcv_nxt", "ack": "snd_nxt")" +
                                           more + "}}]");
    return std::pair(timeline.segment(1).segment.wnd, timeline.final.at(Side::Client).tcb.snd_wnd);
  };
  CHECK(window("") == std::pair(640U, 640U));
  CHECK(window(R"(, "wnd": 0)") == std::pair(0U, 0U));
  CHECK(window(R"(, "wnd": 65535)") == std::pair(65535U, 65535U));
}

TEST_CASE("LISTEN after a connection remembers the window that was last seen") {
  const Timeline timeline = runs::played(R"(
    "client": {"snd_nxt": 100, "rcv_nxt": 300, "rcv_wnd": 777}, "until_ms": 200, "script": [
      {"at_ms": 0, "side": "server", "do": "abort"},
      {"at_ms": 100, "side": "server", "do": "listen"},
      {"at_ms": 200, "side": "server", "do": "inject", "segment": {"flags": "SYN", "seq": 9}}])");
  CHECK(timeline.segment(2).segment.wnd == 777);
}

TEST_CASE("an injected segment is of the connection of this moment, unless it says another") {
  const Timeline timeline = runs::played(R"(
    "client": {"state": "TIME_WAIT", "snd_nxt": 101, "rcv_nxt": 301},
    "server": {"state": "CLOSED", "snd_nxt": 301, "rcv_nxt": 101}, "until_ms": 20, "script": [
      {"at_ms": 10, "side": "client", "do": "connect"},
      {"at_ms": 20, "side": "client", "do": "inject", "segment": {"flags": "FIN", "seq": 1}},
      {"at_ms": 20, "side": "client", "do": "inject", "segment":
        {"flags": "FIN", "seq": 1, "incarnation": 1}}])");
  CHECK(timeline.segment(2).incarnation == 2);
  CHECK(timeline.segment(3).incarnation == 1);
}

TEST_CASE("what was thrown away unread is not in the buffer of the next connection") {
  const Timeline timeline = runs::played(R"(
    "server": {"snd_nxt": 300, "rcv_nxt": 100, "reads": "by_script"}, "script": [
      {"at_ms": 0, "side": "client", "do": "send", "bytes": 5},
      {"at_ms": 200, "side": "client", "do": "abort"}])");
  CHECK(timeline.final.at(Side::Server).tcb.state == core::State::Closed);
  CHECK(timeline.final.at(Side::Server).tcb.unread == 0);
  CHECK(timeline.final.at(Side::Server).buffer.empty());
}

TEST_CASE("what is injected into a host that is down finds nobody") {
  const Timeline timeline = runs::played(R"("script": [
    {"at_ms": 0, "side": "client", "do": "crash"},
    {"at_ms": 5, "side": "client", "do": "inject", "segment": {"flags": "RST", "seq": 1}}])");
  CHECK(timeline.segment(1).fate == Fate::HostDown);
}

TEST_CASE("an injected SYN opens like any other") {
  const Timeline timeline = runs::played(R"(
    "server": {"state": "LISTEN"}, "client": {"state": "CLOSED"},
    "script": [{"at_ms": 0, "side": "server", "do": "inject", "segment":
      {"flags": "SYN", "seq": 900}}])");
  CHECK(runs::walk(timeline, Side::Server) == "LISTEN SYN_RECEIVED LISTEN");
  CHECK(runs::sent(timeline) == "0 client S 900 injected\n0 server SA 0/901\n50 client R 901\n");
}

TEST_CASE("octets of an older incarnation that are delivered are counted, however they are read") {
  const Timeline timeline = runs::played(R"(
    "server": {"snd_nxt": 300, "rcv_nxt": 100, "reads": "by_script"}, "script": [
      {"at_ms": 0, "side": "server", "do": "inject", "segment":
        {"flags": "ACK", "seq": "rcv_nxt", "ack": "snd_nxt", "len": 4}},
      {"at_ms": 1, "side": "server", "do": "inject", "segment":
        {"flags": "ACK", "seq": "rcv_nxt", "ack": "snd_nxt", "len": 6, "incarnation": 0}},
      {"at_ms": 2, "side": "server", "do": "inject", "segment":
        {"flags": "ACK", "seq": "rcv_nxt", "ack": "snd_nxt", "len": 2}},
      {"at_ms": 10, "side": "server", "do": "receive", "bytes": 5},
      {"at_ms": 20, "side": "server", "do": "receive", "bytes": 3},
      {"at_ms": 30, "side": "server", "do": "receive"}])");
  std::vector<std::pair<std::uint32_t, std::uint32_t>> counts;
  for (const core::Step& step : timeline.steps) {
    const core::Endpoint& server = step.world.at(Side::Server);
    if (step.kind == core::StepKind::Call) {
      counts.emplace_back(server.delivered, server.delivered_stale);
    }
  }
  CHECK(counts == std::vector<std::pair<std::uint32_t, std::uint32_t>>{{5, 1}, {8, 4}, {12, 6}});
}

TEST_CASE("stale octets that are never read are never delivered") {
  const Timeline timeline = runs::played(R"(
    "server": {"snd_nxt": 300, "rcv_nxt": 100, "reads": "by_script"}, "script": [
      {"at_ms": 0, "side": "server", "do": "inject", "segment":
        {"flags": "ACK", "seq": "rcv_nxt", "ack": "snd_nxt", "len": 4, "incarnation": 0}},
      {"at_ms": 10, "side": "server", "do": "close"}])");
  CHECK(timeline.final.at(Side::Server).delivered == 0);
  CHECK(timeline.final.at(Side::Server).delivered_stale == 0);
}

TEST_CASE("an old duplicate that fits is swallowed, and counted") {
  const Timeline timeline = core::simulate(runs::of("old-duplicate"));
  CHECK(timeline.final.at(Side::Server).delivered == 300);
  CHECK(timeline.final.at(Side::Server).delivered_stale == 40);
}
