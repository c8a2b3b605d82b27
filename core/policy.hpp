// Policy: the figures and choices that RFC 9293 leaves to an implementation, and where each comes
// from. The table of keys below is the only list of them: the parser, the documentation of the
// format and the page all read it.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <variant>
#include <vector>

namespace core {

/// Milliseconds since the start of a run, or a length of time.
using Time = std::int64_t;

/// What an acceptable RST does to an end in TIME_WAIT.
enum class RstInTimeWait : std::uint8_t { Close, Ignore };

/// What starts the 2·MSL timer over.
enum class TimeWaitRestart : std::uint8_t { Fin, Any, Never };

struct Policy {
  Time msl_ms = 120'000;
  std::optional<Time> time_wait_ms = {};  ///< 2·MSL unless given
  Time rto_ms = 1'000;
  Time rto_max_ms = 60'000;
  Time r2_ms = 100'000;
  Time mss = 1'460;  ///< octets
  bool rfc5961 = true;
  RstInTimeWait rst_in_time_wait = RstInTimeWait::Close;
  TimeWaitRestart time_wait_restart = TimeWaitRestart::Fin;
  bool unread_data_resets = true;
  bool data_after_close_resets = true;

  [[nodiscard]] Time time_wait() const { return time_wait_ms.value_or(2 * msl_ms); }
};

/// One value for one key, as a file or a reader gives it.
struct PolicySetting {
  std::string_view key;  ///< the `name` of a PolicyKey
  std::variant<std::nullptr_t, Time, bool, std::string_view> value;
};
using PolicyPatch = std::vector<PolicySetting>;

/// One key: its name in files, what it may be, and why it exists.
struct PolicyKey {
  /// Where the value lives, which is also what type it has.
  using Field = std::variant<Time Policy::*, std::optional<Time> Policy::*, bool Policy::*,
                             RstInTimeWait Policy::*, TimeWaitRestart Policy::*>;
  std::string_view name;
  Field field;
  Time least = 0;  ///< the smallest and the largest number, for keys that are numbers
  Time most = 0;
  std::span<const std::string_view> choices;  ///< for keys that are words: one per enumerator
  std::string_view source;
};

/// Every key, in the order in which documentation lists them.
[[nodiscard]] std::span<const PolicyKey> policy_keys();

/// The key of that name, or null.
[[nodiscard]] const PolicyKey* policy_key(std::string_view name);

/// Lays `patch` over `policy`. Keys and values have been checked by the parser.
void apply(const PolicyPatch& patch, Policy& policy);

/// A named set of values; `rfc9293` is the one every other is compared with.
[[nodiscard]] std::span<const std::string_view> profile_names();

/// The policy of a profile. The name is one of profile_names().
[[nodiscard]] Policy profile(std::string_view name);

}  // namespace core
