#include "app/run_facts.hpp"

#include "app/bundles.hpp"
#include "app/run_rows.hpp"
#include "app/say.hpp"
#include "core/base/text.hpp"

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <utility>

namespace app {
namespace {

std::vector<Flight> flights_of(const core::Timeline& timeline) {
  std::vector<Flight> out(timeline.segments.size());
  const auto of = [&](int number) -> Flight& { return out[static_cast<std::size_t>(number) - 1]; };
  const auto ends = [](Flight& flight, int step) {
    flight.ends = step;
    if (flight.leaves == 0) flight.leaves = step;
  };
  for (const core::Step& step : timeline.steps) {
    for (std::size_t i = step.records.first; i < step.records.last; ++i) {
      const auto& what = timeline.records[i].what;
      if (const auto* sent = std::get_if<core::Sent>(&what)) {
        of(sent->segment).leaves = step.number;
      } else if (const auto* received = std::get_if<core::Received>(&what)) {
        ends(of(received->segment), step.number);
      } else if (const auto* lost = std::get_if<core::Lost>(&what)) {
        ends(of(lost->segment), step.number);
        of(lost->segment).lost = true;
      }
    }
  }
  for (const core::Transmission& sent : timeline.segments) of(sent.number).repeated = sent.repeated;
  return out;
}

void add_bundles(const core::Timeline& timeline, RunFacts& facts) {
  facts.bundles = bundles_of(timeline, facts.flights);
  facts.in_bundle.resize(facts.flights.size());
  for (std::size_t i = 0; i < facts.bundles.size(); ++i) {
    for (const int segment : facts.bundles[i].segments) {
      facts.in_bundle[static_cast<std::size_t>(segment) - 1] = i + 1;
    }
  }
}

void sort_by_leaving(RunFacts& facts) {
  for (int segment = 1; segment <= static_cast<int>(facts.flights.size()); ++segment) {
    if (facts.has_arrow(segment)) insert_by_leaving(facts.by_leaving, segment, facts.flights);
  }
  int latest = 0;
  for (const int segment : facts.by_leaving) {
    latest = std::max(latest, facts.last_row(segment));
    facts.latest_ends.push_back(latest);
  }
}

/// What would end a state that lasts.
std::optional<core::Text> ends_with(const core::Endpoint& end) {
  using enum core::Text;
  if (!end.up) return std::nullopt;
  switch (end.tcb.state) {
    case core::State::Closed:
    case core::State::Listen: return std::nullopt;
    case core::State::SynSent:
    case core::State::SynReceived:
    case core::State::FinWait1:
    case core::State::Closing:
    case core::State::LastAck: return stage_open_until_ack;
    case core::State::FinWait2: return stage_open_until_fin;
    case core::State::Established:
    case core::State::CloseWait: return stage_open_until_close;
    case core::State::TimeWait: return stage_open_until_two_msl;
  }
  return std::nullopt;
}

/// An end without an application matters where a timer counts for it alone, or where data come for
/// which nobody is left.
bool about_orphans(const core::Timeline& timeline) {
  return std::ranges::any_of(timeline.steps, [&](const core::Step& step) {
    for (std::size_t i = step.records.first; i < step.records.last; ++i) {
      const core::Record& record = timeline.records[i];
      if (const auto* timer = std::get_if<core::TimerChanged>(&record.what)) {
        if (timer->change.timer == core::Timer::FinWait2) return true;
      } else if (const auto* received = std::get_if<core::Received>(&record.what)) {
        const core::Tcb& tcb =
            timeline.steps[static_cast<std::size_t>(step.number) - 2].world.at(record.side).tcb;
        if (tcb.orphan && timeline.segment(received->segment).segment.len > 0) return true;
      }
    }
    return false;
  });
}

/// The step in which an end first goes to FIN_WAIT_1.
int closes_actively(const core::Timeline& timeline, core::Side side) {
  for (const core::Step& step : timeline.steps) {
    for (std::size_t i = step.records.first; i < step.records.last; ++i) {
      const core::Record& record = timeline.records[i];
      const auto* changed = std::get_if<core::StateChanged>(&record.what);
      const bool closes = changed != nullptr && changed->to == core::State::FinWait1;
      if (closes && record.side == side) return step.number;
    }
  }
  return 0;
}

// --- Words along the arrows ---------------------------------------------------------------------

/// The sequence numbers from which one side's are counted: the first of the run, and that of each
/// connection it opens later.
struct Symbols {
  Symbols(const core::Start& start, const core::Timeline& timeline, core::Side side)
      : name(start.symbol), firsts{start.snd_nxt} {
    for (const core::Transmission& sent : timeline.segments) {
      const bool first = sent.from == side && sent.segment.flags.syn && !sent.of_network() &&
                         !sent.retransmission_of;
      if (first) firsts.push_back(sent.segment.seq);
    }
  }

  /// u, u+1: a number counted from the nearest first one; u′ is that of the next connection.
  [[nodiscard]] std::string operator()(core::Seq seq) const {
    if (name.empty()) return std::to_string(seq.value);
    const auto nearest = std::ranges::min_element(
        firsts, {}, [&](core::Seq first) { return std::abs(seq - first); });
    std::string out = name;
    for (auto before = firsts.begin(); before != nearest; ++before) out += "′";
    const std::int32_t distance = seq - *nearest;
    if (distance > 0) out += "+" + std::to_string(distance);
    if (distance < 0) out += "−" + std::to_string(-distance);
    return out;
  }

  std::string name;
  std::vector<core::Seq> firsts;
};

bool names_its_data(const core::Segment& segment) {
  return segment.len > 0 && segment.flags.ack;
}

/// The numbers of a segment, `seq` and `ack` as given: all of them, and in fewer words. Of data
/// that also acknowledge this is the place to say so.
std::vector<std::string> values(const core::Segment& segment, const std::string& seq_number,
                                const std::string& ack_number) {
  const std::string seq = "seq=" + seq_number;
  const std::string also = names_its_data(segment) ? "ACK " : "";
  const std::string ack = segment.flags.ack ? " ack=" + ack_number : "";
  // The window of a reset means nothing.
  const bool shut = segment.wnd == 0 && !segment.flags.rst;
  const std::string wnd = shut ? " win=0" : "";
  const std::string whole = also + seq + ack + wnd;
  std::vector<std::string> out = {whole};
  for (const std::string& shorter : {seq + wnd, seq}) {
    const std::string words = shorter + " …";
    if (shorter.size() < whole.size() && words != out.back()) out.push_back(words);
  }
  return out;
}

/// What a segment carries: its data, and the flags that do more than acknowledge.
std::string content_of(const core::Segment& segment) {
  if (segment.len == 0) return std::string(core::to_string(segment.flags));
  std::string bytes = Say(core::Text::stage_segment_bytes).with("n", segment.len).text();
  core::Flags others = segment.flags;
  others.ack = false;
  if (others == core::Flags{}) return bytes;
  return Say(core::Text::stage_segment_bytes_and)
      .with("bytes", bytes)
      .with("flags", core::to_string(others))
      .text();
}

std::string flags_of(const core::Transmission& sent, const Flight& flight) {
  using enum core::Text;
  std::string flags = content_of(sent.segment) + (sent.incarnation > 1 ? "′" : "");
  if (!sent.of_network() && !flight.repeated) return flags;
  const core::Text mark = sent.injected       ? stage_segment_injected
                          : sent.of_network() ? stage_segment_copy
                                              : stage_segment_again;
  return Say(mark).with("flags", flags).text();
}

core::Text fate_of(const core::Transmission& sent, const Flight& flight) {
  if (!flight.lost) return core::Text::stage_segment_delivered;
  return sent.fate == core::Fate::HostDown ? core::Text::stage_segment_host_down
                                           : core::Text::stage_segment_lost;
}

void add_words(const core::Run& run, const core::Timeline& timeline, RunFacts& facts) {
  const auto symbols_of = [&](core::Side side) {
    return Symbols(run.scenario.start[core::index(side)], timeline, side);
  };
  const std::array symbols = {symbols_of(core::Side::Client), symbols_of(core::Side::Server)};
  for (const core::Transmission& sent : timeline.segments) {
    const core::Segment& segment = sent.segment;
    const Flight& flight = facts.flight(sent.number);
    const Symbols& own = symbols[core::index(sent.from)];
    const Symbols& others = symbols[core::index(core::other(sent.from))];
    facts.segments.push_back({.flags = flags_of(sent, flight),
                              .symbols = values(segment, own(segment.seq), others(segment.ack)),
                              .numbers = values(segment, std::to_string(segment.seq.value),
                                                std::to_string(segment.ack.value)),
                              .fate = fate_of(sent, flight)});
  }
}

}  // namespace

void insert_by_leaving(std::vector<int>& segments, int segment,
                       const std::vector<Flight>& flights) {
  const auto leaves = [&](int of) { return flights[static_cast<std::size_t>(of) - 1].leaves; };
  segments.insert(std::ranges::upper_bound(segments, leaves(segment), {}, leaves), segment);
}

std::vector<int> RunFacts::arrows_between(int first, int last) const {
  const auto from = std::ranges::lower_bound(latest_ends, first) - latest_ends.begin();
  std::vector<int> out;
  for (auto at = by_leaving.begin() + from; at != by_leaving.end(); ++at) {
    if (flight(*at).leaves > last) break;
    if (last_row(*at) >= first) out.push_back(*at);
  }
  return out;
}

RunFacts facts_of(const core::Run& run, const core::Timeline& timeline) {
  RunFacts facts;
  facts.flights = flights_of(timeline);
  add_bundles(timeline, facts);
  sort_by_leaving(facts);
  facts.steps = core::step_texts(run.scenario, timeline);
  add_rows(timeline, facts);
  for (const core::Side side : {core::Side::Client, core::Side::Server}) {
    facts.closes_actively[core::index(side)] = closes_actively(timeline, side);
    facts.stays_until[core::index(side)] = ends_with(timeline.steps.back().world.at(side));
  }
  facts.about_orphans = about_orphans(timeline);
  add_words(run, timeline, facts);
  return facts;
}

core::Text name_of(core::Side side) {
  return side == core::Side::Client ? core::Text::side_client : core::Text::side_server;
}

std::string sentence_of(const core::Transmission& sent, const SegmentWords& words,
                        bool real_numbers, bool on_its_way) {
  using enum core::Text;
  const core::Text sentence = sent.incarnation == 1  ? stage_segment_said
                              : sent.incarnation < 1 ? stage_segment_said_older
                                                     : stage_segment_said_connection;
  return Say(sentence)
      .with("number", sent.number)
      .with("flags", words.flags)
      .with("from", name_of(sent.from))
      .with("to", name_of(core::other(sent.from)))
      .with("values", words.values(real_numbers).front())
      .with("connection", sent.incarnation)
      .with("fate", on_its_way ? stage_segment_on_its_way : words.fate)
      .text();
}

}  // namespace app
