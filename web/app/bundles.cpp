#include "app/bundles.hpp"

#include "app/say.hpp"

#include <algorithm>
#include <iterator>
#include <utility>

namespace app {
namespace {

using core::Text;

/// The bundles of one side.
class Bundling {
 public:
  Bundling(const core::Timeline& timeline, const std::vector<Flight>& flights, core::Side side)
      : flights_(flights), steps_(static_cast<int>(timeline.steps.size())) {
    for (const core::Transmission& sent : timeline.segments) {
      const bool own_arrow = sent.of_network() || (sent.segment.flags.fin && !sent.repeated);
      if (sent.from == side && !own_arrow && flight(sent.number).leaves > 0) {
        insert_by_leaving(segments_, sent.number, flights);
      }
    }
    find_crowds();
  }

  std::vector<Bundle> take() {
    Bundle now;
    for (const int segment : segments_) {
      if (!in_crowd(flight(segment))) continue;
      if (!now.segments.empty() && !takes(now, flight(segment))) close(std::exchange(now, {}));
      add(now, segment);
    }
    close(std::move(now));
    return std::move(bundles_);
  }

 private:
  [[nodiscard]] const Flight& flight(int segment) const {
    return flights_[static_cast<std::size_t>(segment) - 1];
  }

  /// The row up to which a segment is on its way: the last one if it never ends.
  [[nodiscard]] int until(const Flight& flight) const { return flight.ends.value_or(steps_ + 1); }

  /// Counts for each row how many rows up to it have too many segments on their way.
  void find_crowds() {
    std::vector<int> change(static_cast<std::size_t>(steps_) + 2);
    for (const int segment : segments_) {
      ++change[static_cast<std::size_t>(flight(segment).leaves)];
      --change[static_cast<std::size_t>(until(flight(segment)))];
    }
    int on_their_way = 0;
    for (const int by : change) {
      on_their_way += by;
      crowded_.push_back((crowded_.empty() ? 0 : crowded_.back()) +
                         (on_their_way > most_apart ? 1 : 0));
    }
  }
  [[nodiscard]] bool in_crowd(const Flight& flight) const {
    return crowded_[static_cast<std::size_t>(until(flight)) - 1] >
           crowded_[static_cast<std::size_t>(flight.leaves) - 1];
  }

  [[nodiscard]] bool takes(const Bundle& bundle, const Flight& next) const {
    const Flight& first = flight(bundle.segments.front());
    const int quarter = (until(first) - first.leaves) / 4;
    if (next.leaves <= first.leaves + quarter) return true;
    return is_small(bundle) && next.leaves < until(first);
  }
  static bool is_small(const Bundle& bundle) {
    return static_cast<int>(bundle.segments.size()) <= most_apart;
  }
  void add(Bundle& bundle, int segment) const {
    const Flight& added = flight(segment);
    bundle.first_end = bundle.segments.empty() ? added.row_of_end()
                                               : std::min(bundle.first_end, added.row_of_end());
    bundle.segments.push_back(segment);
    bundle.last_leaves = added.leaves;
    bundle.ends = std::max(bundle.ends, added.row_of_end());
  }

  /// The last few of a crowd go with those before them.
  void close(Bundle bundle) {
    if (bundle.segments.empty()) return;
    if (!is_small(bundle)) {
      bundles_.push_back(std::move(bundle));
    } else if (!bundles_.empty()) {
      for (const int segment : bundle.segments) add(bundles_.back(), segment);
    }
  }

  const std::vector<Flight>& flights_;
  int steps_;
  std::vector<int> segments_;
  std::vector<int> crowded_;
  std::vector<Bundle> bundles_;
};

}  // namespace

std::vector<Bundle> bundles_of(const core::Timeline& timeline, const std::vector<Flight>& flights) {
  std::vector<Bundle> out;
  for (const core::Side side : {core::Side::Client, core::Side::Server}) {
    std::vector<Bundle> of_side = Bundling(timeline, flights, side).take();
    std::ranges::move(of_side, std::back_inserter(out));
  }
  return out;
}

BundleCount count(const Bundle& bundle, const core::Timeline& timeline, const RunFacts& facts,
                  int step) {
  BundleCount out;
  const int leader = bundle.segments.front();
  out.first = leader;
  out.first_leaves = facts.flight(leader).leaves;
  for (const int segment : bundle.segments) {
    const Flight& flight = facts.flight(segment);
    if (flight.leaves > step) break;
    out.last = segment;
    out.last_leaves = flight.leaves;
    out.first_end =
        out.sent == 0 ? flight.row_of_end() : std::min(out.first_end, flight.row_of_end());
    out.last_end = std::max(out.last_end, flight.row_of_end());
    ++out.sent;
    out.octets += timeline.segment(segment).segment.len;
    out.alike = out.alike && facts.words(segment).flags == facts.words(leader).flags;
    if (!flight.ends || *flight.ends > step) continue;
    out.arrived = std::max(out.arrived, *flight.ends);
    ++(flight.lost ? out.lost : out.delivered);
  }
  return out;
}

BundleWords words_of(const Bundle& bundle, const BundleCount& count, const core::Timeline& timeline,
                     const RunFacts& facts) {
  using enum Text;
  const int leader = bundle.segments.front();
  const core::Side from = timeline.segment(leader).from;
  const auto octets = [](std::int64_t n) {
    return Say(noun_octets).with("n", core::Grouped{n}).text();
  };
  const std::string what = Say(count.alike ? stage_bundle_alike : stage_bundle_segments)
                               .with("n", core::Grouped{count.sent})
                               .with("flags", facts.words(leader).flags)
                               .text();
  const int on_their_way = count.sent - count.delivered - count.lost;
  return {.numbers =
              Say(stage_bundle_numbers).with("first", count.first).with("last", count.last).text(),
          .what = what,
          .octets = count.octets > 0 ? octets(count.octets) : "",
          .lost = count.lost > 0
                      ? Say(stage_header_lost).with("lost", core::Grouped{count.lost}).text()
                      : "",
          .said = Say(stage_bundle_said)
                      .with("first", count.first)
                      .with("last", count.last)
                      .with("what", what)
                      .with("from", name_of(from))
                      .with("to", name_of(core::other(from)))
                      .with("octets", octets(count.octets))
                      .with("delivered", core::Grouped{count.delivered})
                      .with("on_their_way", core::Grouped{on_their_way})
                      .with("lost", core::Grouped{count.lost})
                      .text()};
}

}  // namespace app
