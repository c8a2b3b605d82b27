// What must hold in every run: each scenario of the catalogue, whole and with every single one of
// its segments lost.
#include "runs.hpp"

#include "core/figure.hpp"
#include "core/report.hpp"

#include <doctest/doctest.h>

#include <functional>

namespace {

using core::Side;
using core::State;

/// Calls `check` with each run and a name for it.
void for_every_run(const std::function<void(const core::Run&, const core::Timeline&)>& check) {
  for (const core::CatalogueFile& file : core::catalogue()) {
    const core::Run whole = runs::of(file.id());
    const core::Timeline timeline = core::simulate(whole);
    CAPTURE(file.name);
    check(whole, timeline);
    for (const core::Transmission& sent : timeline.segments) {
      core::Run lossy = whole;
      lossy.edits.push_back({core::Drop{sent.key}, "/0"});
      const core::Timeline lost = core::simulate(lossy);
      CAPTURE(sent.number);
      if (sent.fate != core::Fate::Dropped) {
        CHECK(lost.segment(sent.number).fate == core::Fate::Dropped);
      }
      CHECK(lost.warnings == timeline.warnings);
      check(lossy, lost);
    }
  }
}

/// The arrows of RFC 9293 figure 5 for the closing of a connection, and what ends one at once.
bool arrow_exists(State from, State to) {
  using enum State;
  switch (from) {
    case Established: return to == FinWait1 || to == CloseWait || to == Closed;
    case FinWait1: return to == FinWait2 || to == Closing || to == TimeWait || to == Closed;
    case FinWait2: return to == TimeWait || to == Closed;
    case CloseWait: return to == LastAck || to == Closed;
    case Closing: return to == TimeWait || to == Closed;
    case LastAck:
    case TimeWait: return to == Closed;
    case Closed:
    case Listen:
    case SynSent:
    case SynReceived: return false;
  }
  return false;
}

}  // namespace

TEST_CASE("law: both ends come to CLOSED, or the run says who waits for what") {
  for_every_run([](const core::Run&, const core::Timeline& timeline) {
    if (timeline.ended == core::Ended::Closed) {
      for (const core::Endpoint& end : timeline.final.ends) CHECK(end.tcb.state == State::Closed);
    } else {
      CHECK(timeline.ended == core::Ended::Waiting);
      CHECK_FALSE(timeline.warnings.empty());
    }
  });
}

TEST_CASE("law: in the first stories any single loss is survived") {
  for_every_run([](const core::Run&, const core::Timeline& timeline) {
    CHECK(timeline.ended == core::Ended::Closed);
    for (const core::Record& record : timeline.records) {
      if (const auto* signal = std::get_if<core::Signalled>(&record.what)) {
        CHECK(signal->signal != core::Signal::ConnectionReset);
        CHECK(signal->signal != core::Signal::TimedOut);
      }
    }
  });
}

TEST_CASE("law: sequence variables never go back") {
  for_every_run([](const core::Run&, const core::Timeline& timeline) {
    for (std::size_t i = 1; i < timeline.steps.size(); ++i) {
      for (const Side side : {Side::Client, Side::Server}) {
        const core::Tcb& before = timeline.steps[i - 1].world.at(side).tcb;
        const core::Tcb& after = timeline.steps[i].world.at(side).tcb;
        CHECK(after.snd_una >= before.snd_una);
        CHECK(after.snd_nxt >= before.snd_nxt);
        CHECK(after.rcv_nxt >= before.rcv_nxt);
        CHECK(after.snd_una <= after.snd_nxt);
        CHECK(after.rcv_nxt + after.rcv_wnd >= before.rcv_nxt + before.rcv_wnd);
      }
    }
  });
}

TEST_CASE("law: nobody acknowledges what was never sent") {
  for_every_run([](const core::Run&, const core::Timeline& timeline) {
    for (const core::Step& step : timeline.steps) {
      const core::Tcb& client = step.world.at(Side::Client).tcb;
      const core::Tcb& server = step.world.at(Side::Server).tcb;
      CHECK(server.rcv_nxt <= client.snd_nxt);
      CHECK(client.rcv_nxt <= server.snd_nxt);
    }
  });
}

TEST_CASE("law: each end uses one number for its FIN, and repeats it with the same number") {
  for_every_run([](const core::Run&, const core::Timeline& timeline) {
    for (const Side side : {Side::Client, Side::Server}) {
      std::optional<core::Seq> fin;
      for (const core::Transmission& sent : timeline.segments) {
        if (sent.from != side || !sent.segment.flags.fin) continue;
        const core::Seq number = sent.segment.end() - 1;
        if (fin) CHECK(number == *fin);
        fin = number;
      }
    }
  });
}

TEST_CASE("law: no arrow is taken that the RFC's state diagram does not have") {
  for_every_run([](const core::Run&, const core::Timeline& timeline) {
    for (const core::Record& record : timeline.records) {
      const auto* changed = std::get_if<core::StateChanged>(&record.what);
      if (changed == nullptr) continue;
      CAPTURE(core::name(changed->from));
      CAPTURE(core::name(changed->to));
      CHECK(arrow_exists(changed->from, changed->to));
    }
  });
}

TEST_CASE("law: a step shows the states that its records lead to") {
  for_every_run([](const core::Run&, const core::Timeline& timeline) {
    std::array<State, 2> states = {timeline.steps.front().world.at(Side::Client).tcb.state,
                                   timeline.steps.front().world.at(Side::Server).tcb.state};
    for (const core::Step& step : timeline.steps) {
      for (std::size_t i = step.records.first; i < step.records.last; ++i) {
        const core::Record& record = timeline.records[i];
        if (const auto* changed = std::get_if<core::StateChanged>(&record.what)) {
          CHECK(states[static_cast<std::size_t>(record.side)] == changed->from);
          states[static_cast<std::size_t>(record.side)] = changed->to;
        }
      }
      CHECK(step.world.at(Side::Client).tcb.state == states[0]);
      CHECK(step.world.at(Side::Server).tcb.state == states[1]);
    }
  });
}

TEST_CASE("law: the same run gives the same bytes") {
  for_every_run([](const core::Run& run, const core::Timeline& timeline) {
    const core::Timeline again = core::simulate(run);
    CHECK(core::report(run, again) == core::report(run, timeline));
    CHECK(core::figure(again) == core::figure(timeline));
  });
}
