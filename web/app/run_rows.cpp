#include "app/run_rows.hpp"

#include "app/run_marks.hpp"
#include "core/base/text.hpp"

#include <algorithm>

namespace app {
namespace {

/// A wait from here on is folded.
constexpr core::Time long_wait_ms = 500;

/// Playing leaves time to read: 170 words a minute.
float plays_ms(const core::StepText& step) {
  constexpr float character = 60;
  constexpr float least = 1'200;
  constexpr float most = 7'000;
  return std::clamp(character * static_cast<float>(core::characters(step.text)), least, most);
}

void count_segments(RunFacts& facts) {
  for (const Flight& flight : facts.flights) {
    if (!flight.ends) continue;
    Row& row = facts.rows[static_cast<std::size_t>(*flight.ends) - 1];
    ++row.past;
    row.arrives = true;
    row.lost += flight.lost ? 1 : 0;
    row.repeated += flight.repeated ? 1 : 0;
  }
  for (std::size_t i = 1; i < facts.rows.size(); ++i) {
    facts.rows[i].past += facts.rows[i - 1].past;
    facts.rows[i].lost += facts.rows[i - 1].lost;
    facts.rows[i].repeated += facts.rows[i - 1].repeated;
  }
}

/// What is counted down during each folded wait.
void add_waits(const core::Timeline& timeline, RunFacts& facts) {
  std::array<std::optional<core::TimerChanged>, 2> counted;
  for (const core::Step& step : timeline.steps) {
    Row& row = facts.rows[static_cast<std::size_t>(step.number) - 1];
    for (const Mark& mark : row.marks) {
      const auto* note = std::get_if<Note>(&mark);
      if (note != nullptr && note->countdown) counted[core::index(note->side)] = note->countdown;
    }
    if (!row.folded_after) continue;
    for (const core::Side side : {core::Side::Client, core::Side::Server}) {
      const auto& timer = counted[core::index(side)];
      if (!timer) continue;
      const auto& running = step.world.at(side).timers;
      const core::Deadline deadline = {timer->change.timer, timer->expires_at};
      if (std::ranges::find(running, deadline) != running.end()) {
        row.waits.push_back({side, *timer});
      }
    }
  }
}

/// The longest words of each side, by what they are.
void measure_words(RunFacts& facts) {
  const auto longer = [](int& longest, std::string_view words) {
    longest = std::max(longest, static_cast<int>(core::characters(words)));
  };
  for (const Row& row : facts.rows) {
    for (const Mark& mark : row.marks) {
      if (const auto* badge = std::get_if<Badge>(&mark)) {
        longer(facts.longest[core::index(badge->side)].state, core::to_string(badge->state));
      } else if (const auto* note = std::get_if<Note>(&mark)) {
        LongestWords& longest = facts.longest[core::index(note->side)];
        longer(note->of_application ? longest.application : longest.note,
               note->shorter.empty() ? note->words : note->shorter);
      }
    }
  }
}

}  // namespace

void add_rows(const core::Timeline& timeline, RunFacts& facts) {
  for (const core::Step& step : timeline.steps) {
    Row& row = facts.rows.emplace_back();
    row.plays_ms = plays_ms(facts.steps[facts.rows.size() - 1]);
    row.marks = marks_of(timeline, step);
    std::erase_if(row.marks, [&](const Mark& mark) {
      const auto* arrow = std::get_if<ArrowMark>(&mark);
      return arrow != nullptr && !facts.has_arrow(arrow->segment);
    });
  }
  for (std::size_t i = 1; i < facts.rows.size(); ++i) {
    facts.rows[i - 1].folded_after =
        timeline.steps[i].at - timeline.steps[i - 1].at >= long_wait_ms;
  }
  add_waits(timeline, facts);
  count_segments(facts);
  measure_words(facts);
}

}  // namespace app
