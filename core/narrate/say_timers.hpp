// What is said of timers that run out, and of what the application learns. narrate_say.hpp says
// what the named places mean.
#pragma once

#include "core/narrate/say.hpp"

namespace core::say {

// --- Timers -------------------------------------------------------------------------------------

inline constexpr Sentence fin_repeated = {
    "FIN {arrow} again",
    "No acknowledgment came for {time}. The {end} sends the same FIN with the same sequence number "
    "again, and will wait twice as long for this one."};
inline constexpr Sentence fin_repeated_no_longer = {
    "FIN {arrow} again",
    "No acknowledgment came for {time}. The {end} sends the same FIN with the same sequence number "
    "again, and will wait {next} for this one; the wait has a limit."};
inline constexpr Sentence data_repeated = {
    "{name} {arrow} again",
    "No acknowledgment came for {time}. The {end} sends the same octets again, and will wait twice "
    "as long for these."};
inline constexpr Sentence data_repeated_no_longer = {
    "{name} {arrow} again",
    "No acknowledgment came for {time}. The {end} sends the same octets again, and will wait "
    "{next} for these; the wait has a limit."};
inline constexpr Sentence data_and_fin_repeated = {
    "{name} {arrow} again",
    "No acknowledgment came for {time}. The {end} sends the same octets and the FIN behind them "
    "again, and will wait twice as long this time."};
inline constexpr Sentence data_and_fin_repeated_no_longer = {
    "{name} {arrow} again",
    "No acknowledgment came for {time}. The {end} sends the same octets and the FIN behind them "
    "again, and will wait {next} this time; the wait has a limit."};
inline constexpr Sentence syn_repeated = {
    "{name} {arrow} again",
    "For {time} nothing acknowledged its SYN. The {end} sends the same SYN again, and will wait "
    "twice as long for this one."};
inline constexpr Sentence syn_repeated_no_longer = {
    "{name} {arrow} again",
    "For {time} nothing acknowledged its SYN. The {end} sends the same SYN again, and will wait "
    "{next} for this one; the wait has a limit."};
inline constexpr Sentence gave_up = {"{end} gives up",
                                     "After {time} without an acknowledgment the {end} gives the "
                                     "connection up. It sends nothing more."};
inline constexpr Sentence gave_up_reset = {
    "{end} gives up",
    "After {time} without an acknowledgment the {end} gives the connection up. A last RST says so, "
    "in case somebody hears it."};
inline constexpr Sentence gave_up_connecting = {
    "{end} gives up",
    "After {time} without an answer to its SYN the {end} gives up. There will be no connection."};
inline constexpr Sentence user_timeout = {
    "{end} gives up",
    "The user timeout is over: for {time} something has waited to be acknowledged. The {end} gives "
    "the connection up and sends nothing more."};
inline constexpr Sentence user_timeout_reset = {
    "{end} gives up",
    "The user timeout is over: for {time} something has waited to be acknowledged. The {end} gives "
    "the connection up, and a last RST says so, in case somebody hears it."};
inline constexpr Sentence keepalive = {
    "Probe {arrow}",
    "Nothing has come from the {peer} for {time}. The {end} asks whether it is still there, with "
    "an old sequence number: whoever has this connection must answer that."};
inline constexpr Sentence keepalive_again = {
    "Probe {arrow} again",
    "No answer has come for {time}. A single silence proves nothing, since a probe may be lost, so "
    "the {end} asks again."};
inline constexpr Sentence keepalive_dead = {
    "{end} gives up",
    "All {n} probes have gone unanswered. The {end} takes the {peer} for dead, gives the "
    "connection up and sends nothing more."};
inline constexpr Sentence keepalive_dead_at_once = {
    "{end} gives up",
    "The probe has gone unanswered. The {end} takes the {peer} for dead, gives the connection up "
    "and sends nothing more."};
inline constexpr Sentence keepalive_dead_reset = {
    "{end} gives up",
    "The last probe has gone unanswered too. The {end} takes the {peer} for dead and gives the "
    "connection up; a last RST says so, in case somebody hears it."};
inline constexpr Sentence window_probe = {
    "Probe {arrow}",
    "The {peer}'s window is shut, and the ACK that opens it might get lost. So after {time} the "
    "{end} sends a single octet, not because there is room, but to get an answer."};
inline constexpr Sentence window_probe_again = {
    "Probe {arrow} again",
    "For {time} nothing was heard of any room. The {end} asks again with the same octet, and will "
    "ask for as long as it has to, after {next} the next time."};
inline constexpr Sentence window_probe_fin = {
    "FIN {arrow}",
    "The {peer}'s window is shut, and a FIN needs room as data do. After {time} the {end} sends it "
    "all the same, to get an answer."};
inline constexpr Sentence window_probe_fin_again = {
    "FIN {arrow} again",
    "For {time} nothing was heard of any room for the FIN. The {end} asks again with the same FIN, "
    "after {next} the next time."};
inline constexpr std::string_view now_in_last_ack = "With its FIN out, the {end} is in LAST_ACK.";
inline constexpr Sentence fin_wait_2_over = {
    "{end} stops waiting",
    "For {time} the {peer}'s FIN has not come, and no application is left here that would miss it. "
    "The {end} forgets the connection without a word. No RFC has this timer; most systems do."};
inline constexpr Sentence delayed_ack = {
    "ACK {arrow}",
    "For {time} the {end} has held its acknowledgment back, in case something else could carry it. "
    "Nothing could, so it leaves alone."};
inline constexpr Sentence delayed_ack_joined = {
    "{end} must acknowledge",
    "For {time} the {end} has held its acknowledgment back. It leaves at this very moment, "
    "together with something else."};
inline constexpr Sentence time_wait_over = {
    "CLOSED",
    "2·MSL have passed without another FIN, long enough for stray segments to die out. The {end} "
    "forgets the connection."};
inline constexpr Sentence time_wait_over_with_fin = {
    "CLOSED",
    "2·MSL have passed since the {end} entered TIME_WAIT; the FIN that came meanwhile did not "
    "start them over. The {end} forgets the connection."};
inline constexpr Sentence time_wait_over_with_stray = {
    "CLOSED",
    "2·MSL have passed, and the {end} forgets the connection. Yet something sent in it is still on "
    "its way: the network keeps it for longer than this wait supposes."};

// --- What the application learns ----------------------------------------------------------------

inline constexpr std::string_view told_eof = "The application reads end of file.";
inline constexpr std::string_view told_closed =
    "The application still holds its descriptor, and is told that all went well.";
inline constexpr std::string_view told_reset = "The application is told: “connection reset”.";
inline constexpr std::string_view told_refused = "The application is told: “connection refused”.";
inline constexpr std::string_view told_timed_out = "The application is told: “timed out”.";
inline constexpr std::string_view unread_lost =
    "{octets} that the application had not read yet are thrown away.";
inline constexpr std::string_view unread_lost_one =
    "{octets} that the application had not read yet is thrown away.";
inline constexpr std::string_view told_nobody = "No application is left that could be told.";

}  // namespace core::say
