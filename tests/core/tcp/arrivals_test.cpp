// A segment arrives (RFC 9293 3.10.7): without a connection, and the checks of a segment's
// sequence number, RST and SYN. ACK: acks_test.cpp; text and FIN: texts_test.cpp.
#include "rows.hpp"

#include <doctest/doctest.h>

using core::Policy;
using core::State;
using core::Tcb;
using ends::in;
using rows::arrives;
using rows::orphan;
using enum core::State;

std::vector<rows::Row> rows::closed_arrivals() {
  return {
      {"N1 RST", in(Closed), arrives("R 300"), "CLOSED ignored"},
      {"N1 RST with ACK", in(Closed), arrives("RA 300/101"), "CLOSED ignored"},
      {"N2 with ACK", in(Closed), arrives("A 300/101"), "CLOSED reset; R 101"},
      {"N2 FIN", in(Closed), arrives("FA 300/101"), "CLOSED reset; R 101"},
      {"N2 SYN with ACK", in(Closed), arrives("SA 300/101"), "CLOSED reset; R 101"},
      {"N3 SYN", in(Closed), arrives("S 300"), "CLOSED reset; RA 0/301"},
      {"N3 text and FIN", in(Closed), arrives("F 300+10"), "CLOSED reset; RA 0/311"},
      {"N3 at the wrap", in(Closed), arrives("S 4294967295"), "CLOSED reset; RA 0/0"},
  };
}

std::vector<rows::Row> rows::sequence_numbers() {
  const Policy any = {.time_wait_restart = core::TimeWaitRestart::Any};
  const Policy never = {.time_wait_restart = core::TimeWaitRestart::Never};
  const Policy with_fin = {.closing_ack = core::ClosingAck::Fin};
  return {
      {"Q1 before the window", in(Established), arrives("R 299"), "ESTABLISHED out of window"},
      {"Q1 behind the window", in(Established), arrives("R 1300"), "ESTABLISHED out of window"},
      {"Q1 before the window", in(FinWait1), arrives("R 299"), "FIN_WAIT_1 out of window"},
      {"Q1 behind the window", in(FinWait2), arrives("RA 1300/101"), "FIN_WAIT_2 out of window"},
      {"Q1 before the window", in(CloseWait), arrives("R 300"), "CLOSE_WAIT out of window"},
      {"Q1 before the window", in(Closing), arrives("R 300"), "CLOSING out of window"},
      {"Q1 behind the window", in(LastAck), arrives("R 1301"), "LAST_ACK out of window"},
      {"Q1 before the window", in(TimeWait), arrives("R 300"), "TIME_WAIT out of window"},
      {"Q1 a reset is not what restarts 2 MSL (D1)", in(TimeWait), arrives("RA 300/101"),
       "TIME_WAIT out of window", any},
      {"Q2 data again", in(Established), arrives("A 290/100+10"),
       "ESTABLISHED duplicate; A 100/300"},
      {"Q2 data behind the window", in(Established), arrives("A 1300/100+10"),
       "ESTABLISHED out of window; A 100/300"},
      {"Q2 an old bare ACK", in(Established), arrives("A 255/33"),
       "ESTABLISHED out of window; A 100/300"},
      {"Q2 the ACK is not taken", sending(in(Established)), arrives("A 290/106+10"),
       "ESTABLISHED duplicate; A 106/300"},
      {"Q2 data again, and the ACK of our FIN is not taken", in(FinWait1), arrives("A 290/101+10"),
       "FIN_WAIT_1 duplicate; A 101/300"},
      {"Q2 an old bare ACK", in(FinWait2), arrives("A 255/33"),
       "FIN_WAIT_2 out of window; A 101/300"},
      {"F5=Q2 the FIN again", in(CloseWait), arrives("FA 300/100"),
       "CLOSE_WAIT duplicate; A 100/301"},
      {"Q2 the FIN again", in(CloseWait), arrives("FA 300/100"), "CLOSE_WAIT duplicate; A 100/301"},
      {"F5=Q2 the FIN again", in(Closing), arrives("FA 300/100"), "CLOSING duplicate; A 101/301"},
      {"Q2 the FIN again, with the ACK of ours, which is not taken", in(Closing),
       arrives("FA 300/101"), "CLOSING duplicate; A 101/301"},
      {"Q2 an ACK from CLOSING is a bare one (D5)", in(Closing), arrives("FA 300/100"),
       "CLOSING duplicate; A 101/301"},
      {"Q2 an ACK from CLOSING is the FIN again (D5)", in(Closing), arrives("FA 300/100"),
       "CLOSING duplicate; FA 100/301", with_fin},
      {"Q2 only an ACK from CLOSING is the FIN again (D5)", in(LastAck), arrives("FA 300/100"),
       "LAST_ACK duplicate; A 101/301", with_fin},
      {"F5=Q2 the FIN again, with the ACK of ours, which is not taken", in(LastAck),
       arrives("FA 300/101"), "LAST_ACK duplicate; A 101/301"},
      {"Q2 an old bare ACK", in(LastAck), arrives("A 255/33"), "LAST_ACK out of window; A 101/301"},
      {"Q2 an old ACK restarts nothing", in(TimeWait), arrives("A 255/33"),
       "TIME_WAIT out of window; A 101/301"},
      {"Q2 an old ACK restarts 2 MSL where anything does (D1)", in(TimeWait), arrives("A 255/33"),
       "TIME_WAIT out of window; restart time-wait 240000; A 101/301", any},
      {"Q2 old data restart nothing", in(TimeWait), arrives("A 290/101+10"),
       "TIME_WAIT duplicate; A 101/301"},
      {"F6 the FIN again restarts 2 MSL (D1)", in(TimeWait), arrives("FA 300/101"),
       "TIME_WAIT duplicate; restart time-wait 240000; A 101/301"},
      {"F6 the FIN again, with the last data, restarts 2 MSL (D1)", in(TimeWait),
       arrives("FA 290/101+10"), "TIME_WAIT duplicate; restart time-wait 240000; A 101/301"},
      {"F6 the FIN again restarts nothing by the letter (D1)", in(TimeWait), arrives("FA 300/101"),
       "TIME_WAIT duplicate; A 101/301", never},
      {"Q2 the FIN again without ACK restarts nothing, as the fifth check comes first (D1)",
       in(TimeWait), arrives("F 300"), "TIME_WAIT duplicate; A 101/301"},
      {"Q2 an old FIN that is not the last one restarts nothing (D1)", in(TimeWait),
       arrives("FA 200/101"), "TIME_WAIT duplicate; A 101/301"},
      {"A3 a shut window takes no text but the ACK", window(sending(in(Established)), 0),
       arrives("A 300/106+10"),
       "ESTABLISHED out of window; stop retransmission; A 106/300 | snd_una=106 snd_wl2=106 "
       "queue=none"},
      {"A5 a shut window takes no text but the ACK of our FIN", window(in(FinWait1), 0),
       arrives("A 300/101+1"),
       "FIN_WAIT_2 out of window; stop retransmission; A 101/300 | snd_una=101 snd_wl2=101 "
       "queue=none"},
      {"A5 a shut window takes no FIN but the ACK of ours", window(in(FinWait1), 0),
       arrives("FA 300/101"),
       "FIN_WAIT_2 out of window; stop retransmission; A 101/300 | snd_una=101 snd_wl2=101 "
       "queue=none"},
      {"A1 a shut window: not acceptable and never sent are one answer", window(in(Established), 0),
       arrives("A 300/101+10"), "ESTABLISHED challenge; A 100/300"},
      {"A3 a shut window takes a bare ACK", window(sending(in(Established)), 0),
       arrives("A 300/106"),
       "ESTABLISHED accepted; stop retransmission | snd_una=106 snd_wl2=106 queue=none"},
      {"A3 a shut window takes a bare ACK from behind the peer's probe",
       window(sending(in(Established)), 0), arrives("A 301/106"),
       "ESTABLISHED out of window; stop retransmission; A 106/300 | snd_una=106 snd_wl1=301 "
       "snd_wl2=106 queue=none"},
      {"A4 two ends that probe each other do not acknowledge each other for ever (D10)",
       window(probing(in(Established)), 0), arrives("A 301/100 w0"),
       "ESTABLISHED duplicate | snd_wl1=301"},
      {"A4 who probes nobody itself answers the peer's probe (D10)",
       window(peer_window(in(Established), 0), 0), arrives("A 301/100 w0"),
       "ESTABLISHED duplicate; A 100/300 | snd_wl1=301"},
      {"Q2 a shut window takes no text, and without ACK nothing else", window(in(Established), 0),
       arrives(" 300+10"), "ESTABLISHED out of window; A 100/300"},
      {"Q2 a shut window takes no bare ACK from further away", window(sending(in(Established)), 0),
       arrives("A 302/106"), "ESTABLISHED out of window; A 106/300"},
      {"K2 a shut window takes a RST", window(in(Established), 0), arrives("R 300"),
       "CLOSED reset; signal connection reset"},
  };
}

std::vector<rows::Row> rows::resets() {
  const Policy old = {.rfc5961 = false};
  const Policy ignore = {.rst_in_time_wait = core::RstInTimeWait::Ignore};
  const std::string reset = "CLOSED reset; signal connection reset";
  return {
      {"K1 not exact", in(Established), arrives("R 320"), "ESTABLISHED challenge; A 100/300"},
      {"K1 the last number of the window", in(Established), arrives("R 1299"),
       "ESTABLISHED challenge; A 100/300"},
      {"K1 not exact", in(FinWait1), arrives("R 320"), "FIN_WAIT_1 challenge; A 101/300"},
      {"K1 not exact", in(FinWait2), arrives("R 320"), "FIN_WAIT_2 challenge; A 101/300"},
      {"K1 not exact", in(CloseWait), arrives("R 320"), "CLOSE_WAIT challenge; A 100/301"},
      {"K1 not exact", in(Closing), arrives("R 320"), "CLOSING challenge; A 101/301"},
      {"K1 not exact", in(LastAck), arrives("R 320"), "LAST_ACK challenge; A 101/301"},
      {"K1 not exact", in(TimeWait), arrives("R 320"), "TIME_WAIT challenge; A 101/301"},
      {"K2 exact", in(Established), arrives("R 300"), reset},
      {"K2 exact, with ACK", in(Established), arrives("RA 300/100"), reset},
      {"K2 what was on its way is forgotten", sending(in(Established)), arrives("R 300"),
       reset + "; stop retransmission"},
      {"K2 exact", in(FinWait1), arrives("R 300"), reset + "; stop retransmission"},
      {"K2 exact", in(FinWait2), arrives("R 300"), reset},
      {"K2 an orphan is told nothing", orphan(in(FinWait2)), arrives("R 300"), "CLOSED reset"},
      {"K2 exact", in(CloseWait), arrives("R 301"), reset},
      {"K2 anywhere in the window before RFC 5961", in(Established), arrives("R 320"), reset, old},
      {"K2 anywhere in the window before RFC 5961", in(FinWait1), arrives("R 320"),
       reset + "; stop retransmission", old},
      {"K2 anywhere in the window before RFC 5961", in(FinWait2), arrives("R 320"), reset, old},
      {"K2 anywhere in the window before RFC 5961", in(CloseWait), arrives("R 320"), reset, old},
      {"Q1 outside the window, before RFC 5961 too", in(CloseWait), arrives("R 300"),
       "CLOSE_WAIT out of window", old},
      {"K3 who still holds the descriptor is told", in(Closing), arrives("R 301"),
       reset + "; stop retransmission"},
      {"K3 an orphan is told nothing", orphan(in(Closing)), arrives("R 301"),
       "CLOSED reset; stop retransmission"},
      {"K3 who still holds the descriptor is told", in(LastAck), arrives("R 301"),
       reset + "; stop retransmission"},
      {"K3 an orphan is told nothing", orphan(in(LastAck)), arrives("R 301"),
       "CLOSED reset; stop retransmission"},
      {"K3 anywhere in the window before RFC 5961", in(LastAck), arrives("R 320"),
       reset + "; stop retransmission", old},
      {"K3 TIME_WAIT is assassinated, and nobody is told (D4)", in(TimeWait), arrives("R 301"),
       "CLOSED reset; stop time-wait"},
      {"K3 anywhere in the window before RFC 5961 (D4)", in(TimeWait), arrives("R 320"),
       "CLOSED reset; stop time-wait", old},
      {"K3 RFC 1337 ignores it (D4)", in(TimeWait), arrives("R 301"), "TIME_WAIT ignored", ignore},
      {"K3 RFC 1337 does not challenge it either (D4)", in(TimeWait), arrives("R 320"),
       "TIME_WAIT ignored", ignore},
      {"Q1 outside the window it is dropped as everywhere (D4)", in(TimeWait), arrives("R 300"),
       "TIME_WAIT out of window", ignore},
  };
}

std::vector<rows::Row> rows::syns() {
  const Policy old = {.rfc5961 = false};
  const Policy acknowledges = {.rfc5961 = false, .abort_flags = core::AbortFlags::RstAck};
  const std::string reset = "CLOSED reset; signal connection reset";
  return {
      {"Y1 in the window", in(Established), arrives("S 310"), "ESTABLISHED challenge; A 100/300"},
      {"Y1 with ACK", in(Established), arrives("SA 310/100"), "ESTABLISHED challenge; A 100/300"},
      {"Y1 outside the window", in(Established), arrives("S 9000"),
       "ESTABLISHED challenge; A 100/300"},
      {"Y1 the SYN that opened the connection", in(Established), arrives("SA 299/100"),
       "ESTABLISHED challenge; A 100/300"},
      {"Y1 in the window", in(FinWait1), arrives("S 310"), "FIN_WAIT_1 challenge; A 101/300"},
      {"Y1 outside the window", in(FinWait2), arrives("S 9000"), "FIN_WAIT_2 challenge; A 101/300"},
      {"Y1 outside the window", in(CloseWait), arrives("S 9000"),
       "CLOSE_WAIT challenge; A 100/301"},
      {"Y1 in the window", in(Closing), arrives("S 310"), "CLOSING challenge; A 101/301"},
      {"Y1 outside the window", in(LastAck), arrives("S 9000"), "LAST_ACK challenge; A 101/301"},
      {"Y2 in the window", in(Established), arrives("S 310"), reset + "; R 100", old},
      {"Y2 with ACK", in(Established), arrives("SA 310/100"), reset + "; R 100", old},
      {"Y2 a reset with an ACK", in(Established), arrives("S 310"), reset + "; RA 100/300",
       acknowledges},
      {"Y2 in the window", in(FinWait1), arrives("S 310"), reset + "; stop retransmission; R 101",
       old},
      {"Y2 in the window", in(FinWait2), arrives("S 310"), reset + "; R 101", old},
      {"Y2 an orphan is told nothing", orphan(in(FinWait2)), arrives("S 310"),
       "CLOSED reset; R 101", old},
      {"Y2 in the window", in(CloseWait), arrives("S 310"), reset + "; R 100", old},
      {"Y2 in the window", in(Closing), arrives("S 310"), reset + "; stop retransmission; R 101",
       old},
      {"Y2 in the window", in(LastAck), arrives("S 310"), reset + "; stop retransmission; R 101",
       old},
      {"Q2 outside the window, before RFC 5961", in(Established), arrives("S 9000"),
       "ESTABLISHED out of window; A 100/300", old},
  };
}

TEST_CASE("without a connection, by 3.10.7.1") {
  rows::check(rows::closed_arrivals());
}

TEST_CASE("first, the sequence number") {
  rows::check(rows::sequence_numbers());
}

TEST_CASE("second, RST") {
  rows::check(rows::resets());
}

TEST_CASE("fourth, SYN") {
  rows::check(rows::syns());
}

TEST_CASE("challenges are throttled, by RFC 5961 section 7, and nothing else is") {
  const Policy policy = {.challenge_ack_interval_ms = 500};
  const auto at = [&](const Tcb& tcb, core::Time ms, std::string_view notation) {
    return ends::tell(tcb, arrives(notation), policy, {.ms = ms, .iss = {}});
  };
  ends::Told told = at(in(Established), 1000, "R 320");
  CHECK(told.text == "ESTABLISHED challenge; A 100/300");
  told = at(told.tcb, 1499, "R 320");
  CHECK(told.text == "ESTABLISHED challenge");
  CHECK(at(told.tcb, 1499, "S 310").text == "ESTABLISHED challenge");
  CHECK(at(told.tcb, 1499, "A 300/101").text == "ESTABLISHED challenge; A 100/300");
  CHECK(at(told.tcb, 1499, "A 290/100+10").text == "ESTABLISHED duplicate; A 100/300");
  CHECK(at(told.tcb, 1499, "A 300/100+10").text == "ESTABLISHED accepted; A 100/310");
  told = at(told.tcb, 1500, "S 310");
  CHECK(told.text == "ESTABLISHED challenge; A 100/300");
  CHECK(at(told.tcb, 1999, "R 320").text == "ESTABLISHED challenge");
  // Without an interval each one is answered.
  const Tcb tcb = ends::tell(in(Established), arrives("R 320"), {}).tcb;
  CHECK(ends::tell(tcb, arrives("R 320"), {}).text == "ESTABLISHED challenge; A 100/300");
}

TEST_CASE("a reset throws away what is unread; a graceful end does not") {
  const Tcb tcb = ends::tell(rows::unread(in(CloseWait), 50), arrives("R 301"), {}).tcb;
  CHECK(tcb.unread == 0);
  CHECK(tcb.rcv_wnd == 1000);
  const Tcb graceful = ends::tell(rows::unread(in(LastAck), 50), arrives("A 301/101"), {}).tcb;
  CHECK(graceful.state == Closed);
  CHECK(graceful.unread == 50);
}
