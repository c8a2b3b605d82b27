#include "app/link_write.hpp"

#include "app/update.hpp"
#include "core/scenario/catalogue.hpp"

#include <doctest/doctest.h>

#include <string>

namespace {

app::Model opened(std::string_view fragment) {
  app::Model model = app::first_model();
  app::update(model, app::Open{app::read_link(fragment)});
  return model;
}

void check_same(const app::Link& a, const app::Link& b) {
  CHECK(a.scenario == b.scenario);
  CHECK(a.step == b.step);
  CHECK(a.theme == b.theme);
  CHECK(a.speed == b.speed);
  CHECK(a.real_numbers == b.real_numbers);
  CHECK(a.preview == b.preview);
  CHECK(a.pause_each == b.pause_each);
  CHECK(a.play == b.play);
}

}  // namespace

TEST_CASE("a link says what is shown, and leaves out what is at its default") {
  CHECK(app::write_link(app::link_to(app::first_model())) == "v=1&scenario=normal-close&step=1");
  const std::string all =
      "v=1&scenario=lost-final-ack&step=4&theme=dark&speed=0.25&numbers=real&preview=0&pause=1";
  CHECK(app::write_link(app::link_to(opened(all))) == all);
  CHECK(app::write_link(app::link_to(opened(all + "&play=1"))) == all);
  CHECK(app::write_link({.speed = 3}) == "v=1");
}

TEST_CASE("what is written is read as the same") {
  std::vector<app::Link> links = {{},
                                  {.play = true},
                                  {.real_numbers = false},
                                  {.preview = true},
                                  {.preview = false},
                                  {.pause_each = true},
                                  {.pause_each = false}};
  for (const app::Speed& speed : app::speeds) links.push_back({.speed = speed.factor});
  for (const auto theme :
       {app::ThemeChoice::System, app::ThemeChoice::Light, app::ThemeChoice::Dark}) {
    links.push_back({.step = 7, .theme = theme, .real_numbers = true});
  }
  for (const core::CatalogueFile& file : core::catalogue()) {
    links.push_back({.scenario = std::string(file.id()), .step = 1});
  }
  for (const app::Link& link : links) {
    const std::string written = app::write_link(link);
    CAPTURE(written);
    const app::Link read = app::read_link("#" + written);
    CHECK(read.problems.empty());
    check_same(read, link);
  }
}

TEST_CASE("the link of a moment leads back to it") {
  for (const core::CatalogueFile& file : core::catalogue()) {
    CAPTURE(file.name);
    app::Model model = opened("scenario=" + std::string(file.id()) + "&theme=light&speed=2");
    app::update(model, app::StepBy{3});
    const app::Model again = opened(app::write_link(app::link_to(model)));
    CHECK(again.notices.empty());
    CHECK(again.run.scenario.id == model.run.scenario.id);
    CHECK(again.step == model.step);
    CHECK(again.theme == model.theme);
    CHECK(again.speed == model.speed);
  }
}

TEST_CASE("the link to a reader's own file changes the step of the file and names no scenario") {
  const std::string text(core::catalogue().front().json);
  app::Model model = app::first_model();
  app::update(model, app::OpenFile{{"own.json", text}});
  app::update(model, app::StepBy{4});
  const std::string link = app::write_link(app::link_to(model));
  CHECK(link == "v=1&step=5");
  app::Model again = app::first_model();
  app::update(again, app::OpenFile{{"own.json", text}});
  app::update(again, app::Change{app::read_link(link)});
  CHECK(again.shows_file);
  CHECK(again.step == 5);
}
