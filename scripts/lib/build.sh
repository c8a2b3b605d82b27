# shellcheck shell=bash
# Building: one function per kind of build tree. Each tree is build/<preset>.

# build_tree PRESET RUNNER CONFIGURE-COMMAND...: configures when something that matters is new,
# builds. RUNNER is a function that runs a command where the tools are.
build_tree() {
  local preset=$1 runner=$2 wanted
  local log=$logs/build-$preset.log tree=$project/build/$preset
  shift 2
  wanted=$(printf '%s\n' "$@" "${emcc_version:-}")
  # Ninja itself configures again when a CMake file changes; the arguments are ours to watch.
  if [ ! -f "$tree/build.ninja" ] || [ "$(cat "$tree/.configured" 2>/dev/null)" != "$wanted" ]; then
    rm -f "$tree/CMakeCache.txt" "$tree/.configured"
    logged "Configuring build/$preset" "$log" "$runner" "$project" "$@" ||
      die "Configuring build/$preset failed."
    printf '%s\n' "$wanted" >"$tree/.configured"
  fi
  logged "Building build/$preset" "$log" "$runner" "$project" \
    cmake --build "$tree" --parallel "$(jobs)" || die "Building build/$preset failed."
}

here() {
  local folder=$1
  shift
  (cd "$folder" && "$@")
}

# build_native PRESET [CMAKE-ARGUMENT...]
build_native() {
  local preset=$1
  shift
  need_native_tools
  need_libraries
  unlock_cache
  build_tree "$preset" here cmake --preset "$preset" "-DCMAKE_CXX_COMPILER=$native_compiler" \
    "${library_arguments[@]}" "$@"
}

# build_web: the page, dist/index.html, and the tool for node, build/web/core/teardown.js.
build_web() {
  need_web_tools
  need_libraries
  unlock_cache
  build_tree web in_toolchain emcmake cmake --preset web "${library_arguments[@]}" \
    "-DTEARDOWN_MINIFIER=$web_minifier"
}

readonly page=$project/dist/index.html

project_version() {
  sed -n 's/^ *VERSION \([0-9.]*\)$/\1/p' "$project/CMakeLists.txt" | head -n 1
}
