#include "ui/ladder/arrows.hpp"

#include <algorithm>
#include <cmath>

namespace ui {
namespace {

/// About as many rows as a stage shows.
constexpr int label_rows = 24;

}  // namespace

Point between(const Point& from, const Point& to, float share) {
  return {std::lerp(from.x, to.x, share), std::lerp(from.y, to.y, share)};
}

Arrow LadderArrows::spanning(core::Side side, float from_y, float to_y) const {
  const float half = geometry_.sizes->lifeline / 2;
  const float left = geometry_.client_x + half;
  const float right = geometry_.server_x - half;
  return side == core::Side::Client ? Arrow{{left, from_y}, {right, to_y}}
                                    : Arrow{{right, from_y}, {left, to_y}};
}

Arrow LadderArrows::from(core::Side side, int leaves, int ends) const {
  return spanning(side, y(leaves), y(ends));
}

Arrow LadderArrows::of(int segment) const {
  const core::Transmission& sent = run_.timeline.segment(segment);
  const app::Flight& flight = run_.facts.flight(segment);
  if (!sent.of_network()) return from(sent.from, flight.leaves, flight.row_of_end());
  const float end = y(flight.leaves);
  return spanning(sent.from, end - geometry_.sizes->network_height, end);
}

Arrow LadderArrows::labelled(int segment) const {
  const core::Transmission& sent = run_.timeline.segment(segment);
  const app::Flight& flight = run_.facts.flight(segment);
  const app::Bundle* bundle = run_.facts.bundle(segment);
  const Arrow whole =
      bundle == nullptr ? of(segment) : from(sent.from, flight.leaves, bundle->first_end);
  if (sent.of_network()) {
    return {between(whole.from, whole.to, geometry_.sizes->appears_at), whole.to};
  }
  const bool dies = bundle == nullptr && flight.lost;
  // Words further along would not be in view with the row in which it leaves.
  const float high = whole.to.y - whole.from.y;
  const float most = geometry_.rows->shown().room;
  const float share = dies ? geometry_.sizes->dies_at : 1.0F;
  if (high <= most && !dies) return whole;
  return {whole.from, between(whole.from, whole.to, std::min(share, most / high))};
}

std::vector<Arrow> LadderArrows::drawn_for(int segment) const {
  const app::Bundle* bundle = run_.facts.bundle(segment);
  if (bundle == nullptr) return {of(segment)};
  const core::Side side = run_.timeline.segment(segment).from;
  return {from(side, run_.facts.flight(segment).leaves, bundle->first_end),
          from(side, bundle->last_leaves, bundle->ends)};
}

std::vector<Arrow> LadderArrows::beside(int segment) const {
  const int leaves = run_.facts.flight(segment).leaves;
  const int last = std::min(run_.facts.last_row(segment), leaves + label_rows);
  const Arrow own = labelled(segment);
  const float around = geometry_.sizes->row_most;
  std::vector<Arrow> out;
  for (const int other : run_.facts.arrows_between(leaves - 2, last + 1)) {
    std::vector<Arrow> drawn = drawn_for(other);
    // The words stand along the first edge of a bundle.
    if (other == segment) drawn.erase(drawn.begin());
    for (const Arrow& arrow : drawn) {
      const bool near = arrow.to.y > own.from.y - around && arrow.from.y < own.to.y + around;
      if (near) out.push_back(arrow);
    }
  }
  // No words cross the edge where the half-closed time begins.
  for (int step = std::max(2, leaves - 1); step <= std::min(last + 1, run_.steps()); ++step) {
    const auto half_closed = [&](int at) {
      return core::half_closed(run_.at(at).world).has_value();
    };
    if (half_closed(step) && !half_closed(step - 1)) {
      out.push_back(spanning(core::Side::Client, y(step), y(step)));
    }
  }
  return out;
}

}  // namespace ui
