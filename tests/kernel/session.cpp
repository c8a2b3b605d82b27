#include "session.hpp"

#include "application.hpp"
#include "opening.hpp"
#include "suitable.hpp"
#include "wire.hpp"

#include <sched.h>
#include <sys/utsname.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <utility>

namespace kernel {
namespace {

using Hosts = std::array<Host, 2>;

constexpr std::array<core::Side, 2> both_sides = {core::Side::Client, core::Side::Server};
// Private addresses, which only the two namespaces know.
constexpr std::array<Socket, 2> sockets = {Socket{0x0a4d0001U, 40'000}, Socket{0x0a4d0002U, 80}};
constexpr double longest_ms = 30'000;
constexpr int longest_fin_timeout_s = 10;
constexpr double longest_whole_ms = 300'000;
// Longer than any kernel delays an ACK: what has not come by then, comes only from a timer that the
// kernel tells of.
constexpr double quiet_ms = 300;
// A relay that was away for longer may have let a kernel's timer expire that the wire would not.
constexpr double late_ms = 20;
// The engine may take so much longer, as its repetitions do; it is less than TIME_WAIT lasts, and
// the kernels have nothing left to do.
constexpr core::Time patience_ms = 30'000;
constexpr int most_attempts = 5;

std::string kernel_name() {
  utsname name = {};
  ::uname(&name);
  return std::string(name.sysname) + " " + name.release;
}

/// An action of the script, and the millisecond for which it is due, once that is known.
struct Pending {
  const core::Action* action = nullptr;
  std::optional<core::Time> due;
  bool done = false;
};

class Session {
 public:
  Session(Hosts& hosts, const core::Scenario& scenario, bool whole);

  /// Opens the connection and lives through the scenario; or says what went wrong.
  [[nodiscard]] std::optional<std::string> live();
  [[nodiscard]] Recorded finish();
  /// The relay was not there when it should have been.
  [[nodiscard]] bool late() const { return late_; }

 private:
  [[nodiscard]] double now() const;
  void schedule();
  void play(core::Time tick);
  void perform_due(bool conditional);
  void look();
  void look_at_states();
  [[nodiscard]] bool holds(const core::Condition& condition) const;
  [[nodiscard]] bool over();
  [[nodiscard]] bool waits(core::Side side) const;
  [[nodiscard]] std::size_t events() const;

  Hosts& hosts_;
  core::Run run_;
  bool whole_;
  std::chrono::steady_clock::time_point start_ = std::chrono::steady_clock::now();
  Wire wire_;
  std::vector<Application> applications_;  ///< the client's, the server's
  std::vector<Pending> script_;
  core::Time tick_ = 0;  ///< the millisecond that is played, or will be next
  std::array<Standing, 2> standing_;
  std::optional<std::string> failure_;
  std::size_t events_ = 0;  ///< so many had been noted,
  double last_event_ = 0;   ///< the last of them at this time
  bool cut_ = false;
  bool late_ = false;
  Recording recording_;
};

Session::Session(Hosts& hosts, const core::Scenario& scenario, bool whole)
    : hosts_(hosts),
      run_{.scenario = scenario, .knobs = {}, .edits = {}},
      whole_(whole),
      wire_(hosts, run_, [this] { return now(); }) {}

double Session::now() const {
  return std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - start_)
      .count();
}

// --- The scenario -------------------------------------------------------------------------------

void Session::schedule() {
  for (const core::Entry& entry : run_.scenario.script) {
    const auto* action = std::get_if<core::Action>(&entry.what);
    if (action == nullptr) continue;
    Pending pending{.action = action, .due = {}};
    if (const auto* at = std::get_if<core::AtTime>(&action->trigger)) pending.due = at->at_ms;
    script_.push_back(pending);
  }
}

std::optional<std::string> Session::live() {
  auto opened = open_connection(hosts_, run_.scenario, wire_, [this] { return now(); });
  if (!opened) return opened.error();
  applications_ = std::move(opened->applications);
  for (const core::Side side : both_sides) {
    // The kernel's own timeout, which depends on the path, takes the profile's place.
    run_.scenario.start[index(side)].policy.push_back(
        {core::PolicyKeyId::RtoMs, opened->rto_ms[index(side)]});
    standing_[index(side)].state = core::State::Established;
  }
  schedule();
  wire_.begin(opened->sent_before);
  start_ = std::chrono::steady_clock::now();
  for (double before = 0; !failure_ && !over();) {
    late_ = late_ || (now() - before > late_ms && !wire_.silent(tick_ - 1));
    before = now();
    look();
    for (const auto last = static_cast<core::Time>(std::floor(now())); tick_ <= last; ++tick_) {
      play(tick_);
    }
    wire_.wait();
  }
  return failure_;
}

/// One millisecond, in the order of the engine.
void Session::play(core::Time tick) {
  perform_due(false);
  wire_.deliver(tick, [this] { look(); });
  perform_due(true);
}

void Session::perform_due(bool conditional) {
  for (Pending& pending : script_) {
    const core::Action& action = *pending.action;
    const bool kind = std::holds_alternative<core::AfterCondition>(action.trigger) == conditional;
    if (!kind || pending.done || !pending.due || *pending.due > tick_) continue;
    pending.done = true;
    applications_[index(action.side)].perform(std::get<core::Call>(action.what), now(),
                                              recording_.calls);
    look();
  }
}

/// Notes all that has come of what was done last.
void Session::look() {
  wire_.take();
  for (Application& application : applications_) application.hear(now(), recording_.calls);
  wire_.take();
  look_at_states();
  for (Pending& pending : script_) {
    const auto* after = std::get_if<core::AfterCondition>(&pending.action->trigger);
    if (after == nullptr || pending.due || !holds(after->condition)) continue;
    pending.due = tick_ + after->after_ms;
  }
  if (std::exchange(events_, events()) != events_) last_event_ = now();
}

void Session::look_at_states() {
  for (const core::Side side : both_sides) {
    const auto standing = hosts_[index(side)].standing();
    if (!standing) {
      failure_ = standing.error() + ".";
      return;
    }
    const core::State before = std::exchange(standing_[index(side)], *standing).state;
    if (before == standing->state) continue;
    recording_.states[index(side)].push_back({standing->state, now()});
  }
}

bool Session::holds(const core::Condition& condition) const {
  if (const auto* one = std::get_if<core::SideInState>(&condition)) {
    return standing_[index(one->side)].state == one->state;
  }
  if (const auto* both = std::get_if<core::BothInStates>(&condition)) {
    return standing_[0].state == both->client && standing_[1].state == both->server;
  }
  return wire_.arrived(std::get<core::SegmentArrives>(condition).number);
}

std::size_t Session::events() const {
  std::size_t out = recording_.calls.size();
  for (const Seen& seen : wire_.seen()) out += seen.arrived_ms ? 2 : 1;
  for (const auto& states : recording_.states) out += states.size();
  return out;
}

// --- The end ------------------------------------------------------------------------------------

/// This end's kernel still has something to do that is worth waiting for.
bool Session::waits(core::Side side) const {
  const Standing& standing = standing_[index(side)];
  if (standing.state == core::State::TimeWait) return whole_;
  const bool limited = standing.state == core::State::FinWait2;
  const bool soon =
      settings_of(run_.scenario, side).fin_timeout_s.value_or(longest_fin_timeout_s + 1) <=
      longest_fin_timeout_s;
  return standing.timer && (!limited || soon || whole_);
}

bool Session::over() {
  const double longest = whole_ ? longest_whole_ms : longest_ms;
  const auto until = run_.scenario.until_ms;
  cut_ = now() >= longest;
  if (cut_ || (until && now() >= static_cast<double>(*until))) return true;
  const auto still_due = [](const Pending& one) { return one.due && !one.done; };
  if (std::ranges::any_of(script_, still_due) || !wire_.silent(tick_ - 1)) return false;
  const auto still_waits = [this](core::Side side) { return waits(side); };
  return std::ranges::none_of(both_sides, still_waits) && now() - last_event_ >= quiet_ms;
}

Recorded Session::finish() {
  const auto end = static_cast<core::Time>(std::ceil(now()));
  const bool stopped = cut_ || (run_.scenario.until_ms && end >= *run_.scenario.until_ms);
  run_.scenario.until_ms = stopped ? end : end + patience_ms;
  recording_.kernel = kernel_name();
  recording_.about = run_.scenario.lesson.empty() ? run_.scenario.title : run_.scenario.lesson;
  recording_.scenario = run_.scenario;
  recording_.segments = wire_.seen();
  Recorded out{.recording = std::move(recording_), .warnings = {}};
  for (const core::Message& warning : wire_.warnings()) out.warnings.push_back(render(warning));
  if (cut_) {
    out.warnings.emplace_back(whole_ ? "cut after 300 s" : "cut after 30 s; --whole waits longer");
  }
  return out;
}

}  // namespace

std::expected<Recorded, Failure> record(const core::Scenario& scenario, bool whole) {
  const core::Scenario played = for_kernels(scenario);
  // The relay comes before whatever else this machine does, where that is allowed.
  const sched_param least = {.sched_priority = 1};
  ::sched_setscheduler(0, SCHED_FIFO, &least);
  for (int attempt = 0; attempt < most_attempts; ++attempt) {
    Hosts hosts;
    for (const core::Side side : both_sides) {
      auto host = Host::make(sockets[index(side)], sockets[index(core::other(side))],
                             settings_of(played, side));
      if (!host) return std::unexpected(Failure{.why = host.error() + ".", .not_here = true});
      hosts[index(side)] = *std::move(host);
    }
    Session session(hosts, played, whole);
    if (const auto failure = session.live()) {
      return std::unexpected(Failure{.why = *failure});
    }
    if (!session.late()) return session.finish();
  }
  return std::unexpected(Failure{.why = "This machine is too busy: the relay is late every time."});
}

}  // namespace kernel
