// A timer expires (RFC 9293 3.10.8, 3.8.3, 3.8.4, 3.8.6.1, RFC 6298), and when timers run.
// Longer than 300 lines: a table of rows, in the order of the RFC.
#include "rows.hpp"

#include <doctest/doctest.h>

#include <optional>

using core::Policy;
using core::State;
using core::Tcb;
using core::Timer;
using ends::in;
using rows::arrives;
using rows::expires;
using rows::orphan;
using rows::peer_window;
using rows::probing;
using rows::sending;
using rows::timed;
using rows::with;
using enum core::State;

namespace {

/// The timer runs with `rto`, and the head of the queue has waited for `already`.
Tcb waited(Tcb tcb, core::Time rto, core::Time already) {
  tcb.rto_ms = rto;
  tcb.waited_ms = already;
  return tcb;
}

/// It was sent again so often.
Tcb repeated(Tcb tcb, core::Time times) {
  tcb.repeats = times;
  return tcb;
}

/// The keepalive timer runs, and so many probes were not answered.
Tcb idle(Tcb tcb, core::Time probes = 0) {
  tcb.keepalive_probes = probes;
  return timed(tcb, Timer::Keepalive);
}

const Policy says_so = {.timeout_sends_rst = true};
const Policy says_so_with_ack = {.abort_flags = core::AbortFlags::RstAck,
                                 .timeout_sends_rst = true};

}  // namespace

std::vector<rows::Row> rows::retransmissions() {
  const core::Event due = expires(Timer::Retransmission);
  const Policy twice = {.max_retransmits = 2};
  const Policy orphans_once = {.max_retransmits = 2, .max_retransmits_orphan = 1};
  const std::string given_up = "CLOSED; signal timed out";
  return {
      {"X1 the SYN", in(SynSent), due,
       "SYN_SENT; start retransmission 2000; S 99 | waited_ms=1000 repeats=1"},
      {"X1 SYN and ACK", in(SynReceived), due,
       "SYN_RECEIVED; start retransmission 2000; SA 99/300 | waited_ms=1000 repeats=1"},
      {"X1 data", sending(in(Established)), due,
       "ESTABLISHED; start retransmission 2000; A 100/300+6 | waited_ms=1000 repeats=1"},
      {"X1 data", sending(in(CloseWait)), due,
       "CLOSE_WAIT; start retransmission 2000; A 100/301+6 | waited_ms=1000 repeats=1"},
      {"X1 the FIN, with the same number", in(FinWait1), due,
       "FIN_WAIT_1; start retransmission 2000; FA 100/300 | waited_ms=1000 repeats=1"},
      {"X1 only the head of the queue", sending(in(FinWait1)), due,
       "FIN_WAIT_1; start retransmission 2000; A 100/300+6 | waited_ms=1000 repeats=1"},
      {"X1 the FIN", in(Closing), due,
       "CLOSING; start retransmission 2000; FA 100/301 | waited_ms=1000 repeats=1"},
      {"X1 the FIN", in(LastAck), due,
       "LAST_ACK; start retransmission 2000; FA 100/301 | waited_ms=1000 repeats=1"},
      {"X1 with the ACK of this moment", owing(sending(in(Established))), due,
       "ESTABLISHED; start retransmission 2000; stop delayed-ack; A 100/310+6 | waited_ms=1000 "
       "repeats=1"},
      {"X1 the wait is never longer than its largest", waited(in(FinWait1), 32'000, 31'000), due,
       "FIN_WAIT_1; start retransmission 60000; FA 100/300 | waited_ms=63000 repeats=1"},
      {"X1 by another largest",
       waited(in(FinWait1), 2'000, 3'000),
       due,
       "FIN_WAIT_1; start retransmission 3000; FA 100/300 | waited_ms=5000 repeats=1",
       {.rto_max_ms = 3'000}},
      {"X1 the largest is not shorter than the first",
       waited(in(FinWait1), 5'000, 0),
       due,
       "FIN_WAIT_1; start retransmission 5000; FA 100/300 | waited_ms=5000 repeats=1",
       {.rto_ms = 5'000, .rto_max_ms = 3'000}},
      {"X1 just before R2", waited(in(FinWait1), 60'000, 39'999), due,
       "FIN_WAIT_1; start retransmission 60000; FA 100/300 | waited_ms=99999 repeats=1"},
      {"X2 at R2", waited(in(FinWait1), 60'000, 40'000), due, given_up + " | waited_ms=100000"},
      {"X2 past R2", waited(in(FinWait1), 60'000, 63'000), due, given_up + " | waited_ms=123000"},
      {"X2 an orphan is told nothing", orphan(waited(in(FinWait1), 60'000, 63'000)), due,
       "CLOSED | waited_ms=123000"},
      {"X2 past R2", waited(in(Closing), 60'000, 63'000), due, given_up + " | waited_ms=123000"},
      {"X2 past R2", waited(in(LastAck), 60'000, 63'000), due, given_up + " | waited_ms=123000"},
      {"X2 data past R2", waited(sending(in(Established)), 60'000, 63'000), due,
       given_up + " | waited_ms=123000"},
      {"X2 data past R2", waited(sending(in(CloseWait)), 60'000, 63'000), due,
       given_up + " | waited_ms=123000"},
      {"X1 a SYN has more time", waited(in(SynSent), 60'000, 119'999), due,
       "SYN_SENT; start retransmission 60000; S 99 | waited_ms=179999 repeats=1"},
      {"X2 a SYN at its own R2", waited(in(SynSent), 60'000, 120'000), due,
       given_up + " | waited_ms=180000"},
      {"X2 a SYN at its own R2", waited(in(SynReceived), 60'000, 120'000), due,
       given_up + " | waited_ms=180000"},
      {"X2 another R2",
       waited(in(FinWait1), 4'000, 3'000),
       due,
       given_up + " | waited_ms=7000",
       {.r2_ms = 7'000}},
      {"X2 another R2 for a SYN",
       waited(in(SynSent), 4'000, 3'000),
       due,
       given_up + " | waited_ms=7000",
       {.r2_syn_ms = 7'000}},
      {"X1 the second repeat of two", repeated(in(FinWait1), 1), due,
       "FIN_WAIT_1; start retransmission 2000; FA 100/300 | waited_ms=1000 repeats=2", twice},
      {"X2 after the second repeat of two", repeated(in(FinWait1), 2), due,
       given_up + " | waited_ms=1000", twice},
      {"X2 after no repeat of none",
       in(FinWait1),
       due,
       given_up + " | waited_ms=1000",
       {.max_retransmits = 0}},
      {"X1 an orphan counts as others do", repeated(orphan(in(LastAck)), 1), due,
       "LAST_ACK; start retransmission 2000; FA 100/301 | waited_ms=1000 repeats=2", twice},
      {"X2 an orphan has its own count", repeated(orphan(in(LastAck)), 1), due,
       "CLOSED | waited_ms=1000", orphans_once},
      {"X1 who is no orphan has the other", repeated(in(LastAck), 1), due,
       "LAST_ACK; start retransmission 2000; FA 100/301 | waited_ms=1000 repeats=2", orphans_once},
      {"X1 an orphan's count alone is for orphans",
       repeated(in(LastAck), 5),
       due,
       "LAST_ACK; start retransmission 2000; FA 100/301 | waited_ms=1000 repeats=6",
       {.max_retransmits_orphan = 1}},
      {"A3 an ACK of all ends the repeats",
       repeated(waited(sending(in(Established)), 8'000, 7'000), 3), arrives("A 300/106"),
       "ESTABLISHED accepted; stop retransmission | snd_una=106 snd_wl2=106 queue=none rto_ms=1000 "
       "waited_ms=0 repeats=0"},
      {"A3 an ACK of some ends the repeats",
       repeated(waited(sending(in(Established)), 8'000, 7'000), 3), arrives("A 300/102"),
       "ESTABLISHED accepted; restart retransmission 1000 | snd_una=102 snd_wl2=102 queue=102+4 "
       "waited_ms=0 repeats=0"},
      {"A4 an ACK of nothing new does not",
       repeated(waited(sending(in(Established)), 8'000, 7'000), 3), arrives("A 300/100"),
       "ESTABLISHED duplicate"},
      {"X2 the RFC sends nothing (D7)", waited(sending(in(Established)), 60'000, 63'000), due,
       given_up + " | waited_ms=123000"},
      {"X2 some systems send a RST (D7)", waited(sending(in(Established)), 60'000, 63'000), due,
       given_up + "; R 106 | waited_ms=123000", says_so},
      {"X2 or one with an ACK (D7)", waited(in(LastAck), 60'000, 63'000), due,
       given_up + "; RA 101/301 | waited_ms=123000", says_so_with_ack},
      {"X2 nobody hears of a SYN that is given up (D7)", waited(in(SynSent), 60'000, 120'000), due,
       given_up + " | waited_ms=180000", says_so},
      {"X2 a SYN that was answered (D7)", waited(in(SynReceived), 60'000, 120'000), due,
       given_up + "; R 100 | waited_ms=180000", says_so},
  };
}

std::vector<rows::Row> rows::persisting() {
  const core::Event due = expires(Timer::Persist);
  const Tcb shut = timed(unsent(peer_window(in(Established), 0), 6), Timer::Persist);
  const Tcb probing_with_fin = with(probing(in(Established)), [](Tcb& tcb) {
    tcb.state = FinWait1;
    tcb.fin_requested = true;
  });
  return {
      {"X5 one octet of what waits", shut, due, "ESTABLISHED; start persist 2000; A 100/300+1"},
      {"X5 the same octet again", probing(in(Established)), due,
       "ESTABLISHED; start persist 4000; A 100/300+1"},
      {"X5 the wait is never longer than its largest", waited(probing(in(Established)), 40'000, 0),
       due, "ESTABLISHED; start persist 60000; A 100/300+1"},
      {"X5 no R2 ends it", waited(probing(in(Established)), 60'000, 0), due,
       "ESTABLISHED; start persist 60000; A 100/300+1"},
      {"X5 one octet of what waits", probing(in(CloseWait)), due,
       "CLOSE_WAIT; start persist 4000; A 100/301+1"},
      {"X5 the FIN, when nothing else waits (D6)", fin_waiting(in(Established)), due,
       "FIN_WAIT_1; start persist 2000; FA 100/300"},
      {"X5=C2 the FIN, when nothing else waits (D6)", fin_waiting(in(CloseWait)), due,
       "LAST_ACK; start persist 2000; FA 100/301"},
      {"X5 an octet before the FIN", unsent(fin_waiting(in(Established)), 6), due,
       "FIN_WAIT_1; start persist 2000; A 100/300+1"},
      {"X5 with the ACK of this moment", owing(shut), due,
       "ESTABLISHED; start persist 2000; stop delayed-ack; A 100/310+1"},
      {"A4 the answer that the window is shut still", probing(in(Established)),
       arrives("A 300/100 w0"), "ESTABLISHED duplicate"},
      {"A4 the window opens: the probe again, with company", probing(in(Established)),
       arrives("A 300/100"),
       "ESTABLISHED accepted; stop persist; start retransmission 1000; A 100/300+6 | snd_wnd=2000"},
      {"A4 the window opens a little", probing(in(Established)), arrives("A 300/100 w3"),
       "ESTABLISHED accepted; stop persist; start retransmission 1000; A 100/300+3 | snd_wnd=3"},
      {"A4 no further than the MSS",
       probing(in(Established)),
       arrives("A 300/100"),
       "ESTABLISHED accepted; stop persist; start retransmission 1000; A 100/300+4; A 104/300+2 | "
       "snd_wnd=2000",
       {.mss = 4}},
      {"A4 the window opens: the probe again, with the FIN behind the rest", probing_with_fin,
       arrives("A 300/100"),
       "FIN_WAIT_1 accepted; stop persist; start retransmission 1000; FA 100/300+6 | snd_wnd=2000"},
      {"A4 the window opens, but not for the FIN too", probing_with_fin, arrives("A 300/100 w6"),
       "FIN_WAIT_1 accepted; stop persist; start retransmission 1000; A 100/300+6 | snd_wnd=6"},
      {"A4 the FIN waits for the last of the text",
       probing_with_fin,
       arrives("A 300/100"),
       "FIN_WAIT_1 accepted; stop persist; start retransmission 1000; A 100/300+4; FA 104/300+2 | "
       "snd_wnd=2000",
       {.mss = 4}},
      {"A4 the window opens: the FIN again",
       with(in(FinWait1),
            [](Tcb& tcb) {
              tcb.timers = {};
              tcb.timers.add(Timer::Persist);
              tcb.snd_wnd = 0;
            }),
       arrives("A 300/100"),
       "FIN_WAIT_1 accepted; stop persist; start retransmission 1000; FA 100/300 | snd_wnd=2000"},
      {"A3 the probe is taken, and the window is shut still", probing(in(Established)),
       arrives("A 300/101 w0"),
       "ESTABLISHED accepted; restart persist 1000 | snd_una=101 snd_wl2=101 queue=none"},
      {"A3 the probe is taken, and the window opens", probing(in(Established)),
       arrives("A 300/101"),
       "ESTABLISHED accepted; stop persist; start retransmission 1000; A 101/300+5 | snd_una=101 "
       "snd_wnd=2000 snd_wl2=101 queue=101+5"},
      {"A5 the FIN that probed is acknowledged",
       with(in(FinWait1),
            [](Tcb& tcb) {
              tcb.timers = {};
              tcb.timers.add(Timer::Persist);
              tcb.snd_wnd = 0;
            }),
       arrives("A 300/101 w0"),
       "FIN_WAIT_2 accepted; stop persist | snd_una=101 snd_wl2=101 queue=none"},
      {"A3 a window that shuts behind the last octet starts nothing", sending(in(Established)),
       arrives("A 300/106 w0"),
       "ESTABLISHED accepted; stop retransmission | snd_una=106 snd_wnd=0 snd_wl2=106 queue=none"},
      {"A3 a window that shuts before what waits",
       unsent(peer_window(sending(in(Established)), 6), 5), arrives("A 300/106 w0"),
       "ESTABLISHED accepted; stop retransmission; start persist 1000 | snd_una=106 snd_wnd=0 "
       "snd_wl2=106 queue=none"},
      {"A3 probes are switched off",
       unsent(peer_window(sending(in(Established)), 6), 5),
       arrives("A 300/106 w0"),
       "ESTABLISHED accepted; stop retransmission | snd_una=106 snd_wnd=0 snd_wl2=106 queue=none",
       {.persist = false}},
      {"A4 what is on its way asks by itself", unsent(sending(in(Established)), 5),
       arrives("A 300/100 w0"), "ESTABLISHED accepted | snd_wnd=0"},
  };
}

std::vector<rows::Row> rows::keepalives() {
  const Policy policy = {.keepalive =
                             core::Keepalive{.idle_ms = 7'200, .interval_ms = 75, .probes = 2}};
  Policy with_rst = policy;
  with_rst.timeout_sends_rst = true;
  const core::Event due = expires(Timer::Keepalive);
  return {
      {"X6 the first probe", idle(in(Established)), due,
       "ESTABLISHED; start keepalive 75; A 99/300 | keepalive_probes=1", policy},
      {"X6 the second probe", idle(in(Established), 1), due,
       "ESTABLISHED; start keepalive 75; A 99/300 | keepalive_probes=2", policy},
      {"X6 half-closed", idle(in(FinWait2)), due,
       "FIN_WAIT_2; start keepalive 75; A 100/300 | keepalive_probes=1", policy},
      {"X6 half-closed", idle(in(CloseWait)), due,
       "CLOSE_WAIT; start keepalive 75; A 99/301 | keepalive_probes=1", policy},
      {"X7 one interval after the last probe", idle(in(Established), 2), due,
       "CLOSED; signal timed out", policy},
      {"X7 an orphan is told nothing", idle(orphan(in(FinWait2)), 2), due, "CLOSED", policy},
      {"X7 some systems send a RST (D7)", idle(in(CloseWait), 2), due,
       "CLOSED; signal timed out; R 100", with_rst},
      {"A4 any arrival starts it over", idle(in(Established), 1), arrives("A 300/100"),
       "ESTABLISHED duplicate; restart keepalive 7200 | keepalive_probes=0", policy},
      {"Q2 one that is not acceptable too", idle(in(Established), 1), arrives("A 299/100"),
       "ESTABLISHED out of window; restart keepalive 7200; A 100/300 | keepalive_probes=0", policy},
      {"S1 what is on its way asks by itself", idle(in(Established)), sends_six,
       "ESTABLISHED ok; stop keepalive; start retransmission 1000; A 100/300+6", policy},
      {"A3 all is acknowledged", sending(in(Established)), arrives("A 300/106"),
       "ESTABLISHED accepted; stop retransmission; start keepalive 7200 | snd_una=106 snd_wl2=106 "
       "queue=none",
       policy},
      {"F4 TIME_WAIT asks nobody", idle(in(FinWait2)), arrives("FA 300/101"),
       "TIME_WAIT accepted; signal eof; stop keepalive; start time-wait 240000; A 101/301 | "
       "snd_wl2=101 rcv_nxt=301 fin_received=yes",
       policy},
      {"K2 CLOSED asks nobody", idle(in(Established)), arrives("R 300"),
       "CLOSED reset; signal connection reset; stop keepalive", policy},
      {"R1 a call is no arrival", idle(in(Established)), receives, "ESTABLISHED would block",
       policy},
  };
}

std::vector<rows::Row> rows::waiting_ends() {
  const Policy sixty = {.fin_wait_2_timeout_ms = 60'000};
  const Policy five = {.user_timeout_ms = 5'000};
  const Policy short_wait = {.time_wait_ms = 30'000};
  const core::Event over = expires(Timer::UserTimeout);
  const core::Event two_msl = expires(Timer::TimeWait);
  const core::Event too_long = expires(Timer::FinWait2);
  const auto limited = [](const Tcb& tcb) { return timed(watched(tcb), Timer::UserTimeout); };
  const std::string timed_out = "CLOSED; signal timed out";
  return {
      {"X3 data", limited(sending(in(Established))), over, timed_out + "; stop retransmission",
       five},
      {"X3 a SYN", limited(in(SynSent)), over, timed_out + "; stop retransmission", five},
      {"X3 a SYN that was answered", limited(in(SynReceived)), over,
       timed_out + "; stop retransmission", five},
      {"X3 a FIN", limited(in(FinWait1)), over, timed_out + "; stop retransmission", five},
      {"X3 data that wait for a window", limited(probing(in(CloseWait))), over,
       timed_out + "; stop persist", five},
      {"X3 a FIN", limited(in(Closing)), over, timed_out + "; stop retransmission", five},
      {"X3 an orphan is told nothing", limited(orphan(in(LastAck))), over,
       "CLOSED; stop retransmission", five},
      {"X3 some systems send a RST (D7)",
       limited(sending(in(Established))),
       over,
       timed_out + "; stop retransmission; R 106",
       {.timeout_sends_rst = true, .user_timeout_ms = 5'000}},
      {"S1 counts from SEND",
       in(Established),
       sends_six,
       "ESTABLISHED ok; start user-timeout 5000; start retransmission 1000; A 100/300+6 | "
       "user_timeout_marks=106@700 user_timeout_since=700",
       five,
       {.ms = 700, .iss = {}}},
      {"C1 counts from CLOSE, sent or not",
       peer_window(in(Established), 0),
       closes,
       "FIN_WAIT_1 ok; start persist 1000; start user-timeout 5000 | fin_requested=yes "
       "user_timeout_marks=101@700 user_timeout_since=700 orphan=yes",
       five,
       {.ms = 700, .iss = {}}},
      {"L2 counts from OPEN",
       in(Closed),
       connects,
       "SYN_SENT ok; start retransmission 1000; start user-timeout 5000; S 500 | anew "
       "user_timeout_marks=501@700 user_timeout_since=700",
       five,
       {.ms = 700, .iss = {500}}},
      {"A3 all is acknowledged", limited(sending(in(Established))), arrives("A 300/106"),
       "ESTABLISHED accepted; stop retransmission; stop user-timeout | snd_una=106 snd_wl2=106 "
       "queue=none user_timeout_marks=none",
       five},
      {"X8 an orphan's patience ends", timed(orphan(in(FinWait2)), Timer::FinWait2), too_long,
       "CLOSED", sixty},
      {"A5 an orphan enters FIN_WAIT_2", orphan(in(FinWait1)), arrives("A 300/101"),
       "FIN_WAIT_2 accepted; stop retransmission; start fin-wait-2 60000 | snd_una=101 snd_wl2=101 "
       "queue=none",
       sixty},
      {"A5 who still reads waits for ever", in(FinWait1), arrives("A 300/101"),
       "FIN_WAIT_2 accepted; stop retransmission | snd_una=101 snd_wl2=101 queue=none", sixty},
      {"A5 an orphan waits for ever by the RFC", orphan(in(FinWait1)), arrives("A 300/101"),
       "FIN_WAIT_2 accepted; stop retransmission | snd_una=101 snd_wl2=101 queue=none"},
      {"C3 close() in FIN_WAIT_2 makes an orphan", in(FinWait2), closes,
       "FIN_WAIT_2 ok; start fin-wait-2 60000 | orphan=yes", sixty},
      {"A4 no arrival starts it over", timed(orphan(in(FinWait2)), Timer::FinWait2),
       arrives("A 300/101"), "FIN_WAIT_2 duplicate | snd_wl2=101", sixty},
      {"F4 the FIN comes after all", timed(orphan(in(FinWait2)), Timer::FinWait2),
       arrives("FA 300/101"),
       "TIME_WAIT accepted; stop fin-wait-2; start time-wait 240000; A 101/301 | snd_wl2=101 "
       "rcv_nxt=301 fin_received=yes",
       sixty},
      {"X4 2 MSL are over", in(TimeWait), two_msl, "CLOSED; signal closed"},
      {"X4 an orphan is told nothing", orphan(in(TimeWait)), two_msl, "CLOSED"},
      {"A8 TIME_WAIT of its own length", in(Closing), arrives("A 301/101"),
       "TIME_WAIT accepted; stop retransmission; start time-wait 30000 | snd_una=101 snd_wl1=301 "
       "snd_wl2=101 queue=none",
       short_wait},
      {"F6 starts over with that length", in(TimeWait), arrives("FA 300/101"),
       "TIME_WAIT duplicate; restart time-wait 30000; A 101/301", short_wait},
  };
}

TEST_CASE("the retransmission timer, by 3.10.8 and 3.8.3") {
  rows::check(rows::retransmissions());
}

TEST_CASE("a shut window, by 3.8.6.1") {
  rows::check(rows::persisting());
}

TEST_CASE("an idle peer, by 3.8.4") {
  rows::check(rows::keepalives());
}

TEST_CASE("the user timeout, FIN_WAIT_2 and TIME_WAIT") {
  rows::check(rows::waiting_ends());
}

TEST_CASE("a repeated segment is the same segment") {
  Tcb tcb = ends::tell(in(Established), rows::calls(core::SendOctets{6}), {}).tcb;
  tcb = ends::tell(tcb, rows::shuts_write, {}).tcb;
  for (const char* again : {"A 100/300+6", "A 100/300+6"}) {
    const ends::Told told = ends::tell(tcb, expires(Timer::Retransmission), {});
    REQUIRE(told.sent.size() == 1);
    CHECK(ends::text(told.sent.front()) == again);
    tcb = told.tcb;
  }
  // When the data are acknowledged, the FIN is the head of the queue.
  tcb = ends::tell(tcb, arrives("A 300/106"), {}).tcb;
  const ends::Told told = ends::tell(tcb, expires(Timer::Retransmission), {});
  CHECK(told.text == "FIN_WAIT_1; start retransmission 2000; FA 106/300");
}

TEST_CASE("a window that opens and shuts within an instant leaves what probed it as it was") {
  for (const Tcb& before : {probing(in(Established)), with(in(FinWait1), [](Tcb& tcb) {
                              tcb.timers = {};
                              tcb.timers.add(Timer::Persist);
                              tcb.snd_wnd = 0;
                            })}) {
    CAPTURE(core::to_string(before.state));
    Tcb tcb = core::step(before, arrives("A 300/100"), {}).next;
    tcb = core::step(tcb, arrives("A 300/100 w0"), {}).next;
    tcb = core::transmit(tcb, {}).next;
    CHECK(tcb.retransmission_queue == before.retransmission_queue);
    CHECK(tcb.unsent == before.unsent);
    CHECK(tcb.snd_nxt == before.snd_nxt);
    CHECK((tcb.timers.has(Timer::Persist) || tcb.timers.has(Timer::Retransmission)));
  }
}

TEST_CASE("a window that opens twice within an instant is no reason to forget the probe") {
  Tcb tcb = core::step(probing(in(Established)), arrives("A 300/100"), {}).next;
  tcb = core::step(tcb, arrives("A 300/100 w500"), {}).next;
  const core::Outcome outcome = core::transmit(tcb, {});
  REQUIRE(outcome.send.size() == 1);
  CHECK(ends::text(outcome.send.front()) == "A 100/300+6");
  // RFC 6298 5.1: what is on its way has a timer.
  CHECK(outcome.next.timers.has(Timer::Retransmission));
}

TEST_CASE("what probed a window goes again once, and then by its timer") {
  const Tcb tcb = ends::tell(probing(in(Established)), arrives("A 300/100"), {}).tcb;
  CHECK(ends::tell(tcb, rows::sends_six, {}).text == "ESTABLISHED ok; A 106/300+6");
}

TEST_CASE("the octet that probes a window is one of those that wait, and leaves once") {
  Tcb tcb = timed(rows::unsent(peer_window(in(Established), 0), 6), Timer::Persist);
  tcb = ends::tell(tcb, expires(Timer::Persist), {}).tcb;
  CHECK(tcb.unsent == 5);
  const ends::Told told = ends::tell(tcb, arrives("A 300/101"), {});
  CHECK(told.text == "ESTABLISHED accepted; stop persist; start retransmission 1000; A 101/300+5");
}

TEST_CASE("a window that opens while the probe is acknowledged leaves nothing to repeat") {
  Tcb tcb = core::step(probing(in(Established)), arrives("A 300/100"), {}).next;
  tcb = core::step(tcb, arrives("A 300/101"), {}).next;
  const core::Outcome outcome = core::transmit(tcb, {});
  REQUIRE(outcome.send.size() == 1);
  CHECK(ends::text(outcome.send.front()) == "A 101/300+5");
}

TEST_CASE("the user timeout counts from the oldest octet that is not acknowledged, exactly") {
  const Policy policy = {.user_timeout_ms = 5'000};
  const auto at = [&](const Tcb& tcb, core::Time ms, const core::Event& event) {
    return ends::tell(tcb, event, policy, {.ms = ms, .iss = {}});
  };
  ends::Told told = at(in(Established), 1'000, rows::sends_six);
  CHECK(told.text ==
        "ESTABLISHED ok; start user-timeout 5000; start retransmission 1000; A 100/300+6");
  told = at(told.tcb, 1'500, rows::sends_six);
  CHECK(told.text == "ESTABLISHED ok; A 106/300+6");
  // Half of the first six: the oldest octet is as old as before.
  told = at(told.tcb, 1'800, arrives("A 300/103"));
  CHECK(told.text == "ESTABLISHED accepted; restart retransmission 1000");
  // The first six: the oldest now left at 1500, and 500 of its 5000 ms are over.
  told = at(told.tcb, 2'000, arrives("A 300/106"));
  CHECK(told.text ==
        "ESTABLISHED accepted; restart retransmission 1000; restart user-timeout 4500");
  told = at(told.tcb, 2'100, arrives("A 300/112"));
  CHECK(told.text == "ESTABLISHED accepted; stop retransmission; stop user-timeout");
}

TEST_CASE("the user timeout of a FIN counts from CLOSE, when all before it is acknowledged") {
  const Policy policy = {.user_timeout_ms = 5'000};
  const auto at = [&](const Tcb& tcb, core::Time ms, const core::Event& event) {
    return ends::tell(tcb, event, policy, {.ms = ms, .iss = {}});
  };
  Tcb tcb = at(in(Established), 1'000, rows::sends_six).tcb;
  tcb = at(tcb, 1'500, rows::shuts_write).tcb;
  CHECK(at(tcb, 2'000, arrives("A 300/106")).text ==
        "FIN_WAIT_1 accepted; restart retransmission 1000; restart user-timeout 4500");
}

TEST_CASE("the FIN_WAIT_2 timer counts from entry, whatever arrives") {
  const Policy policy = {.fin_wait_2_timeout_ms = 60'000, .data_after_close_resets = false};
  Tcb tcb = ends::tell(orphan(in(FinWait1)), arrives("A 300/101"), policy).tcb;
  for (const char* notation : {"A 300/101", "A 300/101+10", "A 290/101+5", "A 310/101+10"}) {
    const ends::Told told = ends::tell(tcb, arrives(notation), policy);
    CHECK(told.text.find("fin-wait-2") == std::string::npos);
    tcb = told.tcb;
  }
}

TEST_CASE("a keepalive probe that is answered does not count towards the end") {
  const Policy policy = {.keepalive =
                             core::Keepalive{.idle_ms = 7'200, .interval_ms = 75, .probes = 2}};
  Tcb tcb = idle(in(Established));
  const auto probe = [&] {
    const ends::Told told = ends::tell(tcb, expires(Timer::Keepalive), policy);
    tcb = told.tcb;
    return told.text;
  };
  const std::string asks = "ESTABLISHED; start keepalive 75; A 99/300";
  CHECK(probe() == asks);
  CHECK(probe() == asks);
  tcb = ends::tell(tcb, arrives("A 300/100"), policy).tcb;
  CHECK(probe() == asks);
  CHECK(probe() == asks);
  CHECK(probe() == "CLOSED; signal timed out");
}
