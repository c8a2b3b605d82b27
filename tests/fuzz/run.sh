#!/usr/bin/env bash
# Runs one fuzzer, starting from the committed corpus and from what it has learned before:
#
#   run.sh [--seed N] FUZZER LIMIT CORPUS ARTIFACTS
#
# FUZZER is the program, build/sanitize/fuzz_NAME. LIMIT is runs=N, the number of inputs, or
# seconds=N. The fuzzer writes what it learns to CORPUS/NAME, and never to the committed corpus.
# With a seed it starts from the committed corpus alone and makes the same choices each time, so that
# a test fails because of a change and not by chance. An input that breaks a law is kept in
# ARTIFACTS, and the last lines say how to run it again.
set -euo pipefail

seed=''
if [ "$1" = --seed ]; then
  seed=$2
  shift 2
fi
readonly fuzzer=$1 limit=$2 corpus=$3 artifacts=$4
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
  -timeout=10
  -rss_limit_mb=2048
  "-dict=$dictionary"
  "-artifact_prefix=$artifacts/$name-"
  -print_final_stats=1
  -print_funcs=0
)
case $limit in
  runs=*) options+=("-runs=${limit#runs=}") ;;
  seconds=*) options+=("-max_total_time=${limit#seconds=}") ;;
  *)
    printf 'The limit is runs=N or seconds=N, not %s.\n' "$limit"
    exit 1
    ;;
esac
# To prefer inputs by how fast they are would make other choices on a busy machine.
if [ -n "$seed" ]; then
  options+=("-seed=$seed")
else
  options+=(-entropic_scale_per_exec_time=1)
fi

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
  # The last line of its progress, and its statistics. Without them nothing was fuzzed.
  grep -aE '^#[0-9]' "$log" | tail -n 1
  grep -a '^stat::' "$log"
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
