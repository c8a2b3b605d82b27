#include "rows.hpp"

#include <doctest/doctest.h>

#include <utility>

namespace rows {

using core::Tcb;

ends::Told play(const Row& row) {
  return ends::tell(row.before, row.event, row.policy, row.now);
}

void check(std::span<const Row> rows) {
  for (const Row& row : rows) {
    const std::string failure = difference(row, play(row));
    CHECK_MESSAGE(failure.empty(), failure);
  }
}

std::string_view number(const Row& row) {
  return std::string_view(row.name).substr(0, row.name.find_first_of("= "));
}

std::vector<Row> all() {
  std::vector<Row> out;
  for (const auto& table : {close_calls,
                            send_calls,
                            receive_calls,
                            abort_calls,
                            opening_calls,
                            listen_arrivals,
                            syn_sent_arrivals,
                            syn_received_arrivals,
                            new_incarnations,
                            closed_arrivals,
                            sequence_numbers,
                            resets,
                            syns,
                            acknowledgments,
                            acknowledgments_of_fins,
                            texts,
                            fins,
                            delayed_acks,
                            retransmissions,
                            persisting,
                            keepalives,
                            waiting_ends}) {
    for (Row& row : table()) out.push_back(std::move(row));
  }
  return out;
}

core::Event arrives(std::string_view notation, const std::source_location& where) {
  return core::Arrival{ends::segment(notation, where)};
}

core::Event calls(core::Call call) {
  return call;
}

core::Event expires(core::Timer timer) {
  return core::Timeout{timer};
}

Tcb with(Tcb tcb, const std::function<void(Tcb&)>& change) {
  change(tcb);
  return tcb;
}

Tcb orphan(Tcb tcb) {
  tcb.orphan = true;
  return tcb;
}

Tcb read_shut(Tcb tcb) {
  tcb.read_shut = true;
  return tcb;
}

Tcb unread(Tcb tcb, std::uint32_t octets) {
  tcb.unread = octets;
  tcb.rcv_wnd -= octets;
  tcb.reads_at_once = false;
  return tcb;
}

Tcb reset_to_report(Tcb tcb) {
  tcb.reset_to_report = true;
  return tcb;
}

Tcb window(Tcb tcb, std::uint32_t octets) {
  tcb.rcv_wnd = octets;
  return tcb;
}

Tcb peer_window(Tcb tcb, std::uint32_t octets) {
  tcb.snd_wnd = octets;
  return tcb;
}

Tcb unsent(Tcb tcb, std::uint32_t octets) {
  tcb.unsent = octets;
  return tcb;
}

Tcb sending(Tcb tcb) {
  tcb.snd_una = {100};
  tcb.snd_nxt = {106};
  tcb.retransmission_queue = {{.seq = {100}, .len = 6}};
  if (tcb.fin) {
    tcb.fin = tcb.snd_nxt;
    tcb.retransmission_queue.push_back({.seq = tcb.snd_nxt, .fin = true});
    tcb.snd_nxt = tcb.snd_nxt + 1;
  }
  tcb.timers.add(core::Timer::Retransmission);
  return tcb;
}

Tcb fin_waiting(Tcb tcb) {
  if (tcb.state == core::State::Established) tcb.state = core::State::FinWait1;
  tcb.fin_requested = true;
  tcb.snd_wnd = 0;
  return timed(tcb, core::Timer::Persist);
}

Tcb probing(Tcb tcb) {
  tcb.retransmission_queue = {{.seq = tcb.snd_nxt, .len = 1}};
  tcb.snd_nxt = tcb.snd_nxt + 1;
  tcb.unsent = 5;
  tcb.snd_wnd = 0;
  tcb.rto_ms = 2000;
  return timed(tcb, core::Timer::Persist);
}

Tcb owing(Tcb tcb) {
  tcb.rcv_nxt = tcb.rcv_nxt + 10;
  tcb.ack_owed = core::AckOwed::Later;
  return timed(tcb, core::Timer::DelayedAck);
}

Tcb timed(Tcb tcb, core::Timer timer) {
  tcb.timers.add(timer);
  return tcb;
}

Tcb watched(Tcb tcb) {
  const std::uint32_t waiting = tcb.unsent + (tcb.fin_waits() ? 1U : 0U);
  if (tcb.outstanding()) tcb.user_timeout_marks = {{.end = tcb.snd_nxt + waiting, .since = 0}};
  return tcb;
}

Tcb active(Tcb tcb) {
  tcb.passive = false;
  return tcb;
}

}  // namespace rows
