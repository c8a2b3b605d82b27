// JsonWriter: values written as JSON text (RFC 8259), for those who read it: the page's script and
// other programs. It knows the grammar and UTF-8, and nothing of what the values mean.
#pragma once

#include "core/base/text.hpp"

#include <concepts>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace core {

/// A text as a JSON string, with its quotation marks. Characters that cannot be seen, or that
/// change how the text around them is shown, are escaped (`\u202e`): the string stays the same, and
/// no terminal and no script obeys them. A byte that is not UTF-8 becomes U+FFFD.
[[nodiscard]] std::string json_string(std::string_view text);

/// Writes one value, from the outside to the inside:
///
///     JsonWriter json;
///     json.object().member("step", 4).key("nodes").array().value("a").value("b").end().end();
///     json.text();  // {"step":4,"nodes":["a","b"]}
class JsonWriter {
 public:
  /// Begins an object or an array, which goes on until its end().
  JsonWriter& object() { return begin('{', '}'); }
  JsonWriter& array() { return begin('[', ']'); }
  JsonWriter& end();

  /// The name of an object's next member.
  JsonWriter& key(std::string_view name);

  JsonWriter& value(std::string_view text);
  JsonWriter& value(const std::string& text) { return value(std::string_view(text)); }
  JsonWriter& value(const char* text) { return value(std::string_view(text)); }
  JsonWriter& value(std::same_as<bool> auto truth) { return raw(truth ? "true" : "false"); }
  template <std::integral Number>
    requires(!std::same_as<Number, bool>)
  JsonWriter& value(Number number) {
    return raw(std::to_string(number));
  }
  JsonWriter& value(std::nullptr_t) { return raw("null"); }
  /// A value that is JSON text already.
  JsonWriter& raw(std::string_view json);

  template <typename Value>
  JsonWriter& member(std::string_view name, const Value& written) {
    return key(name).value(written);
  }
  /// A member that is left out when it has no value.
  template <typename Value>
  JsonWriter& member(std::string_view name, const std::optional<Value>& written) {
    return written ? member(name, *written) : *this;
  }
  /// A member that is an array: `write(json, entry)` writes each of the entries.
  template <typename Entries, typename Write>
  JsonWriter& list(std::string_view name, const Entries& entries, const Write& write) {
    key(name).array();
    for (const auto& entry : entries) write(*this, entry);
    return end();
  }

  [[nodiscard]] const std::string& text() const& { return text_; }
  [[nodiscard]] std::string text() && { return std::move(text_); }

 private:
  JsonWriter& begin(char open, char close);
  void separate();

  std::string text_;
  std::string ends_;  ///< the brackets that are still to be written, the innermost last
};

}  // namespace core
