# shellcheck shell=bash
# The cache: tools and sources that are set up once per machine and shared by all checkouts.
#
# An entry is a folder whose name carries its versions. It is made under a temporary name and
# renamed when it is complete: an entry that exists is complete, and the next set-up removes what a
# killed one has left. One lock is held while entries are made.

cache=${XDG_CACHE_HOME:-${HOME:-/root}/.cache}/tcp-teardown
readonly cache
readonly logs=$cache/logs

lock_fd='' # the lock on the cache, while it is held
tree_fd='' # the lock on this checkout's build trees

# take_lock FILE VARIABLE WHO: waits for the lock, saying so; the descriptor goes to VARIABLE.
take_lock() {
  local file=$1 fd
  exec {fd}>>"$file"
  if ! flock -n "$fd"; then
    step "Waiting for $3 to finish"
    flock "$fd"
  fi
  printf -v "$2" '%s' "$fd"
}

lock_cache() {
  [ -z "$lock_fd" ] || return 0
  if ! mkdir -p "$cache" 2>/dev/null || [ ! -w "$cache" ]; then
    die "The cache folder $cache cannot be written; set XDG_CACHE_HOME to one that can."
  fi
  take_lock "$cache/lock" lock_fd "another checkout's set-up"
}

unlock_cache() {
  [ -n "$lock_fd" ] || return 0
  exec {lock_fd}>&-
  lock_fd=''
}

# without_locks COMMAND...: for commands that may start services, which would hold our locks for as
# long as they run.
without_locks() (
  [ -z "$lock_fd" ] || exec {lock_fd}>&-
  [ -z "$tree_fd" ] || exec {tree_fd}>&-
  exec "$@"
)

lock_build_trees() {
  mkdir -p "$project/build"
  take_lock "$project/build/.lock" tree_fd "another build in this checkout"
}

unlock_build_trees() {
  exec {tree_fd}>&-
  tree_fd=''
}

entry_path() { printf '%s/%s' "$cache" "$1"; }
entry_exists() { [ -d "$(entry_path "$1")" ]; }

# begin_entry NAME: prints an empty folder to make the entry in. The lock is held, so any such
# folder that exists already was left by a set-up that died.
begin_entry() {
  local new
  new=$(entry_path "new.$1")
  rm -rf --one-file-system "$new"
  mkdir -p "$new"
  printf '%s' "$new"
}

finish_entry() { mv -T "$(entry_path "new.$1")" "$(entry_path "$1")"; }
