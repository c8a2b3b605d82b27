// Every pair of colours that meets on the stage can be told apart (WCAG 2.2, 1.4.3 and 1.4.11).
#include "ui/kit/theme.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <string>
#include <utility>

namespace {

constexpr double for_text = 4.5;
constexpr double for_shapes = 3;

std::array<double, 3> channels(ui::Colour colour) {
  return {(colour & 255U) / 255.0, (colour >> 8U & 255U) / 255.0, (colour >> 16U & 255U) / 255.0};
}

double alpha(ui::Colour colour) {
  return (colour >> 24U) / 255.0;
}

/// What is seen when `over` lies on an opaque colour.
std::array<double, 3> blend(ui::Colour over, ui::Colour under) {
  const auto top = channels(over);
  auto out = channels(under);
  for (std::size_t i = 0; i < 3; ++i) out[i] += (top[i] - out[i]) * alpha(over);
  return out;
}

double luminance(const std::array<double, 3>& rgb) {
  const auto linear = [](double c) {
    return c <= 0.04045 ? c / 12.92 : std::pow((c + 0.055) / 1.055, 2.4);
  };
  return 0.2126 * linear(rgb[0]) + 0.7152 * linear(rgb[1]) + 0.0722 * linear(rgb[2]);
}

double contrast(const std::array<double, 3>& one, const std::array<double, 3>& other) {
  const double a = luminance(one) + 0.05;
  const double b = luminance(other) + 0.05;
  return std::max(a, b) / std::min(a, b);
}

using Rgb = std::array<double, 3>;

/// How colours are seen: Machado, Oliveira and Fernandes 2009, severity 1, in linear RGB.
struct Sight {
  const char* name;
  std::array<Rgb, 3> matrix;
};
constexpr std::array<Sight, 4> sights = {{
    {"usual", {{{1, 0, 0}, {0, 1, 0}, {0, 0, 1}}}},
    {"protanopia",
     {{{0.152286, 1.052583, -0.204868},
       {0.114503, 0.786281, 0.099216},
       {-0.003882, -0.048116, 1.051998}}}},
    {"deuteranopia",
     {{{0.367322, 0.860646, -0.227968},
       {0.280085, 0.672501, 0.047413},
       {-0.011820, 0.042940, 0.968881}}}},
    {"tritanopia",
     {{{1.255528, -0.076749, -0.178779},
       {-0.078411, 0.930809, 0.147602},
       {0.004733, 0.691367, 0.303900}}}},
}};

Rgb times(const std::array<Rgb, 3>& matrix, const Rgb& of) {
  Rgb out{};
  for (std::size_t i = 0; i < 3; ++i) {
    for (std::size_t k = 0; k < 3; ++k) out[i] += matrix[i][k] * of[k];
  }
  return out;
}

/// In OKLab (Ottosson 2020), times 100.
Rgb oklab(ui::Colour colour, const Sight& sight) {
  Rgb linear = channels(colour);
  for (double& c : linear) c = c <= 0.04045 ? c / 12.92 : std::pow((c + 0.055) / 1.055, 2.4);
  linear = times(sight.matrix, linear);
  for (double& c : linear) c = std::clamp(c, 0.0, 1.0);
  Rgb cones = times({{{0.4122214708, 0.5363325363, 0.0514459929},
                      {0.2119034982, 0.6806995451, 0.1073969566},
                      {0.0883024619, 0.2817188376, 0.6299787005}}},
                    linear);
  for (double& c : cones) c = 100 * std::cbrt(c);
  return times({{{0.2104542553, 0.7936177850, -0.0040720468},
                 {1.9779984951, -2.4285922050, 0.4505937099},
                 {0.0259040371, 0.7827717662, -0.8086757660}}},
               cones);
}

double apart(ui::Colour one, ui::Colour other, const Sight& sight) {
  const Rgb a = oklab(one, sight);
  const Rgb b = oklab(other, sight);
  return std::hypot(a[0] - b[0], a[1] - b[1], a[2] - b[2]);
}

}  // namespace

TEST_CASE("text can be read on everything that it stands on") {
  for (const bool dark : {false, true}) {
    CAPTURE(dark);
    const ui::Colours& colour = ui::colours(dark);
    for (const ui::Colour paper : {colour.paper, colour.band, colour.control, colour.hovered}) {
      CHECK(contrast(channels(colour.ink), channels(paper)) >= for_text);
      CHECK(contrast(channels(colour.faint), channels(paper)) >= for_text);
    }
    for (const ui::Colour paper : {colour.paper, colour.band}) {
      CHECK(contrast(channels(colour.accent), channels(paper)) >= for_text);
      CHECK(contrast(channels(colour.lost), channels(paper)) >= for_text);
    }
    // A bundle of segments is a veil over the paper.
    for (const ui::Colour veil : {colour.ink, colour.accent, colour.lost}) {
      const auto ground = blend(ui::veiled(veil), colour.paper);
      CHECK(contrast(channels(colour.ink), ground) >= for_text);
      CHECK(contrast(channels(colour.faint), ground) >= for_text);
    }
    CHECK(contrast(channels(colour.on_accent), channels(colour.accent)) >= for_text);
    // The number of a segment stands in a disc of the arrow's colour.
    for (const ui::Colour disc : {colour.ink, colour.accent, colour.lost}) {
      CHECK(contrast(channels(colour.paper), channels(disc)) >= for_text);
    }
  }
}

TEST_CASE("each state's name can be read on its badge, and its shape be seen on the paper") {
  for (const bool dark : {false, true}) {
    for (const core::State state : core::all_states) {
      CAPTURE(dark);
      CAPTURE(core::to_string(state));
      const ui::Colour paper = ui::colours(dark).paper;
      const ui::StateColours colours = ui::state_colours(state, dark);
      CHECK(contrast(channels(colours.text), blend(colours.tint, paper)) >= for_text);
      CHECK(contrast(channels(colours.shape), channels(paper)) >= for_shapes);
      CHECK(contrast(channels(colours.shape), channels(ui::colours(dark).band)) >= for_shapes);
    }
  }
}

TEST_CASE("text can be read on a bar, filled or not") {
  for (const bool dark : {false, true}) {
    for (const core::State state : {core::State::TimeWait, core::State::FinWait2}) {
      const ui::Colours& colour = ui::colours(dark);
      const ui::StateColours colours = ui::state_colours(state, dark);
      const auto tinted = blend(colours.tint, colour.paper);
      CHECK(contrast(channels(colour.ink), tinted) >= for_text);
      const auto filled = blend(ui::filling(colours.shape), colour.paper);
      CHECK(contrast(channels(colour.ink), filled) >= for_text);
    }
  }
}

TEST_CASE("states that meet, the band and the current segment are told apart by all eyes") {
  using enum core::State;
  constexpr double clearly = 14;
  constexpr double enough = 5.5;
  for (const bool dark : {false, true}) {
    const ui::Colours& colour = ui::colours(dark);
    const auto shape = [&](core::State state) { return ui::state_colours(state, dark).shape; };
    for (const Sight& sight : sights) {
      CAPTURE(dark);
      CAPTURE(std::string(sight.name));
      CHECK(apart(shape(FinWait1), shape(FinWait2), sight) >= clearly);
      CHECK(apart(shape(FinWait1), colour.band, sight) >= clearly);
      CHECK(apart(shape(FinWait2), colour.band, sight) >= clearly);
      CHECK(apart(shape(CloseWait), colour.accent, sight) >= clearly);
      for (const auto& [one, next] : {std::pair{Established, FinWait1},
                                      {FinWait1, Closing},
                                      {FinWait1, TimeWait},
                                      {FinWait2, TimeWait},
                                      {Closing, TimeWait},
                                      {TimeWait, Closed},
                                      {Established, CloseWait},
                                      {CloseWait, LastAck},
                                      {LastAck, Closed},
                                      {CloseWait, Closed},
                                      {SynSent, Established}}) {
        CAPTURE(core::to_string(one));
        CAPTURE(core::to_string(next));
        CHECK(apart(shape(one), shape(next), sight) >= enough);
      }
    }
  }
}

TEST_CASE("no text on the stage is too small") {
  CHECK(ui::wide_sizes.small >= 12);
  CHECK(ui::wide_sizes.along >= 14);
  CHECK(ui::medium_sizes.small >= 12);
  CHECK(ui::medium_sizes.along >= 12);
  CHECK(ui::narrow_sizes.small >= 11);
  CHECK(ui::narrow_sizes.along >= 11);
  for (const ui::Sizes* sizes : {&ui::wide_sizes, &ui::medium_sizes, &ui::narrow_sizes}) {
    CHECK(sizes->button >= 44);
    CHECK(sizes->header >= sizes->button);
    CHECK(sizes->transport - sizes->slider_strip >= sizes->button);
    CHECK(sizes->badge_height >= sizes->small + 4);
    CHECK(sizes->bar >= sizes->small + 4);
    CHECK(sizes->pipe >= sizes->small + 4);
  }
}

TEST_CASE("a large stage is drawn larger, by half of what it is larger") {
  CHECK(ui::growth_for(320, 500) == 1);
  CHECK(ui::growth_for(760, 660) == 1);
  CHECK(ui::growth_for(1520, 660) == 1);  // as far as both sides allow
  CHECK(ui::growth_for(1140, 990) == doctest::Approx(1.25));
  CHECK(ui::growth_for(9000, 9000) == 1.5F);
}
