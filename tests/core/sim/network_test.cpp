// What the network does to segments: delays, losses, copies; and how segments are numbered, named
// and told from one another.
#include "core/sim/simulation.hpp"

#include "runs.hpp"

#include <doctest/doctest.h>

#include <vector>

namespace {

using core::Fate;
using core::Side;
using core::Timeline;

/// Two segments of data and a FIN of the client, with these faults.
Timeline faulty(const std::string& faults) {
  return runs::played(R"("policy": {"mss": 5}, "script": [
    {"at_ms": 0, "side": "client", "do": "send", "bytes": 10},
    {"at_ms": 0, "side": "client", "do": "shutdown"},)" +
                      faults + "]");
}

std::vector<int> dropped(const Timeline& timeline) {
  std::vector<int> out;
  for (const core::Transmission& one : timeline.segments) {
    if (one.fate == Fate::Dropped) out.push_back(one.number);
  }
  return out;
}

}  // namespace

TEST_CASE("a fault finds its segment by every name that it may have") {
  CHECK(dropped(faulty(R"({"fault": "drop", "segment": {"number": 2}})")) == std::vector{2});
  CHECK(dropped(faulty(R"({"fault": "drop", "segment": {"from": "client", "has": "ACK"}})")) ==
        std::vector{1});
  CHECK(dropped(faulty(R"({"fault": "drop", "segment": {"from": "client", "has": "FIN"}})")) ==
        std::vector{2});
  CHECK(dropped(faulty(R"({"fault": "drop", "segment": {"from": "client", "has": "SYN"}})")) ==
        std::vector<int>{});
  CHECK(dropped(faulty(
            R"({"fault": "drop", "segment": {"from": "client", "flags": "ACK", "nth": 1}})")) ==
        std::vector{1});
  CHECK(dropped(faulty(
            R"({"fault": "drop", "segment": {"from": "server", "flags": "ACK", "nth": 1}})")) ==
        std::vector{3});
  CHECK(dropped(faulty(R"({"fault": "drop", "segment":
            {"from": "client", "flags": "FIN,ACK", "seq": 105, "len": 5}})")) == std::vector{2});
}

TEST_CASE("lost segments count too, when the nth is looked for") {
  const Timeline timeline = faulty(R"(
    {"fault": "drop", "segment": {"from": "client", "has": "FIN", "nth": 1}},
    {"fault": "drop", "segment": {"from": "client", "has": "FIN", "nth": 2}})");
  CHECK(runs::sent(timeline) ==
        "0 client A 100/300+5\n0 client FA 105/300+5 x\n50 server A 300/105\n"
        "1100 client FA 105/300+5 x\n3100 client FA 105/300+5\n3150 server A 300/111\n");
}

TEST_CASE("the nth transmission of a segment is counted over all that is the same") {
  const Timeline timeline = faulty(R"(
    {"fault": "drop", "segment":
      {"from": "client", "flags": "FIN,ACK", "seq": 105, "len": 5, "nth": 1}},
    {"fault": "drop", "segment":
      {"from": "client", "flags": "FIN,ACK", "seq": 105, "len": 5, "nth": 2}})");
  CHECK(dropped(timeline) == std::vector{2, 4});
  CHECK(timeline.segment(4).key.nth == 2);
  CHECK(timeline.segment(4).retransmission_of == 2);
  CHECK(timeline.segment(5).key.nth == 3);
  CHECK(timeline.segment(5).retransmission_of == 2);
}

TEST_CASE("a copy that comes late does not make a later transmission count as an earlier one") {
  const Timeline timeline = runs::played(R"("script": [
    {"at_ms": 0, "side": "client", "do": "shutdown"},
    {"fault": "drop", "segment": {"number": 1}},
    {"fault": "duplicate", "segment": {"number": 1}, "after_ms": 1500},
    {"fault": "drop", "segment": {"from": "client", "has": "FIN", "nth": 2}},
    {"fault": "drop", "segment": {"from": "server", "has": "ACK", "nth": 1}}])");
  CHECK(runs::sent(timeline) ==
        "0 client FA 100/300 x\n1000 client FA 100/300 x\n0 client FA 100/300 copy of 1\n"
        "1550 server A 300/101 x\n3000 client FA 100/300\n3050 server A 300/101\n");
  CHECK(timeline.segment(5).key.nth == 3);
  CHECK(timeline.segment(5).retransmission_of == 1);
}

TEST_CASE("a lost segment keeps its number, and dies when it would have arrived") {
  const Timeline timeline = faulty(R"({"fault": "drop", "segment": {"number": 2}})");
  CHECK(timeline.segment(2).sent_at == 0);
  CHECK(timeline.segment(2).arrives_at == 50);
  CHECK(runs::story(timeline, 50, 50) ==
        "50 server hears 1\n50 server answers 3\n50 client loses 2\n");
}

TEST_CASE("a delayed segment takes so much longer, and those behind it overtake it") {
  const Timeline timeline = faulty(R"({"fault": "delay", "segment": {"number": 1}, "by_ms": 70})");
  CHECK(timeline.segment(1).arrives_at == 120);
  CHECK(runs::heard(timeline) ==
        "50 server 2 out of order\n100 client 3 duplicate\n120 server 1 accepted\n"
        "170 client 4 accepted\n");
  CHECK(timeline.final.at(Side::Server).delivered == 10);
}

TEST_CASE("each direction has its own delay") {
  const Timeline timeline = runs::played(R"(
    "network": {"client_to_server_ms": 10, "server_to_client_ms": 300},
    "script": [{"at_ms": 0, "side": "client", "do": "shutdown"}])");
  CHECK(timeline.segment(1).arrives_at == 10);
  CHECK(timeline.segment(2).sent_at == 10);
  CHECK(timeline.segment(2).arrives_at == 310);
}

TEST_CASE("a copy is a segment of its own, numbered when it arrives") {
  const Timeline timeline =
      faulty(R"({"fault": "duplicate", "segment": {"number": 2}, "after_ms": 30})");
  CHECK(runs::sent(timeline) ==
        "0 client A 100/300+5\n0 client FA 105/300+5\n50 server A 300/111\n"
        "0 client FA 105/300+5 copy of 2\n80 server A 300/111\n");
  const core::Transmission& copy = timeline.segment(4);
  CHECK(copy.arrives_at == 80);
  CHECK(copy.fate == Fate::Delivered);
  CHECK(copy.incarnation == 1);
  CHECK_FALSE(copy.retransmission_of.has_value());
  CHECK(runs::heard(timeline).find("80 server 4 duplicate\n") != std::string::npos);
}

TEST_CASE("a copy that arrives with its original comes right behind it") {
  const Timeline timeline = runs::played(R"("script": [
    {"at_ms": 0, "side": "client", "do": "send", "bytes": 6},
    {"fault": "duplicate", "segment": {"number": 1}, "after_ms": 0}])");
  CHECK(runs::heard(timeline).starts_with("50 server 1 accepted\n50 server 2 duplicate\n"));
  CHECK(timeline.final.at(Side::Server).delivered == 6);
}

TEST_CASE("a copy's time counts from the arrival of its original, whatever delays that") {
  const Timeline timeline = faulty(R"(
    {"fault": "duplicate", "segment": {"number": 2}, "after_ms": 30},
    {"fault": "delay", "segment": {"number": 2}, "by_ms": 100})");
  CHECK(timeline.segment(2).arrives_at == 150);
  bool found = false;
  for (const core::Transmission& one : timeline.segments) {
    if (!one.duplicate_of) continue;
    found = true;
    CHECK(one.arrives_at == 180);
  }
  CHECK(found);
}

TEST_CASE("a copy of a segment that is lost arrives all the same") {
  const Timeline timeline = faulty(R"(
    {"fault": "duplicate", "segment": {"number": 2}, "after_ms": 30},
    {"fault": "drop", "segment": {"number": 2}})");
  CHECK(timeline.segment(2).fate == Fate::Dropped);
  CHECK(timeline.final.at(Side::Server).tcb.state == core::State::CloseWait);
  CHECK(timeline.final.at(Side::Server).delivered == 10);
  CHECK(runs::warnings(timeline).size() == 2);  // only who waits for what
}

TEST_CASE("copies and forgeries do not count when the nth is looked for") {
  const Timeline copies = runs::played(R"("script": [
    {"at_ms": 0, "side": "client", "do": "send", "bytes": 1},
    {"at_ms": 200, "side": "client", "do": "send", "bytes": 1},
    {"fault": "duplicate", "segment": {"number": 1}, "after_ms": 10},
    {"fault": "drop", "segment": {"from": "client", "has": "ACK", "nth": 2}}])");
  REQUIRE(dropped(copies).size() == 1);
  CHECK(copies.segment(dropped(copies).front()).sent_at == 200);
  const Timeline forgeries = runs::played(R"("script": [
    {"at_ms": 0, "side": "server", "do": "inject", "segment":
      {"flags": "ACK", "seq": 100, "ack": 300}},
    {"at_ms": 200, "side": "client", "do": "send", "bytes": 1},
    {"fault": "drop", "segment": {"from": "client", "has": "ACK", "nth": 1}}])");
  REQUIRE(dropped(forgeries).size() == 1);
  CHECK(forgeries.segment(dropped(forgeries).front()).sent_at == 200);
}

TEST_CASE("a forgery with the numbers of a real segment does not make that one a repeat") {
  const Timeline timeline = runs::played(R"("script": [
    {"at_ms": 0, "side": "server", "do": "inject", "segment":
      {"flags": "ACK", "seq": 100, "ack": 300, "len": 5}},
    {"at_ms": 200, "side": "client", "do": "send", "bytes": 5}])");
  for (const core::Transmission& one : timeline.segments) {
    if (one.sent_at != 200 || one.from != Side::Client) continue;
    CHECK_FALSE(one.retransmission_of.has_value());
    CHECK(one.key.nth == 1);
  }
}

TEST_CASE("of several faults on one segment all take effect") {
  const Timeline timeline = faulty(R"(
    {"fault": "delay", "segment": {"number": 1}, "by_ms": 20},
    {"fault": "delay", "segment": {"from": "client", "has": "ACK", "nth": 1}, "by_ms": 30})");
  CHECK(timeline.segment(1).arrives_at == 100);
}

TEST_CASE("only what occupies sequence numbers is a retransmission") {
  const Timeline timeline = core::simulate(runs::of("lost-final-ack"));
  std::vector<int> repeats;
  for (const core::Transmission& one : timeline.segments) {
    if (one.retransmission_of) repeats.push_back(one.number);
  }
  CHECK(repeats == std::vector{5});
}

TEST_CASE("a reset is no retransmission, even with a number that was used") {
  const Timeline timeline = runs::played(R"("script": [
    {"at_ms": 0, "side": "client", "do": "close"},
    {"at_ms": 200, "side": "server", "do": "send", "bytes": 10},
    {"fault": "drop", "segment": {"number": 1}}])");
  CHECK(runs::sent(timeline) ==
        "0 client FA 100/300 x\n200 server A 300/100+10\n250 client R 100\n");
  CHECK_FALSE(timeline.segment(3).retransmission_of.has_value());
}

TEST_CASE("edits drop segments by what they are") {
  const Timeline timeline = core::simulate(runs::of("normal-close",
                                                    R"([{"fault": "drop", "at_ms": 0,
           "segment": {"from": "client", "flags": "FIN,ACK", "seq": 100, "len": 0, "nth": 1}},
          {"fault": "drop", "segment": {"from": "client", "flags": "FIN,ACK", "seq": 100,
           "len": 0, "nth": 2}}])"));
  CHECK(timeline.segment(1).fate == core::Fate::Dropped);
  CHECK(timeline.segment(2).fate == core::Fate::Dropped);
  CHECK(timeline.segment(3).sent_at == 3000);
  CHECK(timeline.ended == core::Ended::Closed);
}
