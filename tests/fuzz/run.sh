#!/usr/bin/env bash
# Runs one fuzzer for a time, from the committed seeds and from what is in a corpus of its own:
#
#   run.sh [--seed N] FUZZER SECONDS CORPUS ARTIFACTS
#
# FUZZER is the program, build/sanitize/fuzz_NAME. It writes what it learns to CORPUS/NAME,
# and never to the seeds. With a seed it begins with an empty corpus and makes the same choices each
# time: as a test it fails because of a change, and not because of luck. An input that breaks a law
# is kept in ARTIFACTS, and the last lines say how to run it again.
set -euo pipefail

seed=''
if [ "$1" = --seed ]; then
  seed=$2
  shift 2
fi
readonly fuzzer=$1 seconds=$2 corpus=$3 artifacts=$4
name=${fuzzer##*/fuzz_}
here=$(cd "$(dirname "$0")" && pwd)
project=$(cd "$here/../.." && pwd)

if [ ! -x "$fuzzer" ]; then
  printf 'There is no fuzzer %s; scripts/build sanitize makes it.\n' "$fuzzer"
  exit 1
fi

seeds=("$here/corpus/$name")
dictionary=$here/scenario.dict
case $name in
  scenario) seeds+=("$project/assets/scenarios") ;;
  address) dictionary=$here/address.dict ;;
esac

[ -z "$seed" ] || rm -rf "${corpus:?}/$name"
mkdir -p "$corpus/$name" "$artifacts"

# One input takes milliseconds: what takes ten seconds hangs.
options=(
  "-max_total_time=$seconds"
  -timeout=10
  -rss_limit_mb=2048
  "-dict=$dictionary"
  "-artifact_prefix=$artifacts/$name-"
  -print_final_stats=1
  -print_funcs=0
  -entropic_scale_per_exec_time=1
)
[ -z "$seed" ] || options+=("-seed=$seed")

# Reports name functions and lines only where a symbolizer is found.
if [ -z "${ASAN_SYMBOLIZER_PATH:-}" ]; then
  symbolizer=$(command -v llvm-symbolizer llvm-symbolizer-19 | head -n 1) || true
  [ -z "$symbolizer" ] || export ASAN_SYMBOLIZER_PATH=$symbolizer
fi

# Most of the time would go into remembering who allocated what.
export ASAN_OPTIONS=malloc_context_size=4:quarantine_size_mb=32${ASAN_OPTIONS:+:$ASAN_OPTIONS}

log=$corpus/$name.log
status=0
"$fuzzer" "${options[@]}" "$corpus/$name" "${seeds[@]}" >"$log" 2>&1 || status=$?
if [ "$status" -eq 0 ]; then
  # How it ended: the last line of its progress, and its figures.
  grep -aE '^#[0-9]' "$log" | tail -n 1
  grep -a '^stat::' "$log" || true
  exit 0
fi

# The progress before is of no use to anybody; the report and its cause are.
grep -avE '^#[0-9]+[[:space:]]+(NEW|REDUCE|RELOAD|pulse|INITED)' "$log" | tail -n 100
found=$(sed -n 's/.*Test unit written to //p' "$log" | tail -n 1)
if [ -n "$found" ]; then
  printf '\nThe input that %s fails with: %s\nTo run it again: %s %s\n' \
    "fuzz_$name" "$found" "$fuzzer" "$found"
else
  printf '\nfuzz_%s failed without keeping an input; its log: %s\n' "$name" "$log"
fi
exit 1
