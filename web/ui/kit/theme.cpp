#include "ui/kit/theme.hpp"

namespace ui {
namespace {

/// A colour from 0xRRGGBB, opaque unless said otherwise.
constexpr Colour rgb(std::uint32_t hex, std::uint32_t alpha = 255) {
  return (alpha << 24U) | ((hex & 255U) << 16U) | (hex & 0xff00U) | (hex >> 16U);
}

constexpr std::uint32_t tint_alpha = 36;  // 14 % of the shape's colour

constexpr Colours light = {
    .paper = rgb(0xffffff),
    .ink = rgb(0x1d2530),
    .faint = rgb(0x5b6472),
    .line = rgb(0xd9d7d0),
    .accent = rgb(0x0d5fa8),
    .on_accent = rgb(0xffffff),
    .control = rgb(0xffffff),
    .hovered = rgb(0xf0efea),
    .disabled = rgb(0xa3a8b0),
    .lost = rgb(0xb3261e),
    .band = rgb(0xeaedf6),
    .ghost = rgb(0xdcdfe4),
};
constexpr Colours dark_colours = {
    .paper = rgb(0x1b2027),
    .ink = rgb(0xe9ecf0),
    .faint = rgb(0xa3abb7),
    .line = rgb(0x333a44),
    .accent = rgb(0x6bb3ff),
    .on_accent = rgb(0x10151b),
    .control = rgb(0x1b2027),
    .hovered = rgb(0x2a313b),
    .disabled = rgb(0x5d6673),
    .lost = rgb(0xff8a80),
    .band = rgb(0x2a2f42),
    .ghost = rgb(0x39414c),
};

struct Hues {
  std::uint32_t light_shape;
  std::uint32_t light_text;
  std::uint32_t dark_shape;
  std::uint32_t dark_text;
};

constexpr Hues hues(core::State state) {
  using enum core::State;
  switch (state) {
    case Established: return {0x1f8a5b, 0x1b774e, 0x3fbf86, 0x3fbf86};
    case FinWait1: return {0xb87a00, 0x916000, 0xf0b429, 0xf0b429};
    case FinWait2: return {0x83410b, 0x83410b, 0xc97530, 0xd8833f};
    case CloseWait: return {0x1693bf, 0x037093, 0x2c86ac, 0x4ca2c9};
    case LastAck: return {0x6e68d6, 0x615ac6, 0xcfc4f0, 0xcfc4f0};
    case Closing: return {0xa72c47, 0xa72c47, 0xb67081, 0xcc8495};
    case TimeWait: return {0x9a3b8f, 0x9a3b8f, 0xe07ad3, 0xe07ad3};
    case Listen:
    case SynSent:
    case SynReceived: return {0x04605e, 0x04605e, 0x88dfcf, 0x88dfcf};
    case Closed: return {0x6e747f, 0x636974, 0x8b94a3, 0x939ba9};
  }
  return {};
}

}  // namespace

const Colours& colours(bool dark) {
  return dark ? dark_colours : light;
}

StateColours state_colours(core::State state, bool dark) {
  const Hues hue = hues(state);
  const std::uint32_t shape = dark ? hue.dark_shape : hue.light_shape;
  return {rgb(shape), rgb(dark ? hue.dark_text : hue.light_text), rgb(shape, tint_alpha)};
}

}  // namespace ui
