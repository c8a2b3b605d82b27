// The engine, row by row: what an end in a given state makes of one event. Rows carry the numbers
// of core/README.md.
#include "core/tcb.hpp"

#include "ends.hpp"

#include <doctest/doctest.h>

#include <functional>
#include <string>

namespace {

using core::Policy;
using core::Rule;
using core::State;
using core::Tcb;
using ends::in;

core::Event arrives(std::string_view notation) {
  return core::Arrival{ends::segment(notation)};
}
core::Event calls(core::Call call) {
  return call;
}

/// An end with something changed.
Tcb with(Tcb tcb, const std::function<void(Tcb&)>& change) {
  change(tcb);
  return tcb;
}
Tcb orphan(Tcb tcb) {
  tcb.orphan = true;
  return tcb;
}
Tcb unread(Tcb tcb, std::uint32_t octets) {
  tcb.unread = octets;
  tcb.rcv_wnd -= octets;
  tcb.reads_at_once = false;
  return tcb;
}
Tcb reset_to_report(Tcb tcb) {
  tcb.reset_to_report = true;
  return tcb;
}
Tcb window(Tcb tcb, std::uint32_t octets) {
  tcb.rcv_wnd = octets;
  return tcb;
}
Tcb peer_window(Tcb tcb, std::uint32_t octets) {
  tcb.snd_wnd = octets;
  return tcb;
}
/// Six octets are on their way.
Tcb sending(Tcb tcb) {
  tcb.snd_nxt = tcb.snd_nxt + 6;
  tcb.retransmission_queue = {{{100}, 6, false}};
  tcb.retransmission_timer = true;
  return tcb;
}
/// CLOSE was called, and the FIN waits for a window.
Tcb fin_waiting(Tcb tcb) {
  tcb.state = State::FinWait1;
  tcb.fin_requested = true;
  tcb.snd_wnd = 0;
  return tcb;
}

struct Row {
  std::string name;
  Tcb before;
  core::Event event;
  Rule rule;
  std::string expected;
  Policy policy = {};
};

void check(const Row& row) {
  CAPTURE(row.name);
  const ends::Told told = ends::tell(row.before, row.event, row.policy);
  CHECK(told.text == row.expected);
  CHECK(told.rule == row.rule);
}

const core::Call close_call = core::Close{};
const core::Call shutdown_write = core::Shutdown{};
const core::Call shutdown_read = core::Shutdown{core::ShutdownHow::Read};
const core::Call send_six = core::SendOctets{6};
const core::Call receive_all = core::ReceiveOctets{};

}  // namespace

TEST_CASE("CLOSE, by 3.10.4") {
  const Row rows[] = {
      {"C1 ESTABLISHED", in(State::Established), calls(close_call), Rule::C1,
       "FIN_WAIT_1 ok; start retransmission 1000; FA 100/300"},
      {"C1 by shutdown", in(State::Established), calls(shutdown_write), Rule::C1,
       "FIN_WAIT_1 ok; start retransmission 1000; FA 100/300"},
      {"C1 the FIN waits behind a shut window", peer_window(in(State::Established), 0),
       calls(close_call), Rule::C1, "FIN_WAIT_1 ok"},
      {"C1 the FIN does not ride on data that fill the window",
       with(peer_window(in(State::Established), 6), [](Tcb& tcb) { tcb.unsent = 6; }),
       calls(close_call), Rule::C1, "FIN_WAIT_1 ok; start retransmission 1000; A 100/300+6"},
      {"C2 CLOSE_WAIT", in(State::CloseWait), calls(close_call), Rule::C2,
       "LAST_ACK ok; start retransmission 1000; FA 100/301"},
      {"C2 the state waits with the FIN", peer_window(in(State::CloseWait), 0), calls(close_call),
       Rule::C2, "CLOSE_WAIT ok"},
      {"C3 FIN_WAIT_1", orphan(in(State::FinWait1)), calls(close_call), Rule::C3,
       "FIN_WAIT_1 connection closing"},
      {"C3 FIN_WAIT_2", in(State::FinWait2), calls(shutdown_write), Rule::C3,
       "FIN_WAIT_2 connection closing"},
      {"C3 close() after shutdown() makes an orphan", in(State::FinWait2), calls(close_call),
       Rule::C3, "FIN_WAIT_2 ok"},
      {"C4 CLOSING", orphan(in(State::Closing)), calls(close_call), Rule::C4,
       "CLOSING connection closing"},
      {"C4 LAST_ACK", orphan(in(State::LastAck)), calls(close_call), Rule::C4,
       "LAST_ACK connection closing"},
      {"C4 TIME_WAIT", in(State::TimeWait), calls(shutdown_write), Rule::C4,
       "TIME_WAIT connection closing"},
      {"C5 CLOSED", in(State::Closed), calls(close_call), Rule::C5,
       "CLOSED connection does not exist"},
      {"C5 CLOSED after a reset", reset_to_report(in(State::Closed)), calls(send_six), Rule::C5,
       "CLOSED connection reset"},
      {"C6 unread data", unread(in(State::Established), 50), calls(close_call), Rule::C6,
       "CLOSED ok; R 100"},
      {"C6 not by shutdown", unread(in(State::Established), 50), calls(shutdown_write), Rule::C1,
       "FIN_WAIT_1 ok; start retransmission 1000; FA 100/300"},
      {"C6 switched off, a shut window opens",
       window(unread(in(State::FinWait2), 50), 0),
       calls(close_call),
       Rule::C3,
       "FIN_WAIT_2 ok; A 101/300",
       {.unread_data_resets = false}},
      {"C3 shutdown by an orphan", orphan(in(State::FinWait2)), calls(shutdown_read), Rule::C3,
       "FIN_WAIT_2 connection closing"},
      {"C6 switched off",
       unread(in(State::Established), 50),
       calls(close_call),
       Rule::C1,
       "FIN_WAIT_1 ok; start retransmission 1000; FA 100/300",
       {.unread_data_resets = false}},
  };
  for (const Row& row : rows) check(row);
}

TEST_CASE("SEND and RECEIVE, by 3.10.2 and 3.10.3") {
  const Row rows[] = {
      {"S1 ESTABLISHED", in(State::Established), calls(send_six), Rule::S1,
       "ESTABLISHED ok; start retransmission 1000; A 100/300+6"},
      {"S1 CLOSE_WAIT", in(State::CloseWait), calls(send_six), Rule::S1,
       "CLOSE_WAIT ok; start retransmission 1000; A 100/301+6"},
      {"S1 cut at the MSS",
       in(State::Established),
       calls(core::SendOctets{10}),
       Rule::S1,
       "ESTABLISHED ok; start retransmission 1000; A 100/300+4; A 104/300+4; A 108/300+2",
       {.mss = 4}},
      {"S1 no further than the window", peer_window(in(State::Established), 4), calls(send_six),
       Rule::S1, "ESTABLISHED ok; start retransmission 1000; A 100/300+4"},
      {"S2 FIN_WAIT_1", in(State::FinWait1), calls(send_six), Rule::S2,
       "FIN_WAIT_1 connection closing"},
      {"S2 FIN_WAIT_2", in(State::FinWait2), calls(send_six), Rule::S2,
       "FIN_WAIT_2 connection closing"},
      {"S2 CLOSING", in(State::Closing), calls(send_six), Rule::S2, "CLOSING connection closing"},
      {"S2 LAST_ACK", in(State::LastAck), calls(send_six), Rule::S2, "LAST_ACK connection closing"},
      {"S2 TIME_WAIT", in(State::TimeWait), calls(send_six), Rule::S2,
       "TIME_WAIT connection closing"},
      {"R1 data on hand", unread(in(State::Established), 50), calls(receive_all), Rule::R1,
       "ESTABLISHED ok 50"},
      {"R1 no more than asked for", unread(in(State::FinWait2), 50), calls(core::ReceiveOctets{20}),
       Rule::R1, "FIN_WAIT_2 ok 20"},
      {"R1 nothing on hand", in(State::FinWait1), calls(receive_all), Rule::R1,
       "FIN_WAIT_1 would block"},
      {"R1 a shut window opens", window(unread(in(State::Established), 50), 0), calls(receive_all),
       Rule::R1, "ESTABLISHED ok 50; A 100/300"},
      {"R2 data on hand, and then the end of file", unread(in(State::CloseWait), 50),
       calls(receive_all), Rule::R2, "CLOSE_WAIT ok 50; signal eof"},
      {"R2 nothing on hand", in(State::CloseWait), calls(receive_all), Rule::R2, "CLOSE_WAIT eof"},
      {"R3 CLOSING", in(State::Closing), calls(receive_all), Rule::R3,
       "CLOSING connection closing"},
      {"R3 LAST_ACK", in(State::LastAck), calls(receive_all), Rule::R3,
       "LAST_ACK connection closing"},
      {"R3 TIME_WAIT, data on hand all the same (D11)", unread(in(State::TimeWait), 50),
       calls(receive_all), Rule::R3, "TIME_WAIT ok 50; signal eof"},
      {"R3 CLOSED after a graceful end, data on hand all the same (D11)",
       unread(in(State::Closed), 50), calls(receive_all), Rule::R1, "CLOSED ok 50"},
      {"R1 after shutdown for reading",
       with(in(State::Established), [](Tcb& tcb) { tcb.read_shut = true; }), calls(receive_all),
       Rule::R1, "ESTABLISHED eof"},
      {"shutdown for reading sends nothing", in(State::Established), calls(shutdown_read),
       Rule::None, "ESTABLISHED ok"},
  };
  for (const Row& row : rows) check(row);
}

TEST_CASE("a segment without a connection, by 3.10.7.1") {
  const Row rows[] = {
      {"N1 RST", in(State::Closed), arrives("R 300"), Rule::N1, "CLOSED ignored"},
      {"N2 with ACK", in(State::Closed), arrives("FA 300/101"), Rule::N2, "CLOSED reset; R 101"},
      {"N3 without ACK", in(State::Closed), arrives("F 300+10"), Rule::N3,
       "CLOSED reset; RA 0/311"},
  };
  for (const Row& row : rows) check(row);
}

TEST_CASE("first, the sequence number") {
  const Policy any = {.time_wait_restart = core::TimeWaitRestart::Any};
  const Policy never = {.time_wait_restart = core::TimeWaitRestart::Never};
  const Row rows[] = {
      {"Q1 RST before the window", in(State::FinWait2), arrives("R 299"), Rule::Q1,
       "FIN_WAIT_2 out of window"},
      {"Q1 RST after the window", in(State::FinWait2), arrives("R 1300"), Rule::Q1,
       "FIN_WAIT_2 out of window"},
      {"Q2 the FIN again in CLOSE_WAIT", in(State::CloseWait), arrives("FA 300/100"), Rule::Q2,
       "CLOSE_WAIT duplicate; A 100/301"},
      {"Q2 the FIN again in CLOSING", in(State::Closing), arrives("FA 300/100"), Rule::Q2,
       "CLOSING duplicate; A 101/301"},
      {"Q2 the FIN again in LAST_ACK: its ACK is not taken", in(State::LastAck),
       arrives("FA 300/101"), Rule::Q2, "LAST_ACK duplicate; A 101/301"},
      {"Q2 data again", in(State::Established), arrives("A 290/100+10"), Rule::Q2,
       "ESTABLISHED duplicate; A 100/300"},
      {"Q2 data after the window", in(State::Established), arrives("A 1300/100+10"), Rule::Q2,
       "ESTABLISHED out of window; A 100/300"},
      {"Q2 an old bare ACK", in(State::FinWait2), arrives("A 255/33"), Rule::Q2,
       "FIN_WAIT_2 out of window; A 101/300"},
      {"Q2 a shut window takes no text but the ACK", window(sending(in(State::Established)), 0),
       arrives("A 300/106+10"), Rule::A3,
       "ESTABLISHED out of window; stop retransmission; A 106/300"},
      {"Q2 and A1 at once are one answer", window(in(State::Established), 0),
       arrives("A 300/101+10"), Rule::A1, "ESTABLISHED challenge; A 100/300"},
      {"Q2 a shut window takes a bare ACK", window(sending(in(State::Established)), 0),
       arrives("A 300/106"), Rule::A3, "ESTABLISHED accepted; stop retransmission"},
      {"F6 the FIN again in TIME_WAIT restarts 2 MSL (D1)", in(State::TimeWait),
       arrives("FA 300/101"), Rule::F6, "TIME_WAIT duplicate; restart time-wait 240000; A 101/301"},
      {"F6 never, when the policy says so", in(State::TimeWait), arrives("FA 300/101"), Rule::F6,
       "TIME_WAIT duplicate; A 101/301", never},
      {"Q2 an old ACK in TIME_WAIT restarts nothing", in(State::TimeWait), arrives("A 255/33"),
       Rule::Q2, "TIME_WAIT out of window; A 101/301"},
      {"Q2 an old ACK in TIME_WAIT restarts when any does", in(State::TimeWait),
       arrives("A 255/33"), Rule::Q2,
       "TIME_WAIT out of window; restart time-wait 240000; A 101/301", any},
      {"the last octet of the window is inside", in(State::Established), arrives("A 1299/100+1"),
       Rule::T2, "ESTABLISHED out of order; A 100/300"},
      {"a segment that reaches into the window is inside", in(State::Established),
       arrives("A 295/100+10"), Rule::T1, "ESTABLISHED accepted; A 100/305"},
  };
  for (const Row& row : rows) check(row);
}

TEST_CASE("second, RST, and fourth, SYN") {
  const Policy old = {.rfc5961 = false};
  const Policy ignore = {.rst_in_time_wait = core::RstInTimeWait::Ignore};
  const Row rows[] = {
      {"K1 in the window but not exact", in(State::FinWait2), arrives("R 320"), Rule::K1,
       "FIN_WAIT_2 challenge; A 101/300"},
      {"K2 ESTABLISHED", in(State::Established), arrives("R 300"), Rule::K2,
       "CLOSED reset; signal connection reset"},
      {"K2 FIN_WAIT_1 stops its timer", in(State::FinWait1), arrives("R 300"), Rule::K2,
       "CLOSED reset; signal connection reset; stop retransmission"},
      {"K2 an orphan is told nothing", orphan(in(State::FinWait2)), arrives("R 300"), Rule::K2,
       "CLOSED reset"},
      {"K2 CLOSE_WAIT", in(State::CloseWait), arrives("R 301"), Rule::K2,
       "CLOSED reset; signal connection reset"},
      {"K2 anywhere in the window before RFC 5961", in(State::Established), arrives("R 320"),
       Rule::K2, "CLOSED reset; signal connection reset", old},
      {"K3 CLOSING", in(State::Closing), arrives("R 301"), Rule::K3,
       "CLOSED reset; signal connection reset; stop retransmission"},
      {"K3 LAST_ACK", in(State::LastAck), arrives("R 301"), Rule::K3,
       "CLOSED reset; signal connection reset; stop retransmission"},
      {"K3 TIME_WAIT is assassinated (D4)", in(State::TimeWait), arrives("R 301"), Rule::K3,
       "CLOSED reset; stop time-wait"},
      {"K3 TIME_WAIT ignores it after RFC 1337", in(State::TimeWait), arrives("R 301"), Rule::K3,
       "TIME_WAIT ignored", ignore},
      {"Y1 SYN in the window", in(State::Established), arrives("S 310"), Rule::Y1,
       "ESTABLISHED challenge; A 100/300"},
      {"Y2 SYN in the window before RFC 5961", in(State::Established), arrives("S 310"), Rule::Y2,
       "CLOSED reset; signal connection reset; R 100", old},
  };
  for (const Row& row : rows) check(row);
}

TEST_CASE("fifth, the ACK") {
  const Row rows[] = {
      {"A0 no ACK bit", in(State::Established), arrives("F 300"), Rule::A0, "ESTABLISHED ignored"},
      {"A1 acknowledges what was never sent", in(State::Established), arrives("A 300/101"),
       Rule::A1, "ESTABLISHED challenge; A 100/300"},
      {"A3 all that was sent", sending(in(State::Established)), arrives("A 300/106"), Rule::A3,
       "ESTABLISHED accepted; stop retransmission"},
      {"A4 nothing new", sending(in(State::Established)), arrives("A 300/100"), Rule::A4,
       "ESTABLISHED duplicate"},
      {"A5 FIN_WAIT_1", in(State::FinWait1), arrives("A 300/101"), Rule::A5,
       "FIN_WAIT_2 accepted; stop retransmission"},
      {"A6 FIN_WAIT_1, the data but not the FIN",
       with(in(State::FinWait1),
            [](Tcb& tcb) {
              tcb.snd_nxt = {107};
              tcb.fin = core::Seq{106};
              tcb.retransmission_queue = {{{100}, 6, false}, {{106}, 0, true}};
            }),
       arrives("A 300/106"), Rule::A3, "FIN_WAIT_1 accepted; restart retransmission 1000"},
      {"A8 CLOSING", in(State::Closing), arrives("A 301/101"), Rule::A8,
       "TIME_WAIT accepted; stop retransmission; start time-wait 240000"},
      {"A9 CLOSING, not our FIN", in(State::Closing), arrives("A 301/100"), Rule::A9,
       "CLOSING ignored"},
      {"A9 CLOSING, our data but not our FIN",
       with(in(State::Closing),
            [](Tcb& tcb) {
              tcb.snd_nxt = {107};
              tcb.fin = core::Seq{106};
              tcb.retransmission_queue = {{{100}, 6, false}, {{106}, 0, true}};
            }),
       arrives("A 301/106"), Rule::A3, "CLOSING accepted; restart retransmission 1000"},
      {"A10 LAST_ACK", in(State::LastAck), arrives("A 301/101"), Rule::A10,
       "CLOSED accepted; signal closed; stop retransmission"},
      {"A4 LAST_ACK, not our FIN (D9)", in(State::LastAck), arrives("A 301/100"), Rule::A4,
       "LAST_ACK duplicate"},
      {"A11 TIME_WAIT answers no bare ACK (D2)", in(State::TimeWait), arrives("A 301/101"),
       Rule::A11, "TIME_WAIT ignored"},
      {"A11 TIME_WAIT answers text (D2)", in(State::TimeWait), arrives("A 301/101+5"), Rule::A11,
       "TIME_WAIT ignored; A 101/301"},
      {"D10 a bare ACK from beyond a gap counts at once, and is not answered", in(State::FinWait1),
       arrives("A 310/101"), Rule::A5, "FIN_WAIT_2 accepted; stop retransmission"},
      {"an ACK opens the window for a FIN that waits", fin_waiting(in(State::Established)),
       arrives("A 300/100"), Rule::A4,
       "FIN_WAIT_1 accepted; start retransmission 1000; FA 100/300"},
  };
  for (const Row& row : rows) check(row);
}

TEST_CASE("seventh, the text") {
  const Row rows[] = {
      {"T1 ESTABLISHED", in(State::Established), arrives("A 300/100+10"), Rule::T1,
       "ESTABLISHED accepted; A 100/310"},
      {"T1 FIN_WAIT_2", in(State::FinWait2), arrives("A 300/101+10"), Rule::T1,
       "FIN_WAIT_2 accepted; A 101/310"},
      {"T1 an ACK and text at once", in(State::FinWait1), arrives("A 300/101+10"), Rule::A5,
       "FIN_WAIT_2 accepted; stop retransmission; A 101/310"},
      {"T2 beyond a gap", in(State::Established), arrives("A 310/100+10"), Rule::T2,
       "ESTABLISHED out of order; A 100/300"},
      {"T2 a FIN beyond a gap", in(State::Established), arrives("FA 306/100"), Rule::T2,
       "ESTABLISHED out of order; A 100/300"},
      {"T3 CLOSE_WAIT", in(State::CloseWait), arrives("A 301/100+10"), Rule::T3,
       "CLOSE_WAIT ignored"},
      {"T3 LAST_ACK", in(State::LastAck), arrives("A 301/100+10"), Rule::T3, "LAST_ACK ignored"},
      {"T4 data after close()", orphan(in(State::FinWait2)), arrives("A 300/101+10"), Rule::T4,
       "CLOSED reset; R 101"},
      {"T4 in FIN_WAIT_1", orphan(in(State::FinWait1)), arrives("A 300/101+10"), Rule::T4,
       "CLOSED reset; stop retransmission; R 101"},
      {"T4 never after shutdown for reading",
       with(orphan(in(State::FinWait2)), [](Tcb& tcb) { tcb.read_shut = true; }),
       arrives("A 300/101+10"), Rule::T1, "FIN_WAIT_2 accepted; A 101/310"},
      {"T4 switched off",
       orphan(in(State::FinWait2)),
       arrives("A 300/101+10"),
       Rule::T1,
       "FIN_WAIT_2 accepted; A 101/310",
       {.data_after_close_resets = false}},
  };
  for (const Row& row : rows) check(row);
}

TEST_CASE("eighth, the FIN") {
  const Row rows[] = {
      {"F1 ESTABLISHED", in(State::Established), arrives("FA 300/100"), Rule::F1,
       "CLOSE_WAIT accepted; signal eof; A 100/301"},
      {"F1 with data before it", in(State::Established), arrives("FA 300/100+6"), Rule::F1,
       "CLOSE_WAIT accepted; signal eof; A 100/307"},
      {"F2 FIN_WAIT_1, ours acknowledged by the same segment", in(State::FinWait1),
       arrives("FA 300/101"), Rule::F2,
       "TIME_WAIT accepted; signal eof; stop retransmission; start time-wait 240000; A 101/301"},
      {"F3 FIN_WAIT_1, ours not acknowledged", in(State::FinWait1), arrives("FA 300/100"), Rule::F3,
       "CLOSING accepted; signal eof; A 101/301"},
      {"F4 FIN_WAIT_2", in(State::FinWait2), arrives("FA 300/101"), Rule::F4,
       "TIME_WAIT accepted; signal eof; start time-wait 240000; A 101/301"},
      {"F4 an orphan is told nothing", orphan(in(State::FinWait2)), arrives("FA 300/101"), Rule::F4,
       "TIME_WAIT accepted; start time-wait 240000; A 101/301"},
      {"F1 the end of file waits for unread data", unread(in(State::Established), 50),
       arrives("FA 300/100"), Rule::F1, "CLOSE_WAIT accepted; A 100/301"},
  };
  for (const Row& row : rows) check(row);
}

TEST_CASE("a timer expires, by 3.10.8") {
  const core::Event retransmission = core::Timeout{core::Timer::Retransmission};
  const core::Event time_wait = core::Timeout{core::Timer::TimeWait};
  const auto waited = [](State state, core::Time rto, core::Time already) {
    return with(in(state), [=](Tcb& tcb) {
      tcb.rto_ms = rto;
      tcb.waited_ms = already;
    });
  };
  const Row rows[] = {
      {"X1 the FIN again, with the same number", in(State::FinWait1), retransmission, Rule::X1,
       "FIN_WAIT_1; start retransmission 2000; FA 100/300"},
      {"X1 LAST_ACK", in(State::LastAck), retransmission, Rule::X1,
       "LAST_ACK; start retransmission 2000; FA 100/301"},
      {"X1 data again", sending(in(State::Established)), retransmission, Rule::X1,
       "ESTABLISHED; start retransmission 2000; A 100/300+6"},
      {"X1 the wait is never longer than its largest", waited(State::FinWait1, 32'000, 31'000),
       retransmission, Rule::X1, "FIN_WAIT_1; start retransmission 60000; FA 100/300"},
      {"X2 given up", waited(State::FinWait1, 60'000, 63'000), retransmission, Rule::X2,
       "CLOSED; signal timed out"},
      {"X2 at R2 exactly", waited(State::FinWait1, 60'000, 40'000), retransmission, Rule::X2,
       "CLOSED; signal timed out"},
      {"X4 2 MSL", in(State::TimeWait), time_wait, Rule::X4, "CLOSED; signal closed"},
      {"X4 an orphan is told nothing", orphan(in(State::TimeWait)), time_wait, Rule::X4, "CLOSED"},
  };
  for (const Row& row : rows) check(row);
}

TEST_CASE("what was held is taken when the gap is filled, and its FIN with it") {
  const Policy policy;
  const auto after = [&](const Tcb& tcb, std::string_view notation) {
    return ends::tell(tcb, arrives(notation), policy);
  };
  Tcb tcb = in(State::Established);
  tcb = after(tcb, "FA 320/100+4").tcb;
  tcb = after(tcb, "A 310/100+10").tcb;
  tcb = after(tcb, "A 310/100+10").tcb;
  CHECK(tcb.held.size() == 2);
  const ends::Told told = after(tcb, "A 300/100+10");
  CHECK(told.text == "CLOSE_WAIT accepted; signal eof; A 100/325");
  CHECK(told.tcb.held.empty());
}

TEST_CASE("nothing stays held behind the peer's FIN") {
  Tcb tcb = ends::tell(in(State::Established), arrives("A 340/100+5"), {}).tcb;
  CHECK(tcb.held.size() == 1);
  tcb = ends::tell(tcb, arrives("FA 300/100+10"), {}).tcb;
  CHECK(tcb.state == State::CloseWait);
  CHECK(tcb.held.empty());
}

TEST_CASE("the right edge of the window never moves back") {
  Tcb tcb = unread(in(State::Established), 0);
  const core::Seq edge = tcb.rcv_nxt + tcb.rcv_wnd;
  tcb = ends::tell(tcb, arrives("A 300/100+400"), {}).tcb;
  CHECK(tcb.rcv_nxt + tcb.rcv_wnd == edge);
  CHECK(tcb.unread == 400);
  tcb = ends::tell(tcb, calls(core::ReceiveOctets{100}), {}).tcb;
  CHECK(tcb.rcv_nxt + tcb.rcv_wnd == edge + 100);
}

TEST_CASE("text that overruns the window is cut, and its FIN is not taken") {
  const Tcb tcb = unread(window(in(State::Established), 4), 0);
  const ends::Told told = ends::tell(tcb, arrives("FA 300/100+10"), {});
  CHECK(told.text == "ESTABLISHED accepted; A 100/304");
  CHECK(told.tcb.rcv_wnd == 0);
}

TEST_CASE("an acknowledgment of something new sets the timeout back to its first value") {
  Tcb tcb = sending(in(State::Established));
  tcb = ends::tell(tcb, core::Timeout{core::Timer::Retransmission}, {}).tcb;
  CHECK(tcb.rto_ms == 2000);
  CHECK(tcb.waited_ms == 1000);
  tcb = ends::tell(tcb, arrives("A 300/106"), {}).tcb;
  CHECK(tcb.rto_ms == 1000);
  CHECK(tcb.waited_ms == 0);
}

TEST_CASE("after shutdown for reading, octets are acknowledged and thrown away") {
  Tcb tcb = unread(in(State::Established), 0);
  tcb = ends::tell(tcb, calls(shutdown_read), {}).tcb;
  const ends::Told told = ends::tell(tcb, arrives("A 300/100+10"), {});
  CHECK(told.text == "ESTABLISHED accepted; A 100/310");
  CHECK(told.tcb.unread == 0);
}
