#!/usr/bin/env bash
# The cache: whole entries, one set-up at a time, one build per checkout.
set -euo pipefail
source "$(dirname "$0")/world.sh"

# Holds a lock until the file $world/release exists.
hold_lock() {
  mkdir -p "$(dirname "$1")"
  flock "$1" bash -c 'touch "$0/held"; until [ -e "$0/release" ]; do sleep 0.05; done' "$world" &
  until [ -e "$world/held" ]; do sleep 0.05; done
}

# Runs COMMANDS beside the held lock. When they say that they wait, calls the function MEANWHILE, if
# one is given, and lets go of the lock.
run_beside_lock() {
  local script
  (
    run_lib "$1"
    printf '%s\n' "$status" >"$world/status"
    printf '%s\n' "$output" >"$world/output"
  ) &
  script=$!
  until grep -q 'Waiting for' "$world/said" 2>/dev/null; do
    [ ! -e "$world/status" ] || fail "it did not wait"
    sleep 0.05
  done
  ${2:-true}
  touch "$world/release"
  wait "$script"
  status=$(cat "$world/status")
  output=$(cat "$world/output")
}

test_a_second_checkout_waits_for_the_first_and_says_so() {
  hold_lock "$world/cache/tcp-teardown/lock"
  run_beside_lock 'lock_cache; echo in'
  expect_status 0
  expect_text "==> Waiting for another checkout's set-up to finish"
  expect_text "in"
}

test_a_second_build_in_one_checkout_waits_and_says_so() {
  hold_lock "$world/project/build/.lock"
  run_beside_lock 'lock_build_trees; echo in'
  expect_status 0
  expect_text "==> Waiting for another build in this checkout to finish"
}

test_nobody_waits_without_need() {
  run_lib 'lock_cache; lock_build_trees; unlock_cache; unlock_build_trees; echo in'
  expect_status 0
  expect [ "$output" = in ]
}

test_what_was_set_up_while_waiting_is_not_set_up_again() {
  local entry
  fake npm <<<'exit 1'
  run_lib 'printf "npm-closure-%s" "$(hash_of "$(node --version | cut -d. -f1) $(
    cat scripts/package-lock.json)")"'
  entry=$world/cache/tcp-teardown/$output
  hold_lock "$world/cache/tcp-teardown/lock"
  set_up_by_another() { mkdir "$entry"; }
  run_beside_lock 'npm_entry closure scripts; echo there' set_up_by_another
  expect_status 0
  expect_text "there"
  expect_calls 0 '^npm'
}

test_an_entry_appears_only_when_it_is_whole() {
  run_lib 'lock_cache; new=$(begin_entry thing); touch "$new/half"; entry_exists thing && exit 3
    finish_entry thing; entry_exists thing'
  expect_status 0
}

test_what_a_killed_set_up_left_is_swept_away() {
  run_lib 'lock_cache; new=$(begin_entry thing); touch "$new/half"; kill -9 "$$"'
  expect_status 137
  run_lib 'lock_cache; new=$(begin_entry thing); ls "$new"; finish_entry thing'
  expect_status 0
  expect_no_text half
}

test_a_cache_that_cannot_be_written_is_one_sentence() {
  : >"$world/cache"
  run_lib lock_cache
  expect_status 1
  expect_text "The cache folder $world/cache/tcp-teardown cannot be written; set XDG_CACHE_HOME"
}

test_npm_packages_are_installed_once_and_linked() {
  fake npm <<'SH'
while [ "$1" != --prefix ]; do shift; done
mkdir -p "$2/node_modules/thing"
SH
  mkdir -p "$world/project/tests/browser"
  echo '{}' | tee "$world/project/tests/browser/package.json" \
    >"$world/project/tests/browser/package-lock.json"
  run_lib need_browser_test_modules
  run_lib need_browser_test_modules
  expect_status 0
  expect_calls 1 '^npm ci'
  expect [ -d "$world/project/tests/browser/node_modules/thing" ]
  expect [ -L "$world/project/tests/browser/node_modules" ]
}

test_a_long_step_says_what_its_log_says() {
  run_lib 'lock_cache; logged "Counting" "$logs/count.log" bash -c "echo one; sleep 6; echo two"'
  expect_status 0
  expect_text "==> Counting"
  expect_text "  5 s  one"
}

test_a_failed_build_shows_the_first_failure() {
  run_lib 'lock_cache; logged "Building" "$logs/b.log" bash -c "
    seq 100; echo FAILED: a.o; echo a.cpp:1: error; seq 200 290; exit 7"'
  expect_status 7
  expect_text "a.cpp:1: error"
  expect_no_text "290"
  expect_text "The full log:"
}

run_tests "$@"
