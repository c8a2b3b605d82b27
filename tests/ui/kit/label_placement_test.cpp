#include "ui/kit/label_placement.hpp"

#include <doctest/doctest.h>

#include <cmath>
#include <vector>

using ui::Arrow;
using ui::LabelPlacement;
using ui::LabelVariant;
using ui::OrientedBox;
using ui::Point;

namespace {

constexpr float client = 0;
constexpr float server = 320;
constexpr ui::LabelSizes sizes = {
    .text = 12, .above = 5, .below = 9, .disc = 9, .after = 8, .between = 16, .margin = 16};
constexpr std::array settings = {
    LabelVariant{.number = 18, .flags = 44, .values = 90, .one_line = true},
    LabelVariant{.number = 18, .flags = 44, .values = 90, .one_line = false},
    LabelVariant{.number = 18, .flags = 44, .values = 40, .one_line = true},
    LabelVariant{.number = 18, .flags = 44, .values = 40, .one_line = false}};

Arrow from_client(float leaves, float arrives) {
  return {{client, leaves}, {server, arrives}};
}
Arrow from_server(float leaves, float arrives) {
  return {{server, leaves}, {client, arrives}};
}

LabelPlacement place(const Arrow& arrow, const std::vector<Arrow>& others = {},
                     const std::vector<OrientedBox>& taken = {},
                     std::span<const LabelVariant> words = settings) {
  return ui::place_label(arrow, words, others, taken, sizes);
}

bool meets(const OrientedBox& strip, const Arrow& stroke) {
  return ui::intersects(strip, std::array{stroke.from, stroke.to});
}

float distance(const Point& a, const Point& b) {
  return std::hypot(b.x - a.x, b.y - a.y);
}

/// How far from its left end a label begins and ends along an arrow.
std::pair<float, float> reach(const Arrow& arrow, const LabelPlacement& placing) {
  const Point& left = arrow.from.x < arrow.to.x ? arrow.from : arrow.to;
  const Point& right = arrow.from.x < arrow.to.x ? arrow.to : arrow.from;
  const float length = distance(left, right);
  std::pair<float, float> out = {length, 0};
  for (const OrientedBox& strip : {placing.head, placing.values}) {
    for (const Point& corner : strip) {
      const float along =
          ((corner.x - left.x) * (right.x - left.x) + (corner.y - left.y) * (right.y - left.y)) /
          length;
      out = {std::min(out.first, along), std::max(out.second, along)};
    }
  }
  return out;
}

}  // namespace

TEST_CASE("shapes meet where they have a point in common, and only there") {
  const OrientedBox square = {{{0, 0}, {10, 0}, {10, 10}, {0, 10}}};
  const auto moved = [&](float x, float y) {
    OrientedBox out = square;
    for (Point& point : out) point = {point.x + x, point.y + y};
    return out;
  };
  CHECK(ui::intersects(square, moved(9, 9)));
  CHECK_FALSE(ui::intersects(square, moved(11, 0)));
  CHECK_FALSE(ui::intersects(square, moved(0, -11)));
  // A diamond beside the corner: the boxes around them overlap, they do not.
  const OrientedBox diamond = {{{18, 9}, {27, 18}, {18, 27}, {9, 18}}};
  CHECK_FALSE(ui::intersects(square, diamond));
  CHECK(ui::intersects(moved(4, 4), diamond));
  CHECK(meets(square, {{-5, 5}, {15, 6}}));
  CHECK(meets(square, {{4, 4}, {6, 6}}));
  CHECK_FALSE(meets(square, {{-5, 8}, {5, 18}}));
}

TEST_CASE("an arrow alone has its label in its middle, in one line") {
  for (const Arrow& arrow : {from_client(0, 40), from_server(0, 40)}) {
    const LabelPlacement placing = place(arrow);
    CHECK(placing.setting == 0);
    const auto [begin, end] = reach(arrow, placing);
    CHECK((begin + end) / 2 == doctest::Approx(std::hypot(320, 40) / 2));
    CHECK(distance(placing.head[1], placing.head[0]) == doctest::Approx(18 + 8 + 44));
    CHECK(distance(placing.flags[1], placing.values[0]) == doctest::Approx(16));
    CHECK(distance(placing.number, placing.flags[0]) == doctest::Approx(std::hypot(18 / 2 + 8, 6)));
    for (const OrientedBox& strip : {placing.head, placing.values})
      CHECK_FALSE(meets(strip, arrow));
  }
}

TEST_CASE("a short arrow has the sequence numbers below it, and a shorter one fewer of them") {
  const auto on = [](float right) {
    return ui::place_label({{0, 0}, {right, 0}}, settings, {}, {}, sizes);
  };
  CHECK(on(210).setting == 0);
  const LabelPlacement below = on(130);
  CHECK(below.setting == 1);
  CHECK_FALSE(ui::intersects(below.head, below.values));
  CHECK(below.head[0].y < 0);
  CHECK(below.values[0].y > 0);
  CHECK(on(110).setting == 3);
  CHECK(on(60).setting == 3);
}

TEST_CASE("where two arrows cross, each label is on its sender's side, clear of the other arrow") {
  const Arrow forth = from_client(0, 80);
  const Arrow back = from_server(0, 80);
  const LabelPlacement one = place(forth, {back});
  const LabelPlacement two = place(back, {forth});
  for (const OrientedBox& strip : {one.head, one.values}) CHECK_FALSE(meets(strip, back));
  for (const OrientedBox& strip : {two.head, two.values}) CHECK_FALSE(meets(strip, forth));
  CHECK(reach(forth, one).second < 160);
  CHECK(reach(back, two).first > 160);
}

TEST_CASE("a label stands in the middle of the longest part that nothing crosses") {
  const Arrow forth = from_client(0, 80);
  const Arrow back = from_server(0, 200);  // they cross 200/280 of the way from the Client
  for (const auto& [arrow, other] : {std::pair(forth, back), std::pair(back, forth)}) {
    const float length = std::hypot(320.0F, arrow.to.y);
    const auto [begin, end] = reach(arrow, place(arrow, {other}));
    CHECK((begin + end) / 2 == doctest::Approx(length * 100 / 280));
  }
}

TEST_CASE("a label makes room for the words that are there already") {
  const OrientedBox words = {{{140, -30}, {180, -30}, {180, 0}, {140, 0}}};
  const LabelPlacement placing = place({{0, 0}, {320, 0}}, {}, {words});
  for (const OrientedBox& strip : placing.covers) CHECK_FALSE(ui::intersects(strip, words));
}

TEST_CASE("many arrows across each other: no label is struck out, and none covers another") {
  // FIN, ACK, FIN, ACK and two resets, two of them overtaken by what was sent after them; with the
  // words that such segments have.
  const std::vector<Arrow> arrows = {from_client(0, 32),    from_server(64, 208),
                                     from_server(96, 128),  from_client(176, 304),
                                     from_client(240, 272), from_server(336, 368)};
  constexpr std::array<float, 6> flags = {50, 22, 50, 22, 22, 22};
  constexpr std::array<float, 6> all_values = {80, 94, 94, 108, 50, 50};
  std::vector<OrientedBox> taken;
  for (std::size_t i = 0; i < arrows.size(); ++i) {
    CAPTURE(i);
    std::vector<Arrow> others = arrows;
    others.erase(others.begin() + static_cast<std::ptrdiff_t>(i));
    const std::array words = {
        LabelVariant{
            .number = 18, .flags = flags.at(i), .values = all_values.at(i), .one_line = true},
        LabelVariant{
            .number = 18, .flags = flags.at(i), .values = all_values.at(i), .one_line = false},
        LabelVariant{.number = 18, .flags = flags.at(i), .values = 50, .one_line = true},
        LabelVariant{.number = 18, .flags = flags.at(i), .values = 50, .one_line = false}};
    const LabelPlacement placing = place(arrows[i], others, taken, words);
    for (const OrientedBox& strip : {placing.head, placing.values}) {
      for (const Arrow& other : others) CHECK_FALSE(meets(strip, other));
    }
    for (const OrientedBox& strip : placing.covers) {
      for (const OrientedBox& other : taken) CHECK_FALSE(ui::intersects(strip, other));
    }
    const auto [begin, end] = reach(arrows[i], placing);
    CHECK(begin >= sizes.margin - 0.01F);
    CHECK(end <= 360);
    taken.insert(taken.end(), placing.covers.begin(), placing.covers.end());
  }
}

TEST_CASE("where nothing is free, a label stands where it is least in the way") {
  // Struck out everywhere, above and below; then on the left once more.
  std::vector<Arrow> others = {{{0, -10}, {320, -10}}, {{0, 15}, {320, 15}}};
  const Arrow arrow = from_client(0, 0);
  const auto [begin, end] = reach(arrow, place(arrow, others));
  CHECK((begin + end) / 2 == doctest::Approx(160));
  others.push_back({{0, -14}, {150, -14}});
  others.push_back({{0, 18}, {150, 18}});
  CHECK(reach(arrow, place(arrow, others)).first > 150);
}

TEST_CASE("where nothing is free, the search for a place ends after a while") {
  std::vector<Arrow> others;
  for (int i = 0; i < 300; ++i) {
    const auto y = static_cast<float>(i - 150);
    others.push_back({{-100, y}, {5000, y}});
  }
  const LabelPlacement placing = place({{0, 0}, {5000, 0}}, others);
  CHECK(placing.compared >= ui::most_compared);
  CHECK(placing.compared <= ui::most_compared + 2 * 300);
}
