// The application's calls: OPEN, SEND, RECEIVE, CLOSE and ABORT (RFC 9293 3.10.1 to 3.10.5).
#include "core/tcp/processing.hpp"

#include <algorithm>
#include <cassert>
#include <utility>

namespace core {

// Without a connection every call but OPEN is refused. The first one after a reset learns of it.
bool Processing::refuse_without_connection() {
  if (tcb_.state != State::Closed) return false;
  const bool reset = std::exchange(tcb_.reset_to_report, false);
  refuse(Rule::C5, reset ? CallResult::ConnectionReset : CallResult::ConnectionDoesNotExist);
  return true;
}

// 3.10.1 OPEN, active. TIME_WAIT is given up for a new incarnation of the connection.
void Processing::on(const Connect& call) {
  const Seq iss = call.iss.value_or(tcb_.chosen_iss.value_or(now_.iss));
  if (tcb_.state == State::Closed || tcb_.state == State::TimeWait) {
    open_actively(iss, Rule::L2);
  } else if (tcb_.state == State::Listen) {
    open_actively(iss, Rule::L3);
  } else {
    refuse(Rule::L4, CallResult::ConnectionAlreadyExists);
  }
}

// 3.10.1 OPEN, passive
void Processing::on(const Listen& call) {
  if (tcb_.state != State::Closed) return refuse(Rule::L4, CallResult::ConnectionAlreadyExists);
  listen_again(Rule::L1);
  tcb_.chosen_iss = call.iss;
}

// 3.10.2 SEND
void Processing::on(const SendOctets& call) {
  if (refuse_without_connection()) return;
  if (tcb_.fin_requested || tcb_.orphan) return refuse(Rule::S2, CallResult::ConnectionClosing);
  if (tcb_.state == State::Listen) {
    open_actively(tcb_.chosen_iss.value_or(now_.iss), Rule::L5);
  } else {
    out_.rule = synchronized(tcb_.state) ? Rule::S1 : Rule::L6;
  }
  tcb_.unsent += call.octets;
  mark_user_timeout();
}

// 3.10.3 RECEIVE. Octets on hand are delivered in every state (D11): the letter of the RFC would
// lose those that arrived together with the FIN.
void Processing::on(const ReceiveOctets& call) {
  if (tcb_.unread == 0 && refuse_without_connection()) return;
  const bool peer_may_send = !peer_finished(tcb_.state);
  const Rule rule = opening(tcb_.state)              ? Rule::L7
                    : peer_may_send                  ? Rule::R1
                    : tcb_.state == State::CloseWait ? Rule::R2
                                                     : Rule::R3;
  if (tcb_.orphan) return refuse(rule, CallResult::ConnectionClosing);
  if (tcb_.unread == 0) {
    if (tcb_.read_shut || rule == Rule::R2) return refuse(rule, CallResult::Eof);
    return refuse(rule, peer_may_send ? CallResult::WouldBlock : CallResult::ConnectionClosing);
  }
  out_.rule = rule;
  out_.octets = std::min(tcb_.unread, call.octets.value_or(tcb_.unread));
  tcb_.unread -= out_.octets;
  free_buffer(out_.octets);
  if (tcb_.unread == 0 && tcb_.fin_received) signal(Signal::Eof);
}

// Room for so many octets is there again. When the window was shut, the peer is told that it opens,
// else it could wait for ever.
void Processing::free_buffer(std::uint32_t octets) {
  const bool peer_may_send = synchronized(tcb_.state) && !peer_finished(tcb_.state);
  if (tcb_.rcv_wnd == 0 && octets > 0 && peer_may_send) tcb_.ack_owed = AckOwed::Now;
  tcb_.rcv_wnd += octets;
}

// 3.10.4 CLOSE, as close() of operating systems: nobody is left to read (3.6.1).
void Processing::on(const Close&) {
  if (refuse_without_connection()) return;
  if (tcb_.orphan) return refuse(close_again(), CallResult::ConnectionClosing);
  tcb_.orphan = true;
  if (tcb_.unread > 0 && policy_.unread_data_resets) {
    // SHLD-3: the peer must learn that its data were not read.
    reset_peer();
    return enter(State::Closed, Rule::C6);
  }
  free_buffer(std::exchange(tcb_.unread, 0U));
  request_fin();
}

// 3.10.4 CLOSE alone: the application goes on receiving.
void Processing::on(const Shutdown& call) {
  if (refuse_without_connection()) return;
  if (tcb_.orphan) return refuse(close_again(), CallResult::ConnectionClosing);
  const bool ends_reading = call.how != ShutdownHow::Write && !std::exchange(tcb_.read_shut, true);
  if (call.how == ShutdownHow::Read) return;
  if (!tcb_.fin_requested) return request_fin();
  // A call for both directions is not refused while it still has reading to end.
  if (!ends_reading) refuse(close_again(), CallResult::ConnectionClosing);
}

// 3.10.4 CLOSE: a FIN is queued behind everything that was sent; a second call queues no second.
void Processing::request_fin() {
  if (tcb_.fin_requested) {
    out_.rule = close_again();
    return;
  }
  switch (tcb_.state) {
    // 3.10.4, LISTEN: nobody has heard of this connection, and the TCB is deleted.
    case State::Listen: return enter(State::Closed, Rule::L8);
    // 3.10.4, SYN-SENT: the same. An answer to our SYN finds no connection and is reset.
    case State::SynSent: return enter(State::Closed, Rule::L9);
    // 3.10.4, SYN-RECEIVED: the FIN leaves now, or, with data to send before it, CLOSE waits until
    // the connection is established.
    case State::SynReceived:
      if (tcb_.unsent > 0) {
        out_.rule = Rule::L10;
      } else {
        enter(State::FinWait1, Rule::L10);
      }
      break;
    // 3.10.4, ESTABLISHED: the state changes at once, "in any case", even if the FIN must wait
    // behind unsent data (D6).
    case State::Established: enter(State::FinWait1, Rule::C1); break;
    // 3.10.4, CLOSE-WAIT: the state changes when the FIN is sent. See note_fin().
    case State::CloseWait: out_.rule = Rule::C2; break;
    // 3.10.4: without a connection CLOSE was refused, and in the other states it has been called.
    case State::Closed:
    case State::FinWait1:
    case State::FinWait2:
    case State::Closing:
    case State::LastAck:
    case State::TimeWait: assert(false); return;
  }
  tcb_.fin_requested = true;
  mark_user_timeout();
}

Rule Processing::close_again() const {
  if (!synchronized(tcb_.state)) return Rule::L10;
  return both_closed(tcb_.state) ? Rule::C4 : Rule::C3;
}

// 3.10.5 ABORT. Everything is thrown away, and a peer that may still use the connection is told.
void Processing::on(const Abort&) {
  if (refuse_without_connection()) return;
  tcb_.orphan = true;
  const auto tell_peer = [&](Rule rule) {
    reset_peer();
    // D3: 3.10.5 deletes the TCB; by 3.5.2 whoever sends a reset should wait like an active closer.
    if (policy_.abort_to_time_wait) {
      flush();
      return enter(State::TimeWait, rule);
    }
    enter(State::Closed, rule);
  };
  switch (tcb_.state) {
    // 3.10.5, LISTEN: there is no peer yet, and the TCB is deleted.
    case State::Listen: return enter(State::Closed, Rule::L11);
    // 3.10.5, SYN-SENT: the peer has not answered yet, and is not told either.
    case State::SynSent: return enter(State::Closed, Rule::L12);
    // 3.10.5, SYN-RECEIVED: the peer has sent a SYN, and gets a reset.
    case State::SynReceived: return tell_peer(Rule::L13);
    // 3.10.5, ESTABLISHED to CLOSE-WAIT: the peer may still send or wait for data, and gets a
    // reset.
    case State::Established:
    case State::FinWait1:
    case State::FinWait2:
    case State::CloseWait: return tell_peer(Rule::B1);
    // 3.10.5, CLOSING to TIME-WAIT: both ends have closed, so the TCB is deleted without a reset.
    case State::Closing:
    case State::LastAck:
    case State::TimeWait: return enter(State::Closed, Rule::B2);
    // 3.10.5, CLOSED: the call was refused above.
    case State::Closed: assert(false);
  }
}

}  // namespace core
