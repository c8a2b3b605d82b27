// Reads the small parts of scenario files: sides, states, flags, numbers, policies, conditions.
// Each function reports what is wrong, and returns a value of its type in any case.
#pragma once

#include "core/base/json_read.hpp"
#include "core/scenario/condition.hpp"
#include "core/tcp/policy.hpp"

#include <string_view>

namespace core {

inline constexpr Time latest_ms = 30 * day_ms;
inline constexpr Octets most_octets = 1'000'000;
inline constexpr std::int32_t largest_window = 65'535;  // there is no window scaling
inline constexpr std::size_t most_entries = 500;
// Each time a run is saved, the reader's edits become part of its script.
inline constexpr std::size_t most_script_entries = 10'000;
inline constexpr std::size_t longest_title = 120;
inline constexpr std::size_t longest_text = 1'000;

[[nodiscard]] Side read_side(const Value& value);
/// One of the given states; the first of them if the value is not one.
[[nodiscard]] State read_state(const Value& value, std::span<const State> states = all_states);
/// One flag: "FIN".
[[nodiscard]] Flags read_flag(const Value& value);
/// Flags: "FIN,ACK", each at most once.
[[nodiscard]] Flags read_flags(const Value& value);
[[nodiscard]] Seq read_seq(const Value& value);
[[nodiscard]] std::uint32_t read_octets(const Value& value, Octets least);
[[nodiscard]] std::uint32_t read_window(const Value& value);
/// A position in a sequence, from 1: of a segment, or of a transmission.
[[nodiscard]] int read_count(const Value& value);
/// A moment of a run, or a duration.
[[nodiscard]] Time read_time(const Value& value, Time least = 0);

[[nodiscard]] PolicyPatch read_policy(const Value& value);
[[nodiscard]] ProfileId read_profile(const Value& value);
[[nodiscard]] Condition read_condition(const Value& value);

}  // namespace core
