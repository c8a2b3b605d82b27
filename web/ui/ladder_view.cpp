#include "core/narrate.hpp"
#include "ui/layout.hpp"
#include "ui/views.hpp"
#include "ui/widgets.hpp"

#include <algorithm>
#include <array>
#include <cmath>

namespace ui {
namespace {

constexpr std::array sides = {core::Side::Client, core::Side::Server};

std::string numbers(const core::Segment& segment) {
  std::string out = "seq=" + std::to_string(segment.seq.value);
  if (segment.flags.ack) out += " ack=" + std::to_string(segment.ack.value);
  if (segment.len > 0) out += " len=" + std::to_string(segment.len);
  return out;
}

/// Draws one run's ladder up to the current step, from back to front.
class Ladder {
 public:
  Ladder(const app::Model& model, ImVec2 min, ImVec2 max, Frame& frame)
      : model_(model),
        frame_(frame),
        layout_(model.timeline, min, max, model.step),
        min_(min),
        max_(max) {}

  void draw() {
    headings();
    list(frame_, "ladder", "Ladder", min_, max_);
    frame_.draw.PushClipRect(layout_.clip_min(), layout_.clip_max(), true);
    lifelines();
    now_line();
    for (int number = 1; number <= model_.step; ++number) step(at(number));
    frame_.draw.PopClipRect();
  }

 private:
  [[nodiscard]] const core::Step& at(int number) const {
    return model_.timeline.steps[static_cast<std::size_t>(number) - 1];
  }
  [[nodiscard]] float row(int number) const { return layout_.y(static_cast<float>(number)); }
  /// -1 towards the left for the client, 1 towards the right for the server.
  static float outward(core::Side side) { return side == core::Side::Client ? -1.0F : 1.0F; }
  static Align outer_align(core::Side side) {
    return side == core::Side::Client ? Align::Right : Align::Left;
  }
  static std::string key(std::string_view kind, int number) {
    return "ladder/" + std::string(kind) + "/" + std::to_string(number);
  }

  void headings() const {
    for (const core::Side side : sides) {
      text(frame_, frame_.text, sizes.text, {layout_.x(side), min_.y + sizes.margin}, Align::Centre,
           frame_.colour.ink, core::name(side));
    }
  }

  void lifelines() const {
    for (const core::Side side : sides) {
      for (int number = 1; number <= model_.step; ++number) {
        const core::State state = at(number).world.at(side).tcb.state;
        const float x = layout_.x(side) - sizes.lifeline / 2;
        const float end = row(number) + (number == model_.step ? sizes.row / 2 : sizes.row);
        frame_.draw.AddRectFilled({x, row(number)}, {x + sizes.lifeline, end},
                                  state_colours(state, frame_.dark).shape);
      }
    }
  }

  void now_line() const {
    const float y = row(model_.step);
    const float dash = sizes.gap / 2;
    for (float x = min_.x + sizes.margin; x < max_.x - sizes.margin; x += 2 * dash) {
      frame_.draw.AddLine({x, y}, {x + dash, y}, frame_.colour.accent, sizes.hairline);
    }
  }

  void step(const core::Step& step) {
    if (step.kind == core::StepKind::Start) {
      for (const core::Side side : sides) badge(step, side, step.world.at(side).tcb.state);
    }
    if (step.kind == core::StepKind::Beat) beat(step);
    for (std::size_t i = step.records.first; i < step.records.last; ++i) {
      const core::Record& record = model_.timeline.records[i];
      if (const auto* called = std::get_if<core::Called>(&record.what)) {
        call(step, record.side, *called);
      } else if (const auto* changed = std::get_if<core::StateChanged>(&record.what)) {
        badge(step, record.side, changed->to);
      } else if (const auto* timer = std::get_if<core::TimerChanged>(&record.what)) {
        timer_note(step, record.side, *timer);
      } else if (const auto* sent = std::get_if<core::Sent>(&record.what)) {
        segment(model_.timeline.segment(sent->segment));
      }
    }
  }

  void badge(const core::Step& step, core::Side side, core::State state) {
    const std::string_view name = core::name(state);
    const StateColours colour = state_colours(state, frame_.dark);
    const ImVec2 extent =
        frame_.mono->CalcTextSizeA(sizes.small, FLT_MAX, 0, name.data(), name.data() + name.size());
    const float width = extent.x + 2 * sizes.badge_padding;
    const float near = layout_.x(side) + outward(side) * sizes.badge_offset;
    const float left = side == core::Side::Client ? near - width : near;
    const ImVec2 min = {left, row(step.number) - sizes.badge_height / 2};
    const ImVec2 max = {left + width, min.y + sizes.badge_height};
    frame_.draw.AddRectFilled(min, max, frame_.colour.paper, sizes.badge_height / 2);
    frame_.draw.AddRectFilled(min, max, colour.tint, sizes.badge_height / 2);
    frame_.draw.AddRect(min, max, colour.shape, sizes.badge_height / 2, 0, sizes.hairline);
    text(frame_, frame_.mono, sizes.small, {(min.x + max.x) / 2, (min.y + max.y - extent.y) / 2},
         Align::Centre, colour.text, name);
    item(frame_, key(side == core::Side::Client ? "client" : "server", step.number),
         std::string(core::name(side)) + ": " + std::string(name), min, max);
  }

  /// A note beside a lifeline, above (-1) or below (1) the row's badge.
  void note(const core::Step& step, core::Side side, float where, std::string_view words,
            std::string id, std::string name) {
    const float x = layout_.x(side) + outward(side) * sizes.badge_offset;
    const float y =
        row(step.number) + where * (sizes.badge_height / 2 + sizes.small / 2 + 1) - sizes.small / 2;
    const ImVec2 extent = text(frame_, frame_.mono, sizes.small, {x, y}, outer_align(side),
                               frame_.colour.faint, words);
    const float left = side == core::Side::Client ? x - extent.x : x;
    item(frame_, std::move(id), std::move(name), {left, y}, {left + extent.x, y + extent.y});
  }

  void call(const core::Step& step, core::Side side, const core::Called& called) {
    const std::string words = std::string(core::name(called.call)) + "()";
    note(step, side, -1, words, key("call", step.number),
         std::string(core::name(side)) + " application: " + words);
  }

  void timer_note(const core::Step& step, core::Side side, const core::TimerChanged& timer) {
    const bool runs = timer.change.what == core::TimerDoes::Start ||
                      timer.change.what == core::TimerDoes::Restart;
    if (!runs || timer.change.timer != core::Timer::TimeWait) return;
    const std::string length = core::duration_text(timer.change.after_ms);
    note(step, side, 1, "2·MSL " + length, key("timer", step.number),
         std::string(core::name(side)) + ": 2·MSL timer " + length);
  }

  void beat(const core::Step& step) {
    const float middle = (layout_.x(core::Side::Client) + layout_.x(core::Side::Server)) / 2;
    const float y = row(step.number) - sizes.text / 2;
    const ImVec2 extent = text(frame_, frame_.text, sizes.text, {middle, y}, Align::Centre,
                               frame_.colour.faint, step.title);
    item(frame_, key("beat", step.number), step.title, {middle - extent.x / 2, y},
         {middle + extent.x / 2, y + extent.y});
  }

  /// An arrow from the step in which the segment leaves to the one in which it arrives. One that
  /// is still on its way is drawn half.
  void segment(const core::Transmission& sent) {
    const Flight& flight = layout_.flight(sent.number);
    const bool over = flight.ends && *flight.ends <= model_.step;
    const core::Side to = core::other(sent.from);
    const ImVec2 from = {layout_.x(sent.from) - outward(sent.from) * sizes.lifeline / 2,
                         row(flight.leaves)};
    const ImVec2 target = {layout_.x(to) - outward(to) * sizes.lifeline / 2,
                           row(flight.ends.value_or(flight.leaves + 1))};
    const float reach = over && !flight.lost ? 1.0F : 0.5F;
    const ImVec2 tip = {std::lerp(from.x, target.x, reach), std::lerp(from.y, target.y, reach)};
    const ImU32 colour = over && flight.lost ? frame_.colour.lost : frame_.colour.ink;
    frame_.draw.AddLine(from, tip, colour, sizes.arrow);
    if (over && flight.lost) {
      cross(tip, colour);
    } else {
      head(from, tip, colour);
    }
    const std::string_view fate = !over ? "on its way" : flight.lost ? "lost" : "delivered";
    label(sent, from, target, fate);
  }

  void head(ImVec2 from, ImVec2 tip, ImU32 colour) const {
    const float length = std::hypot(tip.x - from.x, tip.y - from.y);
    const ImVec2 along = {(tip.x - from.x) / length, (tip.y - from.y) / length};
    const ImVec2 base = {tip.x - along.x * sizes.arrow_head, tip.y - along.y * sizes.arrow_head};
    const float half = sizes.arrow_head / 2.2F;
    frame_.draw.AddTriangleFilled(tip, {base.x - along.y * half, base.y + along.x * half},
                                  {base.x + along.y * half, base.y - along.x * half}, colour);
  }

  void cross(ImVec2 centre, ImU32 colour) const {
    const float half = sizes.arrow_head / 1.6F;
    frame_.draw.AddLine({centre.x - half, centre.y - half}, {centre.x + half, centre.y + half},
                        colour, sizes.arrow * 1.5F);
    frame_.draw.AddLine({centre.x - half, centre.y + half}, {centre.x + half, centre.y - half},
                        colour, sizes.arrow * 1.5F);
  }

  /// Number and flags above the middle of the arrow, sequence numbers below it.
  void label(const core::Transmission& sent, ImVec2 from, ImVec2 target, std::string_view fate) {
    const std::string flags(core::text(sent.segment.flags));
    const std::string values = numbers(sent.segment);
    const std::string words = std::to_string(sent.number) + "  " + flags;
    const ImVec2 centre = {std::lerp(from.x, target.x, 0.5F), std::lerp(from.y, target.y, 0.5F)};
    const float width = std::max(measure(words), measure(values)) + sizes.gap;
    const ImVec2 min = {centre.x - width / 2, centre.y - sizes.small * 1.25F - sizes.gap};
    const ImVec2 max = {centre.x + width / 2, centre.y + sizes.small * 1.25F + sizes.gap};
    const float above = centre.y - sizes.small * 1.25F - sizes.gap;
    text(frame_, frame_.mono, sizes.small, {centre.x, above}, Align::Centre, frame_.colour.ink,
         words);
    text(frame_, frame_.mono, sizes.small, {centre.x, centre.y + sizes.gap}, Align::Centre,
         frame_.colour.faint, values);
    item(frame_, key("segment", sent.number),
         "Segment " + std::to_string(sent.number) + ": " + flags + " from " +
             std::string(core::name(sent.from)) + " to " +
             std::string(core::name(core::other(sent.from))) + ", " + values + ", " +
             std::string(fate),
         min, max);
  }

  [[nodiscard]] float measure(std::string_view words) const {
    return frame_.mono
        ->CalcTextSizeA(sizes.small, FLT_MAX, 0, words.data(), words.data() + words.size())
        .x;
  }

  const app::Model& model_;
  Frame& frame_;
  LadderLayout layout_;
  ImVec2 min_;
  ImVec2 max_;
};

}  // namespace

void ladder_view(const app::Model& model, ImVec2 min, ImVec2 max, Frame& frame) {
  Ladder(model, min, max, frame).draw();
}

}  // namespace ui
