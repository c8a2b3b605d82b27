// Every key of a policy, with every kind of value that it may have: what an end does because of it.
// And the profiles, which are sets of them.
// Longer than 300 lines: a table of rows, with one for each key.
#include "rows.hpp"

#include "core/scenario/run.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <set>

namespace {

using core::Policy;
using core::Tcb;
using core::Timer;
using ends::in;
using rows::arrives;
using rows::expires;
using rows::orphan;
using enum core::State;

/// A key with two values or more, as a file gives them, and what each makes of the same events.
struct Choice {
  struct Event {
    Tcb before;
    core::Event event;
  };
  struct Value {
    std::string json;
    std::vector<std::string> expected;
  };
  std::string key;
  std::vector<Event> events;
  std::vector<Value> values;
};

/// An end whose timer has waited before.
Tcb waited(Tcb tcb, core::Time rto, core::Time already) {
  tcb.rto_ms = rto;
  tcb.waited_ms = already;
  return tcb;
}

/// The policy of the RFC with one key set, through the parser.
Policy policy_with(const std::string& key, const std::string& json) {
  const auto knobs = core::parse_knobs(R"({"policy": {")" + key + "\": " + json + "}}", "--knobs");
  REQUIRE(knobs.has_value());
  Policy policy;
  core::apply(knobs->policy, policy);
  return policy;
}

std::vector<Choice> choices() {
  const core::Event retransmission = expires(Timer::Retransmission);
  const Tcb challenged = rows::with(in(Established), [](Tcb& tcb) { tcb.challenged_at = 0; });
  const Tcb holding = rows::unread(in(Established), 50);
  const std::string time_wait = "TIME_WAIT accepted; signal eof; start time-wait ";
  const std::string accepted = "ESTABLISHED accepted";
  const std::string given_up = "CLOSED; signal timed out";
  return {
      {"msl_ms",
       {{in(FinWait2), arrives("FA 300/101")}},
       {{"120000", {time_wait + "240000; A 101/301"}},
        {"30000", {time_wait + "60000; A 101/301"}}}},
      {"time_wait",
       {{in(FinWait2), arrives("FA 300/101")}},
       {{"true", {time_wait + "240000; A 101/301"}},
        {"false", {"CLOSED accepted; signal eof; signal closed; A 101/301"}}}},
      {"time_wait_ms",
       {{in(FinWait2), arrives("FA 300/101")}},
       {{"null", {time_wait + "240000; A 101/301"}}, {"777", {time_wait + "777; A 101/301"}}}},
      {"fin_wait_2_timeout_ms",
       {{orphan(in(FinWait1)), arrives("A 300/101")}},
       {{"null", {"FIN_WAIT_2 accepted; stop retransmission"}},
        {"60000", {"FIN_WAIT_2 accepted; stop retransmission; start fin-wait-2 60000"}}}},
      {"rto_ms",
       {{in(Established), rows::connects}, {in(Closed), rows::connects}},
       {{"1000",
         {"ESTABLISHED connection already exists", "SYN_SENT ok; start retransmission 1000; S 0"}},
        {"300",
         {"ESTABLISHED connection already exists", "SYN_SENT ok; start retransmission 300; S 0"}}}},
      {"rto_max_ms",
       {{waited(in(FinWait1), 2'000, 3'000), retransmission}},
       {{"60000", {"FIN_WAIT_1; start retransmission 4000; FA 100/300"}},
        {"3000", {"FIN_WAIT_1; start retransmission 3000; FA 100/300"}}}},
      {"r2_ms",
       {{waited(in(FinWait1), 4'000, 3'000), retransmission},
        {waited(in(SynSent), 4'000, 3'000), retransmission}},
       {{"100000",
         {"FIN_WAIT_1; start retransmission 8000; FA 100/300",
          "SYN_SENT; start retransmission 8000; S 99"}},
        {"7000", {given_up, "SYN_SENT; start retransmission 8000; S 99"}}}},
      {"r2_syn_ms",
       {{waited(in(FinWait1), 4'000, 3'000), retransmission},
        {waited(in(SynSent), 4'000, 3'000), retransmission}},
       {{"180000",
         {"FIN_WAIT_1; start retransmission 8000; FA 100/300",
          "SYN_SENT; start retransmission 8000; S 99"}},
        {"7000", {"FIN_WAIT_1; start retransmission 8000; FA 100/300", given_up}}}},
      {"max_retransmits",
       {{in(FinWait1), retransmission}, {orphan(in(FinWait1)), retransmission}},
       {{"null",
         {"FIN_WAIT_1; start retransmission 2000; FA 100/300",
          "FIN_WAIT_1; start retransmission 2000; FA 100/300"}},
        {"0", {given_up, "CLOSED"}}}},
      {"max_retransmits_orphan",
       {{in(FinWait1), retransmission}, {orphan(in(FinWait1)), retransmission}},
       {{"null",
         {"FIN_WAIT_1; start retransmission 2000; FA 100/300",
          "FIN_WAIT_1; start retransmission 2000; FA 100/300"}},
        {"0", {"FIN_WAIT_1; start retransmission 2000; FA 100/300", "CLOSED"}}}},
      {"persist",
       {{rows::peer_window(in(Established), 0), rows::sends_six}},
       {{"true", {"ESTABLISHED ok; start persist 1000"}}, {"false", {"ESTABLISHED ok"}}}},
      {"delayed_ack_ms",
       {{in(Established), arrives("A 300/100+10")}, {in(Established), arrives("FA 300/100")}},
       {{"0", {accepted + "; A 100/310", "CLOSE_WAIT accepted; signal eof; A 100/301"}},
        {"200",
         {accepted + "; start delayed-ack 200",
          "CLOSE_WAIT accepted; signal eof; start delayed-ack 200"}}}},
      {"delayed_fin_ack_ms",
       {{in(Established), arrives("A 300/100+10")}, {in(Established), arrives("FA 300/100")}},
       {{"null", {accepted + "; A 100/310", "CLOSE_WAIT accepted; signal eof; A 100/301"}},
        {"40",
         {accepted + "; A 100/310", "CLOSE_WAIT accepted; signal eof; start delayed-ack 40"}}}},
      {"mss",
       {{in(Established), rows::sends_six}},
       {{"1460", {"ESTABLISHED ok; start retransmission 1000; A 100/300+6"}},
        {"4", {"ESTABLISHED ok; start retransmission 1000; A 100/300+4; A 104/300+2"}}}},
      {"rfc5961",
       {{in(Established), arrives("R 320")},
        {in(Established), arrives("S 310")},
        {in(Established), arrives("A 300/4294965395")}},
       {{"true",
         {"ESTABLISHED challenge; A 100/300", "ESTABLISHED challenge; A 100/300",
          "ESTABLISHED challenge; A 100/300"}},
        {"false",
         {"CLOSED reset; signal connection reset", "CLOSED reset; signal connection reset; R 100",
          "ESTABLISHED duplicate"}}}},
      {"challenge_ack_interval_ms",
       {{challenged, arrives("R 320")}},
       {{"0", {"ESTABLISHED challenge; A 100/300"}}, {"500", {"ESTABLISHED challenge"}}}},
      {"rst_in_time_wait",
       {{in(TimeWait), arrives("R 301")}},
       {{R"("close")", {"CLOSED reset; stop time-wait"}}, {R"("ignore")", {"TIME_WAIT ignored"}}}},
      {"syn_in_time_wait",
       {{in(TimeWait), arrives("S 5000")}},
       {{R"("challenge")", {"TIME_WAIT challenge; A 101/301"}},
        {R"("reopen")",
         {"SYN_RECEIVED accepted; stop time-wait; start retransmission 1000; SA 0/5001"}},
        {R"("ignore")", {"TIME_WAIT ignored"}}}},
      {"abort_flags",
       {{in(Established), rows::aborts}, {in(Closed), arrives("A 300/101")}},
       {{R"("RST")", {"CLOSED ok; R 100", "CLOSED reset; R 101"}},
        {R"("RST,ACK")", {"CLOSED ok; RA 100/300", "CLOSED reset; R 101"}}}},
      {"abort_to_time_wait",
       {{in(Established), rows::aborts}},
       {{"false", {"CLOSED ok; R 100"}},
        {"true", {"TIME_WAIT ok; start time-wait 240000; R 100"}}}},
      {"time_wait_restart",
       {{in(TimeWait), arrives("FA 300/101")}, {in(TimeWait), arrives("A 255/33")}},
       {{R"("fin")",
         {"TIME_WAIT duplicate; restart time-wait 240000; A 101/301",
          "TIME_WAIT out of window; A 101/301"}},
        {R"("any")",
         {"TIME_WAIT duplicate; restart time-wait 240000; A 101/301",
          "TIME_WAIT out of window; restart time-wait 240000; A 101/301"}},
        {R"("never")", {"TIME_WAIT duplicate; A 101/301", "TIME_WAIT out of window; A 101/301"}}}},
      {"time_wait_answers",
       {{in(TimeWait), arrives("A 301/101")}},
       {{R"("needed")", {"TIME_WAIT ignored"}},
        {R"("every_ack")", {"TIME_WAIT ignored; A 101/301"}}}},
      {"closing_ack",
       {{in(FinWait1), arrives("FA 300/100")}},
       {{R"("pure")", {"CLOSING accepted; signal eof; A 101/301"}},
        {R"("fin")", {"CLOSING accepted; signal eof; FA 100/301"}}}},
      {"unread_data_resets",
       {{holding, rows::closes}},
       {{"true", {"CLOSED ok; R 100"}},
        {"false", {"FIN_WAIT_1 ok; start retransmission 1000; FA 100/300"}}}},
      {"data_after_close_resets",
       {{orphan(in(FinWait2)), arrives("A 300/101+10")}},
       {{"true", {"CLOSED reset; R 101"}}, {"false", {"FIN_WAIT_2 accepted; A 101/310"}}}},
      {"timeout_sends_rst",
       {{waited(in(FinWait1), 60'000, 63'000), retransmission}},
       {{"false", {given_up}}, {"true", {given_up + "; R 101"}}}},
      {"user_timeout_ms",
       {{in(Established), rows::sends_six}},
       {{"null", {"ESTABLISHED ok; start retransmission 1000; A 100/300+6"}},
        {"5000",
         {"ESTABLISHED ok; start user-timeout 5000; start retransmission 1000; A 100/300+6"}}}},
      {"keepalive",
       {{in(Established), arrives("A 300/100")}},
       {{"null", {"ESTABLISHED duplicate"}},
        {R"({"idle_ms": 7200, "interval_ms": 75, "probes": 3})",
         {"ESTABLISHED duplicate; start keepalive 7200"}}}},
  };
}

}  // namespace

TEST_CASE("every value of every key of a policy does what it says") {
  for (const Choice& choice : choices()) {
    for (const Choice::Value& value : choice.values) {
      const Policy policy = policy_with(choice.key, value.json);
      REQUIRE(value.expected.size() == choice.events.size());
      for (std::size_t i = 0; i < choice.events.size(); ++i) {
        CAPTURE(choice.key);
        CAPTURE(value.json);
        CAPTURE(i);
        const auto& [before, event] = choice.events[i];
        CHECK(ends::tell(before, event, policy, {.ms = 100, .iss = {}}).text == value.expected[i]);
      }
    }
  }
}

TEST_CASE("every key is tried, with every kind of value that makes a difference") {
  const std::vector<Choice> all = choices();
  CHECK(all.size() == core::policy_keys().size());
  for (const core::PolicyKey& key : core::policy_keys()) {
    CAPTURE(core::to_string(key.id));
    CHECK_FALSE(key.source.empty());
    const auto found = std::ranges::find(all, core::to_string(key.id), &Choice::key);
    REQUIRE(found != all.end());
    std::set<std::string> values;
    std::set<std::vector<std::string>> effects;
    for (const Choice::Value& value : found->values) {
      values.insert(value.json);
      effects.insert(value.expected);
    }
    CHECK(effects.size() == found->values.size());
    CHECK(values.size() >= 2);
    for (const std::string_view word : key.choices) {
      CHECK(values.contains('"' + std::string(word) + '"'));
    }
    const bool may_be_null =
        std::holds_alternative<std::optional<core::Time> Policy::*>(key.field) ||
        std::holds_alternative<std::optional<core::Keepalive> Policy::*>(key.field);
    CHECK(values.contains("null") == may_be_null);
  }
}

TEST_CASE("the first value of each key is the one of RFC 9293") {
  for (const Choice& choice : choices()) {
    CAPTURE(choice.key);
    for (std::size_t i = 0; i < choice.events.size(); ++i) {
      const auto& [before, event] = choice.events[i];
      CHECK(ends::tell(before, event, {}, {.ms = 100, .iss = {}}).text ==
            choice.values.front().expected[i]);
    }
  }
}

TEST_CASE("a profile is a set of keys with their sources, and no key stands twice") {
  std::set<std::string_view> names;
  for (const core::Profile& profile : core::profiles()) {
    CAPTURE(core::to_string(profile.id));
    CHECK(names.insert(core::to_string(profile.id)).second);
    std::set<core::PolicyKeyId> keys;
    for (const core::ProfileSetting& setting : profile.settings) {
      CAPTURE(core::to_string(setting.setting.key));
      CHECK(keys.insert(setting.setting.key).second);
      CHECK_FALSE(setting.source.empty());
    }
  }
  CHECK(core::profiles().front().id == core::ProfileId::Rfc9293);
  CHECK(core::profiles().front().settings.empty());
  CHECK(names == std::set<std::string_view>{"freebsd", "linux", "macos", "rfc9293", "windows"});
}

TEST_CASE("systems wait in TIME_WAIT as long as their sources say") {
  CHECK(core::profile(core::ProfileId::Rfc9293).two_msl() == 240'000);
  CHECK(core::profile(core::ProfileId::Linux).two_msl() == 60'000);
  CHECK(core::profile(core::ProfileId::Freebsd).two_msl() == 60'000);
  CHECK(core::profile(core::ProfileId::Macos).two_msl() == 30'000);
  CHECK(core::profile(core::ProfileId::Windows).two_msl() == 120'000);
}

TEST_CASE("systems have their own ways beside") {
  const Policy linux_policy = core::profile(core::ProfileId::Linux);
  CHECK(linux_policy.rto_ms == 200);
  CHECK(linux_policy.max_retransmits == 15);
  CHECK(linux_policy.max_retransmits_orphan == 8);
  CHECK(linux_policy.fin_wait_2_timeout_ms == 60'000);
  CHECK(linux_policy.abort_flags == core::AbortFlags::RstAck);
  CHECK(linux_policy.rst_in_time_wait == core::RstInTimeWait::Close);
  CHECK(linux_policy.syn_in_time_wait == core::SynInTimeWait::Reopen);
  CHECK(linux_policy.time_wait_restart == core::TimeWaitRestart::Any);
  const Policy freebsd = core::profile(core::ProfileId::Freebsd);
  CHECK(freebsd.rst_in_time_wait == core::RstInTimeWait::Ignore);
  // It repeats its FIN, but takes the ACK of the peer's as well, which no key says (D5).
  CHECK(freebsd.closing_ack == core::ClosingAck::Pure);
  CHECK(freebsd.max_retransmits == 12);
  CHECK(core::profile(core::ProfileId::Macos).rst_in_time_wait == core::RstInTimeWait::Ignore);
}

TEST_CASE("null takes back what the profile says") {
  for (const core::PolicyKey& key : core::policy_keys()) {
    if (!std::holds_alternative<std::optional<core::Time> Policy::*>(key.field)) continue;
    CAPTURE(core::to_string(key.id));
    Policy policy = core::profile(core::ProfileId::Linux);
    core::apply({{key.id, core::Time{7}}, {key.id, nullptr}}, policy);
    CHECK_FALSE((policy.*std::get<std::optional<core::Time> Policy::*>(key.field)).has_value());
  }
}
