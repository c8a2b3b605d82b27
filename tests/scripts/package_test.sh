#!/usr/bin/env bash
# The commands around a build that is only pretended: what they print, package and measure.
set -euo pipefail
source "$(dirname "$0")/world.sh"

# An Emscripten, a CMake and libraries that do nothing but leave the files that a build leaves.
fake_build() {
  fake_user 1000
  fake emcc <<<'echo "emcc (Emscripten) 3.1.69 ()"'
  fake em++ <<<''
  fake clang++-19 <<<''
  fake git <<<''
  fake ninja <<<'echo web/stage.o'
  fake emnm <<<'echo "web/stage.o: -------- T main"'
  use gzip xargs
  fake npm <<'SH'
while [ "$1" != --prefix ]; do shift; done
mkdir -p "$2/node_modules/.bin"
SH
  fake emcmake <<<'mkdir -p build/web && echo >build/web/build.ninja'
  fake cmake <<'SH'
mkdir -p dist build/web/web build/web/core build/native/core
printf '<meta content="default-src %snone%s">page' "'" "'" >dist/index.html
echo "Somebody's licence" >build/web/web/licenses.txt
head -c 1000 /dev/zero | tee build/web/web/stage.wasm >build/web/web/owners.wasm
echo 'var createStage' >build/web/web/stage.js
echo '0:main' >build/web/web/owners.js.symbols
printf '#!/bin/sh\nprintf "slow\\t49\\nquick\\t5.5\\n"\n' >build/native/core/bench
said="  9 states, 9,000,000 transitions, depth 9; 9 a second, 121 MB"
printf '#!/bin/sh\necho "%s"\n' "$said" >build/native/core/teardown
chmod +x build/native/core/bench build/native/core/teardown
echo 'console.log("slow\t150")' >build/web/core/bench.js
SH
  echo "Our licence" >"$world/project/LICENSE"
  in_world bash -c "cd '$world/project' && source scripts/lib/setup.sh &&
    mkdir -p \"\$(entry_path \"\$(library_entry)\")\""
}

test_build_only_prints_the_path_of_the_file() {
  fake_build
  run scripts/run --build-only
  expect_status 0
  expect_text "The file: $world/project/dist/index.html"
  expect_no_text "http:"
}

test_a_second_run_neither_sets_up_nor_configures() {
  fake_build
  run scripts/run --build-only
  run scripts/run --build-only
  expect_status 0
  expect_calls 1 '^emcmake'
  expect_calls 1 '^npm'
  expect_calls 2 '^cmake --build'
}

test_a_new_compiler_configures_again() {
  fake_build
  run scripts/run --build-only
  fake emcc <<<'echo "emcc (Emscripten) 4.0.1 ()"'
  run scripts/run --build-only
  expect_calls 2 '^emcmake'
}

test_a_new_preset_configures_again() {
  fake_build
  run scripts/run --build-only
  echo >>"$world/project/CMakePresets.json"
  run scripts/run --build-only
  expect_calls 2 '^emcmake'
}

test_a_build_that_fails_is_a_command_that_fails() {
  fake_build
  fake cmake <<<'echo FAILED: page.o; echo page.cpp:3: no such thing; exit 1'
  run scripts/run
  expect_status 1
  expect_text "page.cpp:3: no such thing"
  expect_text "Building build/web failed."
}

test_run_serves_what_it_has_built() {
  local server address
  fake_build
  (cd "$world/project" && in_world scripts/run >"$world/out" 2>/dev/null) &
  server=$!
  for _ in $(seq 100); do
    address=$(sed -n 's/^The page: //p' "$world/out")
    [ -z "$address" ] || break
    sleep 0.1
  done
  status=0
  output=$(in_world node -e 'fetch(process.argv[1]).then((r) => r.text()).then(console.log)' \
    "$address") || status=$?
  end_children "$server"
  expect_status 0
  expect_text "page"
}

# Ends the processes that a test's own background command has started.
end_children() {
  local child
  while read -r -d ' ' child; do
    end_children "$child"
    kill "$child" 2>/dev/null || true
  done <"/proc/$1/task/$1/children"
}

test_the_archive_has_three_files() {
  fake_build
  use zip unzip touch
  run scripts/package
  expect_status 0
  local archive=$world/project/dist/tcp-teardown-0.1.0.zip
  expect_text "$archive"
  output=$(unzip -Z1 "$archive")
  expect [ "$output" = $'index.html\nREADME.txt\nLICENSES.txt' ]
  output=$(unzip -p "$archive" LICENSES.txt)
  expect_text "Our licence"
  expect_text "Somebody's licence"
  output=$(unzip -p "$archive" README.txt)
  expect_text "TCP teardown 0.1.0"
  expect cmp -s <(unzip -p "$archive" index.html) "$world/project/dist/index.html"
}

test_the_archive_is_the_same_every_time() {
  fake_build
  use zip touch
  run scripts/package
  cp "$world/project/dist/tcp-teardown-0.1.0.zip" "$world/first.zip"
  sleep 2.1
  world_variables=(TZ=Asia/Tokyo)
  run scripts/package
  expect cmp "$world/first.zip" "$world/project/dist/tcp-teardown-0.1.0.zip"
}

test_measure_prints_the_table() {
  fake_build
  run scripts/measure --sizes
  expect_status 0
  expect_text "index.html, raw"
  expect_text "315,000  within"
  expect_text "193,000  within"
  expect_text "187,000  within"
  expect_text "what, in bytes of 1,000, not inlined"
  expect_text "the rest                                     1,000"
  expect_text "recomputing slow                                49           50  within"
  expect_text "in WebAssembly, slow                         150          200  within"
  expect_text "requests after the page                          0            0  within"
  expect_text "333  within"
  expect_text "121        2,048  within"
}

test_measure_fails_over_budget() {
  fake_build
  cat >>"$world/bin/cmake" <<<'head -c 315001 /dev/urandom >>dist/index.html'
  run scripts/measure --sizes
  expect_status 1
  expect_text "315,000  OVER"
}

test_measure_fails_when_a_run_takes_too_long() {
  fake_build
  cat >>"$world/bin/cmake" <<<'echo "console.log(\"slow\\t201\")" >build/web/core/bench.js'
  run scripts/measure --sizes
  expect_status 1
  expect_text "201          200  OVER"
}

test_measure_fails_when_exploring_takes_too_much() {
  fake_build
  cat >>"$world/bin/cmake" <<<'sed -i s/121/2,049/ build/native/core/teardown'
  run scripts/measure --sizes
  expect_status 1
  expect_text "2,048  OVER"
}

test_measure_counts_requests() {
  fake_build
  cat >>"$world/bin/cmake" <<<'echo "<img src=\"a.png\">" >>dist/index.html'
  run scripts/measure --sizes
  expect_status 1
  expect_text "requests after the page                          1            0  OVER"
}

run_tests "$@"
