#!/usr/bin/env bash
# Every command tells how it is used, and refuses what it does not know.
set -euo pipefail
source "$(dirname "$0")/world.sh"

readonly commands="run build test package measure fuzz mutate record"

test_help_is_printed() {
  local command
  for command in $commands; do
    run "scripts/$command" --help
    expect_status 0
    expect_text "Usage: scripts/$command"
    expect_text "--help"
  done
}

test_an_unknown_argument_prints_the_usage_and_exits_with_2() {
  local command
  for command in $commands; do
    run "scripts/$command" --nonsense
    expect_status 2
    expect_text "scripts/$command: unknown argument \"--nonsense\"."
    expect_text "Usage: scripts/$command"
  done
}

test_the_usage_goes_to_stderr_when_it_is_an_answer_to_an_error() {
  status=0
  output=$(cd "$world/project" && in_world scripts/run --nonsense 2>/dev/null) || status=$?
  expect_status 2
  expect [ -z "$output" ]
}

test_a_bad_port_is_refused() {
  local port
  for port in 0 65536 -1 80x ""; do
    run scripts/run --port "$port"
    expect_status 2
    expect_text "--port wants a number"
  done
  run scripts/run --port
  expect_status 2
}

test_an_unknown_preset_is_refused() {
  run scripts/build web debug
  expect_status 2
  expect_text 'unknown argument "debug"'
}

test_only_wants_an_expression() {
  local command
  for command in test mutate; do
    run "scripts/$command" --only
    expect_status 2
    expect_text "--only wants a regular expression."
  done
}

test_a_bad_number_of_mutants_is_refused() {
  local number
  for number in 0 -1 1.5 10x ""; do
    run scripts/mutate --count "$number"
    expect_status 2
    expect_text "--count wants a number"
  done
  run scripts/mutate --seed
  expect_status 2
  expect_text "--seed wants a number"
}

test_a_bad_number_of_seconds_is_refused() {
  local seconds
  for seconds in 0 -1 1.5 10x ""; do
    run scripts/fuzz --seconds "$seconds"
    expect_status 2
    expect_text "--seconds wants a number"
  done
  run scripts/fuzz --seconds
  expect_status 2
}

test_ci_runs_the_tests_and_nothing_else() {
  local lines
  lines=$(grep -vc '^#' "$repository/.ci/run")
  expect [ "$lines" -eq 1 ]
  expect grep -q 'scripts/test"$' "$repository/.ci/run"
}

run_tests "$@"
