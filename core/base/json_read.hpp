// What the parser reads JSON with: text to a tree without exceptions, and values that know where
// they stand, so that every complaint names its place. Only what reads files includes this one.
#pragma once

#include "core/base/parse_error.hpp"
#include "core/base/units.hpp"

#include <nlohmann/json.hpp>

#include <initializer_list>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace core {

using Json = nlohmann::ordered_json;

/// What is wrong with one text, in the order in which it was found. A hundred diagnostics are kept
/// and the rest is counted: nobody reads more, and a hostile text could make millions.
class Diagnostics {
 public:
  explicit Diagnostics(std::string_view source) : source_(source) {}

  void add(std::string pointer, std::string message);
  [[nodiscard]] std::size_t count() const { return list_.size() + more_; }
  [[nodiscard]] std::vector<ParseError> take();

 private:
  std::string source_;
  std::vector<ParseError> list_;
  std::size_t more_ = 0;
};

/// The tree of a JSON text, or nothing, with a complaint. Bounded: 1 MB, 32 levels, 64 keys to an
/// object, 100 bytes to a key. A key that stands twice is a complaint too.
[[nodiscard]] std::optional<Json> read_json(std::string_view text, Diagnostics& diagnostics);

/// A JSON value, where it stands, and whom to tell when it is not what it should be. Each reading
/// returns a value of its type in any case, so that reading goes on and finds all errors.
class Value {
 public:
  Value(const Json& json, std::string pointer, Diagnostics& diagnostics)
      : json_(&json), pointer_(std::move(pointer)), diagnostics_(&diagnostics) {}

  [[nodiscard]] std::string string(std::size_t longest) const;
  /// As string(), for what is to be read further: nothing, after the complaint.
  [[nodiscard]] std::optional<std::string_view> text(std::size_t longest) const;
  [[nodiscard]] bool boolean() const;
  [[nodiscard]] Time number(Time least, Time most) const;
  [[nodiscard]] std::optional<std::size_t> one_of(std::span<const std::string_view> words) const;
  /// The members of a list of at most `most`; none of anything else.
  [[nodiscard]] std::vector<Value> list(std::size_t most) const;

  [[nodiscard]] bool is_null() const { return json_->is_null(); }
  [[nodiscard]] const Json& json() const { return *json_; }
  [[nodiscard]] const std::string& pointer() const { return pointer_; }
  [[nodiscard]] Value member(std::string_view key) const;
  void complain(std::string message) const { diagnostics_->add(pointer_, std::move(message)); }
  /// How many diagnostics there are of the whole text so far.
  [[nodiscard]] std::size_t diagnostics() const { return diagnostics_->count(); }
  void expected(std::string_view what) const;

 private:
  const Json* json_;
  std::string pointer_;
  Diagnostics* diagnostics_;
};

/// A JSON object with the keys that it may have. Complains of any other.
class Object {
 public:
  Object(Value value, std::initializer_list<std::string_view> keys);

  [[nodiscard]] const Value& value() const { return value_; }
  [[nodiscard]] bool has(std::string_view key) const;
  [[nodiscard]] std::optional<Value> find(std::string_view key) const;
  /// As find(), and complains when it is not there.
  [[nodiscard]] std::optional<Value> require(std::string_view key) const;

 private:
  Value value_;
};

/// `"a", "b" or "c"`
[[nodiscard]] std::string list_words(std::span<const std::string_view> words);

}  // namespace core
