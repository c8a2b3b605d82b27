#!/usr/bin/env bash
# The command-line tool: its output, its error messages and its exit codes.
#   cli_test.sh TEARDOWN SOURCES VERSION
set -euo pipefail

teardown=$1
sources=$2
version=$3
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# A file remembers failures: a variable set at the end of a pipeline would be lost.
: >"$work/failures"
fail() { printf 'FAILED: %s\n' "$*" | tee -a "$work/failures"; }

# expect CODE STDOUT STDERR -- ARGUMENTS…: STDOUT and STDERR are patterns for the whole output.
expect() {
  local code=$1 out=$2 err=$3
  shift 4
  local got=0
  timeout 20 "$teardown" "$@" >"$work/out" 2>"$work/err" <"${input:-/dev/null}" || got=$?
  # shellcheck disable=SC2053
  if [[ $got != "$code" || $(<"$work/out") != $out || $(<"$work/err") != $err ]]; then
    fail "teardown $*"
    printf '  exit code %s, expected %s\n  out: %s\n  err: %s\n' \
      "$got" "$code" "$(head -c 600 "$work/out")" "$(head -c 600 "$work/err")"
  fi
}

normal=$sources/assets/scenarios/normal-close.json
ladder=$(<"$sources/tests/golden/normal-close.txt")

expect 0 $'normal-close\tNormal close\n*\nlost-final-ack\t*' '' -- list
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

# Explorations: a property that holds, one that must be broken, and wrong options.
without_time_wait='{"policy": {"time_wait": false}}'
expect 0 '*3,836 states, *14 passed, 0 failed' '' -- explore --duplicates 3
expect 0 '*broken, as it must be*1 passed, 0 failed' '' -- explore \
  --knobs "$without_time_wait" --must-break 10 --save "$work"
expect 0 '*(shutdown)*' '' -- run "$work/as-asked-p10.json" --format figure
expect 1 '*FAILED  P10*11 passed, 3 failed' '*cannot be written' -- explore \
  --knobs "$without_time_wait" --save "$work/nowhere" --server-closes any-time
expect 1 '*FAILED  P12*0 passed, 1 failed' '' -- explore --losses 0 --reopen --must-break 12
expect 2 '' '*explore has no option “--quick”*' -- explore --quick
expect 2 '' '*--losses needs a value*' -- explore --losses
expect 2 '' '*--losses: expected a number from 0 to 100, not “many”*' -- explore --losses many
expect 2 '' '*--losses is given twice*' -- explore --losses 1 --losses 1
expect 2 '' '*--octets: expected two numbers from 0 to 3 with a comma between, not “1”*' -- \
  explore --octets 1
expect 2 '' '*--must-break: expected a number from 1 to 16, not “0”*' -- explore --must-break 0
expect 2 '' '*--server-closes: expected any-time, after-eof or never, not “soon”*' -- explore \
  --server-closes soon
expect 2 '' '*--knobs: /profile: *' -- explore --knobs '{"profile": "plan9"}'

# Every scenario runs under every profile: exit code 0, and nothing on standard error.
"$teardown" list >"$work/list"
while IFS=$'\t' read -r id _; do
  for profile in rfc9293 linux freebsd macos windows; do
    knobs="{\"profile\": \"$profile\"}"
    expect 0 "{*\"scenario\": \"$id\"*}" '' -- run "$id" --knobs "$knobs"
    expect 0 '    Client * Server*' '' -- run "$id" --knobs "$knobs" --format figure
  done
  if [[ -e $sources/assets/scenarios/$id.json ]]; then
    expect 0 '*: ok' '' -- check "$sources/assets/scenarios/$id.json"
  else
    fail "$id is listed, but has no file"
  fi
done <"$work/list"
files=$(find "$sources/assets/scenarios" -name '*.json' | wc -l)
[[ $(wc -l <"$work/list") == "$files" ]] || fail "the list has not as many entries as there are files"
expect 0 '*"ended": "limit"*more than 2000 events*' '' -- run fin-wait-2-stuck --edits \
  '[{"at_ms":500,"side":"server","do":"send","bytes":1000000}]' --knobs '{"policy":{"mss":1}}'
expect 0 '*"/edits/0: no such segment in this run, so nothing was delayed"*' '' -- \
  run normal-close --edits '[{"fault":"delay","by_ms":5,"segment":{"number":2000}}]'
expect 0 '*"/edits/1: the host is down"*' '' -- run normal-close --edits \
  '[{"at_ms":0,"side":"client","do":"crash"},{"at_ms":1,"side":"client","do":"close"}]'
expect 0 '*"from":"server","flags":"RST","seq":1299,*"injected":true*' '' -- \
  run normal-close --edits '[{"at_ms":0,"side":"client","do":"inject",
    "segment":{"flags":"RST","seq":"rcv_nxt+rcv_wnd-1"}}]'

# Absurd files are refused quickly.
absurd() { # absurd NAME ERROR: the file comes from standard input
  cat >"$work/$1.json"
  expect 1 '' "$work/$1.json: $2*" -- check "$work/$1.json"
  expect 1 '' "$work/$1.json: $2*" -- run "$work/$1.json"
  input=$work/$1.json expect 1 '' "standard input: $2*" -- run -
}
repeat() { # repeat COUNT TEXT
  local text
  printf -v text '%*s' "$1" ''
  printf '%s' "${text// /$2}"
}
head -c 50000000 /dev/zero | tr '\0' ' ' | absurd blank 'larger than 1 MB'
head -c 50000000 /dev/zero | absurd zero 'larger than 1 MB'
head -c 10000 /dev/zero | tr '\0' '[' | absurd deep '/0/0/0/*: nested more than 32 levels deep'
repeat 10000 '{"a":' | absurd deeper '/a/a/a/*: nested more than 32 levels deep'
{
  printf '{"format": 1, "id": "many", "title": "x", "script": ['
  repeat 20000 '{"at_ms":0,"side":"client","do":"close"},'
  printf '7]}'
} | absurd many '/script: expected at most 10000 entries, found 20001'
printf '{"id": "\377"}' | absurd bytes 'not JSON: unexpected text at line 1, column 9'
printf '\377\376{\0}\0' | absurd utf16 'not JSON: '
printf '' | absurd empty 'not JSON: the text ends too early'
printf '{"a": 1, "b": 2' | absurd short 'not JSON: the text ends too early'
printf '[]' | absurd list 'expected an object, found a list'
mkdir "$work/folder.json"
expect 1 '' "$work/folder.json: *" -- check "$work/folder.json"
expect 1 '' '--edits: not JSON: *' -- run normal-close --edits '['
expect 1 '' '--edits: /0/segment/seq: expected a number, or a sum *' -- run normal-close --edits \
  '[{"at_ms":0,"side":"client","do":"inject","segment":{"flags":"RST","seq":"1+99999999999"}}]'
expect 1 '' '--edits: /0/at_ms: expected a whole number from 0 to 2592000000, found -1' -- \
  run normal-close --edits '[{"at_ms":-1,"side":"client","do":"close"}]'
expect 1 '' '--knobs: /profile: expected "rfc9293", "linux", *, found "plan9"' -- \
  run normal-close --knobs '{"profile": "plan9"}'
expect 1 '' '--knobs: /policy/rto_ms: expected a whole number from 1 to 86400000, found 0' -- \
  run normal-close --knobs '{"policy": {"rto_ms": 0}}'

# Ten mistakes in a file are ten lines, and the other file is still checked.
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
  fail "ten mistakes are $(wc -l <"$work/err") lines"
fi
expect 1 '' "$work/lost.json: /colour: *" -- run "$work/lost.json"
expect 1 '' 'nothing-here: no such scenario*' -- run nothing-here
expect 1 '' "$work/none.json: cannot be read" -- check "$work/none.json"
expect 1 '' 'standard input: not JSON: *' -- run -
expect 1 '' '--edits: /0: *' -- run normal-close --edits '[{}]'
expect 1 '' '--edits: /0: *--knobs: not JSON: *' -- run normal-close --edits '[{}]' --knobs '{'

expect 2 '' 'teardown: no command given*usage: *' --
expect 2 '' 'teardown: there is no command “play”*usage: *' -- play
expect 2 '' 'teardown: run needs a scenario*usage: *' -- run
expect 2 '' 'teardown: run takes one scenario*usage: *' -- run normal-close three-segments
expect 2 '' 'teardown: run has no option “--speed”*usage: *' -- run normal-close --speed 2
expect 2 '' 'teardown: --edits needs a value*usage: *' -- run normal-close --edits
expect 2 '' 'teardown: --format is given twice*usage: *' -- \
  run normal-close --format json --format figure
expect 2 '' 'teardown: run has no option “-x”*usage: *' -- run -x
expect 2 '' 'teardown: check has no option “--help”*usage: *' -- check --help
expect 2 '' 'teardown: --format is json or figure, not “xml”*usage: *' -- \
  run normal-close --format xml
expect 2 '' 'teardown: check needs a file*usage: *' -- check
expect 2 '' 'teardown: list takes no arguments*usage: *' -- list all

# Nothing that a person or a file made up reaches the terminal as a command to it.
hostile=$'\x1b[31m\xc2\x9b\xe2\x80\xae\xff\nx'
shown='\\u{1b}\[31m\\u{9b}\\u{202e}\\x{ff}\\u{a}x'
typed='“'$shown'”' typed_option='“-'$shown'”'
expect 2 '' "teardown: there is no command $typed*" -- "$hostile"
expect 2 '' "teardown: run has no option $typed_option*" -- run "-$hostile"
expect 2 '' "teardown: run takes one scenario, and $typed*" -- run normal-close "$hostile"
expect 2 '' "teardown: --format is json or figure, not $typed*" -- \
  run normal-close --format "$hostile"
expect 2 '' "teardown: explore has no option $typed*" -- explore "$hostile"
expect 2 '' "teardown: --losses: expected a number*$typed*" -- explore --losses "$hostile"
expect 2 '' 'teardown: --knobs: /\\u{1b}\[31m: unknown key*' -- explore --knobs '{"\u001b[31m": 1}'
expect 1 '' "$shown: no such scenario*" -- run "$hostile"
expect 1 '' "$shown: cannot be read" -- check "$hostile"
key='\\u{9b}\\u{200f}\\u{200b}\\u{e0041}'
printf '%s' '{"\u009b\u200f\u200b\udb40\udc41": 1}' >"$work/$hostile.json"
expect 1 '' "*$shown.json: /$key: unknown key*" -- \
  check "$work/$hostile.json"
sed 's/"id": "[^"]*"/"id": "hostile"/' "$normal" >"$work/$hostile.json"
expect 1 '' "*$shown.json: /id: expected the name of the file, \"$shown\", found \"hostile\"" -- \
  check "$work/$hostile.json"
cp "$normal" "$work/$hostile"
expect 0 "*/$shown: ok" '' -- check "$work/$hostile"
# A title may have them; what is printed of it is JSON that any terminal can show.
cat >"$work/beat.json" <<'JSON'
{ "format": 1, "id": "beat", "title": "x", "script": [], "beats": [ { "title": "\u009b\u202e\u0007",
  "when": { "side": "client", "state": "ESTABLISHED" }, "text": "\udb40\udc41" } ] }
JSON
expect 0 '*"title":"\\u009b\\u202e\\u0007","text":"\\udb40\\udc41"*' '' -- run "$work/beat.json"

if "$teardown" list >/dev/full 2>/dev/null; then
  fail "a full disk is not noticed"
fi

[[ ! -s $work/failures ]]
