#include "app/stories.hpp"

#include "app/update.hpp"

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <string>
#include <vector>

using Json = nlohmann::json;
using Facts = std::vector<std::string>;

namespace {

app::Model after(app::Model model, const app::Command& command) {
  app::update(model, command);
  return model;
}

app::Model with_file(std::string text) {
  return after(app::first_model(), app::OpenFile{{.name = "x.json", .text = std::move(text)}});
}

app::Story story(std::string_view id) {
  const std::vector<app::Story> all = app::stories_of(app::first_model());
  const auto found = std::ranges::find(all, id, &app::Story::id);
  REQUIRE(found != all.end());
  return *found;
}

/// The small ladder in signs: who sends, and "x" where it is lost, "!" for a reset, "?" where no
/// end sent it.
std::string shape(const app::Story& of) {
  std::string out;
  for (const app::SegmentShape& segment : of.segments) {
    if (!out.empty()) out += ' ';
    out += segment.from == core::Side::Client ? 'C' : 'S';
    if (segment.lost) out += 'x';
    if (segment.reset) out += '!';
    if (segment.of_network) out += '?';
  }
  return out + (of.goes_on ? " …" : "");
}

}  // namespace

TEST_CASE("all stories of the catalogue can be chosen, in its order") {
  const std::vector<app::Story> all = app::stories_of(app::first_model());
  REQUIRE(all.size() == core::catalogue().size());
  for (std::size_t i = 0; i < all.size(); ++i) {
    CAPTURE(all[i].id);
    const core::Scenario scenario = app::scenario_of(core::catalogue()[i]);
    CHECK(all[i].id == core::catalogue()[i].id());
    CHECK(all[i].title == scenario.title);
    CHECK(all[i].group == scenario.group);
    CHECK(all[i].question == scenario.question);
    CHECK(all[i].current == (i == 0));
    CHECK(all[i].segments.size() <= app::most_shapes);
    CHECK_FALSE(all[i].segments.empty());
  }
}

TEST_CASE("a story says how many segments it has, and what becomes of them") {
  CHECK(story("normal-close").facts == Facts{"4 segments"});
  CHECK(story("lost-final-ack").facts == Facts{"6 segments", "1 lost", "2 repeated"});
  CHECK(story("three-segments").facts == Facts{"3 segments"});
  CHECK(story("abort").facts.back() == "reset by the Client");
  CHECK(story("simultaneous-abort").facts ==
        Facts{"2 segments", "reset by the Client", "reset by the Server"});
  // A forged reset is sent by no end.
  CHECK_FALSE(std::ranges::any_of(story("blind-reset").facts, [](const std::string& fact) {
    return fact.starts_with("reset");
  }));
}

TEST_CASE("the small ladder has an arrow for each segment, as far as there is room") {
  CHECK(shape(story("normal-close")) == "C S S C");
  CHECK(shape(story("lost-final-ack")) == "C S S Cx S C");
  CHECK(shape(story("simultaneous-abort")) == "C! S!");
  CHECK(shape(story("abort-lost")).starts_with("Cx!"));
  CHECK(shape(story("blind-reset")).contains("!?"));
  CHECK(shape(story("fin-never-acked")) == "Cx Cx Cx Cx Cx Cx Cx");
}

TEST_CASE("the reader's own file comes first, and has no id") {
  const app::Model model = with_file(R"({"format": 1, "id": "normal-close", "title": "Mine",
      "question": "Why?", "script": [{"at_ms": 50, "side": "client", "do": "close"}]})");
  const std::vector<app::Story> all = app::stories_of(model);
  REQUIRE(all.size() == core::catalogue().size() + 1);
  CHECK(all[0].id.empty());
  CHECK(all[0].title == "Mine");
  CHECK(all[0].question == "Why?");
  CHECK(all[0].group == "Your file");
  CHECK(all[0].current);
  CHECK_FALSE(all[1].current);
  CHECK(all[1].id == "normal-close");
  const auto back = app::stories_of(after(model, app::StepStory{2}));
  CHECK_FALSE(back[0].current);
  CHECK(back[2].current);
}

TEST_CASE("a story without a segment has a ladder without an arrow") {
  const auto all =
      app::stories_of(with_file(R"({"format": 1, "id": "x", "title": "X", "script": []})"));
  CHECK(all[0].facts == Facts{"0 segments"});
  CHECK(shape(all[0]).empty());
}

TEST_CASE("stories are written for the page") {
  const std::vector<app::Story> stories = {
      {.id = "a",
       .title = "A \"title\"",
       .group = "Group",
       .question = "Why?",
       .facts = {"2 segments", "1 lost"},
       .segments = {{.from = core::Side::Client, .lost = true},
                    {.from = core::Side::Server, .reset = true, .of_network = true}},
       .goes_on = true,
       .current = true}};
  CHECK(Json::parse(app::json_of(stories), nullptr, false) == Json::parse(R"({"stories": [
      {"id": "a", "title": "A \"title\"", "group": "Group", "question": "Why?",
       "facts": ["2 segments", "1 lost"], "goesOn": true, "current": true, "segments": [
         {"fromServer": false, "lost": true, "reset": false, "ofNetwork": false},
         {"fromServer": true, "lost": false, "reset": true, "ofNetwork": true}]}]})"));
}
