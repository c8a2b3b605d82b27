#include "core/base/message.hpp"

#include "core/base/text.hpp"

#include <algorithm>

namespace core {
namespace {

const TextForms& forms(Text text) {
  return text_table()[static_cast<std::size_t>(text)];
}

struct Word {
  std::string operator()(const std::string& verbatim) const { return verbatim; }
  std::string operator()(std::int64_t number) const { return std::to_string(number); }
  std::string operator()(Grouped grouped) const { return grouped_digits(grouped.number); }
  std::string operator()(Duration duration) const { return duration_text(duration.ms); }
  std::string operator()(Text text) const { return std::string(render(text)); }
  std::string operator()(const std::vector<Message>& messages) const { return render(messages); }
};

const Argument* argument(const Message& message, std::string_view name) {
  const auto found = std::ranges::find(message.arguments, name, &NamedArgument::name);
  return found == message.arguments.end() ? nullptr : &found->value;
}

/// The number that chooses the plural form.
std::int64_t number_of(const Message& message) {
  const Argument* value = argument(message, "n");
  if (value == nullptr) return 0;
  const auto* plain = std::get_if<std::int64_t>(value);
  const auto* grouped = std::get_if<Grouped>(value);
  return plain != nullptr ? *plain : grouped != nullptr ? grouped->number : 0;
}

}  // namespace

std::string_view pattern(Text text, std::int64_t n) {
  const auto& [one, other] = forms(text);
  return n == 1 && !one.empty() ? one : other;
}

std::string render(const Message& message) {
  return fill(pattern(message.id, number_of(message)), [&](std::string_view name) {
    const Argument* value = argument(message, name);
    return value == nullptr ? std::string() : std::visit(Word{}, *value);
  });
}

std::string render(const std::vector<Message>& messages) {
  std::string out;
  for (const Message& message : messages) {
    if (!out.empty()) out += ' ';
    out += render(message);
  }
  return out;
}

std::string_view render(Text text) {
  return forms(text).other;
}

}  // namespace core
