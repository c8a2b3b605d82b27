# doctest is one header, and a CMake file that gives doctest_discover_tests().

add_library(doctest INTERFACE)
target_include_directories(doctest SYSTEM INTERFACE ${doctest_SOURCE_DIR})
include(${doctest_SOURCE_DIR}/scripts/cmake/doctest.cmake)
