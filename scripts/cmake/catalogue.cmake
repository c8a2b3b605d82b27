# cmake -DFILES=a.json;b.json -DOUTPUT=catalogue.cpp -P catalogue.cmake
#
# Turns scenario files into one C++ source that holds their text, without the white space that only
# people need. Written in CMake because the native build must not depend on anything else.

set(entries "")
foreach(file IN LISTS FILES)
  file(READ ${file} text)
  if(text MATCHES "\\)json\"")
    message(FATAL_ERROR "${file}: contains )json\", which would end the C++ string it becomes")
  endif()
  # A string is one token and is kept as it is; the white space after any token goes.
  string(STRIP "${text}" text)
  string(REGEX REPLACE
    "(\"([^\"\\]|\\\\.)*\"|[^\" \t\r\n])[ \t\r\n]*" "\\1" text "${text}")
  get_filename_component(name ${file} NAME)
  string(APPEND entries "    {\"${name}\",\n     R\"json(${text})json\"},\n")
endforeach()

file(WRITE ${OUTPUT}.new "// Written by scripts/cmake/catalogue.cmake from assets/scenarios.
#include \"core/scenario/catalogue.hpp\"

namespace core {

std::span<const CatalogueFile> catalogue() {
  static constexpr CatalogueFile files[] = {
${entries}  };
  return files;
}

}  // namespace core
")
file(RENAME ${OUTPUT}.new ${OUTPUT})
