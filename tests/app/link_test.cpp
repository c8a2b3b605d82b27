#include "app/link.hpp"

#include <doctest/doctest.h>

#include <string>

using app::read_link;

TEST_CASE("an address names scenario, step and theme") {
  const app::Link address = read_link("#v=1&scenario=lost-final-ack&step=4&theme=dark");
  CHECK(address.problems.empty());
  CHECK(address.scenario == "lost-final-ack");
  CHECK(address.step == 4);
  CHECK(address.theme == app::ThemeChoice::Dark);
}

TEST_CASE("an address may say nothing") {
  for (const char* fragment : {"", "#", "#v=1", "#v=1&", "#v=1&&"}) {
    CAPTURE(fragment);
    const app::Link address = read_link(fragment);
    CHECK(address.problems.empty());
    CHECK_FALSE(address.scenario.has_value());
    CHECK_FALSE(address.step.has_value());
    CHECK_FALSE(address.theme.has_value());
  }
}

TEST_CASE("an address may be percent-encoded") {
  const app::Link address = read_link("#v=1&scenario=normal%2Dclose&%73tep=3");
  CHECK(address.problems.empty());
  CHECK(address.scenario == "normal-close");
  CHECK(address.step == 3);
}

TEST_CASE("a percent sign encodes a character with two digits, and else stands for itself") {
  const struct {
    std::string written;
    std::string read;
  } rows[] = {
      {"%30", "0"},    {"%39", "9"},   {"%4a", "J"},   {"%4A", "J"},       {"%4f", "O"},
      {"%4F", "O"},    {"%a", "%a"},   {"a%", "a%"},   {"%/0", "%/0"},     {"%:0", "%:0"},
      {"%@0", "%@0"},  {"%G0", "%G0"}, {"%`0", "%`0"}, {"%g0", "%g0"},     {"%0/", "%0/"},
      {"%0:", "%0:"},  {"%0@", "%0@"}, {"%0G", "%0G"}, {"%0`", "%0`"},     {"%0g", "%0g"},
      {"%%41", "%A"},  {"%41%", "A%"}, {"x%4", "x%4"}, {"%zz%42", "%zzB"}, {"%c3%A9", "é"},
      {"%C3%a9", "é"}, {"%Fx", "%Fx"},
  };
  for (const auto& row : rows) {
    CAPTURE(row.written);
    const app::Link address = read_link(row.written + "=1");
    REQUIRE(address.problems.size() == 1);
    CHECK(render(address.problems.front()) == "The address has a key “" + row.read +
                                                  "” that this page does not know. It was "
                                                  "ignored.");
  }
}

TEST_CASE("one word is the id of a scenario, or nothing") {
  for (const std::string word : {"#lost-final-ack", "lost-final-ack", "#lost%2Dfinal-ack"}) {
    CAPTURE(word);
    const app::Link address = read_link(word);
    CHECK(address.scenario == "lost-final-ack");
    REQUIRE(address.problems.size() == 1);
    CHECK(
        render(address.problems.front()) ==
        "The address says “lost-final-ack” without “scenario=” before it. The scenario is shown.");
  }
  const app::Link nowhere = read_link("#no<where>");
  CHECK_FALSE(nowhere.scenario.has_value());
  REQUIRE(nowhere.problems.size() == 1);
  CHECK(render(nowhere.problems.front()) ==
        "The address says “no<where>”, which is no place on this page and no scenario.");
  CHECK(read_link("#").problems.empty());
  CHECK(read_link("").problems.empty());
}

TEST_CASE("nothing between two ampersands means nothing") {
  const app::Link address = read_link("#&v=1&&step=3&&");
  CHECK(address.problems.empty());
  CHECK(address.step == 3);
}

TEST_CASE("an address of 16,384 characters is read, and a longer one is not") {
  const std::string longest = "step=3&x=" + std::string(16'384 - 9, 'x');
  CHECK(read_link(longest).step == 3);
  const app::Link longer = read_link(longest + "x");
  CHECK_FALSE(longer.step.has_value());
  REQUIRE(longer.problems.size() == 1);
  CHECK(render(longer.problems.front()) ==
        "The address is too long to be one of this page's. It was ignored.");
}

TEST_CASE("what an address cannot mean is named, and asks for nothing") {
  struct Row {
    std::string fragment;
    std::string problem;
  };
  const Row rows[] = {
      {"#v=2", "In the address, “v” says “2”, but this page knows version 1."},
      {"#scenario=nothing",
       "In the address, “scenario” names “nothing”, which is not one of this page's scenarios."},
      {"#step=abc", "In the address, “step” says “abc”, but steps are numbers from 1."},
      {"#step=0", "In the address, “step” says “0”, but steps are numbers from 1."},
      {"#step=-1", "In the address, “step” says “-1”, but steps are numbers from 1."},
      {"#step=3x", "In the address, “step” says “3x”, but steps are numbers from 1."},
      {"#step=99999999999999999999",
       "In the address, “step” says “99999999999999999999”, but steps are numbers from 1."},
      {"#step=", "In the address, “step” says “”, but steps are numbers from 1."},
      {"#theme=pink", "In the address, “theme” says “pink”, but a theme is light, dark or system."},
      {"#speed=3", "In the address, “speed” says “3”, but a speed is 0.25, 0.5, 1, 2 or 4."},
      {"#numbers=7", "In the address, “numbers” says “7”, but numbers are real or symbolic."},
      {"#preview=no", "In the address, “preview” says “no”, but it can only be 0 or 1."},
      {"#pause=2", "In the address, “pause” says “2”, but it can only be 0 or 1."},
      {"#play=2", "In the address, “play” says “2”, but it can only be 1."},
      {"#colour=red",
       "The address has a key “colour” that this page does not know. It was ignored."},
      {"#step=1&step=2",
       "In the address, “step” appears more than once; only the first one counts."},
      {"#%00%0a=1",
       "The address has a key “\\u{0}\\u{a}” that this page does not know. It was ignored."},
      {"#%ff=1", "The address has a key “\\x{ff}” that this page does not know. It was ignored."},
      {"#%E2%80%AEe=1",
       "The address has a key “\\u{202e}e” that this page does not know. It was ignored."},
      {"#" + std::string(50, 'k') + "=1", "The address has a key “" + std::string(40, 'k') +
                                              "…” that this page does not know. It was ignored."},
  };
  for (const Row& row : rows) {
    CAPTURE(row.fragment);
    const app::Link address = read_link(row.fragment);
    REQUIRE(address.problems.size() == 1);
    CHECK(render(address.problems.front()) == row.problem);
  }
  CHECK(read_link("#x=" + std::string(20'000, 'x')).problems.size() == 1);
}

TEST_CASE("a step falls with its scenario, and a long list of problems is cut") {
  const app::Link address = read_link("#scenario=nothing&step=5");
  CHECK_FALSE(address.step.has_value());
  const app::Link many = read_link("#a=1&b=1&c=1&d=1&e=1&f=1&g=1&a=2");
  REQUIRE(many.problems.size() == 6);
  CHECK(render(many.problems.back()) ==
        "The address has 3 more keys or values that cannot be followed.");
  const app::Link six = read_link("#a=1&b=1&c=1&d=1&e=1&f=1");
  REQUIRE(six.problems.size() == 6);
  CHECK(render(six.problems.back()) ==
        "The address has one more key or value that cannot be followed.");
  CHECK(read_link("#a=1&b=1&c=1&d=1&e=1").problems.size() == 5);
}
