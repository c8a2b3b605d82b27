// Names: one table for each enumeration, from value to word and back. This file owns the way back
// and the lists of enumerators; it must not know any enumeration. The table itself stands beside
// the enumeration: a constexpr function to_string(E), a switch without a default.
#pragma once

#include <array>
#include <concepts>
#include <cstddef>
#include <optional>
#include <string_view>
#include <type_traits>

namespace core {

/// An enumeration with a table. The compiler warns of an enumerator that the switch leaves out, so
/// the table has all of them, and ends where to_string() returns nothing. Enumerators count from 0.
template <typename E>
concept Named = std::is_enum_v<E> && requires(E value) {
  { to_string(value) } -> std::same_as<std::string_view>;
};

/// How many enumerators there are.
template <Named E>
consteval std::size_t count_of() {
  std::size_t count = 0;
  while (!to_string(static_cast<E>(count)).empty()) ++count;
  return count;
}

/// Every enumerator, in order.
template <Named E>
inline constexpr auto all_of = [] {
  std::array<E, count_of<E>()> all{};
  for (std::size_t i = 0; i < all.size(); ++i) all[i] = static_cast<E>(i);
  return all;
}();

/// The word of each enumerator, in order.
template <Named E>
inline constexpr auto words_of = [] {
  std::array<std::string_view, count_of<E>()> words;
  for (std::size_t i = 0; i < words.size(); ++i) words[i] = to_string(static_cast<E>(i));
  return words;
}();

/// No two enumerators have the same word, so that each has a way back.
template <Named E>
consteval bool distinct() {
  for (std::size_t i = 0; i < words_of<E>.size(); ++i) {
    for (std::size_t j = 0; j < i; ++j) {
      if (words_of<E>[i] == words_of<E>[j]) return false;
    }
  }
  return true;
}

/// The enumerator with that word, or nothing.
template <Named E>
[[nodiscard]] constexpr std::optional<E> from_string(std::string_view word) {
  static_assert(distinct<E>());
  for (std::size_t i = 0; i < words_of<E>.size(); ++i) {
    if (words_of<E>[i] == word) return static_cast<E>(i);
  }
  return std::nullopt;
}

/// Whether a table has one entry for each enumerator of its ids, in order, so that an id is a place
/// in it.
template <typename Entry, std::size_t size>
consteval bool in_order_of_ids(const std::array<Entry, size>& table) {
  using Id = decltype(Entry::id);
  for (std::size_t i = 0; i < size; ++i) {
    if (table[i].id != static_cast<Id>(i)) return false;
  }
  return size == count_of<Id>();
}

}  // namespace core
