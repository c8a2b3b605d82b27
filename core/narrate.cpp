#include "core/narrate.hpp"

#include <algorithm>
#include <array>
#include <initializer_list>
#include <utility>

namespace core {
namespace {

/// Every title and sentence, with named places to fill: {end} acted, {peer} is the other end,
/// {what} is the segment, {arrow} its direction, {n} a number of octets, {time} a length of time.
struct Sentence {
  std::string_view title;
  std::string_view text;
};

namespace say {

constexpr Sentence start = {
    "{state}",
    "Both ends are in {state}: two pipes are open, one in each direction, and nobody has closed "
    "yet."};
constexpr Sentence start_alike = {"{state}", "The run begins with both ends in {state}."};
constexpr Sentence start_apart = {
    "{end} {state}, {peer} {other}",
    "The run begins with the {end} in {state} and the {peer} in {other}."};

// Calls
constexpr Sentence first_close = {
    "FIN {arrow}",
    "The {end}'s application calls close(): it has nothing more to send. Its TCP sends a FIN, "
    "which takes one sequence number, and waits for the acknowledgment in FIN_WAIT_1."};
constexpr Sentence first_shutdown = {
    "FIN {arrow}",
    "The {end}'s application calls shutdown(): it has nothing more to send, but goes on "
    "listening. Its TCP sends a FIN and waits for the acknowledgment in FIN_WAIT_1."};
constexpr Sentence close_later = {
    "{end} calls {call}()",
    "The {end}'s application calls {call}(). The FIN has to wait: the {peer} has no room for it "
    "yet."};
constexpr Sentence close_joined = {
    "{end} calls {call}()",
    "The {end}'s application calls {call}(). Its FIN leaves at this very moment, together with "
    "what happens next."};
constexpr Sentence second_close = {
    "FIN {arrow}",
    "Now the {end}'s application is finished too. Its TCP sends a FIN of its own and waits in "
    "LAST_ACK for the one acknowledgment that is still missing."};
constexpr Sentence second_close_with_ack = {
    "FIN {arrow}",
    "The {end}'s application closes before the acknowledgment has left, so one segment does both "
    "jobs: it is the {end}'s FIN, and it acknowledges the {peer}'s."};
constexpr Sentence close_unread = {
    "RST {arrow}",
    "The {end}'s application closes without having read everything. A FIN would say that all is "
    "well, so its TCP sends a RST instead: the {peer} learns that data were lost."};
constexpr Sentence let_go = {
    "{end} calls close()",
    "The {end}'s application closes its descriptor. The FIN is out already, so nothing is sent; "
    "from now on nobody is left to read."};
constexpr Sentence shut_read = {
    "{end} calls shutdown()",
    "The {end}'s application will read no more. Nothing goes out on the wire: TCP has no segment "
    "that says so."};
constexpr Sentence send = {"{n} octets {arrow}", "The {end}'s application sends {n} octets."};
constexpr Sentence send_later = {
    "{end} sends {n} octets",
    "The {end}'s application sends {n} octets. They wait: the {peer} has no room for them yet."};
constexpr Sentence send_joined = {
    "{end} sends {n} octets",
    "The {end}'s application sends {n} octets. They leave at this very moment, together with "
    "what happens next."};
constexpr Sentence receive = {"{end} reads {n} octets",
                              "The {end}'s application reads {n} octets that had arrived."};
constexpr Sentence receive_eof = {
    "{end} reads end of file",
    "The {end}'s application reads, and learns that nothing more will come."};
constexpr Sentence receive_nothing = {"{end} reads nothing",
                                      "The {end}'s application reads, but nothing has arrived."};
constexpr Sentence refused_closing = {
    "{end}'s call is refused",
    "The {end}'s application has closed its side already: its TCP answers “connection closing”."};
constexpr Sentence refused_reset = {
    "{end}'s call is refused",
    "The connection was reset, and with this call the {end}'s application learns of it."};
constexpr Sentence refused_gone = {
    "{end}'s call is refused",
    "There is no connection any more: its TCP answers “connection does not exist”."};

// Arrivals
constexpr Sentence fin_first = {
    "{end} receives {what}",
    "The {end} learns that the {peer} has nothing more to send: its application reads end of "
    "file. Until that application closes too, the {end} stays in CLOSE_WAIT."};
constexpr Sentence fin_and_ack = {
    "{end} receives {what}",
    "This FIN acknowledges the {end}'s own as well, so the {end} goes from FIN_WAIT_1 straight to "
    "TIME_WAIT. FIN_WAIT_2 is skipped."};
constexpr Sentence fin_crossing = {
    "{end} receives {what}",
    "Both closed at once: the {end} has the {peer}'s FIN, but its own is not acknowledged yet. It "
    "waits for that in CLOSING."};
constexpr Sentence fin_second = {
    "{end} receives {what}",
    "The {peer} is finished as well. Both FINs have arrived; the {end} enters TIME_WAIT and sets "
    "its timer to 2·MSL, {time}."};
constexpr Sentence fin_again_in_time_wait = {
    "{end} receives {what} again",
    "The {peer} cannot have heard the last acknowledgment. The {end} is still there to answer, "
    "which is what TIME_WAIT is for, and its 2·MSL start over."};
constexpr Sentence fin_again = {
    "{end} receives {what} again",
    "The {end} has this FIN already, so nothing changes: its application is not told twice. But "
    "the {peer} must have missed the acknowledgment, and gets it again."};
constexpr Sentence ack_of_fin = {
    "{end} receives {what}",
    "The {end}'s FIN has arrived for certain. The pipe from {end} to {peer} is closed; in "
    "FIN_WAIT_2 the {end} waits for the {peer} to close the other one."};
constexpr Sentence ack_in_closing = {
    "{end} receives {what}",
    "The {end}'s FIN is acknowledged, and the {peer}'s has been received: from CLOSING the {end} "
    "enters TIME_WAIT."};
constexpr Sentence ack_last = {
    "{end} receives {what}",
    "The acknowledgment of its FIN arrives, and the {end} is completely done: LAST_ACK becomes "
    "CLOSED, without any waiting."};
constexpr Sentence ack_of_data = {"{end} receives {what}",
                                  "The {peer} has received what the {end} sent."};
constexpr Sentence window_opens = {
    "{end} receives {what}",
    "It acknowledges nothing new, but says how much room the {peer} has now."};
constexpr Sentence ack_of_nothing = {"{end} receives {what}",
                                     "It acknowledges nothing that was not known: no change."};
constexpr Sentence data = {"{end} receives {what}",
                           "Data arrive in order, and the {end} will acknowledge them."};
constexpr Sentence out_of_order = {
    "{end} receives {what} too early",
    "Something before it is missing. The {end} keeps it, and says again what it is waiting for."};
constexpr Sentence data_after_fin = {"{end} receives {what}",
                                     "It comes after the {peer}'s FIN, and is ignored."};
constexpr Sentence data_after_close = {
    "{end} receives {what}",
    "The {end}'s application has closed its descriptor, so nobody can ever read this. The {end} "
    "gives the connection up and tells the {peer} with a RST."};
constexpr Sentence duplicate = {
    "{end} receives {what} again",
    "The {end} has all of it already, so nothing changes; it acknowledges once more."};
constexpr Sentence outside = {
    "{end} receives {what}",
    "Its sequence number lies outside the window. The {end} answers with what it expects."};
constexpr Sentence outside_reset = {"{end} receives {what}",
                                    "Its number lies outside the window, so it is dropped."};
constexpr Sentence reset = {"{end} receives {what}",
                            "The {peer} has given up the connection. The {end} is CLOSED at once."};
constexpr Sentence challenged = {
    "{end} receives {what}",
    "It does not fit exactly, and might be forged. The {end} asks back with a challenge ACK."};
constexpr Sentence ignored = {"{end} receives {what}",
                              "Nothing in it counts in this state, and nothing is answered."};
constexpr Sentence no_connection = {
    "{end} receives {what}",
    "The {end} knows no such connection any more, and answers with a RST."};

// Answers
constexpr Sentence ack_fin_first = {
    "ACK {arrow}",
    "The {end}'s TCP acknowledges the FIN at once, whatever its application may still do."};
constexpr Sentence ack_fin_last = {
    "ACK {arrow}",
    "The {end} sends the last acknowledgment. Nobody acknowledges an ACK, so the {end} cannot "
    "know whether it arrives."};
constexpr Sentence ack_again = {
    "ACK {arrow}", "The {end} gives the same acknowledgment once more, as often as it is asked."};
constexpr Sentence ack_data = {"ACK {arrow}", "The {end} acknowledges what it received."};
constexpr Sentence ack_gap = {"ACK {arrow}", "The {end} says again what it is waiting for."};
constexpr Sentence ack_challenge = {"ACK {arrow}", "The {end} says what it expects."};
constexpr Sentence rst_answer = {"RST {arrow}", "The {end} answers with a RST."};
constexpr Sentence data_answer = {"{what} {arrow}",
                                  "The window has room again, so what was waiting leaves."};

// Losses
constexpr Sentence fin_lost = {
    "FIN lost",
    "The network loses the FIN. The {peer} knows nothing of it; only the {end}'s retransmission "
    "timer will notice."};
constexpr Sentence ack_lost = {
    "ACK lost",
    "The network loses the ACK. The {end} does not notice: an ACK is not acknowledged. It is the "
    "{peer} whose FIN seems unanswered."};
constexpr Sentence lost = {"{what} lost", "The network loses it on its way to the {peer}."};

// Timers
constexpr Sentence fin_repeated = {
    "FIN {arrow} again",
    "No acknowledgment came for {time}. The {end} sends the same FIN with the same sequence "
    "number again, and will wait twice as long for this one."};
constexpr Sentence data_repeated = {
    "{what} {arrow} again",
    "No acknowledgment came for {time}. The {end} sends the same octets again, and will wait "
    "twice as long for these."};
constexpr Sentence gave_up = {
    "{end} gives up",
    "After {time} without an acknowledgment the {end} gives the connection up. It sends nothing "
    "more."};
constexpr Sentence time_wait_over = {
    "CLOSED",
    "2·MSL have passed without another FIN, long enough for stray segments to die out. The {end} "
    "forgets the connection."};

}  // namespace say

/// The few words of a list: which segment, which state.
constexpr std::string_view note_start = "both pipes open";
constexpr std::string_view note_half_closed = "the {end} may still send";
constexpr std::string_view note_time_wait = "the {end} waits for 2·MSL";
constexpr std::string_view note_segment = "segment {number}";
constexpr std::string_view note_own_state = "{end} to {entered}";
constexpr std::string_view note_state = "to {entered}";

using Words = std::initializer_list<std::pair<std::string_view, std::string_view>>;

std::string fill(std::string_view pattern, Words words) {
  std::string out;
  while (!pattern.empty()) {
    const std::size_t open = std::min(pattern.find('{'), pattern.size());
    out += pattern.substr(0, open);
    pattern.remove_prefix(open);
    if (pattern.empty()) break;
    const std::size_t close = pattern.find('}');
    const std::string_view name = pattern.substr(1, close - 1);
    for (const auto& [key, word] : words) {
      if (key == name) out += word;
    }
    pattern.remove_prefix(close + 1);
  }
  return out;
}

/// What to call a segment when it is received or lost.
std::string_view word(const Segment& segment, bool article) {
  if (segment.flags.rst) return article ? "the RST" : "RST";
  if (segment.flags.syn) return article ? "the SYN" : "SYN";
  if (segment.flags.fin && segment.len > 0) {
    return article ? "the data and the FIN" : "Data and FIN";
  }
  if (segment.flags.fin) return article ? "the FIN" : "FIN";
  if (segment.len > 0) return article ? "the data" : "Data";
  return article ? "the ACK" : "ACK";
}

/// What a step's records say, picked apart once.
struct Facts {
  const Called* call = nullptr;
  const Received* received = nullptr;
  const Segment* segment = nullptr;  ///< received, lost, or the last one sent
  int number = 0;                    ///< its number, if it was sent
  bool sent = false;
  State left = State::Closed;  ///< the state that was left
  State entered = State::Closed;
  bool changed = false;
};

Facts facts_of(const Timeline& timeline, const Step& step) {
  Facts facts;
  for (std::size_t i = step.records.first; i < step.records.last; ++i) {
    const auto& what = timeline.records[i].what;
    if (const auto* call = std::get_if<Called>(&what)) facts.call = call;
    if (const auto* received = std::get_if<Received>(&what)) {
      facts.received = received;
      facts.segment = &timeline.segment(received->segment).segment;
    }
    if (const auto* lost = std::get_if<Lost>(&what)) {
      facts.segment = &timeline.segment(lost->segment).segment;
    }
    if (const auto* sent = std::get_if<Sent>(&what)) {
      facts.segment = &timeline.segment(sent->segment).segment;
      facts.number = sent->segment;
      facts.sent = true;
    }
    if (const auto* state = std::get_if<StateChanged>(&what)) {
      facts.left = state->from;
      facts.entered = state->to;
      facts.changed = true;
    }
  }
  return facts;
}

/// The FIN of this call carries the acknowledgment of a FIN that arrived at the same instant.
bool carries_owed_ack(const Timeline& timeline, const Step& step) {
  for (std::size_t i = step.records.first; i-- > 0;) {
    const Record& record = timeline.records[i];
    if (record.at != step.at) return false;
    if (record.side != step.side) continue;
    if (std::holds_alternative<Sent>(record.what)) return false;
    if (const auto* received = std::get_if<Received>(&record.what)) {
      return timeline.segment(received->segment).segment.flags.fin;
    }
  }
  return false;
}

const Sentence& of_call(const Timeline& timeline, const Step& step, const Facts& facts) {
  switch (facts.call->result) {
    case CallResult::ConnectionClosing: return say::refused_closing;
    case CallResult::ConnectionReset: return say::refused_reset;
    case CallResult::ConnectionDoesNotExist: return say::refused_gone;
    case CallResult::WouldBlock: return say::receive_nothing;
    case CallResult::Eof: return say::receive_eof;
    case CallResult::Ok: break;
  }
  const Tcb& tcb = step.world.at(step.side).tcb;
  const std::int64_t room = (tcb.snd_una + tcb.snd_wnd) - tcb.snd_nxt;
  if (std::holds_alternative<SendOctets>(facts.call->call)) {
    if (facts.sent) return say::send;
    return room > 0 ? say::send_joined : say::send_later;
  }
  if (std::holds_alternative<ReceiveOctets>(facts.call->call)) return say::receive;
  const bool shutdown = std::holds_alternative<Shutdown>(facts.call->call);
  if (step.rule == Rule::C6) return say::close_unread;
  if (step.rule != Rule::C1 && step.rule != Rule::C2) {
    return shutdown ? say::shut_read : say::let_go;
  }
  if (!facts.sent) return room > tcb.unsent ? say::close_joined : say::close_later;
  if (step.rule == Rule::C1) return shutdown ? say::first_shutdown : say::first_close;
  return carries_owed_ack(timeline, step) ? say::second_close_with_ack : say::second_close;
}

const Sentence& of_arrival(const Step& step, const Facts& facts) {
  switch (step.rule) {
    case Rule::F1: return say::fin_first;
    case Rule::F2: return say::fin_and_ack;
    case Rule::F3: return say::fin_crossing;
    case Rule::F4: return say::fin_second;
    case Rule::F6: return say::fin_again_in_time_wait;
    case Rule::A5: return say::ack_of_fin;
    case Rule::A8: return say::ack_in_closing;
    case Rule::A10: return say::ack_last;
    case Rule::A3: return say::ack_of_data;
    case Rule::A4:
      return facts.received->verdict == Verdict::Duplicate ? say::ack_of_nothing
                                                           : say::window_opens;
    case Rule::T1: return say::data;
    case Rule::T2: return say::out_of_order;
    case Rule::T3: return say::data_after_fin;
    case Rule::T4: return say::data_after_close;
    case Rule::Q1: return say::outside_reset;
    case Rule::Q2:
      if (facts.received->verdict != Verdict::Duplicate) return say::outside;
      return facts.segment->flags.fin ? say::fin_again : say::duplicate;
    case Rule::K2:
    case Rule::Y2: return say::reset;
    case Rule::K3: return facts.changed ? say::reset : say::ignored;
    case Rule::K1:
    case Rule::Y1:
    case Rule::A1: return say::challenged;
    case Rule::N2:
    case Rule::N3: return say::no_connection;
    // Calls and timers never decide an arrival; the rest changes nothing.
    case Rule::None:
    case Rule::C1:
    case Rule::C2:
    case Rule::C3:
    case Rule::C4:
    case Rule::C5:
    case Rule::C6:
    case Rule::S1:
    case Rule::S2:
    case Rule::R1:
    case Rule::R2:
    case Rule::R3:
    case Rule::N1:
    case Rule::A0:
    case Rule::A9:
    case Rule::A11:
    case Rule::X1:
    case Rule::X2:
    case Rule::X4: break;
  }
  return say::ignored;
}

const Sentence& of_answer(const Step& step, const Facts& facts) {
  if (facts.segment->flags.rst) return say::rst_answer;
  if (facts.segment->length() > 0) return say::data_answer;
  switch (step.rule) {
    case Rule::F1:
    case Rule::F3: return say::ack_fin_first;
    case Rule::F2:
    case Rule::F4: return say::ack_fin_last;
    case Rule::F6: return say::ack_again;
    case Rule::T1: return say::ack_data;
    case Rule::T2: return say::ack_gap;
    case Rule::Q2: return say::ack_again;
    default: return say::ack_challenge;
  }
}

const Sentence& of_timeout(const Step& step, const Facts& facts) {
  if (step.rule == Rule::X4) return say::time_wait_over;
  if (step.rule == Rule::X2) return say::gave_up;
  return facts.segment->flags.fin ? say::fin_repeated : say::data_repeated;
}

const Sentence& of_loss(const Facts& facts) {
  if (facts.segment->flags.fin) return say::fin_lost;
  return facts.segment->len == 0 && facts.segment->flags.ack ? say::ack_lost : say::lost;
}

const Sentence& sentence_of(const Timeline& timeline, const Step& step, const Facts& facts) {
  switch (step.kind) {
    case StepKind::Call: return of_call(timeline, step, facts);
    case StepKind::Arrival: return of_arrival(step, facts);
    case StepKind::Answer: return of_answer(step, facts);
    case StepKind::Loss: return of_loss(facts);
    case StepKind::Timeout: return of_timeout(step, facts);
    case StepKind::Start:
    case StepKind::Beat: break;
  }
  const auto& [client, server] = step.world.ends;
  if (client.tcb.state != server.tcb.state) return say::start_apart;
  return client.tcb.state == State::Established ? say::start : say::start_alike;
}

/// The time that a sentence speaks of: how long TIME_WAIT lasts, or how long a timer waited.
Time time_of(const Timeline& timeline, const Step& step) {
  if (step.kind == StepKind::Timeout) {
    const Time waited = step.world.at(step.side).tcb.waited_ms;
    if (step.rule == Rule::X2) return waited;
    // The wait that has just ended was started by the last change before this step.
    for (std::size_t i = step.records.first; i-- > 0;) {
      const Record& record = timeline.records[i];
      const auto* timer = std::get_if<TimerChanged>(&record.what);
      if (timer != nullptr && record.side == step.side &&
          timer->change.timer == Timer::Retransmission) {
        return timer->change.after_ms;
      }
    }
    return waited;
  }
  for (std::size_t i = step.records.first; i < step.records.last; ++i) {
    const auto* timer = std::get_if<TimerChanged>(&timeline.records[i].what);
    if (timer != nullptr && timer->change.after_ms > 0) return timer->change.after_ms;
  }
  return 0;
}

/// What is worth knowing while nothing happens: who may still send, or who waits.
std::string note_of_beat(const World& world) {
  if (const auto side = half_closed(world)) {
    return fill(note_half_closed, {{"end", name(*side)}});
  }
  for (const Side side : {Side::Client, Side::Server}) {
    if (world.at(side).tcb.state == State::TimeWait) {
      return fill(note_time_wait, {{"end", name(side)}});
    }
  }
  return {};
}

std::string note_of(const Step& step, const Facts& facts) {
  if (step.kind == StepKind::Start) {
    const auto& [client, server] = step.world.ends;
    const bool open =
        client.tcb.state == State::Established && client.tcb.state == server.tcb.state;
    return std::string(open ? note_start : "");
  }
  if (step.kind == StepKind::Beat) return note_of_beat(step.world);
  const std::string number = std::to_string(facts.number);
  const Words words = {
      {"number", number}, {"end", name(step.side)}, {"entered", name(facts.entered)}};
  std::string out;
  if (facts.sent) out = fill(note_segment, words);
  if (facts.changed) {
    if (!out.empty()) out += " · ";
    out += fill(step.kind == StepKind::Arrival ? note_state : note_own_state, words);
  }
  return out;
}

}  // namespace

Narration narrate(const Timeline& timeline, const Step& step) {
  const Facts facts = facts_of(timeline, step);
  const Sentence& sentence = sentence_of(timeline, step, facts);
  std::uint32_t octets = 0;
  if (facts.call != nullptr) {
    octets = facts.call->octets;
    if (const auto* send = std::get_if<SendOctets>(&facts.call->call)) octets = send->octets;
  }
  const bool article = step.kind == StepKind::Arrival;
  const std::string number = std::to_string(octets);
  const std::string time = duration_text(time_of(timeline, step));
  const Words words = {
      {"end", name(step.side)},
      {"peer", name(other(step.side))},
      {"what", facts.segment == nullptr ? "" : word(*facts.segment, article)},
      {"arrow", step.side == Side::Client ? "→" : "←"},
      {"state", name(step.world.at(step.side).tcb.state)},
      {"other", name(step.world.at(other(step.side)).tcb.state)},
      {"call", facts.call == nullptr ? "" : name(facts.call->call)},
      {"n", number},
      {"time", time},
  };
  return {fill(sentence.title, words), note_of(step, facts), fill(sentence.text, words)};
}

std::string waiting_sentence(Side side, const Tcb& tcb) {
  std::string_view pattern = "{end} waits in {state} for the {peer}, and no timer runs";
  if (tcb.unsent > 0 || (tcb.fin_requested && !tcb.fin)) {
    pattern = "{end} waits in {state} for room in the {peer}'s window, and no timer runs";
  } else if (tcb.state == State::Established || tcb.state == State::CloseWait) {
    pattern = "{end} waits in {state} for its application to close, and no timer runs";
  } else if (tcb.state == State::FinWait2) {
    pattern = "{end} waits in {state} for the {peer}'s FIN, and no timer runs";
  }
  return fill(pattern,
              {{"end", name(side)}, {"peer", name(other(side))}, {"state", name(tcb.state)}});
}

std::string_view name(Side side) {
  return side == Side::Client ? "Client" : "Server";
}

std::string clock_text(Time ms) {
  std::string out = std::to_string(ms / 1000);
  if (ms < 100'000) out += "." + std::to_string(100 + ms % 1000 / 10).substr(1);
  return out + " s";
}

std::string duration_text(Time ms) {
  if (ms < 1000) return std::to_string(ms) + " ms";
  std::string out = std::to_string(ms / 1000);
  const Time rest = ms % 1000;
  if (rest != 0) {
    std::string digits = std::to_string(1000 + rest).substr(1);
    while (digits.back() == '0') digits.pop_back();
    out += "." + digits;
  }
  return out + " s";
}

}  // namespace core
