# shellcheck shell=bash
# Building: one function per kind of build tree. Each tree is build/<preset>.

# build_tree PRESET TARGETS RUNNER CONFIGURE-COMMAND...: configures when something that matters is
# new, builds. RUNNER is a function that runs a command where the tools are.
build_tree() {
  local preset=$1 targets=$2 runner=$3 wanted
  local log=$logs/build-$preset.log tree=$project/build/$preset
  shift 3
  wanted=$(printf '%s\n' "$@" "${emcc_version:-}" "$(sha256sum <"$project/CMakePresets.json")")
  # Ninja itself configures again when a CMake file changes; the arguments and the presets are ours
  # to watch.
  if [ ! -f "$tree/build.ninja" ] || [ "$(cat "$tree/.configured" 2>/dev/null)" != "$wanted" ]; then
    rm -f "$tree/CMakeCache.txt" "$tree/.configured"
    logged "Configuring build/$preset" "$log" "$runner" "$project" "$@" ||
      die "Configuring build/$preset failed."
    printf '%s\n' "$wanted" >"$tree/.configured"
  fi
  # shellcheck disable=SC2086 # a list of targets
  logged "Building build/$preset" "$log" "$runner" "$project" \
    cmake --build "$tree" --parallel "$(jobs)" --target $targets ||
    die "Building build/$preset failed."
}

here() {
  local folder=$1
  shift
  (cd "$folder" && "$@")
}

# build_native PRESET TARGETS [CMAKE-ARGUMENT...]
build_native() {
  local preset=$1 targets=$2
  shift 2
  need_native_tools
  need_libraries
  unlock_cache
  build_tree "$preset" "$targets" here cmake --preset "$preset" "${native_arguments[@]}" \
    "${library_arguments[@]}" "$@"
}

# build_web TARGETS: page is dist/index.html; teardown and bench are programs for node, in
# build/web/core.
build_web() {
  need_web_tools
  need_libraries
  unlock_cache
  build_tree web "$1" in_toolchain emcmake cmake --preset web "${library_arguments[@]}" \
    "-DTEARDOWN_MINIFIER=$web_minifier"
}

readonly page=$project/dist/index.html

project_version() {
  sed -n 's/^ *VERSION \([0-9.]*\)$/\1/p' "$project/CMakeLists.txt" | head -n 1
}
