// Hosts that go down and come back, connections that are opened, and one incarnation after another.
#include "core/sim/simulation.hpp"

#include "runs.hpp"

#include <doctest/doctest.h>

#include <vector>

namespace {

using core::Fate;
using core::Side;
using core::Timeline;

const std::string from_closed = R"("client": {"state": "CLOSED"}, "server": {"state": "LISTEN"}, )";

std::vector<int> incarnations(const Timeline& timeline) {
  std::vector<int> out;
  for (const core::Transmission& one : timeline.segments) out.push_back(one.incarnation);
  return out;
}

}  // namespace

// --- Hosts --------------------------------------------------------------------------------------

TEST_CASE("a host that goes down forgets everything, without a word") {
  const Timeline timeline = runs::played(R"(
    "policy": {"keepalive": {"idle_ms": 7200, "interval_ms": 75, "probes": 1}},
    "server": {"snd_nxt": 300, "rcv_nxt": 100, "reads": "by_script"}, "script": [
      {"at_ms": 0, "side": "client", "do": "send", "bytes": 9},
      {"at_ms": 60, "side": "server", "do": "send", "bytes": 1},
      {"at_ms": 60, "side": "server", "do": "crash"}], "until_ms": 60)");
  const core::Endpoint& server = timeline.final.at(Side::Server);
  CHECK_FALSE(server.up);
  CHECK(server.tcb.state == core::State::Closed);
  CHECK(server.tcb.unread == 0);
  CHECK(server.buffer.empty());
  CHECK(server.timers.empty());
  CHECK(server.tcb.timers == core::TimerSet{});
  const core::Step& crash = timeline.steps.back();
  CHECK(crash.kind == core::StepKind::Host);
  CHECK(crash.rule == core::Rule::H1);
  // What it was about to send at that instant never leaves.
  CHECK(timeline.segments.size() == 2);
  CHECK(runs::signals(timeline).empty());
}

TEST_CASE("what was unread at a crash takes no room in the window of the next connection") {
  const Timeline timeline = runs::played(R"(
    "server": {"snd_nxt": 300, "rcv_nxt": 100, "rcv_wnd": 600, "unread": 400,
               "reads": "by_script"},
    "script": [
      {"at_ms": 0, "side": "client", "do": "abort"},
      {"at_ms": 10, "side": "server", "do": "crash"},
      {"at_ms": 20, "side": "server", "do": "reboot"},
      {"at_ms": 90, "side": "server", "do": "listen"},
      {"at_ms": 100, "side": "client", "do": "connect"},
      {"at_ms": 300, "side": "client", "do": "send", "bytes": 10}])");
  const core::Transmission& answer = timeline.segment(3);
  CHECK(answer.segment.flags == core::Flags{.syn = true, .ack = true});
  CHECK(answer.segment.wnd == 1000);
  // Its application reads in its own time, as before.
  const core::Endpoint& server = timeline.final.at(Side::Server);
  CHECK(server.tcb.unread == 10);
  CHECK(server.delivered == 0);
}

TEST_CASE("every state can be left by a crash") {
  for (const core::State state : core::all_states) {
    CAPTURE(core::to_string(state));
    const Timeline timeline = runs::played(
        R"("client": {"state": ")" + std::string(core::to_string(state)) +
        R"(", "snd_nxt": 101, "rcv_nxt": 301}, "server": {"state": "CLOSED"}, "until_ms": 5,
        "script": [{"at_ms": 5, "side": "client", "do": "crash"}])");
    CHECK(timeline.final.at(Side::Client).tcb.state == core::State::Closed);
    CHECK(timeline.final.at(Side::Client).timers.empty());
    const bool changed = runs::walk(timeline, Side::Client).find(' ') != std::string::npos;
    CHECK(changed == (state != core::State::Closed));
  }
}

TEST_CASE("what a host had sent arrives, and what it would have heard finds nobody") {
  const Timeline timeline = runs::played(R"("until_ms": 100, "script": [
    {"at_ms": 0, "side": "server", "do": "send", "bytes": 3},
    {"at_ms": 1, "side": "client", "do": "send", "bytes": 5},
    {"at_ms": 20, "side": "server", "do": "crash"}])");
  CHECK(timeline.segment(1).fate == Fate::Delivered);
  CHECK(timeline.segment(2).fate == Fate::HostDown);
  CHECK(timeline.segment(2).arrives_at == 51);
  CHECK(timeline.final.at(Side::Client).delivered == 3);
  CHECK(runs::story(timeline, 50, 51) ==
        "50 client hears 1\n50 client answers 3\n51 client loses 2\n");
}

TEST_CASE("a host that comes back knows nothing, and says so") {
  const Timeline timeline = runs::played(R"("script": [
    {"at_ms": 0, "side": "server", "do": "crash"},
    {"at_ms": 10, "side": "server", "do": "reboot"},
    {"at_ms": 20, "side": "client", "do": "send", "bytes": 5}])");
  CHECK(runs::sent(timeline) == "20 client A 100/300+5\n70 server R 300\n");
  CHECK(timeline.final.at(Side::Server).up);
  CHECK(runs::signals(timeline) == "120 client connection_reset\n");
  CHECK(runs::warnings(timeline).empty());
}

TEST_CASE("who heard nothing of a crash goes on as before, until it sends something") {
  const Timeline timeline = runs::played(R"("script": [
    {"at_ms": 0, "side": "server", "do": "crash"}])");
  CHECK(timeline.ended == core::Ended::Waiting);
  CHECK(runs::warnings(timeline).size() == 1);
}

TEST_CASE("a crash is not a segment's arrival, and wakes no one who waits for it") {
  const Timeline timeline = runs::played(R"("until_ms": 70, "script": [
    {"at_ms": 0, "side": "client", "do": "send", "bytes": 5},
    {"at_ms": 20, "side": "server", "do": "crash"},
    {"when": {"segment": 1}, "side": "client", "do": "send", "bytes": 1}])");
  CHECK(timeline.segments.size() == 1);
  CHECK(runs::warnings(timeline) ==
        std::vector<std::string>{"/script/2: its condition never held"});
}

// --- Opening ------------------------------------------------------------------------------------

TEST_CASE("three segments open a connection") {
  const Timeline timeline =
      runs::played(from_closed +
                   R"("script": [{"at_ms": 0, "side": "client", "do": "connect", "iss": 100},
                    {"when": {"side": "client", "state": "ESTABLISHED"}, "side": "client",
                     "do": "send", "bytes": 5}])");
  CHECK(runs::sent(timeline) ==
        "0 client S 100\n50 server SA 0/101\n100 client A 101/1+5\n150 server A 1/106\n");
  CHECK(runs::walk(timeline, Side::Client) == "CLOSED SYN_SENT ESTABLISHED");
  CHECK(runs::walk(timeline, Side::Server) == "LISTEN SYN_RECEIVED ESTABLISHED");
  CHECK(incarnations(timeline) == std::vector{1, 1, 1, 1});
}

TEST_CASE("LISTEN may choose the first number too") {
  const Timeline timeline = runs::played(R"(
    "client": {"state": "CLOSED"}, "server": {"state": "CLOSED"}, "script": [
      {"at_ms": 0, "side": "server", "do": "listen", "iss": 300},
      {"at_ms": 0, "side": "client", "do": "connect"}])");
  CHECK(runs::sent(timeline) == "0 client S 0\n50 server SA 300/1\n100 client A 1/301\n");
}

TEST_CASE("two ends that open at once end up with one connection") {
  const Timeline timeline = runs::played(R"(
    "client": {"state": "CLOSED"}, "server": {"state": "CLOSED"}, "script": [
      {"at_ms": 0, "side": "client", "do": "connect", "iss": 100},
      {"at_ms": 0, "side": "server", "do": "connect", "iss": 300}])");
  const std::string walk = "CLOSED SYN_SENT SYN_RECEIVED ESTABLISHED";
  CHECK(runs::walk(timeline, Side::Client) == walk);
  CHECK(runs::walk(timeline, Side::Server) == walk);
  CHECK(runs::sent(timeline).starts_with(
      "0 client S 100\n0 server S 300\n50 server SA 300/101\n50 client SA 100/301\n"));
  CHECK(timeline.final.at(Side::Client).incarnation == 1);
  CHECK(timeline.final.at(Side::Server).incarnation == 1);
  CHECK(timeline.ended == core::Ended::Waiting);
}

TEST_CASE("nobody listens: the connection is refused") {
  const Timeline timeline = runs::played(R"(
    "client": {"state": "CLOSED"}, "server": {"state": "CLOSED"}, "script": [
      {"at_ms": 0, "side": "client", "do": "connect", "iss": 100}])");
  CHECK(runs::sent(timeline) == "0 client S 100\n50 server RA 0/101\n");
  CHECK(runs::signals(timeline) == "100 client connection_refused\n");
}

TEST_CASE("a SYN that nobody answers is repeated up to 63 s, tried once more, and given up") {
  const Timeline timeline = runs::played(R"(
    "client": {"state": "CLOSED"}, "server": {"state": "CLOSED"}, "script": [
      {"at_ms": 0, "side": "server", "do": "crash"},
      {"at_ms": 0, "side": "client", "do": "connect", "iss": 100}])");
  std::vector<core::Time> times;
  for (const core::Transmission& one : timeline.segments) times.push_back(one.sent_at);
  CHECK(times == std::vector<core::Time>{0, 1000, 3000, 7000, 15000, 31000, 63000, 123000});
  CHECK(runs::signals(timeline) == "183000 client timed_out\n");
}

// --- Incarnations -------------------------------------------------------------------------------

TEST_CASE("two ends that open the first incarnation at once both begin it") {
  const Timeline timeline = runs::played(R"("client": {"state": "CLOSED"},
    "server": {"state": "CLOSED"}, "until_ms": 10, "script": [
      {"at_ms": 0, "side": "client", "do": "connect"},
      {"at_ms": 10, "side": "server", "do": "connect"}])");
  REQUIRE(timeline.segments.size() == 2);
  CHECK(timeline.segments[0].segment.seq == core::Seq{});
  CHECK(timeline.segments[1].segment.seq == core::Seq{});
}

TEST_CASE("a later incarnation begins well beyond the numbers of the one before") {
  const Timeline timeline = runs::played(R"("script": [
    {"at_ms": 0, "side": "client", "do": "abort"},
    {"at_ms": 100, "side": "server", "do": "listen"},
    {"at_ms": 200, "side": "client", "do": "connect"}])");
  CHECK(
      runs::sent(timeline) ==
      "0 client R 100\n200 client S 65637\n250 server SA 65837/65638\n300 client A 65638/65838\n");
  CHECK(incarnations(timeline) == std::vector{1, 2, 2, 2});
  CHECK(timeline.final.at(Side::Server).incarnation == 2);
}

TEST_CASE("TIME_WAIT can be left for a new incarnation, actively") {
  const Timeline timeline = runs::played(R"(
    "client": {"state": "TIME_WAIT", "snd_nxt": 101, "rcv_nxt": 301},
    "server": {"state": "CLOSED", "snd_nxt": 301, "rcv_nxt": 101}, "script": [
      {"at_ms": 0, "side": "server", "do": "listen"},
      {"at_ms": 10, "side": "client", "do": "connect"}])");
  CHECK(runs::walk(timeline, Side::Client) == "TIME_WAIT SYN_SENT ESTABLISHED");
  CHECK(timeline.segment(1).segment.seq == core::Seq{101 + 65'537});
  CHECK(timeline.segment(1).incarnation == 2);
  CHECK(timeline.final.at(Side::Server).incarnation == 2);
}

TEST_CASE("a newer SYN in TIME_WAIT begins an incarnation at both ends") {
  const Timeline timeline = core::simulate(runs::of("time-wait-reopen"));
  CHECK(runs::walk(timeline, Side::Client) == "TIME_WAIT SYN_RECEIVED ESTABLISHED");
  CHECK(timeline.final.at(Side::Client).incarnation == timeline.final.at(Side::Server).incarnation);
  CHECK(timeline.final.at(Side::Client).incarnation == 2);
  // The server's SYN is of the incarnation that it opens.
  for (const core::Transmission& one : timeline.segments) CHECK(one.incarnation == 2);
}

TEST_CASE("a rebooted host goes on with numbers beyond its old ones") {
  const Timeline timeline = runs::played(R"("script": [
    {"at_ms": 0, "side": "client", "do": "abort"},
    {"at_ms": 10, "side": "client", "do": "crash"},
    {"at_ms": 20, "side": "client", "do": "reboot"},
    {"at_ms": 90, "side": "server", "do": "listen"},
    {"at_ms": 100, "side": "client", "do": "connect"}])");
  CHECK(timeline.segment(2).segment.seq == core::Seq{65'637});
  CHECK(timeline.segment(2).incarnation == 2);
}

TEST_CASE("a segment of an old incarnation stays what it is, however late it comes") {
  // Data of the first incarnation are delayed into the second, whose numbers they happen to fit.
  const Timeline timeline = runs::played(R"(
    "script": [
      {"at_ms": 0, "side": "client", "do": "send", "bytes": 7},
      {"at_ms": 10, "side": "client", "do": "abort"},
      {"at_ms": 10, "side": "server", "do": "abort"},
      {"at_ms": 100, "side": "server", "do": "listen", "iss": 299},
      {"at_ms": 110, "side": "client", "do": "connect", "iss": 99},
      {"fault": "delay", "segment": {"number": 1}, "by_ms": 400}])");
  const core::Endpoint& server = timeline.final.at(Side::Server);
  CHECK(server.tcb.state == core::State::Established);
  CHECK(timeline.segment(1).incarnation == 1);
  CHECK(server.delivered == 7);
  CHECK(server.delivered_stale == 7);
}

TEST_CASE("a retransmission is one within its incarnation only") {
  const Timeline timeline = runs::played(R"(
    "script": [
      {"at_ms": 0, "side": "client", "do": "send", "bytes": 7},
      {"at_ms": 200, "side": "client", "do": "abort"},
      {"at_ms": 300, "side": "server", "do": "listen", "iss": 299},
      {"at_ms": 310, "side": "client", "do": "connect", "iss": 99},
      {"at_ms": 500, "side": "client", "do": "send", "bytes": 7}])");
  const core::Transmission* last = nullptr;
  for (const core::Transmission& one : timeline.segments) {
    if (one.from == Side::Client && one.segment.len == 7) last = &one;
  }
  REQUIRE(last != nullptr);
  CHECK(last->sent_at == 500);
  CHECK(last->segment.seq == core::Seq{100});
  CHECK_FALSE(last->retransmission_of.has_value());
}

TEST_CASE("a reset that answers an old segment is of the connection of that segment") {
  // By 3.10.7.3 an ACK of something other than our SYN is answered with SEQ=SEG.ACK, a number of
  // the connection that it came from.
  const Timeline timeline = runs::played(R"(
    "client": {"state": "TIME_WAIT", "snd_nxt": 101, "rcv_nxt": 301},
    "server": {"state": "CLOSED", "snd_nxt": 301, "rcv_nxt": 101}, "until_ms": 20, "script": [
      {"at_ms": 10, "side": "client", "do": "connect"},
      {"at_ms": 20, "side": "client", "do": "inject", "segment":
        {"flags": "ACK", "seq": 301, "ack": 101, "incarnation": 1}}])");
  CHECK(runs::sent(timeline) ==
        "10 client S 65638 in flight\n20 server A 301/101 injected\n20 client R 101 in flight\n");
  CHECK(incarnations(timeline) == std::vector{2, 1, 1});
}

TEST_CASE("an ACK is of the connection of its sender, whatever it answers") {
  const Timeline timeline = runs::played(R"("until_ms": 0, "script": [
    {"at_ms": 0, "side": "client", "do": "inject", "segment":
      {"flags": "ACK", "seq": 290, "ack": 100, "len": 5, "incarnation": 7}}])");
  CHECK(incarnations(timeline) == std::vector{7, 1});
}
