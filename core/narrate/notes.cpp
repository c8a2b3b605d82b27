// The few words beside a step in a list of steps: which segment, which state, or else what came of
// it.
#include "core/narrate/choose.hpp"

namespace core::narration {
namespace {

using Lines = std::vector<Line>;

/// What came of a call that did not do what it was for.
std::optional<Text> note_of(CallResult result) {
  switch (result) {
    case CallResult::Ok: return std::nullopt;
    case CallResult::Eof: return Text::note_eof;
    case CallResult::ConnectionClosing: return Text::note_closing;
    case CallResult::ConnectionReset: return Text::note_reset;
    case CallResult::ConnectionDoesNotExist: return Text::note_no_connection;
    case CallResult::ConnectionAlreadyExists: return Text::note_exists;
    case CallResult::WouldBlock: return Text::note_nothing_there;
  }
  return std::nullopt;
}

/// What an end made of a segment that did not change its state.
Lines note_of(const Scene& scene, Verdict verdict) {
  switch (verdict) {
    case Verdict::Accepted: return {};
    case Verdict::Duplicate: return {{Text::note_nothing_new}};
    case Verdict::OutOfWindow: return {{Text::note_outside}};
    case Verdict::OutOfOrder: return {{Text::note_kept}};
    case Verdict::Challenge: return {{Text::note_doubted}};
    case Verdict::Ignored:
      return {{answered(scene) ? Text::note_answered_by_ack : Text::note_ignored}};
    case Verdict::Reset: return {{Text::note_answered_by_rst}};
  }
  return {};
}

/// What is worth knowing while nothing happens: who may still send, who waits, who is gone.
Lines note_of_quiet(const World& world) {
  if (const auto side = half_closed(world)) return {{Text::note_half_closed, side}};
  const Endpoint& client = world.at(Side::Client);
  const Endpoint& server = world.at(Side::Server);
  if (client.tcb.state == State::Closed && server.tcb.state == State::Closed) {
    return {{Text::note_all_closed}};
  }
  if (client.tcb.state == State::TimeWait && server.tcb.state == State::TimeWait) {
    return {{Text::note_time_wait_both}};
  }
  for (const Side side : {Side::Client, Side::Server}) {
    if (world.at(side).tcb.state == State::TimeWait) return {{Text::note_time_wait, side}};
  }
  for (const Side side : {Side::Client, Side::Server}) {
    const bool holds = world.at(side).up && synchronized(world.at(side).tcb.state);
    if (holds && gone(world.at(other(side)))) return {{Text::note_half_open, side}};
  }
  return {};
}

Lines note_of_segments(const Scene& scene) {
  if (scene.sent.empty() && scene.step.kind != StepKind::Loss) return {};
  return {{scene.sent.size() > 1 ? Text::note_segments : Text::note_segment}};
}

}  // namespace

std::vector<Line> note_of(const Scene& scene) {
  if (scene.step.kind == StepKind::Annotation) return note_of_quiet(scene.step.world);
  if (scene.step.kind == StepKind::Start) {
    const Endpoint& client = scene.step.world.at(Side::Client);
    const Endpoint& server = scene.step.world.at(Side::Server);
    const bool open =
        client.tcb.state == State::Established && client.tcb.state == server.tcb.state;
    return open ? Lines{{Text::note_start}} : Lines{};
  }
  Lines out = note_of_segments(scene);
  if (!scene.transitions.empty()) {
    const bool own = scene.step.kind != StepKind::Arrival;
    out.push_back({own ? Text::note_own_state : Text::note_state});
    return out;
  }
  if (scene.call != nullptr) {
    if (const auto note = note_of(scene.call->result)) return {{*note}};
  }
  if (scene.received == nullptr) {
    const bool down = scene.come != nullptr && scene.come->fate == Fate::HostDown;
    if (down) out.push_back({Text::note_host_down});
    return out;
  }
  const bool data = scene.received->verdict == Verdict::Accepted && scene.segment().len > 0;
  if (data) return {{Text::note_octets, {}, scene.segment().len}};
  // What starts TIME_WAIT again brings nothing new, and yet that is what it is for.
  if (scene.starts(Timer::TimeWait) != nullptr) return {{Text::note_time_wait_again}};
  return note_of(scene, scene.received->verdict);
}

}  // namespace core::narration
