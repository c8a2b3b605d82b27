#include "app/update.hpp"

#include "app/say.hpp"
#include "app/stories.hpp"
#include "core/scenario/catalogue.hpp"
#include "core/sim/simulation.hpp"

#include <algorithm>
#include <cassert>

namespace app {
namespace {

void notify(Model& model, std::string text) {
  const auto same = [&](const Notice& notice) { return notice.text == text; };
  if (std::ranges::any_of(model.notices, same)) return;
  model.notices.push_back({.id = ++model.notices_given, .text = std::move(text)});
}

/// Shows a step and stops playing.
void rest_at(Model& model, int step) {
  model.step = step;
  model.played_ms = 0;
  model.playing = false;
  model.scroll = 0;
}

/// Plays on from here; from the end, the whole run once more.
void play(Model& model) {
  if (model.step == model.steps()) rest_at(model, 1);
  model.playing = model.steps() > 1;
}

/// The same for a reader who has read the step that is shown: the stage moves at once.
void play_on(Model& model) {
  const bool shown = model.step < model.steps();
  play(model);
  if (!shown || !model.playing) return;
  const float read_ms = model.facts.row(model.step).plays_ms - model.moves_ms();
  model.played_ms = std::max(model.played_ms, read_ms);
}

/// Lets the reader's time pass; at the last step playing ends.
void advance(Model& model, float ms) {
  if (!model.playing) return;
  model.played_ms += ms * model.speed;
  while (model.playing && model.played_ms >= model.facts.row(model.step).plays_ms) {
    model.played_ms -= model.facts.row(model.step).plays_ms;
    model.scroll = 0;
    ++model.step;
    model.playing = model.step < model.steps() && !model.pause_each;
  }
  if (!model.playing) model.played_ms = 0;
}

/// Puts a scenario on the stage, at its first step.
void show(Model& model, core::Scenario scenario, bool of_file) {
  model.run = {.scenario = std::move(scenario), .knobs = {}, .edits = {}};
  model.timeline = core::simulate(model.run);
  model.facts = facts_of(model.run, model.timeline);
  model.shows_file = of_file;
  ++model.runs;
  rest_at(model, 1);
}

void load(Model& model, const core::CatalogueFile& file) {
  show(model, scenario_of(file), false);
}

/// Shows the first step of the reader's own file, if there is one.
void show_file(Model& model) {
  if (!model.file) return;
  if (model.shows_file) {
    rest_at(model, 1);
  } else {
    show(model, *model.file, true);
  }
}

/// Shows another story, unless that is beyond the first or the last one.
void step_story(Model& model, int by) {
  const int wanted = model.story() + by;
  if (wanted < 0 || wanted >= model.stories()) return;
  if (model.file && wanted == 0) {
    show_file(model);
  } else {
    load(model, core::catalogue()[static_cast<std::size_t>(wanted - (model.file ? 1 : 0))]);
  }
}

void open(Model& model, const File& file) {
  // What was said of the file before is over, even if it is the same file with the same mistakes.
  std::erase_if(model.notices, [](const Notice& notice) { return notice.of_file; });
  auto scenario = read_file(file);
  if (!scenario) {
    model.notices.push_back(
        {.id = ++model.notices_given, .text = std::move(scenario.error()), .of_file = true});
    return;
  }
  model.file = std::move(*scenario);
  show(model, *model.file, true);
}

void follow(Model& model, const Link& address) {
  for (const core::Message& problem : address.problems) notify(model, render(problem));
  // A file may have the id of a scenario in the catalogue, and is not what the address names.
  if (address.scenario && (model.shows_file || *address.scenario != model.run.scenario.id)) {
    const core::CatalogueFile* file = core::catalogue_file(*address.scenario);
    assert(file != nullptr);  // read_link() lets no other pass
    load(model, *file);
  }
  if (address.step) rest_at(model, std::min(*address.step, model.steps()));
  if (address.step && *address.step > model.steps()) {
    notify(model, Say(core::Text::notice_step_beyond_run)
                      .with("step", *address.step)
                      .with("steps", model.steps())
                      .text());
  }
  if (address.theme) model.theme = *address.theme;
  if (address.speed) model.speed = *address.speed;
  if (address.real_numbers) model.real_numbers = *address.real_numbers;
  if (address.preview) model.preview = *address.preview;
  if (address.pause_each) model.pause_each = *address.pause_each;
  if (address.play && !model.reduced_motion) play(model);
}

struct Update {
  Model& model;

  void operator()(const ToStart&) const { rest_at(model, 1); }
  void operator()(const ToEnd&) const { rest_at(model, model.steps()); }
  void operator()(const StepBy& by) const {
    rest_at(model, std::clamp(model.step + by.steps, 1, model.steps()));
  }
  void operator()(const TogglePlay&) const {
    if (model.playing) {
      model.playing = false;
    } else {
      play_on(model);
    }
  }
  void operator()(const ScrollLadder& look) const {
    model.scroll = std::clamp(look.share, 0.0F, 1.0F);
  }
  void operator()(const Tick& tick) const { advance(model, tick.ms); }
  void operator()(const ToggleNumbers&) const { model.real_numbers = !model.real_numbers; }
  void operator()(const TogglePauseEach&) const { model.pause_each = !model.pause_each; }
  void operator()(const Open& open) const {
    model.notices.clear();
    model.theme = ThemeChoice::System;
    model.speed = 1;
    model.real_numbers = false;
    model.preview = true;
    model.pause_each = false;
    load(model, core::catalogue().front());
    follow(model, open.address);
  }
  void operator()(const Change& change) const { follow(model, change.address); }
  void operator()(const OpenFile& opened) const { open(model, opened.file); }
  void operator()(const ShowFile&) const { show_file(model); }
  void operator()(const StepStory& step) const { step_story(model, step.stories); }
  void operator()(const DismissNotice& dismiss) const {
    std::erase_if(model.notices, [&](const Notice& notice) { return notice.id == dismiss.id; });
  }
  void operator()(const SystemTheme& system) const { model.system_dark = system.dark; }
  void operator()(const SystemMotion& system) const { model.reduced_motion = system.reduced; }
};

}  // namespace

int Model::story() const {
  if (shows_file) return 0;
  const auto files = core::catalogue();
  const auto shown = std::ranges::find(files, run.scenario.id, &core::CatalogueFile::id);
  return static_cast<int>(shown - files.begin()) + (file ? 1 : 0);
}

int Model::stories() const {
  return static_cast<int>(core::catalogue().size()) + (file ? 1 : 0);
}

float Model::moves_ms() const {
  // How long a segment is on its way, and how long a folded wait takes to pass.
  constexpr float step_ms = 1'200;
  constexpr float fold_ms = 2'500;
  const Row& row = facts.row(step);
  return std::min(row.folded_after ? fold_ms : step_ms, row.plays_ms);
}

float Model::progress() const {
  return std::clamp(1 - (facts.row(step).plays_ms - played_ms) / moves_ms(), 0.0F, 1.0F);
}

Model first_model() {
  Model model;
  load(model, core::catalogue().front());
  return model;
}

void update(Model& model, const Command& command) {
  std::visit(Update{model}, command);
}

std::optional<Command> command_of_key(std::string_view key) {
  if (key == "ArrowRight") return StepBy{1};
  if (key == "ArrowLeft") return StepBy{-1};
  if (key == "Home") return ToStart{};
  if (key == "End") return ToEnd{};
  if (key == " ") return TogglePlay{};
  if (key == "n" || key == "N") return ToggleNumbers{};
  if (key == "p" || key == "P") return TogglePauseEach{};
  return std::nullopt;
}

}  // namespace app
