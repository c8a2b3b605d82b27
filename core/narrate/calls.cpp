// What to say of the start, of a call and of a host.
#include "core/narrate/choose.hpp"

#include <algorithm>

namespace core::narration {
namespace {

Text beginning(State state) {
  switch (state) {
    case State::Closed: return Text::begins_closed;
    case State::Listen: return Text::begins_listen;
    case State::SynSent: return Text::begins_syn_sent;
    case State::SynReceived: return Text::begins_syn_received;
    case State::Established: return Text::begins_established;
    case State::FinWait1: return Text::begins_fin_wait_1;
    case State::FinWait2: return Text::begins_fin_wait_2;
    case State::CloseWait: return Text::begins_close_wait;
    case State::Closing: return Text::begins_closing;
    case State::LastAck: return Text::begins_last_ack;
    case State::TimeWait: return Text::begins_time_wait;
  }
  return Text::begins_closed;
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
  if (persist != nullptr) telling.add_timed(Text::call_persist_starts, persist->after_ms);
}

void add_nobody_there(const Scene& scene, Telling& telling) {
  if (gone(scene.there())) telling.add(Text::call_nobody_there);
}

// --- Calls that are refused ---------------------------------------------------------------------

TitledText closing(const Scene& scene) {
  const Call& call = scene.call->call;
  if (std::holds_alternative<ReceiveOctets>(call)) {
    return scene.was().orphan ? titled::call_refused_read : titled::call_refused_read_over;
  }
  return std::holds_alternative<SendOctets>(call) ? titled::call_refused_closing
                                                  : titled::call_refused_second_close;
}

/// What to say when a call did not do what it was for; none when it did.
std::optional<TitledText> refusal(const Scene& scene) {
  switch (scene.call->result) {
    case CallResult::Ok: return std::nullopt;
    case CallResult::Eof:
      return peer_finished(scene.was().state) ? titled::call_receive_eof
                                              : titled::call_receive_eof_shut;
    case CallResult::WouldBlock:
      return scene.step.rule == Rule::L7 ? titled::call_receive_too_soon
                                         : titled::call_receive_nothing;
    case CallResult::ConnectionClosing: return closing(scene);
    case CallResult::ConnectionReset: return titled::call_refused_reset;
    case CallResult::ConnectionDoesNotExist: {
      const bool never = scene.earlier.at(scene.end).incarnation == 0;
      return never ? titled::call_refused_never : titled::call_refused_gone;
    }
    case CallResult::ConnectionAlreadyExists:
      return scene.was().state == State::Listen ? titled::call_listen_refused
                                                : titled::call_open_refused;
  }
  return std::nullopt;
}

// --- Calls that are carried out -----------------------------------------------------------------

void tell(const Connect&, const Scene& scene, Telling& telling) {
  const Tcb& was = scene.was();
  if (was.state == State::Listen) return telling.tell(titled::call_connect_listening);
  if (was.state != State::TimeWait) return telling.tell(titled::call_connect);
  const bool beyond = scene.is().iss > was.snd_nxt;
  telling.tell(beyond ? titled::call_connect_again : titled::call_connect_again_too_low);
}

void tell(const Listen&, const Scene&, Telling& telling) {
  telling.tell(titled::call_listen);
}

void tell(const SendOctets& call, const Scene& scene, Telling& telling) {
  const Tcb& is = scene.is();
  telling.octets = call.octets;
  telling.some = scene.octets_sent();
  if (scene.was().state == State::Listen) return telling.tell(titled::call_send_listening);
  if (!synchronized(is.state)) return telling.tell(titled::call_send_opening);
  if (telling.some > 0) {
    const bool partly = is.unsent > 0 && telling.some < call.octets;
    const bool half_closed = is.state == State::CloseWait;
    telling.tell(partly        ? titled::call_send_partly
                 : half_closed ? titled::call_send_half_closed
                               : titled::call_send);
    return add_nobody_there(scene, telling);
  }
  if (room(is) > 0) {
    return telling.tell(leaves_elsewhere(scene, false) ? titled::call_send_joined
                                                       : titled::call_send_in_vain);
  }
  telling.tell(is.snd_wnd == 0 ? titled::call_send_later_shut : titled::call_send_later_full);
  add_persist(scene, telling);
}

void tell(const ReceiveOctets&, const Scene& scene, Telling& telling) {
  telling.octets = scene.call->octets;
  telling.tell(titled::call_receive);
  const Endpoint& before = scene.earlier.at(scene.end);
  const std::uint32_t stale =
      scene.step.world.at(scene.end).delivered_stale - before.delivered_stale;
  if (stale > 0) {
    telling.add(stale == telling.octets ? Text::call_receive_all_stale : Text::call_receive_stale);
  }
  if (before.tcb.rcv_wnd == 0 && !scene.sent.empty()) telling.add(Text::call_receive_opens);
  if (scene.signalled(Signal::Eof)) telling.add(Text::call_receive_then_eof);
}

/// A FIN that left with this call, as a segment of its own or on the last data.
void tell_fin_sent(const Scene& scene, const Transmission& fin, Telling& telling) {
  const auto* shutdown = std::get_if<Shutdown>(&scene.call->call);
  const bool with_ack = owes_ack_of_fin(scene.was());
  telling.about = &fin;
  if (fin.segment.len > 0) {
    telling.tell(titled::call_close_with_data);
    if (with_ack) telling.add(Text::call_carries_ack_too);
  } else if (scene.was().state == State::SynReceived) {
    telling.tell(titled::call_close_before_open);
  } else if (scene.step.rule == Rule::C2) {
    telling.tell(with_ack ? titled::call_second_close_with_ack : titled::call_second_close);
  } else if (shutdown != nullptr) {
    telling.tell(shutdown->how == ShutdownHow::Both ? titled::call_first_shutdown_both
                                                    : titled::call_first_shutdown);
  } else {
    telling.tell(titled::call_first_close);
  }
  add_nobody_there(scene, telling);
}

/// A FIN that this call asked for and that did not leave with it.
void tell_fin_later(const Scene& scene, Telling& telling) {
  const Tcb& is = scene.is();
  telling.octets = scene.octets_sent();
  if (!synchronized(is.state)) return telling.tell(titled::call_close_behind_opening);
  if (telling.octets > 0) {
    telling.tell(titled::call_close_behind_data);
  } else if (room(is) > is.unsent) {
    return telling.tell(leaves_elsewhere(scene, true) ? titled::call_close_joined
                                                      : titled::call_close_in_vain);
  } else {
    telling.tell(is.unsent > 0 ? titled::call_close_behind_unsent : titled::call_close_later);
  }
  telling.add(is.state == State::CloseWait ? Text::call_close_wait_until_then
                                           : Text::call_fin_wait_1_all_the_same);
  add_persist(scene, telling);
}

/// close() after shutdown(): the application goes, and nothing is sent.
void tell_letting_go(const Scene& scene, Telling& telling) {
  const Tcb& is = scene.is();
  if (both_closed(is.state)) {
    telling.tell(titled::call_let_go_done);
  } else {
    telling.tell(is.fin_waits() ? titled::call_let_go_waiting : titled::call_let_go);
  }
  if (const TimerChange* timer = scene.starts(Timer::FinWait2)) {
    telling.add_timed(Text::call_fin_wait_2_timed, timer->after_ms);
  }
}

void tell_closing(const Scene& scene, Telling& telling) {
  const Tcb& was = scene.was();
  if (scene.step.rule == Rule::C6) return telling.tell(titled::call_close_unread);
  if (was.state == State::Listen) return telling.tell(titled::call_close_listening);
  if (was.state == State::SynSent) return telling.tell(titled::call_close_syn_sent);
  // In `was` the call may be done already: what left in this instant before it has seen it.
  const bool first = scene.step.rule == Rule::C1 || scene.step.rule == Rule::C2;
  if (was.fin_requested && !first) {
    tell_letting_go(scene, telling);
  } else if (const Transmission* fin = scene.sent_with(&Flags::fin)) {
    tell_fin_sent(scene, *fin, telling);
  } else {
    tell_fin_later(scene, telling);
  }
  const bool thrown_away = was.unread > 0 && std::holds_alternative<Close>(scene.call->call);
  if (thrown_away) telling.add(Text::call_unread_thrown_away, was.unread);
}

void tell(const Close&, const Scene& scene, Telling& telling) {
  tell_closing(scene, telling);
}

void tell(const Shutdown& call, const Scene& scene, Telling& telling) {
  if (call.how == ShutdownHow::Read || scene.was().fin_requested) {
    return telling.tell(titled::call_shut_read);
  }
  tell_closing(scene, telling);
}

void tell(const Abort&, const Scene& scene, Telling& telling) {
  switch (scene.was().state) {
    case State::Listen: return telling.tell(titled::call_abort_listening);
    case State::SynSent: return telling.tell(titled::call_abort_syn_sent);
    case State::TimeWait: return telling.tell(titled::call_abort_time_wait);
    case State::Closing:
    case State::LastAck: return telling.tell(titled::call_abort_closing);
    case State::Closed:
    case State::SynReceived:
    case State::Established:
    case State::FinWait1:
    case State::FinWait2:
    case State::CloseWait:
      return telling.tell(scene.is().state == State::TimeWait ? titled::call_abort_and_wait
                                                              : titled::call_abort);
  }
}

}  // namespace

Telling tell_start(const Scene& scene) {
  Telling telling;
  const World& world = scene.step.world;
  const State client = world.at(Side::Client).tcb.state;
  const State server = world.at(Side::Server).tcb.state;
  if (client == server && client == State::Established) {
    telling.tell(titled::start_open);
  } else if (client == server && client == State::Closed) {
    telling.tell(titled::start_closed);
  } else {
    telling.title = client == server ? Text::start_alike : Text::start_apart;
    for (const Side side : {Side::Client, Side::Server}) {
      telling.lines.push_back({beginning(world.at(side).tcb.state), side});
    }
  }
  for (const Side side : {Side::Client, Side::Server}) {
    const std::uint32_t unread = world.at(side).tcb.unread;
    if (unread > 0) telling.lines.push_back({Text::begins_unread, side, unread});
  }
  return telling;
}

Telling tell_call(const Scene& scene) {
  Telling telling;
  if (const auto refused = refusal(scene)) {
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
    telling.tell(held ? titled::host_reboot : titled::host_reboot_unmissed);
    return telling;
  }
  const State was = scene.was().state;
  if (was == State::Closed) {
    telling.tell(titled::host_crash_idle);
  } else if (was == State::Listen) {
    telling.tell(titled::host_crash_listening);
  } else {
    telling.tell(missed ? titled::host_crash : titled::host_crash_unmissed);
  }
  if (under_way(scene, scene.end)) telling.add(Text::host_still_under_way);
  return telling;
}

}  // namespace core::narration
