// What a run costs is bounded by the length of its file and by most_records, whatever stands in it.
// Work is counted, not timed. Each shape was slow once, or is the worst that one table can meet.
#include "runs.hpp"

#include <doctest/doctest.h>

#include <array>
#include <functional>
#include <string>
#include <utility>
#include <vector>

namespace {

using core::most_records;
using core::Side;

/// "script": […], of so many entries each.
using Part = std::pair<std::size_t, std::function<std::string(std::size_t)>>;
std::string script(const std::vector<Part>& parts) {
  std::string out;
  for (const auto& [count, entry] : parts) {
    for (std::size_t i = 0; i < count; ++i) out += (out.empty() ? "" : ",\n") + entry(i);
  }
  return "\"script\": [" + out + "]";
}

std::string text(std::size_t number) {
  return std::to_string(number);
}

/// One of the two sides.
std::string side(std::size_t i) {
  return i % 2 == 0 ? R"("client")" : R"("server")";
}

std::string action(std::size_t at, const std::string& what) {
  return R"({"at_ms": )" + text(at) + ", " + what + "}";
}

std::string sends(std::size_t octets) {
  return R"("side": "client", "do": "send", "bytes": )" + text(octets);
}

std::string injects(const std::string& segment) {
  return R"("side": "client", "do": "inject", "segment": {)" + segment + "}";
}

const std::string fast = R"("network": {"delay_ms": 1}, )";
const std::string mss_1 = R"("policy": {"mss": 1, "rto_ms": 10, "rto_max_ms": 10}, )";
const std::string wide = R"("client": {"rcv_wnd": 65535}, "server": {"rcv_wnd": 65535}, )";
const std::string ignored = R"("flags": "RST", "seq": "rcv_nxt-10000")";
const std::string challenged = R"("flags": "ACK", "seq": "rcv_nxt", "ack": "snd_nxt+100000")";

std::string duplicate(std::size_t number, std::size_t after) {
  return R"({"fault": "duplicate", "segment": {"number": )" + text(number) + R"(}, "after_ms": )" +
         text(after) + "}";
}

struct Shape {
  std::string name;
  std::string members;
};

std::vector<Shape> hostile_shapes() {
  const Part first_send = {1, [](auto) { return action(0, sends(10)); }};
  std::vector<Shape> shapes;
  shapes.push_back({"copies by the thousand, and injections in one instant",
                    fast + script({first_send,
                                   {8'000, [](auto i) { return duplicate(1 + i % 8, i); }},
                                   {1'990, [](auto) { return action(0, injects(challenged)); }}})});
  shapes.push_back(
      {"copies that never arrive, and an injection in every instant",
       fast + script({first_send,
                      {8'000, [](auto i) { return duplicate(1, 1'000'000 + i); }},
                      {1'990, [](auto i) { return action(5 + i, injects(ignored)); }}})});
  shapes.push_back({"faults that count the same segments",
                    fast + wide + R"("policy": {"mss": 1000}, )" +
                        script({{1, [](auto) { return action(0, sends(600'000)); }},
                                {9'900, [](auto i) {
                                   return R"({"fault": "delay", "by_ms": 1, "segment": {"from": )" +
                                          side(i) + R"(, "has": "ACK", "nth": )" +
                                          text(1 + 7 * i % 2'000) + "}}";
                                 }}})});
  shapes.push_back({"losses by the thousand",
                    fast + mss_1 +
                        script({{1, [](auto) { return action(0, sends(600)); }},
                                {2'000, [](auto i) {
                                   return R"({"fault": "drop", "segment": {"number": )" +
                                          text(i + 1) + "}}";
                                 }}})});
  shapes.push_back(
      {"calls while the hosts are down",
       script({{2, [](auto i) { return action(0, "\"side\": " + side(i) + R"(, "do": "crash")"); }},
               {9'990, [](auto i) {
                  return action(5 + i, "\"side\": " + side(i) + R"(, "do": "close")");
                }}})});
  shapes.push_back(
      {"conditions that never hold",
       script({{7'990,
                [](auto) {
                  return R"({"when": {"side": "client", "state": "LISTEN"}, "side": "client",)"
                         R"( "do": "close"})";
                }},
               {1'990, [](auto i) { return action(i / 4, injects(ignored)); }}})});
  shapes.push_back({"a chain of conditions, against the order of the file",
                    script({{1'990,
                             [](auto i) {
                               return R"({"when": {"segment": )" + text(1'990 - i) + "}, " +
                                      injects(ignored) + "}";
                             }},
                            {1, [](auto) { return action(0, injects(ignored)); }}})});
  shapes.push_back(
      {"many incarnations",
       fast + script({{1'800, [](auto i) {
                         return action(10 * (i / 2),
                                       R"("side": "client", "do": )" +
                                           std::string(i % 2 == 0 ? R"("abort")" : R"("connect")"));
                       }}})});
  shapes.push_back(
      {"large sends in one instant, cut into octets",
       fast + mss_1 + wide + script({{9'900, [](auto) { return action(0, sends(1'000'000)); }}})});
  return shapes;
}

TEST_CASE("no legal file makes a run look at more than its length allows") {
  for (const Shape& shape : hostile_shapes()) {
    CAPTURE(shape.name);
    const core::Run run = runs::written(shape.members);
    core::Work work;
    const core::Timeline timeline = core::simulate(run, work);
    CHECK(timeline.records.size() <= most_records);
    CHECK(timeline.segments.size() <= most_records);
    const std::size_t length = run.scenario.script.size() + most_records;
    CHECK(work.actions <= 8 * length);
    CHECK(work.faults <= 8 * length);
    CHECK(work.transmissions <= 4 * length);
    CHECK(work.arrivals <= length);
    // Each cause may change all that its end is about to send.
    CHECK(work.segments <= (most_records + 1) * (most_records + 1));
  }
}

TEST_CASE("what a small run looks at is counted") {
  // An instant looks at four conditions after each thing that happens, and once more at its end. An
  // action that has a time is planned, found due and taken; any other is found due and taken.
  const std::string send = action(0, sends(1));
  const std::string read = action(0, R"("side": "client", "do": "receive")");
  const auto when = [](int after) {
    return R"(, {"when": {"segment": 1}, "after_ms": )" + std::to_string(after) +
           R"(, "side": "server", "do": "receive"})";
  };
  const auto delay = [](const std::string& segment) {
    return R"(, {"fault": "delay", "by_ms": 1, "segment": {)" + segment + "}}";
  };
  const std::string of_client = R"("from": "client", "has": "ACK", "nth": )";
  struct Row {
    std::string name;
    std::string script;
    std::array<std::size_t, 5> looks;  ///< actions, faults, transmissions, arrivals, segments
  };
  const Row rows[] = {
      {"nothing", "", {0, 0, 0, 0, 0}},
      {"a call", read, {11, 0, 0, 0, 0}},
      {"two calls", read + "," + read, {18, 0, 0, 0, 0}},
      {"an octet and its ACK", send, {27, 4, 3, 2, 2}},
      {"a call when it arrives", send + when(0), {33, 4, 3, 2, 3}},
      {"a call some time later", send + when(5), {38, 4, 3, 2, 2}},
      {"a fault that hits by number", send + delay(R"("number": 1)"), {27, 5, 3, 2, 2}},
      {"one that is counted", send + delay(of_client + "9"), {27, 7, 3, 2, 2}},
      {"two that count the same",
       send + delay(of_client + "9") + delay(of_client + "8"),
       {27, 8, 3, 2, 2}},
  };
  for (const Row& row : rows) {
    CAPTURE(row.name);
    core::Work work;
    static_cast<void>(core::simulate(runs::written("\"script\": [" + row.script + "]"), work));
    CHECK(work.actions == row.looks[0]);
    CHECK(work.faults == row.looks[1]);
    CHECK(work.transmissions == row.looks[2]);
    CHECK(work.arrivals == row.looks[3]);
    CHECK(work.segments == row.looks[4]);
  }
}

TEST_CASE("faults by flags cost one count for each kind of segment") {
  // All the kinds that a file can name.
  std::vector<std::string> kinds;
  for (const char* flag : {"SYN", "FIN", "RST", "ACK"}) {
    kinds.push_back(R"("has": ")" + std::string(flag) + '"');
  }
  for (unsigned bits = 1; bits < 16; ++bits) {
    std::string flags;
    for (unsigned i = 0; i < 4; ++i) {
      const std::array names = {"SYN", "FIN", "RST", "ACK"};
      if ((bits >> i & 1U) != 0) flags += (flags.empty() ? "" : ",") + std::string(names[i]);
    }
    kinds.push_back(R"("flags": ")" + flags + '"');
  }
  const auto fault = [&](std::size_t i) {
    return R"({"fault": "delay", "by_ms": 1, "segment": {"from": )" + side(i) + ", " +
           kinds[i / 2 % kinds.size()] + R"(, "nth": )" + text(1 + i % 2'000) + "}}";
  };
  const core::Run run =
      runs::written(fast + mss_1 + wide +
                    script({{9'900, fault}, {1, [](auto) { return action(0, sends(900)); }}}));
  core::Work work;
  const core::Timeline timeline = core::simulate(run, work);
  CHECK(timeline.segments.size() >= 900);
  CHECK(work.faults <= 2 * kinds.size() * (9'900 + timeline.segments.size()));
}

TEST_CASE("an end that nothing happens to is one and the same in all steps") {
  const core::Timeline timeline =
      runs::played(fast + script({{1'000, [](auto i) { return action(i, injects(ignored)); }}}));
  REQUIRE(timeline.steps.size() == 1'001);
  const core::Endpoint* server = &timeline.final.at(Side::Server);
  for (const core::Step& step : timeline.steps) {
    CHECK(&step.world.at(Side::Server) == server);
  }
}

}  // namespace
