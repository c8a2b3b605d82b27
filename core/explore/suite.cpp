#include "core/explore/suite.hpp"

#include <string_view>
#include <utility>

namespace core::explore {
namespace {

Setup setup(std::string name, std::array<std::uint32_t, 2> octets, int duplicates) {
  Setup out;
  out.name = std::move(name);
  out.applications[0].octets = octets[0];
  out.applications[1].octets = octets[1];
  out.duplicates = duplicates;
  return out;
}

/// A system, with its own values.
Setup as_profile(ProfileId profile) {
  Setup out = setup("as " + std::string(to_string(profile)), {1, 0}, 1);
  out.base.profile = profile;
  return out;
}

/// The initial numbers are such that every comparison crosses the end of the number space.
Setup wrapped() {
  Setup out = setup("sequence numbers that wrap", {1, 0}, 0);
  auto& [client, server] = out.base.start;
  client.snd_nxt = server.rcv_nxt = {0xFFFF'FFFFU};
  server.snd_nxt = client.rcv_nxt = {0xFFFF'FFFEU};
  return out;
}

Setup after_eof(std::uint32_t octets) {
  const std::string name = octets == 0   ? "the Server closes when it sees EOF"
                           : octets == 1 ? "half-close, one byte the other way"
                                         : "half-close, two bytes the other way";
  Setup out = setup(name, {0, octets}, octets == 0 ? 3 : 1);
  out.applications[1].closes = Closes::AfterEof;
  return out;
}

Setup delayed_ack() {
  Setup out = setup("delayed ACK", {1, 0}, 1);
  out.base.policy = {{PolicyKeyId::DelayedAckMs, Time{40}}};
  return out;
}

Setup half_duplex(std::string name, std::array<std::uint32_t, 2> octets, bool reads_at_once) {
  Setup out = setup(std::move(name), octets, 0);
  for (Application& application : out.applications) application.half_duplex = true;
  for (Start& start : out.base.start) start.reads_at_once = reads_at_once;
  return out;
}

Setup reads_later() {
  Setup out = setup("applications that read at any moment", {1, 0}, 0);
  for (Start& start : out.base.start) start.reads_at_once = false;
  return out;
}

Setup aborts() {
  Setup out = setup("one ABORT", {1, 0}, 0);
  out.aborts = 1;
  return out;
}

Setup never_closes() {
  Setup out = setup("a Server that never closes, one ABORT", {1, 0}, 1);
  out.applications[1].closes = Closes::Never;
  out.aborts = 1;
  return out;
}

Setup gives_up() {
  Setup out = half_duplex("two retransmissions, then R2", {0, 0}, true);
  out.retransmissions = 2;
  out.base.policy = {{PolicyKeyId::FinWait2TimeoutMs, Time{60'000}}};
  return out;
}

Setup reopened(std::string name, bool rst_ignored, std::array<std::uint32_t, 2> octets = {1, 0}) {
  Setup out = setup(std::move(name), octets, 1);
  out.losses = 1;
  out.reopens = true;
  if (rst_ignored) out.base.policy = {{PolicyKeyId::RstInTimeWait, RstInTimeWait::Ignore}};
  return out;
}

Setup with(std::string name, PolicySetting setting) {
  Setup out = setup(std::move(name), {0, 0}, 0);
  out.base.policy = {setting};
  return out;
}

Setup short_time_wait(Setup out) {
  out.short_time_wait = true;
  return out;
}

Setup full_windows() {
  Setup out = setup("windows that are full", {1, 0}, 0);
  for (Start& start : out.base.start) start.rcv_wnd = 1;
  return out;
}

}  // namespace

std::vector<Exploration> standard_explorations() {
  std::vector<Exploration> out;
  for (const int duplicates : {0, 1, 2, 3}) {
    const std::string name = duplicates == 0 ? "no data"
                             : duplicates == 1
                                 ? "no data, 1 duplicate"
                                 : "no data, " + std::to_string(duplicates) + " duplicates";
    out.push_back({setup(name, {0, 0}, duplicates)});
  }
  out.push_back({setup("the Client sends one byte", {1, 0}, 0)});
  out.push_back({setup("the Client sends one byte, 1 duplicate", {1, 0}, 1)});
  out.push_back({setup("both send one byte", {1, 1}, 0)});
  out.push_back({wrapped()});
  for (const std::uint32_t octets : {0U, 1U, 2U}) out.push_back({after_eof(octets)});
  out.push_back({delayed_ack()});
  out.push_back({reads_later()});
  out.push_back({half_duplex("half-duplex close", {1, 0}, true)});
  out.push_back({half_duplex("half-duplex close, reading late", {1, 0}, false)});
  out.push_back({aborts()});
  out.push_back({never_closes()});
  out.push_back({gives_up()});
  out.push_back({reopened("a new incarnation with the same initial numbers", true)});
  out.push_back({reopened("the same, with one byte the other way", true, {0, 1})});
  for (const ProfileId profile : all_of<ProfileId>) {
    if (profile != ProfileId::Rfc9293) out.push_back({as_profile(profile)});
  }
  out.push_back({with("without TIME_WAIT", {PolicyKeyId::TimeWait, false}), 10});
  out.push_back({short_time_wait(setup("a TIME_WAIT that is too short", {0, 0}, 0)), 10});
  out.push_back({with("TIME_WAIT answers every ACK, as a literal reading of D2",
                      {PolicyKeyId::TimeWaitAnswers, TimeWaitAnswers::EveryAck}),
                 11});
  out.push_back({with("CLOSING acknowledges by resending its FIN, as in D5",
                      {PolicyKeyId::ClosingAck, ClosingAck::Fin}),
                 11});
  out.push_back({full_windows(), 11});
  out.push_back(
      {short_time_wait(reopened("a new incarnation after too short a TIME_WAIT", true)), 12});
  out.push_back({reopened("a new incarnation after a reset cut TIME_WAIT short", false), 12});
  return out;
}

}  // namespace core::explore
