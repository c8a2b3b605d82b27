#!/usr/bin/env bash
# What no committed file may contain.
set -euo pipefail
source "$(dirname "$0")/world.sh"

# All text that is committed or about to be; without git, everything but what is built.
list_files() {
  if git rev-parse >/dev/null 2>&1; then
    git ls-files -z --cached --others --exclude-standard
  else
    find . -regex '.*/\(build\|dist\|node_modules\|[.]git\)' -prune -o -type f -printf '%P\0'
  fi
}

# Sets `files`: those that exist, since git also lists files that are deleted but not yet staged.
committed_files() {
  local file listed=()
  files=()
  cd "$repository"
  mapfile -d '' -t listed < <(list_files)
  for file in "${listed[@]}"; do
    [ ! -f "$file" ] || files+=("$file")
  done
  [ ${#files[@]} -gt 100 ] || fail "only ${#files[@]} files are found"
}

# refuse WHAT PATTERN FILE...: no line matches. The patterns are written so that this file does not
# match them itself. grep exits with 1 if it finds nothing, and with 2 if it could not search.
refuse() {
  local what=$1 pattern=$2 code=0
  shift 2
  [ $# -gt 0 ] || fail "there is no file to look for $what"
  output=$(LC_ALL=C.UTF-8 grep -nIE -e "$pattern" -- "$@" 2>&1) || code=$?
  [ "$code" -ne 0 ] || fail "$what"
  [ "$code" -eq 1 ] || fail "grep failed while looking for $what"
}

test_a_search_that_fails_is_not_a_search_that_finds_nothing() {
  local file=$world/file
  echo text >"$file"
  expect refuse "another word" 'word' "$file"
  for arguments in "text $file" "( $file" "text $world/missing"; do
    # shellcheck disable=SC2086 # a pattern and a file
    if (refuse "it" $arguments) >"$world/said"; then fail "it passed: $arguments"; fi
  done
}

test_no_address_of_a_package_registry() {
  committed_files
  refuse "a registry's address" \
    'npmjs[.]org|(deb|ftp|security|snapshot)[.]debian[.]org|pypi[.]org|crates[.]io' "${files[@]}"
  refuse "a resolved address in a lock file" '"resolved"[:]' "${files[@]}"
}

test_no_path_of_one_machine() {
  committed_files
  refuse "a path of one machine" '(^|[^a-zA-Z0-9_./-])/(work|home|Users)[/][a-z]' "${files[@]}"
  refuse "a path outside of the repository" '[.][.]/shared[/]' "${files[@]}"
}

test_no_unfinished_business() {
  committed_files
  refuse "unfinished business" '(TO[D]O|FIX[M]E|XX[X])([^A-Za-z]|$)' "${files[@]}"
}

test_no_conflict_markers_and_no_trailing_space() {
  committed_files
  refuse "a conflict marker" '^(<<<<<<<|>>>>>>>)[ ]' "${files[@]}"
  refuse "white space at the end of a line" '[^ 	][ 	]+$' "${files[@]}"
}

test_lines_of_scripts_have_at_most_100_columns() {
  local file scripts=()
  committed_files
  for file in "${files[@]}"; do
    case $file in
      */package-lock.json) ;;
      scripts/* | tests/scripts/* | *CMakeLists.txt) scripts+=("$file") ;;
    esac
  done
  refuse "a line longer than 100 columns" '^.{101,}' "${scripts[@]}"
}

test_no_binary_and_no_large_file() {
  local file
  committed_files
  output=''
  for file in "${files[@]}"; do
    # The README's picture of the page is our own.
    [ "$file" != assets/page.webp ] || continue
    [ ! -s "$file" ] || grep -qI '' "$file" || output+="$file: binary"$'\n'
    [ "$(wc -c <"$file")" -le 200000 ] || output+="$file: large"$'\n'
  done
  [ -z "$output" ] || fail "a file that does not belong in the repository"
}

run_tests "$@"
