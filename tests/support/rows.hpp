// Rows: what an end in a given state makes of one event, as data. Each table of rows is tested
// where it stands; table_test.cpp holds all of them against the transition table of the RFC.
#pragma once

#include "ends.hpp"

#include "core/tcp/policy.hpp"

#include <functional>
#include <source_location>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace rows {

/// One event at one end. The name begins with the number of the row of RFC 9293's event processing
/// that decides, and where the engine decides by another one, with that too: "F5=Q2 the FIN again".
/// Decisions are named in brackets: "(D10)".
///
/// The expectation is all that the event brings, as ends::tell() says it, and behind a bar the
/// fields of the next Tcb that change beside: "FIN_WAIT_1 ok; start retransmission 1000; FA 100/300
/// | fin_requested=yes orphan=yes". Every other field is as before, but for what follows from the
/// words before the bar:
///   - the state is the one that stands there, and in CLOSED nothing waits to be sent,
///     acknowledged or put in order;
///   - a timer that starts runs, and one that stops or has expired does not; how long the
///     retransmission or persist timer runs is RTO;
///   - what SEND accepted waits to be sent; what RECEIVE delivered makes room in the window;
///   - an ACK that leaves pays what was owed, and is the last number acknowledged;
///   - a segment that leaves and reaches beyond SND.NXT moves it, takes octets from those that
///     wait, and stands in the retransmission queue until it is acknowledged; a SYN sets ISS and
///     SND.UNA;
///   - an application that is told of a reset or a refusal learns of it once more by its next call.
/// "| anew passive=yes": the fields are those of a connection that knows nothing of the one before.
/// Only the receive buffer is the same, and empty, and SND.WND, until a SYN of the peer sets it.
struct Row {
  std::string name;
  core::Tcb before;
  core::Event event;
  std::string expected;
  core::Policy policy = {};
  core::Inputs now = {};
  std::source_location where = std::source_location::current();
};

[[nodiscard]] ends::Told play(const Row& row);
/// Everything in which `told` is not what the row says, field by field, with the steps that led
/// there; nothing if all is. A row that is not written as it should be differs, too.
[[nodiscard]] std::string difference(const Row& row, const ends::Told& told);
/// Every row does what it should, by the rule that its name says.
void check(std::span<const Row> rows);

/// The number at the beginning of the row's name: "F5".
[[nodiscard]] std::string_view number(const Row& row);

// The tables, by the file in which they stand.
[[nodiscard]] std::vector<Row> close_calls();
[[nodiscard]] std::vector<Row> send_calls();
[[nodiscard]] std::vector<Row> receive_calls();
[[nodiscard]] std::vector<Row> abort_calls();
[[nodiscard]] std::vector<Row> opening_calls();
[[nodiscard]] std::vector<Row> listen_arrivals();
[[nodiscard]] std::vector<Row> syn_sent_arrivals();
[[nodiscard]] std::vector<Row> syn_received_arrivals();
[[nodiscard]] std::vector<Row> new_incarnations();
[[nodiscard]] std::vector<Row> closed_arrivals();
[[nodiscard]] std::vector<Row> sequence_numbers();
[[nodiscard]] std::vector<Row> resets();
[[nodiscard]] std::vector<Row> syns();
[[nodiscard]] std::vector<Row> acknowledgments();
[[nodiscard]] std::vector<Row> acknowledgments_of_fins();
[[nodiscard]] std::vector<Row> texts();
[[nodiscard]] std::vector<Row> fins();
[[nodiscard]] std::vector<Row> delayed_acks();
[[nodiscard]] std::vector<Row> retransmissions();
[[nodiscard]] std::vector<Row> persisting();
[[nodiscard]] std::vector<Row> keepalives();
[[nodiscard]] std::vector<Row> waiting_ends();

/// All of them.
[[nodiscard]] std::vector<Row> all();

// --- Events -------------------------------------------------------------------------------------

/// A notation that is wrong fails at the row in which it stands.
[[nodiscard]] core::Event arrives(
    std::string_view notation, const std::source_location& where = std::source_location::current());
[[nodiscard]] core::Event calls(core::Call call);
[[nodiscard]] core::Event expires(core::Timer timer);

inline const core::Event closes = core::Call(core::Close{});
inline const core::Event shuts_write = core::Call(core::Shutdown{core::ShutdownHow::Write});
inline const core::Event shuts_read = core::Call(core::Shutdown{core::ShutdownHow::Read});
inline const core::Event shuts_both = core::Call(core::Shutdown{core::ShutdownHow::Both});
inline const core::Event sends_six = core::Call(core::SendOctets{6});
inline const core::Event receives = core::Call(core::ReceiveOctets{});
inline const core::Event aborts = core::Call(core::Abort{});
inline const core::Event connects = core::Call(core::Connect{});
inline const core::Event listens = core::Call(core::Listen{});

// --- Ends in more than a state -------------------------------------------------------------------

/// An end with something changed.
[[nodiscard]] core::Tcb with(core::Tcb tcb, const std::function<void(core::Tcb&)>& change);
[[nodiscard]] core::Tcb orphan(core::Tcb tcb);
/// After shutdown() for reading.
[[nodiscard]] core::Tcb read_shut(core::Tcb tcb);
/// So many octets of its window lie unread.
[[nodiscard]] core::Tcb unread(core::Tcb tcb, std::uint32_t octets);
[[nodiscard]] core::Tcb reset_to_report(core::Tcb tcb);
[[nodiscard]] core::Tcb window(core::Tcb tcb, std::uint32_t octets);
[[nodiscard]] core::Tcb peer_window(core::Tcb tcb, std::uint32_t octets);
/// Octets that SEND accepted wait to be sent.
[[nodiscard]] core::Tcb unsent(core::Tcb tcb, std::uint32_t octets);
/// Six octets are on their way, and before the FIN if there is one.
[[nodiscard]] core::Tcb sending(core::Tcb tcb);
/// CLOSE was called, and the FIN waits for a window.
[[nodiscard]] core::Tcb fin_waiting(core::Tcb tcb);
/// The peer's window is shut, and one octet of six has gone as a probe.
[[nodiscard]] core::Tcb probing(core::Tcb tcb);
/// Ten octets have come, and their ACK is held back.
[[nodiscard]] core::Tcb owing(core::Tcb tcb);
[[nodiscard]] core::Tcb timed(core::Tcb tcb, core::Timer timer);
/// A user timeout watches what is outstanding, which was handed over at 0.
[[nodiscard]] core::Tcb watched(core::Tcb tcb);
/// In SYN_RECEIVED after an active OPEN.
[[nodiscard]] core::Tcb active(core::Tcb tcb);

}  // namespace rows
