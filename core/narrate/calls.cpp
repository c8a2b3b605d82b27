// What to say of the start, of a call and of a host.
#include "core/narrate/choose.hpp"
#include "core/narrate/say_calls.hpp"

#include <algorithm>

namespace core::narration {
namespace {

std::string_view beginning(State state) {
  switch (state) {
    case State::Closed: return say::begins_closed;
    case State::Listen: return say::begins_listen;
    case State::SynSent: return say::begins_syn_sent;
    case State::SynReceived: return say::begins_syn_received;
    case State::Established: return say::begins_established;
    case State::FinWait1: return say::begins_fin_wait_1;
    case State::FinWait2: return say::begins_fin_wait_2;
    case State::CloseWait: return say::begins_close_wait;
    case State::Closing: return say::begins_closing;
    case State::LastAck: return say::begins_last_ack;
    case State::TimeWait: return say::begins_time_wait;
  }
  return {};
}

/// How much more the peer would take.
std::int64_t room(const Tcb& tcb) {
  return (tcb.snd_una + tcb.snd_wnd) - tcb.snd_nxt;
}

/// Something new of this kind leaves at this moment, told with another step.
bool leaves_elsewhere(const Scene& scene, bool fin) {
  const auto all = sent_at_this_moment(scene);
  return std::ranges::any_of(all, [&](const Transmission* one) {
    return fin ? one->segment.flags.fin : one->segment.len > 0 && !one->retransmission_of;
  });
}

/// The peer's FIN is here, and nothing that was sent acknowledges it.
bool owes_ack_of_fin(const Tcb& tcb) {
  return peer_finished(tcb.state) && tcb.acknowledged != tcb.rcv_nxt;
}

void add_persist(const Scene& scene, Telling& telling) {
  const TimerChange* persist = scene.starts(Timer::Persist);
  if (persist != nullptr) telling.add_timed(say::persist_starts, persist->after_ms);
}

void add_nobody_there(const Scene& scene, Telling& telling) {
  if (gone(scene.there())) telling.add(say::nobody_there);
}

// --- Calls that are refused ---------------------------------------------------------------------

const say::Sentence& closing(const Scene& scene) {
  const Call& call = scene.call->call;
  if (std::holds_alternative<ReceiveOctets>(call)) {
    return scene.was().orphan ? say::refused_read : say::refused_read_over;
  }
  return std::holds_alternative<SendOctets>(call) ? say::refused_closing
                                                  : say::refused_second_close;
}

/// What to say when a call did not do what it was for, or null.
const say::Sentence* refusal(const Scene& scene) {
  switch (scene.call->result) {
    case CallResult::Ok: return nullptr;
    case CallResult::Eof:
      return peer_finished(scene.was().state) ? &say::receive_eof : &say::receive_eof_shut;
    case CallResult::WouldBlock:
      return scene.step.rule == Rule::L7 ? &say::receive_too_soon : &say::receive_nothing;
    case CallResult::ConnectionClosing: return &closing(scene);
    case CallResult::ConnectionReset: return &say::refused_reset;
    case CallResult::ConnectionDoesNotExist: {
      const bool never = scene.earlier.at(scene.end).incarnation == 0;
      return never ? &say::refused_never : &say::refused_gone;
    }
    case CallResult::ConnectionAlreadyExists:
      return scene.was().state == State::Listen ? &say::listen_refused : &say::open_refused;
  }
  return nullptr;
}

// --- Calls that are carried out -----------------------------------------------------------------

void tell(const Connect&, const Scene& scene, Telling& telling) {
  const Tcb& was = scene.was();
  if (was.state == State::Listen) return telling.tell(say::connect_listening);
  if (was.state != State::TimeWait) return telling.tell(say::connect);
  const bool beyond = scene.is().iss > was.snd_nxt;
  telling.tell(beyond ? say::connect_again : say::connect_again_too_low);
}

void tell(const Listen&, const Scene&, Telling& telling) {
  telling.tell(say::listen);
}

void tell(const SendOctets& call, const Scene& scene, Telling& telling) {
  const Tcb& is = scene.is();
  telling.octets = call.octets;
  telling.some = scene.octets_sent();
  if (scene.was().state == State::Listen) return telling.tell(say::send_listening);
  if (!synchronized(is.state)) return telling.tell(say::send_opening);
  if (telling.some > 0) {
    const bool partly = is.unsent > 0 && telling.some < call.octets;
    const bool half_closed = is.state == State::CloseWait;
    telling.tell(partly ? say::send_partly : half_closed ? say::send_half_closed : say::send);
    return add_nobody_there(scene, telling);
  }
  if (room(is) > 0) {
    return telling.tell(leaves_elsewhere(scene, false) ? say::send_joined : say::send_in_vain);
  }
  telling.tell(is.snd_wnd == 0 ? say::send_later_shut : say::send_later_full);
  add_persist(scene, telling);
}

void tell(const ReceiveOctets&, const Scene& scene, Telling& telling) {
  telling.octets = scene.call->octets;
  telling.tell(say::receive);
  const Endpoint& before = scene.earlier.at(scene.end);
  if (scene.step.world.at(scene.end).delivered_stale > before.delivered_stale) {
    telling.add(say::receive_stale);
  }
  if (before.tcb.rcv_wnd == 0 && !scene.sent.empty()) telling.add(say::receive_opens);
  if (scene.signalled(Signal::Eof)) telling.add(say::receive_then_eof);
}

/// A FIN that left with this call, as a segment of its own or on the last data.
void tell_fin_sent(const Scene& scene, const Transmission& fin, Telling& telling) {
  const auto* shutdown = std::get_if<Shutdown>(&scene.call->call);
  const bool with_ack = owes_ack_of_fin(scene.was());
  telling.about = &fin;
  if (fin.segment.len > 0) {
    telling.tell(say::close_with_data);
    if (with_ack) telling.add(say::carries_ack_too);
  } else if (scene.was().state == State::SynReceived) {
    telling.tell(say::close_before_open);
  } else if (scene.step.rule == Rule::C2) {
    telling.tell(with_ack ? say::second_close_with_ack : say::second_close);
  } else if (shutdown != nullptr) {
    telling.tell(shutdown->how == ShutdownHow::Both ? say::first_shutdown_both
                                                    : say::first_shutdown);
  } else {
    telling.tell(say::first_close);
  }
  add_nobody_there(scene, telling);
}

/// A FIN that this call asked for and that did not leave with it.
void tell_fin_later(const Scene& scene, Telling& telling) {
  const Tcb& is = scene.is();
  telling.octets = scene.octets_sent();
  if (!synchronized(is.state)) return telling.tell(say::close_behind_opening);
  if (telling.octets > 0) {
    telling.tell(say::close_behind_data);
  } else if (room(is) > is.unsent) {
    return telling.tell(leaves_elsewhere(scene, true) ? say::close_joined : say::close_in_vain);
  } else {
    telling.tell(is.unsent > 0 ? say::close_behind_unsent : say::close_later);
  }
  telling.add(is.state == State::CloseWait ? say::close_wait_until_then
                                           : say::fin_wait_1_all_the_same);
  add_persist(scene, telling);
}

/// close() after shutdown(): the application goes, and nothing is sent.
void tell_letting_go(const Scene& scene, Telling& telling) {
  const Tcb& is = scene.is();
  if (both_closed(is.state)) {
    telling.tell(say::let_go_done);
  } else {
    telling.tell(is.fin_waits() ? say::let_go_waiting : say::let_go);
  }
  if (const TimerChange* timer = scene.starts(Timer::FinWait2)) {
    telling.add_timed(say::fin_wait_2_timed, timer->after_ms);
  }
}

void tell_closing(const Scene& scene, Telling& telling) {
  const Tcb& was = scene.was();
  if (scene.step.rule == Rule::C6) return telling.tell(say::close_unread);
  if (was.state == State::Listen) return telling.tell(say::close_listening);
  if (was.state == State::SynSent) return telling.tell(say::close_syn_sent);
  if (was.fin_requested) {
    tell_letting_go(scene, telling);
  } else if (const Transmission* fin = scene.sent_with(&Flags::fin)) {
    tell_fin_sent(scene, *fin, telling);
  } else {
    tell_fin_later(scene, telling);
  }
  const bool thrown_away = was.unread > 0 && std::holds_alternative<Close>(scene.call->call);
  if (thrown_away) telling.add(say::unread_thrown_away, was.unread);
}

void tell(const Close&, const Scene& scene, Telling& telling) {
  tell_closing(scene, telling);
}

void tell(const Shutdown& call, const Scene& scene, Telling& telling) {
  if (call.how == ShutdownHow::Read) return telling.tell(say::shut_read);
  tell_closing(scene, telling);
}

void tell(const Abort&, const Scene& scene, Telling& telling) {
  switch (scene.was().state) {
    case State::Listen: return telling.tell(say::abort_listening);
    case State::SynSent: return telling.tell(say::abort_syn_sent);
    case State::TimeWait: return telling.tell(say::abort_time_wait);
    case State::Closing:
    case State::LastAck: return telling.tell(say::abort_closing);
    case State::Closed:
    case State::SynReceived:
    case State::Established:
    case State::FinWait1:
    case State::FinWait2:
    case State::CloseWait:
      return telling.tell(scene.is().state == State::TimeWait ? say::abort_and_wait : say::abort);
  }
}

}  // namespace

Telling tell_start(const Scene& scene) {
  Telling telling;
  const World& world = scene.step.world;
  const State client = world.at(Side::Client).tcb.state;
  const State server = world.at(Side::Server).tcb.state;
  if (client == server && client == State::Established) {
    telling.tell(say::start);
  } else if (client == server && client == State::Closed) {
    telling.tell(say::start_closed);
  } else {
    telling.title = client == server ? say::start_alike : say::start_apart;
    for (const Side side : {Side::Client, Side::Server}) {
      telling.lines.push_back({beginning(world.at(side).tcb.state), side});
    }
  }
  for (const Side side : {Side::Client, Side::Server}) {
    const std::uint32_t unread = world.at(side).tcb.unread;
    if (unread > 0) telling.lines.push_back({say::begins_unread, side, unread});
  }
  return telling;
}

Telling tell_call(const Scene& scene) {
  Telling telling;
  if (const say::Sentence* refused = refusal(scene)) {
    telling.tell(*refused);
  } else {
    std::visit([&](const auto& call) { tell(call, scene, telling); }, scene.call->call);
  }
  return telling;
}

Telling tell_host(const Scene& scene) {
  Telling telling;
  const bool missed = !gone(scene.there());
  if (scene.host->up) {
    const State there = scene.there().tcb.state;
    const bool held = missed && synchronized(there) && there != State::TimeWait;
    telling.tell(held ? say::reboot : say::reboot_unmissed);
    return telling;
  }
  const State was = scene.was().state;
  if (was == State::Closed) {
    telling.tell(say::crash_idle);
  } else if (was == State::Listen) {
    telling.tell(say::crash_listening);
  } else {
    telling.tell(missed ? say::crash : say::crash_unmissed);
  }
  if (under_way(scene, scene.end)) telling.add(say::still_under_way);
  return telling;
}

}  // namespace core::narration
