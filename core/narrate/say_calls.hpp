// What is said of the start, of calls and of hosts. narrate_say.hpp says what the named places
// mean.
#pragma once

#include "core/narrate/say.hpp"

namespace core::say {

// --- The start ----------------------------------------------------------------------------------

inline constexpr Sentence start = {"{state}",
                                   "Both ends are in {state}: two pipes are open, one in each "
                                   "direction, and nobody has closed yet."};
inline constexpr Sentence start_closed = {"{state}",
                                          "There is no connection yet: both ends are {state}."};
inline constexpr std::string_view start_alike = "{state}";
inline constexpr std::string_view start_apart = "{end} {state}, {peer} {other}";
inline constexpr std::string_view begins_closed = "The {end} is CLOSED: it has no connection.";
inline constexpr std::string_view begins_listen =
    "The {end} is in LISTEN: it waits for somebody to open a connection.";
inline constexpr std::string_view begins_syn_sent =
    "The {end} is in SYN_SENT: it has asked for a connection and waits for the answer.";
inline constexpr std::string_view begins_syn_received =
    "The {end} is in SYN_RECEIVED: it has answered a SYN and waits for the acknowledgment.";
inline constexpr std::string_view begins_established =
    "The {end} is in ESTABLISHED: it may send, and it may receive.";
inline constexpr std::string_view begins_fin_wait_1 =
    "The {end} is in FIN_WAIT_1: its FIN is out, and not acknowledged yet.";
inline constexpr std::string_view begins_fin_wait_2 =
    "The {end} is in FIN_WAIT_2: its FIN is acknowledged, and it waits for the {peer}'s.";
inline constexpr std::string_view begins_close_wait =
    "The {end} is in CLOSE_WAIT: it has received the {peer}'s FIN, and its own application has not "
    "closed yet.";
inline constexpr std::string_view begins_closing =
    "The {end} is in CLOSING: it has received the {peer}'s FIN, and its own is out, but not "
    "acknowledged yet.";
inline constexpr std::string_view begins_last_ack =
    "The {end} is in LAST_ACK: it closed after the {peer}, and waits for the acknowledgment of its "
    "FIN.";
inline constexpr std::string_view begins_time_wait =
    "The {end} is in TIME_WAIT: both pipes are closed, and it waits for 2·MSL to pass.";
inline constexpr std::string_view begins_unread =
    "The {end}'s application still has {octets} to read.";

// --- Opening and sending ------------------------------------------------------------------------

inline constexpr Sentence connect = {
    "SYN {arrow}",
    "The {end}'s application calls connect(). Its TCP sends a SYN, which takes one sequence number "
    "and says where the {end} begins to count, and waits for the answer in SYN_SENT."};
inline constexpr Sentence connect_listening = {
    "SYN {arrow}",
    "The {end}'s application waits no longer to be called: it calls connect(). LISTEN becomes "
    "SYN_SENT, and a SYN goes out."};
inline constexpr Sentence connect_again = {
    "SYN {arrow}",
    "The {end}'s application opens a new connection between the same two sockets, and TIME_WAIT is "
    "given up for it. The new numbers begin beyond the old ones, so that strays cannot be mistaken "
    "for something new."};
inline constexpr Sentence connect_again_too_low = {
    "SYN {arrow}",
    "The {end}'s application opens a new connection between the same two sockets, and TIME_WAIT is "
    "given up for it. The new numbers do not begin beyond the old ones, so strays might fit in."};
inline constexpr Sentence listen = {"{end} listens",
                                    "The {end}'s application calls listen(). Nothing is sent: in "
                                    "LISTEN the {end} waits for somebody's SYN."};
inline constexpr Sentence open_refused = {
    "{end}'s call is refused",
    "The {end} has a connection between these two sockets already, in {state}: its TCP answers "
    "“connection already exists”."};
inline constexpr Sentence listen_refused = {
    "{end}'s call is refused",
    "The {end} is in LISTEN already: its TCP answers “connection already exists”."};
inline constexpr Sentence send = {"{octets} {arrow}",
                                  "The {end}'s application sends {octets}. Its TCP keeps a copy "
                                  "until the {peer} has acknowledged everything."};
inline constexpr Sentence send_half_closed = {
    "{octets} {arrow}",
    "The {peer} has nothing more to send, but the {end} has: its application sends {octets} "
    "through the pipe that is still open."};
inline constexpr Sentence send_partly = {
    "{some} of {octets} {arrow}",
    "The {end}'s application sends {octets}. The {peer} has room for {some} of them; the rest "
    "waits until there is more."};
inline constexpr Sentence send_later_shut = {
    "{end} sends {octets}",
    "The {end}'s application sends {octets}. The {peer}'s window is shut, so nothing leaves yet."};
inline constexpr Sentence send_later_full = {
    "{end} sends {octets}",
    "The {end}'s application sends {octets}. What is out already fills the {peer}'s window, so "
    "nothing more leaves yet."};
inline constexpr Sentence send_joined = {"{end} sends {octets}",
                                         "The {end}'s application sends {octets}. All of it leaves "
                                         "at this very moment, together with what happens next."};
inline constexpr Sentence send_opening = {"{end} sends {octets}",
                                          "The {end}'s application sends {octets}. Its TCP keeps "
                                          "everything until the connection is open."};
inline constexpr Sentence send_listening = {
    "SYN {arrow}",
    "The {end}'s application sends {octets} although it only listens, so its TCP opens the "
    "connection itself. The SYN goes first, and everything else waits until the connection is "
    "open."};
inline constexpr Sentence send_in_vain = {"{end} sends {octets}",
                                          "The {end}'s application sends {octets}, but nothing "
                                          "leaves: the connection ends in this very moment."};
inline constexpr std::string_view persist_starts =
    "A timer starts: after {time} the {end} will ask whether there is room.";
inline constexpr std::string_view nobody_there = "The {end} cannot know that the {peer} is gone.";

// --- Reading ------------------------------------------------------------------------------------

inline constexpr Sentence receive = {"{end} reads {octets}",
                                     "The {end}'s application reads {octets} that had arrived."};
inline constexpr std::string_view receive_opens =
    "The window was shut, so an ACK tells the {peer} at once that there is room again.";
inline constexpr std::string_view receive_then_eof =
    "Behind that it finds the end of file, for the {peer}'s FIN is here already.";
inline constexpr std::string_view receive_stale =
    "Part of that was sent in an earlier connection, and nothing shows it.";
inline constexpr Sentence receive_eof = {
    "{end} reads end of file",
    "The {end}'s application reads, and learns that nothing more will come."};
inline constexpr Sentence receive_eof_shut = {
    "{end} reads end of file",
    "The {end}'s application has shut its own reading side, so it reads end of file, whatever may "
    "still arrive."};
inline constexpr Sentence receive_nothing = {
    "{end} reads nothing", "The {end}'s application reads, but nothing has arrived."};
inline constexpr Sentence receive_too_soon = {
    "{end} reads nothing", "The {end}'s application reads, but the connection is not open yet."};

// --- Calls that are refused ---------------------------------------------------------------------

inline constexpr Sentence refused_closing = {
    "{end}'s call is refused",
    "The {end}'s application has closed its side already: its TCP answers “connection closing”."};
inline constexpr Sentence refused_second_close = {
    "{end}'s call is refused",
    "The {end}'s application has closed already, and a pipe has only one FIN: its TCP answers "
    "“connection closing”, and sends nothing."};
inline constexpr Sentence refused_read = {
    "{end}'s call is refused",
    "The {end}'s application has closed its descriptor, so it can read no more: its TCP answers "
    "“connection closing”."};
inline constexpr Sentence refused_read_over = {
    "{end}'s call is refused",
    "Both sides have closed and everything has been read, so nothing can come any more: the "
    "{end}'s TCP answers “connection closing”."};
inline constexpr Sentence refused_reset = {
    "{end}'s call is refused",
    "The connection was reset, and this call is the first since then: the {end}'s TCP answers "
    "“connection reset”."};
inline constexpr Sentence refused_gone = {
    "{end}'s call is refused",
    "There is no connection any more: the {end}'s TCP answers “connection does not exist”."};
inline constexpr Sentence refused_never = {
    "{end}'s call is refused",
    "There is no connection: the {end}'s TCP answers “connection does not exist”."};

// --- Closing ------------------------------------------------------------------------------------

inline constexpr Sentence first_close = {
    "FIN {arrow}",
    "The {end}'s application calls close() and lets go of the connection, now an orphan. Its TCP "
    "sends a FIN, which takes one sequence number, and waits for the ACK in FIN_WAIT_1."};
inline constexpr Sentence first_shutdown = {
    "FIN {arrow}",
    "The {end}'s application calls shutdown(): it has nothing more to send, but goes on listening. "
    "Its TCP sends a FIN and waits for the acknowledgment in FIN_WAIT_1."};
inline constexpr Sentence first_shutdown_both = {
    "FIN {arrow}",
    "The {end}'s application calls shutdown() for both directions: it will neither send nor read "
    "any more. Its TCP sends a FIN and waits for the acknowledgment in FIN_WAIT_1."};
inline constexpr Sentence close_before_open = {
    "FIN {arrow}",
    "The {end}'s application calls {call}() before its SYN is acknowledged. The FIN follows right "
    "behind the SYN, and SYN_RECEIVED becomes FIN_WAIT_1."};
inline constexpr Sentence second_close = {
    "FIN {arrow}",
    "Now the {end}'s application is finished too. Its TCP sends a FIN of its own and waits in "
    "LAST_ACK for the one acknowledgment that is still missing."};
inline constexpr Sentence second_close_with_ack = {
    "FIN {arrow}",
    "The {end}'s application closes before the acknowledgment has left, so one segment does both "
    "jobs: it is the {end}'s FIN, and it acknowledges the {peer}'s."};
inline constexpr Sentence close_with_data = {
    "{name} {arrow}",
    "The {end}'s application calls {call}() right behind its last data, so the FIN rides on them: "
    "it takes the number behind the last octet. In {state} the {end} waits for the acknowledgment "
    "of both."};
inline constexpr std::string_view carries_ack_too =
    "The same segment acknowledges the {peer}'s FIN.";
inline constexpr Sentence close_behind_data = {
    "{octets} {arrow}",
    "The {end}'s application calls {call}(). What it sent before leaves first; the FIN has to "
    "wait, because the {peer} has no room for it yet."};
inline constexpr Sentence close_later = {"{end} calls {call}()",
                                         "The {end}'s application calls {call}(). The FIN has to "
                                         "wait: the {peer} has no room for it yet."};
inline constexpr Sentence close_behind_unsent = {
    "{end} calls {call}()",
    "The {end}'s application calls {call}(). The FIN has to wait behind the data for which the "
    "{peer} has no room yet."};
inline constexpr Sentence close_behind_opening = {
    "{end} calls {call}()",
    "The {end}'s application calls {call}() before the connection is open. Its data go first, as "
    "soon as they may, and the FIN behind them."};
inline constexpr Sentence close_joined = {"{end} calls {call}()",
                                          "The {end}'s application calls {call}(). Its FIN leaves "
                                          "at this very moment, together with what happens next."};
inline constexpr Sentence close_in_vain = {"{end} calls {call}()",
                                           "The {end}'s application calls {call}(), but no FIN "
                                           "leaves: the connection ends in this very moment."};
inline constexpr std::string_view fin_wait_1_all_the_same =
    "The state is FIN_WAIT_1 all the same: it says what the application wants.";
inline constexpr std::string_view close_wait_until_then =
    "Until it leaves, the {end} stays in CLOSE_WAIT.";
inline constexpr Sentence close_unread = {
    "RST {arrow}",
    "The {end}'s application closes without having read everything. A FIN would say that all is "
    "well, so its TCP sends a RST instead, to tell the {peer} that data were lost."};
inline constexpr std::string_view unread_thrown_away =
    "Its TCP throws away {octets} that nobody has read.";
inline constexpr Sentence let_go = {
    "{end} calls close()",
    "The {end}'s application closes its descriptor. The FIN is out already, so nothing is sent; "
    "from now on nobody is left to read."};
inline constexpr Sentence let_go_waiting = {
    "{end} calls close()",
    "The {end}'s application closes its descriptor. A FIN is waiting to leave already, so nothing "
    "is sent; from now on nobody is left to read."};
inline constexpr Sentence let_go_done = {
    "{end} calls close()",
    "The {end}'s application closes its descriptor. Both sides have closed already, so nothing is "
    "sent: TCP does the rest on its own."};
inline constexpr std::string_view fin_wait_2_timed =
    "A timer starts that no RFC knows: without an application, FIN_WAIT_2 may last {time} and no "
    "longer.";
inline constexpr Sentence shut_read = {"{end} calls shutdown()",
                                       "The {end}'s application will read no more. Nothing goes "
                                       "out on the wire: TCP has no segment that says so."};
inline constexpr Sentence close_listening = {
    "{end} calls {call}()",
    "The {end}'s application stops listening. Nobody has to be told: LISTEN becomes CLOSED."};
inline constexpr Sentence close_syn_sent = {
    "{end} calls {call}()",
    "The {end}'s application no longer wants the connection. Its TCP sends nothing and forgets the "
    "SYN that is out; an answer to it would meet a RST."};

// --- Aborting -----------------------------------------------------------------------------------

inline constexpr Sentence abort = {
    "RST {arrow}",
    "The {end}'s application aborts. Its TCP throws everything away, sends one RST and is CLOSED "
    "at once: no acknowledgment, no repetition, no TIME_WAIT."};
inline constexpr Sentence abort_and_wait = {
    "RST {arrow}",
    "The {end}'s application aborts. Its TCP throws everything away and sends one RST; then it "
    "waits in TIME_WAIT, as RFC 9293 3.5.2 wants it from an end that sends a RST."};
inline constexpr Sentence abort_time_wait = {
    "{end} aborts",
    "The {end}'s application aborts. By the RFC no RST is sent from TIME_WAIT: all that ends is "
    "the wait, and with it the care for a repeated FIN and for strays."};
inline constexpr Sentence abort_closing = {
    "{end} aborts",
    "The {end}'s application aborts. The {peer} has closed as well, so no RST is due: the {end} "
    "just forgets the connection, and will not repeat its FIN."};
inline constexpr Sentence abort_listening = {
    "{end} aborts",
    "The {end}'s application aborts. It was only listening, so nobody has to be told: LISTEN "
    "becomes CLOSED."};
inline constexpr Sentence abort_syn_sent = {
    "{end} aborts",
    "The {end}'s application aborts before its SYN is answered. Its TCP sends nothing and forgets "
    "the SYN that is out; an answer to it would meet a RST."};

// --- The host -----------------------------------------------------------------------------------

inline constexpr Sentence crash = {
    "{end} goes down",
    "The {end}'s host goes down without a word: no FIN, no RST. All that it knew of the connection "
    "is lost, and the {peer} cannot tell this from silence."};
inline constexpr Sentence crash_unmissed = {
    "{end} goes down",
    "The {end}'s host goes down without a word, and all that it knew of the connection is lost."};
inline constexpr Sentence crash_listening = {
    "{end} goes down", "The {end}'s host goes down, and nobody listens there any more."};
inline constexpr Sentence crash_idle = {
    "{end} goes down", "The {end}'s host goes down. It had no connection that could be lost."};
inline constexpr std::string_view still_under_way = "What it has sent before is still on its way.";
inline constexpr Sentence reboot = {
    "{end} is back",
    "The {end}'s host is up again and has forgotten everything. The {peer} still holds its half of "
    "the connection: whatever it sends would now be answered with a RST."};
inline constexpr Sentence reboot_unmissed = {
    "{end} is back", "The {end}'s host is up again, and knows nothing of what was before."};

}  // namespace core::say
