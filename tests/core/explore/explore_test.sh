#!/usr/bin/env bash
# The standard explorations, all of them: the release build's, which takes seconds for what the one
# with sanitizers would take minutes for.
#   explore_test.sh TEARDOWN
set -euo pipefail

said=$("$1" explore)
code=$?
failed=0
expect() {
  if ! grep -qE -- "$1" <<<"$said"; then
    printf 'FAILED: teardown explore does not say "%s"\n' "$1"
    failed=1
  fi
}

expect '^[0-9]+ passed, 0 failed$'
# As many as in a model that was made apart from this engine.
expect '^  859,194 states, '
# The Server answers after EOF, with one octet and with two.
expect '^  25,987 states, '
expect '^  788,265 states, '
if [[ $(grep -c 'broken, as it must be' <<<"$said") != 7 ]]; then
  echo 'FAILED: not every negative control is found'
  failed=1
fi
if [[ $code != 0 ]]; then
  echo "FAILED: the exit code is $code"
  failed=1
fi
[[ $failed == 0 ]] || grep -B1 -A3 FAILED <<<"$said" | head -n 60
exit $failed
