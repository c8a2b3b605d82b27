// Longer than 300 lines: one test for each command of the model.
#include "app/update.hpp"

#include "core/scenario/catalogue.hpp"

#include <doctest/doctest.h>

#include <algorithm>

using app::Model;

namespace {

Model after(Model model, const app::Command& command) {
  app::update(model, command);
  return model;
}
Model opened(std::string_view fragment) {
  return after(app::first_model(), app::Open{app::read_link(fragment)});
}
Model with_file(Model model, std::string name, std::string text) {
  return after(std::move(model), app::OpenFile{{std::move(name), std::move(text)}});
}
Model changed(Model model, std::string_view address) {
  return after(std::move(model), app::Change{app::read_link(address)});
}

/// A scenario whose only step is its first.
std::string still(std::string_view id, std::string_view title) {
  return R"({"format": 1, "id": ")" + std::string(id) + R"(", "title": ")" + std::string(title) +
         R"(", "script": []})";
}

/// How long playing stays at the current step, in ms at speed 1; and the model after it.
float time_at(const Model& model) {
  return model.facts.row(model.step).plays_ms;
}
Model played(const Model& model) {
  return after(model, app::Tick{time_at(model) - model.played_ms + 0.01F});
}

/// What is said of a file that cannot be opened.
std::string said_of(std::string name, std::optional<std::string> text) {
  const app::File file = {.name = std::move(name), .text = std::move(text)};
  const Model model = after(app::first_model(), app::OpenFile{file});
  REQUIRE(model.notices.size() == 1);
  return model.notices.front().text;
}

}  // namespace

TEST_CASE("the page begins with the normal close, at its first step") {
  const Model model = app::first_model();
  CHECK(model.run.scenario.id == "normal-close");
  CHECK(model.step == 1);
  CHECK(model.steps() == 12);
  CHECK(model.notices.empty());
  CHECK(model.stories() == static_cast<int>(core::catalogue().size()));
  CHECK(model.story() == 0);
}

TEST_CASE("steps go forward and back, and stay inside the run") {
  Model model = app::first_model();
  CHECK(after(model, app::StepBy{-1}).step == 1);
  CHECK(after(model, app::StepBy{1}).step == 2);
  model = after(model, app::ToEnd{});
  CHECK(model.step == 12);
  CHECK(model.view().words().title == "CLOSED");
  CHECK(after(model, app::StepBy{1}).step == 12);
  CHECK(after(model, app::StepBy{-1}).step == 11);
  CHECK(after(model, app::StepBy{-20}).step == 1);
  CHECK(after(model, app::ToStart{}).step == 1);
}

TEST_CASE("opening an address sets everything, and what it does not name to its default") {
  Model model = opened("#v=1&scenario=lost-final-ack&step=4&theme=dark");
  CHECK(model.run.scenario.id == "lost-final-ack");
  CHECK(model.steps() == 16);
  CHECK(model.step == 4);
  CHECK(model.dark());
  model = after(model, app::Open{app::read_link("#v=1&step=2")});
  CHECK(model.run.scenario.id == "normal-close");
  CHECK(model.step == 2);
  CHECK_FALSE(model.dark());
}

TEST_CASE("opening an address ends what was chosen before it") {
  const Model model =
      after(opened("#step=4&theme=dark&speed=2&numbers=real&preview=0&pause=1"), app::Open{});
  CHECK(model.step == 1);
  CHECK(model.theme == app::ThemeChoice::System);
  CHECK(model.speed == 1);
  CHECK_FALSE(model.real_numbers);
  CHECK(model.preview);
  CHECK_FALSE(model.pause_each);
}

TEST_CASE("a change touches only what it names") {
  Model model = opened("#v=1&scenario=lost-final-ack&step=4&theme=dark&speed=2&numbers=real");
  model = after(model, app::Change{app::read_link("step=6")});
  CHECK(model.run.scenario.id == "lost-final-ack");
  CHECK(model.step == 6);
  CHECK(model.dark());
  CHECK(model.speed == 2);
  CHECK(model.real_numbers);
  CHECK_FALSE(model.playing);
  const Model same = after(model, app::Change{app::read_link("scenario=lost-final-ack")});
  CHECK(same.step == 6);
  CHECK(same.runs == model.runs);
  model = after(model, app::Change{app::read_link("scenario=normal-close")});
  CHECK(model.step == 1);
}

TEST_CASE("a step that the run does not have is named in a notice, and the last one is shown") {
  CHECK(opened("#v=1&step=12").notices.empty());
  CHECK(opened("#v=1&step=13").step == 12);
  const Model model = opened("#v=1&step=999");
  CHECK(model.step == 12);
  REQUIRE(model.notices.size() == 1);
  CHECK(model.notices.front().text ==
        "In the address, “step” says 999, but this run has 12 steps. The last one is shown.");
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

TEST_CASE("the same notice is given once") {
  const Model once = changed(app::first_model(), "colour=red");
  CHECK(changed(once, "colour=red").notices.size() == 1);
  CHECK(changed(once, "colour=blue").notices.size() == 1);
  CHECK(changed(once, "size=7").notices.size() == 2);
}

TEST_CASE("a run of one step cannot be played, and one of two can") {
  Model model = with_file(app::first_model(), "a.json", still("a", "A"));
  model = after(model, app::TogglePlay{});
  CHECK(model.step == 1);
  CHECK_FALSE(model.playing);
  const std::string listen = R"({"format": 1, "id": "a", "title": "A",
      "client": {"state": "CLOSED"}, "server": {"state": "CLOSED"},
      "script": [{"at_ms": 0, "side": "server", "do": "listen"}]})";
  model = with_file(model, "a.json", listen);
  REQUIRE(model.steps() == 2);
  model = after(model, app::TogglePlay{});
  CHECK(model.playing);
  model = played(model);
  CHECK(model.step == 2);
  CHECK_FALSE(model.playing);
  CHECK(model.progress() == 0);
}

TEST_CASE("a step is read before playing moves to the next one, and stops at the end") {
  Model model = opened("#play=1");
  CHECK(model.playing);
  model = after(model, app::Tick{time_at(model) - 1'200});
  CHECK(model.progress() == doctest::Approx(0));
  model = after(model, app::Tick{600});
  CHECK(model.step == 1);
  CHECK(model.progress() == doctest::Approx(0.5));
  model = after(model, app::Tick{601});
  CHECK(model.step == 2);
  CHECK(model.progress() == 0);
  for (int step = 2; step < 11; ++step) model = played(model);
  CHECK(model.step == 11);
  CHECK(model.facts.row(11).folded_after);
  model = after(model, app::Tick{time_at(model) - model.played_ms - 1'250});
  CHECK(model.progress() == doctest::Approx(0.5));
  CHECK(model.view().now() == doctest::Approx(120'325));
  model = after(model, app::Tick{1'251});
  CHECK(model.step == 12);
  CHECK_FALSE(model.playing);
  CHECK(model.played_ms == 0);
  CHECK(after(model, app::Tick{5'000}).step == 12);
  CHECK(after(model, app::TogglePlay{}).step == 1);
}

TEST_CASE("a long time passes several steps") {
  const Model model = opened("#play=1");
  const app::RunFacts& facts = model.facts;
  const float first = facts.row(1).plays_ms + facts.row(2).plays_ms;
  CHECK(after(model, app::Tick{first - 1}).step == 2);
  CHECK(after(model, app::Tick{first + 1}).step == 3);
  CHECK(after(model, app::Tick{first + 1}).played_ms == doctest::Approx(1));
}

TEST_CASE("playing can be paused and goes on from there, and stepping stops it") {
  Model model = opened("#play=1");
  model = after(model, app::Tick{time_at(model) - 900});
  model = after(model, app::TogglePlay{});
  CHECK_FALSE(model.playing);
  CHECK(after(model, app::Tick{1'000}).played_ms == model.played_ms);
  model = after(model, app::TogglePlay{});
  CHECK(model.progress() == doctest::Approx(0.25));
  model = after(model, app::StepBy{1});
  CHECK(model.step == 2);
  CHECK_FALSE(model.playing);
  CHECK(model.progress() == 0);
}

TEST_CASE("a ladder that is scrolled back stays so until another step is shown") {
  const Model back = after(opened("#step=12"), app::ScrollLadder{0.75F});
  CHECK(back.scroll == 0.75F);
  CHECK(back.step == 12);
  CHECK(after(back, app::ToggleNumbers{}).scroll == 0.75F);
  CHECK(after(back, app::StepBy{-1}).scroll == 0);
  CHECK(changed(back, "scenario=lost-final-ack").scroll == 0);
  CHECK(after(back, app::ScrollLadder{2}).scroll == 1);
  CHECK(after(back, app::ScrollLadder{-1}).scroll == 0);

  Model playing = after(after(app::first_model(), app::TogglePlay{}), app::ScrollLadder{0.5F});
  playing = after(playing, app::Tick{600});
  CHECK(playing.scroll == 0.5F);
  CHECK(played(playing).scroll == 0);
}

TEST_CASE("the speed changes how long a step takes") {
  Model model = opened("#speed=4&play=1");
  const float ms = time_at(model);
  CHECK(after(model, app::Tick{ms / 4 - 1}).step == 1);
  CHECK(after(model, app::Tick{ms / 4 + 1}).step == 2);
  model = opened("#speed=0.25&play=1");
  CHECK(after(model, app::Tick{ms * 4 - 1}).step == 1);
  CHECK(after(model, app::Tick{ms * 4 + 1}).step == 2);
}

TEST_CASE("with reduced motion nothing is shown between two steps") {
  Model model = after(app::first_model(), app::SystemMotion{true});
  model = after(after(model, app::TogglePlay{}), app::Tick{600});
  CHECK(model.progress() == doctest::Approx(0.5));
  CHECK(model.view().position() == 1);
  CHECK(model.view().now() == 0);
  CHECK(after(model, app::Tick{601}).view().position() == 2);
}

TEST_CASE("an address can ask for playing, but not against the wish for less motion") {
  CHECK(opened("#play=1").playing);
  const Model still = after(app::first_model(), app::SystemMotion{true});
  CHECK_FALSE(after(still, app::Open{app::read_link("#play=1")}).playing);
}

TEST_CASE("sequence numbers are symbols until the reader wants them real") {
  CHECK_FALSE(app::first_model().real_numbers);
  CHECK(opened("#numbers=real").real_numbers);
  const Model real = after(app::first_model(), app::ToggleNumbers{});
  CHECK(real.real_numbers);
  CHECK(after(real, app::Change{app::read_link("#step=2")}).real_numbers);
}

TEST_CASE("what is to come shows as a ghost until the reader turns it off") {
  CHECK(app::first_model().view().preview);
  CHECK_FALSE(opened("#preview=0").view().preview);
  const Model off = after(app::first_model(), app::Change{app::read_link("preview=0")});
  CHECK_FALSE(off.preview);
  CHECK_FALSE(after(off, app::Change{app::read_link("step=2")}).preview);
  CHECK(after(off, app::Change{app::read_link("preview=1")}).preview);
}

TEST_CASE("who presses Play has read the step that is shown: the stage moves at once") {
  Model model = after(app::first_model(), app::TogglePlay{});
  CHECK(model.progress() == doctest::Approx(0));
  CHECK(after(model, app::Tick{600}).progress() == doctest::Approx(0.5));
  model = after(model, app::Tick{1'201});
  CHECK(model.step == 2);
  CHECK(model.playing);
  CHECK(after(model, app::Tick{1'201}).step == 2);  // this one is read first
  // From the end it is another step that is shown next.
  const Model again = after(opened("#step=12"), app::TogglePlay{});
  CHECK(again.step == 1);
  CHECK(again.played_ms == 0);
}

TEST_CASE("playing that pauses after each step goes on at once where a step has been read") {
  Model model = after(app::first_model(), app::TogglePauseEach{});
  model = after(model, app::TogglePlay{});
  CHECK(model.playing);
  CHECK(model.progress() == doctest::Approx(0));
  model = after(model, app::Tick{600});
  CHECK(model.progress() == doctest::Approx(0.5));
  // A pause and going on again do not begin the step anew.
  model = after(after(model, app::TogglePlay{}), app::TogglePlay{});
  CHECK(model.progress() == doctest::Approx(0.5));
  model = after(model, app::Tick{601});
  CHECK(model.step == 2);
  CHECK_FALSE(model.playing);
  CHECK(model.played_ms == 0);
  // Turned off, it plays to the end.
  model = after(after(model, app::TogglePauseEach{}), app::TogglePlay{});
  model = after(model, app::Tick{time_at(model) + 1});
  CHECK(model.step == 3);
  CHECK(model.playing);
}

TEST_CASE("the theme follows the system unless the address says otherwise") {
  const Model model = after(app::first_model(), app::SystemTheme{true});
  CHECK(model.dark());
  CHECK_FALSE(after(model, app::Open{app::read_link("#theme=light")}).dark());
  CHECK_FALSE(after(model, app::SystemTheme{false}).dark());
}

TEST_CASE("keys that mean nothing on the stage belong to the browser") {
  const struct {
    const char* key;
    app::Command command;
  } rows[] = {
      {"ArrowRight", app::StepBy{1}}, {"ArrowLeft", app::StepBy{-1}}, {"Home", app::ToStart{}},
      {"End", app::ToEnd{}},          {" ", app::TogglePlay{}},       {"n", app::ToggleNumbers{}},
      {"N", app::ToggleNumbers{}},
  };
  for (const auto& row : rows) {
    CAPTURE(std::string(row.key));
    const auto command = app::command_of_key(row.key);
    REQUIRE(command.has_value());
    CHECK(command->index() == row.command.index());
    const auto* asked = std::get_if<app::StepBy>(&*command);
    const auto* wanted = std::get_if<app::StepBy>(&row.command);
    if (asked != nullptr && wanted != nullptr) CHECK(asked->steps == wanted->steps);
  }
  for (const char* key : {"Tab", "PageDown", "F5", "ArrowUp", "ArrowDown", "Escape", "a", ""}) {
    CHECK_FALSE(app::command_of_key(key).has_value());
  }
}

TEST_CASE("a scenario file that the reader opens is on the stage, at its first step") {
  Model model = opened("#v=1&scenario=lost-final-ack&step=9&theme=dark&speed=2&play=1");
  const int runs = model.runs;
  model = with_file(model, "found (1).json", still("found", "Found by exploring"));
  CHECK(model.shows_file);
  CHECK(model.run.scenario.title == "Found by exploring");
  CHECK(model.steps() == 1);
  CHECK(model.step == 1);
  CHECK_FALSE(model.playing);
  CHECK(model.runs == runs + 1);
  CHECK(model.dark());
  CHECK(model.speed == 2);
  CHECK(model.notices.empty());
}

TEST_CASE("every scenario of the catalogue can be opened as a file, and is the same run") {
  for (const core::CatalogueFile& file : core::catalogue()) {
    CAPTURE(file.name);
    const Model model = with_file(app::first_model(), "copy.json", std::string(file.json));
    REQUIRE(model.shows_file);
    CHECK(model.run.scenario.id == file.id());
    CHECK(model.steps() == opened("#scenario=" + std::string(file.id())).steps());
  }
}

TEST_CASE("a file that is no scenario changes nothing on the stage") {
  Model before = with_file(app::first_model(), "good.json", still("good", "Good"));
  before = changed(before, "scenario=lost-final-ack&step=4");
  for (const char* text : {"", "{", "{}", "\xff\xfe{\0}", R"({"format": 2})"}) {
    const Model model = with_file(before, "bad.json", text);
    CHECK(model.run.scenario.id == "lost-final-ack");
    CHECK(model.step == 4);
    CHECK(model.runs == before.runs);
    CHECK_FALSE(model.shows_file);
    REQUIRE(model.file.has_value());
    CHECK(model.file->title == "Good");
    CHECK(model.notices.size() == 1);
  }
  before = after(before, app::TogglePlay{});
  CHECK(with_file(before, "bad.json", "{").playing);
}

TEST_CASE("a notice says what is wrong with a file, and where") {
  CHECK(said_of("a.json", std::nullopt) == "“a.json” was not opened: it could not be read.");
  CHECK(said_of("a.json", "") == "“a.json” was not opened: it is empty.");
  CHECK(said_of("a.json", "{\n  nonsense") ==
        "“a.json” was not opened: it is not a scenario.\n"
        "not JSON: unexpected text at line 2, column 4.");
  CHECK(said_of("a.json", R"({"format": 1, "id": "a", "title": "A", "script": [{"do": "<b>"}]})")
            .starts_with("“a.json” was not opened: it is not a scenario.\nAt /script/0"));
  CHECK(said_of("a.json", std::string(1'000'001, ' ')) ==
        "“a.json” was not opened: it is not a scenario.\nlarger than 1 MB.");
}

TEST_CASE("a file that is not text in UTF-8 is told from one with mistakes") {
  using namespace std::string_literals;
  const std::string none =
      "“a.json” was not opened: it is not text in UTF-8, as every scenario file is.";
  for (const std::string& text :
       {"\xff\xfe{\0}\0"s, "{}\0"s, "\x89PNG"s, "{\"id\": \"caf\xe9\"}"s, "\xc0\x80"s,
        "\xe0\x80\x80"s, "\xed\xa0\x80"s, "\xf0\x80\x80\x80"s, "\xf4\x90\x80\x80"s,
        "\xf5\x80\x80\x80"s, "\xe2\x82 "s}) {
    CAPTURE(text);
    CHECK(said_of("a.json", text) == none);
  }
  for (const std::string& text : {"\xc2\x80"s, "\xe0\xa0\x80"s, "\xed\x9f\xbf"s, "\xef\xbf\xbf"s,
                                  "\xf0\x90\x80\x80"s, "\xf4\x8f\xbf\xbf"s, "\x7f"s}) {
    CAPTURE(text);
    CHECK(said_of("a.json", text) != none);
  }
  // The page cuts what is too large wherever it likes, in the middle of a character too.
  const std::string large(1'000'000, ' ');
  CHECK(said_of("a.json", large + "\xe2").ends_with("larger than 1 MB."));
  CHECK(said_of("a.json", large.substr(1) + "\xe2") == none);
  const Model model = with_file(app::first_model(), "a.json", "\xef\xbb\xbf" + still("a", "A"));
  CHECK(model.shows_file);
}

TEST_CASE("of more than four mistakes three are told, and how many more there are") {
  const auto lines = [](const std::string& text) { return std::ranges::count(text, '\n') + 1; };
  const std::string five = said_of("a.json", R"({"format": 2, "a": 1, "b": 2, "script": []})");
  CHECK(lines(five) == 5);
  CHECK(five.contains("\nAt /a: unknown key"));
  CHECK(five.ends_with("\nThere are 2 more mistakes."));
  const std::string three = said_of("a.json", R"({"format": 1, "script": 1})");
  CHECK(lines(three) == 4);
  CHECK_FALSE(three.contains("more mistake"));
  const std::string four = said_of("a.json", R"({"format": 1, "script": 1, "a": 1})");
  CHECK(lines(four) == 5);
  CHECK_FALSE(four.contains("more mistake"));
  std::string hundreds = R"({"format": 1, "id": "a", "title": "A", "script": [1)";
  for (int i = 0; i < 150; ++i) hundreds += ",1";
  const std::string most = said_of("a.json", hundreds + "]}");
  CHECK(lines(most) == 5);
  CHECK(most.ends_with("\nThere are at least 98 more mistakes."));
}

TEST_CASE("what was said of a file is gone when another is opened, and nothing else is") {
  Model model = opened("#colour=red");
  model = with_file(model, "a.json", "{");
  model = with_file(model, "b.json", "{");
  REQUIRE(model.notices.size() == 2);
  CHECK(model.notices.back().text.starts_with("“b.json”"));
  // The same file with the same mistake is news again.
  const int id = model.notices.back().id;
  model = with_file(model, "b.json", "{");
  REQUIRE(model.notices.size() == 2);
  CHECK(model.notices.back().id > id);
  model = with_file(model, "b.json", still("b", "B"));
  REQUIRE(model.notices.size() == 1);
  CHECK(model.notices.front().text.contains("“colour”"));
}

TEST_CASE("a file with the id of a scenario in the catalogue is another scenario") {
  Model model = with_file(app::first_model(), "x.json", still("normal-close", "Not that one"));
  REQUIRE(model.shows_file);
  CHECK(model.steps() == 1);
  model = changed(model, "scenario=normal-close");
  CHECK_FALSE(model.shows_file);
  CHECK(model.run.scenario.title == "Normal close");
  CHECK(model.steps() == 12);
  model = after(model, app::ShowFile{});
  CHECK(model.shows_file);
  CHECK(model.run.scenario.title == "Not that one");
}

TEST_CASE("choosing another scenario keeps the file until the next one is opened") {
  Model model = with_file(app::first_model(), "a.json", still("a", "A"));
  model = changed(model, "step=1&theme=dark");
  CHECK(model.shows_file);
  model = changed(model, "scenario=half-close&step=3");
  CHECK_FALSE(model.shows_file);
  model = after(model, app::ShowFile{});
  CHECK(model.run.scenario.id == "a");
  CHECK(model.step == 1);
  const int runs = model.runs;
  CHECK(after(model, app::ShowFile{}).runs == runs);
  // An address names the catalogue, and what it does not name goes to its default.
  model = after(model, app::Open{app::read_link("#v=1&step=2")});
  CHECK_FALSE(model.shows_file);
  CHECK(model.run.scenario.id == "normal-close");
  CHECK(model.step == 2);
  model = with_file(model, "b.json", still("b", "B"));
  model = after(changed(model, "scenario=half-close"), app::ShowFile{});
  CHECK(model.run.scenario.id == "b");
  CHECK(after(app::first_model(), app::ShowFile{}).run.scenario.id == "normal-close");
}

TEST_CASE("a file that is shown already is shown from its first step") {
  const std::string closes = R"({"format": 1, "id": "a", "title": "A", "script": [
      {"at_ms": 50, "side": "client", "do": "close"}]})";
  const Model model = after(with_file(app::first_model(), "a.json", closes), app::ToEnd{});
  REQUIRE(model.step > 1);
  CHECK(after(model, app::ShowFile{}).step == 1);
  CHECK(after(model, app::ShowFile{}).runs == model.runs);
}

TEST_CASE("stories follow each other in the order of the catalogue, and end with its last") {
  const int count = static_cast<int>(core::catalogue().size());
  Model model = app::first_model();
  CHECK(after(model, app::StepStory{-1}).runs == model.runs);
  for (int i = 0; i < count; ++i) {
    CHECK(model.story() == i);
    CHECK(model.run.scenario.id == core::catalogue()[static_cast<std::size_t>(i)].id());
    model = after(after(model, app::ToEnd{}), app::StepStory{1});
    CHECK((model.step == 1) == (i + 1 < count));
  }
  CHECK(model.story() == count - 1);
  CHECK(after(model, app::StepStory{-1}).story() == count - 2);
}

TEST_CASE("the reader's own file comes before the first story") {
  Model model = with_file(opened("#scenario=half-close"), "a.json", still("normal-close", "A"));
  CHECK(model.stories() == static_cast<int>(core::catalogue().size()) + 1);
  CHECK(model.story() == 0);
  CHECK(after(model, app::StepStory{-1}).shows_file);
  model = after(model, app::StepStory{1});
  CHECK_FALSE(model.shows_file);
  CHECK(model.run.scenario.id == "normal-close");
  CHECK(model.story() == 1);
  model = after(model, app::StepStory{-1});
  CHECK(model.shows_file);
  CHECK(model.run.scenario.title == "A");
  CHECK(after(model, app::StepStory{2}).run.scenario.id == core::catalogue()[1].id());
}

TEST_CASE("what a file says of itself is shown in one line, without hidden characters") {
  Model model = with_file(app::first_model(), "x.json", still("x", R"(a\nb\u202ec\u2066d\u007f)"));
  CHECK(model.run.scenario.title == "a bcd ");
  CHECK(model.file->title == "a bcd ");
  const std::string beat = R"({"format": 1, "id": "x", "title": "X", "script": [],
      "question": "a\nb\u202ec", "client": {"symbol": "\u200bs"}, "beats": [
      {"when": {"side": "client", "state": "ESTABLISHED"}, "title": "a\u202eb", "text": ""}]})";
  model = with_file(app::first_model(), "x.json", beat);
  CHECK(model.run.scenario.question == "a bc");
  CHECK(model.run.scenario.start[0].symbol == "s");
  CHECK(model.run.scenario.annotations.front().title == "ab");
  CHECK(with_file(model, "x.json", still("just-this", " ")).run.scenario.title == "just-this");
  CHECK(said_of("a\nb\u202e.json", "").starts_with("“a\\u{a}b\\u{202e}.json” was"));
  std::string name;
  for (int i = 0; i < 31; ++i) name += "é";
  CHECK(said_of(name, "").starts_with("“" + name.substr(0, 60) + "…” was"));
  CHECK(said_of("x" + name, "").starts_with("“x" + name.substr(0, 58) + "…” was"));
}
