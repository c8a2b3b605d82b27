// The ladder of every scenario, and one whole report, held against files that were read line by
// line against the RFC.
#include "runs.hpp"
#include "sources.hpp"

#include "core/narrate/narrate.hpp"
#include "core/output/figure.hpp"
#include "core/output/report.hpp"

#include <doctest/doctest.h>

namespace {

std::string golden(const std::string& name) {
  return sources::text("tests/golden/" + name);
}

}  // namespace

TEST_CASE("the steps that the article lists before the stage runs are the engine's") {
  std::string list = "<ol id=\"step-list\" role=\"list\">\n";
  const core::Run run = runs::of("normal-close");
  for (const core::StepText& step : core::step_texts(run.scenario, core::simulate(run))) {
    list += "<li><b>" + step.title + "</b> <span>" + step.note + "</span></li>\n";
  }
  CHECK(sources::text("assets/article.html").find(list + "</ol>") != std::string::npos);
}

TEST_CASE("every scenario's ladder is the one that was read against the RFC") {
  for (const core::CatalogueFile& file : core::catalogue()) {
    CAPTURE(file.name);
    const core::Timeline timeline = core::simulate(runs::of(file.id()));
    CHECK(core::figure(timeline) == golden(std::string(file.id()) + ".txt"));
  }
}

TEST_CASE("a report has every key of the format, in its order") {
  const core::Run run = runs::of("lost-final-ack");
  CHECK(core::report(run, core::simulate(run)) == golden("lost-final-ack.json"));
}
