#include "app/stories.hpp"

#include "app/say.hpp"
#include "core/base/json_write.hpp"
#include "core/sim/simulation.hpp"

#include <algorithm>
#include <cassert>
#include <iterator>
#include <utility>

namespace app {
namespace {

using core::JsonWriter;
using core::Text;

bool is_lost(const core::Transmission& sent) {
  return sent.fate == core::Fate::Dropped || sent.fate == core::Fate::HostDown;
}

std::vector<std::string> words_about(const std::vector<core::Transmission>& segments) {
  const auto count = [&](const auto& is) {
    return static_cast<std::int64_t>(std::ranges::count_if(segments, is));
  };
  const auto all = static_cast<std::int64_t>(segments.size());
  std::vector<std::string> facts = {
      Say(Text::stage_bundle_segments).with("n", core::Grouped{all}).text()};
  if (const auto lost = count(is_lost); lost > 0) {
    facts.push_back(Say(Text::stage_header_lost).with("lost", core::Grouped{lost}).text());
  }
  const auto repeated = count([](const core::Transmission& sent) { return sent.repeated; });
  if (repeated > 0) {
    facts.push_back(
        Say(Text::stage_header_repeated).with("repeated", core::Grouped{repeated}).text());
  }
  for (const core::Side side : {core::Side::Client, core::Side::Server}) {
    const auto resets = [&](const core::Transmission& sent) {
      return sent.segment.flags.rst && sent.from == side && !sent.of_network();
    };
    if (std::ranges::any_of(segments, resets)) {
      facts.push_back(Say(Text::story_reset_by).with("end", name_of(side)).text());
    }
  }
  return facts;
}

Story story_of(const core::Scenario& scenario) {
  const core::Timeline timeline = core::simulate({.scenario = scenario, .knobs = {}, .edits = {}});
  Story story = {.id = scenario.id,
                 .title = scenario.title,
                 .group = scenario.group,
                 .question = scenario.question,
                 .facts = words_about(timeline.segments),
                 .segments = {},
                 .goes_on = timeline.segments.size() > most_shapes};
  for (const core::Transmission& sent : timeline.segments) {
    if (story.segments.size() == most_shapes) break;
    story.segments.push_back({.from = sent.from,
                              .lost = is_lost(sent),
                              .reset = sent.segment.flags.rst,
                              .of_network = sent.of_network()});
  }
  return story;
}

/// Simulated once, when somebody first asks.
const std::vector<Story>& stories_of_catalogue() {
  static const std::vector<Story> all = [] {
    std::vector<Story> stories;
    for (const core::CatalogueFile& file : core::catalogue()) {
      stories.push_back(story_of(scenario_of(file)));
    }
    return stories;
  }();
  return all;
}

void write_segment(JsonWriter& json, const SegmentShape& segment) {
  json.object()
      .member("fromServer", segment.from == core::Side::Server)
      .member("lost", segment.lost)
      .member("reset", segment.reset)
      .member("ofNetwork", segment.of_network)
      .end();
}

void write_story(JsonWriter& json, const Story& story) {
  json.object()
      .member("id", story.id)
      .member("title", story.title)
      .member("group", story.group)
      .member("question", story.question)
      .list("facts", story.facts, [](JsonWriter& out, const std::string& fact) { out.value(fact); })
      .list("segments", story.segments, write_segment)
      .member("goesOn", story.goes_on)
      .member("current", story.current)
      .end();
}

}  // namespace

core::Scenario scenario_of(const core::CatalogueFile& file) {
  auto scenario = core::parse_scenario(file.json, file.name);
  assert(scenario.has_value());  // a test parses the whole catalogue
  return std::move(*scenario);
}

std::vector<Story> stories_of(const Model& model) {
  std::vector<Story> stories;
  if (model.file) {
    // Its id may be that of a story in the catalogue.
    Story& own = stories.emplace_back(story_of(*model.file));
    own.id.clear();
    own.group = core::render(Text::story_own_file);
  }
  std::ranges::copy(stories_of_catalogue(), std::back_inserter(stories));
  stories[static_cast<std::size_t>(model.story())].current = true;
  return stories;
}

std::string json_of(const std::vector<Story>& stories) {
  JsonWriter json;
  json.object().list("stories", stories, write_story).end();
  return std::move(json).text();
}

}  // namespace app
