# cmake -DFILE=en.json [-DIDS=text_ids.hpp] -DTABLE=text_table.cpp [-DWITHOUT=tool;page]
#   -P text.cmake
#
# Turns the table of words into C++: an enumerator for each entry, named by its place in the table,
# and the texts in the same order. An entry is a text, or a text for each plural form of a number.
# An object of a "title" and a "text" becomes a constant besides, which names the two together.
# The areas in WITHOUT keep their ids and lose their texts: the page has no use for the tool's.
# Written in CMake because the native build must not depend on anything else.

cmake_minimum_required(VERSION 3.25)

file(READ ${FILE} table)
set(ids "")
set(titled "")
set(texts "")

function(fail place why)
  message(FATAL_ERROR "${FILE}: ${place}: ${why}")
endfunction()

# Adds one entry: its id, its text for one and for any other number.
function(add_entry id one other empty)
  if(NOT id MATCHES "^[a-z][a-z0-9_]*$")
    fail("${id}" "an id has small letters, digits and underscores")
  endif()
  foreach(text IN ITEMS "${one}" "${other}")
    if(text MATCHES "\\)text\"")
      fail("${id}" "contains )text\", which would end the C++ string it becomes")
    endif()
  endforeach()
  if(empty)
    set(one "")
    set(other "")
  endif()
  string(APPEND ids "  ${id},\n")
  # In the C++ below, \1 ends the text for the number one, and \0 the entry.
  if(NOT one STREQUAL "")
    string(APPEND texts "    R\"text(${one})text\" \"\\1\"\n")
  endif()
  string(APPEND texts "    R\"text(${other})text\" \"\\0\"\n")
  set(ids "${ids}" PARENT_SCOPE)
  set(texts "${texts}" PARENT_SCOPE)
endfunction()

# Walks one object of the table; `prefix` is what its ids begin with.
function(walk object prefix empty)
  string(JSON count LENGTH "${object}")
  if(count EQUAL 0)
    return()
  endif()
  math(EXPR last "${count} - 1")
  foreach(i RANGE ${last})
    string(JSON key MEMBER "${object}" ${i})
    string(JSON type TYPE "${object}" "${key}")
    string(JSON value GET "${object}" "${key}")
    if(type STREQUAL "STRING")
      add_entry("${prefix}${key}" "" "${value}" ${empty})
    elseif(type STREQUAL "OBJECT")
      string(JSON other ERROR_VARIABLE no_plural GET "${value}" other)
      if(no_plural)
        walk("${value}" "${prefix}${key}_" ${empty})
        string(JSON title ERROR_VARIABLE no_title GET "${value}" title)
        string(JSON text ERROR_VARIABLE no_text GET "${value}" text)
        if(NOT no_title AND NOT no_text)
          set(id "${prefix}${key}")
          string(APPEND titled
            "inline constexpr TitledText ${id} = {Text::${id}_title, Text::${id}_text};\n")
        endif()
      else()
        string(JSON one GET "${value}" one)
        add_entry("${prefix}${key}" "${one}" "${other}" ${empty})
      endif()
    else()
      fail("${prefix}${key}" "expected a text or an object")
    endif()
  endforeach()
  set(ids "${ids}" PARENT_SCOPE)
  set(titled "${titled}" PARENT_SCOPE)
  set(texts "${texts}" PARENT_SCOPE)
endfunction()

string(JSON areas LENGTH "${table}")
math(EXPR last "${areas} - 1")
foreach(i RANGE ${last})
  string(JSON area MEMBER "${table}" ${i})
  string(JSON object GET "${table}" "${area}")
  set(empty FALSE)
  if(area IN_LIST WITHOUT)
    set(empty TRUE)
  endif()
  walk("${object}" "${area}_" ${empty})
endforeach()

# Written only when it differs, so that a corrected word does not rebuild everything that has an id.
function(write_if_different file content)
  set(old "")
  if(EXISTS ${file})
    file(READ ${file} old)
  endif()
  if(NOT old STREQUAL content)
    file(WRITE ${file} "${content}")
  endif()
endfunction()

if(DEFINED IDS)
write_if_different(${IDS} "// Written by scripts/cmake/text.cmake from assets/text.
#pragma once

#include <cstdint>

namespace core {

/// An entry of the table of words.
enum class Text : std::uint16_t {
${ids}};

/// Two entries that belong together.
struct TitledText {
  Text title;
  Text text;
};

namespace titled {

${titled}
}  // namespace titled
}  // namespace core
")
endif()
write_if_different(${TABLE} "// Written by scripts/cmake/text.cmake from assets/text.
#include \"core/base/text_table.hpp\"

#include <utility>
#include <vector>

namespace core {

namespace {

/// All entries one after another. A table of pointers to them would be a fifth of their weight; it
/// is made when it is first used instead.
constexpr char texts[] =
${texts}    ;

std::vector<TextForms> unpacked() {
  std::vector<TextForms> out;
  std::string_view one;
  for (std::string_view rest(texts, sizeof texts - 1); !rest.empty();) {
    const std::size_t size = rest.find_first_of(std::string_view(\"\\1\\0\", 2));
    const std::string_view text = rest.substr(0, size);
    if (rest[size] == '\\1') {
      one = text;
    } else {
      out.push_back({std::exchange(one, {}), text});
    }
    rest.remove_prefix(size + 1);
  }
  return out;
}

}  // namespace

std::span<const TextForms> text_table() {
  static const std::vector<TextForms> table = unpacked();
  return table;
}

}  // namespace core
")
