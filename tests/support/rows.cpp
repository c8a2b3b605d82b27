#include "rows.hpp"

#include <doctest/doctest.h>

#include <utility>

namespace rows {

using core::Rule;
using core::Tcb;

ends::Told play(const Row& row) {
  return ends::tell(row.before, row.event, row.policy, row.now);
}

void check(std::span<const Row> rows) {
  for (const Row& row : rows) {
    CAPTURE(row.name);
    CAPTURE(core::name(row.before.state));
    const ends::Told told = play(row);
    CHECK(told.text == row.expected);
    const std::string_view numbers = std::string_view(row.name).substr(0, row.name.find(' '));
    CHECK(name(told.rule) == numbers.substr(numbers.find('=') + 1));
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

core::Event arrives(std::string_view notation) {
  return core::Arrival{ends::segment(notation)};
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

std::string_view name(Rule rule) {
  switch (rule) {
    case Rule::None: return "-";
    case Rule::L1: return "L1";
    case Rule::L2: return "L2";
    case Rule::L3: return "L3";
    case Rule::L4: return "L4";
    case Rule::L5: return "L5";
    case Rule::L6: return "L6";
    case Rule::L7: return "L7";
    case Rule::L8: return "L8";
    case Rule::L9: return "L9";
    case Rule::L10: return "L10";
    case Rule::L11: return "L11";
    case Rule::L12: return "L12";
    case Rule::L13: return "L13";
    case Rule::L14: return "L14";
    case Rule::L15: return "L15";
    case Rule::L16: return "L16";
    case Rule::L17: return "L17";
    case Rule::L18: return "L18";
    case Rule::L19: return "L19";
    case Rule::L20: return "L20";
    case Rule::L21: return "L21";
    case Rule::L22: return "L22";
    case Rule::L23: return "L23";
    case Rule::L24: return "L24";
    case Rule::L25: return "L25";
    case Rule::L26: return "L26";
    case Rule::L27: return "L27";
    case Rule::L28: return "L28";
    case Rule::C1: return "C1";
    case Rule::C2: return "C2";
    case Rule::C3: return "C3";
    case Rule::C4: return "C4";
    case Rule::C5: return "C5";
    case Rule::C6: return "C6";
    case Rule::S1: return "S1";
    case Rule::S2: return "S2";
    case Rule::R1: return "R1";
    case Rule::R2: return "R2";
    case Rule::R3: return "R3";
    case Rule::B1: return "B1";
    case Rule::B2: return "B2";
    case Rule::N1: return "N1";
    case Rule::N2: return "N2";
    case Rule::N3: return "N3";
    case Rule::Q1: return "Q1";
    case Rule::Q2: return "Q2";
    case Rule::K1: return "K1";
    case Rule::K2: return "K2";
    case Rule::K3: return "K3";
    case Rule::Y1: return "Y1";
    case Rule::Y2: return "Y2";
    case Rule::Y3: return "Y3";
    case Rule::A0: return "A0";
    case Rule::A1: return "A1";
    case Rule::A2: return "A2";
    case Rule::A3: return "A3";
    case Rule::A4: return "A4";
    case Rule::A5: return "A5";
    case Rule::A6: return "A6";
    case Rule::A8: return "A8";
    case Rule::A9: return "A9";
    case Rule::A10: return "A10";
    case Rule::A11: return "A11";
    case Rule::T1: return "T1";
    case Rule::T2: return "T2";
    case Rule::T3: return "T3";
    case Rule::T4: return "T4";
    case Rule::F1: return "F1";
    case Rule::F2: return "F2";
    case Rule::F3: return "F3";
    case Rule::F4: return "F4";
    case Rule::F5: return "F5";
    case Rule::F6: return "F6";
    case Rule::X1: return "X1";
    case Rule::X2: return "X2";
    case Rule::X3: return "X3";
    case Rule::X4: return "X4";
    case Rule::X5: return "X5";
    case Rule::X6: return "X6";
    case Rule::X7: return "X7";
    case Rule::X8: return "X8";
    case Rule::X9: return "X9";
    case Rule::H1: return "H1";
  }
  return {};
}

}  // namespace rows
