# shellcheck shell=bash
# A small world for the tests of scripts/: a copy of the project's scripts, a cache of its own, and
# a PATH on which only plain tools and the test's fakes are found. No test here needs a network or
# root.
#
# A test file sources this, defines functions test_…, and ends with run_tests. In a test:
#   fake NAME <<'SH' … SH    puts a fake command on PATH; each call is also noted in $world/calls
#   run COMMAND…             runs in the world; sets $status and $output
#   expect_status N, expect_text TEXT, expect_no_text TEXT, expect_calls N PATTERN, expect TEST…

repository=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
readonly repository

readonly plain_tools="awk basename bash cat chmod cp cut df dirname env find flock getconf grep head
  id ln ls mkdir mktemp mv node readlink rm sed seq sh sha256sum sleep sort tail tar timeout touch
  tee tr true wc xz"

make_world() {
  local tool found
  world=$(mktemp -d)
  mkdir -p "$world/bin" "$world/project/web" "$world/home"
  cp -r "$repository"/{scripts,CMakeLists.txt,CMakePresets.json} "$world/project/"
  cp -r "$repository/web/page" "$world/project/web/"
  [ ! -f "$repository/LICENSE" ] || cp "$repository/LICENSE" "$world/project/"
  for tool in $plain_tools; do
    found=$(type -P "$tool") && ln -s "$found" "$world/bin/$tool"
  done
  : >"$world/calls"
}

# use TOOL…: real tools, beyond the plain ones.
use() {
  local tool
  for tool in "$@"; do
    type -P "$tool" >/dev/null || fail "this test needs $tool, which is not here"
    ln -sf "$(type -P "$tool")" "$world/bin/$tool"
  done
}

fake() {
  rm -f "$world/bin/$1"
  {
    # shellcheck disable=SC2016 # the fake expands these
    printf '#!%s\nworld=%q\nprintf "%%s\\n" "%s $*" >>"$world/calls"\n' \
      "$(command -v bash)" "$world" "$1"
    cat
  } >"$world/bin/$1"
  chmod +x "$world/bin/$1"
}

in_world() {
  env -i HOME="$world/home" XDG_CACHE_HOME="$world/cache" PATH="$world/bin" LANG=C.UTF-8 \
    ${world_variables[@]+"${world_variables[@]}"} "$@"
}
world_variables=()

# What a command says stands in $world/said while it runs, and in $output afterwards.
run() {
  status=0
  (cd "$world/project" && in_world "$@" >"$world/said" 2>&1 </dev/null) || status=$?
  output=$(cat "$world/said")
}

# run_lib COMMANDS: runs shell commands in a script that has sourced scripts/lib/setup.sh.
run_lib() {
  run bash -euo pipefail -c 'source scripts/lib/setup.sh; eval "$1"' scripts/test "$1"
}

fail() {
  printf '  %s\n' "$*"
  [ -z "${output:-}" ] || printf '%s\n' "$output" | sed 's/^/    | /'
  exit 1
}

expect() { "$@" || fail "expected: $*"; }
expect_status() { [ "$status" -eq "$1" ] || fail "expected exit code $1, got $status"; }
expect_text() { [[ $output == *"$1"* ]] || fail "expected the output to say: $1"; }
expect_no_text() { [[ $output != *"$1"* ]] || fail "expected the output not to say: $1"; }
expect_calls() {
  local count
  # 1 says that there are none; anything above, that grep failed.
  count=$(grep -c -- "$2" "$world/calls") || [ $? -eq 1 ] || fail "grep does not take \"$2\""
  [ "$count" -eq "$1" ] || fail "expected $1 calls like \"$2\", got $count"
}

# run_tests [TEST]: runs one test, or each in a shell of its own. Inside a condition, a shell would
# ignore the commands of a test that fail: `set -e` is off there.
run_tests() {
  local test failed=0
  if [ $# -gt 0 ]; then
    make_world
    trap 'rm -rf "$world"' EXIT
    "$1"
    return
  fi
  for test in $(declare -F | sed -n 's/^declare -f \(test_.*\)/\1/p'); do
    if bash "$0" "$test"; then
      printf 'ok   %s\n' "$test"
    else
      printf 'FAIL %s\n' "$test"
      failed=1
    fi
  done
  exit "$failed"
}

# Fakes that several tests share.

fake_user() { fake id <<<"case \$* in -u) echo $1 ;; *) echo somebody ;; esac"; }
fake_free_space() { fake df <<<"printf 'a\nfs 1 1 $1 1%% /\n'"; }

# A machine whose apt has everything installed but does not answer.
fake_apt() {
  fake apt-get <<<'case $1 in indextargets) echo "stable mirror:/debian/" ;; *) exit 100 ;; esac'
  fake apt-cache <<<'exit 1'
  fake dpkg-query <<<'echo "install ok installed"'
}
