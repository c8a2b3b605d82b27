// The table of all words that a run is told with: titles, whole sentences, notes, and what things
// are called. It is in six files, to be read and translated as a whole: this one, and
// narrate_say_calls, _timers, _arrivals, _intruders and _answers. Nothing elsewhere puts sentences
// together from pieces; a text is one or more whole sentences, one after the other.
//
// Named places are filled in: {end} acted, {peer} is the other end, {arrow} points away from {end},
// {what} is the segment with its article and {name} without, {octets} a number of octets, {n} and
// {some} bare numbers, {time} and {next} lengths of time, {call} the call's name, {state} the state
// that {end} is in now, {from} and {entered} the states that were left and entered.
#pragma once

#include <string_view>

namespace core::say {

struct Sentence {
  std::string_view title;
  std::string_view text;
};

// What segments are called.
struct Noun {
  std::string_view bare;
  std::string_view with_article;
};
inline constexpr Noun noun_rst = {"RST", "the RST"};
inline constexpr Noun noun_syn = {"SYN", "the SYN"};
inline constexpr Noun noun_syn_ack = {"SYN+ACK", "the SYN+ACK"};
inline constexpr Noun noun_data_and_fin = {"Data and FIN", "the data and the FIN"};
inline constexpr Noun noun_fin = {"FIN", "the FIN"};
inline constexpr Noun noun_data = {"Data", "the data"};
inline constexpr Noun noun_probe = {"Probe", "the probe"};
inline constexpr Noun noun_ack = {"ACK", "the ACK"};
inline constexpr Noun noun_segment = {"Segment", "the segment"};

inline constexpr std::string_view one_octet = "1 octet";
inline constexpr std::string_view many_octets = "{n} octets";

// The few words of a list: which segment, which state, or else what came of it.
inline constexpr std::string_view note_start = "both pipes open";
inline constexpr std::string_view note_half_closed = "the {end} may still send";
inline constexpr std::string_view note_half_open = "the {end} does not know";
inline constexpr std::string_view note_time_wait = "the {end} waits for 2·MSL";
inline constexpr std::string_view note_time_wait_both = "both ends wait for 2·MSL";
inline constexpr std::string_view note_all_closed = "both ends CLOSED";
inline constexpr std::string_view note_segment = "segment {number}";
inline constexpr std::string_view note_segments = "segments {number} to {last}";
inline constexpr std::string_view note_own_state = "{end} to {entered}";
inline constexpr std::string_view note_state = "to {entered}";
inline constexpr std::string_view note_octets = "{octets}";
inline constexpr std::string_view note_nothing_new = "nothing new";
inline constexpr std::string_view note_time_wait_again = "2·MSL starts again";
inline constexpr std::string_view note_outside = "not acceptable";
inline constexpr std::string_view note_kept = "kept for later";
inline constexpr std::string_view note_doubted = "not believed";
inline constexpr std::string_view note_ignored = "ignored";
inline constexpr std::string_view note_answered_by_rst = "answered by a RST";
inline constexpr std::string_view note_eof = "end of file";
inline constexpr std::string_view note_closing = "connection closing";
inline constexpr std::string_view note_reset = "connection reset";
inline constexpr std::string_view note_no_connection = "no connection";
inline constexpr std::string_view note_exists = "connection exists";
inline constexpr std::string_view note_nothing_there = "nothing there";
inline constexpr std::string_view note_host_down = "host down";

// Who still waits when a run has nothing more to do, and no timer runs.
inline constexpr std::string_view waits =
    "{end} waits in {state} for the {peer}, and no timer runs";
inline constexpr std::string_view waits_for_room =
    "{end} waits in {state} for room in the {peer}'s window, and no timer runs";
inline constexpr std::string_view waits_for_application =
    "{end} waits in {state} for its application to close, and no timer runs";
inline constexpr std::string_view waits_for_application_alone =
    "{end} waits in {state} for its application to close, without knowing that the {peer} is gone, "
    "and no timer runs";
inline constexpr std::string_view waits_for_fin =
    "{end} waits in {state} for the {peer}'s FIN, and no timer runs";
inline constexpr std::string_view waits_for_nobody =
    "{end} waits in {state} for a FIN that will never come, because the {peer} is gone, and no "
    "timer runs";
inline constexpr std::string_view waits_for_connection =
    "{end} waits in {state} for somebody to open a connection, and no timer runs";
inline constexpr std::string_view waits_for_answer =
    "{end} waits in {state} for an answer to its SYN, and no timer runs";

}  // namespace core::say
