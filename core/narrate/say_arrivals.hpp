// What is said of segments that arrive. narrate_say.hpp says what the named places mean.
#pragma once

#include "core/narrate/say.hpp"

namespace core::say {

// --- Titles, and what comes before the main sentence --------------------------------------------

inline constexpr std::string_view receives = "{end} receives {what}";
inline constexpr std::string_view receives_again = "{end} receives {what} again";
inline constexpr std::string_view receives_early = "{end} receives {what} too early";

inline constexpr std::string_view nobody_sent =
    "Nobody sent this just now: it is an old duplicate, or a forgery.";
inline constexpr std::string_view from_before =
    "This comes from an earlier connection between the same two sockets.";
inline constexpr std::string_view copied = "The network delivers {what} a second time.";
inline constexpr std::string_view overtaken =
    "It was held up on its way, and its own repetition came first.";
inline constexpr std::string_view opens_too =
    "It acknowledges the {end}'s SYN as well, so the connection is open now.";
inline constexpr std::string_view gap_filled =
    "This is what was missing, and what the {end} kept joins it.";
inline constexpr std::string_view gap_filled_before_fin =
    "This is what was missing, and now the FIN that the {end} kept counts.";
inline constexpr std::string_view data_before_fin =
    "First the data count, then the FIN behind them.";

// --- Opening ------------------------------------------------------------------------------------

inline constexpr std::string_view syn_first =
    "Somebody asks the {end} for a connection, and names the number with which the {peer} begins. "
    "In SYN_RECEIVED the {end} waits until its own SYN is acknowledged.";
inline constexpr std::string_view syn_crossing =
    "Both ends have asked at the same time: here is a SYN, but no answer to the {end}'s own. It "
    "sends that once more, now with an ACK, and waits in SYN_RECEIVED.";
inline constexpr std::string_view syn_answered =
    "The {peer} agrees: it acknowledges the {end}'s SYN and sends its own. For the {end} the "
    "connection is open.";
inline constexpr std::string_view syn_acknowledged =
    "The {end}'s SYN is acknowledged, so both ends know each other's numbers. For the {end} too "
    "the connection is open.";
inline constexpr std::string_view closes_at_once =
    "Its application has closed meanwhile, so the {end} goes straight on to FIN_WAIT_1.";
inline constexpr std::string_view listen_reset =
    "In LISTEN there is nothing that a RST could end, so it is dropped.";
inline constexpr std::string_view listen_ack =
    "It acknowledges something, but in LISTEN the {end} has sent nothing. It belongs to a "
    "connection that is no more, and is answered with a RST.";
inline constexpr std::string_view listen_other =
    "In LISTEN only a SYN means something, so it is dropped.";
inline constexpr std::string_view syn_sent_old_ack =
    "It does not acknowledge the {end}'s SYN, but something that the {end} knows nothing of: the "
    "{peer} is still in an older connection. The {end} denies that one with a RST.";
inline constexpr std::string_view syn_sent_odd_ack =
    "It acknowledges something that the {end} has not sent. The {end} answers with a RST.";
inline constexpr std::string_view syn_sent_other =
    "In SYN_SENT only an answer to the SYN counts. This is none, so it is dropped.";
inline constexpr std::string_view syn_sent_reset =
    "In SYN_SENT a RST counts only if it acknowledges the SYN. This one does not, so it is "
    "dropped.";
inline constexpr std::string_view refused =
    "Nobody listens at the {peer}: the connection is refused, and the {end} is CLOSED.";
inline constexpr std::string_view refused_late =
    "The {peer} knows nothing of the connection that is being opened. The {end} is CLOSED at once.";
inline constexpr std::string_view taken_back =
    "Nobody wants the connection that was asked for. The {end} goes back to LISTEN, and its "
    "application hears nothing of it.";
inline constexpr std::string_view syn_twice =
    "A second SYN, while the first is still being answered: the {end} drops both and goes back to "
    "LISTEN.";
inline constexpr std::string_view half_open_ack =
    "It acknowledges something else than the {end}'s SYN. The {end} answers with a RST and goes on "
    "waiting.";

// --- FIN ----------------------------------------------------------------------------------------

inline constexpr std::string_view fin_first =
    "The {end} learns that the {peer} has nothing more to send: its application reads end of file. "
    "Until that application closes too, the {end} stays in CLOSE_WAIT.";
inline constexpr std::string_view fin_first_unread =
    "The {end} learns that the {peer} has nothing more to send. Its application will read that "
    "when it has read the {octets} that it has not read yet; until it closes too, the {end} stays "
    "in CLOSE_WAIT.";
inline constexpr std::string_view fin_and_ack =
    "This FIN acknowledges the {end}'s own as well, so the {end} goes from FIN_WAIT_1 straight to "
    "TIME_WAIT. FIN_WAIT_2 is skipped.";
inline constexpr std::string_view fin_kept_and_ack =
    "The {end}'s own FIN is acknowledged as well, so the {end} goes from FIN_WAIT_1 straight to "
    "TIME_WAIT. FIN_WAIT_2 is skipped.";
inline constexpr std::string_view fin_and_ack_no_wait =
    "The {end}'s own FIN is acknowledged as well. It should wait now; here, for the sake of "
    "argument, it does not, and FIN_WAIT_1 becomes CLOSED.";
inline constexpr std::string_view fin_crossing =
    "The {peer} has closed as well, before it had the {end}'s FIN. The {end} lacks nothing but the "
    "acknowledgment of that one, and waits for it in CLOSING.";
inline constexpr std::string_view fin_crossing_unsent =
    "The {peer} has closed as well, while the {end}'s own FIN still waits to be sent. In CLOSING "
    "the {end} waits until that is sent and acknowledged.";
inline constexpr std::string_view fin_second =
    "The {peer} is finished as well. Both FINs have arrived; the {end} enters TIME_WAIT and sets "
    "its timer to 2·MSL, {time}.";
inline constexpr std::string_view fin_second_no_wait =
    "The {peer} is finished as well, and both FINs have arrived. The {end} should wait now; here, "
    "for the sake of argument, it does not, and is CLOSED at once.";
inline constexpr std::string_view fin_again_in_time_wait =
    "The {peer} cannot have heard the last acknowledgment. The {end} is still there to answer, "
    "which is what TIME_WAIT is for, and its 2·MSL start over.";
inline constexpr std::string_view fin_again_in_time_wait_goes_on =
    "The {end} is still there to answer, which is what TIME_WAIT is for. Its 2·MSL do not start "
    "over.";
inline constexpr std::string_view fin_again_in_time_wait_not_lost =
    "To the {end} it looks as if its last acknowledgment had been lost. So it answers once more, "
    "and its 2·MSL start over.";
inline constexpr std::string_view fin_again =
    "The {end} has this FIN already, so nothing changes: its application is not told twice. But "
    "the {peer} must have missed the acknowledgment, and gets it again.";
inline constexpr std::string_view fin_again_not_lost =
    "The {end} has this FIN already, so nothing changes: its application is not told twice. It "
    "acknowledges once more.";
inline constexpr std::string_view fin_as_ack =
    "The {peer}'s system puts its acknowledgment into its FIN, sent once more. To the {end} it is "
    "only an old number: the first check throws it away, acknowledgment and all.";
inline constexpr std::string_view fin_too_early =
    "Something before it is missing. The {end} keeps it, but a FIN counts only behind everything "
    "that was sent before it.";

// --- Acknowledgments ----------------------------------------------------------------------------

inline constexpr std::string_view ack_of_fin =
    "The {end}'s FIN has arrived for certain. The pipe from {end} to {peer} is closed; in "
    "FIN_WAIT_2 the {end} waits for the {peer} to close the other one.";
inline constexpr std::string_view ack_in_closing =
    "The {end}'s FIN is acknowledged, and the {peer}'s has been received: from CLOSING the {end} "
    "enters TIME_WAIT.";
inline constexpr std::string_view ack_in_closing_no_wait =
    "The {end}'s FIN is acknowledged, and the {peer}'s has been received. The {end} should wait "
    "now; here, for the sake of argument, it does not, and is CLOSED at once.";
inline constexpr std::string_view ack_last =
    "The acknowledgment of its FIN arrives, and the {end} is completely done: LAST_ACK becomes "
    "CLOSED, without any waiting.";
inline constexpr std::string_view ack_of_data =
    "The {peer} has received all that the {end} sent, and the {end} need not keep its copy any "
    "longer.";
inline constexpr std::string_view ack_of_some =
    "The {peer} has received a part of what the {end} sent. The rest is still on its way, or lost.";
inline constexpr std::string_view ack_before_fin =
    "The {peer} has received what came before the {end}'s FIN, but not the FIN itself. FIN_WAIT_1 "
    "goes on.";
inline constexpr std::string_view ack_not_in_closing =
    "It does not acknowledge the {end}'s FIN, so it changes nothing in CLOSING.";
inline constexpr std::string_view ack_of_nothing =
    "It acknowledges nothing that was not known: no change.";
inline constexpr std::string_view still_shut =
    "It acknowledges nothing new, and says that there is still no room. But it is a sign of life, "
    "so the {end} goes on asking.";
inline constexpr std::string_view ack_not_yet =
    "It acknowledges nothing new. What the {end} has sent is still without an answer.";
inline constexpr std::string_view alive =
    "It acknowledges nothing new, but it is a sign of life: the {peer} is still there, and the "
    "{end} counts its idle time from the beginning.";
inline constexpr std::string_view window_opens =
    "It acknowledges nothing new, but says that the {peer} has room again, for {octets}.";
inline constexpr std::string_view window_shuts =
    "It acknowledges nothing new, but says that the {peer} has no more room: the window is shut.";
inline constexpr std::string_view window_changes =
    "It acknowledges nothing new, but says how much room the {peer} has now: {octets}.";
inline constexpr std::string_view window_opens_too =
    "It also says that there is room again, for {octets}.";
inline constexpr std::string_view window_shuts_too =
    "It also says that the {peer} has no more room: the window is shut.";
inline constexpr std::string_view fin_leaves =
    "Now the {end}'s own FIN can leave, and with it the {end} enters LAST_ACK.";
inline constexpr std::string_view ack_unsent =
    "It acknowledges something that the {end} has not sent yet, so the {end} believes none of it "
    "and says where it stands.";
inline constexpr std::string_view ack_ancient =
    "Its acknowledgment is older than any that could still be on its way, so the {end} believes "
    "none of it and says where it stands (RFC 5961).";
inline constexpr std::string_view no_ack_bit =
    "It carries no ACK, which every segment of an open connection must. It is dropped.";
inline constexpr std::string_view time_wait_ack =
    "In TIME_WAIT a bare ACK asks for nothing, so the {end} keeps silent. If it answered, two ends "
    "in TIME_WAIT could answer each other for ever.";
inline constexpr std::string_view time_wait_every_ack =
    "By the letter of the RFC, TIME_WAIT answers every ACK, even one that asks for nothing.";
inline constexpr std::string_view time_wait_text =
    "Both sides have closed, so nothing new can come from the {peer}. The {end} takes nothing of "
    "it and only says where it stands.";
inline constexpr std::string_view time_wait_starts_over = "Its 2·MSL start over.";

// --- Data ---------------------------------------------------------------------------------------

inline constexpr std::string_view data_read =
    "{octets} arrive in order. The {end} hands them to its application and owes the {peer} an "
    "acknowledgment.";
inline constexpr std::string_view data_read_one =
    "{octets} arrives in order. The {end} hands it to its application and owes the {peer} an "
    "acknowledgment.";
inline constexpr std::string_view data_read_with_kept =
    "That puts {octets} in order, and the {end} hands all of it to its application.";
inline constexpr std::string_view data_kept_with_kept =
    "That puts {octets} in order, to wait in the {end}'s buffer until its application reads.";
inline constexpr std::string_view data_stale =
    "The {end} has taken in {octets} of an earlier connection with it, and nothing shows that.";
inline constexpr std::string_view data_known_in_part =
    "The beginning of the segment, {octets}, is here already and does not count again.";
inline constexpr std::string_view data_kept =
    "{octets} arrive in order, and wait in the {end}'s buffer until its application reads.";
inline constexpr std::string_view data_kept_one =
    "{octets} arrives in order, and waits in the {end}'s buffer until its application reads.";
inline constexpr std::string_view data_thrown_away =
    "The data are in order, but nobody at the {end} will read them: they are acknowledged, and "
    "thrown away.";
inline constexpr std::string_view data_with_ack =
    "The data in the same segment, {octets}, count as well.";
inline constexpr std::string_view data_early_with_ack =
    "The data in the same segment have come too early; the {end} keeps them and says what it is "
    "waiting for.";
inline constexpr std::string_view buffer_full =
    "Now the buffer is full: the {end}'s window is shut.";
inline constexpr std::string_view no_room_for_all =
    "There is room for this much only; the {peer} will have to send the rest once more.";
inline constexpr std::string_view ack_waits =
    "The ACK waits for at most {time}, in case something else can carry it.";
inline constexpr std::string_view ack_still_waits =
    "The ACK still waits for something to carry it.";
inline constexpr std::string_view out_of_order =
    "Something before it is missing. The {end} keeps it, and says again what it is waiting for.";
inline constexpr std::string_view out_of_order_strange =
    "Its numbers lie in the window, ahead of what comes next, so the {end} takes it for something "
    "that came too early. It keeps it, and says again what it is waiting for.";
inline constexpr std::string_view out_of_order_known =
    "The {end} keeps this already. Something before it is still missing, and the {end} says so "
    "again.";
inline constexpr std::string_view data_after_fin =
    "It claims to come behind the {peer}'s FIN, where nothing can come. The {end} ignores it.";
inline constexpr std::string_view fin_after_fin =
    "It claims to come behind the {peer}'s FIN, where nothing can come. The {end} takes nothing of "
    "it and says where it stands.";
inline constexpr std::string_view data_after_close =
    "The {end}'s application has closed its descriptor, so nobody can ever read this. The {end} "
    "gives the connection up and tells the {peer} with a RST.";
inline constexpr std::string_view duplicate =
    "The {end} has all of it already, so nothing changes; it acknowledges once more.";
inline constexpr std::string_view duplicate_ack_lost =
    "The {end} has all of it already, so nothing changes. But the {peer} must have missed the "
    "acknowledgment, and gets it again.";
inline constexpr std::string_view ack_late =
    "The {peer} sent it again before the acknowledgment could reach it.";
inline constexpr std::string_view ack_owed =
    "The {peer} sent it again, because it has had no acknowledgment yet.";
inline constexpr std::string_view ack_not_looked_at =
    "What the segment acknowledges would be news, but the first check throws it away before "
    "anybody looks at that.";
inline constexpr std::string_view syn_again =
    "The {peer} repeats its SYN, because no acknowledgment had reached it. The {end} answers with "
    "an ACK, as it answers every SYN in the middle of a connection.";
inline constexpr std::string_view syn_again_opening =
    "The {peer} repeats its SYN, because no answer had reached it. The {end} acknowledges it once "
    "more; its own SYN goes again when its timer runs out.";
inline constexpr std::string_view syn_known =
    "The {end} has this SYN already, so nothing changes; it answers with an ACK.";

}  // namespace core::say
