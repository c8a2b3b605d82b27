# The libraries: where each comes from, at which commit, and what of it is built.
#
# Nothing is fetched until somebody calls require_library(). By default FetchContent clones the
# repository. A folder given as FETCHCONTENT_SOURCE_DIR_<NAME> is used as it is, without any
# network: that is how scripts/ hands over the sources that it keeps in its cache, whichever way it
# got them.

include_guard(GLOBAL)
include(FetchContent)

# Repository and commit can be overridden: for a mirror, and for the test of this route.
function(declare_library name version repository commit)
  string(TOUPPER ${name} upper)
  set(TEARDOWN_${upper}_REPOSITORY ${repository} CACHE STRING "Where ${name} is cloned from")
  set(TEARDOWN_${upper}_COMMIT ${commit} CACHE STRING "The commit of ${name} (${version})")
  mark_as_advanced(TEARDOWN_${upper}_REPOSITORY TEARDOWN_${upper}_COMMIT)
  # A SOURCE_SUBDIR that does not exist keeps FetchContent from running the library's own CMake:
  # the few sources that are needed are listed here, and SDL's configuring alone takes minutes.
  FetchContent_Declare(${name}
    GIT_REPOSITORY ${TEARDOWN_${upper}_REPOSITORY}
    GIT_TAG ${TEARDOWN_${upper}_COMMIT}
    GIT_PROGRESS ON
    SOURCE_SUBDIR not-its-own-build)
endfunction()

declare_library(imgui 1.92.2b https://github.com/ocornut/imgui.git
  45acd5e0e82f4c954432533ae9985ff0e1aad6d5)
declare_library(sdl2 2.32.4 https://github.com/libsdl-org/SDL.git
  2359383fc187386204c3bb22de89655a494cd128)
declare_library(json 3.11.3 https://github.com/nlohmann/json.git
  9cca280a4d0ccf0c08f47a99aa71d1b0e52f8d03)
declare_library(doctest 2.4.11 https://github.com/doctest/doctest.git
  ae7a13539fb71f270b87eb2e874fbac80bc8dda2)

# require_library(json) makes the target `json`; its sources are in ${json_SOURCE_DIR}.
macro(require_library name)
  if(NOT TARGET ${name})
    FetchContent_MakeAvailable(${name})
    include(${PROJECT_SOURCE_DIR}/scripts/cmake/${name}.cmake)
  endif()
endmacro()
