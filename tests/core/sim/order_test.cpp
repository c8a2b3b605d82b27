// The order of things within one instant, for scripts and for a reader's edits.
#include "core/sim/simulation.hpp"

#include "runs.hpp"

#include <doctest/doctest.h>

namespace {

using core::Side;
using core::Timeline;

TEST_CASE("an ACK that falls due after text makes its timer the cause of both") {
  const core::Timeline timeline = runs::played(R"("policy": {"delayed_ack_ms": 200}, "script": [
    {"at_ms": 0, "side": "server", "do": "send", "bytes": 5},
    {"at_ms": 250, "side": "client", "do": "send", "bytes": 5}])");
  std::size_t expired = 0;
  std::size_t sent = 0;
  for (std::size_t i = 0; i < timeline.records.size(); ++i) {
    const core::Record& record = timeline.records[i];
    if (record.at != 250 || record.side != core::Side::Client) continue;
    if (std::holds_alternative<core::Sent>(record.what)) sent = i;
    const auto* timer = std::get_if<core::TimerChanged>(&record.what);
    if (timer != nullptr && timer->change.what == core::TimerAction::Expire) expired = i;
  }
  CHECK(expired > 0);
  CHECK(sent > expired);
}

}  // namespace

TEST_CASE("at one instant: script, arrivals, timers, conditions, what is owed, edits") {
  const Timeline timeline = runs::played(
      R"("network": {"delay_ms": 1000},
         "script": [
           {"at_ms": 0, "side": "client", "do": "shutdown"},
           {"when": {"side": "server", "state": "CLOSE_WAIT"}, "side": "server", "do": "send",
            "bytes": 3},
           {"at_ms": 1000, "side": "server", "do": "send", "bytes": 2}])",
      R"([{"at_ms": 1000, "side": "server", "do": "send", "bytes": 5}])");
  // At 1000 the FIN arrives and the client's timer runs out. What the script sends is one
  // segment, which carries the ACK; the edit's octets come in a segment of their own.
  CHECK(runs::sent(timeline).starts_with(
      "0 client FA 100/300\n1000 client FA 100/300\n1000 server A 300/101+5\n"
      "1000 server A 305/101+5\n"));
  CHECK(runs::story(timeline, 1000, 1000) ==
        "1000 server send\n1000 server hears 1\n1000 client retransmission\n1000 server send\n"
        "1000 server send\n");
}

TEST_CASE("actions of one instant stand in the order of the file") {
  const Timeline timeline = runs::played(R"("script": [
    {"at_ms": 10, "side": "server", "do": "send", "bytes": 1},
    {"at_ms": 10, "side": "client", "do": "send", "bytes": 2},
    {"at_ms": 10, "side": "server", "do": "send", "bytes": 3}])");
  CHECK(runs::story(timeline, 10, 10) == "10 server send\n10 client send\n10 server send\n");
  // Both of the server's calls leave as one segment, with the last of them.
  CHECK(runs::sent(timeline).starts_with("10 client A 100/300+2\n10 server A 300/100+4\n"));
}

TEST_CASE("what is sent and closed at one instant leaves together") {
  const Timeline timeline = runs::played(R"("script": [
    {"at_ms": 0, "side": "client", "do": "send", "bytes": 6},
    {"at_ms": 0, "side": "client", "do": "close"},
    {"when": {"side": "server", "state": "CLOSE_WAIT"}, "after_ms": 200, "side": "server",
     "do": "close"}])");
  CHECK(runs::sent(timeline) ==
        "0 client FA 100/300+6\n50 server A 300/107\n250 server FA 300/107\n"
        "300 client A 107/301\n");
  CHECK(timeline.final.at(Side::Server).delivered == 6);
}

TEST_CASE("what is sent and closed at two instants leaves in two segments") {
  const Timeline timeline = runs::played(R"("script": [
    {"at_ms": 0, "side": "client", "do": "send", "bytes": 6},
    {"at_ms": 1, "side": "client", "do": "shutdown"}])");
  CHECK(runs::sent(timeline) ==
        "0 client A 100/300+6\n1 client FA 106/300\n50 server A 300/106\n"
        "51 server A 300/107\n");
}

TEST_CASE("a FIN waits behind data that wait for the window") {
  const Timeline timeline = runs::played(R"("script": [
    {"at_ms": 0, "side": "client", "do": "send", "bytes": 1500},
    {"at_ms": 0, "side": "client", "do": "close"}])");
  CHECK(runs::sent(timeline).starts_with(
      "0 client A 100/300+1000\n50 server A 300/1100\n100 client FA 1100/300+500\n"));
}

TEST_CASE("an ACK that is due rides on what leaves at the same instant") {
  // The server closes when it hears the FIN: three segments do.
  const Timeline closing = runs::played(R"("script": [
    {"at_ms": 0, "side": "client", "do": "close"},
    {"when": {"side": "server", "state": "CLOSE_WAIT"}, "side": "server", "do": "close"}])");
  CHECK(runs::sent(closing) == "0 client FA 100/300\n50 server FA 300/101\n100 client A 101/301\n");
  // It answers when it hears the question.
  const Timeline answering = runs::played(R"("script": [
    {"at_ms": 0, "side": "client", "do": "send", "bytes": 5},
    {"when": {"segment": 1}, "side": "server", "do": "send", "bytes": 9}])");
  CHECK(runs::sent(answering) ==
        "0 client A 100/300+5\n50 server A 300/105+9\n100 client A 105/309\n");
}

TEST_CASE("every answer but the ACK of what was accepted leaves with its arrival") {
  const Timeline timeline = runs::played(R"("script": [
    {"at_ms": 10, "side": "server", "do": "inject", "segment":
      {"flags": "ACK", "seq": 50, "ack": 300}},
    {"at_ms": 10, "side": "server", "do": "inject", "segment":
      {"flags": "ACK", "seq": 51, "ack": 300}},
    {"at_ms": 10, "side": "server", "do": "send", "bytes": 4}])");
  CHECK(runs::story(timeline, 10, 10) ==
        "10 server hears 1\n10 server answers 2\n10 server hears 3\n10 server answers 4\n"
        "10 server send\n");
}

TEST_CASE("two segments of text that arrive together are acknowledged together") {
  const Timeline timeline = runs::played(R"("policy": {"mss": 5}, "script": [
    {"at_ms": 0, "side": "client", "do": "send", "bytes": 10}])");
  CHECK(runs::sent(timeline) ==
        "0 client A 100/300+5\n0 client A 105/300+5\n50 server A 300/110\n");
}

TEST_CASE("arrivals stand in the order in which they were sent") {
  const Timeline timeline = runs::played(R"("script": [
    {"at_ms": 0, "side": "client", "do": "send", "bytes": 1},
    {"at_ms": 20, "side": "server", "do": "send", "bytes": 1},
    {"at_ms": 40, "side": "client", "do": "send", "bytes": 1},
    {"fault": "delay", "segment": {"number": 1}, "by_ms": 40},
    {"fault": "delay", "segment": {"number": 2}, "by_ms": 20}])");
  CHECK(runs::heard(timeline).starts_with(
      "90 server 1 accepted\n90 client 2 accepted\n90 server 3 accepted\n"));
}

TEST_CASE("timers: the client's first, and of one end in the order in which they were started") {
  const Timeline both = runs::played(R"("script": [
    {"at_ms": 0, "side": "server", "do": "shutdown"},
    {"at_ms": 0, "side": "client", "do": "shutdown"},
    {"fault": "drop", "segment": {"number": 1}},
    {"fault": "drop", "segment": {"number": 2}}])");
  CHECK(runs::story(both, 1000, 1000) ==
        "1000 client retransmission\n1000 server retransmission\n");
  // Retransmission was started before keepalive could be, and both run out at 1000.
  const Timeline one = runs::played(R"(
    "client": {"state": "FIN_WAIT_2", "snd_nxt": 101, "rcv_nxt": 300, "orphan": true,
               "policy": {"fin_wait_2_timeout_ms": 1000,
                          "keepalive": {"idle_ms": 1000, "interval_ms": 10, "probes": 1}}},
    "server": {"state": "CLOSE_WAIT", "snd_nxt": 300, "rcv_nxt": 101}, "script": [])");
  CHECK(runs::story(one, 1000, 1000) == "1000 client keepalive\n1000 client fin-wait-2\n");
}

TEST_CASE("a timer that another one stops at its very instant does not run out") {
  const Timeline timeline = runs::played(R"("policy": {"user_timeout_ms": 1000}, "script": [
    {"at_ms": 0, "side": "client", "do": "send", "bytes": 1},
    {"fault": "drop", "segment": {"number": 1}}])");
  CHECK(runs::story(timeline, 1000, 1000) == "1000 client user-timeout\n");
  CHECK(timeline.segments.size() == 1);
}

TEST_CASE("an arrival at the instant of a timer comes first") {
  // The ACK arrives when the retransmission timer would run out.
  const Timeline timeline = runs::played(R"("network": {"delay_ms": 500}, "script": [
    {"at_ms": 0, "side": "client", "do": "send", "bytes": 1}])");
  CHECK(runs::story(timeline) ==
        "0 client send\n500 server hears 1\n500 server answers 2\n"
        "1000 client hears 2\n");
}

TEST_CASE("an edit is wholly past what the script does at its instant") {
  const Timeline timeline = core::simulate(
      runs::of("normal-close", R"([{"at_ms": 50, "side": "server", "do": "close"}])"));
  // The ACK of the FIN has left before the edit's FIN: still four segments.
  CHECK(runs::sent(timeline) ==
        "0 client FA 100/300\n50 server A 300/101\n50 server FA 300/101\n100 client A 101/301\n");
}

TEST_CASE("edits of one instant are carried out one by one, in the order of their list") {
  const Timeline timeline =
      runs::played(R"("script": [{"at_ms": 5, "side": "client", "do": "send", "bytes": 1}])",
                   R"([{"at_ms": 5, "side": "client", "do": "send", "bytes": 2},
                       {"at_ms": 5, "side": "client", "do": "shutdown"},
                       {"at_ms": 5, "side": "server", "do": "send", "bytes": 3}])");
  CHECK(runs::story(timeline, 5, 5) ==
        "5 client send\n5 client send\n5 client shutdown\n5 server send\n");
  CHECK(timeline.segments.size() >= 4);
}

TEST_CASE("a script's entry may stand where edits stand") {
  const std::string saved = R"("script": [
    {"at_ms": 5, "side": "client", "do": "send", "bytes": 2, "last": true},
    {"at_ms": 5, "side": "client", "do": "send", "bytes": 1}])";
  const Timeline timeline = runs::played(saved);
  CHECK(runs::sent(timeline).starts_with("5 client A 100/300+1\n5 client A 101/300+2\n"));
  const Timeline edited =
      runs::played(R"("script": [{"at_ms": 5, "side": "client", "do": "send", "bytes": 1}])",
                   R"([{"at_ms": 5, "side": "client", "do": "send", "bytes": 2}])");
  CHECK(runs::sent(edited) == runs::sent(timeline));
}

TEST_CASE("what an edit brings about can make a condition true at the same instant") {
  const Timeline timeline = runs::played(
      R"("script": [{"when": {"side": "client", "state": "FIN_WAIT_1"}, "side": "server",
                     "do": "send", "bytes": 1}])",
      R"([{"at_ms": 7, "side": "client", "do": "shutdown"}])");
  CHECK(runs::story(timeline, 7, 7) == "7 client shutdown\n7 server send\n");
}

TEST_CASE("an action waits so long after its condition first held, and is carried out once") {
  const Timeline timeline = runs::played(R"("script": [
    {"when": {"client": "FIN_WAIT_2", "server": "CLOSE_WAIT"}, "after_ms": 25, "side": "server",
     "do": "send", "bytes": 1},
    {"when": {"segment": 1}, "after_ms": 3, "side": "server", "do": "send", "bytes": 2},
    {"when": {"side": "client", "state": "ESTABLISHED"}, "side": "client", "do": "shutdown"}])");
  CHECK(runs::story(timeline, 0, 125) ==
        "0 client shutdown\n50 server hears 1\n50 server answers 2\n53 server send\n"
        "100 client hears 2\n103 client hears 3\n103 client answers 4\n125 server send\n");
}

TEST_CASE("what leaves stands behind whatever stopped its timer in the same instant") {
  // At 100 the Client sends again, and then hears that all before it has arrived: the timer that
  // stops there starts anew when the second text leaves.
  const Timeline timeline = runs::played(R"("script": [
    {"at_ms": 0, "side": "client", "do": "send", "bytes": 6},
    {"at_ms": 100, "side": "client", "do": "send", "bytes": 6}])");
  CHECK(runs::story(timeline, 100, 100) ==
        "100 client send\n100 client hears 2\n100 client answers 3\n");
}

TEST_CASE("a step has the rule of what happened, not of what leaves because of it") {
  // The window opens (A4), and the FIN that waited for it leads to LAST_ACK (C2).
  const Timeline timeline = runs::played(R"(
    "client": {"state": "FIN_WAIT_2", "snd_nxt": 101, "rcv_nxt": 300, "rcv_wnd": 0,
               "unread": 1000, "reads": "by_script"},
    "server": {"state": "CLOSE_WAIT", "snd_nxt": 300, "rcv_nxt": 101},
    "until_ms": 150, "script": [
      {"at_ms": 0, "side": "server", "do": "shutdown"},
      {"at_ms": 100, "side": "client", "do": "receive"}])");
  CHECK(runs::story(timeline) ==
        "0 server shutdown\n100 client receive\n150 server hears 1\n150 server answers 2\n");
  CHECK(runs::walk(timeline, Side::Server) == "CLOSE_WAIT LAST_ACK");
  CHECK(timeline.steps.back().rule == core::Rule::A4);
}

TEST_CASE("what leaves can make a condition true at the same instant") {
  // LAST_ACK begins when the FIN is sent (3.10.4), which is when the instant is over.
  const Timeline timeline = runs::played(R"("script": [
    {"at_ms": 0, "side": "client", "do": "shutdown"},
    {"at_ms": 200, "side": "server", "do": "shutdown"},
    {"when": {"side": "server", "state": "LAST_ACK"}, "side": "client", "do": "receive"}])");
  CHECK(runs::story(timeline, 200, 250) ==
        "200 server shutdown\n200 client receive\n250 client hears 3\n250 client answers 4\n");
}
