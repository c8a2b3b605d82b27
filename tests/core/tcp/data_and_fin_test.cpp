// Seventh and eighth, text and FIN (RFC 9293 3.10.7.4), what comes too early, and ACKs that are
// held back (3.8.6.3).
// Longer than 300 lines: a table of rows, in the order of the RFC.
#include "rows.hpp"

#include <doctest/doctest.h>

using core::Policy;
using core::State;
using core::Tcb;
using ends::in;
using rows::arrives;
using rows::orphan;
using rows::owing;
using rows::read_shut;
using rows::unread;
using enum core::State;

std::vector<rows::Row> rows::texts() {
  const Policy keeps_reading = {.data_after_close_resets = false};
  return {
      {"T1 text", in(Established), arrives("A 300/100+10"),
       "ESTABLISHED accepted; A 100/310 | rcv_nxt=310"},
      {"T1 text that reaches into the window", in(Established), arrives("A 295/100+10"),
       "ESTABLISHED accepted; A 100/305 | rcv_nxt=305"},
      {"T1 text that nobody reads yet", unread(in(Established), 50), arrives("A 300/100+10"),
       "ESTABLISHED accepted; A 100/310 | rcv_nxt=310 rcv_wnd=940 unread=60"},
      {"T1 text", in(FinWait1), arrives("A 300/100+10"),
       "FIN_WAIT_1 accepted; A 101/310 | rcv_nxt=310"},
      {"T1 text", in(FinWait2), arrives("A 300/101+10"),
       "FIN_WAIT_2 accepted; A 101/310 | snd_wl2=101 rcv_nxt=310"},
      {"T1 text with the ACK of data", sending(in(Established)), arrives("A 300/106+10"),
       "ESTABLISHED accepted; stop retransmission; A 106/310 | snd_una=106 snd_wl2=106 queue=none "
       "rcv_nxt=310"},
      {"T1 after shutdown for reading it is acknowledged", read_shut(in(Established)),
       arrives("A 300/100+10"), "ESTABLISHED accepted; A 100/310 | rcv_nxt=310"},
      {"T1 after shutdown for both, when that resets nothing", read_shut(in(FinWait2)),
       arrives("A 300/101+10"), "FIN_WAIT_2 accepted; A 101/310 | snd_wl2=101 rcv_nxt=310",
       keeps_reading},
      {"T1 after close(), when that resets nothing", orphan(in(FinWait2)), arrives("A 300/101+10"),
       "FIN_WAIT_2 accepted; A 101/310 | snd_wl2=101 rcv_nxt=310", keeps_reading},
      {"T2 beyond a gap", in(Established), arrives("A 310/100+10"),
       "ESTABLISHED out of order; A 100/300 | snd_wl1=310 out_of_order=310+10"},
      {"T2 the last octet of the window", in(Established), arrives("A 1299/100+1"),
       "ESTABLISHED out of order; A 100/300 | snd_wl1=1299 out_of_order=1299+1"},
      {"T2 a FIN beyond a gap", in(Established), arrives("FA 306/100"),
       "ESTABLISHED out of order; A 100/300 | snd_wl1=306 out_of_order=F306"},
      {"T2 the ACK beside it counts at once", sending(in(Established)), arrives("A 310/106+10"),
       "ESTABLISHED out of order; stop retransmission; A 106/300 | snd_una=106 snd_wl1=310 "
       "snd_wl2=106 queue=none out_of_order=310+10"},
      {"T2 is answered at once, whatever is held back otherwise",
       in(Established),
       arrives("A 310/100+10"),
       "ESTABLISHED out of order; A 100/300 | snd_wl1=310 out_of_order=310+10",
       {.delayed_ack_ms = 200}},
      {"T2 beyond a gap", in(FinWait1), arrives("A 310/100+10"),
       "FIN_WAIT_1 out of order; A 101/300 | snd_wl1=310 out_of_order=310+10"},
      {"T2=A5 beyond a gap, with the ACK of our FIN", in(FinWait1), arrives("A 310/101+10"),
       "FIN_WAIT_2 out of order; stop retransmission; A 101/300 | snd_una=101 snd_wl1=310 "
       "snd_wl2=101 queue=none out_of_order=310+10"},
      {"T2 a FIN beyond a gap", in(FinWait2), arrives("FA 306/101"),
       "FIN_WAIT_2 out of order; A 101/300 | snd_wl1=306 snd_wl2=101 out_of_order=F306"},
      {"T3 text behind the peer's FIN", in(CloseWait), arrives("A 301/100+10"),
       "CLOSE_WAIT ignored | snd_wl1=301"},
      {"F5 another FIN is answered", in(CloseWait), arrives("FA 301/100"),
       "CLOSE_WAIT ignored; A 100/301 | snd_wl1=301"},
      {"F5 another FIN is answered", in(LastAck), arrives("FA 301/100"),
       "LAST_ACK ignored; A 101/301 | snd_wl1=301"},
      {"T3=A9 text behind the peer's FIN", in(Closing), arrives("A 301/100+10"),
       "CLOSING ignored | snd_wl1=301"},
      {"T3 text behind the peer's FIN", in(LastAck), arrives("A 301/100+10"),
       "LAST_ACK ignored | snd_wl1=301"},
      {"T3=A11 text behind the peer's FIN is answered (D2)", in(TimeWait), arrives("A 301/101+10"),
       "TIME_WAIT ignored; A 101/301"},
      {"T4 data after close() (D8)", orphan(in(FinWait1)), arrives("A 300/100+10"),
       "CLOSED reset; stop retransmission; R 100"},
      {"T4 data after close(), and the ACK of our FIN (D8)", orphan(in(FinWait1)),
       arrives("A 300/101+10"),
       "CLOSED reset; stop retransmission; R 101 | snd_una=101 snd_wl2=101"},
      {"T4 data after close() (D8)", orphan(in(FinWait2)), arrives("A 300/101+10"),
       "CLOSED reset; R 101 | snd_wl2=101"},
      {"T4 data after shutdown for both", read_shut(in(FinWait1)), arrives("A 300/100+10"),
       "CLOSED reset; signal connection reset; stop retransmission; R 100"},
      {"T4 data after shutdown for both", read_shut(in(FinWait2)), arrives("A 300/101+10"),
       "CLOSED reset; signal connection reset; R 101 | snd_wl2=101"},
      {"T4 data after shutdown for reading and close()", read_shut(orphan(in(FinWait2))),
       arrives("A 300/101+10"), "CLOSED reset; R 101 | snd_wl2=101"},
      {"T4 beyond a gap", orphan(in(FinWait2)), arrives("A 310/101+10"),
       "CLOSED reset; R 101 | snd_wl1=310 snd_wl2=101"},
      {"T4 data and FIN", orphan(in(FinWait2)), arrives("FA 300/101+10"),
       "CLOSED reset; R 101 | snd_wl2=101"},
      {"Q2 old data after close() are only data again", orphan(in(FinWait2)),
       arrives("A 290/101+10"), "FIN_WAIT_2 duplicate; A 101/300"},
      {"F4 nothing but old data before the FIN", orphan(in(FinWait2)), arrives("FA 290/101+10"),
       "TIME_WAIT accepted; start time-wait 240000; A 101/301 | rcv_nxt=301 fin_received=yes"},
  };
}

std::vector<rows::Row> rows::fins() {
  const Policy no_time_wait = {.time_wait = false};
  const Policy with_fin = {.closing_ack = core::ClosingAck::Fin};
  return {
      {"F1 FIN", in(Established), arrives("FA 300/100"),
       "CLOSE_WAIT accepted; signal eof; A 100/301 | rcv_nxt=301 fin_received=yes"},
      {"F1 data and FIN", in(Established), arrives("FA 300/100+6"),
       "CLOSE_WAIT accepted; signal eof; A 100/307 | rcv_nxt=307 fin_received=yes"},
      {"F1 the end of file waits for unread data", unread(in(Established), 50),
       arrives("FA 300/100"), "CLOSE_WAIT accepted; A 100/301 | rcv_nxt=301 fin_received=yes"},
      {"F1 and the ACK of our data", sending(in(Established)), arrives("FA 300/106"),
       "CLOSE_WAIT accepted; signal eof; stop retransmission; A 106/301 | snd_una=106 snd_wl2=106 "
       "queue=none rcv_nxt=301 fin_received=yes"},
      {"F2 our FIN is acknowledged by the same segment", in(FinWait1), arrives("FA 300/101"),
       "TIME_WAIT accepted; signal eof; stop retransmission; start time-wait 240000; A 101/301 | "
       "snd_una=101 snd_wl2=101 queue=none rcv_nxt=301 fin_received=yes"},
      {"F2 with data before it", in(FinWait1), arrives("FA 300/101+6"),
       "TIME_WAIT accepted; signal eof; stop retransmission; start time-wait 240000; A 101/307 | "
       "snd_una=101 snd_wl2=101 queue=none rcv_nxt=307 fin_received=yes"},
      {"F2 without TIME_WAIT", in(FinWait1), arrives("FA 300/101"),
       "CLOSED accepted; signal eof; signal closed; stop retransmission; A 101/301 | snd_una=101 "
       "snd_wl2=101 rcv_nxt=301 fin_received=yes",
       no_time_wait},
      {"F3 our FIN is not acknowledged", in(FinWait1), arrives("FA 300/100"),
       "CLOSING accepted; signal eof; A 101/301 | rcv_nxt=301 fin_received=yes"},
      {"F3 our data are acknowledged, our FIN is not", sending(in(FinWait1)), arrives("FA 300/106"),
       "CLOSING accepted; signal eof; restart retransmission 1000; A 107/301 | snd_una=106 "
       "snd_wl2=106 queue=F106 rcv_nxt=301 fin_received=yes"},
      {"F3 our FIN waits (D6)", fin_waiting(in(Established)), arrives("FA 300/100 w0"),
       "CLOSING accepted; signal eof; A 100/301 | rcv_nxt=301 fin_received=yes"},
      {"F3 the ACK is a bare one (D5)", in(FinWait1), arrives("FA 300/100"),
       "CLOSING accepted; signal eof; A 101/301 | rcv_nxt=301 fin_received=yes"},
      {"F3 the ACK is our FIN again (D5)", in(FinWait1), arrives("FA 300/100"),
       "CLOSING accepted; signal eof; FA 100/301 | rcv_nxt=301 fin_received=yes", with_fin},
      {"F4 FIN", in(FinWait2), arrives("FA 300/101"),
       "TIME_WAIT accepted; signal eof; start time-wait 240000; A 101/301 | snd_wl2=101 "
       "rcv_nxt=301 fin_received=yes"},
      {"F4 2 MSL by another figure",
       in(FinWait2),
       arrives("FA 300/101"),
       "TIME_WAIT accepted; signal eof; start time-wait 60000; A 101/301 | snd_wl2=101 rcv_nxt=301 "
       "fin_received=yes",
       {.msl_ms = 30'000}},
      {"F4 an orphan is told nothing", orphan(in(FinWait2)), arrives("FA 300/101"),
       "TIME_WAIT accepted; start time-wait 240000; A 101/301 | snd_wl2=101 rcv_nxt=301 "
       "fin_received=yes"},
      {"F4 without TIME_WAIT", in(FinWait2), arrives("FA 300/101"),
       "CLOSED accepted; signal eof; signal closed; A 101/301 | snd_wl2=101 rcv_nxt=301 "
       "fin_received=yes",
       no_time_wait},
  };
}

std::vector<rows::Row> rows::delayed_acks() {
  const Policy late = {.delayed_ack_ms = 200};
  const Policy late_fin = {.delayed_fin_ack_ms = 40};
  const Policy late_of_ten = {.delayed_ack_ms = 200, .mss = 10};
  const core::Event due = expires(core::Timer::DelayedAck);
  return {
      {"T1 the ACK is held back", in(Established), arrives("A 300/100+10"),
       "ESTABLISHED accepted; start delayed-ack 200 | rcv_nxt=310 ack_owed=later", late},
      {"T1 the timer of the first ACK goes on", owing(in(Established)), arrives("A 310/100+10"),
       "ESTABLISHED accepted | snd_wl1=310 rcv_nxt=320", late},
      {"T1 one full segment is held back", in(Established), arrives("A 300/100+10"),
       "ESTABLISHED accepted; start delayed-ack 200 | rcv_nxt=310 ack_owed=later", late_of_ten},
      {"T1 the second full segment is answered at once", owing(in(Established)),
       arrives("A 310/100+10"),
       "ESTABLISHED accepted; stop delayed-ack; A 100/320 | snd_wl1=310 rcv_nxt=320", late_of_ten},
      {"T1 two in one are answered at once", in(Established), arrives("A 300/100+20"),
       "ESTABLISHED accepted; A 100/320 | rcv_nxt=320", late_of_ten},
      {"F1 held back like that of data", in(Established), arrives("FA 300/100"),
       "CLOSE_WAIT accepted; signal eof; start delayed-ack 200 | rcv_nxt=301 fin_received=yes "
       "ack_owed=later",
       late},
      {"F1 held back by itself", in(Established), arrives("FA 300/100"),
       "CLOSE_WAIT accepted; signal eof; start delayed-ack 40 | rcv_nxt=301 fin_received=yes "
       "ack_owed=later",
       late_fin},
      {"F1 at once, though data are not",
       in(Established),
       arrives("FA 300/100"),
       "CLOSE_WAIT accepted; signal eof; A 100/301 | rcv_nxt=301 fin_received=yes",
       {.delayed_ack_ms = 200, .delayed_fin_ack_ms = 0}},
      {"F3 no other FIN's ACK is held back by that key", in(FinWait1), arrives("FA 300/100"),
       "CLOSING accepted; signal eof; A 101/301 | rcv_nxt=301 fin_received=yes", late_fin},
      {"F4 no other FIN's ACK is held back by that key", in(FinWait2), arrives("FA 300/101"),
       "TIME_WAIT accepted; signal eof; start time-wait 240000; A 101/301 | snd_wl2=101 "
       "rcv_nxt=301 fin_received=yes",
       late_fin},
      {"F4 held back in TIME_WAIT too", in(FinWait2), arrives("FA 300/101"),
       "TIME_WAIT accepted; signal eof; start delayed-ack 200; start time-wait 240000 | "
       "snd_wl2=101 rcv_nxt=301 fin_received=yes ack_owed=later",
       late},
      {"X9 due", owing(in(Established)), due, "ESTABLISHED; A 100/310", late},
      {"X9 due", owing(in(FinWait2)), due, "FIN_WAIT_2; A 101/310", late},
      {"X9 due",
       timed(with(in(CloseWait), [](Tcb& tcb) { tcb.ack_owed = core::AckOwed::Later; }),
             core::Timer::DelayedAck),
       due, "CLOSE_WAIT; A 100/301", late},
      {"K2 who is reset owes nothing", owing(in(Established)), arrives("R 310"),
       "CLOSED reset; signal connection reset; stop delayed-ack", late},
      {"T2 what comes too early is answered at once, for all", owing(in(Established)),
       arrives("A 330/100+10"),
       "ESTABLISHED out of order; stop delayed-ack; A 100/310 | snd_wl1=330 out_of_order=330+10",
       late},
  };
}

TEST_CASE("seventh, the text") {
  rows::check(rows::texts());
}

TEST_CASE("eighth, the FIN") {
  rows::check(rows::fins());
}

TEST_CASE("ACKs that are held back, by 3.8.6.3") {
  rows::check(rows::delayed_acks());
}

TEST_CASE("what fills a gap is acknowledged at once") {
  const Policy late = {.delayed_ack_ms = 200};
  Tcb tcb = ends::tell(in(Established), arrives("A 310/100+10"), late).tcb;
  const ends::Told told = ends::tell(tcb, arrives("A 300/100+10"), late);
  REQUIRE(told.sent.size() == 1);
  CHECK(ends::text(told.sent.front()) == "A 100/320");
  CHECK_FALSE(told.tcb.timers.has(core::Timer::DelayedAck));
  // What only makes a gap smaller, too (RFC 5681 4.2): the peer waits for news of each piece.
  tcb = ends::tell(in(Established), arrives("A 320/100+10"), late).tcb;
  CHECK(ends::tell(tcb, arrives("A 300/100+10"), late).sent.size() == 1);
}

TEST_CASE("what comes after close(), where it resets nothing, is acknowledged and thrown away") {
  for (const bool reads_at_once : {false, true}) {
    Tcb tcb = orphan(in(FinWait2));
    tcb.reads_at_once = reads_at_once;
    const core::Outcome outcome =
        core::step(tcb, arrives("A 300/101+10"), {.data_after_close_resets = false});
    CHECK(outcome.next.rcv_nxt == core::Seq{310});
    CHECK(outcome.next.rcv_wnd == 1000);
    CHECK(outcome.next.unread == 0);
    CHECK(outcome.octets == 0);
    CHECK(outcome.received.empty());
  }
}

TEST_CASE("of two arrivals in one instant each has its answer") {
  // Text, and then old text: "an acknowledgment should be sent in reply" (3.10.7.4, first) is not
  // said less of the second because the ACK of the first has not left yet.
  const core::Outcome text = core::step(in(Established), arrives("A 300/100+10"), {});
  CHECK(text.send.empty());
  const core::Outcome again = core::step(text.next, arrives("A 290/100+10"), {});
  const core::Outcome owed = core::transmit(again.next, {});
  for (const core::Outcome* outcome : {&again, &owed}) {
    REQUIRE(outcome->send.size() == 1);
    CHECK(ends::text(outcome->send.front()) == "A 100/310");
  }
}

TEST_CASE("without TIME_WAIT the last ACK is not held back, for nobody would be left to send it") {
  const Policy policy = {.time_wait = false, .delayed_ack_ms = 200};
  for (const State state : {FinWait1, FinWait2}) {
    const ends::Told told = ends::tell(in(state), arrives("FA 300/101"), policy);
    CHECK(told.tcb.state == Closed);
    CHECK(told.tcb.timers == core::TimerSet{});
    REQUIRE(told.sent.size() == 1);
    CHECK(ends::text(told.sent.front()) == "A 101/301");
  }
}

TEST_CASE("what was held is taken when the gap is filled, and its FIN with it") {
  Tcb tcb = in(Established);
  tcb = ends::tell(tcb, arrives("FA 320/100+4"), {}).tcb;
  tcb = ends::tell(tcb, arrives("A 310/100+10"), {}).tcb;
  tcb = ends::tell(tcb, arrives("A 310/100+10"), {}).tcb;
  CHECK(tcb.out_of_order.size() == 2);
  const ends::Told told = ends::tell(tcb, arrives("A 300/100+10"), {});
  CHECK(told.text == "CLOSE_WAIT accepted; signal eof; A 100/325");
  CHECK(told.tcb.out_of_order.empty());
}

TEST_CASE("pieces that overlap are taken once") {
  Tcb tcb = unread(in(Established), 0);
  tcb = ends::tell(tcb, arrives("A 305/100+10"), {}).tcb;
  tcb = ends::tell(tcb, arrives("A 310/100+10"), {}).tcb;
  tcb = ends::tell(tcb, arrives("A 300/100+7"), {}).tcb;
  CHECK(tcb.rcv_nxt == core::Seq{320});
  CHECK(tcb.unread == 20);
  CHECK(tcb.rcv_wnd == 980);
}

TEST_CASE("nothing stays held behind the peer's FIN") {
  Tcb tcb = ends::tell(in(Established), arrives("A 340/100+5"), {}).tcb;
  CHECK(tcb.out_of_order.size() == 1);
  tcb = ends::tell(tcb, arrives("FA 300/100+10"), {}).tcb;
  CHECK(tcb.state == CloseWait);
  CHECK(tcb.out_of_order.empty());
}

TEST_CASE("a held FIN leads where the state at that moment leads") {
  Tcb tcb = ends::tell(in(FinWait1), arrives("FA 306/100"), {}).tcb;
  tcb = ends::tell(tcb, arrives("A 300/101+6"), {}).tcb;
  CHECK(tcb.state == TimeWait);
  tcb = ends::tell(in(FinWait1), arrives("FA 306/100"), {}).tcb;
  tcb = ends::tell(tcb, arrives("A 300/100+6"), {}).tcb;
  CHECK(tcb.state == Closing);
}

TEST_CASE("text that fills the window shuts it, and the FIN behind it has to wait") {
  const Tcb tcb = unread(rows::window(in(Established), 10), 0);
  const ends::Told told = ends::tell(tcb, arrives("FA 300/100+10"), {});
  CHECK(told.text == "ESTABLISHED accepted; A 100/310");
  REQUIRE(told.sent.size() == 1);
  CHECK(told.sent.front().wnd == 0);
  CHECK(told.tcb.unread == 10);
}

TEST_CASE("octets of an older incarnation are taken like any others, and marked") {
  const core::Arrival arrival{ends::segment("A 300/100+10"), true};
  const core::Outcome outcome = core::step(in(Established), arrival, {}, {});
  CHECK(outcome.received == std::vector<core::ReceivedChunk>{{10, true}});
  CHECK(outcome.octets == 10);
  // And when they were held.
  core::Tcb tcb =
      core::step(in(Established), core::Arrival{ends::segment("A 310/100+5"), true}, {}, {}).next;
  const core::Outcome filled = core::step(tcb, arrives("A 300/100+10"), {}, {});
  CHECK(filled.received == std::vector<core::ReceivedChunk>{{10, false}, {5, true}});
}

TEST_CASE("what is unread outlives TIME_WAIT, however that ends") {
  const core::Event endings[] = {arrives("R 301"), core::Timeout{core::Timer::TimeWait}};
  for (const core::Event& event : endings) {
    const auto closed = ends::tell(unread(in(TimeWait), 50), event, {});
    CHECK(closed.tcb.state == Closed);
    CHECK(closed.tcb.unread == 50);
    const auto read = core::step(closed.tcb, core::Call{core::ReceiveOctets{}}, {});
    CHECK(read.octets == 50);
    CHECK(read.signals == std::vector{core::Signal::Eof});
  }
  // A connection that is reset before its end loses it.
  CHECK(ends::tell(unread(in(CloseWait), 50), arrives("R 301"), {}).tcb.unread == 0);
}

TEST_CASE("after CLOSE, data that nobody can read reset the connection, however reading ended") {
  const std::vector<std::vector<core::Event>> ways = {
      {rows::closes},
      {rows::shuts_both},
      {rows::shuts_read, rows::shuts_write},
      {rows::shuts_write, rows::shuts_read},
      {rows::shuts_read, rows::closes},
      {rows::shuts_both, rows::closes},
  };
  for (const std::vector<core::Event>& calls : ways) {
    Tcb tcb = in(Established);
    for (const core::Event& call : calls) tcb = ends::tell(tcb, call, {}).tcb;
    CHECK(tcb.state == FinWait1);
    const ends::Told told = ends::tell(tcb, arrives("A 300/101+10"), {});
    CAPTURE(calls.size());
    CHECK(told.rule == core::Rule::T4);
    CHECK(told.tcb.state == Closed);
    // An application that still holds its descriptor learns of it, now and with its next call.
    CHECK(told.tcb.reset_to_report == !tcb.orphan);
  }
}
