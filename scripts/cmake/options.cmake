# Compiler options, as targets that other targets link:
#   warnings   for our own code only; libraries are SYSTEM and keep their own manners
#   platform   for everything that ends up in one program, libraries included
#   join_sources(TARGET) for a target with several sources

include_guard(GLOBAL)

option(TEARDOWN_JOIN_SOURCES "Compile the sources of a folder as one: several times quicker" OFF)
option(TEARDOWN_SANITIZE "Build with the address and undefined-behaviour sanitizers" OFF)

add_library(warnings INTERFACE)
target_compile_options(warnings INTERFACE
  -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Werror)

if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
  # Two mistakes of GCC 12: it takes an enumerator of an enum class for something that shadows, and
  # std::string's own operator+ for a copy of overlapping memory. Clang checks both well.
  target_compile_options(warnings INTERFACE -Wno-shadow -Wno-restrict)
elseif(NOT EMSCRIPTEN)
  # A function or variable that only one file needs is local to that file. Not checked for the page,
  # because the functions that its script calls have no declaration.
  target_compile_options(warnings INTERFACE -Wmissing-prototypes -Wmissing-variable-declarations)
endif()

add_library(platform INTERFACE)

if(TEARDOWN_SANITIZE)
  set(sanitizers -fsanitize=address,undefined -fno-sanitize-recover=all)
  target_compile_options(platform INTERFACE ${sanitizers} -fno-omit-frame-pointer)
  target_link_options(platform INTERFACE ${sanitizers})
  # The standard library checks its own preconditions, which the sanitizers do not all see.
  target_compile_definitions(platform INTERFACE _GLIBCXX_ASSERTIONS)

  include(CheckCXXSourceCompiles)
  set(CMAKE_REQUIRED_FLAGS -fsanitize=fuzzer)
  check_cxx_source_compiles(
    "extern \"C\" int LLVMFuzzerTestOneInput(const unsigned char*, unsigned long) { return 0; }"
    TEARDOWN_HAS_LIBFUZZER)
  unset(CMAKE_REQUIRED_FLAGS)
  if(TEARDOWN_HAS_LIBFUZZER)
    # Everything is instrumented; only the fuzzers have libFuzzer's main(). Comparisons are not
    # traced: that would take half of the time, and the mutators know the words already.
    target_compile_options(platform INTERFACE
      -fsanitize=fuzzer-no-link -fno-sanitize-coverage=trace-cmp)
  endif()
endif()

if(EMSCRIPTEN)
  # The page's weight decides most of these. Emscripten's CMake toolchain turns MinSizeRel into -Os;
  # -Oz, link-time optimisation and no exceptions or run-time types take another third off. Every
  # browser that can run the page converts floats without a trap and copies memory by itself, and
  # there are no threads. No square root sets errno, so that it is one instruction.
  target_compile_options(platform INTERFACE
    -Oz -flto -fno-exceptions -mnontrapping-fptoint -mbulk-memory -fno-math-errno
    $<$<COMPILE_LANGUAGE:CXX>:-fno-rtti> $<$<COMPILE_LANGUAGE:CXX>:-fno-threadsafe-statics>)
  target_link_options(platform INTERFACE
    -Oz -flto -fno-exceptions
    -sMALLOC=emmalloc
    -sSUPPORT_LONGJMP=0
    -sDISABLE_EXCEPTION_THROWING=1
    -sALLOW_MEMORY_GROWTH=1)
endif()

# Nearly all the time that a source takes goes into the headers of the standard library, which the
# sources of a folder then share. The tests compile the same sources one by one, so that each source
# has to include what it needs.
function(join_sources target)
  if(NOT TEARDOWN_JOIN_SOURCES)
    return()
  endif()
  get_target_property(sources ${target} SOURCES)
  foreach(source IN LISTS sources)
    # What the build writes stays alone.
    if(NOT IS_ABSOLUTE ${source})
      cmake_path(GET source PARENT_PATH folder)
      string(REPLACE "/" "-" folder ${folder})
      set_source_files_properties(${source} PROPERTIES UNITY_GROUP ${folder})
    endif()
  endforeach()
  set_target_properties(${target} PROPERTIES UNITY_BUILD ON UNITY_BUILD_MODE GROUP)
endfunction()
