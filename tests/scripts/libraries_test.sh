#!/usr/bin/env bash
# Where the libraries' sources come from: their repositories, through CMake's FetchContent, or
# Debian.
set -euo pipefail
source "$(dirname "$0")/world.sh"

# A bare repository per library, with one commit that is pinned and a later one that is not.
make_repositories() {
  local name work
  for name in imgui sdl2 json doctest; do
    work=$world/work/$name
    git init -q -b main "$work"
    printf 'pinned %s\n' "$name" >"$work/source.txt"
    commit "$work"
    world_variables+=("TEARDOWN_${name^^}_REPOSITORY=$world/repositories/$name.git"
      "TEARDOWN_${name^^}_COMMIT=$(git -C "$work" rev-parse HEAD)")
    printf 'later %s\n' "$name" >"$work/source.txt"
    commit "$work"
    git clone -q --bare "$work" "$world/repositories/$name.git"
  done
  use cmake ninja git
}

commit() {
  git -C "$1" add source.txt
  git -C "$1" -c user.name=test -c user.email=test@example.org commit -q -m change
}

test_the_pinned_commits_are_fetched_from_the_repositories() {
  local name
  make_repositories
  run_lib 'need_libraries; printf "%s\n" "${library_arguments[@]}"'
  expect_status 0
  expect_text "==> Fetching the libraries from their repositories"
  for name in imgui sdl2 json doctest; do
    folder=$(sed -n "s/^-DFETCHCONTENT_SOURCE_DIR_${name^^}=//p" <<<"$output")
    expect [ "$(cat "$folder/source.txt")" = "pinned $name" ]
    expect [ ! -e "$folder/.git" ]
  done
}

test_they_are_fetched_once() {
  make_repositories
  run_lib need_libraries
  rm -rf "$world/repositories"
  run_lib need_libraries
  expect_status 0
  expect [ -z "$output" ]
}

test_a_new_pin_is_a_new_entry() {
  make_repositories
  run_lib library_entry
  local before=$output
  world_variables+=("TEARDOWN_JSON_COMMIT=$(git -C "$world/work/json" rev-parse HEAD)")
  run_lib library_entry
  expect [ "$output" != "$before" ]
  world_variables=()
  run_lib library_entry
  before=$output
  sed -i 's/1\.92\.2b/1.92.3/' "$world/project/scripts/cmake/libraries.cmake"
  run_lib library_entry
  expect [ "$output" != "$before" ]
}

test_a_commit_that_is_not_there_is_one_sentence() {
  make_repositories
  world_variables+=("TEARDOWN_JSON_COMMIT=0123456789012345678901234567890123456789")
  run_lib need_libraries
  expect_status 1
  expect_text "The libraries cannot be fetched from their repositories."
  expect [ -z "$(find "$world/cache" -maxdepth 2 -name 'libraries-*')" ]
}

test_plain_cmake_takes_the_same_route() {
  local variable arguments=()
  make_repositories
  for variable in "${world_variables[@]}"; do arguments+=("-D$variable"); done
  mkdir "$world/project/plain"
  cat >"$world/project/plain/CMakeLists.txt" <<'CMAKE'
cmake_minimum_required(VERSION 3.25)
project(plain LANGUAGES NONE)
include(../scripts/cmake/libraries.cmake)
FetchContent_MakeAvailable(json)
file(READ ${json_SOURCE_DIR}/source.txt text)
message(STATUS "json is: ${text}")
CMAKE
  run cmake -G Ninja -S plain -B plain/build "${arguments[@]}"
  expect_status 0
  expect_text "json is: pinned json"
}

test_every_library_is_pinned_to_a_commit() {
  local pins
  pins=$(tr '\n' ' ' <"$repository/scripts/cmake/libraries.cmake" |
    grep -oE 'declare_library\([a-z0-9]+ [0-9.a-z]+ https://github.com/[^ ]+\.git +[0-9a-f]{40}\)' |
    wc -l)
  expect [ "$pins" -eq 4 ]
}

# Debian's sources: $world/debian has one version per line, "package version".
fake_debian() {
  cat >"$world/debian"
  use cmake ninja git
  fake git <<<'exit 128'
  fake apt-get <<'SH'
case "$*" in
  *indextargets*) echo "stable mirror:/debian/" ;;
  *update*) ;;
  *source*)
    wanted=${*: -1}
    grep -qx "${wanted/=/ }" "$world/debian" || exit 100
    [[ $wanted != *-broken ]] || exit 100
    mkdir top
    echo "$wanted" >top/source.txt
    tar -cf "${wanted%%=*}.orig.tar.xz" top
    ;;
esac
SH
  fake apt-cache <<'SH'
while read -r package version; do
  [ "$package" != "${*: -1}" ] || printf 'Version: %s\n' "$version"
done <"$world/debian"
SH
  sed -i "s|^readonly debian_keyring=.*|readonly debian_keyring=$world/calls|" \
    "$world/project/scripts/lib/libraries.sh"
}

source_of() { cat "$world"/cache/tcp-teardown/libraries-*/"$1"/source.txt; }

test_without_a_route_debian_gives_the_same_versions() {
  fake_debian <<'LIST'
imgui 1.92.2b+ds-1
libsdl2 2.32.4+dfsg-1
libsdl2 2.32.10+dfsg-8
nlohmann-json3 3.11.3-2.1
doctest 2.4.11-1
LIST
  run_lib need_libraries
  expect_status 0
  expect [ "$(source_of sdl2)" = libsdl2=2.32.4+dfsg-1 ]
  expect [ "$(source_of imgui)" = imgui=1.92.2b+ds-1 ]
  expect_no_text "is gone"
  expect [ -z "$(find "$world/cache" -name apt -type d)" ]
}

test_a_version_that_is_gone_gives_way_to_the_nearest_newer_one_which_is_named() {
  fake_debian <<'LIST'
imgui 1.92.2b+ds-1
imgui 1.93.0+ds-1
libsdl2 2.32.12+dfsg-1
libsdl2 2.32.10+dfsg-8
libsdl2 2.32.2+dfsg-1
nlohmann-json3 3.11.3-2.1
doctest 2.4.11-1
LIST
  run_lib need_libraries
  expect_status 0
  expect [ "$(source_of sdl2)" = libsdl2=2.32.10+dfsg-8 ]
  expect_text "2.32.4 is gone from Debian; 2.32.10+dfsg-8 is taken in its place"
}

test_a_version_that_cannot_be_downloaded_gives_way_as_well() {
  fake_debian <<'LIST'
imgui 1.92.2b+ds-1
libsdl2 2.32.4+dfsg-broken
libsdl2 2.32.10+dfsg-8
nlohmann-json3 3.11.3-2.1
doctest 2.4.11-1
LIST
  run_lib need_libraries
  expect_status 0
  expect [ "$(source_of sdl2)" = libsdl2=2.32.10+dfsg-8 ]
}

test_a_library_that_is_gone_altogether_is_one_sentence() {
  fake_debian <<'LIST'
imgui 1.92.2b+ds-1
libsdl2 2.34.0+dfsg-1
LIST
  run_lib need_libraries
  expect_status 1
  expect_text "The library sdl2 (2.32.4) cannot be fetched: Debian's sources have no such version"
}

test_without_any_network_it_is_one_sentence() {
  fake_debian </dev/null
  fake apt-get <<<'[[ $* == *indextargets* ]] && echo "stable mirror:/debian/" || exit 100'
  run_lib need_libraries
  expect_status 1
  expect_text "neither their repositories nor the Debian mirror answer."
}

test_without_git_route_and_apt_it_is_one_sentence() {
  use cmake ninja git
  fake git <<<'exit 128'
  run_lib need_libraries
  expect_status 1
  expect_text "The libraries cannot be fetched: there is no route to their repositories."
}

run_tests "$@"
