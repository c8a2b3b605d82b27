// Table 6 of RFC 9293 3.10.7.4: which segments touch the receive window, at both edges, wherever
// in the sequence space the window lies.
#include "rows.hpp"

#include <doctest/doctest.h>

#include <array>

namespace {

/// An end in ESTABLISHED whose numbers from the peer begin at `rcv_nxt`.
core::Tcb expecting(core::Seq rcv_nxt, std::uint32_t rcv_wnd) {
  core::Tcb tcb = ends::in(core::State::Established);
  tcb.rcv_nxt = tcb.snd_wl1 = tcb.acknowledged = rcv_nxt;
  tcb.irs = rcv_nxt - 1;
  tcb.rcv_wnd = rcv_wnd;
  return tcb;
}

bool acceptable(core::Seq rcv_nxt, std::uint32_t rcv_wnd, core::Seq seq, std::uint32_t len) {
  const core::Segment segment{
      .seq = seq, .ack = {100}, .flags = {.ack = true}, .len = len, .wnd = 1000};
  const core::Outcome outcome =
      core::step(expecting(rcv_nxt, rcv_wnd), core::Arrival{segment}, {}, {});
  return outcome.rule != core::Rule::Q2 && outcome.verdict != core::Verdict::OutOfWindow;
}

/// Where windows are tried: in the middle, at the wrap, and across it.
constexpr std::array<std::uint32_t, 6> places = {300,         0,           0xffff'ffff,
                                                 0xffff'fc18, 0xffff'fe0c, 0x7fff'ffff};

struct Touch {
  std::string name;
  std::uint32_t wnd;
  std::int32_t seq;  ///< from RCV.NXT
  std::uint32_t len;
  bool acceptable;
};

}  // namespace

TEST_CASE("a segment is acceptable if it touches the window") {
  const Touch rows[] = {
      {"no length, window shut: at RCV.NXT", 0, 0, 0, true},
      {"no length, window shut: before it", 0, -1, 0, false},
      {"no length, window shut: far beyond it", 0, 2, 0, false},
      {"no length: the left edge", 1000, 0, 0, true},
      {"no length: before the left edge", 1000, -1, 0, false},
      {"no length: the last octet", 1000, 999, 0, true},
      {"no length: the right edge", 1000, 1000, 0, false},
      {"no length, a window of one: at RCV.NXT", 1, 0, 0, true},
      {"no length, a window of one: behind it", 1, 1, 0, false},
      {"a length, window shut: at RCV.NXT", 0, 0, 1, false},
      {"a length, window shut: before it", 0, -1, 1, false},
      {"a length, window shut: across it", 0, -1, 3, false},
      {"a length, a window of one: at RCV.NXT", 1, 0, 1, true},
      {"a length, a window of one: behind it", 1, 1, 1, false},
      {"a length: the left edge", 1000, 0, 10, true},
      {"a length: ends before the left edge", 1000, -10, 10, false},
      {"a length: ends with the first octet", 1000, -9, 10, true},
      {"a length: begins with the last octet", 1000, 999, 10, true},
      {"a length: begins at the right edge", 1000, 1000, 10, false},
      {"a length: one octet, the last", 1000, 999, 1, true},
      {"a length: one octet, behind the last", 1000, 1000, 1, false},
      {"a length: the whole window", 1000, 0, 1000, true},
      {"a length: more than the window, from before it to behind it", 1000, -1, 1002, false},
  };
  for (const Touch& row : rows) {
    for (const std::uint32_t place : places) {
      CAPTURE(row.name);
      CAPTURE(place);
      const core::Seq seq{place + static_cast<std::uint32_t>(row.seq)};
      CHECK(acceptable({place}, row.wnd, seq, row.len) == row.acceptable);
    }
  }
}

TEST_CASE("a SYN and a FIN are part of a segment's length") {
  for (const std::uint32_t place : places) {
    CAPTURE(place);
    const core::Tcb tcb = expecting({place}, 1000);
    const auto verdict = [&](std::int32_t seq, core::Flags flags) {
      const core::Segment segment{.seq = {place + static_cast<std::uint32_t>(seq)},
                                  .ack = {100},
                                  .flags = flags,
                                  .wnd = 1000};
      return core::step(tcb, core::Arrival{segment}, {}, {}).verdict;
    };
    constexpr core::Flags fin = {.fin = true, .ack = true};
    CHECK(verdict(-1, fin) == core::Verdict::Duplicate);
    CHECK(verdict(0, fin) == core::Verdict::Accepted);
    CHECK(verdict(999, fin) == core::Verdict::OutOfOrder);
    CHECK(verdict(1000, fin) == core::Verdict::OutOfWindow);
  }
}

TEST_CASE("text that lies across the left edge is taken from RCV.NXT on") {
  for (const std::uint32_t place : places) {
    CAPTURE(place);
    const core::Segment segment{
        .seq = {place - 5}, .ack = {100}, .flags = {.ack = true}, .len = 10, .wnd = 1000};
    const core::Outcome outcome =
        core::step(expecting({place}, 1000), core::Arrival{segment}, {}, {});
    CHECK(outcome.next.rcv_nxt == core::Seq{place} + 5);
    CHECK(outcome.octets == 5);
  }
}

TEST_CASE("text that lies across the right edge is cut there, and its FIN is not taken") {
  for (const std::uint32_t place : places) {
    CAPTURE(place);
    core::Tcb tcb = expecting({place}, 4);
    const core::Segment segment{
        .seq = {place}, .ack = {100}, .flags = {.fin = true, .ack = true}, .len = 10, .wnd = 1000};
    for (const bool reads_at_once : {false, true}) {
      tcb.reads_at_once = reads_at_once;
      const core::Outcome outcome = core::step(tcb, core::Arrival{segment}, {}, {});
      CHECK(outcome.next.rcv_nxt == core::Seq{place} + 4);
      CHECK(outcome.next.rcv_wnd == (reads_at_once ? 4 : 0));
      CHECK(outcome.next.state == core::State::Established);
    }
  }
}

TEST_CASE("an ACK counts from SND.UNA to SND.NXT, also where they wrap") {
  for (const std::uint32_t una : places) {
    CAPTURE(una);
    core::Tcb tcb = expecting({300}, 1000);
    tcb.iss = core::Seq{una} - 1;
    tcb.snd_una = tcb.snd_wl2 = {una};
    tcb.snd_nxt = core::Seq{una} + 6;
    tcb.retransmission_queue = {{.seq = {una}, .len = 6}};
    tcb.timers.add(core::Timer::Retransmission);
    const auto after = [&](std::int64_t ack) {
      const core::Segment segment{.seq = {300},
                                  .ack = {una + static_cast<std::uint32_t>(ack)},
                                  .flags = {.ack = true},
                                  .wnd = 1000};
      return core::step(tcb, core::Arrival{segment}, {}, {});
    };
    CHECK(after(-2001).rule == core::Rule::A2);
    CHECK(after(-2000).rule == core::Rule::A4);
    CHECK(after(0).rule == core::Rule::A4);
    CHECK(after(1).rule == core::Rule::A3);
    CHECK(after(1).next.retransmission_queue.front().len == 5);
    CHECK(after(6).rule == core::Rule::A3);
    CHECK(after(6).next.retransmission_queue.empty());
    CHECK(after(7).rule == core::Rule::A1);
  }
}
