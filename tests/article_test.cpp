// What the article says about the engine, compared with the engine: the values of the profiles, the
// keys that it names, and the calculator's answer before the stage runs. Its numbers come from
// assets/figures.json, which the tests that produce them check.
#include "sources.hpp"

#include "app/ports.hpp"
#include "core/tcp/policy.hpp"

#include <doctest/doctest.h>

#include <map>
#include <set>
#include <string>
#include <vector>

namespace {

/// The article with every run of white space as one space, as a reader sees it.
std::string article() {
  std::string out;
  for (const char c : sources::text("assets/article.html")) {
    const bool blank = c == ' ' || c == '\n';
    if (!blank || !out.ends_with(' ')) out += blank ? ' ' : c;
  }
  return out;
}

/// What stands between each `begin` and the `end` after it.
std::vector<std::string> between(const std::string& text, const std::string& begin,
                                 const std::string& end) {
  std::vector<std::string> out;
  for (std::size_t at = text.find(begin); at != std::string::npos; at = text.find(begin, at)) {
    at += begin.size();
    out.push_back(text.substr(at, text.find(end, at) - at));
  }
  return out;
}

std::string first(const std::string& text, const std::string& begin, const std::string& end) {
  const auto all = between(text, begin, end);
  REQUIRE_MESSAGE(!all.empty(), begin << " is not in: " << text.substr(0, 200));
  return all.front();
}

std::string value_text(const core::PolicySetting& setting) {
  return std::visit(
      [](const auto& value) -> std::string {
        using Value = std::remove_cvref_t<decltype(value)>;
        if constexpr (core::Named<Value>) return std::string(to_string(value));
        if constexpr (std::is_same_v<Value, std::int64_t>) return std::to_string(value);
        return {};
      },
      setting.value);
}

}  // namespace

TEST_CASE("article: the table of the profiles is that of the engine") {
  const std::string table = first(article(), "<details id=\"profiles\">", "</details>");
  std::string wanted;
  for (const core::Profile& profile : core::profiles()) {
    if (profile.settings.empty()) continue;
    wanted += "<tbody> <tr><th scope=\"rowgroup\" colspan=\"2\">" + std::string(profile.title) +
              "</th></tr> ";
    for (const auto& [setting, source] : profile.settings) {
      wanted += "<tr><td><code>" + std::string(core::to_string(setting.key)) + "</code> <small>" +
                std::string(source) + "</small></td><td>" + value_text(setting) + "</td></tr> ";
    }
    wanted += "</tbody> ";
  }
  CHECK(table.substr(table.find("<tbody>")) == wanted + "</table> ");
}

TEST_CASE("article: the contents lead to every part after the steps, by its heading and in order") {
  const std::string text = article();
  std::vector<std::string> parts;
  for (const std::string& section : between(text, "<section id=\"", "</section>")) {
    parts.push_back("#" + section.substr(0, section.find('"')) + " " +
                    first(section, "<h2>", "</h2>"));
  }
  REQUIRE(parts.size() > 5);
  REQUIRE(parts[0] == "#minute In a minute");
  REQUIRE(parts[1] == "#steps Step by step");
  parts.erase(parts.begin(), parts.begin() + 2);
  const std::string contents = first(text, "<nav aria-label=\"Contents\">", "</nav>");
  std::vector<std::string> entries;
  for (const std::string& link : between(contents, "<a href=\"", "</a>")) {
    entries.push_back(link.substr(0, link.find('"')) + " " + link.substr(link.find('>') + 1));
  }
  CHECK(entries == parts);
}

TEST_CASE("article: the keys named beside the decisions exist") {
  const std::string list = first(article(), "<ol class=\"decisions\">", "</ol>");
  const auto decisions = between(list, "<li>", "</li>");
  CHECK(decisions.size() == 11);
  int keys = 0;
  for (const std::string& decision : decisions) {
    for (const std::string& key : between(decision, ", <code>", "</code>")) {
      CAPTURE(key);
      CHECK(core::from_string<core::PolicyKeyId>(key).has_value());
      ++keys;
    }
  }
  CHECK(keys == 7);
}

TEST_CASE("article: a system's TIME_WAIT is the same in table, calculator and profile") {
  const std::string text = article();
  const std::string systems = first(text, "<select id=\"ports-system\"", "</select>");
  std::map<std::string, std::string> waits;
  for (const std::string& option : between(systems, "<option ", "</option>")) {
    if (option.find("data-wait") == std::string::npos) continue;
    waits[first(option, "value=\"", "\"")] = first(option, "data-wait=\"", "\"");
  }
  CHECK(waits.size() == core::profiles().size());
  for (const core::Profile& profile : core::profiles()) {
    CAPTURE(core::to_string(profile.id));
    const std::string seconds = std::to_string(core::profile(profile.id).two_msl() / 1'000);
    CHECK(waits[std::string(core::to_string(profile.id))] == seconds);
  }
}

TEST_CASE("article: the answer that stands there before the stage runs is the engine's") {
  const std::string calculator =
      first(article(), "<fieldset id=\"ports\" disabled>", "</fieldset>");
  std::map<std::string, std::string> fields;
  for (const std::string& input : between(calculator, "<input ", ">")) {
    fields[first(input, "name=\"", "\"")] = first(input, " value=\"", "\"");
  }
  const auto reply = app::reply_to({.ports = fields["ports"],
                                    .time_wait_s = fields["time_wait_s"],
                                    .destinations = fields["destinations"],
                                    .per_second = fields["per_second"]});
  CHECK(reply.problems.empty());
  const std::string answer = first(calculator, "<div id=\"ports-answer\">", "</div>");
  CHECK(between(answer, "<p>", "</p>") == reply.says);
}

TEST_CASE("article: each number in assets/figures.json is used, and each one used is there") {
  std::set<std::string> used;
  for (const std::string& name : between(article(), "{{figure ", "}}")) used.insert(name);
  std::set<std::string> known;
  for (const std::string& entry : between(sources::text("assets/figures.json"), "\n  \"", "\":")) {
    known.insert(entry);
  }
  CHECK(used == known);
  CHECK(used.size() == 4);
}
