#include "core/narrate/narrate.hpp"

#include "core/base/text.hpp"
#include "core/narrate/choose.hpp"

namespace core {
namespace {

using narration::Scene;
using narration::Telling;

constexpr std::string_view between_notes = " · ";

Noun noun(const Timeline& timeline, const Transmission& sent) {
  const Segment& segment = sent.segment;
  if (segment.flags.rst) return {Text::noun_rst_name, Text::noun_rst_what};
  if (segment.flags.syn) {
    return segment.flags.ack ? Noun{Text::noun_syn_ack_name, Text::noun_syn_ack_what}
                             : Noun{Text::noun_syn_name, Text::noun_syn_what};
  }
  if (segment.flags.fin) {
    return segment.len > 0 ? Noun{Text::noun_data_and_fin_name, Text::noun_data_and_fin_what}
                           : Noun{Text::noun_fin_name, Text::noun_fin_what};
  }
  const Rule rule = narration::sent_by_rule(timeline, sent);
  if (rule == Rule::X6 || (rule == Rule::X5 && segment.len > 0)) {
    return {Text::noun_probe_name, Text::noun_probe_what};
  }
  if (segment.len > 0) return {Text::noun_data_name, Text::noun_data_what};
  return {Text::noun_ack_name, Text::noun_ack_what};
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

std::string filled(const Narration& narration, const Narration::Line& line) {
  return fill(pattern(line.text, line.octets),
              [&](std::string_view name) { return argument(narration, line, name); });
}

std::string joined(const Narration& narration, const std::vector<Narration::Line>& lines,
                   std::string_view between) {
  std::string out;
  for (const Narration::Line& line : lines) {
    if (!out.empty()) out += between;
    out += filled(narration, line);
  }
  return out;
}

}  // namespace

Narration narrate(const Timeline& timeline, const Step& step) {
  const Scene scene(timeline, step);
  const Telling telling = telling_of(scene);
  const auto line = [&](const narration::Line& from) -> Narration::Line {
    return {.text = from.text,
            .end = from.end.value_or(scene.end),
            .octets = from.octets.value_or(telling.octets),
            .time = from.time.value_or(telling.time)};
  };
  Narration out{
      .title = line({telling.title}),
      .note = {},
      .text = {},
      .states = {step.world.at(Side::Client).tcb.state, step.world.at(Side::Server).tcb.state},
      .from = {},
      .entered = {},
      .call = {},
      .noun = {},
      .some = telling.some,
      .next = telling.next};
  for (const narration::Line& one : narration::note_of(scene)) out.note.push_back(line(one));
  for (const narration::Line& one : telling.lines) out.text.push_back(line(one));
  if (!scene.transitions.empty()) {
    out.from = to_string(scene.transitions.front().from);
    out.entered = to_string(scene.transitions.back().to);
  }
  if (scene.call != nullptr) out.call = to_string(scene.call->call);
  const Transmission* about = telling.about;
  if (about == nullptr && !scene.sent.empty()) about = scene.sent.front();
  if (about != nullptr) out.noun = noun(timeline, *about);
  if (!scene.sent.empty()) {
    out.number = scene.sent.front()->number;
    out.last = scene.sent.back()->number;
  } else if (scene.come != nullptr) {
    out.number = out.last = scene.come->number;
  }
  return out;
}

std::string argument(const Narration& narration, const Narration::Line& line,
                     std::string_view place) {
  const auto text = [](std::string_view words) { return std::string(words); };
  const auto state = [&](Side side) { return text(to_string(narration.states[index(side)])); };
  if (place == "end") return text(name(line.end));
  if (place == "peer") return text(name(other(line.end)));
  if (place == "arrow") return line.end == Side::Client ? "→" : "←";
  if (place == "state") return state(line.end);
  if (place == "other") return state(other(line.end));
  if (place == "from") return text(narration.from);
  if (place == "entered") return text(narration.entered);
  if (place == "call") return text(narration.call);
  if (place == "n") return std::to_string(line.octets);
  if (place == "octets")
    return filled(narration, {.text = Text::noun_octets, .octets = line.octets});
  if (place == "some") return std::to_string(narration.some);
  if (place == "time") return duration_text(line.time);
  if (place == "next") return duration_text(narration.next);
  if (place == "number") return std::to_string(narration.number);
  if (place == "last") return std::to_string(narration.last);
  if (narration.noun && place == "name") return text(render(narration.noun->name));
  if (narration.noun && place == "what") return text(render(narration.noun->what));
  return {};
}

StepText render(const Narration& narration) {
  return {.title = filled(narration, narration.title),
          .note = joined(narration, narration.note, between_notes),
          .text = joined(narration, narration.text, " ")};
}

std::vector<StepText> step_texts(const Scenario& scenario, const Timeline& timeline) {
  std::vector<StepText> out;
  out.reserve(timeline.steps.size());
  for (const Step& step : timeline.steps) {
    StepText& text = out.emplace_back(render(narrate(timeline, step)));
    if (step.kind != StepKind::Annotation) continue;
    const Annotation& annotation = scenario.annotations[step.annotation];
    text.title = annotation.title;
    text.text = annotation.text;
  }
  return out;
}

std::string_view name(Side side) {
  return render(side == Side::Client ? Text::side_client : Text::side_server);
}

}  // namespace core
