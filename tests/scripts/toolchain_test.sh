#!/usr/bin/env bash
# The web toolchain: where emcc comes from, and one clear sentence where it cannot come.
set -euo pipefail
source "$(dirname "$0")/world.sh"

fake_emcc() { fake emcc <<<"echo 'emcc (Emscripten gcc/clang-like replacement) $1 (commit)'"; }

# What debootstrap and chroot do, without mounts: the fake root's emcc is 3.1.69.
fake_root_tools() {
  fake_user 0
  fake_apt
  fake_free_space 9000000
  fake mount <<<''
  fake unshare <<'SH'
while [[ ${1:-} == --* ]]; do
  case $1 in --propagation) shift 2 ;; *) shift ;; esac
done
exec "$@"
SH
  fake debootstrap <<'SH'
for folder in "$@"; do case $folder in */new.*) break ;; esac; done
mkdir -p "$folder"/{proc,dev,tmp}
echo made >"$folder/made"
SH
  fake chroot <<<'echo "emcc (Emscripten) 3.1.69 ()"'
}

test_a_new_enough_emcc_on_the_path_is_taken() {
  fake_user 1000
  fake_emcc 3.1.69
  run_lib 'find_emcc; echo "$emcc_kind $emcc_version"'
  expect_status 0
  expect_text "path 3.1.69"
  fake_emcc 4.0.10
  run_lib 'find_emcc; echo "$emcc_kind $emcc_version"'
  expect_text "path 4.0.10"
}

test_too_old_an_emcc_without_root_is_one_sentence_that_names_it() {
  fake_user 1000
  fake_emcc 3.1.6
  run scripts/build web
  expect_status 1
  expect_text "emcc 3.1.69 or later is needed."
  expect_text "The emcc on PATH is 3.1.6, which is too old."
  expect [ "$(wc -l <<<"$output")" -eq 1 ]
}

test_no_emcc_without_root_is_one_sentence() {
  fake_user 1000
  fake_apt
  run scripts/run --build-only
  expect_status 1
  expect_text "emcc 3.1.69 or later is needed. Please install"
  expect [ "$(wc -l <<<"$output")" -eq 1 ]
}

test_too_old_an_emcc_as_root_gives_way_to_the_root_folder() {
  fake_root_tools
  fake_emcc 3.1.6
  run_lib 'find_emcc; echo "$emcc_kind $emcc_version"'
  expect_status 0
  expect_text "Setting up Debian 13's Emscripten"
  expect_text "root 3.1.69"
}

test_the_root_folder_is_made_once() {
  fake_root_tools
  run_lib find_emcc
  run_lib find_emcc
  expect_status 0
  expect_calls 1 '^debootstrap'
  expect [ -z "$output" ]
}

test_the_mirror_is_the_one_of_this_machine() {
  fake_root_tools
  run_lib find_emcc
  expect_calls 1 '^debootstrap .* mirror:/debian/$'
}

test_no_space_is_one_sentence() {
  fake_root_tools
  fake_free_space 100000
  run scripts/build web
  expect_status 1
  expect_text "The web toolchain needs 4394 MB in"
  expect_text "where only 97 MB are free."
  expect [ "$(wc -l <<<"$output")" -eq 1 ]
  expect_calls 0 '^debootstrap'
}

test_no_network_shows_what_failed_and_one_sentence() {
  fake_root_tools
  fake debootstrap <<<'echo "E: Failed getting release file"; exit 1'
  run scripts/build web
  expect_status 1
  expect_text "E: Failed getting release file"
  expect_text "The web toolchain cannot be set up: is there a network?"
  expect_text "The full log:"
}

test_a_machine_that_forbids_mounts_is_one_sentence() {
  fake_root_tools
  fake unshare <<<'exit 1'
  run scripts/build web
  expect_status 1
  expect_text "This machine forbids mounts"
}

test_a_killed_set_up_is_begun_again() {
  fake_root_tools
  fake debootstrap <<'SH'
for folder in "$@"; do case $folder in */new.*) break ;; esac; done
echo half >"$folder/half"
kill -9 "$(cat "$world/script.pid")"
SH
  run_lib 'echo "$$" >"$(dirname "$XDG_CACHE_HOME")/script.pid"; make_root'
  expect_status 137
  expect [ -n "$(find "$world/cache" -name half)" ]
  fake_root_tools
  run_lib 'find_emcc; echo "$emcc_kind $emcc_version"'
  expect_status 0
  expect_text "root 3.1.69"
  expect [ -z "$(find "$world/cache" -name half)" ]
  expect [ -n "$(find "$world/cache" -name made)" ]
  expect [ -z "$(find "$world/cache" -name 'new.*')" ]
}

test_an_sdk_keeps_its_own_closure_compiler() {
  fake_user 1000
  fake_emcc 4.0.10
  run_lib 'emcc_kind=path; sdk_has_closure && echo its own || echo ours'
  expect_text ours
  mkdir -p "$world/bin/node_modules/google-closure-compiler"
  run_lib 'emcc_kind=path; sdk_has_closure && echo its own || echo ours'
  expect_text "its own"
}

test_npm_without_a_network_is_one_sentence() {
  fake_user 1000
  fake_emcc 3.1.69
  fake npm <<<'echo "npm error network"; exit 1'
  run scripts/build web
  expect_status 1
  expect_text "npm error network"
  expect_text "The npm packages for closure cannot be installed: is there a network?"
}

test_missing_tools_without_root_are_named() {
  fake_user 1000
  run scripts/build native
  expect_status 1
  expect_text "Not found: cmake ninja git (for building)."
  expect_text "Please install; in Debian: cmake ninja-build git."
}

test_missing_tools_are_installed_where_that_is_possible() {
  fake_user 0
  fake_free_space 9000000
  fake apt-get <<'SH'
for tool in cmake ninja git; do ln -sf "$(type -P true)" "$world/bin/$tool"; done
SH
  fake dpkg-query <<<'exit 1'
  run_lib 'need building "cmake ninja-build git" cmake ninja git'
  expect_status 0
  expect_text "Installing what building needs: cmake ninja-build git"
  expect_calls 1 'apt-get .*install -y --no-install-recommends cmake ninja-build git'
}

test_installing_without_a_network_is_one_sentence() {
  fake_user 0
  fake_free_space 9000000
  fake apt-get <<<'echo "E: Unable to fetch some archives"; exit 100'
  fake dpkg-query <<<'exit 1'
  run scripts/build native
  expect_status 1
  expect_text "Installing what building needs failed: is there a network?"
  expect_text "(wanted: cmake ninja-build git)"
}

test_a_compiler_without_expected_is_not_taken() {
  fake_user 1000
  use cmake ninja git
  fake c++ <<<'exit 1'
  fake g++ <<<'exit 1'
  run scripts/build native
  expect_status 1
  expect_text "No C++23 compiler with <expected> is here"
  fake clang++ <<<'exit 0'
  run_lib 'need_native_tools; echo "taken: $native_compiler"'
  expect_text "taken: clang++"
}

test_ccache_is_used_where_it_is_and_nobody_needs_it() {
  use cmake ninja git
  fake_user 1000
  fake clang++-19 <<<'exit 0'
  run_lib 'need_native_tools; echo "${native_arguments[*]}"'
  expect_status 0
  expect [ "$output" = "-DCMAKE_CXX_COMPILER=clang++-19" ]
  fake ccache <<<''
  run_lib 'need_native_tools; echo "${native_arguments[*]}"; env'
  expect_text "clang++-19 -DCMAKE_CXX_COMPILER_LAUNCHER=ccache"
  expect_text "CCACHE_DIR=$world/cache/tcp-teardown/ccache"
}

test_ccache_that_cannot_be_installed_stops_nothing() {
  use cmake ninja git
  fake_user 0
  fake_free_space 9000000
  fake clang++-19 <<<'exit 0'
  fake apt-get <<<'exit 100'
  fake dpkg-query <<<'exit 1'
  run_lib 'need_native_tools; echo "${native_arguments[*]}"'
  expect_status 0
  expect_text "Going on without it."
  expect_text "-DCMAKE_CXX_COMPILER=clang++-19"
}

run_tests "$@"
