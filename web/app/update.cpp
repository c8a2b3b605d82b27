#include "app/update.hpp"

#include "core/catalogue.hpp"
#include "core/simulation.hpp"

#include <algorithm>
#include <cassert>

namespace app {
namespace {

void notify(Model& model, std::string text) {
  const auto same = [&](const Notice& notice) { return notice.text == text; };
  if (std::ranges::any_of(model.notices, same)) return;
  model.notices.push_back({++model.notices_given, std::move(text)});
}

/// Puts a scenario of the catalogue on the stage, at its first step.
void load(Model& model, const core::CatalogueFile& file) {
  auto scenario = core::parse_scenario(file.json, file.name);
  assert(scenario.has_value());  // a test parses the whole catalogue
  model.run = {.scenario = std::move(*scenario), .knobs = {}, .edits = {}};
  model.timeline = core::simulate(model.run);
  model.step = 1;
}

void follow(Model& model, const Address& address) {
  for (const std::string& problem : address.problems) notify(model, problem);
  if (address.scenario && *address.scenario != model.run.scenario.id) {
    const core::CatalogueFile* file = core::catalogue_file(*address.scenario);
    assert(file != nullptr);  // read_address() lets no other pass
    load(model, *file);
  }
  if (address.step && *address.step <= model.steps()) {
    model.step = *address.step;
  } else if (address.step) {
    notify(model, "In the address, “step” says " + std::to_string(*address.step) +
                      ", but this run has " + std::to_string(model.steps()) +
                      " steps. It was ignored.");
  }
  if (address.theme) model.theme = *address.theme;
}

struct Update {
  Model& model;

  void operator()(const ToStart&) const { model.step = 1; }
  void operator()(const ToEnd&) const { model.step = model.steps(); }
  void operator()(const StepBy& by) const {
    model.step = std::clamp(model.step + by.steps, 1, model.steps());
  }
  void operator()(const Open& open) const {
    model.notices.clear();
    model.theme = ThemeChoice::System;
    load(model, core::catalogue().front());
    follow(model, open.address);
  }
  void operator()(const Change& change) const { follow(model, change.address); }
  void operator()(const DismissNotice& dismiss) const {
    std::erase_if(model.notices, [&](const Notice& notice) { return notice.id == dismiss.id; });
  }
  void operator()(const SystemTheme& system) const { model.system_dark = system.dark; }
};

}  // namespace

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
  return std::nullopt;
}

}  // namespace app
