// What is said of segments that arrive and should not: strangers, what lies outside the window,
// resets and SYNs in the middle of a connection, and what finds no connection. narrate_say.hpp says
// what the named places mean.
#pragma once

#include "core/narrate/say.hpp"

namespace core::say {

// --- A segment that is not the peer's, taken for the peer's -------------------------------------

inline constexpr std::string_view forged_moves =
    "Its numbers fit, so the {end} takes it for genuine: {from} becomes {entered}.";
inline constexpr std::string_view forged_syn =
    "The {end} cannot know that. It takes the SYN for a wish to connect: {from} becomes {entered}.";
inline constexpr std::string_view forged_acks =
    "Its numbers fit, so the {end} takes it for genuine, and counts as received what the {peer} "
    "may never have got.";
inline constexpr std::string_view forged_data =
    "Its numbers fit, so the {end} takes it for genuine, and {octets} with it.";
inline constexpr std::string_view stale_data =
    "Its numbers happen to fit, so the {end} takes {octets} of the old connection into the new "
    "one. Nothing in a segment tells the two apart.";
inline constexpr std::string_view forged_reset =
    "Its number is exactly the one that the {end} expects next, so the {end} believes it and is "
    "CLOSED at once.";
inline constexpr std::string_view forged_reset_in_window =
    "Its number lies in the window, and before RFC 5961 that was enough: the {end} believes it and "
    "is CLOSED at once.";
inline constexpr std::string_view forged_refusal =
    "It acknowledges the {end}'s SYN, so the {end} believes it and is CLOSED at once.";

// --- Outside the window -------------------------------------------------------------------------

inline constexpr std::string_view no_room =
    "The {end}'s window is shut, so there is no room for it. The {end} answers all the same: it "
    "says that there is still no room, and shows that it is alive.";
inline constexpr std::string_view no_room_in_it =
    "For what else the segment carries, there is no room.";
inline constexpr std::string_view keepalive_asks =
    "Its number lies just before what the {end} expects, so it brings nothing. But it must be "
    "answered, and the answer is all that the {peer} wants.";
inline constexpr std::string_view outside_old =
    "Its number lies before all that the {end} still expects. It brings nothing, and the {end} "
    "says where it stands.";
inline constexpr std::string_view outside =
    "Its sequence number lies outside the window. The {end} takes nothing of it, and says what it "
    "expects.";
inline constexpr std::string_view outside_reset =
    "Its number lies outside the window, so it says nothing about the connection as it is now. The "
    "{end} drops it in silence.";
inline constexpr std::string_view outside_forged_reset =
    "Its number lies outside the window, so the {end} drops it in silence. Somebody who only "
    "guesses learns nothing.";

// --- RST and SYN in the middle of a connection --------------------------------------------------

inline constexpr std::string_view reset =
    "The {peer} has given up the connection. The {end} is CLOSED at once.";
inline constexpr std::string_view reset_by_abort =
    "The {peer}'s application has aborted. The {end} is CLOSED at once, in both directions.";
inline constexpr std::string_view reset_by_unread =
    "The {peer}'s application has closed without having read everything. The {end} is CLOSED at "
    "once.";
inline constexpr std::string_view reset_by_nobody_reads =
    "At the {peer} nobody was left to read what the {end} sent. The {end} is CLOSED at once.";
inline constexpr std::string_view reset_by_stranger =
    "The {peer} knows nothing of this connection, or nothing any more. The {end} is CLOSED at "
    "once.";
inline constexpr std::string_view reset_by_timeout =
    "The {peer} has waited in vain and has given up. The {end} is CLOSED at once.";
inline constexpr std::string_view reset_by_syn =
    "A SYN in the middle of the connection has made the {peer} reset it, as RFC 793 wanted. The "
    "{end} is CLOSED at once.";
inline constexpr std::string_view fin_in_doubt =
    "No acknowledgment of its FIN has come, so here nobody can tell whether all went well.";
inline constexpr std::string_view reset_in_time_wait =
    "Its number is right, so TIME_WAIT ends before its time, which is called TIME_WAIT "
    "assassination. Nobody is left to answer a repeated FIN or to keep strays away.";
inline constexpr std::string_view reset_ignored =
    "This end ignores every RST in TIME_WAIT, as RFC 1337 advises, and waits on to the end.";
inline constexpr std::string_view reset_doubted =
    "It lies in the window, but does not have exactly the number that comes next, so it might be a "
    "guess. The {end} does not believe it and asks back with a challenge ACK (RFC 5961).";
inline constexpr std::string_view reset_doubted_silently =
    "It lies in the window, but does not have exactly the number that comes next. The {end} does "
    "not believe it, and since it has just sent a challenge ACK, it sends none now.";
inline constexpr std::string_view syn_doubted =
    "A SYN in the middle of a connection: either the {peer} has lost its memory, or somebody is "
    "guessing. The {end} does not believe it and asks back with a challenge ACK (RFC 5961).";
inline constexpr std::string_view strange_syn_doubted =
    "It is a SYN in the middle of a connection. The {end} does not believe it and asks back with a "
    "challenge ACK (RFC 5961).";
inline constexpr std::string_view syn_doubted_silently =
    "A SYN in the middle of a connection. The {end} does not believe it, and since it has just "
    "sent a challenge ACK, it sends none now.";
inline constexpr std::string_view syn_resets =
    "A SYN in the middle of a connection: by RFC 793 that is an error. The {end} resets the "
    "connection and is CLOSED at once.";
inline constexpr std::string_view syn_in_time_wait_doubted =
    "The {end} still waits in TIME_WAIT and does not let a SYN end that. It answers with what it "
    "remembers of the old connection.";
inline constexpr std::string_view syn_in_time_wait_silent =
    "The {end} still waits in TIME_WAIT and does not let a SYN end that. It has just said so with "
    "an ACK, and sends none now.";
inline constexpr std::string_view syn_in_time_wait_ignored =
    "The {end} still waits in TIME_WAIT, and this system does not even answer a SYN then. Whoever "
    "sent it will have to try again later.";
inline constexpr std::string_view syn_in_time_wait_reopens =
    "Its number lies beyond everything that the old connection used, so strays cannot be mistaken "
    "for new segments. The {end} gives up TIME_WAIT: a new connection begins in SYN_RECEIVED.";

// --- No connection ------------------------------------------------------------------------------

inline constexpr std::string_view no_connection_reset =
    "The {end} has no connection that it could end. A RST is never answered: else two closed ends "
    "could reset each other for ever.";
inline constexpr std::string_view no_connection =
    "The {end} knows no such connection any more, and answers with a RST.";
inline constexpr std::string_view no_connection_forgotten =
    "The {end}'s host has been down and remembers no such connection. It answers with a RST.";
inline constexpr std::string_view no_connection_never =
    "The {end} has no such connection, and answers with a RST.";
inline constexpr std::string_view nobody_listens =
    "It asks for a connection, but nobody listens at the {end}. The answer is a RST.";

}  // namespace core::say
