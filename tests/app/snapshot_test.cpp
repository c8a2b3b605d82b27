#include "app/snapshot.hpp"

#include "app/update.hpp"

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

#include <string>
#include <vector>

using Json = nlohmann::json;

namespace {

app::Model after(app::Model model, const app::Command& command) {
  app::update(model, command);
  return model;
}

Json parsed(const std::optional<std::string>& snapshot) {
  REQUIRE(snapshot.has_value());
  Json json = Json::parse(*snapshot, nullptr, false);
  REQUIRE_FALSE(json.is_discarded());
  return json;
}

Json first_of(const app::Model& model, const app::Drawn& drawn = {}) {
  app::Snapshots snapshots;
  return parsed(snapshots.next(model, drawn));
}

}  // namespace

TEST_CASE("a snapshot says where the run is shown, and the link that leads there") {
  app::Model model = app::first_model();
  model = after(model, app::Open{app::read_link("#scenario=lost-final-ack&step=4&theme=dark")});
  const Json said = first_of(model, {.nodes = {}, .scale = 1.5F, .transport_height = 68});
  CHECK(said["step"] == 4);
  CHECK(said["steps"] == 16);
  CHECK(said["title"] == model.view().words().title);
  CHECK(said["text"] == model.view().words().text);
  CHECK(said["rule"].get<std::string>().contains("RFC"));
  CHECK(said["link"] == "v=1&scenario=lost-final-ack&step=4&theme=dark");
  CHECK(said["dark"] == true);
  CHECK(said["preview"] == true);
  CHECK(said["own"] == false);
  CHECK(said["above"] == 102);
  CHECK(said["notices"].empty());
}

TEST_CASE("playing is said, and when steps fly past too quickly to be spoken") {
  app::Model model = after(app::first_model(), app::TogglePlay{});
  Json said = first_of(model);
  CHECK(said["playing"] == true);
  CHECK(said["quick"] == false);
  model.speed = 2;
  CHECK(first_of(model)["quick"] == true);
  model.playing = false;
  said = first_of(model);
  CHECK(said["playing"] == false);
  CHECK(said["quick"] == false);
}

TEST_CASE("a run is told once, and a snapshot only when it says something new") {
  app::Model model = app::first_model();
  app::Snapshots snapshots;
  const Json first = parsed(snapshots.next(model, {}));
  CHECK(first["run"]["title"] == "Normal close");
  CHECK(first["run"]["steps"].size() == 12);
  CHECK(first["run"]["steps"][1]["title"] == model.facts.steps[1].title);
  CHECK(first["run"]["steps"][1]["note"] == model.facts.steps[1].note);
  CHECK(first["run"]["figure"].get<std::string>().contains("FIN_WAIT_1"));
  CHECK_FALSE(snapshots.next(model, {}).has_value());

  model = after(model, app::StepBy{1});
  const Json second = parsed(snapshots.next(model, {}));
  CHECK_FALSE(second.contains("run"));
  CHECK(second["step"] == 2);
  CHECK_FALSE(snapshots.next(model, {}).has_value());

  // The same scenario once more is another run, even where everything else reads the same.
  model = after(model, app::Open{app::read_link("#step=2")});
  CHECK(parsed(snapshots.next(model, {})).contains("run"));
  CHECK_FALSE(snapshots.next(model, {}).has_value());
}

TEST_CASE("a node is written with what its kind needs, in the pixels of the enlarged stage") {
  const std::vector<app::Node> nodes = {
      {.id = "back",
       .role = app::Role::Button,
       .name = "Step back",
       .rect = {10, 20, 54.4F, 64.6F},
       .enabled = false,
       .pressed = true},
      {.id = "step",
       .role = app::Role::Slider,
       .name = "Step",
       .value = "4",
       .value_text = "Step 4 of 12",
       .most = 12},
      {.id = "ladder", .role = app::Role::List, .name = "Ladder", .above = 100, .scroll = 30},
      {.id = "ladder/segment/1", .name = "Segment 1"},
      {.id = "pipes", .role = app::Role::Group, .name = "Pipes", .above = 1, .scroll = 0.5F},
      {.id = "speed",
       .role = app::Role::Select,
       .name = "Speed",
       .value = "1",
       .options = {{.value = "1", .label = "1×"}}}};
  const Json said = first_of(app::first_model(), {.nodes = nodes, .scale = 2})["nodes"];
  CHECK(said[0] == Json::parse(R"({"id": "back", "role": "button", "name": "Step back",
      "rect": [20, 40, 89, 89], "disabled": true, "pressed": true})"));
  CHECK(said[1] == Json::parse(R"({"id": "step", "role": "slider", "name": "Step",
      "rect": [0, 0, 0, 0], "value": "4", "most": 12, "valueText": "Step 4 of 12"})"));
  CHECK(said[2] == Json::parse(R"({"id": "ladder", "role": "list", "name": "Ladder",
      "rect": [0, 0, 0, 0], "above": 200, "scroll": 60})"));
  CHECK(said[3] == Json::parse(R"({"id": "ladder/segment/1", "role": "listitem",
      "name": "Segment 1", "rect": [0, 0, 0, 0]})"));
  CHECK(said[4] == Json::parse(R"({"id": "pipes", "role": "group", "name": "Pipes",
      "rect": [0, 0, 0, 0], "above": 2, "scroll": 1})"));
  CHECK(said[5] == Json::parse(R"({"id": "speed", "role": "select", "name": "Speed",
      "rect": [0, 0, 0, 0], "value": "1",
      "options": [{"value": "1", "label": "1×"}]})"));
}

TEST_CASE("a notice is told with its number, by which it is put away") {
  const app::Model model = after(app::first_model(), app::Change{app::read_link("#step=999")});
  REQUIRE(model.notices.size() == 1);
  CHECK(first_of(model)["notices"] ==
        Json::array({{{"id", model.notices.front().id}, {"text", model.notices.front().text}}}));
}

TEST_CASE("no text of a file breaks a snapshot") {
  const std::string text = R"({"format": 1, "id": "a", "title": "A", "script": [],
      "question": "one\u0001 \"two\" \\ \u2028 \u202e \u009b three"})";
  app::Model model = after(app::first_model(), app::OpenFile{{"a.json", text}});
  REQUIRE(model.shows_file);
  app::Snapshots snapshots;
  const auto snapshot = snapshots.next(model, {});
  const Json said = parsed(snapshot);
  CHECK(said["run"]["question"] == model.run.scenario.question);
  CHECK(said["own"] == true);
  for (const char c : *snapshot) CHECK(static_cast<unsigned char>(c) >= 0x20);
  CHECK_FALSE(snapshot->contains("\u202e"));
}

TEST_CASE("the answer about ports is written with its problems") {
  const Json said = Json::parse(app::json_of(
      app::PortsReply{.problems = {{"ports", "\"Nothing\""}}, .says = {"One.", "Two."}}));
  CHECK(said == Json::parse(R"({"problems": [{"field": "ports", "text": "\"Nothing\""}],
      "says": ["One.", "Two."]})"));
}
