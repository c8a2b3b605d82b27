// What an event leaves in the Tcb for later: variables that neither its own answer nor the state
// shows, and that only another event would.
#include "rows.hpp"

#include <doctest/doctest.h>

using core::Policy;
using core::Tcb;
using ends::in;
using rows::arrives;
using rows::with;
using enum core::State;

TEST_CASE("a reset forgets the probe that was to be sent again, even on the way to TIME_WAIT") {
  const Tcb tcb = with(rows::probing(in(Established)), [](Tcb& one) { one.probe_due = true; });
  const Tcb next = core::step(tcb, rows::aborts, {.abort_to_time_wait = true}, {}).next;
  CHECK(next.state == TimeWait);
  CHECK_FALSE(next.probe_due);
}

TEST_CASE("the persist timer begins with the policy's timeout, however far it was backed off") {
  const Tcb tcb = with(rows::unsent(in(Established), 10), [](Tcb& one) { one.rto_ms = 4000; });
  const core::Outcome outcome = core::step(tcb, arrives("A 300/100 w0"), {}, {});
  CHECK(outcome.next.timers.has(core::Timer::Persist));
  CHECK(outcome.next.rto_ms == Policy{}.rto_ms);
}

TEST_CASE("what is handed over in one moment is remembered to its end") {
  const Policy policy = {.user_timeout_ms = 5'000};
  const core::Event sends_one = core::Call(core::SendOctets{1});
  Tcb tcb = in(Established);
  for (int i = 0; i < 2; ++i) {
    tcb = ends::tell(tcb, sends_one, policy, {.ms = 1'000, .iss = {}}).tcb;
  }
  REQUIRE(tcb.user_timeout_marks.size() == 1);
  CHECK(tcb.user_timeout_marks.front().end == core::Seq{102});
}

TEST_CASE("an ACK that brings the window is remembered as SND.WL1 and SND.WL2") {
  const Tcb next = core::step(rows::sending(in(Established)), arrives("A 300/106"), {}, {}).next;
  CHECK(next.snd_wl1 == core::Seq{300});
  CHECK(next.snd_wl2 == core::Seq{106});
}

TEST_CASE(
    "close() with unread data throws them away and frees the buffer, where it resets nothing") {
  const Tcb tcb = rows::unread(in(Established), 5);
  const Tcb next = core::step(tcb, rows::closes, {.unread_data_resets = false}, {}).next;
  CHECK(next.unread == 0);
  CHECK(next.rcv_wnd == tcb.rcv_wnd + 5);
}

TEST_CASE("a bare ACK one beyond RCV.NXT goes without an answer only where both windows are shut") {
  const auto answers = [](std::uint32_t rcv_wnd) {
    const Tcb tcb = rows::window(rows::probing(in(Established)), rcv_wnd);
    return ends::tell(tcb, arrives("A 301/100 w0"), {}).sent.size();
  };
  CHECK(answers(0) == 0);
  CHECK(answers(1) == 1);
}
