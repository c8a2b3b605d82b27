#!/usr/bin/env bash
# What no committed file may contain, and that the scripts are clean.
set -euo pipefail
source "$(dirname "$0")/world.sh"

# All text that is committed or about to be; without git, everything but what is built.
committed_files() {
  if git -C "$repository" rev-parse >/dev/null 2>&1; then
    git -C "$repository" ls-files -z --cached --others --exclude-standard
  else
    (cd "$repository" && find . -regex '.*/\(build\|dist\|node_modules\|[.]git\)' -prune -o \
      -type f -print0)
  fi
}

# refuse WHAT PATTERN: the patterns are written so that this file does not match them itself.
refuse() {
  output=$(cd "$repository" && committed_files | xargs -0 grep -nIE -- "$2" 2>/dev/null) || true
  [ -z "$output" ] || fail "$1"
}

test_no_address_of_a_package_registry() {
  refuse "a registry's address" \
    'npmjs[.]org|(deb|ftp|security|snapshot)[.]debian[.]org|pypi[.]org|crates[.]io'
  refuse "a resolved address in a lock file" '"resolved"[:]'
}

test_no_path_of_one_machine() {
  refuse "a path of one machine" '(^|[^a-zA-Z0-9_./-])/(work|home|Users)[/][a-z]'
  refuse "a path outside of the repository" '[.][.]/shared[/]'
}

test_no_unfinished_business() {
  refuse "unfinished business" '(TO[D]O|FIX[M]E|XX[X])([^A-Za-z]|$)'
}

test_no_conflict_markers_and_no_trailing_space() {
  refuse "a conflict marker" '^(<<<<<<<|>>>>>>>)[ ]'
  refuse "white space at the end of a line" '[^ 	][ 	]+$'
}

test_lines_of_scripts_have_at_most_100_columns() {
  output=$(cd "$repository" && committed_files |
    grep -zE '^(scripts/|tests/scripts/|.*CMakeLists.txt$)' | grep -zv 'package-lock.json$' |
    LC_ALL=C.UTF-8 xargs -0 grep -nE '^.{101,}') || true
  [ -z "$output" ] || fail "a line is longer than 100 columns"
}

test_no_binary_and_no_large_file() {
  output=$(cd "$repository" && committed_files | while read -r -d '' file; do
    # The README's picture of the page is our own.
    [ "$file" != assets/page.webp ] || continue
    [ ! -s "$file" ] || grep -qI '' "$file" || printf '%s: binary\n' "$file"
    [ "$(wc -c <"$file")" -le 200000 ] || printf '%s: large\n' "$file"
  done)
  [ -z "$output" ] || fail "a file that does not belong into the repository"
}

test_shell_scripts_are_clean() {
  type -P shellcheck >/dev/null || return 0
  cd "$repository"
  output=$(shellcheck -x scripts/{run,build,test,package,measure,record,fuzz,mutate} \
    scripts/lib/*.sh .ci/run tests/*/*.sh 2>&1) || fail "shellcheck complains"
}

run_tests
