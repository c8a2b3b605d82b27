#!/usr/bin/env bash
# Makes three recordings of the kernel of this machine, and holds what comes out against the engine.
# Skipped, with exit code 77 and a sentence, where no network namespace can be made.
#   record_test.sh RECORD
set -euo pipefail

record=$1
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT

fail() {
  printf 'FAIL %s\n' "$1"
  [ ! -s "$folder/out" ] || cat "$folder/out"
  exit 1
}

# expect CODE ARGUMENT…
expect() {
  local wanted=$1 code=0
  shift
  "$record" "$@" >"$folder/out" 2>&1 || code=$?
  [ "$code" -eq "$wanted" ] || fail "record $*: expected exit code $wanted, got $code"
}
expect_text() { grep -qF -- "$1" "$folder/out" || fail "expected the output to say: $1"; }

# refuse ID SENTENCE: a scenario that kernels cannot live through.
refuse() {
  expect 2 "$1"
  expect_text "This scenario cannot be recorded. $2"
}

expect 2
expect_text 'usage: record'
expect 2 normal-close --compare "$0"
expect_text 'usage: record'
expect 2 no-such-scenario
expect_text 'no such scenario or file'
expect 2 --compare "$0"
expect_text 'not JSON'
expect 2 --compare "$folder/none.json"
expect_text 'no such file'
refuse peer-reboot 'The policy keepalive cannot be set in a kernel.'
refuse blind-reset "A host's crash or a forged segment cannot be recorded."
refuse close-wait-port-reuse 'A second connection cannot be recorded.'
refuse time-wait-reopen 'Both ends have to start in ESTABLISHED.'
refuse zero-window "A kernel's window cannot be made that small."

# Everything that a network can do to a segment, and a limit of the kernel that can be set.
cat >"$folder/faults.json" <<'JSON'
{
  "format": 1, "id": "faults", "title": "Faults", "network": { "delay_ms": 25 },
  "client": { "policy": { "fin_wait_2_timeout_ms": 1000 } },
  "script": [
    { "at_ms": 0, "side": "client", "do": "close" },
    { "when": { "side": "server", "state": "CLOSE_WAIT" }, "after_ms": 100,
      "side": "server", "do": "close" },
    { "fault": "duplicate", "after_ms": 300,
      "segment": { "from": "server", "has": "FIN", "nth": 1 } },
    { "fault": "delay", "by_ms": 40, "segment": { "from": "client", "flags": "ACK", "nth": 1 } }
  ]
}
JSON

for scenario in normal-close "$folder/faults.json" lost-final-ack; do
  id=$(basename "$scenario" .json)
  code=0
  "$record" "$scenario" --output "$folder/$id.recording" >"$folder/out" 2>&1 || code=$?
  if [ "$code" -eq 77 ]; then
    printf 'Skipped: '
    cat "$folder/out"
    exit 77
  fi
  [ "$code" -eq 0 ] || fail "the kernel and the engine differ in $id"
  expect_text "ok         client's states: FIN_WAIT_1 FIN_WAIT_2 TIME_WAIT"
  expect_text "ok         server's states: CLOSE_WAIT LAST_ACK CLOSED"
  expect 0 --compare "$folder/$id.recording"
done
expect_text 'ok         segment 4: client ACK SEQ=101 ACK=301 lost'
expect_text 'ok         segment 6: client ACK SEQ=101 ACK=301'

# What the network did to the segments is in the recording.
grep -q '"ack": 101, "len": 0, "copy_of": 3,' "$folder/faults.recording" || fail 'no copy'

# A recording in which one number is another one is not the engine's.
sed -i 's/"seq": 300, "ack": 101/"seq": 300, "ack": 100/' "$folder/normal-close.recording"
expect 1 --compare "$folder/normal-close.recording"
expect_text 'different  segment 2: server ACK SEQ=300 ACK=100'
