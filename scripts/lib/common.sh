# shellcheck shell=bash
# What every command uses: where things are, what it says, and how it runs a long step.
# A command reads this file first; it reads the others.

project=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
readonly project
command_name=scripts/$(basename "$0")
readonly command_name

# Everything that a person is told goes to stderr, so that stdout carries only results.
say() { printf '%s\n' "$*" >&2; }
step() { printf '==> %s\n' "$*" >&2; }

# die SENTENCE: the one clear sentence, and the end.
die() {
  printf '%s: %s\n' "$command_name" "$*" >&2
  exit 1
}

# Whatever else stops a command is a mistake of ours; it must not stop without a word.
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

# While a step runs, says every few seconds how long it has taken and what its log says last.
report_progress() {
  local log=$1 owner=$2 seconds=0 line
  # The locks are the command's, not this helper's: a command that dies must let go of them.
  [ -z "$lock_fd" ] || exec {lock_fd}>&-
  [ -z "$tree_fd" ] || exec {tree_fd}>&-
  # The sleep is given no output of ours: it may outlive this helper by a moment, and a pipe with
  # it.
  while sleep 5 >/dev/null 2>&1 && kill -0 "$owner" 2>/dev/null; do
    seconds=$((seconds + 5))
    line=$(tail -c 400 "$log" 2>/dev/null | tr '\r' '\n' | grep -av '^[[:space:]]*$' | tail -n 1)
    printf '    %3d s  %.88s\n' "$seconds" "$line" >&2
  done
}

# logged TITLE LOG COMMAND...: runs a long step with its output in LOG. Returns its exit code; when
# that is not 0, the log's end has been shown.
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
