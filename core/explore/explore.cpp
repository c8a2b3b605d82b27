#include "core/explore/explore.hpp"

#include "core/explore/endings.hpp"

#include <algorithm>
#include <ranges>

namespace core::explore {
namespace {

std::string pair_text(std::array<State, 2> pair) {
  return std::string(name(pair[0])) + ", " + std::string(name(pair[1]));
}

/// P13 and P15: may a run stay here?
bool may_end_here(const Search& search, const Ending& ending, bool must_close) {
  const std::array<State, 2> pair = search.pair(ending.node);
  const bool closed = pair == std::array{State::Closed, State::Closed};
  if (must_close) return closed;
  // The known cases: the peer's FIN is waited for, or its application says nothing more.
  const auto may_wait = [&](Side side) {
    const State state = pair[static_cast<std::size_t>(side)];
    return state == State::Closed || state == State::FinWait2 ||
           !search.end(ending.node, side).tcb.fin_requested;
  };
  return closed || (ending.rests && may_wait(Side::Client) && may_wait(Side::Server));
}

/// Finds out what a whole exploration says of each property.
class Judge {
 public:
  Judge(const Setup& setup, Search& search, std::optional<int> hunted)
      : setup_(setup), search_(search), wanted_(asked(setup)) {
    if (hunted) wanted_ = Properties{}.set(static_cast<std::size_t>(*hunted));
    // A hunt that has found what it looks for leaves no whole graph to look at.
    const bool whole = !hunted || !search.broken(*hunted);
    if (whole) endings_ = endings(search);
  }

  [[nodiscard]] Explored judge() {
    Explored out{.states = search_.states(),
                 .transitions = search_.transitions(),
                 .depth = search_.depth(),
                 .bytes = search_.bytes(),
                 .pairs = search_.pairs(),
                 .endings = {},
                 .findings = {}};
    for (const Ending& ending : endings_) {
      const auto pair = search_.pair(ending.node);
      ++out.endings[{pair[0], pair[1]}];
    }
    for (int property = 1; property <= last_property; ++property) {
      if (wanted_.test(static_cast<std::size_t>(property))) out.findings.push_back(find(property));
    }
    return out;
  }

 private:
  [[nodiscard]] Finding find(int property) {
    Finding out{.property = property, .holds = true, .why = {}, .example = {}};
    if (const auto& broken = search_.broken(property)) {
      Trace moves = search_.path(broken->node);
      if (broken->move) moves.push_back(search_.act(broken->node, *broken->move));
      fail(out, std::move(moves), pair_text(search_.pair(broken->node)));
      return out;
    }
    switch (property) {
      case 9: all_pairs(out); break;
      case 11: round(out, packet_war(search_)); break;
      case 13:
      case 15: ends_well(out); break;
      case 16:
        if (setup_.retransmissions) round(out, endless_time_wait(search_));
        break;
      default: break;
    }
    return out;
  }

  static void fail(Finding& finding, Trace example, std::string why) {
    finding.holds = false;
    finding.why = std::move(why);
    finding.example = std::move(example);
  }

  static void round(Finding& finding, std::optional<Lasso> lasso) {
    if (!lasso) return;
    Trace moves = std::move(lasso->path);
    for (int round = 0; round < 2; ++round) {
      moves.insert(moves.end(), lasso->circle.begin(), lasso->circle.end());
    }
    fail(finding, std::move(moves),
         "a circle of " + std::to_string(lasso->circle.size()) + " moves");
  }

  void all_pairs(Finding& finding) const {
    const std::size_t missing = (allowed_pairs() & ~search_.pairs()).count();
    if (missing == 0) return;
    finding.holds = false;
    finding.why = std::to_string(missing) + " of the pairs were never met";
  }

  void ends_well(Finding& finding) {
    const auto wrong = std::ranges::find_if(endings_, [&](const Ending& ending) {
      return !may_end_here(search_, ending, setup_.must_close());
    });
    if (wrong == endings_.end()) return;
    fail(finding, search_.path(wrong->node),
         "a run can stay in " + pair_text(search_.pair(wrong->node)));
  }

  const Setup& setup_;
  Search& search_;
  Properties wanted_;
  std::vector<Ending> endings_;
};

}  // namespace

Properties asked(const Setup& setup) {
  Properties out;
  for (const std::size_t always : {2U, 3U, 4U, 5U, 6U, 7U, 11U, 16U}) out.set(always);
  if (setup.reopens) {
    out.set(12);
    return out;
  }
  out.set(1);
  out.set(setup.must_close() ? 13 : 15);
  if (!setup.graceful()) return out;
  for (const std::size_t graceful : {8U, 10U, 14U}) out.set(graceful);
  // All pairs are met only where each may close at any moment, and no FIN waits for a window.
  const auto free = [&](Side side) {
    const auto place = static_cast<std::size_t>(side);
    const Application& application = setup.applications[place];
    return application.closes == Closes::AtAnyMoment &&
           application.octets < setup.base.start[1 - place].rcv_wnd;
  };
  out.set(9, free(Side::Client) && free(Side::Server));
  return out;
}

std::expected<Explored, std::string> explore(const Setup& setup, std::optional<int> hunted) {
  Search search(setup);
  if (!search.run(hunted)) return std::unexpected(search.why_not());
  return Judge(setup, search, hunted).judge();
}

}  // namespace core::explore
