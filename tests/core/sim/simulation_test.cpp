// Whole closes, from the first call to the last timer, and how they are cut into steps.
// Longer than 300 lines: one test for each way a connection closes.
#include "core/sim/simulation.hpp"

#include "runs.hpp"

#include "core/narrate/narrate.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <vector>

namespace {

using core::Side;
using core::StepKind;
using core::Timeline;

/// One part of the words of each step, a line each.
std::string words(const core::Run& run, std::string core::StepText::* part) {
  std::string out;
  const Timeline timeline = core::simulate(run);
  for (const core::StepText& step : core::step_texts(run.scenario, timeline)) {
    out += step.*part + "\n";
  }
  return out;
}

}  // namespace

TEST_CASE("the normal close has exactly its twelve steps") {
  const Timeline timeline = core::simulate(runs::of("normal-close"));
  CHECK(words(runs::of("normal-close"), &core::StepText::title) ==
        "ESTABLISHED\nFIN →\nServer receives the FIN\nACK ←\nClient receives the ACK\n"
        "Half-closed\nFIN ←\nClient receives the FIN\nACK →\nServer receives the ACK\n"
        "TIME_WAIT\nCLOSED\n");
  CHECK(timeline.ended == core::Ended::Closed);
  CHECK(runs::warnings(timeline).empty());
}

TEST_CASE("both ends walk as the RFC's state diagram says") {
  const auto walks = [](std::string_view id) {
    const Timeline timeline = core::simulate(runs::of(id));
    return runs::walk(timeline, Side::Client) + " | " + runs::walk(timeline, Side::Server);
  };
  const std::string passive = "ESTABLISHED CLOSE_WAIT LAST_ACK CLOSED";
  const std::string active = "ESTABLISHED FIN_WAIT_1 FIN_WAIT_2 TIME_WAIT CLOSED | " + passive;
  CHECK(walks("normal-close") == active);
  CHECK(walks("lost-first-fin") == active);
  CHECK(walks("lost-final-ack") == active);
  CHECK(walks("three-segments") == "ESTABLISHED FIN_WAIT_1 TIME_WAIT CLOSED | " + passive);
}

TEST_CASE("the server is CLOSED before the client, by 2 MSL") {
  const Timeline timeline = core::simulate(runs::of("normal-close"));
  const core::Record& last = timeline.records.back();
  CHECK(last.side == Side::Client);
  CHECK(last.at == 240'300);
}

TEST_CASE("a repeated FIN in TIME_WAIT starts 2 MSL over") {
  const Timeline timeline = core::simulate(runs::of("lost-final-ack"));
  CHECK(timeline.records.back().at == 241'300);
  CHECK(timeline.segments.size() == 6);
  CHECK(timeline.segment(5).retransmission_of == 3);
  CHECK_FALSE(timeline.segment(6).retransmission_of.has_value());
}

TEST_CASE("a lost FIN is repeated at 1, 3, 7, 15, 31 and 63 s, and given up at 123 s") {
  std::string script = R"("script": [{"at_ms": 0, "side": "client", "do": "shutdown"})";
  for (int nth = 1; nth <= 7; ++nth) {
    script += R"(,{"fault": "drop", "segment": {"from": "client", "has": "FIN", "nth": )" +
              std::to_string(nth) + "}}";
  }
  const Timeline timeline = runs::played(script + "]");
  CHECK(runs::sent(timeline) ==
        "0 client FA 100/300 x\n1000 client FA 100/300 x\n3000 client FA 100/300 x\n"
        "7000 client FA 100/300 x\n15000 client FA 100/300 x\n31000 client FA 100/300 x\n"
        "63000 client FA 100/300 x\n");
  CHECK(timeline.records.back().at == 123'000);
  CHECK(runs::walk(timeline, Side::Client) == "ESTABLISHED FIN_WAIT_1 CLOSED");
  CHECK(timeline.ended == core::Ended::Waiting);
  CHECK(runs::warnings(timeline) ==
        std::vector<std::string>{
            "Server waits in ESTABLISHED for its application to close, without knowing that the "
            "Client is gone, and no timer runs"});
}

TEST_CASE("half-closed, the other direction still carries data") {
  const Timeline timeline = runs::played(R"("script": [
    {"at_ms": 0, "side": "client", "do": "shutdown"},
    {"at_ms": 200, "side": "server", "do": "send", "bytes": 200},
    {"at_ms": 400, "side": "server", "do": "send", "bytes": 100},
    {"at_ms": 600, "side": "server", "do": "shutdown"}])");
  CHECK(runs::sent(timeline) ==
        "0 client FA 100/300\n50 server A 300/101\n200 server A 300/101+200\n"
        "250 client A 101/500\n400 server A 500/101+100\n450 client A 101/600\n"
        "600 server FA 600/101\n650 client A 101/601\n");
  CHECK(timeline.final.at(Side::Client).delivered == 300);
}

TEST_CASE("when both close at once, both go through CLOSING and both wait") {
  const Timeline timeline = runs::played(R"("script": [
    {"at_ms": 0, "side": "client", "do": "close"},
    {"at_ms": 0, "side": "server", "do": "close"}])");
  CHECK(runs::sent(timeline) ==
        "0 client FA 100/300\n0 server FA 300/100\n50 server A 301/101\n50 client A 101/301\n");
  const std::string walk = "ESTABLISHED FIN_WAIT_1 CLOSING TIME_WAIT CLOSED";
  CHECK(runs::walk(timeline, Side::Client) == walk);
  CHECK(runs::walk(timeline, Side::Server) == walk);
}

TEST_CASE("a simultaneous close with a lost FIN takes two different ways to the same end") {
  const Timeline timeline = runs::played(R"("script": [
    {"at_ms": 0, "side": "client", "do": "close"},
    {"at_ms": 0, "side": "server", "do": "close"},
    {"fault": "drop", "segment": {"number": 1}}])");
  CHECK(runs::walk(timeline, Side::Client) == "ESTABLISHED FIN_WAIT_1 CLOSING TIME_WAIT CLOSED");
  CHECK(runs::walk(timeline, Side::Server) == "ESTABLISHED FIN_WAIT_1 FIN_WAIT_2 TIME_WAIT CLOSED");
}

TEST_CASE("closing with unread data resets, and so do data after close()") {
  const Timeline unread = runs::played(R"(
    "server": {"snd_nxt": 300, "rcv_nxt": 100, "reads": "by_script"},
    "script": [{"at_ms": 0, "side": "client", "do": "send", "bytes": 50},
               {"at_ms": 100, "side": "server", "do": "close"}])");
  CHECK(runs::sent(unread) == "0 client A 100/300+50\n50 server A 300/150\n100 server R 300\n");
  const Timeline after = runs::played(R"("script": [
    {"at_ms": 0, "side": "client", "do": "close"},
    {"at_ms": 200, "side": "server", "do": "send", "bytes": 10}])");
  CHECK(runs::sent(after) ==
        "0 client FA 100/300\n50 server A 300/101\n200 server A 300/101+10\n250 client R 101\n");
  CHECK(runs::walk(after, Side::Server) == "ESTABLISHED CLOSE_WAIT CLOSED");
}

TEST_CASE("an end that is CLOSED sends nothing but resets") {
  // The Server closes at the instant at which data reach it: it resets, and no FIN follows.
  const Timeline timeline = runs::played(R"("script": [
    {"at_ms": 0, "side": "client", "do": "send", "bytes": 5},
    {"at_ms": 50, "side": "server", "do": "close"}])");
  CHECK(runs::sent(timeline) == "0 client A 100/300+5\n50 server R 300\n");
  const core::Run run = runs::written(R"(
    "client": {"state": "CLOSED", "snd_nxt": 100, "rcv_nxt": 300},
    "server": {"state": "CLOSED", "snd_nxt": 300, "rcv_nxt": 100}, "script": [])");
  CHECK(core::simulate(run).segments.empty());
  CHECK(words(run, &core::StepText::title) == "CLOSED\n");
}

TEST_CASE("octets that were received before a graceful end can still be read") {
  const Timeline timeline = runs::played(R"(
    "server": {"snd_nxt": 300, "rcv_nxt": 100, "reads": "by_script"},
    "script": [{"at_ms": 0, "side": "client", "do": "send", "bytes": 10},
               {"at_ms": 0, "side": "client", "do": "shutdown"},
               {"at_ms": 100, "side": "server", "do": "shutdown"},
               {"at_ms": 700, "side": "server", "do": "receive"}])");
  CHECK(timeline.final.at(Side::Server).tcb.state == core::State::Closed);
  CHECK(timeline.final.at(Side::Server).delivered == 10);
}

TEST_CASE("a segment that is acknowledged in part is repeated from there") {
  const Timeline timeline = runs::played(R"(
    "client": {"snd_nxt": 100, "snd_una": 0, "rcv_nxt": 300},
    "server": {"snd_nxt": 300, "rcv_nxt": 0, "rcv_wnd": 30, "reads": "by_script"},
    "until_ms": 6000,
    "script": [{"at_ms": 1500, "side": "server", "do": "receive"}])");
  CHECK(runs::sent(timeline).starts_with("1000 client A 0/300+100\n1050 server A 300/30\n"));
  CHECK(timeline.segment(4).segment.seq == core::Seq{30});
  CHECK(timeline.segment(4).retransmission_of == 1);
}

TEST_CASE("a run may start in any state of the closing, with the timers that it implies") {
  const auto start = [](std::string_view client, std::string_view server, int client_snd,
                        int server_snd, int client_rcv, int server_rcv) {
    const auto end = [](std::string_view state, int snd, int rcv) {
      return R"({"state": ")" + std::string(state) + R"(", "snd_nxt": )" + std::to_string(snd) +
             R"(, "rcv_nxt": )" + std::to_string(rcv) + "}";
    };
    return runs::played(R"("client": )" + end(client, client_snd, client_rcv) + R"(, "server": )" +
                        end(server, server_snd, server_rcv) + R"(, "script": [])");
  };
  const Timeline waiting = start("TIME_WAIT", "CLOSED", 101, 301, 301, 101);
  CHECK(waiting.records.front().at == 240'000);
  CHECK(waiting.ended == core::Ended::Closed);
  // The FIN that LAST_ACK waits for is out, and its timer runs.
  const Timeline last = start("TIME_WAIT", "LAST_ACK", 101, 301, 301, 101);
  CHECK(runs::sent(last) == "1000 server FA 300/101\n1050 client A 101/301\n");
  const Timeline stuck = start("FIN_WAIT_2", "CLOSE_WAIT", 101, 300, 300, 101);
  CHECK(stuck.ended == core::Ended::Waiting);
  CHECK(runs::warnings(stuck).size() == 2);
}

TEST_CASE("a FIN that probed a shut window leaves again when the window opens") {
  const Timeline timeline = runs::played(R"(
    "server": {"snd_nxt": 300, "rcv_nxt": 100, "rcv_wnd": 0, "unread": 1000,
               "reads": "by_script"}, "until_ms": 1600, "script": [
      {"at_ms": 0, "side": "client", "do": "shutdown"},
      {"at_ms": 1500, "side": "server", "do": "receive"}])");
  CHECK(runs::sent(timeline) ==
        "1000 client FA 100/300\n1050 server A 300/100\n1500 server A 300/100\n"
        "1550 client FA 100/300\n1600 server A 300/101 in flight\n");
}

TEST_CASE("what is on its way at the start is cut by the MSS, and its FIN comes last") {
  const Timeline timeline = runs::played(R"("policy": {"mss": 4},
    "client": {"state": "FIN_WAIT_1", "snd_nxt": 111, "snd_una": 100, "rcv_nxt": 300},
    "server": {"snd_nxt": 300, "rcv_nxt": 100}, "script": [], "until_ms": 0)");
  const std::vector<core::SequenceRange> expected = {
      {.seq = {100}, .len = 4}, {.seq = {104}, .len = 4}, {.seq = {108}, .len = 2, .fin = true}};
  const core::Tcb& tcb = timeline.steps.front().world.at(Side::Client).tcb;
  CHECK(tcb.retransmission_queue == expected);
  CHECK(tcb.fin == core::Seq{110});
}

TEST_CASE("the user timeout watches what is on its way at the start until all is acknowledged") {
  const Timeline timeline = runs::played(R"("policy": {"user_timeout_ms": 5000},
    "client": {"snd_nxt": 106, "snd_una": 100, "rcv_nxt": 300},
    "server": {"snd_nxt": 300, "rcv_nxt": 100}, "script": [
      {"at_ms": 0, "side": "server", "do": "crash"},
      {"at_ms": 10, "side": "client", "do": "inject", "segment":
        {"flags": "ACK", "seq": 300, "ack": 103}}])");
  CHECK(timeline.records.back().at == 5'000);
  CHECK(runs::signals(timeline) == "5000 client timed_out\n");
}

TEST_CASE("the first numbers of a start are what they would be had only SYN and FIN been sent") {
  struct Row {
    const char* state;
    std::uint32_t iss;  ///< before 101
    std::uint32_t irs;  ///< before 301
  };
  const Row rows[] = {
      {"SYN_SENT", 100, 300},  {"SYN_RECEIVED", 100, 300}, {"ESTABLISHED", 100, 300},
      {"FIN_WAIT_1", 99, 300}, {"FIN_WAIT_2", 99, 300},    {"CLOSE_WAIT", 100, 299},
      {"CLOSING", 99, 299},    {"LAST_ACK", 99, 299},      {"TIME_WAIT", 99, 299}};
  for (const Row& row : rows) {
    CAPTURE(row.state);
    const Timeline timeline = runs::played(R"("client": {"state": ")" + std::string(row.state) +
                                           R"(", "snd_nxt": 101, "rcv_nxt": 301},
      "script": [], "until_ms": 0)");
    const core::Tcb& tcb = timeline.steps.front().world.at(Side::Client).tcb;
    CHECK(tcb.iss == core::Seq{row.iss});
    CHECK(tcb.irs == core::Seq{row.irs});
    // 3.10.1: "Set SND.UNA to ISS, SND.NXT to ISS+1".
    if (!core::opening(tcb.state)) continue;
    CHECK(tcb.snd_una == tcb.iss);
    CHECK(tcb.retransmission_queue ==
          std::vector<core::SequenceRange>{{.seq = tcb.iss, .syn = true}});
  }
}

TEST_CASE("a start in SYN_RECEIVED comes from LISTEN, and a reset leads back there") {
  const Timeline timeline = runs::played(R"(
    "client": {"state": "CLOSED", "snd_nxt": 100, "rcv_nxt": 300},
    "server": {"state": "SYN_RECEIVED", "snd_nxt": 300, "rcv_nxt": 100}, "script": [
      {"at_ms": 0, "side": "server", "do": "inject", "segment": {"flags": "RST", "seq": 100}}])");
  CHECK(runs::walk(timeline, Side::Server) == "SYN_RECEIVED LISTEN");
}

TEST_CASE("a start in LISTEN goes back there, too, when a reset ends the opening") {
  const Timeline timeline = runs::played(R"(
    "client": {"state": "CLOSED", "snd_nxt": 100, "rcv_nxt": 300},
    "server": {"state": "LISTEN", "snd_nxt": 300, "rcv_nxt": 100}, "script": [
      {"at_ms": 0, "side": "server", "do": "inject", "segment": {"flags": "SYN", "seq": 700}},
      {"at_ms": 1, "side": "server", "do": "inject", "segment": {"flags": "RST", "seq": 701}}])");
  CHECK(runs::walk(timeline, Side::Server) == "LISTEN SYN_RECEIVED LISTEN");
}

TEST_CASE("a start knows the peer's window, and takes the next one from wherever its numbers lie") {
  const Timeline timeline = runs::played(R"(
    "client": {"snd_nxt": 100, "rcv_nxt": 3000000000},
    "server": {"snd_nxt": 3000000000, "rcv_nxt": 100}, "until_ms": 0, "script": [
      {"at_ms": 0, "side": "client", "do": "inject", "segment":
        {"flags": "ACK", "seq": "rcv_nxt", "ack": "snd_una-1000"}},
      {"at_ms": 0, "side": "client", "do": "inject", "segment":
        {"flags": "ACK", "seq": "rcv_nxt", "ack": "snd_una", "wnd": 5}}])");
  // RFC 5961 5.2: an ACK is too old only by more than the largest window.
  CHECK(runs::heard(timeline) == "0 client 1 duplicate\n0 client 2 accepted\n");
  CHECK(timeline.final.at(Side::Client).tcb.snd_wnd == 5);
}

TEST_CASE("a pipe closes when its FIN is acknowledged, and is cut by a reset") {
  const Timeline timeline = core::simulate(runs::of("normal-close"));
  const auto pipes = [](const core::World& world) {
    return std::pair(core::direction_state(world, Side::Client),
                     core::direction_state(world, Side::Server));
  };
  using enum core::DirectionState;
  CHECK(pipes(timeline.steps[0].world) == std::pair(Open, Open));
  CHECK(pipes(timeline.steps[1].world) == std::pair(Closing, Open));
  CHECK(pipes(timeline.steps[4].world) == std::pair(Closed, Open));
  CHECK(pipes(timeline.steps[6].world) == std::pair(Closed, Closing));
  CHECK(pipes(timeline.steps[9].world) == std::pair(Closed, Closed));
  const Timeline cut = runs::played(R"("script": [
    {"at_ms": 0, "side": "client", "do": "send", "bytes": 5},
    {"at_ms": 50, "side": "server", "do": "close"}])");
  CHECK(pipes(cut.final) == std::pair(Cut, Cut));
  const Timeline left = runs::played(R"("until_ms": 0, "script": [
    {"at_ms": 0, "side": "client", "do": "abort"}])");
  CHECK(pipes(left.final) == std::pair(Cut, Cut));
  const Timeline opening = runs::played(R"(
    "client": {"state": "CLOSED"}, "server": {"state": "CLOSED"}, "until_ms": 0, "script": [
      {"at_ms": 0, "side": "client", "do": "connect"}])");
  CHECK(pipes(opening.final) == std::pair(Closed, Closed));
}

TEST_CASE("a connection is half-closed on the side that may still send") {
  const auto half_closed = [](std::string_view first) {
    return core::half_closed(runs::played(R"("until_ms": 200, "script": [
      {"at_ms": 0, "side": ")" + std::string(first) +
                                          R"(", "do": "close"}])")
                                 .final);
  };
  CHECK(half_closed("client") == Side::Server);
  CHECK(half_closed("server") == Side::Client);
}

TEST_CASE("what leaves once more is a repeat, an acknowledgment too") {
  const auto repeats_of = [](std::string_view id) {
    const Timeline timeline = core::simulate(runs::of(id));
    std::vector<int> out;
    for (const core::Transmission& sent : timeline.segments) {
      if (sent.repeated) out.push_back(sent.number);
    }
    return out;
  };
  CHECK(repeats_of("lost-final-ack") == std::vector{5, 6});
  // The FIN acknowledges more than when it left first.
  CHECK(repeats_of("simultaneous-lost-fin") == std::vector{4});
  // The second RST has the number of the first, and answers something else.
  CHECK(repeats_of("abort-lost").empty());
}

TEST_CASE("a step is a call, a timeout, an arrival, each answer, a loss or a beat") {
  const Timeline timeline = core::simulate(runs::of("lost-final-ack"));
  std::vector<StepKind> kinds;
  for (const core::Step& step : timeline.steps) kinds.push_back(step.kind);
  using enum StepKind;
  CHECK(kinds == std::vector{Start, Call, Arrival, Answer, Arrival, Annotation, Call, Arrival,
                             Answer, Loss, Timeout, Arrival, Answer, Arrival, Annotation, Timeout});
  std::size_t next = 0;
  for (const core::Step& step : timeline.steps) {
    if (step.records.empty()) continue;
    CHECK(step.records.first == next);
    next = step.records.last;
  }
  CHECK(next == timeline.records.size());
}

TEST_CASE("the note of a FIN that comes again says that TIME_WAIT begins anew") {
  const std::string notes = words(runs::of("lost-final-ack"), &core::StepText::note);
  CHECK(notes.find("\n2·MSL timer restarts\n") != std::string::npos);
  CHECK(notes.find("nothing new") == std::string::npos);
}

TEST_CASE("a step has a note for a list: which segment, which state") {
  CHECK(words(runs::of("normal-close"), &core::StepText::note) ==
        "both pipes open\nsegment 1 · Client to FIN_WAIT_1\nto CLOSE_WAIT\nsegment 2\n"
        "to FIN_WAIT_2\nthe Server may still send\nsegment 3 · Server to LAST_ACK\nto TIME_WAIT\n"
        "segment 4\nto CLOSED\nthe Client waits for 2·MSL\n"
        "Client to CLOSED\n");
}

TEST_CASE("a call that owes nothing does not take the answer of another cause") {
  const Timeline timeline = runs::played(R"("script": [
    {"at_ms": 0, "side": "client", "do": "shutdown"},
    {"when": {"side": "server", "state": "CLOSE_WAIT"}, "side": "server", "do": "receive"},
    {"at_ms": 300, "side": "server", "do": "close"}])");
  CHECK(runs::story(timeline, 0, 300) ==
        "0 client shutdown\n50 server hears 1\n50 server answers 2\n50 server receive\n"
        "100 client hears 2\n300 server close\n");
}

TEST_CASE("a beat is placed once, where its condition first holds") {
  const core::Run run = runs::written(R"(
    "script": [{"at_ms": 0, "side": "client", "do": "close"},
               {"at_ms": 200, "side": "server", "do": "close"}],
    "beats": [{"when": {"side": "client", "state": "TIME_WAIT"}, "title": "Here", "text": "x"},
              {"when": {"client": "ESTABLISHED", "server": "ESTABLISHED"}, "title": "Both",
               "text": "y"},
              {"when": {"segment": 2}, "title": "Second", "text": "z"}])");
  const Timeline timeline = core::simulate(run);
  CHECK(runs::story(timeline, 0, 300) ==
        "annotation 1\n0 client close\n50 server hears 1\n50 server answers 2\n"
        "100 client hears 2\nannotation 2\n200 server close\n250 client hears 3\nannotation 0\n"
        "250 client answers 4\n300 server hears 4\n");
  const core::Step& beat = timeline.steps[1];
  CHECK(beat.kind == StepKind::Annotation);
  CHECK(beat.records.empty());
  const core::StepText words = core::step_texts(run.scenario, timeline)[1];
  CHECK(words.title == "Both");
  CHECK(words.text == "y");
}

TEST_CASE("knobs lie over the scenario's own figures") {
  core::Run run = runs::of("normal-close");
  auto knobs =
      core::parse_knobs(R"({"policy": {"time_wait_ms": 60000}, "delay_ms": 10})", "--knobs");
  REQUIRE(knobs.has_value());
  run.knobs = *knobs;
  const Timeline timeline = core::simulate(run);
  CHECK(timeline.segment(1).arrives_at == 10);
  CHECK(timeline.records.back().at == 220 + 60'000);
}
