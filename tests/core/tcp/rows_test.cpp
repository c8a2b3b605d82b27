// The rows themselves: what is not written as it should be is refused, and no field of the next Tcb
// can change without a row going red.
#include "rows.hpp"
#include "fields.hpp"

#include <doctest/doctest.h>

namespace {

using core::State;
using core::Tcb;

/// A row that is right. With other words it is the same row, expecting something else.
rows::Row closing(std::string expected) {
  return {"C1 close()", ends::in(State::Established), rows::closes, std::move(expected)};
}

const std::string words = "FIN_WAIT_1 ok; start retransmission 1000; FA 100/300";

std::string difference(const rows::Row& row) {
  return rows::difference(row, rows::play(row));
}

bool has(const std::string& text, std::string_view part) {
  return text.find(part) != std::string::npos;
}

}  // namespace

TEST_CASE("a segment is written in one way") {
  for (const std::string_view notation : {"A 300/101", "FA 300/101+6 w50", "S 300", "SFRA 1/2",
                                          " 300+10", "R 4294967295", "A 1/2 w0"}) {
    CAPTURE(notation);
    const auto segment = ends::read_segment(notation);
    REQUIRE(segment.has_value());
    CHECK(ends::text(*segment, 2000) == notation);
  }
  for (const std::string_view notation : {"",
                                          "A",
                                          "X 300",
                                          "a 300/101",
                                          "AF 300/101",
                                          "AA 300/101",
                                          "A300/101",
                                          "A 300",
                                          "S 300/101",
                                          "A /101",
                                          "A 300/",
                                          "A 300/101+",
                                          "A 300/101 50",
                                          "A 300/101 w",
                                          "A 300/101 w50 ",
                                          "A 300/101w50",
                                          "A 4294967296/101",
                                          "A -1/101",
                                          "A 300/101 +6",
                                          "A  300/101"}) {
    CAPTURE(notation);
    CHECK_FALSE(ends::read_segment(notation).has_value());
  }
}

TEST_CASE("a word that a row's notation does not have is named, with the row") {
  CHECK(difference(closing(words + " | fin_requested=yes orphan=yes")).empty());
  const std::string fields = " | fin_requested=yes orphan=yes";
  for (const std::string_view unknown :
       {"FIN_WAIT_3 ok", "FIN_WAIT_1 okay", "FIN_WAIT_1", "FIN_WAIT_1 ok; signal ended",
        "FIN_WAIT_1 ok; start patience 1000", "FIN_WAIT_1 ok; begin retransmission 1000",
        "FIN_WAIT_1 ok; start retransmission", "FIN_WAIT_1 ok; stop retransmission 1000",
        "FIN_WAIT_1 ok; FX 100/300", "FIN_WAIT_1 ok;  FA 100/300", "FIN_WAIT_1 ok; "}) {
    CAPTURE(unknown);
    const std::string out = difference(closing(std::string(unknown) + fields));
    CHECK(has(out, "not understood"));
    CHECK(has(out, "\"C1 close()\""));
    CHECK(has(out, "rows_test.cpp:"));
  }
  for (const std::string_view unknown :
       {"orphaned=yes", "orphan", "orphan yes", "", "=yes", "new"}) {
    CAPTURE(unknown);
    CHECK(has(difference(closing(words + fields + ' ' + std::string(unknown))), "not understood"));
  }
}

TEST_CASE("a row that names less or more than what changes differs") {
  CHECK(has(difference(closing(words)), "orphan: expected no, found yes"));
  CHECK(has(difference(closing(words + " | fin_requested=yes orphan=yes snd_nxt=101")),
            "snd_nxt need not be named"));
  CHECK(has(difference(closing(words + " | fin_requested=yes orphan=yes snd_una=101")),
            "snd_una: expected 101, found 100"));
}

TEST_CASE("whatever field of the next Tcb changes, the row says which, and what led there") {
  using Change = void (*)(Tcb&);
  const std::vector<std::pair<std::string_view, Change>> changes = {
      {"state", [](Tcb& tcb) { tcb.state = State::Closing; }},
      {"passive", [](Tcb& tcb) { tcb.passive = true; }},
      {"chosen_iss", [](Tcb& tcb) { tcb.chosen_iss = core::Seq{0}; }},
      {"iss", [](Tcb& tcb) { tcb.iss.value += 1; }},
      {"snd_una", [](Tcb& tcb) { tcb.snd_una.value += 1; }},
      {"snd_nxt", [](Tcb& tcb) { tcb.snd_nxt.value += 1; }},
      {"snd_wnd", [](Tcb& tcb) { tcb.snd_wnd += 1; }},
      {"max_snd_wnd", [](Tcb& tcb) { tcb.max_snd_wnd += 1; }},
      {"snd_wl1", [](Tcb& tcb) { tcb.snd_wl1.value += 1; }},
      {"snd_wl2", [](Tcb& tcb) { tcb.snd_wl2.value += 1; }},
      {"unsent", [](Tcb& tcb) { tcb.unsent += 1; }},
      {"fin_requested", [](Tcb& tcb) { tcb.fin_requested = false; }},
      {"fin", [](Tcb& tcb) { tcb.fin = std::nullopt; }},
      {"queue", [](Tcb& tcb) { tcb.retransmission_queue.front().stale = true; }},
      {"probe_due", [](Tcb& tcb) { tcb.probe_due = true; }},
      {"user_timeout_marks", [](Tcb& tcb) { tcb.user_timeout_marks.push_back({}); }},
      {"irs", [](Tcb& tcb) { tcb.irs.value += 1; }},
      {"rcv_nxt", [](Tcb& tcb) { tcb.rcv_nxt.value += 1; }},
      {"rcv_wnd", [](Tcb& tcb) { tcb.rcv_wnd += 1; }},
      {"out_of_order", [](Tcb& tcb) { tcb.out_of_order.push_back({.seq = {}, .len = 1}); }},
      {"unread", [](Tcb& tcb) { tcb.unread += 1; }},
      {"fin_received", [](Tcb& tcb) { tcb.fin_received = true; }},
      {"ack_owed", [](Tcb& tcb) { tcb.ack_owed = core::AckOwed::Now; }},
      {"acknowledged", [](Tcb& tcb) { tcb.acknowledged.value += 1; }},
      {"timers", [](Tcb& tcb) { tcb.timers.add(core::Timer::FinWait2); }},
      {"rto_ms", [](Tcb& tcb) { tcb.rto_ms += 1; }},
      {"waited_ms", [](Tcb& tcb) { tcb.waited_ms += 1; }},
      {"repeats", [](Tcb& tcb) { tcb.repeats += 1; }},
      {"keepalive_probes", [](Tcb& tcb) { tcb.keepalive_probes += 1; }},
      {"user_timeout_since", [](Tcb& tcb) { tcb.user_timeout_since += 1; }},
      {"challenged_at", [](Tcb& tcb) { tcb.challenged_at = 0; }},
      {"orphan", [](Tcb& tcb) { tcb.orphan = false; }},
      {"reads_at_once", [](Tcb& tcb) { tcb.reads_at_once = false; }},
      {"read_shut", [](Tcb& tcb) { tcb.read_shut = true; }},
      {"reset_to_report", [](Tcb& tcb) { tcb.reset_to_report = true; }},
  };
  const rows::Row row = closing(words + " | fin_requested=yes orphan=yes");
  const ends::Told right = rows::play(row);
  CHECK(rows::difference(row, right).empty());
  REQUIRE(changes.size() == fields::of(right.tcb).size());
  for (std::size_t i = 0; i < changes.size(); ++i) {
    const auto& [name, change] = changes[i];
    CAPTURE(name);
    CHECK(fields::of(right.tcb)[i].name == name);
    ends::Told wrong = right;
    change(wrong.tcb);
    REQUIRE_FALSE(wrong.tcb == right.tcb);
    const std::string out = rows::difference(row, wrong);
    CHECK(has(out, "\n  " + std::string(name) + ": expected "));
    CHECK(has(out, "\n  before    ESTABLISHED"));
    CHECK(has(out, "\n  event     call of close"));
    CHECK(has(out, "\n  step      FIN_WAIT_1"));
    CHECK(has(out, "\n  transmit  FIN_WAIT_1; start retransmission 1000; FA 100/300"));
  }
}

TEST_CASE("a window that is not the end's own is said") {
  const core::Segment segment = ends::segment("A 100/300 w999");
  CHECK(ends::text(segment, 999) == "A 100/300");
  CHECK(ends::text(segment, 1000) == "A 100/300 w999");
  CHECK(ends::tell(rows::window(ends::in(State::Established), 999), rows::arrives("A 299/100"), {})
            .text == "ESTABLISHED out of window; A 100/300");
}
