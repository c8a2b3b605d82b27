#include "compare.hpp"

#include <algorithm>
#include <cmath>

namespace kernel {
namespace {

constexpr std::array<core::Side, 2> both_sides = {core::Side::Client, core::Side::Server};

std::string owner(core::Side side) {
  return std::string(core::to_string(side));
}

std::string segment_text(core::Side from, const core::Segment& segment) {
  std::string out = owner(from) + " " + std::string(core::to_string(segment.flags)) +
                    " SEQ=" + std::to_string(segment.seq.value);
  if (segment.flags.ack) out += " ACK=" + std::to_string(segment.ack.value);
  if (segment.len > 0) out += " DATA=" + std::to_string(segment.len);
  return out;
}

std::string marks(bool lost, bool injected, const std::optional<int>& copy_of) {
  return std::string(lost ? " lost" : "") + (injected ? " injected" : "") +
         (copy_of ? " copy of " + std::to_string(*copy_of) : std::string());
}

std::string text_of(const Seen& seen) {
  return segment_text(seen.from, seen.segment) + marks(seen.lost, seen.injected, seen.copy_of);
}

std::string text_of(const core::Transmission& sent) {
  return segment_text(sent.from, sent.segment) +
         marks(sent.fate == core::Fate::Dropped, sent.injected, sent.duplicate_of);
}

void compare_times(std::string what, double recorded, core::Time engine, Comparison& out) {
  if (std::abs(recorded - static_cast<double>(engine)) < prompt_ms) return;
  out.late.push_back({std::move(what), recorded, engine});
}

void compare_segments(const Recording& recording, const core::Timeline& timeline, Comparison& out) {
  const std::size_t count = std::max(recording.segments.size(), timeline.segments.size());
  for (std::size_t i = 0; i < count; ++i) {
    Line line{.what = "segment " + std::to_string(i + 1), .recorded = {}, .engine = {}};
    if (i < recording.segments.size()) line.recorded = text_of(recording.segments[i]);
    if (i < timeline.segments.size()) line.engine = text_of(timeline.segments[i]);
    if (line.same()) {
      const Seen& seen = recording.segments[i];
      const core::Transmission& sent = timeline.segments[i];
      const double at = seen.sent_ms.value_or(seen.arrived_ms.value_or(0));
      compare_times(line.what, at, sent.sent_at, out);
    }
    out.lines.push_back(std::move(line));
  }
}

struct EngineEntered {
  core::State state = core::State::Closed;
  core::Time at = 0;
};

std::vector<EngineEntered> states_of(const core::Timeline& timeline, core::Side side) {
  std::vector<EngineEntered> out;
  for (const core::Record& record : timeline.records) {
    const auto* changed = std::get_if<core::StateChanged>(&record.what);
    if (changed != nullptr && record.side == side) out.push_back({changed->to, record.at});
  }
  return out;
}

void append(std::string& list, std::string_view word) {
  if (!list.empty()) list += ' ';
  list += word;
}

void compare_states(const Recording& recording, const core::Timeline& timeline, core::Side side,
                    Comparison& out) {
  const std::vector<Entered>& real = recording.states[core::index(side)];
  const std::vector<EngineEntered> engine = states_of(timeline, side);
  Line line{.what = owner(side) + "'s states", .recorded = {}, .engine = {}};
  for (const Entered& entered : real) append(line.recorded, core::to_string(entered.state));
  for (const EngineEntered& entered : engine) append(line.engine, core::to_string(entered.state));
  if (line.same()) {
    for (std::size_t i = 0; i < real.size(); ++i) {
      compare_times(owner(side) + " " + std::string(core::to_string(real[i].state)), real[i].at_ms,
                    engine[i].at, out);
    }
  }
  out.lines.push_back(std::move(line));
}

bool is_signal(std::string_view result) {
  static constexpr std::array told = {core::Signal::Eof, core::Signal::ConnectionReset,
                                      core::Signal::ConnectionRefused, core::Signal::TimedOut};
  return std::ranges::find(told, result, [](core::Signal one) { return core::to_string(one); }) !=
         told.end();
}

/// What waiting in recv() or poll() tells of the connection: for an application that reads at once;
/// what another learns, depends on when it asks. No call of a real system tells that a graceful
/// close is complete, so that the engine's signal `closed` is left out.
void compare_told(const Recording& recording, const core::Timeline& timeline, core::Side side,
                  Comparison& out) {
  if (!recording.scenario.start[core::index(side)].reads_at_once) return;
  Line line{.what = owner(side) + " is told", .recorded = {}, .engine = {}};
  for (const Performed& call : recording.calls) {
    const bool heard = call.side == side && (call.call == "recv" || call.call == "poll");
    if (heard && is_signal(call.result)) append(line.recorded, call.result);
  }
  for (const core::Record& record : timeline.records) {
    const auto* signalled = std::get_if<core::Signalled>(&record.what);
    if (signalled == nullptr || record.side != side) continue;
    if (signalled->signal != core::Signal::Closed)
      append(line.engine, core::to_string(signalled->signal));
  }
  out.lines.push_back(std::move(line));
}

/// Whether send() was taken or refused; the errors' names are each system's own.
void compare_sends(const Recording& recording, const core::Timeline& timeline, Comparison& out) {
  std::vector<Line> lines;
  for (const Performed& call : recording.calls) {
    if (!call.call.starts_with("send")) continue;
    lines.push_back(
        {owner(call.side) + " " + call.call, call.result == "ok" ? "taken" : "refused", {}});
  }
  std::size_t next = 0;
  for (const core::Record& record : timeline.records) {
    const auto* called = std::get_if<core::Called>(&record.what);
    if (called == nullptr || !std::holds_alternative<core::SendOctets>(called->call)) continue;
    if (next == lines.size()) lines.push_back({owner(record.side) + " send", {}, {}});
    lines[next++].engine = called->result == core::CallResult::Ok ? "taken" : "refused";
  }
  for (Line& line : lines) out.lines.push_back(std::move(line));
}

}  // namespace

bool Comparison::same() const {
  return std::ranges::all_of(lines, &Line::same);
}

Comparison compare(const Recording& recording, const core::Timeline& timeline) {
  Comparison out;
  compare_segments(recording, timeline, out);
  for (const core::Side side : both_sides) compare_states(recording, timeline, side, out);
  for (const core::Side side : both_sides) compare_told(recording, timeline, side, out);
  compare_sends(recording, timeline, out);
  return out;
}

std::string text(const Comparison& comparison) {
  std::string out;
  for (const Line& line : comparison.lines) {
    const bool nothing = line.recorded.empty() && line.engine.empty();
    out += std::string(line.same() ? "ok         " : "different  ") + line.what + ": " +
           (nothing ? "nothing" : line.recorded) + "\n";
    if (!line.same()) out += "           engine: " + line.engine + "\n";
  }
  for (const Late& late : comparison.late) {
    out += "time       " + late.what + ": at " + std::to_string(std::lround(late.recorded_ms)) +
           " ms, in the engine at " + std::to_string(late.engine_ms) + " ms\n";
  }
  return out;
}

}  // namespace kernel
