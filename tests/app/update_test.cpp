#include "app/update.hpp"

#include <doctest/doctest.h>

using app::Model;

namespace {

Model after(Model model, const app::Command& command) {
  app::update(model, command);
  return model;
}
Model opened(std::string_view fragment) {
  return after(app::first_model(), app::Open{app::read_address(fragment)});
}

}  // namespace

TEST_CASE("the page begins with the normal close, at its first step") {
  const Model model = app::first_model();
  CHECK(model.run.scenario.id == "normal-close");
  CHECK(model.step == 1);
  CHECK(model.steps() == 12);
  CHECK(model.notices.empty());
}

TEST_CASE("steps go forward and back, and stay inside the run") {
  Model model = app::first_model();
  CHECK(after(model, app::StepBy{-1}).step == 1);
  CHECK(after(model, app::StepBy{1}).step == 2);
  model = after(model, app::ToEnd{});
  CHECK(model.step == 12);
  CHECK(model.current().title == "CLOSED");
  CHECK(after(model, app::StepBy{1}).step == 12);
  CHECK(after(model, app::StepBy{-1}).step == 11);
  CHECK(after(model, app::ToStart{}).step == 1);
}

TEST_CASE("opening an address sets everything, and what it does not name to its default") {
  Model model = opened("#v=1&scenario=lost-final-ack&step=4&theme=dark");
  CHECK(model.run.scenario.id == "lost-final-ack");
  CHECK(model.steps() == 16);
  CHECK(model.step == 4);
  CHECK(model.dark());
  model = after(model, app::Open{app::read_address("#v=1&step=2")});
  CHECK(model.run.scenario.id == "normal-close");
  CHECK(model.step == 2);
  CHECK_FALSE(model.dark());
}

TEST_CASE("a change touches only what it names") {
  Model model = opened("#v=1&scenario=lost-final-ack&step=4&theme=dark");
  model = after(model, app::Change{app::read_address("step=6")});
  CHECK(model.run.scenario.id == "lost-final-ack");
  CHECK(model.step == 6);
  CHECK(model.dark());
  model = after(model, app::Change{app::read_address("scenario=normal-close")});
  CHECK(model.step == 1);
}

TEST_CASE("a step that the run does not have is named in a notice, and the default is shown") {
  const Model model = opened("#v=1&step=999");
  CHECK(model.step == 1);
  REQUIRE(model.notices.size() == 1);
  CHECK(model.notices.front().text ==
        "In the address, “step” says 999, but this run has 12 steps. It was ignored.");
}

TEST_CASE("notices stay until they are put away, each on its own") {
  Model model = opened("#colour=red&size=7");
  REQUIRE(model.notices.size() == 2);
  const int first = model.notices.front().id;
  model = after(model, app::DismissNotice{first});
  REQUIRE(model.notices.size() == 1);
  CHECK(model.notices.front().id != first);
  CHECK(after(model, app::DismissNotice{first}).notices.size() == 1);
  CHECK(after(model, app::Open{}).notices.empty());
}

TEST_CASE("playing takes 1.2 s a step, 2.5 s over a folded wait, and stops at the end") {
  Model model = after(app::first_model(), app::TogglePlay{});
  CHECK(model.playing);
  model = after(model, app::Tick{600});
  CHECK(model.step == 1);
  CHECK(model.progress == doctest::Approx(0.5));
  model = after(model, app::Tick{600});
  CHECK(model.step == 2);
  CHECK(model.progress == 0);
  model = after(model, app::Tick{1'200 * 9});
  CHECK(model.step == 11);
  CHECK(model.folded_after(11));
  model = after(model, app::Tick{1'250});
  CHECK(model.progress == doctest::Approx(0.5));
  CHECK(model.now() == doctest::Approx(120'325));
  model = after(model, app::Tick{1'250});
  CHECK(model.step == 12);
  CHECK_FALSE(model.playing);
  CHECK(after(model, app::Tick{5'000}).step == 12);
  CHECK(after(model, app::TogglePlay{}).step == 1);
}

TEST_CASE("playing can be paused and goes on from there, and stepping stops it") {
  Model model = after(after(app::first_model(), app::TogglePlay{}), app::Tick{300});
  model = after(model, app::TogglePlay{});
  CHECK_FALSE(model.playing);
  CHECK(after(model, app::Tick{1'000}).progress == model.progress);
  model = after(model, app::TogglePlay{});
  CHECK(model.progress == doctest::Approx(0.25));
  model = after(model, app::StepBy{1});
  CHECK(model.step == 2);
  CHECK_FALSE(model.playing);
  CHECK(model.progress == 0);
}

TEST_CASE("the speed changes how long a step takes") {
  Model model = after(opened("#speed=4"), app::TogglePlay{});
  CHECK(after(model, app::Tick{300}).step == 2);
  model = after(opened("#speed=0.25"), app::TogglePlay{});
  CHECK(after(model, app::Tick{4'700}).step == 1);
}

TEST_CASE("with reduced motion nothing is shown between two steps") {
  Model model = after(app::first_model(), app::SystemMotion{true});
  model = after(after(model, app::TogglePlay{}), app::Tick{600});
  CHECK(model.position() == 1);
  CHECK(model.now() == 0);
  CHECK(after(model, app::Tick{600}).position() == 2);
}

TEST_CASE("an address can ask for playing, but not against the wish for less motion") {
  CHECK(opened("#play=1").playing);
  const Model still = after(app::first_model(), app::SystemMotion{true});
  CHECK_FALSE(after(still, app::Open{app::read_address("#play=1")}).playing);
}

TEST_CASE("sequence numbers are symbols until the reader wants them real") {
  CHECK_FALSE(app::first_model().real_numbers);
  CHECK(opened("#numbers=real").real_numbers);
  CHECK(after(app::first_model(), app::ToggleNumbers{}).real_numbers);
}

TEST_CASE("the theme follows the system unless the address says otherwise") {
  Model model = after(app::first_model(), app::SystemTheme{true});
  CHECK(model.dark());
  CHECK_FALSE(after(model, app::Open{app::read_address("#theme=light")}).dark());
  CHECK_FALSE(after(model, app::SystemTheme{false}).dark());
}

TEST_CASE("keys that mean nothing on the stage belong to the browser") {
  for (const char* key : {"ArrowRight", "ArrowLeft", "Home", "End", " ", "n"}) {
    CHECK(app::command_of_key(key).has_value());
  }
  for (const char* key : {"Tab", "PageDown", "F5", "ArrowUp", "ArrowDown", "Escape", "a", ""}) {
    CHECK_FALSE(app::command_of_key(key).has_value());
  }
}
