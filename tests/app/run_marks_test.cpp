// What stands in the row of a step: a small run for every kind of mark, and the whole row.
#include "app/run_marks.hpp"

#include "core/scenario/catalogue.hpp"
#include "core/sim/simulation.hpp"
#include "runs.hpp"

#include <doctest/doctest.h>

#include <array>
#include <string>
#include <vector>

namespace {

/// "C [CLOSED], C below signal ECONNRESET!": the marks in their order. A note has its side, its
/// place, its kind and its words, then what is special about it.
struct Word {
  static std::string of(core::Side side) { return side == core::Side::Client ? "C " : "S "; }
  std::string operator()(const app::Badge& badge) const {
    return of(badge.side) + "[" + std::string(core::to_string(badge.state)) +
           (badge.host_down ? ", down]" : "]");
  }
  std::string operator()(const app::Note& note) const {
    constexpr std::array places = {"above ", "beside ", "below "};
    return of(note.side) + places[static_cast<std::size_t>(note.place)] + std::string(note.kind) +
           " " + note.words + (note.alarm ? "!" : "") +
           (note.shorter.empty() ? "" : " or " + note.shorter) +
           (note.countdown ? " counted down" : "");
  }
  std::string operator()(const app::ArrowMark& arrow) const {
    return (arrow.of_network ? "network " : "arrow ") + std::to_string(arrow.segment);
  }
  std::string operator()(const app::HalfClosedMark& mark) const {
    return of(mark.open) + "still open";
  }
};

std::string joined(std::string all, const std::string& one) {
  return std::move(all) + (all.empty() ? "" : ", ") + one;
}

struct Row {
  std::string name;
  std::string members;  ///< of the scenario
  std::size_t step;
  std::string marks;
  std::string said = "";  ///< what a list says of its notes
};

void check(const Row& row) {
  CAPTURE(row.name);
  const core::Timeline timeline = runs::played(row.members);
  REQUIRE(timeline.steps.size() >= row.step);
  std::string marks;
  std::string said;
  for (const app::Mark& mark : app::marks_of(timeline, timeline.steps[row.step - 1])) {
    marks = joined(std::move(marks), std::visit(Word{}, mark));
    if (const auto* note = std::get_if<app::Note>(&mark))
      said = joined(std::move(said), note->said);
  }
  CHECK(marks == row.marks);
  CHECK(said == row.said);
}

std::string script(const std::string& actions) {
  return R"("script": [)" + actions + "]";
}
std::string at(int ms, const std::string& side, const std::string& action) {
  return R"({"at_ms": )" + std::to_string(ms) + R"(, "side": ")" + side + R"(", "do": )" + action +
         "}";
}
const std::string opening = R"("client": {"state": "CLOSED", "snd_nxt": 100, "rcv_nxt": 300},
    "server": {"state": "LISTEN", "snd_nxt": 300, "rcv_nxt": 100}, )";
const std::string reopening = R"("policy": {"syn_in_time_wait": "reopen"},
    "client": {"state": "TIME_WAIT", "snd_nxt": 101, "rcv_nxt": 301},
    "server": {"state": "CLOSED", "snd_nxt": 301, "rcv_nxt": 101}, )";
const std::string waiting = R"("client": {"state": "TIME_WAIT", "snd_nxt": 101, "rcv_nxt": 301},
    "server": {"state": "LAST_ACK", "snd_nxt": 301, "rcv_nxt": 101}, )";

/// A segment of these members that nobody sent reaches the Client at 0 ms.
std::string forged(const std::string& segment) {
  return script(at(0, "client", R"("inject", "segment": {)" + segment + "}"));
}

}  // namespace

TEST_CASE("the first row has both badges, and no other row has them for nothing") {
  const Row rows[] = {
      {"both open", script(""), 1, "C [ESTABLISHED], S [ESTABLISHED]"},
      {"apart", opening + script(""), 1, "C [CLOSED], S [LISTEN]"},
      {"data that are taken", script(at(0, "client", R"("send", "bytes": 6)")), 3, ""},
  };
  for (const Row& row : rows) check(row);
}

TEST_CASE("a call stands above, and a refused one is an alarm with shorter words") {
  const std::string twice = at(0, "client", R"("close")") + "," + at(10, "client", R"("close")");
  const std::string open = at(0, "client", R"("connect")");
  const std::string send = R"("send", "bytes": 6)";
  const std::string reset = at(0, "server", R"("abort")") + "," + at(60, "client", send);
  const std::string by_script = R"("client": {"reads": "by_script"}, )";
  const std::string read = at(0, "server", R"("close")") + "," + at(60, "client", R"("receive")");
  const Row rows[] = {
      {"close", script(twice), 2, "C above call close(), C [FIN_WAIT_1], arrow 1",
       "Client application: close()"},
      {"connection closing", script(twice), 3, "C above call close() refused! or close() ×",
       "Client application: close() refused"},
      {"connection already exists", script(open), 2,
       "C above call connect() refused! or connect() ×", "Client application: connect() refused"},
      {"connection does not exist", opening + script(at(0, "client", send)), 2,
       "C above call send() refused! or send() ×", "Client application: send() refused"},
      {"connection reset", script(reset), 4, "C above call send() refused! or send() ×",
       "Client application: send() refused"},
      {"nothing there yet", by_script + script(at(0, "client", R"("receive")")), 2,
       "C above call receive()", "Client application: receive()"},
      {"nothing comes any more", by_script + script(read), 5, "C above call receive()",
       "Client application: receive()"},
  };
  for (const Row& row : rows) check(row);
}

TEST_CASE("a host that goes down or comes back has a note above, and CLOSED below it") {
  const std::string both = at(0, "server", R"("crash")") + "," + at(9, "server", R"("reboot")");
  const Row rows[] = {
      {"crash", script(both), 2, "S above host crash!, S [CLOSED, down]",
       "Server: the host goes down"},
      {"reboot", script(both), 3, "S above host reboot, S [CLOSED]", "Server: the host comes back"},
  };
  for (const Row& row : rows) check(row);
}

TEST_CASE("what the application learns stands below, and all but the end of file is an alarm") {
  const std::string connect = at(0, "client", R"("connect")");
  const std::string nobody = R"("client": {"state": "CLOSED"}, "server": {"state": "CLOSED"}, )";
  const Row rows[] = {
      {"end of file", script(at(0, "client", R"("close")")), 3,
       "S below signal read() = 0, S [CLOSE_WAIT]", "Server application: end of file"},
      {"reset", script(at(0, "client", R"("abort")")), 3, "S below signal ECONNRESET!, S [CLOSED]",
       "Server application: connection reset"},
      {"refused", nobody + script(connect), 5, "C below signal ECONNREFUSED!, C [CLOSED]",
       "Client application: connection refused"},
      {"closed", waiting + script(""), 5, "S [CLOSED]"},
  };
  for (const Row& row : rows) check(row);
}

TEST_CASE("a new state has a badge, and a later connection a note that says so") {
  const std::string connect = opening + script(at(0, "client", R"("connect")"));
  const std::string again = reopening + script(at(0, "server", R"("connect", "iss": 5000)"));
  const Row rows[] = {
      {"first, by its opener", connect, 2, "C above call connect(), C [SYN_SENT], arrow 1",
       "Client application: connect()"},
      {"first, by its listener", connect, 3, "S [SYN_RECEIVED]"},
      {"second, by its opener", again, 2,
       "S above call connect(), S [SYN_SENT], S below connection connection 2, arrow 1",
       "Server application: connect(), Server: connection 2"},
      {"second, by its listener", again, 3, "C [SYN_RECEIVED], C below connection connection 2",
       "Client: connection 2"},
      {"second, open", again, 5, "S [ESTABLISHED]"},
  };
  for (const Row& row : rows) check(row);
}

TEST_CASE("a timer that runs out is named above") {
  const std::string send = R"("send", "bytes": 6)";
  const std::string crash = at(0, "server", R"("crash")");
  const std::string alone = crash + "," + at(10, "client", send);
  const Row rows[] = {
      {"retransmission", script(alone), 5, "C above timeout RTO over, arrow 2", "Client: RTO over"},
      {"user timeout", R"("policy": {"user_timeout_ms": 900}, )" + script(alone), 5,
       "C above timeout user timeout, C below signal ETIMEDOUT!, C [CLOSED]",
       "Client: user timeout, Client application: timed out"},
      {"persist", R"("client": {"rcv_wnd": 0}, )" + script(at(0, "server", send)), 3,
       "S above timeout persist timer, arrow 1", "Server: persist timer"},
      {"2·MSL", R"("client": {"state": "TIME_WAIT"}, "server": {"state": "CLOSED"}, )" + script(""),
       2, "C above timeout 2·MSL over, C [CLOSED]", "Client: 2·MSL over"},
      {"limit of FIN_WAIT_2",
       R"("policy": {"fin_wait_2_timeout_ms": 5000}, )" + script(at(0, "client", R"("close")")), 6,
       "C above timeout limit over, C [CLOSED]", "Client: limit over"},
      {"delayed ACK", R"("policy": {"delayed_ack_ms": 200}, )" + script(at(0, "client", send)), 4,
       "S above timeout delayed ACK, arrow 2", "Server: delayed ACK"},
      {"keepalive",
       R"("until_ms": 2000, "client": {"policy":
          {"keepalive": {"idle_ms": 1500, "interval_ms": 1000, "probes": 2}}}, )" +
           script(""),
       2, "C above timeout keepalive, arrow 1", "Client: keepalive"},
  };
  for (const Row& row : rows) check(row);
}

TEST_CASE("a long wait is counted down below the state that it ends") {
  const std::string shut = at(0, "client", R"("shutdown", "how": "write")");
  const Row rows[] = {
      {"2·MSL, a line below the end of file", script(shut + "," + at(200, "server", R"("close")")),
       7, "C below signal read() = 0, C [TIME_WAIT], C below timer 2·MSL 240 s counted down",
       "Client application: end of file, Client: 2·MSL timer 240 s"},
      {"2·MSL, once more",
       waiting + script(at(0, "client", R"("inject", "segment": {"flags": "FIN,ACK",
           "seq": "rcv_nxt-1", "ack": "snd_nxt"})")),
       2, "network 1, C beside verdict starts again, C below timer 2·MSL 240 s counted down",
       "Client: starts again, Client: 2·MSL timer 240 s"},
      {"2·MSL, cut short by a reset",
       waiting + forged(R"("flags": "RST", "seq": "rcv_nxt", "ack": 0)"), 2,
       "network 1, C [CLOSED]"},
      {"the limit of FIN_WAIT_2",
       R"("policy": {"fin_wait_2_timeout_ms": 5000}, )" + script(at(0, "client", R"("close")")), 5,
       "C [FIN_WAIT_2], C below timer limit 5 s counted down", "Client: FIN_WAIT_2 limit 5 s"},
      {"not the wait for an ACK, which starts again",
       script(at(0, "client", R"("send", "bytes": 6)") + "," +
              at(10, "client", R"("send", "bytes": 6)")),
       6, ""},
  };
  for (const Row& row : rows) check(row);
}

TEST_CASE("what an end makes of a segment stands beside it, where no badge says it") {
  const std::string send = at(0, "client", R"("send", "bytes": 6)");
  const std::string copied = send + R"(, {"fault": "duplicate", "after_ms": 9,
      "segment": {"number": 1}})";
  const std::string ignoring = R"("policy": {"rst_in_time_wait": "ignore"}, )";
  const Row rows[] = {
      {"nothing new", script(copied), 5, "network 3, S beside verdict nothing new",
       "Server: nothing new"},
      {"out of window", forged(R"("flags": "ACK", "seq": "rcv_nxt+rcv_wnd", "ack": "snd_nxt")"), 2,
       "network 1, C beside verdict out of window", "Client: out of window"},
      {"held", forged(R"("flags": "ACK", "seq": "rcv_nxt+1", "ack": "snd_nxt", "len": 1)"), 2,
       "network 1, C beside verdict held", "Client: held"},
      {"challenged", forged(R"("flags": "RST", "seq": "rcv_nxt+1", "ack": 0)"), 2,
       "network 1, C beside verdict challenged", "Client: challenged"},
      {"ignored", ignoring + waiting + forged(R"("flags": "RST", "seq": "rcv_nxt", "ack": 0)"), 2,
       "network 1, C beside verdict ignored", "Client: ignored"},
      {"answered by a reset",
       R"("client": {"state": "CLOSED"}, "server": {"state": "CLOSED"}, )" +
           forged(R"("flags": "ACK", "seq": 1, "ack": 1)"),
       2, "network 1"},
  };
  for (const Row& row : rows) check(row);
}

TEST_CASE("a segment out of the network that reaches nobody has its arrow all the same") {
  const std::string crash = at(0, "client", R"("crash")") + ",";
  const Row rows[] = {
      {"a forgery", script(crash + at(9, "client", R"("inject", "segment": {"flags": "RST",
           "seq": 1, "ack": 0})")),
       3, "network 1"},
      {"an end's own", script(crash + at(9, "server", R"("abort")")), 4, ""},
  };
  for (const Row& row : rows) check(row);
}

TEST_CASE("an annotation in the half-closed time shows which pipe is open") {
  const std::string shut = script(at(0, "client", R"("shutdown", "how": "write")") + "," +
                                  at(200, "server", R"("send", "bytes": 6)"));
  const auto beat = [](const std::string& side, const std::string& state) {
    return R"("beats": [{"when": {"side": ")" + side + R"(", "state": ")" + state +
           R"("}, "title": "T", "text": "t"}], )";
  };
  const Row rows[] = {
      {"half-closed", beat("client", "FIN_WAIT_2") + shut, 6, "S still open"},
      {"a call then", beat("client", "FIN_WAIT_2") + shut, 7, "S above call send(), arrow 3",
       "Server application: send()"},
      {"not yet", beat("server", "CLOSE_WAIT") + shut, 4, ""},
  };
  for (const Row& row : rows) check(row);
}

TEST_CASE("calls and what is heard belong to the application, and nothing else does") {
  int of_application = 0;
  for (const core::CatalogueFile& file : core::catalogue()) {
    const core::Timeline timeline = core::simulate(runs::of(file.id()));
    for (const core::Step& step : timeline.steps) {
      for (const app::Mark& mark : app::marks_of(timeline, step)) {
        const auto* note = std::get_if<app::Note>(&mark);
        if (note == nullptr) continue;
        CAPTURE(note->words);
        CHECK(note->of_application == (note->kind == "call" || note->kind == "signal"));
        of_application += note->of_application ? 1 : 0;
      }
    }
  }
  CHECK(of_application > 60);
}
