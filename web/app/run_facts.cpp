#include "app/run_facts.hpp"

#include "app/bundles.hpp"
#include "app/run_marks.hpp"
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

// --- Rows ---------------------------------------------------------------------------------------

/// A segment out of the network needs room above the row in which it arrives.
constexpr float network_room = 0.7F;
/// So does every line of notes but the first.
constexpr float line_room = 0.5F;
/// A wait from here on is folded, and has a row of its own.
constexpr core::Time long_wait_ms = 500;

bool out_of_network(const Row& row) {
  return std::ranges::any_of(row.marks, [](const Mark& mark) {
    const auto* arrow = std::get_if<ArrowMark>(&mark);
    return arrow != nullptr && arrow->of_network;
  });
}

int notes(const Row& row, core::Side side, NotePlace place) {
  return static_cast<int>(std::ranges::count_if(row.marks, [&](const Mark& mark) {
    const auto* note = std::get_if<Note>(&mark);
    return note != nullptr && note->side == side && note->place == place;
  }));
}

/// How many rows lie between a step and the next one. Notes below one badge and a call above the
/// next at the same end need more than one; so do two notes under each other.
float rows_between(const Row& row, const Row& next) {
  float rows = row.folded_after ? 2 : 1;
  if (out_of_network(next)) rows += network_room;
  int lines = 0;
  for (const core::Side side : {core::Side::Client, core::Side::Server}) {
    // There is one note above a badge at most, which alone needs no more room.
    lines =
        std::max(lines, notes(row, side, NotePlace::Below) + notes(next, side, NotePlace::Above));
  }
  return rows + line_room * static_cast<float>(std::max(0, lines - 1));
}

/// Playing leaves time to read: 170 words a minute.
float plays_ms(const core::StepText& step) {
  constexpr float character = 60;
  constexpr float least = 1'200;
  constexpr float most = 7'000;
  return std::clamp(character * static_cast<float>(core::characters(step.text)), least, most);
}

void count_segments(RunFacts& facts) {
  for (const Flight& flight : facts.flights) {
    if (!flight.ends) continue;
    Row& row = facts.rows[static_cast<std::size_t>(*flight.ends) - 1];
    ++row.past;
    row.lost += flight.lost ? 1 : 0;
    row.repeated += flight.repeated ? 1 : 0;
  }
  for (std::size_t i = 1; i < facts.rows.size(); ++i) {
    facts.rows[i].past += facts.rows[i - 1].past;
    facts.rows[i].lost += facts.rows[i - 1].lost;
    facts.rows[i].repeated += facts.rows[i - 1].repeated;
  }
}

void add_rows(const core::Timeline& timeline, RunFacts& facts) {
  for (const core::Step& step : timeline.steps) {
    Row& row = facts.rows.emplace_back();
    row.plays_ms = plays_ms(facts.steps[facts.rows.size() - 1]);
    row.marks = marks_of(timeline, step);
    std::erase_if(row.marks, [&](const Mark& mark) {
      const auto* arrow = std::get_if<ArrowMark>(&mark);
      return arrow != nullptr && !facts.has_arrow(arrow->segment);
    });
  }
  for (std::size_t i = 1; i < facts.rows.size(); ++i) {
    Row& before = facts.rows[i - 1];
    before.folded_after = timeline.steps[i].at - timeline.steps[i - 1].at >= long_wait_ms;
    facts.rows[i].depth = before.depth + rows_between(before, facts.rows[i]);
  }
  count_segments(facts);
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

/// The numbers of a segment, `seq` and `ack` as given: all of them, and in fewer words.
std::vector<std::string> values(const core::Segment& segment, const std::string& seq_number,
                                const std::string& ack_number) {
  const std::string seq = "seq=" + seq_number;
  const std::string ack = segment.flags.ack ? " ack=" + ack_number : "";
  const std::string len = segment.len > 0 ? " len=" + std::to_string(segment.len) : "";
  // The window of a reset means nothing.
  const bool shut = segment.wnd == 0 && !segment.flags.rst;
  const std::string wnd = shut ? " win=0" : "";
  const std::string whole = seq + ack + len + wnd;
  std::vector<std::string> out = {whole};
  for (const std::string& shorter : {seq + len + wnd, seq}) {
    if (shorter.size() < whole.size()) out.push_back(shorter + " …");
  }
  return out;
}

std::string flags_of(const core::Transmission& sent, const Flight& flight) {
  using enum core::Text;
  std::string flags =
      std::string(core::to_string(sent.segment.flags)) + (sent.incarnation > 1 ? "′" : "");
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

float RunFacts::depth(float step) const {
  const float at = std::clamp(step, 1.0F, static_cast<float>(rows.size()));
  const auto index = static_cast<std::size_t>(at) - 1;
  const float from = rows[index].depth;
  const float to = index + 1 < rows.size() ? rows[index + 1].depth : from;
  return from + (to - from) * (at - std::floor(at));
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
  }
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
