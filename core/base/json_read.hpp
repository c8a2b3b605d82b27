// Reading of JSON: from text to a tree without exceptions, and values that know their place in the
// text, so that every error names it. Only parsers include this file.
#pragma once

#include "core/base/message.hpp"
#include "core/base/parse_error.hpp"

#include <nlohmann/json.hpp>

#include <initializer_list>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace core {

using Json = nlohmann::ordered_json;

/// The errors in one text, in the order in which they are found. A hundred are kept and the rest
/// are counted: nobody reads more, and a hostile text could cause millions.
class Diagnostics {
 public:
  explicit Diagnostics(std::string_view source) : source_(source) {}

  void add(std::string pointer, Message message);
  [[nodiscard]] std::size_t count() const { return list_.size() + more_; }
  [[nodiscard]] std::vector<ParseError> take();

 private:
  std::string source_;
  std::vector<ParseError> list_;
  std::size_t more_ = 0;
};

/// The tree of a JSON text, or nothing and a diagnostic. Bounded: 1 MB, 32 levels, 64 keys in an
/// object, 100 bytes in a key. A repeated key gives a diagnostic too.
[[nodiscard]] std::optional<Json> read_json(std::string_view text, Diagnostics& diagnostics);

/// A JSON value, its place, and the diagnostics to which errors are added. Each function returns a
/// value of its type in any case, so that parsing goes on and finds all errors.
class Value {
 public:
  Value(const Json& json, std::string pointer, Diagnostics& diagnostics)
      : json_(&json), pointer_(std::move(pointer)), diagnostics_(&diagnostics) {}

  [[nodiscard]] std::string string(std::size_t longest) const;
  /// As string(), for text that is parsed further; nothing after an error.
  [[nodiscard]] std::optional<std::string_view> text(std::size_t longest) const;
  [[nodiscard]] bool boolean() const;
  [[nodiscard]] std::int64_t number(std::int64_t least, std::int64_t most) const;
  [[nodiscard]] std::optional<std::size_t> one_of(std::span<const std::string_view> words) const;
  /// The entries of a list of at most `most`; none if it is anything else.
  [[nodiscard]] std::vector<Value> list(std::size_t most) const;

  [[nodiscard]] bool is_null() const { return json_->is_null(); }
  [[nodiscard]] const Json& json() const { return *json_; }
  [[nodiscard]] const std::string& pointer() const { return pointer_; }
  [[nodiscard]] Value member(std::string_view key) const;
  void complain(Message message) const { diagnostics_->add(pointer_, std::move(message)); }
  /// How many errors the whole text has so far.
  [[nodiscard]] std::size_t diagnostics() const { return diagnostics_->count(); }
  /// Adds the error that something else was expected here.
  void expected(Argument what) const;

 private:
  const Json* json_;
  std::string pointer_;
  Diagnostics* diagnostics_;
};

/// A JSON object and the keys that it may have; any other key is an error.
class Object {
 public:
  Object(Value value, std::initializer_list<std::string_view> keys);

  [[nodiscard]] const Value& value() const { return value_; }
  [[nodiscard]] bool has(std::string_view key) const;
  [[nodiscard]] std::optional<Value> find(std::string_view key) const;
  /// As find(), but a missing key is an error.
  [[nodiscard]] std::optional<Value> require(std::string_view key) const;

 private:
  Value value_;
};

/// `"a", "b" or "c"`, of one word or more.
[[nodiscard]] Argument list_words(std::span<const std::string_view> words);

/// A key as a token of a JSON pointer (RFC 6901, section 3), safe to show.
[[nodiscard]] std::string pointer_token(std::string_view key);

}  // namespace core
