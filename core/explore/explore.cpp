#include "core/explore/explore.hpp"

#include "core/explore/fair_cycles.hpp"

#include <algorithm>
#include <ranges>

namespace core::explore {
namespace {

/// P13 and P15: may a run stay here?
bool may_end_here(const Search& search, const Ending& ending, bool must_close) {
  const std::array<State, 2> pair = search.pair(ending.node);
  const bool closed = pair == std::array{State::Closed, State::Closed};
  if (closed || must_close) return closed;
  // The known cases: the application says nothing more, or the peer's FIN is waited for, which it
  // has not sent and perhaps never will.
  const auto may_wait = [&](Side side) {
    const Tcb& end = search.end(ending.node, side).tcb;
    const Tcb& peer = search.end(ending.node, other(side)).tcb;
    const bool no_fin_comes = peer.state == State::Closed || !peer.fin_requested;
    return end.state == State::Closed || !end.fin_requested ||
           (end.state == State::FinWait2 && no_fin_comes);
  };
  return ending.rests && may_wait(Side::Client) && may_wait(Side::Server);
}

/// All 25 pairs are met where each end may close at any moment, and no FIN waits for a window.
bool meets_all_pairs(const Setup& setup) {
  const auto free = [&](Side side) {
    const auto place = index(side);
    const Application& application = setup.applications[place];
    return application.closes == Closes::AtAnyMoment &&
           application.octets < setup.base.start[1 - place].rcv_wnd;
  };
  return free(Side::Client) && free(Side::Server);
}

/// Finds out what a whole exploration says of each property.
class Judge {
 public:
  Judge(const Setup& setup, Search& search, std::optional<int> hunted)
      : setup_(setup), search_(search), wanted_(asked(setup)) {
    if (hunted) wanted_ = Properties{}.set(static_cast<std::size_t>(*hunted));
    const bool asks = wanted_.test(13) || wanted_.test(15) || wanted_.test(16);
    // A hunt that has found what it looks for leaves no whole graph to look at.
    if (asks && !(hunted && search.broken(*hunted))) endings_ = endings(search);
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
      ++out.endings[search_.pair(ending.node)];
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
      case 9:
        if (meets_all_pairs(setup_)) all_pairs(out);
        break;
      case 11: round(out, packet_war(search_)); break;
      case 13:
      case 15: ends_well(out); break;
      case 16:
        nobody_stays_in_time_wait(out);
        if (out.holds && setup_.retransmissions) round(out, endless_time_wait(search_));
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
      moves.insert(moves.end(), lasso->cycle.begin(), lasso->cycle.end());
    }
    fail(finding, std::move(moves), "a cycle of " + std::to_string(lasso->cycle.size()) + " moves");
  }

  void all_pairs(Finding& finding) const {
    const std::size_t missing = (allowed_pairs() & ~search_.pairs()).count();
    if (missing == 0) return;
    finding.holds = false;
    finding.why = std::to_string(missing) + " of the pairs were never met";
  }

  /// Fails with the way to the first ending that may not be one.
  template <typename May>
  void each_ending(Finding& finding, const May& may) {
    const auto wrong = std::ranges::find_if_not(endings_, may);
    if (wrong == endings_.end()) return;
    fail(finding, search_.path(wrong->node),
         "a run can stay in " + pair_text(search_.pair(wrong->node)));
  }

  void ends_well(Finding& finding) {
    each_ending(finding, [&](const Ending& ending) {
      return may_end_here(search_, ending, setup_.must_close());
    });
  }

  void nobody_stays_in_time_wait(Finding& finding) {
    // While a new incarnation is being opened the network need never be empty, which the end of
    // TIME_WAIT waits for here.
    if (setup_.reopens) return;
    each_ending(finding, [&](const Ending& ending) {
      const auto pair = search_.pair(ending.node);
      return pair[0] != State::TimeWait && pair[1] != State::TimeWait;
    });
  }

  const Setup& setup_;
  Search& search_;
  Properties wanted_;
  std::vector<Ending> endings_;
};

}  // namespace

std::string pair_text(std::array<State, 2> pair) {
  return std::string(to_string(pair[0])) + "/" + std::string(to_string(pair[1]));
}

Properties asked(const Setup& setup) {
  Properties out;
  for (const std::size_t always : {2U, 3U, 4U, 5U, 6U, 7U, 11U, 14U, 16U}) out.set(always);
  if (setup.reopens) {
    out.set(12);
    return out;
  }
  out.set(1);
  out.set(setup.must_close() ? 13 : 15);
  if (!setup.graceful()) return out;
  for (const std::size_t graceful : {8U, 9U, 10U}) out.set(graceful);
  return out;
}

std::expected<Explored, std::string> explore(const Setup& setup, std::optional<int> hunted) {
  Search search(setup);
  if (!search.run(hunted)) return std::unexpected(search.why_not());
  return Judge(setup, search, hunted).judge();
}

}  // namespace core::explore
