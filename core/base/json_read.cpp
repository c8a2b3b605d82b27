#include "core/base/json_read.hpp"

#include "core/base/text.hpp"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <utility>

namespace core {
namespace {

constexpr std::size_t longest_quote = 40;
constexpr std::size_t most_diagnostics = 100;

/// What was found instead, in a few words.
Argument describe(const Json& json) {
  switch (json.type()) {
    case Json::value_t::string: {
      const auto& text = json.get_ref<const std::string&>();
      const std::string_view shown = cut(text, longest_quote);
      return '"' + visible(shown) + (shown.size() < text.size() ? "…\"" : "\"");
    }
    case Json::value_t::number_float:
      return std::abs(json.get<double>()) < 0x1p63 ? Text::parser_fraction
                                                   : Text::parser_large_number;
    case Json::value_t::array: return Text::parser_list;
    case Json::value_t::object: return Text::parser_object;
    case Json::value_t::boolean: return json.get<bool>() ? "true" : "false";
    case Json::value_t::number_integer: return std::to_string(json.get<std::int64_t>());
    case Json::value_t::number_unsigned: return std::to_string(json.get<std::uint64_t>());
    default: return "null";
  }
}

}  // namespace

void Diagnostics::add(std::string pointer, Message message) {
  if (list_.size() < most_diagnostics) {
    list_.push_back({source_, std::move(pointer), std::move(message)});
  } else {
    ++more_;
  }
}

std::vector<ParseError> Diagnostics::take() {
  if (more_ > 0)
    list_.push_back({source_, {}, {Text::parser_more, {{"n", static_cast<std::int64_t>(more_)}}}});
  return std::move(list_);
}

std::string pointer_token(std::string_view key) {
  std::string out = "/";
  for (const char c : visible(key)) {
    if (c == '~') {
      out += "~0";
    } else if (c == '/') {
      out += "~1";
    } else {
      out += c;
    }
  }
  return out;
}

Argument list_words(std::span<const std::string_view> words) {
  std::vector<std::string> marked;
  for (const std::string_view word : words) marked.push_back('"' + std::string(word) + '"');
  if (marked.size() == 1) return marked.front();
  const std::string last = marked.back();
  std::string first = marked.front();
  for (const std::string& word : std::span(marked).subspan(1, marked.size() - 2)) {
    first += ", " + word;
  }
  return std::vector{Message{Text::parser_alternatives, {{"first", first}, {"last", last}}}};
}

void Value::expected(Argument what) const {
  complain({Text::parser_expected, {{"what", std::move(what)}, {"found", describe(*json_)}}});
}

std::string Value::string(std::size_t longest) const {
  return std::string(text(longest).value_or(""));
}

std::optional<std::string_view> Value::text(std::size_t longest) const {
  if (!json_->is_string()) {
    expected(Text::parser_text);
    return {};
  }
  const auto& text = json_->get_ref<const std::string&>();
  if (text.size() > longest) {
    complain({Text::parser_many_bytes,
              {{"most", static_cast<std::int64_t>(longest)},
               {"found", static_cast<std::int64_t>(text.size())}}});
    return {};
  }
  return text;
}

bool Value::boolean() const {
  if (!json_->is_boolean()) {
    expected(Text::parser_boolean);
    return false;
  }
  return json_->get<bool>();
}

std::int64_t Value::number(std::int64_t least, std::int64_t most) const {
  // A whole number that 64 bits cannot hold reads as one with a fraction, and is refused.
  const bool fits = json_->is_number_integer() &&
                    (!json_->is_number_unsigned() ||
                     json_->get<std::uint64_t>() <= static_cast<std::uint64_t>(INT64_MAX));
  const std::int64_t value = fits ? json_->get<std::int64_t>() : 0;
  if (fits && least <= value && value <= most) return value;
  if (least == most) {
    expected(least);
  } else {
    expected(std::vector{Message{Text::parser_whole_number, {{"least", least}, {"most", most}}}});
  }
  return least;
}

std::optional<std::size_t> Value::one_of(std::span<const std::string_view> words) const {
  if (json_->is_string()) {
    const auto found = std::ranges::find(words, json_->get_ref<const std::string&>());
    if (found != words.end()) return static_cast<std::size_t>(found - words.begin());
  }
  expected(list_words(words));
  return std::nullopt;
}

std::vector<Value> Value::list(std::size_t most) const {
  std::vector<Value> out;
  if (!json_->is_array()) {
    expected(Text::parser_list);
  } else if (json_->size() > most) {
    complain({Text::parser_many_entries,
              {{"most", static_cast<std::int64_t>(most)},
               {"found", static_cast<std::int64_t>(json_->size())}}});
  } else {
    for (std::size_t i = 0; i < json_->size(); ++i) {
      out.emplace_back((*json_)[i], pointer_ + pointer_token(std::to_string(i)), *diagnostics_);
    }
  }
  return out;
}

Value Value::member(std::string_view key) const {
  return {*json_->find(key), pointer_ + pointer_token(key), *diagnostics_};
}

Object::Object(Value value, std::initializer_list<std::string_view> keys)
    : value_(std::move(value)) {
  if (!value_.json().is_object()) {
    value_.expected(Text::parser_object);
    return;
  }
  for (const auto& [key, member] : value_.json().items()) {
    if (std::ranges::find(keys, key) != keys.end()) continue;
    value_.member(key).complain(
        {Text::parser_unknown_key, {{"words", list_words(std::span(keys.begin(), keys.size()))}}});
  }
}

bool Object::has(std::string_view key) const {
  return value_.json().is_object() && value_.json().contains(key);
}

std::optional<Value> Object::find(std::string_view key) const {
  if (!has(key)) return std::nullopt;
  return value_.member(key);
}

std::optional<Value> Object::require(std::string_view key) const {
  auto found = find(key);
  if (!found && value_.json().is_object()) {
    value_.complain({Text::parser_missing_key, {{"key", std::string(key)}}});
  }
  return found;
}

}  // namespace core
