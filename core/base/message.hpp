// Message: something to tell a reader, as the id of a text and what fills its named places. The
// engine, the parser and the page make messages; words are put in by render(), when they are shown,
// so that another language is another table.
#pragma once

#include "core/base/text_table.hpp"
#include "core/base/units.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace core {

struct Message;

/// A number with its digits in groups: "1,234". A plain std::int64_t has none.
struct Grouped {
  std::int64_t number = 0;

  friend bool operator==(const Grouped&, const Grouped&) = default;
};

/// A length of time: "200 ms", "1.5 s", "240 s".
struct Duration {
  Time ms = 0;

  friend bool operator==(const Duration&, const Duration&) = default;
};

/// What fills a named place. A std::string stands as it is: a term of the protocol, such as
/// "FIN_WAIT_1", or a text from outside that quoted() has made safe to show.
using Argument =
    std::variant<std::string, std::int64_t, Grouped, Duration, Text, std::vector<Message>>;

struct NamedArgument {
  std::string_view name;  ///< as the text has it, without the braces
  Argument value;

  friend bool operator==(const NamedArgument&, const NamedArgument&) = default;
};

struct Message {
  Text id{};
  std::vector<NamedArgument> arguments = {};

  friend bool operator==(const Message&, const Message&) = default;
};

/// The form of a text that fits a number, with its places still open.
[[nodiscard]] std::string_view pattern(Text text, std::int64_t n);

/// The words of a message. Where the text has plural forms, the number in its place {n} decides. A
/// place without an argument stays empty.
[[nodiscard]] std::string render(const Message& message);

/// Several messages, one after another with a space between, as sentences stand.
[[nodiscard]] std::string render(const std::vector<Message>& messages);

/// A text without places.
[[nodiscard]] std::string_view render(Text text);

}  // namespace core
