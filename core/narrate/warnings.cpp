// What a reader should know of a run beside its steps.
#include "core/narrate/narrate.hpp"
#include "core/narrate/scene.hpp"

namespace core {
namespace {

/// Why an end that has nothing more to do still waits. `there` is the other end.
Text waiting(const Tcb& tcb, const Endpoint& there) {
  const bool alone = narration::gone(there);
  if (synchronized(tcb.state) && (tcb.unsent > 0 || tcb.fin_waits())) return Text::waits_for_room;
  switch (tcb.state) {
    case State::Listen: return Text::waits_for_connection;
    case State::Established:
    case State::CloseWait:
      return alone ? Text::waits_for_application_alone : Text::waits_for_application;
    case State::FinWait2: return alone ? Text::waits_for_nobody : Text::waits_for_fin;
    // These have a timer that runs as long as they last.
    case State::Closed:
    case State::SynSent:
    case State::SynReceived:
    case State::FinWait1:
    case State::Closing:
    case State::LastAck:
    case State::TimeWait: break;
  }
  return Text::waits_for_peer;
}

}  // namespace

std::vector<Message> warnings(const Timeline& timeline) {
  std::vector<Message> out = timeline.warnings;
  if (timeline.ended != Ended::Waiting) return out;
  for (const Side side : {Side::Client, Side::Server}) {
    const Tcb& tcb = timeline.final.at(side).tcb;
    if (tcb.state == State::Closed) continue;
    out.push_back({waiting(tcb, timeline.final.at(other(side))),
                   {{"end", std::string(name(side))},
                    {"peer", std::string(name(other(side)))},
                    {"state", std::string(to_string(tcb.state))}}});
  }
  return out;
}

}  // namespace core
