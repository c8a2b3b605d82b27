// CLOSE, SEND, RECEIVE and ABORT (RFC 9293 3.10.2 to 3.10.5) once a connection exists, and without
// one. The calls that open a connection, and those that meet one half open: opening_test.cpp.
// Longer than 300 lines: a table of rows, in the order of the RFC.
#include "rows.hpp"

#include <doctest/doctest.h>

using core::Policy;
using core::State;
using core::Tcb;
using ends::in;
using rows::closes;
using rows::orphan;
using rows::read_shut;
using rows::unread;
using enum core::State;

std::vector<rows::Row> rows::close_calls() {
  const Policy keeps_unread = {.unread_data_resets = false};
  const Policy acknowledges = {.abort_flags = core::AbortFlags::RstAck};
  const Policy no_persist = {.persist = false};
  return {
      {"C1 close()", in(Established), closes,
       "FIN_WAIT_1 ok; start retransmission 1000; FA 100/300 | fin_requested=yes orphan=yes"},
      {"C1 shutdown for writing", in(Established), shuts_write,
       "FIN_WAIT_1 ok; start retransmission 1000; FA 100/300 | fin_requested=yes"},
      {"C1 shutdown for both", in(Established), shuts_both,
       "FIN_WAIT_1 ok; start retransmission 1000; FA 100/300 | fin_requested=yes read_shut=yes"},
      {"C1 the FIN rides on the last data", unsent(in(Established), 6), closes,
       "FIN_WAIT_1 ok; start retransmission 1000; FA 100/300+6 | fin_requested=yes orphan=yes"},
      {"C1 FIN_WAIT_1 begins while the FIN waits (D6)", peer_window(in(Established), 0), closes,
       "FIN_WAIT_1 ok; start persist 1000 | fin_requested=yes orphan=yes"},
      {"C1 nothing asks a shut window when probes are off", peer_window(in(Established), 0), closes,
       "FIN_WAIT_1 ok | fin_requested=yes orphan=yes", no_persist},
      {"C1 the FIN does not ride on data that fill the window (D6)",
       unsent(peer_window(in(Established), 6), 6), closes,
       "FIN_WAIT_1 ok; start retransmission 1000; A 100/300+6 | fin_requested=yes orphan=yes"},
      {"C1 the FIN carries an ACK that was held back", owing(in(Established)), shuts_write,
       "FIN_WAIT_1 ok; start retransmission 1000; stop delayed-ack; FA 100/310 | "
       "fin_requested=yes"},
      {"C2 close()", in(CloseWait), closes,
       "LAST_ACK ok; start retransmission 1000; FA 100/301 | fin_requested=yes orphan=yes"},
      {"C2 shutdown for writing", in(CloseWait), shuts_write,
       "LAST_ACK ok; start retransmission 1000; FA 100/301 | fin_requested=yes"},
      {"C2 behind the data", unsent(in(CloseWait), 6), closes,
       "LAST_ACK ok; start retransmission 1000; FA 100/301+6 | fin_requested=yes orphan=yes"},
      {"C2 the state waits with the FIN (D6)", peer_window(in(CloseWait), 0), closes,
       "CLOSE_WAIT ok; start persist 1000 | fin_requested=yes orphan=yes"},
      {"C3 close() again", orphan(in(FinWait1)), closes, "FIN_WAIT_1 connection closing"},
      {"C3 shutdown again", in(FinWait1), shuts_write, "FIN_WAIT_1 connection closing"},
      {"C3 close() after shutdown makes an orphan", in(FinWait1), closes,
       "FIN_WAIT_1 ok | orphan=yes"},
      {"C3 close() again", orphan(in(FinWait2)), closes, "FIN_WAIT_2 connection closing"},
      {"C3 shutdown again", in(FinWait2), shuts_write, "FIN_WAIT_2 connection closing"},
      {"C3 close() after shutdown makes an orphan", in(FinWait2), closes,
       "FIN_WAIT_2 ok | orphan=yes"},
      {"C3 shutdown by an orphan, for reading too", orphan(in(FinWait2)), shuts_read,
       "FIN_WAIT_2 connection closing"},
      {"C3 the FIN waits, and no second one is queued", fin_waiting(in(Established)), closes,
       "FIN_WAIT_1 ok | orphan=yes"},
      {"C4 close() again", orphan(in(Closing)), closes, "CLOSING connection closing"},
      {"C4 close() after shutdown", in(Closing), closes, "CLOSING ok | orphan=yes"},
      {"C4 close() again", orphan(in(LastAck)), closes, "LAST_ACK connection closing"},
      {"C4 shutdown again", read_shut(in(LastAck)), shuts_both, "LAST_ACK connection closing"},
      {"C4 close() after shutdown", in(TimeWait), closes, "TIME_WAIT ok | orphan=yes"},
      {"C4 shutdown again", in(TimeWait), shuts_write, "TIME_WAIT connection closing"},
      {"C5 close()", in(Closed), closes, "CLOSED connection does not exist"},
      {"C5 shutdown", in(Closed), shuts_read, "CLOSED connection does not exist"},
      {"C5 SEND", in(Closed), sends_six, "CLOSED connection does not exist"},
      {"C5 RECEIVE", in(Closed), receives, "CLOSED connection does not exist"},
      {"C5 ABORT", in(Closed), aborts, "CLOSED connection does not exist"},
      {"C5 close() after a reset", reset_to_report(in(Closed)), closes,
       "CLOSED connection reset | reset_to_report=no"},
      {"C5 SEND after a reset", reset_to_report(in(Closed)), sends_six,
       "CLOSED connection reset | reset_to_report=no"},
      {"C5 RECEIVE after a reset", reset_to_report(in(Closed)), receives,
       "CLOSED connection reset | reset_to_report=no"},
      {"C6 unread data", unread(in(Established), 50), closes,
       "CLOSED ok; R 100 | rcv_wnd=1000 unread=0 orphan=yes"},
      {"C6 unread data, data on their way", sending(unread(in(Established), 50)), closes,
       "CLOSED ok; stop retransmission; R 106 | rcv_wnd=1000 unread=0 orphan=yes"},
      {"C6 unread data", unread(in(FinWait1), 50), closes,
       "CLOSED ok; stop retransmission; R 101 | rcv_wnd=1000 unread=0 orphan=yes"},
      {"C6 unread data", unread(in(FinWait2), 50), closes,
       "CLOSED ok; R 101 | rcv_wnd=1000 unread=0 orphan=yes"},
      {"C6 unread data", unread(in(CloseWait), 50), closes,
       "CLOSED ok; R 100 | rcv_wnd=1000 unread=0 orphan=yes"},
      {"C6 unread data", unread(in(Closing), 50), closes,
       "CLOSED ok; stop retransmission; R 101 | rcv_wnd=1000 unread=0 orphan=yes"},
      {"C6 unread data", unread(in(LastAck), 50), closes,
       "CLOSED ok; stop retransmission; R 101 | rcv_wnd=1000 unread=0 orphan=yes"},
      {"C6 unread data", unread(in(TimeWait), 50), closes,
       "CLOSED ok; stop time-wait; R 101 | rcv_wnd=1000 unread=0 orphan=yes"},
      {"C6 a reset with an ACK", unread(in(CloseWait), 50), closes,
       "CLOSED ok; RA 100/301 | rcv_wnd=1000 unread=0 orphan=yes", acknowledges},
      {"C1 not by shutdown", unread(in(Established), 50), shuts_write,
       "FIN_WAIT_1 ok; start retransmission 1000; FA 100/300 | fin_requested=yes"},
      {"C1 C6 is switched off", unread(in(Established), 50), closes,
       "FIN_WAIT_1 ok; start retransmission 1000; FA 100/300 | fin_requested=yes rcv_wnd=1000 "
       "unread=0 orphan=yes",
       keeps_unread},
      {"C3 C6 is switched off: what is thrown away opens a shut window",
       window(unread(in(FinWait2), 50), 0), closes,
       "FIN_WAIT_2 ok; A 101/300 | rcv_wnd=50 unread=0 orphan=yes", keeps_unread},
      {"- shutdown for reading sends nothing", in(Established), shuts_read,
       "ESTABLISHED ok | read_shut=yes"},
      {"- shutdown for both only ends reading where sending has ended", in(LastAck), shuts_both,
       "LAST_ACK ok | read_shut=yes"},
      {"- shutdown for reading sends nothing", in(CloseWait), shuts_read,
       "CLOSE_WAIT ok | read_shut=yes"},
  };
}

std::vector<rows::Row> rows::send_calls() {
  return {
      {"S1 six octets", in(Established), sends_six,
       "ESTABLISHED ok; start retransmission 1000; A 100/300+6"},
      {"S1 six octets", in(CloseWait), sends_six,
       "CLOSE_WAIT ok; start retransmission 1000; A 100/301+6"},
      {"S1 cut at the MSS",
       in(Established),
       calls(core::SendOctets{10}),
       "ESTABLISHED ok; start retransmission 1000; A 100/300+4; A 104/300+4; A 108/300+2",
       {.mss = 4}},
      {"S1 no further than the window", peer_window(in(Established), 4), sends_six,
       "ESTABLISHED ok; start retransmission 1000; A 100/300+4"},
      {"S1 the window counts from SND.UNA", peer_window(sending(in(Established)), 10), sends_six,
       "ESTABLISHED ok; A 106/300+4"},
      {"S1 the timer of what left before goes on", sending(in(Established)), sends_six,
       "ESTABLISHED ok; A 106/300+6"},
      {"S1 behind a shut window", peer_window(in(Established), 0), sends_six,
       "ESTABLISHED ok; start persist 1000"},
      {"S1 carries an ACK that was held back", owing(in(Established)), sends_six,
       "ESTABLISHED ok; start retransmission 1000; stop delayed-ack; A 100/310+6"},
      {"S2 after CLOSE", in(FinWait1), sends_six, "FIN_WAIT_1 connection closing"},
      {"S2 after CLOSE, while the FIN waits", fin_waiting(in(Established)), sends_six,
       "FIN_WAIT_1 connection closing"},
      {"S2 after CLOSE, while the FIN waits", fin_waiting(in(CloseWait)), sends_six,
       "CLOSE_WAIT connection closing"},
      {"S2 after CLOSE", in(FinWait2), sends_six, "FIN_WAIT_2 connection closing"},
      {"S2 by an orphan", orphan(in(FinWait2)), sends_six, "FIN_WAIT_2 connection closing"},
      {"S2 after CLOSE", in(Closing), sends_six, "CLOSING connection closing"},
      {"S2 after CLOSE", in(LastAck), sends_six, "LAST_ACK connection closing"},
      {"S2 after CLOSE", in(TimeWait), sends_six, "TIME_WAIT connection closing"},
  };
}

std::vector<rows::Row> rows::receive_calls() {
  const Tcb ended = with(in(Closed), [](Tcb& tcb) { tcb.fin_received = true; });
  const Tcb full = window(unread(in(Established), 50), 0);
  return {
      {"R1 data on hand", unread(in(Established), 50), receives, "ESTABLISHED ok 50"},
      {"R1 nothing on hand", in(Established), receives, "ESTABLISHED would block"},
      {"R1 no more than is on hand", unread(in(Established), 50), calls(core::ReceiveOctets{90}),
       "ESTABLISHED ok 50"},
      {"R1 a shut window opens", full, receives, "ESTABLISHED ok 50; A 100/300"},
      {"R1 a window that is not shut is not announced", unread(in(Established), 999), receives,
       "ESTABLISHED ok 999"},
      {"R1 data on hand", unread(in(FinWait1), 50), receives, "FIN_WAIT_1 ok 50"},
      {"R1 nothing on hand", in(FinWait1), receives, "FIN_WAIT_1 would block"},
      {"R1 no more than was asked for", unread(in(FinWait2), 50), calls(core::ReceiveOctets{20}),
       "FIN_WAIT_2 ok 20"},
      {"R1 nothing on hand", in(FinWait2), receives, "FIN_WAIT_2 would block"},
      {"R1 by an orphan", orphan(in(FinWait2)), receives, "FIN_WAIT_2 connection closing"},
      {"R1 after shutdown for reading", read_shut(in(Established)), receives, "ESTABLISHED eof"},
      {"R1 after shutdown for reading", read_shut(in(FinWait2)), receives, "FIN_WAIT_2 eof"},
      {"R2 data on hand, and then the end of file", unread(in(CloseWait), 50), receives,
       "CLOSE_WAIT ok 50; signal eof"},
      {"R2 some of the data on hand", unread(in(CloseWait), 50), calls(core::ReceiveOctets{20}),
       "CLOSE_WAIT ok 20"},
      {"R2 nothing on hand", in(CloseWait), receives, "CLOSE_WAIT eof"},
      {"R2 no window is opened for a peer that has finished", window(unread(in(CloseWait), 50), 0),
       receives, "CLOSE_WAIT ok 50; signal eof"},
      {"R3 nothing on hand", in(Closing), receives, "CLOSING connection closing"},
      {"R3 data on hand all the same (D11)", unread(in(Closing), 50), receives,
       "CLOSING ok 50; signal eof"},
      {"R3 nothing on hand", in(LastAck), receives, "LAST_ACK connection closing"},
      {"R3 data on hand all the same (D11)", unread(in(LastAck), 50), receives,
       "LAST_ACK ok 50; signal eof"},
      {"R3 nothing on hand", in(TimeWait), receives, "TIME_WAIT connection closing"},
      {"R3 data on hand all the same (D11)", unread(in(TimeWait), 50), receives,
       "TIME_WAIT ok 50; signal eof"},
      {"R3=R1 data on hand after a graceful end (D11)", unread(in(Closed), 50), receives,
       "CLOSED ok 50"},
      {"R3=R1 CLOSED opens no window, and sends nothing", window(unread(in(Closed), 50), 0),
       receives, "CLOSED ok 50"},
  };
}

std::vector<rows::Row> rows::abort_calls() {
  const Policy acknowledges = {.abort_flags = core::AbortFlags::RstAck};
  const Policy waits = {.abort_to_time_wait = true};
  return {
      {"B1 nothing on its way", in(Established), aborts, "CLOSED ok; R 100 | orphan=yes"},
      {"B1 what is on its way is forgotten", sending(in(Established)), aborts,
       "CLOSED ok; stop retransmission; R 106 | orphan=yes"},
      {"B1 what waits is forgotten", timed(unsent(in(Established), 9), core::Timer::Persist),
       aborts, "CLOSED ok; stop persist; R 100 | orphan=yes"},
      {"B1 no ACK is owed any more", owing(in(Established)), aborts,
       "CLOSED ok; stop delayed-ack; R 100 | orphan=yes"},
      {"B1 unread data are no second reason", unread(in(Established), 50), aborts,
       "CLOSED ok; R 100 | rcv_wnd=1000 unread=0 orphan=yes"},
      {"B1 behind the FIN", in(FinWait1), aborts,
       "CLOSED ok; stop retransmission; R 101 | orphan=yes"},
      {"B1 before a FIN that waits (D6)", fin_waiting(in(Established)), aborts,
       "CLOSED ok; stop persist; R 100 | orphan=yes"},
      {"B1 behind the FIN", in(FinWait2), aborts, "CLOSED ok; R 101 | orphan=yes"},
      {"B1 by nobody who could be told of it", orphan(in(FinWait2)), aborts, "CLOSED ok; R 101"},
      {"B1 nothing on its way", in(CloseWait), aborts, "CLOSED ok; R 100 | orphan=yes"},
      {"B1 a reset with an ACK", in(CloseWait), aborts, "CLOSED ok; RA 100/301 | orphan=yes",
       acknowledges},
      {"B1 by 3.5.2 whoever resets waits (D3)", in(Established), aborts,
       "TIME_WAIT ok; start time-wait 240000; R 100 | orphan=yes", waits},
      {"B1 by 3.5.2 whoever resets waits (D3)", in(FinWait1), aborts,
       "TIME_WAIT ok; stop retransmission; start time-wait 240000; R 101 | queue=none orphan=yes",
       waits},
      {"B1 by 3.5.2 whoever resets waits (D3)", in(FinWait2), aborts,
       "TIME_WAIT ok; start time-wait 240000; R 101 | orphan=yes", waits},
      {"B1 by 3.5.2 whoever resets waits (D3)", in(CloseWait), aborts,
       "TIME_WAIT ok; start time-wait 240000; R 100 | orphan=yes", waits},
      {"B1 who waits after a reset owes no ACK (D3)", owing(in(Established)), aborts,
       "TIME_WAIT ok; stop delayed-ack; start time-wait 240000; R 100 | ack_owed=no orphan=yes",
       waits},
      {"B2 no RST", in(Closing), aborts, "CLOSED ok; stop retransmission | orphan=yes"},
      {"B2 no RST", in(LastAck), aborts, "CLOSED ok; stop retransmission | orphan=yes"},
      {"B2 no RST", in(TimeWait), aborts, "CLOSED ok; stop time-wait | orphan=yes"},
      {"B2 no RST, so nothing to wait for (D3)", in(Closing), aborts,
       "CLOSED ok; stop retransmission | orphan=yes", waits},
  };
}

TEST_CASE("CLOSE, by 3.10.4") {
  rows::check(rows::close_calls());
}

TEST_CASE("SEND, by 3.10.2") {
  rows::check(rows::send_calls());
}

TEST_CASE("RECEIVE, by 3.10.3") {
  rows::check(rows::receive_calls());
}

TEST_CASE("ABORT, by 3.10.5") {
  rows::check(rows::abort_calls());
}

TEST_CASE("after ABORT nothing is left to be sent, read or put in order") {
  Tcb tcb = rows::unsent(rows::peer_window(rows::sending(unread(in(Established), 50)), 6), 9);
  tcb = ends::tell(tcb, rows::arrives("A 320/100+5 w6"), {}).tcb;
  CHECK(tcb.out_of_order.size() == 1);
  CHECK(tcb.unsent == 9);
  tcb = ends::tell(tcb, rows::aborts, {}).tcb;
  CHECK(tcb.retransmission_queue.empty());
  CHECK(tcb.unsent == 0);
  CHECK(tcb.unread == 0);
  CHECK(tcb.out_of_order.empty());
  CHECK(tcb.timers == core::TimerSet{});
}

TEST_CASE("ABORT in the instant of CLOSE: the FIN never leaves, not even from TIME_WAIT (D3)") {
  for (const bool waits : {false, true}) {
    const Policy policy = {.abort_to_time_wait = waits};
    const Tcb closing = core::step(in(Established), rows::shuts_write, policy).next;
    const core::Outcome aborted = core::step(closing, rows::aborts, policy);
    REQUIRE(aborted.send.size() == 1);
    CHECK(ends::text(aborted.send.front()) == "R 100");
    CHECK(core::transmit(aborted.next, policy).send.empty());
  }
}

TEST_CASE("nothing is owed into a window that is smaller than what is on its way") {
  const Tcb tcb = rows::unsent(rows::peer_window(rows::sending(in(Established)), 3), 9);
  CHECK(tcb.room() == -3);
  CHECK(core::transmit(tcb, {}).send.empty());
}

TEST_CASE("the first call after a reset learns of it, and the second finds no connection") {
  for (const core::Event& call :
       {closes, rows::sends_six, rows::receives, rows::aborts, rows::shuts_write}) {
    Tcb tcb = ends::tell(in(Established), rows::arrives("R 300"), {}).tcb;
    ends::Told told = ends::tell(tcb, call, {});
    CHECK(told.text == "CLOSED connection reset");
    told = ends::tell(told.tcb, call, {});
    CHECK(told.text == "CLOSED connection does not exist");
  }
}

TEST_CASE("the second CLOSE of a FIN that waits changes nothing") {
  const Tcb once = ends::tell(rows::peer_window(in(Established), 0), rows::shuts_write, {}).tcb;
  const ends::Told twice = ends::tell(once, rows::shuts_write, {});
  CHECK(twice.text == "FIN_WAIT_1 connection closing");
  CHECK(twice.tcb == once);
}

TEST_CASE("the end of file is signalled once, when the last octet before it is read") {
  Tcb tcb = unread(in(CloseWait), 50);
  tcb = ends::tell(tcb, rows::calls(core::ReceiveOctets{20}), {}).tcb;
  ends::Told told = ends::tell(tcb, rows::receives, {});
  CHECK(told.text == "CLOSE_WAIT ok 30; signal eof");
  told = ends::tell(told.tcb, rows::receives, {});
  CHECK(told.text == "CLOSE_WAIT eof");
}

TEST_CASE("the right edge of the window never moves back, and reading moves it on") {
  Tcb tcb = unread(in(Established), 0);
  const core::Seq edge = tcb.rcv_nxt + tcb.rcv_wnd;
  tcb = ends::tell(tcb, rows::arrives("A 300/100+400"), {}).tcb;
  CHECK(tcb.rcv_nxt + tcb.rcv_wnd == edge);
  CHECK(tcb.unread == 400);
  tcb = ends::tell(tcb, rows::calls(core::ReceiveOctets{100}), {}).tcb;
  CHECK(tcb.rcv_nxt + tcb.rcv_wnd == edge + 100);
}

TEST_CASE("a window that opens is announced with its new size") {
  const ends::Told told =
      ends::tell(rows::window(unread(in(Established), 50), 0), rows::receives, {});
  REQUIRE(told.sent.size() == 1);
  CHECK(told.sent.front().wnd == 50);
}

TEST_CASE("after shutdown for reading alone, octets are acknowledged and thrown away") {
  Tcb tcb = unread(in(Established), 0);
  tcb = ends::tell(tcb, rows::shuts_read, {}).tcb;
  const ends::Told told = ends::tell(tcb, rows::arrives("A 300/100+10"), {});
  REQUIRE(told.sent.size() == 1);
  CHECK(told.sent.front().ack == core::Seq{310});
  CHECK(told.tcb.unread == 0);
  CHECK(told.tcb.rcv_wnd == 1000);
  CHECK(ends::tell(told.tcb, rows::receives, {}).text.ends_with(" eof"));
}
