#include "app/snapshot.hpp"

#include "app/link_write.hpp"
#include "core/base/json_write.hpp"
#include "core/output/figure.hpp"

#include <cmath>
#include <string_view>
#include <utility>

namespace app {
namespace {

using core::JsonWriter;

std::string_view word(Role role) {
  switch (role) {
    case Role::Button: return "button";
    case Role::Select: return "select";
    case Role::Slider: return "slider";
    case Role::Group: return "group";
    case Role::List: return "list";
    case Role::ListItem: return "listitem";
  }
  return {};
}

void write_option(JsonWriter& json, const Option& option) {
  json.object().member("value", option.value).member("label", option.label).end();
}

void write_node(JsonWriter& json, const Node& node, float scale) {
  const auto pixels = [&](float length) { return std::lround(length * scale); };
  const auto [left, top, right, bottom] = node.rect;
  json.object().member("id", node.id).member("role", word(node.role)).member("name", node.name);
  json.key("rect").array().value(pixels(left)).value(pixels(top));
  json.value(pixels(right - left)).value(pixels(bottom - top)).end();
  if (!node.enabled) json.member("disabled", true);
  json.member("pressed", node.pressed);
  if (!node.value.empty()) json.member("value", node.value);
  if (node.role == Role::Slider)
    json.member("most", node.most).member("valueText", node.value_text);
  if (node.above > 0)
    json.member("above", pixels(node.above)).member("scroll", pixels(node.scroll));
  if (!node.options.empty()) json.list("options", node.options, write_option);
  json.end();
}

/// What the page shows of a run as long as it lasts: its steps, and its ladder as text.
void write_run(JsonWriter& json, const Model& model) {
  json.key("run").object();
  json.member("title", model.run.scenario.title);
  json.member("question", model.run.scenario.question);
  json.member("figure", core::figure(model.timeline));
  json.list("steps", model.facts.steps, [](JsonWriter& out, const core::StepText& step) {
    out.object().member("title", step.title).member("note", step.note).end();
  });
  json.end();
}

/// The members of a snapshot that any frame may change.
void write_moment(JsonWriter& json, const Model& model, const Drawn& drawn) {
  const RunView run = model.view();
  const core::StepText& words = run.words();
  json.member("step", run.step).member("steps", run.steps());
  json.member("title", words.title).member("text", words.text);
  json.member("rule", core::reference(run.current().rule));
  json.member("link", write_link(link_to(model)));
  json.member("own", model.shows_file).member("playing", model.playing);
  json.member("quick", model.playing && model.speed > 1);
  json.member("dark", model.dark()).member("preview", model.preview);
  json.member("above", std::lround(drawn.transport_height * drawn.scale));
  json.list("notices", model.notices, [](JsonWriter& out, const Notice& notice) {
    out.object().member("id", notice.id).member("text", notice.text).end();
  });
  json.list("nodes", drawn.nodes,
            [&](JsonWriter& out, const Node& node) { write_node(out, node, drawn.scale); });
}

}  // namespace

std::optional<std::string> Snapshots::next(const Model& model, const Drawn& drawn) {
  JsonWriter json;
  json.object();
  write_moment(json, model, drawn);
  const bool new_run = run_told_ != model.runs;
  if (!new_run && json.text() == last_) return std::nullopt;
  last_ = json.text();
  run_told_ = model.runs;
  if (new_run) write_run(json, model);
  return std::move(json.end()).text();
}

std::string json_of(const PortsReply& reply) {
  JsonWriter json;
  json.object();
  json.list("problems", reply.problems, [](JsonWriter& out, const PortsProblem& problem) {
    out.object().member("field", problem.field).member("text", problem.text).end();
  });
  json.list("says", reply.says,
            [](JsonWriter& out, const std::string& sentence) { out.value(sentence); });
  return std::move(json.end()).text();
}

}  // namespace app
