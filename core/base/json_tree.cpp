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

/// Builds the tree, and checks what the library accepts silently: depth, and a key that comes
/// twice.
class TreeBuilder final : public nlohmann::json_sax<Json> {
 public:
  TreeBuilder(Json& root, std::string_view text, Diagnostics& diagnostics)
      : root_(root), text_(text), diagnostics_(diagnostics) {}

  bool null() override { return add(nullptr); }
  bool boolean(bool value) override { return add(value); }
  bool number_integer(number_integer_t value) override { return add(value); }
  bool number_unsigned(number_unsigned_t value) override { return add(value); }
  bool number_float(number_float_t value, const string_t& /*text*/) override { return add(value); }
  bool string(string_t& value) override { return add(std::move(value)); }
  // JSON text has no binary values; the library's other formats do.
  bool binary(binary_t& /*value*/) override { return false; }
  bool start_object(std::size_t /*size*/) override { return open(Json::object()); }
  bool start_array(std::size_t /*size*/) override { return open(Json::array()); }
  bool end_object() override { return close(); }
  bool end_array() override { return close(); }
  bool key(string_t& key) override {
    Level& level = levels_.back();
    if (key.size() > longest_key) {
      return refuse({Text::parser_long_key, {{"most", whole(longest_key)}}});
    }
    if (level.keys == most_keys) {
      return refuse({Text::parser_many_keys, {{"most", whole(most_keys)}}});
    }
    ++level.keys;
    level.key = std::move(key);
    if (level.json->contains(level.key)) {
      diagnostics_.add(pointer(levels_.size()), {Text::parser_key_twice});
    }
    return true;
  }
  bool parse_error(std::size_t offset, const std::string& /*token*/,
                   const Json::exception& /*why*/) override {
    diagnostics_.add({}, offset > text_.size() ? Message{Text::parser_ends_early}
                                               : unexpected_at(text_, offset));
    return false;
  }

 private:
  /// An object or list that is not complete yet, and the key of the member that is being read.
  struct Level {
    Json* json;
    std::size_t keys;
    std::string key;
  };

  /// Puts a value where it belongs.
  Json& place(Json value) {
    if (levels_.empty()) return root_ = std::move(value);
    Json& parent = *levels_.back().json;
    if (parent.is_object()) return parent[levels_.back().key] = std::move(value);
    parent.push_back(std::move(value));
    return parent.back();
  }
  bool add(Json value) {
    place(std::move(value));
    return true;
  }
  bool open(Json empty) {
    levels_.push_back({.json = &place(std::move(empty)), .keys = 0, .key = {}});
    if (levels_.size() <= deepest) return true;
    return refuse({Text::parser_deep, {{"most", whole(deepest)}}});
  }
  bool close() {
    levels_.pop_back();
    return true;
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
      const bool list = level.json->is_array();
      out += pointer_token(list ? std::to_string(level.json->size() - 1) : level.key);
    }
    return out;
  }

  Json& root_;
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
