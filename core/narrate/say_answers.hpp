// What is said of segments that answer others, and of those that are lost. narrate_say.hpp says
// what the named places mean.
#pragma once

#include "core/narrate/say.hpp"

namespace core::say {

// --- Answers ------------------------------------------------------------------------------------

inline constexpr Sentence ack_fin_first = {
    "ACK {arrow}",
    "The {end}'s TCP acknowledges the FIN at once, whatever its application may still do."};
inline constexpr Sentence ack_data_and_fin = {
    "ACK {arrow}", "The {end} acknowledges the data and the FIN behind them with a single ACK."};
inline constexpr Sentence ack_fin_crossing = {
    "ACK {arrow}",
    "The {end} acknowledges the {peer}'s FIN at once. Its own is still without an answer."};
inline constexpr Sentence ack_with_fin = {
    "FIN {arrow} again",
    "This system acknowledges from CLOSING with its FIN, sent once more: one segment for both."};
inline constexpr Sentence ack_fin_last = {
    "ACK {arrow}",
    "The {end} sends the last acknowledgment. Nobody acknowledges an ACK, so the {end} cannot know "
    "whether it arrives."};
inline constexpr Sentence ack_again = {
    "ACK {arrow}", "The {end} gives the same acknowledgment once more, as often as it is asked."};
inline constexpr Sentence ack_data = {"ACK {arrow}", "The {end} acknowledges what it received."};
inline constexpr Sentence ack_data_and_shut = {
    "ACK {arrow}", "The {end} acknowledges what it received, and says that it has no more room."};
inline constexpr Sentence ack_gap = {
    "ACK {arrow}",
    "The {end} acknowledges nothing new: it says again which number it is waiting for."};
inline constexpr Sentence ack_expected = {"ACK {arrow}", "The {end} says where it stands."};
inline constexpr Sentence ack_no_room = {
    "ACK {arrow}", "The {end} says which number it is waiting for, and that it has no room."};
inline constexpr Sentence ack_alive = {
    "ACK {arrow}", "The {end} says where it stands, and with that, that it is still there."};
inline constexpr Sentence challenge_reset = {
    "ACK {arrow}",
    "The challenge ACK says where the {end} stands. If the {peer} really has no connection, it "
    "will answer with another RST, and that one will have the right number."};
inline constexpr Sentence challenge_syn = {
    "ACK {arrow}",
    "The challenge ACK says where the {end} stands. If the {peer} knows nothing of this "
    "connection, it will answer with a RST, and that one will have the right number."};
inline constexpr Sentence ack_every = {"ACK {arrow}",
                                       "The {end} answers an ACK with an ACK. If the {peer} is in "
                                       "TIME_WAIT too, it will answer this one, and so on."};
inline constexpr Sentence ack_syn = {
    "ACK {arrow}",
    "The {end} acknowledges the {peer}'s SYN. Three segments have opened the connection, because "
    "the second one was SYN and ACK in one."};
inline constexpr Sentence ack_syn_plain = {"ACK {arrow}", "The {end} acknowledges the SYN."};
inline constexpr Sentence syn_ack = {
    "SYN+ACK {arrow}",
    "One segment does two jobs: it acknowledges the SYN, and it is the {end}'s own. Opening takes "
    "three segments and not four, because these two go together."};
inline constexpr Sentence syn_ack_reopens = {
    "SYN+ACK {arrow}",
    "The {end} acknowledges the SYN and sends its own, which begins beyond the numbers that it "
    "used before."};
inline constexpr Sentence syn_ack_crossing = {
    "SYN+ACK {arrow}", "The {end} sends its SYN once more, now with the acknowledgment."};
inline constexpr Sentence rst_no_connection = {
    "RST {arrow}",
    "The {end} answers with a RST. It takes the number that the other segment acknowledged, so "
    "that the {peer} can believe it."};
inline constexpr Sentence rst_no_number = {"RST {arrow}",
                                           "The {end} answers with a RST. It acknowledges what "
                                           "came, so that the {peer} can see what it answers."};
inline constexpr Sentence rst_nobody_reads = {
    "RST {arrow}",
    "The {end} answers with a RST, so that the {peer} does not believe that its data were read."};
inline constexpr Sentence rst_for_syn = {
    "RST {arrow}", "The {end} tells the {peer} that the connection is reset."};
inline constexpr Sentence waiting_leaves = {
    "{name} {arrow}", "The window has room again, so what was waiting leaves."};
inline constexpr Sentence waiting_fin_leaves = {
    "{name} {arrow}", "The window has room again, so the FIN that was waiting leaves."};
inline constexpr Sentence waiting_leaves_open = {
    "{name} {arrow}", "The connection is open, so what was waiting for that leaves."};
inline constexpr Sentence just_called_leaves = {
    "{name} {arrow}",
    "What the {end}'s application has sent in this very moment leaves now, and acknowledges all "
    "that has come."};
inline constexpr Sentence just_closed_leaves = {
    "{name} {arrow}",
    "The {end}'s application has closed in this very moment. Its FIN leaves now, and acknowledges "
    "all that has come."};
inline constexpr Sentence probe_leaves_again = {
    "{name} {arrow} again",
    "The window has room again, so what probed it goes once more, with as much as fits."};

// --- Losses -------------------------------------------------------------------------------------

inline constexpr Sentence fin_lost = {"FIN lost",
                                      "The network loses the FIN. The {peer} knows nothing of it; "
                                      "only the {end}'s retransmission timer will notice."};
inline constexpr Sentence fin_lost_again = {
    "{name} lost again",
    "The network loses the FIN once more. The {peer} still knows nothing of it, and the {end} has "
    "to wait for its timer again."};
inline constexpr Sentence fin_repeat_lost = {
    "{name} lost",
    "The network loses the FIN that was sent again. The {peer} still knows nothing of it, and the "
    "{end} has to wait for its timer again."};
inline constexpr Sentence data_and_fin_lost = {
    "{name} lost",
    "The network loses the data and the FIN on them. The {end} has kept a copy, to be sent again "
    "when its timer runs out."};
inline constexpr Sentence data_lost = {"{name} lost",
                                       "The network loses the data. The {end} has kept a copy, to "
                                       "be sent again when its timer runs out."};
inline constexpr Sentence syn_lost = {
    "{name} lost",
    "The network loses {what}. The {end} has to wait for its timer before it tries again."};
inline constexpr Sentence lost_known = {"{name} lost",
                                        "The network loses {what}. The {peer} has received it "
                                        "before; what the {end} lacks is the acknowledgment."};
inline constexpr Sentence lost_needless = {
    "{name} lost", "The network loses {what}. Nothing is missing: all of it is acknowledged."};
inline constexpr Sentence lost_forgotten = {
    "{name} lost",
    "The network loses {what}, and nobody will send it again: the {end} has given up the "
    "connection that it belonged to."};
inline constexpr Sentence ack_lost = {
    "ACK lost",
    "The network loses the ACK. The {end} does not notice: an ACK is not acknowledged. It is the "
    "{peer} whose FIN seems unanswered."};
inline constexpr Sentence ack_of_data_lost = {
    "ACK lost",
    "The network loses the ACK. The {end} does not notice: an ACK is not acknowledged. It is the "
    "{peer} whose data seem unanswered."};
inline constexpr Sentence ack_of_syn_lost = {
    "ACK lost",
    "The network loses the ACK. The {end} does not notice: an ACK is not acknowledged. It is the "
    "{peer} whose SYN seems unanswered."};
inline constexpr Sentence window_lost = {
    "ACK lost",
    "The network loses the ACK, and with it the news that there is room again. The {peer} will "
    "learn that only by asking."};
inline constexpr Sentence bare_ack_lost = {
    "ACK lost",
    "The network loses the ACK. The {end} does not notice, for an ACK is not acknowledged."};
inline constexpr Sentence probe_lost = {
    "Probe lost",
    "The network loses the probe. All that the {end} will see is that no answer comes."};
inline constexpr Sentence window_probe_lost = {
    "{name} lost", "The network loses {what}. The {end} will ask again when its timer runs out."};
inline constexpr Sentence rst_lost = {
    "RST lost",
    "The network loses the RST. A RST is never repeated, so the {peer} knows nothing and goes on "
    "as if nothing had happened."};
inline constexpr Sentence rst_lost_needless = {
    "RST lost",
    "The network loses the RST. No harm is done: the {peer} has no connection that it could end."};
inline constexpr Sentence down = {
    "{name} finds nobody",
    "The {peer}'s host is down, so nobody takes {what} and nobody answers. From where the {end} "
    "stands, the network might as well have lost it."};
inline constexpr Sentence down_unnoticed = {
    "{name} finds nobody",
    "The {peer}'s host is down, so nobody takes {what}. The {end} expects no answer to it, and "
    "notices nothing."};
inline constexpr Sentence down_both = {
    "{name} finds nobody",
    "The {peer}'s host is down, so nobody takes {what}, and nobody will miss the answer."};

}  // namespace core::say
