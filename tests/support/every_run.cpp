#include "every_run.hpp"

#include "random_runs.hpp"
#include "runs.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <utility>
#include <vector>

namespace runs {
namespace {

struct FaultCase {
  std::string_view name;
  decltype(core::Fault::what) what;
};

const std::array<FaultCase, 6> mishaps = {{
    {"lost", core::Drop{}},
    {"copied at once", core::Duplicate{0}},
    {"copied late", core::Duplicate{1'700}},
    {"delayed a little", core::Delay{30}},
    {"delayed more", core::Delay{170}},
    {"delayed past a timeout", core::Delay{1'230}},
}};

struct Deed {
  std::string_view name;
  decltype(core::Action::what) what;
};

/// What a reader may do to one of the ends at any moment.
std::vector<Deed> operations() {
  const auto injected = [](core::Flags flags, std::uint32_t ahead) {
    const core::SeqSum seq{{{core::Variable::RcvNxt}, {ahead}}};
    return core::Injection{flags, seq, {{{core::Variable::SndNxt}}}, 0, {}, {}};
  };
  return {
      {"close", core::Call(core::Close{})},
      {"shutdown", core::Call(core::Shutdown{})},
      {"shutdown for reading", core::Call(core::Shutdown{core::ShutdownHow::Read})},
      {"send", core::Call(core::SendOctets{10})},
      {"much to send", core::Call(core::SendOctets{3'000})},
      {"receive", core::Call(core::ReceiveOctets{})},
      {"abort", core::Call(core::Abort{})},
      {"connect", core::Call(core::Connect{})},
      {"listen", core::Call(core::Listen{})},
      {"crash", core::Crash{}},
      {"exact RST", injected({.rst = true}, 0)},
      {"RST in the window", injected({.rst = true}, 9)},
      {"SYN", injected({.syn = true}, 5'000)},
      {"forged FIN", injected({.fin = true, .ack = true}, 0)},
  };
}

bool has_injection_such(const core::Run& run,
                        const std::function<bool(const core::Injection&)>& such) {
  const auto is = [&](const core::Entry& entry) {
    const auto* action = std::get_if<core::Action>(&entry.what);
    const auto* injection = action ? std::get_if<core::Injection>(&action->what) : nullptr;
    return injection != nullptr && such(*injection);
  };
  return std::ranges::any_of(run.scenario.script, is) || std::ranges::any_of(run.edits, is);
}

void look_at_second_losses(const core::Run& run, const core::Timeline& once, int first,
                           const std::string& name, const core::Timeline& whole,
                           const std::function<void(const Played&)>& look) {
  for (const core::Transmission& sent : once.segments) {
    if (sent.number <= first || sent.injected || sent.duplicate_of) continue;
    core::Run twice = run;
    twice.edits.push_back({core::Fault{core::Drop{}, sent.key}, "/edits/1"});
    core::Timeline timeline = core::simulate(twice);
    look({std::move(twice), std::move(timeline),
          name + " and segment " + std::to_string(sent.number) + " too", &whole});
  }
}

void look_at_deeds(const core::Run& run, const core::Timeline& whole, const std::string& name,
                   const std::function<void(const Played&)>& look) {
  std::vector<core::Time> moments;
  for (const core::Step& step : whole.steps) {
    if (moments.empty() || moments.back() != step.at) moments.push_back(step.at);
  }
  const std::vector<Deed> all = operations();
  for (const core::Time moment : moments) {
    for (const core::Side side : sides) {
      for (const Deed& operation : all) {
        core::Run meddled = run;
        meddled.edits.push_back(
            {core::Action{core::AtTime{moment}, side, operation.what, false}, "/edits/0"});
        core::Timeline timeline = core::simulate(meddled);
        look({std::move(meddled), std::move(timeline),
              name + ", at " + std::to_string(moment) + " " + std::string(core::to_string(side)) +
                  " " + std::string(operation.name),
              &whole});
      }
    }
  }
}

void look_at_random_runs(const std::function<void(const Played&)>& look) {
  constexpr std::uint32_t enough = 600;
  for (std::uint32_t seed = 1; seed <= enough; ++seed) {
    const auto scenario = core::parse_scenario(random_scenario(seed, false), "random");
    REQUIRE(scenario.has_value());
    core::Run run{.scenario = *scenario, .knobs = {}, .edits = {}};
    const core::Timeline timeline = core::simulate(run);
    look({std::move(run), timeline, "random " + std::to_string(seed), &timeline});
  }
}

}  // namespace

void for_every_run(const std::function<void(const Played&)>& look) {
  look_at_random_runs(look);
  for (const core::CatalogueFile& file : core::catalogue()) {
    for (const std::string_view profile : {"", "linux", "freebsd", "macos", "windows"}) {
      core::Run run = of(file.id());
      if (!profile.empty()) run.knobs.profile = core::from_string<core::ProfileId>(profile);
      const std::string name =
          std::string(file.id()) + (profile.empty() ? "" : " (" + std::string(profile) + ")");
      const core::Timeline whole = core::simulate(run);
      look({run, whole, name, &whole});
      if (profile.empty()) look_at_deeds(run, whole, name, look);
      for (const core::Transmission& sent : whole.segments) {
        if (sent.injected || sent.duplicate_of) continue;
        for (const FaultCase& mishap : mishaps) {
          core::Run faulty = run;
          faulty.edits.push_back({core::Fault{mishap.what, sent.key}, "/edits/0"});
          core::Timeline timeline = core::simulate(faulty);
          std::string what =
              name + ", segment " + std::to_string(sent.number) + " " + std::string(mishap.name);
          // A second loss, of each segment behind the first.
          const bool lost = std::holds_alternative<core::Drop>(mishap.what);
          if (lost && profile.empty())
            look_at_second_losses(faulty, timeline, sent.number, what, whole, look);
          look({std::move(faulty), std::move(timeline), std::move(what), &whole});
        }
      }
    }
  }
}

void check(std::span<const Law> laws) {
  std::vector<std::vector<std::string>> broken(laws.size());
  std::vector<std::size_t> applied(laws.size());
  int seen = 0;
  for_every_run([&](const Played& played) {
    ++seen;
    for (std::size_t i = 0; i < laws.size(); ++i) {
      const Judgement judgement = laws[i].judge(played);
      applied[i] += judgement.applied;
      if (!judgement.broken.empty()) broken[i].push_back(played.name + ": " + judgement.broken);
    }
  });
  CHECK(seen > 300);
  for (std::size_t i = 0; i < laws.size(); ++i) {
    CAPTURE(laws[i].name);
    const std::string first = broken[i].empty() ? "" : broken[i].front();
    CAPTURE(first);
    CHECK(broken[i].size() == 0);
    CHECK(applied[i] > 0);
  }
}

std::string at(const core::Step& step, core::Side side) {
  return "step " + std::to_string(step.number) + ", " + std::string(core::to_string(side));
}

bool has_injection(const core::Run& run) {
  return has_injection_such(run, [](const core::Injection&) { return true; });
}

bool is_meddled(const core::Run& run) {
  return std::ranges::any_of(run.edits, [](const core::Entry& edit) {
    return std::holds_alternative<core::Action>(edit.what);
  });
}

bool has_injected_syn(const core::Run& run) {
  return has_injection_such(run, [](const core::Injection& one) { return one.flags.syn; });
}

}  // namespace runs
