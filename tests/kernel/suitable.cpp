#include "suitable.hpp"

#include <algorithm>
#include <array>
#include <string_view>
#include <variant>
#include <vector>

namespace kernel {
namespace {

constexpr std::array<core::Side, 2> both_sides = {core::Side::Client, core::Side::Server};
constexpr std::uint32_t largest_window = 65'535;  // of the engine; a kernel's own is as large
constexpr std::uint32_t least_window = 1'000;     // what a scenario has that says nothing of it
constexpr std::uint32_t most_unread = 10'000;     // what fits into any kernel's first window

const core::Start& start_of(const core::Scenario& scenario, core::Side side) {
  return scenario.start[core::index(side)];
}

std::optional<std::string> wrong_start(const core::Scenario& scenario, core::Side side) {
  const core::Start& start = start_of(scenario, side);
  const core::Start& peer = start_of(scenario, core::other(side));
  if (start.state != core::State::Established) return "Both ends have to start in ESTABLISHED.";
  if (start.rcv_nxt != peer.snd_nxt || (start.snd_una && *start.snd_una != start.snd_nxt)) {
    return "Nothing may be unacknowledged at the start.";
  }
  if (start.rcv_wnd < least_window) return "A kernel's window cannot be made that small.";
  if (start.unread > most_unread) return "More octets are unread than fit into a first window.";
  return std::nullopt;
}

std::optional<std::string> wrong_policy(const core::PolicyPatch& policy) {
  for (const core::PolicySetting& setting : policy) {
    const auto* time = std::get_if<core::Time>(&setting.value);
    const bool seconds = setting.key == core::PolicyKeyId::FinWait2TimeoutMs && time != nullptr &&
                         *time % 1'000 == 0;
    if (seconds || setting.key == core::PolicyKeyId::RstInTimeWait) continue;
    return "The policy " + std::string(core::to_string(setting.key)) +
           " cannot be set in a kernel" +
           (setting.key == core::PolicyKeyId::FinWait2TimeoutMs ? " but in whole seconds." : ".");
  }
  return std::nullopt;
}

std::optional<std::string> wrong_action(const core::Action& action) {
  const auto* call = std::get_if<core::Call>(&action.what);
  if (call == nullptr) return "A host's crash or a forged segment cannot be recorded.";
  const bool opens =
      std::holds_alternative<core::Connect>(*call) || std::holds_alternative<core::Listen>(*call);
  if (opens) return "A second connection cannot be recorded.";
  return std::nullopt;
}

/// Two kernels cannot act at the very same moment, and what follows from it has no order: where
/// both applications have something to do at one time, the server's waits for a millisecond.
void part_the_ends(std::vector<core::Entry>& script) {
  std::vector<core::Time> clients;
  for (core::Entry& entry : script) {
    auto* action = std::get_if<core::Action>(&entry.what);
    auto* at = action != nullptr ? std::get_if<core::AtTime>(&action->trigger) : nullptr;
    if (at != nullptr && action->side == core::Side::Client) clients.push_back(at->at_ms);
  }
  for (core::Entry& entry : script) {
    auto* action = std::get_if<core::Action>(&entry.what);
    auto* at = action != nullptr ? std::get_if<core::AtTime>(&action->trigger) : nullptr;
    if (at == nullptr || action->side == core::Side::Client) continue;
    if (std::ranges::find(clients, at->at_ms) != clients.end()) ++at->at_ms;
  }
}

}  // namespace

std::optional<std::string> cannot_record(const core::Scenario& scenario) {
  for (const core::Side side : both_sides) {
    if (auto why = wrong_start(scenario, side)) return why;
    if (auto why = wrong_policy(start_of(scenario, side).policy)) return why;
  }
  if (auto why = wrong_policy(scenario.policy)) return why;
  for (const core::Entry& entry : scenario.script) {
    const auto* action = std::get_if<core::Action>(&entry.what);
    if (action == nullptr) continue;
    if (auto why = wrong_action(*action)) return why;
  }
  return std::nullopt;
}

Settings settings_of(const core::Scenario& scenario, core::Side side) {
  Settings out;
  for (const core::PolicyPatch* patch : {&scenario.policy, &start_of(scenario, side).policy}) {
    for (const core::PolicySetting& setting : *patch) {
      const auto* time = std::get_if<core::Time>(&setting.value);
      if (time != nullptr && setting.key == core::PolicyKeyId::FinWait2TimeoutMs) {
        out.fin_timeout_s = static_cast<int>(*time / 1'000);
      } else if (const auto* choice = std::get_if<core::RstInTimeWait>(&setting.value)) {
        out.rst_is_ignored = *choice == core::RstInTimeWait::Ignore;
      }
    }
  }
  return out;
}

core::Scenario for_kernels(core::Scenario scenario) {
  scenario.profile = core::ProfileId::Linux;
  for (core::Start& start : scenario.start) start.rcv_wnd = largest_window - start.unread;
  part_the_ends(scenario.script);
  scenario.annotations.clear();
  scenario.questions.clear();
  return scenario;
}

}  // namespace kernel
