#include "app/link_write.hpp"

#include <string_view>

namespace app {
namespace {

std::string_view word(ThemeChoice theme) {
  switch (theme) {
    case ThemeChoice::System: return "system";
    case ThemeChoice::Light: return "light";
    case ThemeChoice::Dark: return "dark";
  }
  return {};
}

}  // namespace

Link link_to(const Model& model) {
  Link link;
  if (!model.shows_file) link.scenario = model.run.scenario.id;
  link.step = model.step;
  if (model.theme != ThemeChoice::System) link.theme = model.theme;
  if (model.speed != 1) link.speed = model.speed;
  if (model.real_numbers) link.real_numbers = true;
  if (!model.preview) link.preview = false;
  if (model.pause_each) link.pause_each = true;
  return link;
}

std::string write_link(const Link& link) {
  std::string out = "v=1";
  const auto add = [&](std::string_view key, std::string_view value) {
    out += '&';
    out += key;
    out += '=';
    out += value;
  };
  // An id of the catalogue has no character that would have to be encoded.
  if (link.scenario) add("scenario", *link.scenario);
  if (link.step) add("step", std::to_string(*link.step));
  if (link.theme) add("theme", word(*link.theme));
  for (const Speed& known : speeds) {
    if (link.speed == known.factor) add("speed", known.name);
  }
  if (link.real_numbers) add("numbers", *link.real_numbers ? "real" : "symbolic");
  if (link.preview) add("preview", *link.preview ? "1" : "0");
  if (link.pause_each) add("pause", *link.pause_each ? "1" : "0");
  if (link.play) add("play", "1");
  return out;
}

}  // namespace app
