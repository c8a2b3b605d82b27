#!/usr/bin/env bash
# The command-line tool: its output, what it says of mistakes, and its exit codes.
#   cli_test.sh TEARDOWN SOURCES VERSION
set -uo pipefail

teardown=$1
sources=$2
version=$3
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
failed=0

# expect CODE STDOUT STDERR -- ARGUMENTS…: STDOUT and STDERR are patterns for the whole output.
expect() {
  local code=$1 out=$2 err=$3
  shift 4
  "$teardown" "$@" >"$work/out" 2>"$work/err" <"${input:-/dev/null}"
  local got=$?
  # shellcheck disable=SC2053
  if [[ $got != "$code" || $(<"$work/out") != $out || $(<"$work/err") != $err ]]; then
    printf 'FAILED: teardown %s\n  exit code %s, expected %s\n  out: %s\n  err: %s\n' \
      "$*" "$got" "$code" "$(head -c 600 "$work/out")" "$(head -c 600 "$work/err")"
    failed=1
  fi
}

normal=$sources/assets/scenarios/normal-close.json
ladder=$(<"$sources/tests/golden/normal-close.txt")

expect 0 $'normal-close\tNormal close\nthree-segments\t*\nlost-first-fin\t*\nlost-final-ack\t*' '' -- list
expect 0 "teardown $version" '' -- --version
expect 0 'usage: teardown list*' '' -- --help
expect 0 '{*"scenario": "normal-close"*}' '' -- run normal-close
expect 0 "$ladder" '' -- run normal-close --format figure
expect 0 "$ladder" '' -- run "$normal" --format figure
input=$normal expect 0 "$ladder" '' -- run - --format figure
expect 0 '*"fate":"dropped"*' '' -- run normal-close \
  --edits '[{"fault":"drop","segment":{"number":1}}]'
expect 0 '*"arrives_ms":7,*' '' -- run normal-close --knobs '{"delay_ms":7}'
expect 0 "$normal: ok" '' -- check "$normal"

# A file that is broken in ten ways is told so in ten lines, and the other file is still looked at.
cat >"$work/lost.json" <<'JSON'
{ "format": 1, "id": "lost", "title": 5, "colour": "red",
  "policy": { "rto": 1, "mss": 0, "rfc5961": "yes", "time_wait_restart": "always" },
  "client": { "state": "CLOSEWAIT" },
  "script": [ { "at_ms": -1, "side": "client", "do": "close" },
              { "at_ms": 0, "side": "client", "do": "close", "how": "write" } ],
  "until_ms": "soon" }
JSON
expect 1 "$normal: ok" "$work/lost.json: /colour: *$work/lost.json: /until_ms: *" -- \
  check "$work/lost.json" "$normal"
if [[ $(wc -l <"$work/err") != 10 ]]; then
  echo "FAILED: ten mistakes are $(wc -l <"$work/err") lines"
  failed=1
fi
expect 1 '' "$work/lost.json: /colour: *" -- run "$work/lost.json"
expect 1 '' 'nothing-here: no such scenario*' -- run nothing-here
expect 1 '' "$work/none.json: cannot be read" -- check "$work/none.json"
expect 1 '' 'standard input: not JSON: *' -- run -
expect 1 '' '--edits: /0: *' -- run normal-close --edits '[{}]'
expect 1 '' '--edits: /0: *--knobs: not JSON: *' -- run normal-close --edits '[{}]' --knobs '{'

expect 2 '' 'teardown: what to do?*usage: *' --
expect 2 '' 'teardown: no command play*usage: *' -- play
expect 2 '' 'teardown: run needs a scenario*usage: *' -- run
expect 2 '' 'teardown: run takes one scenario*usage: *' -- run normal-close three-segments
expect 2 '' 'teardown: run has no option --speed*usage: *' -- run normal-close --speed 2
expect 2 '' 'teardown: --edits needs a value*usage: *' -- run normal-close --edits
expect 2 '' 'teardown: --format stands twice*usage: *' -- \
  run normal-close --format json --format figure
expect 2 '' 'teardown: run has no option -x*usage: *' -- run -x
expect 2 '' 'teardown: check has no option --help*usage: *' -- check --help
expect 2 '' 'teardown: --format is json or figure, not xml*usage: *' -- \
  run normal-close --format xml
expect 2 '' 'teardown: check needs a file*usage: *' -- check
expect 2 '' 'teardown: list takes no arguments*usage: *' -- list all

if "$teardown" list >/dev/full 2>/dev/null; then
  echo "FAILED: a full disk is not noticed"
  failed=1
fi

exit $failed
