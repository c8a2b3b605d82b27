#include "app/node.hpp"

#include <doctest/doctest.h>

#include <vector>

namespace {

const std::vector<app::Node> nodes = {
    {.id = "back", .role = app::Role::Button, .command = app::StepBy{-1}},
    {.id = "forward", .role = app::Role::Button, .enabled = false, .command = app::StepBy{1}},
    {.id = "help", .role = app::Role::Button},
    {.id = "scenario",
     .role = app::Role::Select,
     .options = {{.value = "(file)", .command = app::ShowFile{}}, {.value = "normal-close"}}},
    {.id = "speed",
     .role = app::Role::Select,
     .options = {{.value = "(file)", .command = app::ToEnd{}}}}};

}  // namespace

TEST_CASE("activating a node asks for its command, if it has one and is enabled") {
  const auto back = app::command_of_node(nodes, "back");
  REQUIRE(back.has_value());
  CHECK(std::get<app::StepBy>(*back).steps == -1);
  CHECK_FALSE(app::command_of_node(nodes, "forward").has_value());
  CHECK_FALSE(app::command_of_node(nodes, "help").has_value());
  CHECK_FALSE(app::command_of_node(nodes, "nothing").has_value());
}

TEST_CASE("a setting is a change in the words of a link, unless its option has a command") {
  CHECK(std::holds_alternative<app::ShowFile>(app::command_of_setting(nodes, "scenario=(file)")));
  CHECK(std::holds_alternative<app::ToEnd>(app::command_of_setting(nodes, "speed=(file)")));
  for (const char* none : {"step=(file)", "scenario(file)", "scenario=", "(file)", "=(file)"}) {
    CAPTURE(none);
    CHECK(std::holds_alternative<app::Change>(app::command_of_setting(nodes, none)));
  }
  const app::Command story = app::command_of_setting(nodes, "scenario=normal-close");
  REQUIRE(std::holds_alternative<app::Change>(story));
  CHECK(std::get<app::Change>(story).address.scenario == "normal-close");
  const app::Command step = app::command_of_setting(nodes, "step=4");
  REQUIRE(std::holds_alternative<app::Change>(step));
  CHECK(std::get<app::Change>(step).address.step == 4);
  CHECK(std::holds_alternative<app::Change>(app::command_of_setting(nodes, "scenario")));
  CHECK(std::holds_alternative<app::Change>(app::command_of_setting(nodes, "")));
}
