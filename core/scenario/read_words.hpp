// The smaller things that scenario files are made of: sides, states, flags, numbers, policies,
// conditions. Each reading complains of what is wrong and returns something of its type.
#pragma once

#include "core/base/json_read.hpp"
#include "core/scenario/scenario.hpp"

#include <string_view>

namespace core {

inline constexpr Time latest_ms = 30 * 86'400'000LL;
inline constexpr Time most_octets = 1'000'000;
inline constexpr std::int32_t largest_window = 65'535;  // there is no window scaling
inline constexpr std::size_t most_entries = 500;
// A reader's edits become part of a script when a run is saved, again and again.
inline constexpr std::size_t most_script_entries = 10'000;
inline constexpr std::size_t longest_title = 120;
inline constexpr std::size_t longest_text = 1'000;

[[nodiscard]] Side read_side(const Value& value);
/// One of some states; the first of them when the value is none.
[[nodiscard]] State read_state(const Value& value, std::span<const State> states = all_states);
/// One flag: "FIN".
[[nodiscard]] Flags read_flag(const Value& value);
/// Some flags: "FIN,ACK". Each stands once.
[[nodiscard]] Flags read_flags(const Value& value);
[[nodiscard]] Seq read_seq(const Value& value);
[[nodiscard]] std::uint32_t read_octets(const Value& value, Time least);
[[nodiscard]] std::uint32_t read_window(const Value& value);
/// A segment's number or the how-manieth it is, from 1.
[[nodiscard]] int read_count(const Value& value);
/// A moment of a run, or a length of time in one.
[[nodiscard]] Time read_time(const Value& value, Time least = 0);

[[nodiscard]] PolicyPatch read_policy(const Value& value);
[[nodiscard]] ProfileId read_profile(const Value& value);
[[nodiscard]] Condition read_condition(const Value& value);

}  // namespace core
