#include "core/base/json_read.hpp"

#include <algorithm>
#include <span>
#include <utility>

namespace core {
namespace {

constexpr std::size_t largest_text = 1'000'000;
constexpr std::size_t deepest = 32;
constexpr std::size_t most_keys = 64;
constexpr std::size_t longest_key = 100;

/// A count as a message has it.
std::int64_t whole(std::size_t count) {
  return static_cast<std::int64_t>(count);
}

/// What to say of a text that is not JSON from this byte on.
Message unexpected_at(std::string_view text, std::size_t offset) {
  const std::string_view before = text.substr(0, std::min(offset, text.size()));
  const auto line = 1 + std::ranges::count(before, '\n');
  const std::size_t start = before.rfind('\n');
  const std::size_t column =
      start == std::string_view::npos ? before.size() : before.size() - start - 1;
  return {Text::parser_unexpected_text,
          {{"line", std::int64_t{line}}, {"column", whole(std::max<std::size_t>(column, 1))}}};
}

/// Builds the tree with the library's own builder, and checks depth and repeated keys, which the
/// library accepts silently. The function names are those of the library's SAX interface.
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
      return refuse({Text::parser_long_key, {{"most", whole(longest_key)}}});
    }
    if (keys.size() == most_keys) {
      return refuse({Text::parser_many_keys, {{"most", whole(most_keys)}}});
    }
    const bool repeated = std::ranges::find(keys, key) != keys.end();
    keys.push_back(key);
    if (repeated) diagnostics_.add(pointer(levels_.size()), {Text::parser_key_twice});
    return builder_.key(key);
  }
  template <typename Exception>
  bool parse_error(std::size_t offset, const std::string& /*token*/, const Exception& /*why*/) {
    diagnostics_.add({}, offset > text_.size() ? Message{Text::parser_ends_early}
                                               : unexpected_at(text_, offset));
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
    return refuse({Text::parser_deep, {{"most", whole(deepest)}}});
  }
  /// Stops reading: no scenario has such an object or list.
  bool refuse(Message why) {
    diagnostics_.add(pointer(levels_.size() - 1), std::move(why));
    return false;
  }
  /// The place inside the first `depth` levels.
  [[nodiscard]] std::string pointer(std::size_t depth) const {
    std::string out;
    for (const Level& level : std::span(levels_).first(depth)) {
      out += pointer_token(level.array ? std::to_string(level.elements - 1) : level.keys.back());
    }
    return out;
  }

  nlohmann::detail::json_sax_dom_parser<Json> builder_;
  std::string_view text_;
  Diagnostics& diagnostics_;
  std::vector<Level> levels_;
};

}  // namespace

std::optional<Json> read_json(std::string_view text, Diagnostics& diagnostics) {
  if (text.size() > largest_text) {
    diagnostics.add({}, {Text::parser_large_text});
    return std::nullopt;
  }
  // The library would take a NUL for the end of the text and ignore what follows.
  if (const std::size_t nul = text.find('\0'); nul != std::string_view::npos) {
    diagnostics.add({}, unexpected_at(text, nul + 1));
    return std::nullopt;
  }
  Json root;
  TreeBuilder builder(root, text, diagnostics);
  if (!Json::sax_parse(text.begin(), text.end(), &builder)) return std::nullopt;
  return root;
}

}  // namespace core
