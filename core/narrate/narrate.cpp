#include "core/narrate/narrate.hpp"

#include "core/narrate/choose.hpp"

#include <algorithm>
#include <initializer_list>
#include <utility>

namespace core {
namespace {

using narration::Line;
using narration::Scene;
using narration::Telling;

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

std::string octets_text(std::uint32_t octets) {
  return fill(octets == 1 ? say::one_octet : say::many_octets, {{"n", std::to_string(octets)}});
}

/// What to call a segment.
const say::Noun& noun(const Timeline& timeline, const Transmission& sent) {
  const Segment& segment = sent.segment;
  if (segment.flags.rst) return say::noun_rst;
  if (segment.flags.syn) return segment.flags.ack ? say::noun_syn_ack : say::noun_syn;
  if (segment.flags.fin) return segment.len > 0 ? say::noun_data_and_fin : say::noun_fin;
  const Rule rule = narration::sent_by_rule(timeline, sent);
  if (rule == Rule::X6 || (rule == Rule::X5 && segment.len > 0)) return say::noun_probe;
  if (segment.len > 0) return say::noun_data;
  return segment.flags.ack ? say::noun_ack : say::noun_segment;
}

Telling telling_of(const Scene& scene) {
  switch (scene.step.kind) {
    case StepKind::Start: return narration::tell_start(scene);
    case StepKind::Call: return narration::tell_call(scene);
    case StepKind::Host: return narration::tell_host(scene);
    case StepKind::Arrival: return narration::tell_arrival(scene);
    case StepKind::Answer: return narration::tell_answer(scene);
    case StepKind::Loss: return narration::tell_loss(scene);
    case StepKind::Timeout: return narration::tell_timeout(scene);
    case StepKind::Annotation: break;  // the author has told it
  }
  return {};
}

std::string filled(const Scene& scene, const Telling& telling, const Line& line) {
  const Side end = line.end.value_or(scene.end);
  const std::uint32_t octets = line.octets.value_or(telling.octets);
  const Transmission* about = telling.about;
  if (about == nullptr && !scene.sent.empty()) about = scene.sent.front();
  const say::Noun what = about == nullptr ? say::Noun{} : noun(scene.timeline, *about);
  const bool moved = !scene.transitions.empty();
  return fill(line.pattern, {
                                {"end", name(end)},
                                {"peer", name(other(end))},
                                {"arrow", end == Side::Client ? "→" : "←"},
                                {"what", what.with_article},
                                {"name", what.bare},
                                {"state", name(scene.step.world.at(end).tcb.state)},
                                {"other", name(scene.step.world.at(other(end)).tcb.state)},
                                {"from", moved ? name(scene.transitions.front().from) : ""},
                                {"entered", moved ? name(scene.transitions.back().to) : ""},
                                {"call", scene.call == nullptr ? "" : name(scene.call->call)},
                                {"octets", octets_text(octets)},
                                {"n", std::to_string(octets)},
                                {"some", std::to_string(telling.some)},
                                {"time", duration_text(line.time.value_or(telling.time))},
                                {"next", duration_text(telling.next)},
                            });
}

// --- Notes --------------------------------------------------------------------------------------

std::string_view note_of(CallResult result) {
  switch (result) {
    case CallResult::Ok: return {};
    case CallResult::Eof: return say::note_eof;
    case CallResult::ConnectionClosing: return say::note_closing;
    case CallResult::ConnectionReset: return say::note_reset;
    case CallResult::ConnectionDoesNotExist: return say::note_no_connection;
    case CallResult::ConnectionAlreadyExists: return say::note_exists;
    case CallResult::WouldBlock: return say::note_nothing_there;
  }
  return {};
}

/// What an end made of a segment that did not change its state.
std::string_view note_of(Verdict verdict) {
  switch (verdict) {
    case Verdict::Accepted: return {};
    case Verdict::Duplicate: return say::note_nothing_new;
    case Verdict::OutOfWindow: return say::note_outside;
    case Verdict::OutOfOrder: return say::note_kept;
    case Verdict::Challenge: return say::note_doubted;
    case Verdict::Ignored: return say::note_ignored;
    case Verdict::Reset: return say::note_answered_by_rst;
  }
  return {};
}

/// What is worth knowing while nothing happens: who may still send, who waits, who is gone.
std::string note_of_quiet(const World& world) {
  const auto note = [](std::string_view pattern, Side end) {
    return fill(pattern, {{"end", name(end)}});
  };
  if (const auto side = half_closed(world)) return note(say::note_half_closed, *side);
  const auto& [client, server] = world.ends;
  if (client.tcb.state == State::Closed && server.tcb.state == State::Closed) {
    return std::string(say::note_all_closed);
  }
  if (client.tcb.state == State::TimeWait && server.tcb.state == State::TimeWait) {
    return std::string(say::note_time_wait_both);
  }
  for (const Side side : {Side::Client, Side::Server}) {
    if (world.at(side).tcb.state == State::TimeWait) return note(say::note_time_wait, side);
  }
  for (const Side side : {Side::Client, Side::Server}) {
    const bool holds = world.at(side).up && synchronized(world.at(side).tcb.state);
    if (holds && narration::gone(world.at(other(side)))) return note(say::note_half_open, side);
  }
  return {};
}

std::string note_of_segments(const Scene& scene) {
  if (scene.sent.empty() && scene.step.kind != StepKind::Loss) return {};
  const Transmission& first = scene.sent.empty() ? *scene.come : *scene.sent.front();
  const int last = scene.sent.empty() ? first.number : scene.sent.back()->number;
  return fill(last > first.number ? say::note_segments : say::note_segment,
              {{"number", std::to_string(first.number)}, {"last", std::to_string(last)}});
}

std::string note_of(const Scene& scene) {
  if (scene.step.kind == StepKind::Annotation) return note_of_quiet(scene.step.world);
  if (scene.step.kind == StepKind::Start) {
    const auto& [client, server] = scene.step.world.ends;
    const bool open =
        client.tcb.state == State::Established && client.tcb.state == server.tcb.state;
    return std::string(open ? say::note_start : "");
  }
  std::string out = note_of_segments(scene);
  if (!scene.transitions.empty()) {
    if (!out.empty()) out += " · ";
    const bool own = scene.step.kind != StepKind::Arrival;
    return out + fill(own ? say::note_own_state : say::note_state,
                      {{"end", name(scene.end)}, {"entered", name(scene.transitions.back().to)}});
  }
  if (scene.call != nullptr && scene.call->result != CallResult::Ok) {
    return std::string(note_of(scene.call->result));
  }
  if (scene.received == nullptr) {
    const bool down = scene.come != nullptr && scene.come->fate == Fate::HostDown;
    return down ? out + " · " + std::string(say::note_host_down) : out;
  }
  const bool data = scene.received->verdict == Verdict::Accepted && scene.segment().len > 0;
  if (data) return fill(say::note_octets, {{"octets", octets_text(scene.segment().len)}});
  // What starts TIME_WAIT again brings nothing new, and yet that is what it is for.
  if (scene.starts(Timer::TimeWait) != nullptr) return std::string(say::note_time_wait_again);
  return std::string(note_of(scene.received->verdict));
}

/// Why an end that has nothing more to do still waits. `there` is the other end, where it is known.
std::string_view waiting(const Tcb& tcb, const Endpoint& there) {
  const bool alone = narration::gone(there);
  if (synchronized(tcb.state) && (tcb.unsent > 0 || tcb.fin_waits())) return say::waits_for_room;
  switch (tcb.state) {
    case State::Listen: return say::waits_for_connection;
    case State::SynSent:
    case State::SynReceived: return say::waits_for_answer;
    case State::Established:
    case State::CloseWait:
      return alone ? say::waits_for_application_alone : say::waits_for_application;
    case State::FinWait2: return alone ? say::waits_for_nobody : say::waits_for_fin;
    case State::Closed:
    case State::FinWait1:
    case State::Closing:
    case State::LastAck:
    case State::TimeWait: break;
  }
  return say::waits;
}

}  // namespace

Narration narrate(const Timeline& timeline, const Step& step) {
  const Scene scene(timeline, step);
  const Telling telling = telling_of(scene);
  Narration out{
      .title = filled(scene, telling, {telling.title}), .note = note_of(scene), .text = {}};
  for (const Line& line : telling.lines) {
    if (!out.text.empty()) out.text += ' ';
    out.text += filled(scene, telling, line);
  }
  return out;
}

std::string waiting_sentence(Side side, const World& world) {
  const Tcb& tcb = world.at(side).tcb;
  return fill(waiting(tcb, world.at(other(side))),
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
