// fuzz_address: addresses, and what the app makes of them. Each line of the input is one thing that
// happens: "#…" opens the page at that address, "!" and a key's name presses that key ("!" alone
// the space bar), "~" and a number lets so many milliseconds pass, and anything else is an address
// that the article asks for.
#include "laws.hpp"
#include "libfuzzer.hpp"
#include "rng.hpp"

#include "app/link_write.hpp"
#include "app/update.hpp"
#include "core/base/text.hpp"
#include "core/scenario/catalogue.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdint>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace {

using app::Link;

// --- Addresses ----------------------------------------------------------------------------------

/// The same, with every character of its keys and values percent-encoded.
std::string encoded(std::string_view address) {
  static constexpr std::string_view digits = "0123456789abcdef";
  std::string out;
  for (const char c : address) {
    if (c == '#' || c == '&' || c == '=') {
      out += c;
    } else {
      const auto byte = static_cast<unsigned char>(c);
      out += '%';
      out += digits[byte >> 4U];
      out += digits[byte & 15U];
    }
  }
  return out;
}

bool same(const Link& a, const Link& b) {
  return a.scenario == b.scenario && a.step == b.step && a.theme == b.theme && a.speed == b.speed &&
         a.real_numbers == b.real_numbers && a.play == b.play;
}

/// Reads an address and holds it against what every address must keep.
Link read(std::string_view text) {
  const Link address = app::read_link(text);
  constexpr std::size_t most_problems = 6;  // five, and how many more there are
  constexpr std::size_t longest_problem = 400;
  fuzz::expect(address.problems.size() <= most_problems, "an address has six problems at most");
  for (const core::Message& message : address.problems) {
    const std::string problem = render(message);
    fuzz::expect(problem.ends_with('.') && problem.size() <= longest_problem,
                 "a problem is a short sentence", problem);
    fuzz::expect(core::visible(problem) == problem, "a problem has no hidden characters", problem);
  }
  if (address.scenario) {
    fuzz::expect(core::catalogue_file(*address.scenario) != nullptr, "its scenario exists",
                 *address.scenario);
  }
  fuzz::expect(address.step.value_or(1) >= 1, "steps are numbered from 1");
  const std::string again = "#" + app::write_link(address);
  for (const std::string& spelling : {again, again.substr(1), encoded(again)}) {
    const Link second = app::read_link(spelling);
    fuzz::expect(second.problems.empty(), "what is written has no problems", spelling);
    fuzz::expect(same(second, address), "what is written asks for the same", spelling);
  }
  return address;
}

// --- The app ------------------------------------------------------------------------------------

void check(const app::Model& model) {
  fuzz::expect(model.step >= 1 && model.step <= model.steps(), "a step of the run is shown");
  fuzz::expect(model.progress() >= 0 && model.progress() <= 1, "playing is between two steps");
  fuzz::expect(!model.playing || model.step < model.steps(), "the last step is not played");
  fuzz::expect(core::catalogue_file(model.run.scenario.id) != nullptr, "a story is shown");
  const core::Time now = model.view().now();
  fuzz::expect(now >= 0 && now <= model.timeline.steps.back().at, "the run's time is shown");
  std::set<int> ids;
  std::set<std::string> texts;
  for (const app::Notice& notice : model.notices) {
    fuzz::expect(ids.insert(notice.id).second && texts.insert(notice.text).second,
                 "no notice is given twice", notice.text);
  }
}

/// What a line makes happen.
app::Command command_of(std::string_view line) {
  if (line.starts_with('!')) {
    const std::string_view key = line.size() == 1 ? " " : line.substr(1);
    return app::command_of_key(key).value_or(app::ToStart{});
  }
  if (line.starts_with('~')) {
    constexpr int longest = 1'000'000;
    int ms = 0;
    std::from_chars(line.data() + 1, line.data() + line.size(), ms);
    return app::Tick{static_cast<float>(std::clamp(ms, 0, longest))};
  }
  if (line.starts_with('#')) return app::Open{read(line)};
  return app::Change{read(line)};
}

// --- Mutations ----------------------------------------------------------------------------------

/// A key and its value, mostly of the grammar.
std::string pair(fuzz::Rng& rng) {
  static constexpr std::array<std::string_view, 12> others = {
      "v=1",       "theme=light",  "theme=dark",       "theme=system", "speed=0.25", "speed=4",
      "speed=1e0", "numbers=real", "numbers=symbolic", "play=1",       "play=0",     "colour=red"};
  switch (rng.below(3)) {
    case 0: return "scenario=" + std::string(rng.one_of(core::catalogue()).id());
    case 1: return "step=" + std::to_string(rng.below(40));
    default: return std::string(rng.one_of(others));
  }
}

std::string line(fuzz::Rng& rng) {
  static constexpr std::array<std::string_view, 6> keys = {"!ArrowRight", "!ArrowLeft", "!Home",
                                                           "!End",        "!",          "!n"};
  switch (rng.below(4)) {
    case 0: return std::string(rng.one_of(keys));
    case 1: return "~" + std::to_string(rng.below(6) * 1'200);
    case 2: return "#" + pair(rng) + "&" + pair(rng);
    default: return pair(rng);
  }
}

/// The text with a line put in, taken out, or made longer by a pair.
std::string mutated(std::string_view text, fuzz::Rng& rng) {
  std::vector<std::string> lines;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    lines.emplace_back(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  const std::size_t place = rng.below(lines.size());
  switch (lines.empty() ? 0 : rng.below(4)) {
    case 0:
    case 1: lines.insert(lines.begin() + static_cast<std::ptrdiff_t>(place), line(rng)); break;
    case 2: lines.erase(lines.begin() + static_cast<std::ptrdiff_t>(place)); break;
    default: lines[place] += "&" + pair(rng);
  }
  std::string out;
  for (const std::string& one : lines) out += (out.empty() ? "" : "\n") + one;
  return out;
}

}  // namespace

std::size_t LLVMFuzzerCustomMutator(std::uint8_t* data, std::size_t size, std::size_t most,
                                    unsigned seed) {
  fuzz::Rng rng(seed);
  if (rng.once_in(2)) return LLVMFuzzerMutate(data, size, most);
  const std::string text = mutated({reinterpret_cast<const char*>(data), size}, rng);
  if (text.empty() || text.size() > most) return LLVMFuzzerMutate(data, size, most);
  std::copy_n(text.begin(), text.size(), data);
  return text.size();
}

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const app::Model first = app::first_model();
  app::Model model = first;
  std::string_view rest(reinterpret_cast<const char*>(data), size);
  constexpr int most_lines = 20;
  for (int i = 0; i < most_lines && !rest.empty(); ++i) {
    const std::size_t end = std::min(rest.find('\n'), rest.size());
    app::update(model, command_of(rest.substr(0, end)));
    rest.remove_prefix(std::min(end + 1, rest.size()));
    check(model);
  }
  return 0;
}
