// Scenario: a story as a file holds it. The format is described for authors in core/README.md. What
// a reader changes is not part of it: see run.hpp.
#pragma once

#include "core/base/parse_error.hpp"
#include "core/scenario/condition.hpp"
#include "core/scenario/edit.hpp"
#include "core/scenario/question.hpp"
#include "core/tcp/policy.hpp"
#include "core/tcp/state.hpp"

#include <array>
#include <compare>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace core {

/// How one end starts.
struct Start {
  State state = State::Established;
  Seq snd_nxt = {};
  Seq rcv_nxt = {};
  std::optional<Seq> snd_una = {};  ///< SND.NXT, less an unacknowledged FIN, unless given
  std::uint32_t rcv_wnd = 1000;
  std::uint32_t unread = 0;
  bool orphan = false;
  bool reads_at_once = true;
  std::string symbol = {};  ///< names SND.NXT in symbolic display
  PolicyPatch policy = {};

  friend bool operator==(const Start&, const Start&) = default;
};

struct Delays {
  Time client_to_server_ms = 50;
  Time server_to_client_ms = 50;

  friend bool operator==(const Delays&, const Delays&) = default;
};

/// A moment at which the author stops the run and explains it.
struct Annotation {
  Condition when;
  std::string title;
  std::string text;

  friend bool operator==(const Annotation&, const Annotation&) = default;
};

struct Scenario {
  std::string id;
  std::string title;
  std::string group;
  std::string question;
  std::string lesson;
  std::vector<std::string> sources;
  ProfileId profile = ProfileId::Rfc9293;
  PolicyPatch policy;
  Delays network;
  std::array<Start, 2> start = {Start{.snd_nxt = {100}, .rcv_nxt = {300}, .symbol = "u"},
                                Start{.snd_nxt = {300}, .rcv_nxt = {100}, .symbol = "w"}};
  std::vector<Entry> script;
  std::vector<Annotation> annotations;
  std::vector<Question> questions;
  std::optional<Time> until_ms;

  friend bool operator==(const Scenario&, const Scenario&) = default;
};

/// A scenario from JSON text. `source` names the text in errors; where it ends in ".json", the
/// scenario's id must be the file's name. All errors are reported, up to a hundred.
[[nodiscard]] Parsed<Scenario> parse_scenario(std::string_view json, std::string_view source);

}  // namespace core
