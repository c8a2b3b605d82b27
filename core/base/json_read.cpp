#include "core/base/json_read.hpp"

#include <algorithm>
#include <cmath>
#include <span>

namespace core {
namespace {

constexpr std::size_t largest_text = 1'000'000;
constexpr std::size_t deepest = 32;
constexpr std::size_t most_keys = 64;
constexpr std::size_t longest_key = 100;
constexpr std::size_t longest_quote = 40;
constexpr std::size_t most_diagnostics = 100;

bool continues_character(char c) {
  return (static_cast<unsigned char>(c) & 0xc0U) == 0x80U;
}

/// Text from a file as a complaint may show it: control characters and those that turn the
/// direction of writing are spelt out as JSON spells them, so that no text can pose as another.
std::string shown(std::string_view text) {
  static constexpr std::string_view digits = "0123456789abcdef";
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto byte = static_cast<unsigned char>(text[i]);
    const std::string_view three = text.substr(i, 3);
    const bool embeds = three >= "\xe2\x80\xaa" && three <= "\xe2\x80\xae";
    const bool isolates = three >= "\xe2\x81\xa6" && three <= "\xe2\x81\xa9";
    if (byte < 0x20 || byte == 0x7f) {
      out += "\\u00";
      out += digits[byte >> 4U];
      out += digits[byte & 15U];
    } else if (embeds || isolates) {
      const auto last = static_cast<unsigned char>(three[2]);
      out += embeds ? "\\u202" : "\\u206";
      out += digits[last & 15U];
      i += 2;
    } else {
      out += text[i];
    }
  }
  return out;
}

/// A key as a token of a JSON pointer (RFC 6901, section 3).
std::string token(std::string_view key) {
  std::string out = "/";
  for (const char c : shown(key)) {
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

/// "line 3, column 7" of a byte offset, for texts that are not JSON at all.
std::string place_of(std::string_view text, std::size_t offset) {
  const std::string_view before = text.substr(0, std::min(offset, text.size()));
  const auto line = 1 + std::ranges::count(before, '\n');
  const std::size_t start = before.rfind('\n');
  const std::size_t column =
      start == std::string_view::npos ? before.size() : before.size() - start - 1;
  return "line " + std::to_string(line) + ", column " +
         std::to_string(std::max<std::size_t>(column, 1));
}

/// Builds the tree through the library's own builder, and watches depth and repeated keys, which
/// the library would accept in silence. The names are those of the library's SAX interface.
class TreeBuilder {
 public:
  TreeBuilder(Json& root, std::string_view text, Diagnostics& diagnostics)
      : builder_(root, false), text_(text), diagnostics_(diagnostics) {}

  bool null() { return element() && builder_.null(); }
  bool boolean(bool value) { return element() && builder_.boolean(value); }
  bool number_integer(Json::number_integer_t value) {
    return element() && builder_.number_integer(value);
  }
  bool number_unsigned(Json::number_unsigned_t value) {
    return element() && builder_.number_unsigned(value);
  }
  bool number_float(Json::number_float_t value, const Json::string_t& text) {
    return element() && builder_.number_float(value, text);
  }
  bool string(Json::string_t& value) { return element() && builder_.string(value); }
  bool binary(Json::binary_t& value) { return element() && builder_.binary(value); }
  bool start_object(std::size_t size) { return open(false) && builder_.start_object(size); }
  bool start_array(std::size_t size) { return open(true) && builder_.start_array(size); }
  bool end_object() {
    levels_.pop_back();
    return builder_.end_object();
  }
  bool end_array() {
    levels_.pop_back();
    return builder_.end_array();
  }
  bool key(Json::string_t& key) {
    std::vector<std::string>& keys = levels_.back().keys;
    if (key.size() > longest_key) {
      return refuse("a key of more than " + std::to_string(longest_key) + " bytes");
    }
    if (keys.size() == most_keys) {
      return refuse("more than " + std::to_string(most_keys) + " keys in an object");
    }
    const bool repeated = std::ranges::find(keys, key) != keys.end();
    keys.push_back(key);
    if (repeated) diagnostics_.add(pointer(levels_.size()), "this key stands twice");
    return builder_.key(key);
  }
  template <typename Exception>
  bool parse_error(std::size_t offset, const std::string& /*token*/, const Exception& /*why*/) {
    const std::string what = offset > text_.size()
                                 ? std::string("the text ends too early")
                                 : "unexpected text at " + place_of(text_, offset);
    diagnostics_.add({}, "not JSON: " + what);
    return false;
  }

 private:
  struct Level {
    bool array = false;
    std::size_t elements = 0;
    std::vector<std::string> keys;
  };

  bool element() {
    if (!levels_.empty()) ++levels_.back().elements;
    return true;
  }
  bool open(bool array) {
    element();
    levels_.push_back({.array = array, .elements = 0, .keys = {}});
    if (levels_.size() <= deepest) return true;
    return refuse("nested more than " + std::to_string(deepest) + " levels deep");
  }
  /// Stops reading, for an object or list that could not be part of a scenario.
  bool refuse(std::string why) {
    diagnostics_.add(pointer(levels_.size() - 1), std::move(why));
    return false;
  }
  /// The place inside the first `depth` levels.
  [[nodiscard]] std::string pointer(std::size_t depth) const {
    std::string out;
    for (const Level& level : std::span(levels_).first(depth)) {
      out += token(level.array ? std::to_string(level.elements - 1) : level.keys.back());
    }
    return out;
  }

  nlohmann::detail::json_sax_dom_parser<Json> builder_;
  std::string_view text_;
  Diagnostics& diagnostics_;
  std::vector<Level> levels_;
};

/// What was found instead, in a few words.
std::string describe(const Json& json) {
  switch (json.type()) {
    case Json::value_t::null: return "null";
    case Json::value_t::boolean: return json.get<bool>() ? "true" : "false";
    case Json::value_t::string: {
      const auto& text = json.get_ref<const std::string&>();
      if (text.size() <= longest_quote) return '"' + shown(text) + '"';
      std::size_t end = longest_quote;
      while (continues_character(text[end])) --end;
      return '"' + shown(text.substr(0, end)) + "…\"";
    }
    case Json::value_t::number_integer: return std::to_string(json.get<std::int64_t>());
    case Json::value_t::number_unsigned: return std::to_string(json.get<std::uint64_t>());
    case Json::value_t::number_float:
      return std::abs(json.get<double>()) < 0x1p63 ? "a number with a fraction or an exponent"
                                                   : "a number that is too large";
    case Json::value_t::array: return "a list";
    case Json::value_t::object: return "an object";
    case Json::value_t::binary:
    case Json::value_t::discarded: break;
  }
  return "something else";
}

}  // namespace

void Diagnostics::add(std::string pointer, std::string message) {
  if (list_.size() < most_diagnostics) {
    list_.push_back({source_, std::move(pointer), std::move(message)});
  } else {
    ++more_;
  }
}

std::vector<ParseError> Diagnostics::take() {
  if (more_ > 0) list_.push_back({source_, {}, "and " + std::to_string(more_) + " more"});
  return std::move(list_);
}

std::optional<Json> read_json(std::string_view text, Diagnostics& diagnostics) {
  if (text.size() > largest_text) {
    diagnostics.add({}, "larger than 1 MB");
    return std::nullopt;
  }
  // The library takes a NUL for the end of the text and would not see what follows it.
  if (const std::size_t nul = text.find('\0'); nul != std::string_view::npos) {
    diagnostics.add({}, "not JSON: unexpected text at " + place_of(text, nul + 1));
    return std::nullopt;
  }
  Json root;
  TreeBuilder builder(root, text, diagnostics);
  if (!Json::sax_parse(text.begin(), text.end(), &builder)) return std::nullopt;
  return root;
}

std::string list_words(std::span<const std::string_view> words) {
  std::string out;
  for (std::size_t i = 0; i < words.size(); ++i) {
    if (i > 0) out += i + 1 == words.size() ? " or " : ", ";
    out += '"' + std::string(words[i]) + '"';
  }
  return out;
}

void Value::expected(std::string_view what) const {
  complain("expected " + std::string(what) + ", found " + describe(*json_));
}

std::string Value::string(std::size_t longest) const {
  return std::string(text(longest).value_or(""));
}

std::optional<std::string_view> Value::text(std::size_t longest) const {
  if (!json_->is_string()) {
    expected("a text");
    return {};
  }
  const auto& text = json_->get_ref<const std::string&>();
  if (text.size() > longest) {
    complain("expected at most " + std::to_string(longest) + " bytes, found " +
             std::to_string(text.size()));
    return {};
  }
  return text;
}

bool Value::boolean() const {
  if (!json_->is_boolean()) {
    expected("true or false");
    return false;
  }
  return json_->get<bool>();
}

Time Value::number(Time least, Time most) const {
  // A whole number that 64 bits cannot hold reads as one with a fraction, and is refused.
  const bool fits = json_->is_number_integer() &&
                    (!json_->is_number_unsigned() ||
                     json_->get<std::uint64_t>() <= static_cast<std::uint64_t>(INT64_MAX));
  const Time value = fits ? json_->get<Time>() : 0;
  if (fits && least <= value && value <= most) return value;
  if (least == most) {
    expected(std::to_string(least));
  } else {
    expected("a whole number from " + std::to_string(least) + " to " + std::to_string(most));
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
    expected("a list");
  } else if (json_->size() > most) {
    complain("expected at most " + std::to_string(most) + " entries, found " +
             std::to_string(json_->size()));
  } else {
    for (std::size_t i = 0; i < json_->size(); ++i) {
      out.emplace_back((*json_)[i], pointer_ + token(std::to_string(i)), *diagnostics_);
    }
  }
  return out;
}

Value Value::member(std::string_view key) const {
  return {*json_->find(key), pointer_ + token(key), *diagnostics_};
}

Object::Object(Value value, std::initializer_list<std::string_view> keys)
    : value_(std::move(value)) {
  if (!value_.json().is_object()) {
    value_.expected("an object");
    return;
  }
  for (const auto& [key, member] : value_.json().items()) {
    if (std::ranges::find(keys, key) != keys.end()) continue;
    value_.member(key).complain("unknown key; known here: " +
                                list_words(std::span(keys.begin(), keys.size())));
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
    value_.complain("the key \"" + std::string(key) + "\" is missing");
  }
  return found;
}

}  // namespace core
