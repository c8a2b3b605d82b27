#include "app/bundles.hpp"

#include "core/scenario/catalogue.hpp"
#include "runs.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <string>
#include <vector>

namespace {

struct Shown {
  explicit Shown(core::Run from)
      : run(std::move(from)), timeline(core::simulate(run)), facts(app::facts_of(run, timeline)) {}

  [[nodiscard]] app::BundleCount count(std::size_t bundle, int step) const {
    return app::count(facts.bundles.at(bundle), timeline, facts, step);
  }
  [[nodiscard]] app::BundleWords words(std::size_t bundle, int step) const {
    return app::words_of(facts.bundles.at(bundle), count(bundle, step), timeline, facts);
  }
  [[nodiscard]] int steps() const { return static_cast<int>(timeline.steps.size()); }

  core::Run run;
  core::Timeline timeline;
  app::RunFacts facts;
};

/// Segments of one byte each, so many at once, and what else the script has.
Shown burst(int segments, const std::string& more = "") {
  return Shown(runs::written(
      R"("policy": {"mss": 1}, "client": {"rcv_wnd": 65535}, "server": {"rcv_wnd": 65535},
      "script": [{"at_ms": 10, "side": "client", "do": "send", "bytes": )" +
      std::to_string(segments) + "}" + more + "]"));
}

/// One byte each millisecond, with a delay of 200 ms.
Shown stream() {
  std::string script;
  for (int i = 0; i < 400; ++i) {
    script += std::string(i == 0 ? "" : ",") + R"({"at_ms": )" + std::to_string(10 + i) +
              R"(, "side": "client", "do": "send", "bytes": 1})";
  }
  return Shown(runs::written(R"("network": {"delay_ms": 200}, "script": [)" + script + "]"));
}

/// The arrows of a row: how many of them begin in it.
int arrows_in(const Shown& shown, int step) {
  return static_cast<int>(std::ranges::count_if(
      shown.facts.row(step).marks,
      [](const app::Mark& mark) { return std::holds_alternative<app::ArrowMark>(mark); }));
}

}  // namespace

TEST_CASE("as many segments as can be told apart have arrows, and one more makes a bundle") {
  const Shown apart = burst(app::most_apart);
  CHECK(apart.facts.bundles.empty());
  CHECK(arrows_in(apart, 2) == app::most_apart);
  const Shown together = burst(app::most_apart + 1);
  REQUIRE(together.facts.bundles.size() == 1);
  CHECK(together.facts.bundles[0].segments.size() == app::most_apart + 1);
  CHECK(arrows_in(together, 2) == 1);
  CHECK(together.facts.has_arrow(1));
  CHECK_FALSE(together.facts.has_arrow(2));
  CHECK(together.facts.bundle(2) == together.facts.bundles.data());
}

TEST_CASE(
    "1,900 segments that leave at once are one arrow, with their number and what they carry") {
  const Shown shown = burst(1900);
  REQUIRE(shown.facts.bundles.size() == 1);
  CHECK(arrows_in(shown, 2) == 1);
  const app::BundleCount count = shown.count(0, 2);
  CHECK(count.sent == 1900);
  CHECK(count.octets == 1900);
  CHECK(count.delivered == 0);
  const app::BundleWords words = shown.words(0, 2);
  CHECK(words.numbers == "1–1900");
  CHECK(words.what == "1,900 × 1 byte");
  CHECK(words.octets == "1,900 bytes");
  CHECK(words.lost.empty());
  CHECK(words.said ==
        "Segments 1 to 1900: 1,900 × 1 byte from Client to Server, 1,900 bytes, 0 delivered, 1,900 "
        "on their way, 0 lost");
}

TEST_CASE("what has become of a bundle is counted step by step, the lost ones too") {
  std::string faults;
  for (const int number : {1, 8, 20}) {
    faults += R"(, {"fault": "drop", "segment": {"number": )" + std::to_string(number) + "}}";
  }
  const Shown shown = burst(20, faults);
  REQUIRE_FALSE(shown.facts.bundles.empty());
  int lost = 0;
  int delivered = 0;
  for (int step = 2; step <= shown.steps(); ++step) {
    CAPTURE(step);
    for (const int segment : shown.facts.bundles[0].segments) {
      const app::Flight& flight = shown.facts.flight(segment);
      if (flight.ends == step) ++(flight.lost ? lost : delivered);
    }
    const app::BundleCount count = shown.count(0, step);
    CHECK(count.sent == 20);
    CHECK(count.lost == lost);
    CHECK(count.delivered == delivered);
  }
  CHECK(lost == 3);
  CHECK(delivered == 17);
  CHECK(shown.words(0, shown.steps()).lost == "3 lost");
  CHECK(shown.words(0, shown.steps()).said.ends_with("17 delivered, 0 on their way, 3 lost"));
}

TEST_CASE("a FIN keeps an arrow of its own behind a bundle of data") {
  const Shown shown = burst(30, R"(, {"at_ms": 10, "side": "client", "do": "close"})");
  REQUIRE(shown.facts.bundles.size() == 1);
  const auto fin = std::ranges::find_if(shown.timeline.segments, [](const auto& sent) {
    return sent.segment.flags.fin && !sent.repeated;
  });
  REQUIRE(fin != shown.timeline.segments.end());
  CHECK(shown.facts.bundle(fin->number) == nullptr);
  CHECK(shown.facts.has_arrow(fin->number));
}

TEST_CASE("a long stream is several bundles, each of segments that leave near each other") {
  const Shown shown = stream();
  REQUIRE(shown.facts.bundles.size() > 4);
  for (const app::Bundle& bundle : shown.facts.bundles) {
    const app::Flight& first = shown.facts.flight(bundle.segments.front());
    CHECK(bundle.last_leaves < first.ends.value_or(shown.steps()));
  }
  // Only what has left is counted.
  const app::Bundle& bundle = shown.facts.bundles.front();
  const int leaves = shown.facts.flight(bundle.segments[4]).leaves;
  const app::BundleCount count = shown.count(0, leaves);
  CHECK(count.sent == 5);
  CHECK(count.last == bundle.segments[4]);
  CHECK(count.last_leaves == leaves);
  CHECK(count.octets == 5);
}

TEST_CASE("no more arrows of one side are on their way anywhere than can be told apart") {
  std::vector<Shown> all = {burst(100), burst(1900), stream()};
  std::string faults;
  for (int number = 1; number <= 60; number += 2) {
    faults += R"(, {"fault": "delay", "by_ms": )" + std::to_string(7 * number) +
              R"(, "segment": {"number": )" + std::to_string(number) + "}}";
  }
  all.push_back(burst(60, faults));
  for (const Shown& shown : all) {
    std::vector<int> in_bundle(shown.timeline.segments.size());
    for (const app::Bundle& bundle : shown.facts.bundles) {
      CHECK(static_cast<int>(bundle.segments.size()) > app::most_apart);
      for (const int segment : bundle.segments) {
        CHECK(shown.facts.bundle(segment) == &bundle);
        CHECK(++in_bundle[static_cast<std::size_t>(segment) - 1] == 1);
        CHECK(shown.facts.flight(segment).row_of_end() <= bundle.ends);
        CHECK(shown.facts.flight(segment).row_of_end() >= bundle.first_end);
        CHECK(shown.facts.flight(segment).leaves <= bundle.last_leaves);
      }
    }
    for (int step = 1; step <= shown.steps(); ++step) {
      std::array<int, 2> alone = {};
      for (const core::Transmission& sent : shown.timeline.segments) {
        const app::Flight& flight = shown.facts.flight(sent.number);
        const bool on_its_way = flight.leaves <= step && step < flight.row_of_end();
        if (on_its_way && shown.facts.bundle(sent.number) == nullptr && !sent.segment.flags.fin) {
          ++alone[core::index(sent.from)];
        }
      }
      CHECK(std::ranges::max(alone) <= app::most_apart);
    }
  }
}

TEST_CASE("no story of the catalogue has a bundle") {
  for (const core::CatalogueFile& file : core::catalogue()) {
    CAPTURE(file.name);
    CHECK(Shown(runs::of(file.id())).facts.bundles.empty());
  }
}
