// How a connection comes about: OPEN and the other calls in LISTEN, SYN_SENT and SYN_RECEIVED
// (RFC 9293 3.10.1 to 3.10.5), what arrives there (3.10.7.2 to 3.10.7.4), and new incarnations.
// Longer than 300 lines: a table of rows, in the order of the RFC.
#include "rows.hpp"

#include <doctest/doctest.h>

using core::Policy;
using core::State;
using core::Tcb;
using ends::in;
using rows::active;
using rows::orphan;
using rows::unsent;
using enum core::State;

namespace {

/// The generator of first numbers stands at 500.
const core::Inputs at_500 = {.ms = 0, .iss = {500}};
const core::Inputs new_port = {.ms = 7000, .iss = {500}};

}  // namespace

std::vector<rows::Row> rows::opening_calls() {
  const core::Event connects_at_7000 = calls(core::Connect{core::Seq{7000}});
  const Policy acknowledges = {.abort_flags = core::AbortFlags::RstAck};
  const Policy waits = {.abort_to_time_wait = true};
  return {
      {"L1 LISTEN", in(Closed), listens, "LISTEN ok | anew passive=yes"},
      {"L2 a first number from the generator",
       in(Closed),
       connects,
       "SYN_SENT ok; start retransmission 1000; S 500 | anew",
       {},
       at_500},
      {"L2 a first number that was asked for",
       in(Closed),
       connects_at_7000,
       "SYN_SENT ok; start retransmission 1000; S 7000 | anew",
       {},
       at_500},
      {"L2 the initial timeout",
       in(Closed),
       connects,
       "SYN_SENT ok; start retransmission 300; S 500 | anew",
       {.rto_ms = 300},
       at_500},
      {"L2 a new incarnation ends the wait for the old one",
       in(TimeWait),
       connects,
       "SYN_SENT ok; stop time-wait; start retransmission 1000; S 500 | anew",
       {},
       at_500},
      {"L3 from passive to active",
       in(Listen),
       connects,
       "SYN_SENT ok; start retransmission 1000; S 500 | anew",
       {},
       at_500},
      {"L3 a first number that LISTEN chose",
       with(in(Listen), [](Tcb& tcb) { tcb.chosen_iss = core::Seq{9000}; }),
       connects,
       "SYN_SENT ok; start retransmission 1000; S 9000 | anew",
       {},
       at_500},
      {"L4 active", in(SynSent), connects, "SYN_SENT connection already exists"},
      {"L4 active", in(SynReceived), connects, "SYN_RECEIVED connection already exists"},
      {"L4 active", in(Established), connects, "ESTABLISHED connection already exists"},
      {"L4 active", in(FinWait1), connects, "FIN_WAIT_1 connection already exists"},
      {"L4 active", in(FinWait2), connects, "FIN_WAIT_2 connection already exists"},
      {"L4 active", in(CloseWait), connects, "CLOSE_WAIT connection already exists"},
      {"L4 active", in(Closing), connects, "CLOSING connection already exists"},
      {"L4 active", in(LastAck), connects, "LAST_ACK connection already exists"},
      {"L4 passive", in(Listen), listens, "LISTEN connection already exists"},
      {"L4 passive", in(SynSent), listens, "SYN_SENT connection already exists"},
      {"L4 passive", in(SynReceived), listens, "SYN_RECEIVED connection already exists"},
      {"L4 passive", in(Established), listens, "ESTABLISHED connection already exists"},
      {"L4 passive", in(TimeWait), listens, "TIME_WAIT connection already exists"},
      {"L5 SEND opens, and its data wait",
       in(Listen),
       sends_six,
       "SYN_SENT ok; start retransmission 1000; S 500 | anew",
       {},
       at_500},
      {"L6 data wait", in(SynSent), sends_six, "SYN_SENT ok"},
      {"L6 data wait", in(SynReceived), sends_six, "SYN_RECEIVED ok"},
      {"S2=S2 SEND after CLOSE that waits",
       with(orphan(unsent(in(SynReceived), 6)), [](Tcb& tcb) { tcb.fin_requested = true; }),
       sends_six, "SYN_RECEIVED connection closing"},
      {"L7 nothing to read", in(Listen), receives, "LISTEN would block"},
      {"L7 nothing to read", in(SynSent), receives, "SYN_SENT would block"},
      {"L7 nothing to read", in(SynReceived), receives, "SYN_RECEIVED would block"},
      {"L8 CLOSE", in(Listen), closes, "CLOSED ok | orphan=yes"},
      {"L8 shutdown", in(Listen), shuts_write, "CLOSED ok"},
      {"L9 CLOSE", in(SynSent), closes, "CLOSED ok; stop retransmission | orphan=yes"},
      {"L9 CLOSE with data that wait", unsent(in(SynSent), 6), closes,
       "CLOSED ok; stop retransmission | orphan=yes"},
      {"L10 CLOSE sends the FIN at once", in(SynReceived), closes,
       "FIN_WAIT_1 ok; FA 100/300 | fin_requested=yes orphan=yes"},
      {"L10 CLOSE waits behind data", unsent(in(SynReceived), 6), closes,
       "SYN_RECEIVED ok | fin_requested=yes orphan=yes"},
      {"L10 close() again", orphan(unsent(in(SynReceived), 6)), closes,
       "SYN_RECEIVED connection closing"},
      {"L11 ABORT", in(Listen), aborts, "CLOSED ok | orphan=yes"},
      {"L12 ABORT", in(SynSent), aborts, "CLOSED ok; stop retransmission | orphan=yes"},
      {"L13 ABORT", in(SynReceived), aborts, "CLOSED ok; stop retransmission; R 100 | orphan=yes"},
      {"L13 ABORT with an ACK", in(SynReceived), aborts,
       "CLOSED ok; stop retransmission; RA 100/300 | orphan=yes", acknowledges},
      {"L13 by 3.5.2 whoever resets waits (D3)", in(SynReceived), aborts,
       "TIME_WAIT ok; stop retransmission; start time-wait 240000; R 100 | queue=none orphan=yes",
       waits},
  };
}

std::vector<rows::Row> rows::listen_arrivals() {
  const Tcb chosen = with(in(Listen), [](Tcb& tcb) { tcb.chosen_iss = core::Seq{9000}; });
  return {
      {"L14 first, RST", in(Listen), arrives("R 300"), "LISTEN ignored"},
      {"L14 RST with ACK", in(Listen), arrives("RA 300/100"), "LISTEN ignored"},
      {"L15 second, ACK", in(Listen), arrives("A 300/101"), "LISTEN reset; R 101"},
      {"L15 ACK with SYN", in(Listen), arrives("SA 300/101"), "LISTEN reset; R 101"},
      {"L16 third, SYN",
       in(Listen),
       arrives("S 300"),
       "SYN_RECEIVED accepted; start retransmission 1000; SA 500/301 | anew passive=yes "
       "max_snd_wnd=2000 snd_wl1=300 irs=300 rcv_nxt=301",
       {},
       at_500},
      {"L16 a first number that was asked for",
       chosen,
       arrives("S 300"),
       "SYN_RECEIVED accepted; start retransmission 1000; SA 9000/301 | anew passive=yes "
       "chosen_iss=9000 max_snd_wnd=2000 snd_wl1=300 irs=300 rcv_nxt=301",
       {},
       at_500},
      {"L16 text behind the SYN is not acknowledged yet",
       in(Listen),
       arrives("S 300+5"),
       "SYN_RECEIVED accepted; start retransmission 1000; SA 500/301 | anew passive=yes "
       "max_snd_wnd=2000 snd_wl1=300 irs=300 rcv_nxt=301 out_of_order=301+5",
       {},
       at_500},
      {"L17 fourth, FIN alone", in(Listen), arrives("F 300"), "LISTEN ignored"},
      {"L17 fourth, text alone", in(Listen), arrives(" 300+5"), "LISTEN ignored"},
  };
}

std::vector<rows::Row> rows::syn_sent_arrivals() {
  return {
      {"L18 before our SYN", in(SynSent), arrives("A 300/99"), "SYN_SENT reset; R 99"},
      {"L18 behind our SYN", in(SynSent), arrives("A 300/101"), "SYN_SENT reset; R 101"},
      {"L18 with a SYN of its own", in(SynSent), arrives("SA 300/99"), "SYN_SENT reset; R 99"},
      {"L19 the peer refuses", in(SynSent), arrives("RA 0/100"),
       "CLOSED reset; signal connection refused; stop retransmission"},
      {"L20 RST of something else", in(SynSent), arrives("RA 0/99"), "SYN_SENT ignored"},
      {"L20 RST of something else", in(SynSent), arrives("RA 0/101"), "SYN_SENT ignored"},
      {"L20 RST without ACK", in(SynSent), arrives("R 300"), "SYN_SENT ignored"},
      {"L21 the peer accepts", in(SynSent), arrives("SA 300/100"),
       "ESTABLISHED accepted; stop retransmission; A 100/301 | snd_una=100 queue=none irs=300 "
       "rcv_nxt=301"},
      {"L21 data that waited leave, with the ACK", unsent(in(SynSent), 6), arrives("SA 300/100"),
       "ESTABLISHED accepted; stop retransmission; start retransmission 1000; A 100/301+6 | "
       "snd_una=100 queue=100+6 irs=300 rcv_nxt=301"},
      {"L21 no further than the window that the SYN offers", unsent(in(SynSent), 6),
       arrives("SA 300/100 w4"),
       "ESTABLISHED accepted; stop retransmission; start retransmission 1000; A 100/301+4 | "
       "snd_una=100 snd_wnd=4 max_snd_wnd=4 queue=100+4 irs=300 rcv_nxt=301"},
      {"L21=T1 with text", in(SynSent), arrives("SA 300/100+5"),
       "ESTABLISHED accepted; stop retransmission; A 100/306 | snd_una=100 queue=none irs=300 "
       "rcv_nxt=306"},
      {"L21=F1 with a FIN", in(SynSent), arrives("SFA 300/100"),
       "CLOSE_WAIT accepted; signal eof; stop retransmission; A 100/302 | snd_una=100 queue=none "
       "irs=300 rcv_nxt=302 fin_received=yes"},
      {"L22 both open at once", in(SynSent), arrives("S 300"),
       "SYN_RECEIVED accepted; SA 99/301 | snd_wl2=0 irs=300 rcv_nxt=301"},
      {"L23 ACK without SYN", in(SynSent), arrives("A 300/100"), "SYN_SENT ignored"},
      {"L23 FIN alone", in(SynSent), arrives("F 300"), "SYN_SENT ignored"},
  };
}

std::vector<rows::Row> rows::syn_received_arrivals() {
  const Policy old = {.rfc5961 = false};
  const Tcb closed =
      with(orphan(unsent(in(SynReceived), 6)), [](Tcb& tcb) { tcb.fin_requested = true; });
  return {
      {"Q1 RST outside the window", in(SynReceived), arrives("R 299"),
       "SYN_RECEIVED out of window"},
      {"Q2 the peer's SYN again", in(SynReceived), arrives("S 299"),
       "SYN_RECEIVED duplicate; A 100/300"},
      {"Q2 the peer's SYN again, with its ACK", active(in(SynReceived)), arrives("SA 299/100"),
       "SYN_RECEIVED duplicate; A 100/300"},
      {"K1 RST inside the window", in(SynReceived), arrives("R 310"),
       "SYN_RECEIVED challenge; A 100/300"},
      {"L24 back to LISTEN", in(SynReceived), arrives("R 300"),
       "LISTEN reset; stop retransmission | anew passive=yes"},
      {"L24 before RFC 5961", in(SynReceived), arrives("R 310"),
       "LISTEN reset; stop retransmission | anew passive=yes", old},
      {"L24 nobody listens after close()", closed, arrives("R 300"),
       "CLOSED reset; stop retransmission"},
      {"L25 the peer refuses", active(in(SynReceived)), arrives("R 300"),
       "CLOSED reset; signal connection refused; stop retransmission"},
      {"L26 another SYN", in(SynReceived), arrives("S 310"),
       "LISTEN reset; stop retransmission | anew passive=yes"},
      {"Y1 another SYN", active(in(SynReceived)), arrives("S 310"),
       "SYN_RECEIVED challenge; A 100/300"},
      {"Y2 another SYN before RFC 5961", active(in(SynReceived)), arrives("S 310"),
       "CLOSED reset; signal connection reset; stop retransmission; R 100", old},
      {"A0 no ACK bit", in(SynReceived), arrives("F 300"), "SYN_RECEIVED ignored"},
      {"L27 open", in(SynReceived), arrives("A 300/100"),
       "ESTABLISHED accepted; stop retransmission | snd_una=100 queue=none"},
      {"L27 open, after an active OPEN", active(in(SynReceived)), arrives("A 300/100"),
       "ESTABLISHED accepted; stop retransmission | snd_una=100 queue=none"},
      {"L27=C1 a CLOSE that waited follows its data", closed, arrives("A 300/100"),
       "FIN_WAIT_1 accepted; stop retransmission; start retransmission 1000; FA 100/300+6 | "
       "snd_una=100 queue=F100+6"},
      {"L27=T1 with text", in(SynReceived), arrives("A 300/100+5"),
       "ESTABLISHED accepted; stop retransmission; A 100/305 | snd_una=100 queue=none rcv_nxt=305"},
      {"L27=F1 with a FIN", in(SynReceived), arrives("FA 300/100"),
       "CLOSE_WAIT accepted; signal eof; stop retransmission; A 100/301 | snd_una=100 queue=none "
       "rcv_nxt=301 fin_received=yes"},
      {"L28 before our SYN", in(SynReceived), arrives("A 300/99"), "SYN_RECEIVED reset; R 99"},
      {"L28 behind our SYN", in(SynReceived), arrives("A 300/101"), "SYN_RECEIVED reset; R 101"},
  };
}

std::vector<rows::Row> rows::new_incarnations() {
  const auto reopen = [](core::SynInTimeWait choice) { return Policy{.syn_in_time_wait = choice}; };
  const Policy opens = reopen(core::SynInTimeWait::Reopen);
  const Policy ignores = reopen(core::SynInTimeWait::Ignore);
  const Policy any = {.time_wait_restart = core::TimeWaitRestart::Any};
  return {
      {"Y1 a newer SYN is challenged",
       in(TimeWait),
       arrives("S 5000"),
       "TIME_WAIT challenge; A 101/301",
       {},
       new_port},
      {"Y1 a newer SYN is challenged, and restarts 2 MSL where anything does", in(TimeWait),
       arrives("S 5000"), "TIME_WAIT challenge; restart time-wait 240000; A 101/301", any,
       new_port},
      {"Y1 so does one with ACK", in(TimeWait), arrives("SA 5000/101"),
       "TIME_WAIT challenge; restart time-wait 240000; A 101/301", any, new_port},
      {"Y1 a SYN with ACK opens nothing", in(TimeWait), arrives("SA 5000/101"),
       "TIME_WAIT challenge; A 101/301", opens, new_port},
      {"Y3 a newer SYN begins a new incarnation", in(TimeWait), arrives("S 5000"),
       "SYN_RECEIVED accepted; stop time-wait; start retransmission 1000; SA 500/5001 | anew "
       "passive=yes max_snd_wnd=2000 snd_wl1=5000 irs=5000 rcv_nxt=5001",
       opens, new_port},
      {"Y3 newer by one", in(TimeWait), arrives("S 302"),
       "SYN_RECEIVED accepted; stop time-wait; start retransmission 1000; SA 500/303 | anew "
       "passive=yes max_snd_wnd=2000 snd_wl1=302 irs=302 rcv_nxt=303",
       opens, new_port},
      {"Y1 not newer", in(TimeWait), arrives("S 301"), "TIME_WAIT challenge; A 101/301", opens,
       new_port},
      {"Y1 older", in(TimeWait), arrives("S 17"), "TIME_WAIT challenge; A 101/301", opens,
       new_port},
      {"Q1 a RST is no opening, whatever other bits it has", in(TimeWait), arrives("SR 5000"),
       "TIME_WAIT out of window", opens, new_port},
      {"Y3 ignored", in(TimeWait), arrives("S 5000"), "TIME_WAIT ignored", ignores, new_port},
      {"Y3 ignored, whatever RFC 5961 says",
       in(TimeWait),
       arrives("S 310"),
       "TIME_WAIT ignored",
       {.rfc5961 = false, .syn_in_time_wait = core::SynInTimeWait::Ignore},
       new_port},
      {"Y1 challenged, whatever RFC 5961 says",
       in(TimeWait),
       arrives("S 310"),
       "TIME_WAIT challenge; A 101/301",
       {.rfc5961 = false},
       new_port},
  };
}

TEST_CASE("OPEN, and the other calls before a connection is open") {
  rows::check(rows::opening_calls());
}

TEST_CASE("LISTEN, by 3.10.7.2") {
  rows::check(rows::listen_arrivals());
}

TEST_CASE("SYN_SENT, by 3.10.7.3") {
  rows::check(rows::syn_sent_arrivals());
}

TEST_CASE("SYN_RECEIVED, by 3.10.7.4") {
  rows::check(rows::syn_received_arrivals());
}

TEST_CASE("a SYN in TIME_WAIT, by 3.6.1") {
  rows::check(rows::new_incarnations());
}

TEST_CASE("text behind a SYN is taken when the connection is open") {
  Tcb tcb = ends::tell(in(Listen), rows::arrives("S 300+5"), {}, at_500).tcb;
  CHECK(tcb.rcv_nxt == core::Seq{301});
  CHECK(tcb.irs == core::Seq{300});
  const ends::Told told = ends::tell(tcb, rows::arrives("A 306/501"), {});
  CHECK(told.text == "ESTABLISHED accepted; stop retransmission; A 501/306");
}

TEST_CASE("a FIN behind a SYN is taken when the connection is open") {
  const Tcb tcb = ends::tell(in(Listen), rows::arrives("SF 300"), {}, at_500).tcb;
  const ends::Told told = ends::tell(tcb, rows::arrives("A 302/501"), {});
  CHECK(told.text == "CLOSE_WAIT accepted; signal eof; stop retransmission; A 501/302");
}

TEST_CASE("an end that closes in SYN_RECEIVED has SYN and FIN on their way") {
  Tcb tcb = ends::tell(in(SynReceived), rows::closes, {}).tcb;
  ends::Told told = ends::tell(tcb, rows::arrives("A 300/100"), {});
  CHECK(told.text == "FIN_WAIT_1 accepted; restart retransmission 1000");
  told = ends::tell(told.tcb, rows::arrives("A 300/101"), {});
  CHECK(told.text == "FIN_WAIT_2 accepted; stop retransmission");
  told = ends::tell(tcb, rows::expires(core::Timer::Retransmission), {});
  CHECK(told.text == "FIN_WAIT_1; start retransmission 2000; SA 99/300");
}

TEST_CASE("a new incarnation knows nothing of the old one") {
  Tcb old = rows::reset_to_report(orphan(in(TimeWait)));
  old.rto_ms = 60'000;
  old.waited_ms = 90'000;
  old.repeats = 7;
  old.read_shut = true;
  const Tcb tcb = ends::tell(old, rows::connects, {}, at_500).tcb;
  CHECK(tcb.iss == core::Seq{500});
  CHECK(tcb.snd_una == core::Seq{500});
  CHECK(tcb.snd_nxt == core::Seq{501});
  CHECK(tcb.rto_ms == 1000);
  CHECK(tcb.waited_ms == 0);
  CHECK(tcb.repeats == 0);
  CHECK_FALSE(tcb.fin_requested);
  CHECK_FALSE(tcb.fin.has_value());
  CHECK_FALSE(tcb.orphan);
  CHECK_FALSE(tcb.read_shut);
  CHECK_FALSE(tcb.reset_to_report);
  CHECK_FALSE(tcb.passive);
}

TEST_CASE("the window of a new incarnation has its full size") {
  const Tcb old = rows::unread(in(TimeWait), 300);
  CHECK(old.rcv_wnd == 700);
  const Tcb tcb = ends::tell(old, rows::connects, {}, at_500).tcb;
  CHECK(tcb.rcv_wnd == 1000);
  // It is the same application that reads, in its own time.
  CHECK_FALSE(tcb.reads_at_once);
}

TEST_CASE("the window that a SYN offers counts") {
  const Tcb tcb = ends::tell(in(Listen), rows::arrives("S 300 w77"), {}, at_500).tcb;
  CHECK(tcb.snd_wnd == 77);
  CHECK(tcb.max_snd_wnd == 77);
}

TEST_CASE("the ACK that opens a connection brings its window, wherever its text begins") {
  // 3.10.7.4, fifth: SND.WND, SND.WL1 and SND.WL2 are set, whatever stood there.
  const Tcb tcb = ends::tell(in(SynReceived), rows::arrives("A 295/100+10 w77"), {}).tcb;
  CHECK(tcb.state == Established);
  CHECK(tcb.snd_wnd == 77);
  CHECK(tcb.snd_wl1 == core::Seq{295});
  CHECK(tcb.snd_wl2 == core::Seq{100});
}

TEST_CASE("the windows of a connection are told apart from the number of the peer's SYN on") {
  // 3.10.7.3: "SND.WL1 <- SEG.SEQ". The number lies so far away that any other would be newer.
  for (const State state : {Listen, SynSent}) {
    const char* syn = state == Listen ? "S 3000000000 w4" : "SA 3000000000/100 w4";
    const char* ack = state == Listen ? "A 3000000001/501 w7" : "A 3000000001/100 w7";
    Tcb tcb = ends::tell(in(state), rows::arrives(syn), {}, at_500).tcb;
    CHECK(tcb.snd_wl1 == core::Seq{3'000'000'000});
    tcb = ends::tell(tcb, rows::arrives(ack), {}).tcb;
    CHECK(tcb.state == Established);
    CHECK(tcb.snd_wnd == 7);
  }
}
