// The table of states against the engine: a call is allowed exactly if step() does not refuse it.
#include "rows.hpp"

#include "core/tcp/state_table.hpp"

#include <doctest/doctest.h>

#include <set>
#include <vector>

namespace {

using core::CallResult;
using core::Refusal;
using core::Tcb;

const std::vector<core::Call> calls = {core::Connect{},
                                       core::Listen{},
                                       core::SendOctets{6},
                                       core::ReceiveOctets{},
                                       core::Close{},
                                       core::Shutdown{core::ShutdownHow::Write},
                                       core::Shutdown{core::ShutdownHow::Read},
                                       core::Shutdown{core::ShutdownHow::Both},
                                       core::Abort{}};

bool refused(CallResult result) {
  switch (result) {
    case CallResult::Ok:
    case CallResult::Eof:
    case CallResult::WouldBlock: return false;
    case CallResult::ConnectionClosing:
    case CallResult::ConnectionReset:
    case CallResult::ConnectionDoesNotExist:
    case CallResult::ConnectionAlreadyExists: return true;
  }
  return false;
}

/// What step() answers a call that is refused for that reason.
CallResult answer(Refusal why, const Tcb& tcb) {
  switch (why) {
    case Refusal::NoConnection:
      // Octets on hand are refused to a closed descriptor before anything else is looked at.
      if (tcb.orphan && tcb.unread > 0) return CallResult::ConnectionClosing;
      return tcb.reset_to_report ? CallResult::ConnectionReset : CallResult::ConnectionDoesNotExist;
    case Refusal::ConnectionExists: return CallResult::ConnectionAlreadyExists;
    case Refusal::DescriptorClosed:
    case Refusal::SendingEnded:
    case Refusal::PeerFinished: return CallResult::ConnectionClosing;
  }
  return {};
}

}  // namespace

TEST_CASE("a state allows exactly the calls that step() does not refuse there") {
  for (const core::State state : core::all_states) {
    for (const core::CallKind kind : core::all_of<core::CallKind>) {
      bool allowed = false;
      for (const core::Call& call : calls) {
        if (core::kind(call) != kind) continue;
        allowed = allowed || !refused(core::step(ends::in(state), call, {}).result);
      }
      CAPTURE(to_string(state));
      CAPTURE(to_string(kind));
      CHECK(core::facts(state).calls.has(kind) == allowed);
    }
  }
}

TEST_CASE("the reason for a refusal is the one that step() gives") {
  std::vector<Tcb> tcbs;
  for (const rows::Row& row : rows::all()) tcbs.push_back(row.before);
  const std::size_t plain = tcbs.size();
  for (std::size_t i = 0; i < plain; ++i) {
    tcbs.push_back(rows::orphan(tcbs[i]));
    tcbs.push_back(rows::reset_to_report(tcbs[i]));
    tcbs.push_back(rows::with(tcbs[i], [](Tcb& tcb) { tcb.read_shut = true; }));
    tcbs.push_back(rows::with(tcbs[i], [](Tcb& tcb) { tcb.unread = 5; }));
  }
  std::set<Refusal> met;
  for (const Tcb& tcb : tcbs) {
    for (const core::Call& call : calls) {
      CAPTURE(to_string(tcb.state));
      CAPTURE(to_string(call));
      const CallResult result = core::step(tcb, call, {}).result;
      const auto why = core::refusal(tcb, call);
      CHECK(why.has_value() == refused(result));
      if (!why) continue;
      met.insert(*why);
      // Only a call that needs data to be read looks at them before it looks for a connection.
      const bool receives = core::kind(call) == core::CallKind::Receive;
      Tcb seen = tcb;
      if (!receives) seen.unread = 0;
      CHECK(answer(*why, seen) == result);
    }
  }
  CHECK(met.size() == core::count_of<Refusal>());
}

TEST_CASE("a state may last exactly if no timer runs in it") {
  for (const core::State state : core::all_states) {
    CAPTURE(to_string(state));
    CHECK(core::facts(state).may_last == (ends::in(state).timers == core::TimerSet{}));
  }
}
