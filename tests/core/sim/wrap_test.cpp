// Sequence numbers wrap at 2^32, and nothing depends on where they begin: each scenario with both
// ends' numbers moved gives the same run, moved.
#include "every_run.hpp"
#include "runs.hpp"

#include "core/output/report.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <array>
#include <vector>

namespace {

using core::Side;

/// How far each end's numbers are moved, by side.
using Shift = std::array<std::uint32_t, 2>;

std::uint32_t of(const Shift& shift, Side side) {
  return shift[core::index(side)];
}

/// A sum of numbers alone is moved; one with a variable in it moves with that.
void move(core::SeqSum& sum, std::uint32_t by) {
  for (const core::SeqSum::Term& term : sum.terms) {
    if (std::holds_alternative<core::Variable>(term.what)) return;
  }
  if (!sum.terms.empty()) sum.terms.push_back({by});
}

void move(core::Entry& entry, const Shift& shift) {
  if (auto* fault = std::get_if<core::Fault>(&entry.what)) {
    auto* key = std::get_if<core::SegmentKey>(&fault->segment);
    if (key != nullptr) key->seq = key->seq + of(shift, key->from);
    return;
  }
  auto& action = std::get<core::Action>(entry.what);
  const std::uint32_t own = of(shift, action.side);
  if (auto* injection = std::get_if<core::Injection>(&action.what)) {
    move(injection->seq, of(shift, core::other(action.side)));
    move(injection->ack, own);
  }
  if (auto* call = std::get_if<core::Call>(&action.what)) {
    if (auto* connect = std::get_if<core::Connect>(call); connect != nullptr && connect->iss) {
      connect->iss = *connect->iss + own;
    }
    if (auto* listen = std::get_if<core::Listen>(call); listen != nullptr && listen->iss) {
      listen->iss = *listen->iss + own;
    }
  }
}

core::Run moved(core::Run run, const Shift& shift) {
  for (const Side side : runs::sides) {
    core::Start& start = run.scenario.start[core::index(side)];
    start.snd_nxt = start.snd_nxt + of(shift, side);
    if (start.snd_una) start.snd_una = *start.snd_una + of(shift, side);
    start.rcv_nxt = start.rcv_nxt + of(shift, core::other(side));
  }
  for (core::Entry& entry : run.scenario.script) move(entry, shift);
  for (core::Entry& entry : run.edits) move(entry, shift);
  return run;
}

/// The report without the sentences, of segments moved back.
std::string report(const core::Run& run, core::Timeline timeline, const Shift& shift) {
  for (core::Transmission& sent : timeline.segments) {
    core::Segment& segment = sent.segment;
    segment.seq = segment.seq - of(shift, sent.from);
    if (segment.flags.ack) segment.ack = segment.ack - of(shift, core::other(sent.from));
  }
  std::string out;
  std::string_view rest;
  const std::string whole = core::report(run, timeline);
  for (rest = whole; !rest.empty();) {
    const std::size_t words = std::min(rest.find(R"("title":")"), rest.size());
    out += rest.substr(0, words);
    rest.remove_prefix(words);
    rest.remove_prefix(std::min(rest.find(R"("client":")"), rest.size()));
  }
  return out;
}

/// Moves that make numbers wrap during a run, for ends that begin at `client` and `server`.
std::vector<Shift> shifts(std::uint32_t client, std::uint32_t server) {
  std::vector<Shift> out;
  // The first number sent is the last one, the second but last, …; or the window alone wraps.
  for (const std::uint32_t before : {1U, 2U, 3U, 60U, 150U, 999U}) {
    out.push_back({0U - before - client, 0U - server + 5'000});
    out.push_back({0U - client + 5'000, 0U - before - server});
    out.push_back({0U - before - client, 0U - before - server});
  }
  out.push_back({0x7fff'ffffU - client, 0x8000'0000U - server});
  return out;
}

/// A host that goes down, or a connection that is opened.
bool forgets(const core::Entry& entry) {
  const auto* action = std::get_if<core::Action>(&entry.what);
  if (action == nullptr) return false;
  const auto* call = std::get_if<core::Call>(&action->what);
  if (call == nullptr) return std::holds_alternative<core::Crash>(action->what);
  return std::holds_alternative<core::Connect>(*call) ||
         std::holds_alternative<core::Listen>(*call);
}

std::string plain(const core::Run& run, const core::Timeline& timeline) {
  return report(run, timeline, {0, 0});
}

}  // namespace

TEST_CASE("a scenario whose numbers wrap is the same run") {
  for (const core::CatalogueFile& file : core::catalogue()) {
    const core::Run run = runs::of(file.id());
    const auto& start = run.scenario.start;
    const std::string here = plain(run, core::simulate(run));
    for (const Shift& shift : shifts(start[0].snd_nxt.value, start[1].snd_nxt.value)) {
      CAPTURE(file.name);
      CAPTURE(shift[0]);
      CAPTURE(shift[1]);
      const core::Timeline there = core::simulate(moved(run, shift));
      const bool same = report(run, there, shift) == here;
      CHECK(same);
    }
  }
}

TEST_CASE("laws: every run with a mishap is the same when its numbers wrap") {
  int count = 0;
  std::string first;
  runs::for_every_run([&](const runs::Played& played) {
    // The reset that answers a segment without ACK has number 0, wherever numbers begin, and what
    // that is to the peer depends on where they do.
    const auto zero = [](const core::Transmission& sent) {
      const core::Segment& segment = sent.segment;
      return segment.flags.rst && segment.flags.ack && segment.seq == core::Seq{0};
    };
    if (std::ranges::any_of(played.timeline.segments, zero)) return;
    // Whoever knows nothing begins with numbers that do not move.
    const bool random = played.name.starts_with("random");
    if (random && std::ranges::any_of(played.run.scenario.script, forgets)) return;
    // And by other profiles it wraps alike.
    if (runs::is_meddled(played.run) || played.run.knobs.profile) return;
    if (played.timeline.ended == core::Ended::Limit) return;
    const auto& start = played.run.scenario.start;
    const Shift shift = {0U - 1 - start[0].snd_nxt.value, 0U - 1 - start[1].snd_nxt.value};
    const core::Timeline there = core::simulate(moved(played.run, shift));
    if (report(played.run, there, shift) == plain(played.run, played.timeline)) return;
    if (count++ == 0) first = played.name;
  });
  CAPTURE(first);
  CHECK(count == 0);
}
