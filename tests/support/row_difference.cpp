// A row against what happened: its expectation is taken apart, the next Tcb is worked out from it
// by the rules that stand at rows::Row, and every difference is said.
#include "fields.hpp"
#include "rows.hpp"

#include <algorithm>
#include <charconv>
#include <optional>
#include <ranges>
#include <utility>

namespace rows {
namespace {

using core::Tcb;

/// What a row expects, taken apart.
struct Expectation {
  core::State state = core::State::Closed;
  std::uint32_t delivered = 0;  ///< by RECEIVE
  std::vector<core::Signal> signals;
  std::vector<core::TimerChange> timers;
  std::vector<core::Segment> sent;
  bool anew = false;
  std::vector<fields::Field> changed;
  std::string problem;  ///< the words that have no meaning here
};

std::vector<std::string> split(std::string_view text, std::string_view separator) {
  std::vector<std::string> out;
  for (const auto part : std::views::split(text, separator)) {
    out.emplace_back(part.begin(), part.end());
  }
  return out;
}

/// The enumerator that ends::text() writes so.
template <typename E>
std::optional<E> read(std::string_view words) {
  for (const E one : core::all_of<E>) {
    if (ends::text(one) == words) return one;
  }
  return std::nullopt;
}

std::optional<std::uint32_t> read_number(std::string_view text) {
  std::uint32_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  return value;
}

/// "start retransmission 1000", "stop time-wait"
std::optional<core::TimerChange> read_timer(std::string_view text) {
  const std::vector<std::string> words = split(text, " ");
  if (words.size() < 2) return std::nullopt;
  const auto what = core::from_string<core::TimerAction>(words[0]);
  const auto timer = read<core::Timer>(words[1]);
  if (!what || !timer) return std::nullopt;
  const auto after = words.size() == 3 ? read_number(words[2]) : std::optional<std::uint32_t>(0);
  if (!after) return std::nullopt;
  const core::TimerChange change{*timer, *what, *after};
  return ends::text(change) == text ? std::optional(change) : std::nullopt;
}

/// "FIN_WAIT_1 ok", "ESTABLISHED accepted", "CLOSED": the state, and how the event was answered.
bool read_answer(std::string_view text, const core::Event& event, Expectation& out) {
  const std::size_t space = std::min(text.find(' '), text.size());
  const auto state = core::from_string<core::State>(text.substr(0, space));
  if (!state) return false;
  out.state = *state;
  std::string_view answer = text.substr(space);
  if (std::holds_alternative<core::Timeout>(event)) return answer.empty();
  if (answer.empty()) return false;
  answer.remove_prefix(1);
  if (std::holds_alternative<core::Arrival>(event)) return read<core::Verdict>(answer).has_value();
  if (answer.starts_with("ok ")) {
    const auto octets = read_number(answer.substr(3));
    out.delivered = octets.value_or(0);
    return octets.has_value();
  }
  return read<core::CallResult>(answer).has_value();
}

bool read_item(std::string_view item, std::uint32_t rcv_wnd, Expectation& out) {
  if (item.starts_with("signal ")) {
    const auto signal = read<core::Signal>(item.substr(7));
    if (signal) out.signals.push_back(*signal);
    return signal.has_value();
  }
  if (const auto change = read_timer(item)) {
    out.timers.push_back(*change);
    return true;
  }
  const auto segment = ends::read_segment(item, rcv_wnd);
  if (segment) out.sent.push_back(*segment);
  return segment.has_value();
}

std::string quoted(std::string_view text) {
  return '"' + std::string(text) + '"';
}

Expectation read(const Row& row) {
  Expectation out;
  const std::size_t bar = std::min(row.expected.find(" | "), row.expected.size());
  const std::vector<std::string> items = split(row.expected.substr(0, bar), "; ");
  if (!read_answer(items.front(), row.event, out)) out.problem = quoted(items.front());
  for (const std::string& item : items | std::views::drop(1)) {
    if (!read_item(item, row.before.rcv_wnd, out)) out.problem = quoted(item);
  }
  if (bar == row.expected.size()) return out;
  std::vector<std::string> words = split(row.expected.substr(bar + 3), " ");
  if (words.front() == "anew") {
    out.anew = true;
    words.erase(words.begin());
  }
  const std::vector<fields::Field> known = fields::of(row.before);
  for (const std::string& word : words) {
    const std::size_t sign = word.find('=');
    const auto field = std::ranges::find(known, word.substr(0, sign), &fields::Field::name);
    if (sign == std::string::npos || field == known.end()) {
      out.problem = quoted(word);
    } else {
      out.changed.push_back({field->name, word.substr(sign + 1)});
    }
  }
  return out;
}

/// What follows for the numbers from a segment that leaves.
void leaves(const core::Segment& segment, Tcb& tcb) {
  if (segment.flags.rst) return;
  if (segment.flags.ack) {
    tcb.acknowledged = segment.ack;
    tcb.ack_owed = core::AckOwed::No;
  }
  auto& queue = tcb.retransmission_queue;
  if (segment.flags.syn && queue.empty()) tcb.iss = tcb.snd_una = tcb.snd_nxt = segment.seq;
  if (segment.length() == 0 || segment.end() <= tcb.snd_nxt) return;
  const core::SequenceRange range{
      .seq = segment.seq, .len = segment.len, .syn = segment.flags.syn, .fin = segment.flags.fin};
  std::uint32_t sent_before = 0;
  if (!queue.empty() && queue.back().seq == segment.seq) {
    sent_before = queue.back().len;
    queue.pop_back();
  }
  queue.push_back(range);
  tcb.unsent -= std::min(tcb.unsent, segment.len - sent_before);
  tcb.snd_nxt = segment.end();
  if (segment.flags.fin) tcb.fin = segment.end() - 1;
}

/// The next Tcb, as far as it follows from the words before the bar.
Tcb follows(const Row& row, const Expectation& expected) {
  Tcb tcb = row.before;
  if (expected.anew) {
    tcb = {};
    tcb.rcv_wnd = row.before.rcv_wnd + row.before.unread;
    tcb.reads_at_once = row.before.reads_at_once;
    tcb.snd_wnd = row.before.snd_wnd;
    tcb.rto_ms = row.policy.rto_ms;
  }
  tcb.state = expected.state;
  if (const auto* timeout = std::get_if<core::Timeout>(&row.event)) {
    tcb.timers.remove(timeout->timer);
  }
  for (const core::TimerChange& change : expected.timers) {
    if (change.what == core::TimerAction::Stop) {
      tcb.timers.remove(change.timer);
      continue;
    }
    tcb.timers.add(change.timer);
    const bool by_rto =
        change.timer == core::Timer::Retransmission || change.timer == core::Timer::Persist;
    if (by_rto) tcb.rto_ms = change.after_ms;
  }
  for (const core::Signal signal : expected.signals) {
    if (signal == core::Signal::ConnectionReset || signal == core::Signal::ConnectionRefused) {
      tcb.reset_to_report = true;
    }
  }
  if (const auto* call = std::get_if<core::Call>(&row.event)) {
    const auto* send = std::get_if<core::SendOctets>(call);
    const bool ok = row.expected.starts_with(std::string(to_string(expected.state)) + " ok");
    if (send != nullptr && ok) tcb.unsent += send->octets;
    tcb.unread -= expected.delivered;
    tcb.rcv_wnd += expected.delivered;
  }
  for (const core::Segment& segment : expected.sent) leaves(segment, tcb);
  if (tcb.state == core::State::Closed) {
    tcb.retransmission_queue.clear();
    tcb.user_timeout_marks.clear();
    tcb.out_of_order.clear();
    tcb.unsent = 0;
    tcb.ack_owed = core::AckOwed::No;
  }
  return tcb;
}

std::string text(const core::Event& event) {
  if (const auto* arrival = std::get_if<core::Arrival>(&event)) {
    return "arrival of " + ends::text(arrival->segment, 2000);
  }
  if (const auto* timeout = std::get_if<core::Timeout>(&event)) {
    return "timeout of " + ends::text(timeout->timer);
  }
  const auto& call = std::get<core::Call>(event);
  std::string out = "call of " + std::string(to_string(call));
  if (const auto* send = std::get_if<core::SendOctets>(&call)) {
    out += ' ' + std::to_string(send->octets);
  }
  if (const auto* receive = std::get_if<core::ReceiveOctets>(&call); receive && receive->octets) {
    out += ' ' + std::to_string(*receive->octets);
  }
  if (const auto* shutdown = std::get_if<core::Shutdown>(&call)) {
    out += ' ' + std::string(to_string(shutdown->how));
  }
  return out;
}

/// How the row goes, step by step.
std::string steps(const Row& row, const ends::Told& told) {
  const auto state = core::to_string(row.before.state);
  const std::vector<fields::Field> plain = fields::of(ends::in(row.before.state));
  const std::vector<fields::Field> before = fields::of(row.before);
  const std::vector<fields::Field> first = fields::of(told.first);
  const std::vector<fields::Field> then = fields::of(told.tcb);
  return std::string("\n  before    ") + std::string(state) + "  | " +
         fields::changed(plain, before) + "\n  event     " + text(row.event) + "\n  step      " +
         told.first_text + "  | " + fields::changed(before, first) + "\n  transmit  " +
         told.then_text + "  | " + fields::changed(first, then);
}

/// Which fields are not as the row says.
std::string field_differences(const Row& row, const Expectation& expected, const Tcb& found) {
  std::string out;
  std::vector<fields::Field> next = fields::of(follows(row, expected));
  const std::vector<fields::Field> real = fields::of(found);
  const std::string suggestion = fields::changed(next, real);
  for (const fields::Field& named : expected.changed) {
    const auto field = std::ranges::find(next, named.name, &fields::Field::name);
    if (field->value == named.value) {
      out += "\n  " + std::string(named.name) + " need not be named, for it is " + named.value;
    }
    field->value = named.value;
  }
  for (std::size_t i = 0; i < next.size(); ++i) {
    if (next[i] == real[i]) continue;
    out += "\n  " + std::string(next[i].name) + ": expected " + next[i].value + ", found " +
           real[i].value;
  }
  if (!out.empty()) out += "\n  all that changes beside the words: | " + suggestion;
  return out;
}

}  // namespace

std::string difference(const Row& row, const ends::Told& told) {
  const Expectation expected = read(row);
  std::string out;
  if (!expected.problem.empty()) out += "\n  not understood: " + expected.problem;
  const std::string words = row.expected.substr(0, row.expected.find(" | "));
  if (words != told.text)
    out += "\n  words: expected " + words + "\n         found    " + told.text;
  const std::string_view numbers = std::string_view(row.name).substr(0, row.name.find(' '));
  const std::string_view rule = numbers.substr(numbers.find('=') + 1);
  if (rule != to_string(told.rule)) {
    out +=
        "\n  rule: expected " + std::string(rule) + ", found " + std::string(to_string(told.rule));
  }
  out += field_differences(row, expected, told.tcb);
  if (out.empty()) return {};
  return std::string(row.where.file_name()) + ':' + std::to_string(row.where.line()) + ": \"" +
         row.name + '"' + steps(row, told) + out;
}

}  // namespace rows
