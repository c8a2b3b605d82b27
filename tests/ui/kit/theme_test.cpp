// Every pair of colours that meets on the stage can be told apart (WCAG 2.2, 1.4.3 and 1.4.11).
#include "ui/kit/theme.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <array>
#include <cmath>

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

TEST_CASE("no text on the stage is too small") {
  CHECK(ui::wide_sizes.small >= 12);
  CHECK(ui::medium_sizes.small >= 12);
  CHECK(ui::narrow_sizes.small >= 11);
  CHECK(ui::narrow_sizes.button >= 44);
}
