// Fifth, the ACK field (RFC 9293 3.10.7.4): what it says of our data, our FIN and the peer's
// window.
#include "rows.hpp"

#include <doctest/doctest.h>

using core::Policy;
using core::State;
using core::Tcb;
using ends::in;
using rows::arrives;
using rows::orphan;
using rows::sending;
using enum core::State;

std::vector<rows::Row> rows::acknowledgments() {
  const Policy old = {.rfc5961 = false};
  // SND.UNA - MAX.SND.WND - 1, of ends that send from 100 and 101 into a window of 2000.
  const std::string old_100 = "A 300/4294965395";
  const std::string old_101 = "A 300/4294965396";
  return {
      {"A0 no ACK bit", in(Established), arrives("F 300"), "ESTABLISHED ignored"},
      {"A0 no ACK bit, text", in(Established), arrives(" 300+10"), "ESTABLISHED ignored"},
      {"A0 no ACK bit", in(FinWait1), arrives("F 300"), "FIN_WAIT_1 ignored"},
      {"A0 no ACK bit", in(FinWait2), arrives("F 300"), "FIN_WAIT_2 ignored"},
      {"A0 no ACK bit", in(CloseWait), arrives("F 301"), "CLOSE_WAIT ignored"},
      {"A0 no ACK bit", in(Closing), arrives(" 301"), "CLOSING ignored"},
      {"A0 no ACK bit", in(LastAck), arrives(" 301"), "LAST_ACK ignored"},
      {"A0 no ACK bit", in(TimeWait), arrives("F 301"), "TIME_WAIT ignored"},
      {"A1 never sent", in(Established), arrives("A 300/101"), "ESTABLISHED challenge; A 100/300"},
      {"A1 never sent, and its text is not taken", in(Established), arrives("A 300/101+10"),
       "ESTABLISHED challenge; A 100/300"},
      {"A1 never sent", in(FinWait1), arrives("A 300/102"), "FIN_WAIT_1 challenge; A 101/300"},
      {"A1 a FIN that waits was never sent (D6)", fin_waiting(in(Established)),
       arrives("A 300/101"), "FIN_WAIT_1 challenge; A 100/300"},
      {"A1 never sent", in(FinWait2), arrives("A 300/102"), "FIN_WAIT_2 challenge; A 101/300"},
      {"A1 never sent", in(CloseWait), arrives("A 301/101"), "CLOSE_WAIT challenge; A 100/301"},
      {"A1 never sent", in(Closing), arrives("A 301/102"), "CLOSING challenge; A 101/301"},
      {"A1 never sent", in(LastAck), arrives("A 301/102"), "LAST_ACK challenge; A 101/301"},
      {"A2 older than a window", in(Established), arrives(old_100),
       "ESTABLISHED challenge; A 100/300"},
      {"A4 as old as a window", in(Established), arrives("A 300/4294965396"),
       "ESTABLISHED duplicate"},
      {"A4 older than a window, before RFC 5961", in(Established), arrives(old_100),
       "ESTABLISHED duplicate", old},
      {"A2 older than a window", in(FinWait1), arrives(old_100), "FIN_WAIT_1 challenge; A 101/300"},
      {"A2 older than a window", in(FinWait2), arrives(old_101), "FIN_WAIT_2 challenge; A 101/300"},
      {"A2 older than a window", in(CloseWait), arrives("A 301/4294965395"),
       "CLOSE_WAIT challenge; A 100/301"},
      {"A2 older than a window", in(Closing), arrives("A 301/4294965395"),
       "CLOSING challenge; A 101/301"},
      {"A2 older than a window", in(LastAck), arrives("A 301/4294965395"),
       "LAST_ACK challenge; A 101/301"},
      {"A3 all that was sent", sending(in(Established)), arrives("A 300/106"),
       "ESTABLISHED accepted; stop retransmission | snd_una=106 snd_wl2=106 queue=none"},
      {"A3 some of what was sent", sending(in(Established)), arrives("A 300/102"),
       "ESTABLISHED accepted; restart retransmission 1000 | snd_una=102 snd_wl2=102 queue=102+4"},
      {"A3 makes room for more", unsent(peer_window(sending(in(Established)), 6), 9),
       arrives("A 300/106 w6"),
       "ESTABLISHED accepted; stop retransmission; start retransmission 1000; A 106/300+6 | "
       "snd_una=106 snd_wl2=106 queue=106+6"},
      {"A3 all that was sent", sending(in(CloseWait)), arrives("A 301/106"),
       "CLOSE_WAIT accepted; stop retransmission | snd_una=106 snd_wl1=301 snd_wl2=106 queue=none"},
      {"A3 the data but not the FIN", sending(in(Closing)), arrives("A 301/106"),
       "CLOSING accepted; restart retransmission 1000 | snd_una=106 snd_wl1=301 snd_wl2=106 "
       "queue=F106"},
      {"A3 the data but not the FIN", sending(in(LastAck)), arrives("A 301/106"),
       "LAST_ACK accepted; restart retransmission 1000 | snd_una=106 snd_wl1=301 snd_wl2=106 "
       "queue=F106"},
      {"A4 nothing new", sending(in(Established)), arrives("A 300/100"), "ESTABLISHED duplicate"},
      {"A4 nothing new but the window", in(Established), arrives("A 300/100 w500"),
       "ESTABLISHED accepted | snd_wnd=500"},
      {"A4 opens the window for data that wait", unsent(peer_window(in(Established), 0), 6),
       arrives("A 300/100 w900"),
       "ESTABLISHED accepted; start retransmission 1000; A 100/300+6 | snd_wnd=900"},
      {"A4 nothing new", in(FinWait1), arrives("A 300/100"), "FIN_WAIT_1 duplicate"},
      {"A4 opens the window for a FIN that waits (D6)", fin_waiting(in(Established)),
       arrives("A 300/100"),
       "FIN_WAIT_1 accepted; stop persist; start retransmission 1000; FA 100/300 | snd_wnd=2000"},
      {"A4=C2 opens the window for a FIN that waits (D6)", fin_waiting(in(CloseWait)),
       arrives("A 301/100"),
       "LAST_ACK accepted; stop persist; start retransmission 1000; FA 100/301 | snd_wnd=2000 "
       "snd_wl1=301"},
      {"A4 nothing new", in(CloseWait), arrives("A 301/100"), "CLOSE_WAIT duplicate | snd_wl1=301"},
      {"A4 not our FIN (D9)", in(LastAck), arrives("A 301/100"),
       "LAST_ACK duplicate | snd_wl1=301"},
  };
}

std::vector<rows::Row> rows::acknowledgments_of_fins() {
  const Policy no_time_wait = {.time_wait = false};
  const Policy literal = {.time_wait_answers = core::TimeWaitAnswers::EveryAck};
  const Policy any = {.time_wait_restart = core::TimeWaitRestart::Any};
  return {
      {"A5 our FIN", in(FinWait1), arrives("A 300/101"),
       "FIN_WAIT_2 accepted; stop retransmission | snd_una=101 snd_wl2=101 queue=none"},
      {"A5 our data and our FIN", sending(in(FinWait1)), arrives("A 300/107"),
       "FIN_WAIT_2 accepted; stop retransmission | snd_una=107 snd_wl2=107 queue=none"},
      {"A5 beyond a gap a bare ACK counts at once, and is not answered (D10)", in(FinWait1),
       arrives("A 310/101"),
       "FIN_WAIT_2 accepted; stop retransmission | snd_una=101 snd_wl1=310 snd_wl2=101 queue=none"},
      {"A5 our FIN, and text", in(FinWait1), arrives("A 300/101+10"),
       "FIN_WAIT_2 accepted; stop retransmission; A 101/310 | snd_una=101 snd_wl2=101 queue=none "
       "rcv_nxt=310"},
      {"A6 our data but not our FIN", sending(in(FinWait1)), arrives("A 300/106"),
       "FIN_WAIT_1 accepted; restart retransmission 1000 | snd_una=106 snd_wl2=106 queue=F106"},
      {"A6 some of our data", sending(in(FinWait1)), arrives("A 300/103"),
       "FIN_WAIT_1 accepted; restart retransmission 1000 | snd_una=103 snd_wl2=103 "
       "queue=103+3,F106"},
      {"A6 our data, and the FIN waits (D6)",
       with(sending(in(Established)),
            [](Tcb& tcb) {
              tcb.state = FinWait1;
              tcb.fin_requested = true;
              tcb.snd_wnd = 6;
            }),
       arrives("A 300/106 w6"),
       "FIN_WAIT_1 accepted; stop retransmission; start retransmission 1000; FA 106/300 | "
       "snd_una=106 snd_wl2=106 queue=F106"},
      {"A7=A4 our FIN once more", in(FinWait2), arrives("A 300/101"),
       "FIN_WAIT_2 duplicate | snd_wl2=101"},
      {"A4 our FIN once more", in(FinWait2), arrives("A 300/101"),
       "FIN_WAIT_2 duplicate | snd_wl2=101"},
      {"A4 beyond a gap a bare ACK is not answered (D10)", in(FinWait2), arrives("A 310/101"),
       "FIN_WAIT_2 duplicate | snd_wl1=310 snd_wl2=101"},
      {"A8 our FIN", in(Closing), arrives("A 301/101"),
       "TIME_WAIT accepted; stop retransmission; start time-wait 240000 | snd_una=101 snd_wl1=301 "
       "snd_wl2=101 queue=none"},
      {"A8 our data and our FIN", sending(in(Closing)), arrives("A 301/107"),
       "TIME_WAIT accepted; stop retransmission; start time-wait 240000 | snd_una=107 snd_wl1=301 "
       "snd_wl2=107 queue=none"},
      {"A8 our FIN, and text, which is ignored", in(Closing), arrives("A 301/101+5"),
       "TIME_WAIT accepted; stop retransmission; start time-wait 240000 | snd_una=101 snd_wl1=301 "
       "snd_wl2=101 queue=none"},
      {"A8 without TIME_WAIT", in(Closing), arrives("A 301/101"),
       "CLOSED accepted; signal closed; stop retransmission | snd_una=101 snd_wl1=301 snd_wl2=101",
       no_time_wait},
      {"A9 not our FIN", in(Closing), arrives("A 301/100"), "CLOSING ignored | snd_wl1=301"},
      {"A9 not our FIN, and text", in(Closing), arrives("A 301/100+10"),
       "CLOSING ignored | snd_wl1=301"},
      {"A9 not our FIN, and one that cannot be", in(Closing), arrives("FA 301/100"),
       "CLOSING ignored | snd_wl1=301"},
      {"A10 our FIN", in(LastAck), arrives("A 301/101"),
       "CLOSED accepted; signal closed; stop retransmission | snd_una=101 snd_wl1=301 snd_wl2=101"},
      {"A10 our data and our FIN", sending(in(LastAck)), arrives("A 301/107"),
       "CLOSED accepted; signal closed; stop retransmission | snd_una=107 snd_wl1=301 snd_wl2=107"},
      {"A10 an orphan is told nothing", orphan(in(LastAck)), arrives("A 301/101"),
       "CLOSED accepted; stop retransmission | snd_una=101 snd_wl1=301 snd_wl2=101"},
      {"A10 beyond a gap a bare ACK counts at once (D10)", in(LastAck), arrives("A 310/101"),
       "CLOSED accepted; signal closed; stop retransmission | snd_una=101 snd_wl1=310 snd_wl2=101"},
      {"A11 a bare ACK is not answered (D2)", in(TimeWait), arrives("A 301/101"),
       "TIME_WAIT ignored"},
      {"A11 nor one of what was never sent (D2)", in(TimeWait), arrives("A 301/999"),
       "TIME_WAIT ignored"},
      {"A11 every ACK is answered by the letter (D2)", in(TimeWait), arrives("A 301/101"),
       "TIME_WAIT ignored; A 101/301", literal},
      {"A11 text is answered (D2)", in(TimeWait), arrives("A 301/101+5"),
       "TIME_WAIT ignored; A 101/301"},
      {"A11 a FIN behind the peer's FIN is answered (D2)", in(TimeWait), arrives("FA 301/101"),
       "TIME_WAIT ignored; A 101/301"},
      {"A11 restarts 2 MSL where anything does (D1)", in(TimeWait), arrives("A 301/101"),
       "TIME_WAIT ignored; restart time-wait 240000", any},
  };
}

TEST_CASE("fifth, the ACK") {
  rows::check(rows::acknowledgments());
}

TEST_CASE("fifth, the ACK of a FIN") {
  rows::check(rows::acknowledgments_of_fins());
}

TEST_CASE("an acknowledgment of something new sets the timeout back to its first value") {
  Tcb tcb = sending(in(Established));
  tcb = ends::tell(tcb, rows::expires(core::Timer::Retransmission), {}).tcb;
  CHECK(tcb.rto_ms == 2000);
  CHECK(tcb.waited_ms == 1000);
  CHECK(tcb.repeats == 1);
  CHECK(ends::tell(tcb, arrives("A 300/100"), {}).tcb.rto_ms == 2000);
  tcb = ends::tell(tcb, arrives("A 300/102"), {}).tcb;
  CHECK(tcb.rto_ms == 1000);
  CHECK(tcb.waited_ms == 0);
  CHECK(tcb.repeats == 0);
}

TEST_CASE("what is acknowledged in part is kept from there on") {
  const Tcb tcb = ends::tell(sending(in(FinWait1)), arrives("A 300/102"), {}).tcb;
  const std::vector<core::SequenceRange> rest = {{.seq = {102}, .len = 4},
                                                 {.seq = {106}, .fin = true}};
  CHECK(tcb.retransmission_queue == rest);
  CHECK(tcb.snd_una == core::Seq{102});
}

TEST_CASE("the window is taken from the newest segment, by SND.WL1 and SND.WL2") {
  const auto window_after = [](Tcb tcb, std::string_view notation) {
    return ends::tell(tcb, arrives(notation), {}).tcb.snd_wnd;
  };
  Tcb tcb = sending(in(Established));
  tcb.snd_wl1 = {310};
  tcb.snd_wl2 = {100};
  tcb.rcv_nxt = {300};
  CHECK(window_after(tcb, "A 309/100 w7") == 2000);
  CHECK(window_after(tcb, "A 310/100 w7") == 7);
  CHECK(window_after(tcb, "A 311/100 w7") == 7);
  CHECK(window_after(tcb, "A 310/99 w7") == 2000);
  CHECK(window_after(tcb, "A 310/106 w7") == 7);
  // And the largest is remembered for RFC 5961 5.2.
  tcb = ends::tell(tcb, arrives("A 311/100 w5000"), {}).tcb;
  tcb = ends::tell(tcb, arrives("A 312/100 w7"), {}).tcb;
  CHECK(tcb.snd_wnd == 7);
  CHECK(tcb.max_snd_wnd == 5000);
}

TEST_CASE("without TIME_WAIT, what is unread at a graceful end can still be read") {
  const Policy policy = {.time_wait = false};
  const auto after = [&](State state, std::string_view notation) {
    return ends::tell(rows::unread(in(state), 50), arrives(notation), policy).tcb;
  };
  for (const Tcb& tcb : {after(FinWait1, "FA 300/101"), after(FinWait2, "FA 300/101"),
                         after(Closing, "A 301/101")}) {
    CHECK(tcb.state == Closed);
    CHECK(tcb.unread == 50);
  }
}
