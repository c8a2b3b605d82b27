#include "core/tcp/state_table.hpp"

#include <array>
#include <cstddef>

namespace core {
namespace {

using enum CallKind;

/// Both directions may still be used.
constexpr CallSet open = {Send, Receive, Close, Shutdown, Abort};
/// CLOSE was called, and the peer may still send.
constexpr CallSet half_closed = {Receive, Close, Shutdown, Abort};
/// Both ends have closed. Close() after a half-close still gives the descriptor up.
constexpr CallSet finished = {Close, Shutdown, Abort};

constexpr std::array<StateFacts, all_states.size()> table = {{
    {.state = State::Closed, .may_last = true, .calls = {Connect, Listen}},
    {.state = State::Listen,
     .may_last = true,
     .calls = {Connect, Send, Receive, Close, Shutdown, Abort}},
    {.state = State::SynSent, .may_last = false, .calls = open},
    {.state = State::SynReceived, .may_last = false, .calls = open},
    {.state = State::Established, .may_last = true, .calls = open},
    {.state = State::FinWait1, .may_last = false, .calls = half_closed},
    {.state = State::FinWait2, .may_last = true, .calls = half_closed},
    {.state = State::CloseWait, .may_last = true, .calls = open},
    {.state = State::Closing, .may_last = false, .calls = finished},
    {.state = State::LastAck, .may_last = false, .calls = finished},
    {.state = State::TimeWait, .may_last = false, .calls = {Connect, Close, Shutdown, Abort}},
}};

static_assert([] {
  for (std::size_t i = 0; i < table.size(); ++i) {
    if (table[i].state != all_states[i]) return false;
  }
  return true;
}());

/// Whether nothing is left of a call where the application has ended sending.
bool needs_sending(const Tcb& tcb, const Call& call) {
  if (std::holds_alternative<SendOctets>(call)) return true;
  const auto* shutdown = std::get_if<core::Shutdown>(&call);
  if (shutdown == nullptr) return false;
  switch (shutdown->how) {
    case ShutdownHow::Write: return true;
    case ShutdownHow::Read: return false;
    case ShutdownHow::Both: return tcb.read_shut;
  }
  return false;
}

}  // namespace

const StateFacts& facts(State state) {
  return table[static_cast<std::size_t>(state)];
}

std::optional<Refusal> refusal(const Tcb& tcb, const Call& call) {
  using enum CallKind;
  const CallKind what = kind(call);
  if (what == Connect || what == Listen) {
    if (facts(tcb.state).calls.has(what)) return std::nullopt;
    return Refusal::ConnectionExists;
  }
  // D11: what has been received is delivered in every state.
  if (what == Receive && tcb.unread > 0 && !tcb.orphan) return std::nullopt;
  if (tcb.state == State::Closed) return Refusal::NoConnection;
  if (what == Abort) return std::nullopt;
  if (tcb.orphan) return Refusal::DescriptorClosed;
  if (tcb.fin_requested && needs_sending(tcb, call)) return Refusal::SendingEnded;
  if (what == Receive && both_closed(tcb.state) && !tcb.read_shut) return Refusal::PeerFinished;
  return std::nullopt;
}

}  // namespace core
