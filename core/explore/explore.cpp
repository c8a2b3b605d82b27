#include "core/explore/explore.hpp"

#include "core/explore/fair_cycles.hpp"

#include <algorithm>
#include <ranges>

namespace core::explore {
namespace {

bool is_closed(const Search& search, const FairCycle& cycle) {
  return search.pair(cycle.node) == std::array{State::Closed, State::Closed};
}

/// P13 and P15: may a run stay here?
bool may_stay(const Search& search, const FairCycle& cycle, bool must_close) {
  const bool closed = is_closed(search, cycle);
  if (closed || must_close) return closed;
  // The known cases: the application does not close, or the end waits for a FIN that its peer has
  // not sent and may never send.
  const auto may_wait = [&](Side side) {
    const Tcb& end = search.end(cycle.node, side).tcb;
    const Tcb& peer = search.end(cycle.node, other(side)).tcb;
    const bool no_fin_comes = peer.state == State::Closed || !peer.fin_requested;
    return end.state == State::Closed || !end.fin_requested ||
           (end.state == State::FinWait2 && no_fin_comes);
  };
  return cycle.at_rest && may_wait(Side::Client) && may_wait(Side::Server);
}

/// All 25 pairs are reached if each end may close at any moment and no FIN waits for a window.
bool reaches_all_pairs(const Setup& setup) {
  const auto free = [&](Side side) {
    const auto place = index(side);
    const Application& application = setup.applications[place];
    return application.closes == Closes::AtAnyMoment &&
           application.octets < setup.base.start[1 - place].rcv_wnd;
  };
  return free(Side::Client) && free(Side::Server);
}

/// Draws the conclusion for each property from a finished search.
class Judge {
 public:
  Judge(const Setup& setup, Search& search, std::optional<int> hunted)
      : setup_(setup), search_(search), wanted_(asked(setup)) {
    if (hunted) wanted_ = Properties{}.set(static_cast<std::size_t>(*hunted));
    const bool needed = wanted_.test(13) || wanted_.test(15) || wanted_.test(16);
    // A search that stopped early has no complete graph.
    if (needed && !(hunted && search.broken(*hunted))) fair_cycles_ = fair_cycles(search);
  }

  [[nodiscard]] Explored judge() {
    Explored out{.states = search_.states(),
                 .transitions = search_.transitions(),
                 .depth = search_.depth(),
                 .bytes = search_.bytes(),
                 .pairs = search_.pairs(),
                 .final_pairs = {},
                 .findings = {}};
    for (const FairCycle& cycle : fair_cycles_) ++out.final_pairs[search_.pair(cycle.node)];
    for (int property = 1; property <= last_property; ++property) {
      if (wanted_.test(static_cast<std::size_t>(property))) out.findings.push_back(find(property));
    }
    return out;
  }

 private:
  [[nodiscard]] Finding find(int property) {
    Finding out{.property = property,
                .holds = true,
                .applied = search_.applied(property) + applied_to_graph(property),
                .why = {},
                .example = {}};
    if (const auto& broken = search_.broken(property)) {
      Trace moves = search_.path(broken->node);
      if (broken->move) moves.push_back(search_.act(broken->node, *broken->move));
      fail(out, std::move(moves),
           {Text::explore_pair, {{"pair", pair_text(search_.pair(broken->node))}}});
      return out;
    }
    switch (property) {
      case 9:
        if (reaches_all_pairs(setup_)) all_pairs(out);
        break;
      case 11: no_cycle(out, packet_war(search_)); break;
      case 13:
      case 15: stays_only_where_allowed(out); break;
      case 16:
        nobody_stays_in_time_wait(out);
        if (out.holds && setup_.retransmissions) no_cycle(out, endless_time_wait(search_));
        break;
      default: break;
    }
    return out;
  }

  /// How often the whole graph met the condition of a property.
  [[nodiscard]] std::size_t applied_to_graph(int property) const {
    const auto waits = [&](const FairCycle& cycle) { return !is_closed(search_, cycle); };
    switch (property) {
      case 11: return search_.deliveries();
      case 13: return fair_cycles_.size();
      case 15: return static_cast<std::size_t>(std::ranges::count_if(fair_cycles_, waits));
      default: return 0;
    }
  }

  static void fail(Finding& finding, Trace example, Message why) {
    finding.holds = false;
    finding.why = std::move(why);
    finding.example = std::move(example);
  }

  static void no_cycle(Finding& finding, std::optional<Lasso> lasso) {
    if (!lasso) return;
    Trace moves = std::move(lasso->path);
    for (int round = 0; round < 2; ++round) {
      moves.insert(moves.end(), lasso->cycle.begin(), lasso->cycle.end());
    }
    const auto length = static_cast<std::int64_t>(lasso->cycle.size());
    fail(finding, std::move(moves), {Text::explore_cycle, {{"n", length}}});
  }

  void all_pairs(Finding& finding) const {
    const std::size_t missing = (allowed_pairs() & ~search_.pairs()).count();
    if (missing == 0) return;
    finding.holds = false;
    finding.why = {Text::explore_pairs_missing, {{"n", static_cast<std::int64_t>(missing)}}};
  }

  /// Fails with the path to the first fair cycle that is not allowed.
  template <typename Allowed>
  void each_fair_cycle(Finding& finding, const Allowed& allowed) {
    const auto wrong = std::ranges::find_if_not(fair_cycles_, allowed);
    if (wrong == fair_cycles_.end()) return;
    fail(finding, search_.path(wrong->node),
         {Text::explore_can_stay, {{"pair", pair_text(search_.pair(wrong->node))}}});
  }

  void stays_only_where_allowed(Finding& finding) {
    each_fair_cycle(finding, [&](const FairCycle& cycle) {
      return may_stay(search_, cycle, setup_.must_close());
    });
  }

  void nobody_stays_in_time_wait(Finding& finding) {
    // TIME_WAIT ends here once the network is empty, which may never happen while a new incarnation
    // is being opened.
    if (setup_.reopens) return;
    each_fair_cycle(finding, [&](const FairCycle& cycle) {
      const auto pair = search_.pair(cycle.node);
      return pair[0] != State::TimeWait && pair[1] != State::TimeWait;
    });
  }

  const Setup& setup_;
  Search& search_;
  Properties wanted_;
  std::vector<FairCycle> fair_cycles_;
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

std::expected<Explored, Message> explore(const Setup& setup, std::optional<int> hunted) {
  Search search(setup);
  if (!search.run(hunted)) return std::unexpected(search.why_not());
  return Judge(setup, search, hunted).judge();
}

}  // namespace core::explore
