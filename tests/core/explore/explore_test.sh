#!/usr/bin/env bash
# All standard explorations, with the release build: it takes seconds, where the build with
# sanitizers would take minutes.
#   explore_test.sh TEARDOWN FIGURES
set -euo pipefail

teardown=$1
figures=$2
output=$(mktemp)
trap 'rm -f "$output"' EXIT
failed=0
fail() {
  printf 'FAILED: %s\n' "$*"
  failed=1
}
expect() { grep -qE -- "$1" "$output" || fail "teardown explore does not print \"$1\""; }

code=0
"$teardown" explore >"$output" || code=$?
[[ $code == 0 ]] || fail "the exit code is $code, expected 0"
expect '^[0-9]+ passed, 0 failed$'
# The largest exploration: the numbers that the article names.
figure() { sed -nE "s/^ *\"$1\": ([0-9]+),?\$/\1/p" "$figures"; }
states=$(awk '/^[^ ]/ { name = $0 }
  name == "both send one byte" && $2 == "states," { gsub(",", "", $1); print $1 }' "$output")
passed=$(awk '/^[^ ]/ { name = $0 }
  name == "both send one byte" && $1 == "passed" { n++ } END { print n + 0 }' "$output")
[[ $states == "$(figure explored_states)" ]] ||
  fail "$states states are explored; assets/figures.json says $(figure explored_states)"
[[ $passed == "$(figure explored_properties)" ]] ||
  fail "$passed properties hold; assets/figures.json says $(figure explored_properties)"
# As many as in a model that was built independently of this engine.
expect '^  859,194 states, '
# The Server answers after EOF, with one byte and with two.
expect '^  25,987 states, '
expect '^  788,265 states, '
controls=$(grep -c 'broken, as it must be' "$output") || fail 'no negative control is broken'
[[ $controls == 7 ]] || fail "$controls negative controls are broken, expected 7"

if [[ $failed != 0 ]]; then
  grep -B1 -A3 FAILED "$output" | head -n 60 || true
fi
exit "$failed"
