// Questions that are asked before something happens: how they are read, and that of their options
// exactly one is true, in every profile.
#include "parsing.hpp"
#include "runs.hpp"

#include "core/scenario/run.hpp"
#include "core/sim/condition.hpp"

#include <doctest/doctest.h>

#include <optional>
#include <string>
#include <vector>

namespace {

using core::Timeline;
using parsing::check;
using parsing::with;

/// The first record that a question is asked before; none when its moment never comes.
std::optional<std::size_t> moment(const core::Question& question, const Timeline& timeline) {
  for (const core::Step& step : timeline.steps) {
    int arrived = 0;
    if (step.kind == core::StepKind::Arrival) {
      arrived = std::get<core::Received>(timeline.records[step.records.first].what).segment;
    }
    if (core::holds(question.before, step.world, arrived)) return step.records.first;
  }
  return std::nullopt;
}

/// Does the claim hold of what comes from that record on?
class Holds {
 public:
  Holds(const Timeline& timeline, std::size_t from) : timeline_(timeline), from_(from) {}

  bool operator()(const core::NextState& claim) const {
    const auto* next = first<core::StateChanged>(claim.side);
    return next != nullptr && next->to == claim.state;
  }
  bool operator()(const core::NextSignal& claim) const {
    const auto* next = first<core::Signalled>(claim.side);
    return next != nullptr && next->signal == claim.signal;
  }
  bool operator()(const core::NextSegment& claim) const {
    const auto* next = first<core::Sent>(std::nullopt);
    if (next == nullptr) return false;
    const core::Transmission& sent = timeline_.segment(next->segment);
    return sent.from == claim.from && sent.segment.flags == claim.flags;
  }
  bool operator()(core::HowItEnds claim) const {
    const bool closed = timeline_.ended == core::Ended::Closed;
    return closed == (claim == core::HowItEnds::Closed);
  }

 private:
  template <typename What>
  const What* first(std::optional<core::Side> side) const {
    for (std::size_t i = from_; i < timeline_.records.size(); ++i) {
      const core::Record& record = timeline_.records[i];
      const auto* what = std::get_if<What>(&record.what);
      if (what != nullptr && (!side || record.side == *side)) return what;
    }
    return nullptr;
  }

  const Timeline& timeline_;
  std::size_t from_;
};

/// The options that are true, by their texts.
std::vector<std::string> true_options(const core::Question& question, const Timeline& timeline) {
  std::vector<std::string> out;
  const auto from = moment(question, timeline);
  if (!from) return out;
  for (const core::Question::Option& option : question.options) {
    if (std::visit(Holds(timeline, *from), option.claim)) out.push_back(option.text);
  }
  return out;
}

}  // namespace

TEST_CASE("a question has a moment, a sentence, and two options or more, each with a claim") {
  const auto question = [](const std::string& json) {
    return with(R"("questions": [)" + json + "]");
  };
  const auto options = [&](const std::string& json) {
    return question(R"({"before": {"segment": 1}, "ask": "A?", "options": [)" + json + "]}");
  };
  const auto claim = [&](const std::string& json) {
    return options(R"({"text": "a", "claim": {"ends": "closed"}}, {"text": "b", "claim": )" + json +
                   "}");
  };
  const std::string kinds =
      "lost.json: /questions/0/options/1/claim: expected \"side\" with \"state\", \"side\" with "
      "\"signal\", \"sends\", or \"ends\"\n";
  std::string nine;
  for (int i = 0; i < 9; ++i) {
    nine += std::string(i == 0 ? "" : ", ") + R"({"text": "a", "claim": {"ends": "closed"}})";
  }
  check({
      {"no list", with(R"("questions": {})"),
       "lost.json: /questions: expected a list, found an object\n"},
      {"nothing", question("{}"),
       "lost.json: /questions/0: the key \"before\" is missing\n"
       "lost.json: /questions/0: the key \"ask\" is missing\n"
       "lost.json: /questions/0: the key \"options\" is missing\n"},
      {"another key", question(R"({"before": {"segment": 1}, "ask": "A?", "answer": 1,
         "options": [{"text": "a", "claim": {"ends": "closed"}},
                     {"text": "b", "claim": {"ends": "waiting"}}]})"),
       "lost.json: /questions/0/answer: unknown key; known here: \"before\", \"ask\", "
       "\"options\" or \"next\"\n"},
      {"a moment of two kinds",
       question(R"({"before": {"segment": 1, "side": "client"}, "ask": "A?",
         "options": [{"text": "a", "claim": {"ends": "closed"}},
                     {"text": "b", "claim": {"ends": "waiting"}}]})"),
       "lost.json: /questions/0/before: expected either \"side\" and \"state\", or \"client\" and "
       "\"server\", or \"segment\"\n"},
      {"one option", options(R"({"text": "a", "claim": {"ends": "closed"}})"),
       "lost.json: /questions/0/options: expected at least two options\n"},
      {"no option", options(""),
       "lost.json: /questions/0/options: expected at least two options\n"},
      {"nine options", options(nine),
       "lost.json: /questions/0/options: expected at most 8 entries, found 9\n"},
      {"an option of nothing", options(R"({}, {"text": "b", "claim": {"ends": "closed"}})"),
       "lost.json: /questions/0/options/0: the key \"text\" is missing\n"
       "lost.json: /questions/0/options/0: the key \"claim\" is missing\n"},
      {"a claim of nothing", claim("{}"), kinds},
      {"a claim of two kinds", claim(R"({"ends": "closed", "sends": {}})"), kinds},
      {"a state of nobody", claim(R"({"state": "CLOSED"})"), kinds},
      {"a signal to nobody", claim(R"({"signal": "eof"})"), kinds},
      {"a side without a claim", claim(R"({"side": "client"})"), kinds},
      {"an ending with a side", claim(R"({"side": "client", "ends": "closed"})"), kinds},
      {"another ending", claim(R"({"ends": "never"})"),
       "lost.json: /questions/0/options/1/claim/ends: expected \"closed\" or \"waiting\", found "
       "\"never\"\n"},
      {"another signal", claim(R"({"side": "client", "signal": "boom"})"),
       "lost.json: /questions/0/options/1/claim/signal: expected \"eof\", \"connection_reset\", "
       "\"connection_refused\", \"timed_out\" or \"closed\", found \"boom\"\n"},
      {"a segment of nobody", claim(R"({"sends": {"flags": "FIN"}})"),
       "lost.json: /questions/0/options/1/claim/sends: the key \"from\" is missing\n"},
      {"a segment of nothing", claim(R"({"sends": {"from": "client"}})"),
       "lost.json: /questions/0/options/1/claim/sends: the key \"flags\" is missing\n"},
      {"a segment with a number",
       claim(R"({"sends": {"from": "client", "flags": "FIN", "seq": 1}})"),
       "lost.json: /questions/0/options/1/claim/sends/seq: unknown key; known here: \"from\" or "
       "\"flags\"\n"},
      {"a misconception", options(R"({"text": "a", "claim": {"ends": "closed"}, "misconception": 1},
         {"text": "b", "claim": {"ends": "waiting"}})"),
       "lost.json: /questions/0/options/0/misconception: expected text, found 1\n"},
  });
}

TEST_CASE("questions are read as they stand") {
  const auto parsed = core::parse_scenario(with(R"("questions": [
    {"before": {"side": "client", "state": "TIME_WAIT"}, "ask": "Why?", "next": "no-time-wait",
     "options": [
       {"text": "a", "claim": {"side": "server", "state": "CLOSED"}, "misconception": "m"},
       {"text": "b", "claim": {"sends": {"from": "server", "flags": "RST,ACK"}}},
       {"text": "c", "claim": {"ends": "waiting"}},
       {"text": "d", "claim": {"side": "client", "signal": "timed_out"}}]}])"),
                                           "lost.json");
  REQUIRE(parsed.has_value());
  REQUIRE(parsed->questions.size() == 1);
  const core::Question& question = parsed->questions.front();
  CHECK(std::get<core::SideInState>(question.before).state == core::State::TimeWait);
  CHECK(question.ask == "Why?");
  CHECK(question.next == "no-time-wait");
  REQUIRE(question.options.size() == 4);
  CHECK(question.options[0].misconception == "m");
  CHECK(std::get<core::NextState>(question.options[0].claim).state == core::State::Closed);
  const auto& sends = std::get<core::NextSegment>(question.options[1].claim);
  CHECK(sends.from == core::Side::Server);
  CHECK(sends.flags == core::Flags{.rst = true, .ack = true});
  CHECK(std::get<core::HowItEnds>(question.options[2].claim) == core::HowItEnds::Waiting);
  CHECK(std::get<core::NextSignal>(question.options[3].claim).signal == core::Signal::TimedOut);
}

TEST_CASE("a claim is true of what comes next") {
  const core::Run run = runs::written(R"("script": [
      {"at_ms": 0, "side": "client", "do": "shutdown"},
      {"at_ms": 200, "side": "server", "do": "abort"}],
    "questions": [
      {"before": {"side": "server", "state": "CLOSE_WAIT"}, "ask": "?", "options": [
        {"text": "state", "claim": {"side": "server", "state": "CLOSE_WAIT"}},
        {"text": "later", "claim": {"side": "server", "state": "CLOSED"}},
        {"text": "answer", "claim": {"sends": {"from": "server", "flags": "ACK"}}},
        {"text": "later too", "claim": {"sends": {"from": "server", "flags": "RST"}}},
        {"text": "signal", "claim": {"side": "server", "signal": "eof"}},
        {"text": "end", "claim": {"ends": "closed"}}]},
      {"before": {"segment": 3}, "ask": "?", "options": [
        {"text": "reset", "claim": {"side": "client", "signal": "connection_reset"}},
        {"text": "nothing more", "claim": {"sends": {"from": "client", "flags": "ACK"}}}]},
      {"before": {"segment": 99}, "ask": "?", "options": [
        {"text": "never", "claim": {"ends": "closed"}},
        {"text": "never", "claim": {"ends": "waiting"}}]}])");
  const Timeline timeline = core::simulate(run);
  using Texts = std::vector<std::string>;
  const std::vector<core::Question>& questions = run.scenario.questions;
  CHECK(true_options(questions[0], timeline) == Texts{"state", "answer", "signal", "end"});
  CHECK(true_options(questions[1], timeline) == Texts{"reset"});
  CHECK(true_options(questions[2], timeline).empty());
}

TEST_CASE("of the options of each question in the catalogue one is true, in every profile") {
  for (const core::CatalogueFile& file : core::catalogue()) {
    core::Run run = runs::of(file.id());
    for (const core::Profile& profile : core::profiles()) {
      run.knobs.profile = profile.id;
      const Timeline timeline = core::simulate(run);
      for (const core::Question& question : run.scenario.questions) {
        CAPTURE(file.name);
        CAPTURE(core::to_string(profile.id));
        CAPTURE(question.ask);
        CHECK(true_options(question, timeline).size() == 1);
      }
    }
    for (const core::Question& question : run.scenario.questions) {
      CAPTURE(file.name);
      CAPTURE(question.next);
      CHECK((question.next.empty() || core::catalogue_file(question.next) != nullptr));
    }
  }
}
