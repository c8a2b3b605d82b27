# shellcheck shell=bash
# What every command uses: paths, messages, and how a long step is run. setup.sh reads this file
# first, then the others.

project=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
readonly project
command_name=scripts/$(basename "$0")
readonly command_name

# Messages for people go to stderr, so that stdout carries only results.
say() { printf '%s\n' "$*" >&2; }
step() { printf '==> %s\n' "$*" >&2; }

# die SENTENCE: prints one clear sentence and ends the command.
die() {
  printf '%s: %s\n' "$command_name" "$*" >&2
  exit 1
}

# Anything else that stops a command is a bug in these scripts; it must not stop silently.
set -o errtrace
trap 'say "$command_name: \"$BASH_COMMAND\" failed (${BASH_SOURCE:-a script}, line $LINENO)."' ERR

# usage_error SENTENCE: wrong arguments. The command has defined usage().
usage_error() {
  printf '%s: %s\n' "$command_name" "$*" >&2
  usage >&2
  exit 2
}

has() { command -v "$1" >/dev/null 2>&1; }

is_root() { [ "$(id -u)" -eq 0 ]; }

jobs() { getconf _NPROCESSORS_ONLN 2>/dev/null || echo 2; }

# version_at_least HAVE WANTED
version_at_least() {
  [ "$(printf '%s\n%s\n' "$2" "$1" | sort -V | head -n 1)" = "$2" ]
}

# hash_of TEXT: a short name for a set of versions.
hash_of() { printf '%s' "$1" | sha256sum | cut -c1-12; }

# require_space KILOBYTES FOLDER WHAT
require_space() {
  local free
  free=$(df -Pk "$2" | awk 'NR == 2 { print $4 }')
  [ "$free" -ge "$1" ] ||
    die "$3 needs $(($1 / 1024)) MB in $2, where only $((free / 1024)) MB are free."
}

# While a step runs, prints every few seconds how long it has taken and the last line of its log.
report_progress() {
  local log=$1 owner=$2 seconds=0 line
  # The locks belong to the command, not to this helper: they must be free when the command dies.
  [ -z "$lock_fd" ] || exec {lock_fd}>&-
  [ -z "$tree_fd" ] || exec {tree_fd}>&-
  # The sleep gets no output of ours: it may outlive this helper by a moment, and would keep a pipe
  # open.
  while sleep 5 >/dev/null 2>&1 && kill -0 "$owner" 2>/dev/null; do
    seconds=$((seconds + 5))
    line=$(tail -c 400 "$log" 2>/dev/null | tr '\r' '\n' | grep -av '^[[:space:]]*$' | tail -n 1)
    printf '    %3d s  %.88s\n' "$seconds" "$line" >&2
  done
}

# logged TITLE LOG COMMAND...: runs a long step with its output in LOG, and returns its exit code.
# When that is not 0, it has printed the end of the log.
logged() {
  local title=$1 log=$2 status=0 reporter
  shift 2
  step "$title"
  mkdir -p "$(dirname "$log")"
  : >"$log"
  report_progress "$log" "$$" &
  reporter=$!
  "$@" >"$log" 2>&1 || status=$?
  kill "$reporter" 2>/dev/null || true
  wait "$reporter" 2>/dev/null || true
  if [ "$status" -ne 0 ]; then
    # Compilers explain the first failure best, other tools the last line.
    { grep -an -m 1 -A 40 '^FAILED:' "$log" || tail -n 15 "$log"; } | cut -c1-400 >&2
    say "The full log: $log"
  fi
  return "$status"
}

# beside LOG COMMAND...: starts a step that goes on while others run, with its output in LOG.
# finish_beside TITLE waits for it, and ends this command where it failed. If this command ends
# first, the step goes on to its end and does no harm: it holds its own lock.
beside_log=''
beside_pid=''
beside() {
  beside_log=$1
  shift
  mkdir -p "$(dirname "$beside_log")"
  "$@" >"$beside_log" 2>&1 </dev/null &
  beside_pid=$!
}

finish_beside() {
  local status=0 reporter
  step "$1"
  report_progress "$beside_log" "$$" &
  reporter=$!
  wait "$beside_pid" || status=$?
  kill "$reporter" 2>/dev/null || true
  wait "$reporter" 2>/dev/null || true
  if [ "$status" -ne 0 ]; then
    # The last line is its sentence.
    tail -n 15 "$beside_log" >&2
    exit "$status"
  fi
}
