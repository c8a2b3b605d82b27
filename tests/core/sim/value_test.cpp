// A run and its timeline are values: a copy is equal and shares what is large, and whatever is
// changed makes it unequal.
#include "runs.hpp"

#include <doctest/doctest.h>

#include <functional>
#include <vector>

namespace {

using core::Run;
using core::Side;
using core::Timeline;

/// Every change to a copy shows, and the value that was copied stays as it was.
template <typename T>
void check_changes(const T& value, const std::vector<std::function<void(T&)>>& changes) {
  const T kept = value;
  for (std::size_t i = 0; i < changes.size(); ++i) {
    CAPTURE(i);
    T copy = value;
    CHECK(copy == value);
    changes[i](copy);
    CHECK_FALSE(copy == value);
    CHECK(value == kept);
  }
}

const Run& sample_run() {
  static const Run run = [] {
    Run out = runs::written(
        R"("sources": ["one"], "policy": {"mss": 5}, "until_ms": 90000,
        "client": {"rcv_wnd": 500, "policy": {"rto_ms": 700}},
        "script": [
          {"at_ms": 0, "side": "client", "do": "shutdown", "how": "write"},
          {"at_ms": 0, "side": "client", "do": "receive", "bytes": 5},
          {"when": {"side": "server", "state": "CLOSE_WAIT"}, "after_ms": 10, "side": "server",
           "do": "close"},
          {"when": {"client": "CLOSED", "server": "CLOSED"}, "side": "server", "do": "listen",
           "iss": 5},
          {"when": {"segment": 2}, "side": "client", "do": "inject", "segment":
            {"flags": "ACK", "seq": "rcv_nxt+1", "ack": 7, "len": 1, "wnd": 9, "incarnation": 1}},
          {"fault": "drop", "segment": {"number": 9}},
          {"fault": "duplicate", "segment": {"from": "client", "has": "FIN"}, "after_ms": 5}],
        "beats": [{"when": {"segment": 1}, "title": "t", "text": "x"}],
        "questions": [{"before": {"segment": 1}, "ask": "?", "options": [
          {"text": "a", "claim": {"side": "client", "state": "CLOSED"}},
          {"text": "b", "claim": {"sends": {"from": "client", "flags": "FIN,ACK"}}, "misconception": "m"}]}])",
        R"([{"fault": "delay", "by_ms": 5, "segment":
          {"from": "client", "flags": "FIN,ACK", "seq": 100, "len": 0}}])");
    out.knobs = {
        .profile = core::ProfileId::Rfc9293, .policy = out.scenario.policy, .delay_ms = 20};
    return out;
  }();
  return run;
}

template <typename What>
What& action(Run& run, std::size_t entry) {
  return std::get<What>(std::get<core::Action>(run.scenario.script.at(entry).what).what);
}
template <typename Call>
Call& call(Run& run, std::size_t entry) {
  return std::get<Call>(action<core::Call>(run, entry));
}
template <typename Condition>
Condition& condition(Run& run, std::size_t entry) {
  auto& trigger = std::get<core::Action>(run.scenario.script.at(entry).what).trigger;
  return std::get<Condition>(std::get<core::AfterCondition>(trigger).condition);
}
core::Fault& fault(Run& run, std::size_t entry) {
  return std::get<core::Fault>(run.scenario.script.at(entry).what);
}

TEST_CASE("two runs are equal when all of their parts are") {
  check_changes<Run>(
      sample_run(),
      {
          [](Run& run) { run.scenario.id += "x"; },
          [](Run& run) { run.scenario.title += "x"; },
          [](Run& run) { run.scenario.group += "x"; },
          [](Run& run) { run.scenario.question += "x"; },
          [](Run& run) { run.scenario.lesson += "x"; },
          [](Run& run) { run.scenario.sources.front() += "x"; },
          [](Run& run) { run.scenario.profile = core::ProfileId::Linux; },
          [](Run& run) { run.scenario.policy.clear(); },
          [](Run& run) { run.scenario.policy.front().key = core::PolicyKeyId::MslMs; },
          [](Run& run) { run.scenario.policy.front().value = core::Time{6}; },
          [](Run& run) { ++run.scenario.network.client_to_server_ms; },
          [](Run& run) { ++run.scenario.network.server_to_client_ms; },
          [](Run& run) { run.scenario.start[0].state = core::State::CloseWait; },
          [](Run& run) { run.scenario.start[1].snd_nxt = {7}; },
          [](Run& run) { run.scenario.start[1].rcv_nxt = {7}; },
          [](Run& run) { run.scenario.start[0].snd_una = core::Seq{7}; },
          [](Run& run) { ++run.scenario.start[0].rcv_wnd; },
          [](Run& run) { ++run.scenario.start[0].unread; },
          [](Run& run) { run.scenario.start[0].orphan = true; },
          [](Run& run) { run.scenario.start[0].reads_at_once = false; },
          [](Run& run) { run.scenario.start[0].symbol += "x"; },
          [](Run& run) { run.scenario.start[0].policy.clear(); },
          [](Run& run) { run.scenario.until_ms.reset(); },
          [](Run& run) { run.knobs.profile.reset(); },
          [](Run& run) { run.knobs.policy.clear(); },
          [](Run& run) { run.knobs.delay_ms = 21; },
          [](Run& run) { run.edits.clear(); },
          [](Run& run) { run.edits.front().place += "x"; },
      });
}

TEST_CASE("two runs are equal when their scripts, annotations and questions are") {
  const auto option = [](Run& run, std::size_t i) -> core::Question::Option& {
    return run.scenario.questions.front().options.at(i);
  };
  check_changes<Run>(
      sample_run(),
      {
          [](Run& run) { run.scenario.script.pop_back(); },
          [](Run& run) { call<core::Shutdown>(run, 0).how = core::ShutdownHow::Both; },
          [](Run& run) { call<core::ReceiveOctets>(run, 1).octets.reset(); },
          [](Run& run) { call<core::Listen>(run, 3).iss = core::Seq{6}; },
          [](Run& run) { action<core::Call>(run, 2) = core::Abort{}; },
          [](Run& run) { std::get<core::Action>(run.scenario.script[0].what).last = true; },
          [](Run& run) { std::get<core::Action>(run.scenario.script[0].what).side = Side::Server; },
          [](Run& run) {
            std::get<core::Action>(run.scenario.script[0].what).trigger = core::AtTime{1};
          },
          [](Run& run) { condition<core::SideInState>(run, 2).side = Side::Client; },
          [](Run& run) { condition<core::SideInState>(run, 2).state = core::State::Closing; },
          [](Run& run) { condition<core::BothInStates>(run, 3).client = core::State::Closing; },
          [](Run& run) { condition<core::BothInStates>(run, 3).server = core::State::Closing; },
          [](Run& run) { condition<core::SegmentArrives>(run, 4).number = 3; },
          [](Run& run) { action<core::Injection>(run, 4).flags.rst = true; },
          [](Run& run) { action<core::Injection>(run, 4).seq.terms.pop_back(); },
          [](Run& run) { action<core::Injection>(run, 4).seq.terms.back().minus = true; },
          [](Run& run) { action<core::Injection>(run, 4).ack.terms.back().what = 8U; },
          [](Run& run) { ++action<core::Injection>(run, 4).len; },
          [](Run& run) { action<core::Injection>(run, 4).wnd.reset(); },
          [](Run& run) { action<core::Injection>(run, 4).incarnation.reset(); },
          [](Run& run) { fault(run, 5).segment = core::ByNumber{8}; },
          [](Run& run) { fault(run, 5).what = core::Delay{}; },
          [](Run& run) { fault(run, 6).what = core::Duplicate{6}; },
          [](Run& run) { std::get<core::ByFlags>(fault(run, 6).segment).from = Side::Server; },
          [](Run& run) { std::get<core::ByFlags>(fault(run, 6).segment).flags.ack = true; },
          [](Run& run) { std::get<core::ByFlags>(fault(run, 6).segment).exactly = true; },
          [](Run& run) { std::get<core::ByFlags>(fault(run, 6).segment).nth = 2; },
          [](Run& run) { std::get<core::Fault>(run.edits[0].what).what = core::Delay{6}; },
          [](Run& run) { run.scenario.annotations.front().when = core::SegmentArrives{2}; },
          [](Run& run) { run.scenario.annotations.front().title += "x"; },
          [](Run& run) { run.scenario.annotations.front().text += "x"; },
          [](Run& run) { run.scenario.questions.front().before = core::SegmentArrives{2}; },
          [](Run& run) { run.scenario.questions.front().ask += "x"; },
          [](Run& run) { run.scenario.questions.front().next += "x"; },
          [&](Run& run) { option(run, 0).text += "x"; },
          [&](Run& run) { option(run, 0).misconception += "x"; },
          [&](Run& run) { std::get<core::NextState>(option(run, 0).claim).side = Side::Server; },
          [&](Run& run) { std::get<core::NextSegment>(option(run, 1).claim).flags.rst = true; },
          [&](Run& run) { option(run, 1).claim = core::HowItEnds::Waiting; },
          [&](Run& run) { option(run, 1).claim = core::NextSignal{}; },
      });
}

template <typename What>
What& record(Timeline& timeline) {
  for (core::Record& one : timeline.records) {
    if (auto* what = std::get_if<What>(&one.what)) return *what;
  }
  FAIL("there is no such record");
  std::abort();
}

TEST_CASE("two timelines are equal when all of their parts are") {
  const Timeline timeline = runs::played(
      R"("script": [
        {"at_ms": 0, "side": "client", "do": "send", "bytes": 5},
        {"at_ms": 0, "side": "client", "do": "close"},
        {"at_ms": 60, "side": "server", "do": "crash"},
        {"at_ms": 60, "side": "server", "do": "receive"},
        {"fault": "drop", "segment": {"number": 2}}])",
      R"([{"fault": "drop", "segment": {"number": 3}}])");
  CHECK(timeline == timeline);
  check_changes<Timeline>(
      timeline,
      {
          [](Timeline& run) { run.segments.pop_back(); },
          [](Timeline& run) { ++run.segments[0].number; },
          [](Timeline& run) { run.segments[0].from = Side::Server; },
          [](Timeline& run) { ++run.segments[0].segment.wnd; },
          [](Timeline& run) { ++run.segments[0].sent_at; },
          [](Timeline& run) { ++run.segments[0].arrives_at; },
          [](Timeline& run) { run.segments[0].fate = core::Fate::InFlight; },
          [](Timeline& run) { ++run.segments[0].incarnation; },
          [](Timeline& run) { run.segments[0].retransmission_of = 7; },
          [](Timeline& run) { run.segments[0].duplicate_of = 7; },
          [](Timeline& run) { run.segments[0].injected = true; },
          [](Timeline& run) { run.segments[0].repeated = true; },
          [](Timeline& run) { ++run.segments[0].key.nth; },
          [](Timeline& run) { run.records.pop_back(); },
          [](Timeline& run) { ++run.records[0].at; },
          [](Timeline& run) { run.records[0].side = Side::Server; },
          [](Timeline& run) { record<core::Called>(run).call = core::Abort{}; },
          [](Timeline& run) { record<core::Called>(run).call = core::SendOctets{6}; },
          [](Timeline& run) { record<core::Called>(run).result = core::CallResult::Eof; },
          [](Timeline& run) { ++record<core::Called>(run).octets; },
          [](Timeline& run) { record<core::HostChanged>(run).up = true; },
          [](Timeline& run) { record<core::Signalled>(run).signal = core::Signal::Closed; },
          [](Timeline& run) { record<core::StateChanged>(run).to = core::State::Listen; },
          [](Timeline& run) { ++record<core::TimerChanged>(run).expires_at; },
          [](Timeline& run) { ++record<core::TimerChanged>(run).change.after_ms; },
          [](Timeline& run) { ++record<core::Sent>(run).segment; },
          [](Timeline& run) { ++record<core::Received>(run).segment; },
          [](Timeline& run) { record<core::Received>(run).verdict = core::Verdict::OutOfWindow; },
          [](Timeline& run) { ++record<core::Lost>(run).segment; },
          [](Timeline& run) { run.steps.pop_back(); },
          [](Timeline& run) { ++run.steps[0].number; },
          [](Timeline& run) { run.steps[0].kind = core::StepKind::Host; },
          [](Timeline& run) { ++run.steps[0].at; },
          [](Timeline& run) { run.steps[0].side = Side::Server; },
          [](Timeline& run) { ++run.steps[0].records.last; },
          [](Timeline& run) { run.steps[0].rule = core::Rule::H1; },
          [](Timeline& run) { ++run.steps[0].annotation; },
          [](Timeline& run) { ++run.steps[0].world.change(Side::Server).tcb.unread; },
          [](Timeline& run) { ++run.final.change(Side::Client).incarnation; },
          [](Timeline& run) { run.final.change(Side::Client).timers.push_back({}); },
          [](Timeline& run) { run.ended = core::Ended::Until; },
          [](Timeline& run) { run.warnings.push_back({core::Text::warning_host_up}); },
          [](Timeline& run) { run.edited.clear(); },
      });
}

TEST_CASE("the same run gives an equal timeline, and other runs another") {
  const Run& run = sample_run();
  CHECK(core::simulate(run) == core::simulate(run));
  Run later = run;
  later.knobs.delay_ms = 21;
  CHECK_FALSE(core::simulate(run) == core::simulate(later));
}

TEST_CASE("a copied timeline shares the ends of all its steps") {
  const Timeline timeline = core::simulate(sample_run());
  const Timeline copy = timeline;
  for (std::size_t i = 0; i < timeline.steps.size(); ++i) {
    for (const Side side : {Side::Client, Side::Server}) {
      CHECK(&copy.steps[i].world.at(side) == &timeline.steps[i].world.at(side));
    }
  }
}

TEST_CASE("a change to one world leaves its copies alone") {
  core::World world;
  world.change(Side::Client).incarnation = 1;
  const core::World copy = world;
  world.change(Side::Client).incarnation = 2;
  CHECK(copy.at(Side::Client).incarnation == 1);
  CHECK(world.at(Side::Client).incarnation == 2);
  CHECK(core::World{}.at(Side::Client).incarnation == 0);
  CHECK(&copy.at(Side::Server) == &world.at(Side::Server));
}

}  // namespace
