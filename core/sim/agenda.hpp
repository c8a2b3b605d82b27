// Agenda: the actions of a run's script and edits, and the order in which they are due. It watches
// moments and conditions, and carries nothing out.
#pragma once

#include "core/sim/condition.hpp"
#include "core/sim/work.hpp"

#include <array>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace core {

/// When an action that is due has its turn within an instant.
enum class Turn : std::uint8_t {
  First,    ///< it was due when the instant began
  JustNow,  ///< its condition became true in this very instant
  Last      ///< it waits until everything else of its instant is over
};

class Agenda {
 public:
  /// Refers into the run; `start` is the world before anything has happened.
  Agenda(const Run& run, const World& start, Work& work);

  /// The first moment at which an action is due; `never` when there is none.
  [[nodiscard]] Time next() const;
  /// Gives their turn to the actions that are due at this moment.
  void begin_instant(Time now);
  /// Plans the actions whose condition holds for the first time.
  void notice_conditions(const World& world, int arrived, Time now);

  /// Takes out the next action of this turn, at `from` or further down in the list.
  [[nodiscard]] std::optional<std::size_t> take(Turn turn, std::size_t from);
  [[nodiscard]] bool has(Turn turn) const { return !due_[place(turn)].empty(); }
  [[nodiscard]] const Action& action(std::size_t number) const { return *planned_[number].action; }
  void set_no_effect(std::size_t number, Text reason) {
    planned_[number].no_effect_reason = reason;
  }

  /// A warning for every action that was not carried out, or had no effect.
  [[nodiscard]] std::vector<Message> warnings() const;

 private:
  struct Planned {
    const Action* action = nullptr;
    const std::string* place = nullptr;
    bool last = false;
    Time due = never;
    bool done = false;
    std::optional<Text> no_effect_reason = {};
  };

  static constexpr std::size_t place(Turn turn) { return static_cast<std::size_t>(turn); }
  void plan(std::size_t number, Time due);

  Work& work_;
  std::vector<Planned> planned_;  ///< in the order of the file, the edits last
  std::map<Condition, std::vector<std::size_t>> waiting_;
  std::set<std::pair<Time, std::size_t>> upcoming_;
  std::array<std::set<std::size_t>, 3> due_;  ///< in this instant, by turn
};

}  // namespace core
