#include "fields.hpp"

#include <concepts>
#include <optional>

namespace fields {
namespace {

std::string text(std::integral auto number) {
  return std::to_string(number);
}

std::string text(bool yes) {
  return yes ? "yes" : "no";
}

std::string text(core::Seq seq) {
  return std::to_string(seq.value);
}

std::string text(core::State state) {
  return std::string(core::to_string(state));
}

std::string text(core::AckOwed owed) {
  switch (owed) {
    case core::AckOwed::No: return "no";
    case core::AckOwed::Later: return "later";
    case core::AckOwed::Now: return "now";
  }
  return {};
}

std::string text(const core::SequenceRange& range) {
  std::string out;
  if (range.syn) out += 'S';
  if (range.fin) out += 'F';
  out += text(range.seq);
  if (range.len > 0) out += '+' + text(range.len);
  if (range.stale) out += "(stale)";
  return out;
}

std::string text(const core::UserTimeoutMark& mark) {
  return text(mark.end) + '@' + text(mark.since);
}

std::string text(core::TimerSet timers) {
  std::string out;
  for (const core::Timer timer : core::all_timers) {
    if (timers.has(timer)) out += (out.empty() ? "" : ",") + std::string(core::to_string(timer));
  }
  return out.empty() ? "none" : out;
}

template <typename T>
std::string text(const std::optional<T>& value) {
  return value ? text(*value) : "none";
}

template <typename T>
std::string text(const std::vector<T>& values) {
  std::string out;
  for (const T& value : values) out += (out.empty() ? "" : ",") + text(value);
  return out.empty() ? "none" : out;
}

}  // namespace

std::vector<Field> of(const core::Tcb& tcb) {
  // A field that is added to Tcb stops this from compiling until it is listed here.
  const auto& [state, passive, chosen_iss, iss, snd_una, snd_nxt, snd_wnd, max_snd_wnd, snd_wl1,
               snd_wl2, unsent, fin_requested, fin, retransmission_queue, probe_due,
               user_timeout_marks, irs, rcv_nxt, rcv_wnd, out_of_order, unread, fin_received,
               ack_owed, acknowledged, timers, rto_ms, waited_ms, repeats, keepalive_probes,
               user_timeout_since, challenged_at, orphan, reads_at_once, read_shut,
               reset_to_report] = tcb;
  return {{"state", text(state)},
          {"passive", text(passive)},
          {"chosen_iss", text(chosen_iss)},
          {"iss", text(iss)},
          {"snd_una", text(snd_una)},
          {"snd_nxt", text(snd_nxt)},
          {"snd_wnd", text(snd_wnd)},
          {"max_snd_wnd", text(max_snd_wnd)},
          {"snd_wl1", text(snd_wl1)},
          {"snd_wl2", text(snd_wl2)},
          {"unsent", text(unsent)},
          {"fin_requested", text(fin_requested)},
          {"fin", text(fin)},
          {"queue", text(retransmission_queue)},
          {"probe_due", text(probe_due)},
          {"user_timeout_marks", text(user_timeout_marks)},
          {"irs", text(irs)},
          {"rcv_nxt", text(rcv_nxt)},
          {"rcv_wnd", text(rcv_wnd)},
          {"out_of_order", text(out_of_order)},
          {"unread", text(unread)},
          {"fin_received", text(fin_received)},
          {"ack_owed", text(ack_owed)},
          {"acknowledged", text(acknowledged)},
          {"timers", text(timers)},
          {"rto_ms", text(rto_ms)},
          {"waited_ms", text(waited_ms)},
          {"repeats", text(repeats)},
          {"keepalive_probes", text(keepalive_probes)},
          {"user_timeout_since", text(user_timeout_since)},
          {"challenged_at", text(challenged_at)},
          {"orphan", text(orphan)},
          {"reads_at_once", text(reads_at_once)},
          {"read_shut", text(read_shut)},
          {"reset_to_report", text(reset_to_report)}};
}

std::string changed(const std::vector<Field>& before, const std::vector<Field>& after) {
  std::string out;
  for (std::size_t i = 0; i < after.size(); ++i) {
    if (after[i] == before[i]) continue;
    out += (out.empty() ? "" : " ") + std::string(after[i].name) + '=' + after[i].value;
  }
  return out;
}

}  // namespace fields
