#include "app/node.hpp"

#include <doctest/doctest.h>

#include <vector>

namespace {

const std::vector<app::Node> nodes = {
    {.id = "back", .role = app::Role::Button, .command = app::StepBy{-1}},
    {.id = "forward", .role = app::Role::Button, .enabled = false, .command = app::StepBy{1}},
    {.id = "more", .role = app::Role::Button}};

}  // namespace

TEST_CASE("activating a node asks for its command, if it has one and is enabled") {
  const auto back = app::command_of_node(nodes, "back");
  REQUIRE(back.has_value());
  CHECK(std::get<app::StepBy>(*back).steps == -1);
  CHECK_FALSE(app::command_of_node(nodes, "forward").has_value());
  CHECK_FALSE(app::command_of_node(nodes, "more").has_value());
  CHECK_FALSE(app::command_of_node(nodes, "nothing").has_value());
}
