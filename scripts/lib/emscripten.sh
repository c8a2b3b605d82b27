# shellcheck shell=bash
# The web toolchain: an emcc that is new enough, its system libraries, and a Closure Compiler.
#
# In this order: the emcc on PATH; else, on Debian as root, Debian 13's emcc in a root folder of its
# own in the cache. That folder is entered with chroot in a private mount namespace, in which the
# checkout and the cache are bind-mounted at their own paths: paths mean the same inside and
# outside, and the mounts end with the process, however it ends.

readonly emcc_minimum=3.1.69
readonly root_suite=trixie
readonly root_packages=ca-certificates,ccache,cmake,emscripten,ninja-build,zopfli

emcc_kind=''    # path or root
emcc_version='' # of the emcc in use
emcc_cache=''   # its compiled system libraries
web_minifier='' # the Closure Compiler

root_entry() { printf 'debian-%s-%s' "$root_suite" "$(hash_of "$root_packages")"; }

# version_of_emcc COMMAND...: prints the version of that emcc, or nothing.
version_of_emcc() {
  "$@" --version 2>/dev/null | sed -nE '1s/^[^0-9]*([0-9]+\.[0-9]+\.[0-9]+).*/\1/p'
}

# in_root FOLDER COMMAND...: runs a command in the root folder, with FOLDER as its working folder.
in_root() {
  local folder=$1 root
  shift
  root=$(entry_path "$(root_entry)")
  # shellcheck disable=SC2016 # the inner shell expands these
  unshare --mount --propagation private bash -euc '
    root=$1 project=$2 cache=$3
    shift 3
    mount --bind /proc "$root/proc"
    mount --bind /dev "$root/dev"
    mount --bind /tmp "$root/tmp"
    for folder in "$project" "$cache"; do
      mkdir -p "$root$folder"
      mount --bind "$folder" "$root$folder"
    done
    exec chroot "$root" "$@"
  ' in_root "$root" "$project" "$cache" \
    env -i PATH=/usr/bin:/bin HOME=/tmp LANG=C.UTF-8 NODE_PATH=/usr/share/nodejs \
    ${emcc_environment[@]+"${emcc_environment[@]}"} \
    sh -c 'cd "$1" && shift && exec "$@"' in_root "$folder" "$@"
}

# in_toolchain FOLDER COMMAND...: runs a command where emcc is.
emcc_environment=()
in_toolchain() {
  local folder=$1
  if [ "$emcc_kind" = root ]; then
    in_root "$@"
  else
    shift
    (cd "$folder" && env "${emcc_environment[@]}" "$@")
  fi
}

make_root() {
  local name new mirror
  name=$(root_entry)
  if entry_exists "$name"; then return; fi
  lock_cache
  if entry_exists "$name"; then return; fi
  require_space 4500000 "$cache" "The web toolchain"
  mirror=$(debian_mirror)
  [ -n "$mirror" ] ||
    die "No Debian mirror is configured in apt, so Debian 13's emcc cannot be fetched."
  apt_install "debootstrap" debootstrap
  unshare --mount true 2>/dev/null ||
    die "This machine forbids mounts, so emcc cannot be set up; please install emcc" \
      "$emcc_minimum or later."
  new=$(begin_entry "$name")
  # debootstrap mounts inside the folder as well; in a namespace of its own nothing stays behind.
  logged "Setting up Debian 13's Emscripten in $cache (about 2 minutes, 2.4 GB)" \
    "$logs/debootstrap.log" unshare --mount --propagation private \
    debootstrap --variant=minbase --include="$root_packages" "$root_suite" "$new" "$mirror" ||
    die "The web toolchain cannot be set up: is there a network?"
  rm -rf "$new/var/cache/apt/archives" "$new/var/lib/apt/lists"
  finish_entry "$name"
}

find_emcc() {
  local found=''
  if has emcc; then
    emcc_version=$(version_of_emcc emcc)
    if [ -n "$emcc_version" ] && version_at_least "$emcc_version" "$emcc_minimum"; then
      emcc_kind=path
      return
    fi
    found=" The emcc on PATH is ${emcc_version:-broken}, which is too old."
  fi
  if ! has apt-get || ! is_root; then
    die "emcc $emcc_minimum or later is needed.$found Please install the Emscripten SDK, or run" \
      "this as root on Debian."
  fi
  make_root
  emcc_kind=root
  emcc_version=$(version_of_emcc in_root / emcc)
}

# Emscripten compiles its C and C++ libraries when a program first needs them. It is made to do so
# here, once, in a cache of our own: a distribution's may be read-only, and this one is whole or not
# there.
make_emcc_cache() {
  local name new ccache
  name=emcc-$emcc_version-$emcc_kind-libraries
  emcc_cache=$(entry_path "$name")
  if ! entry_exists "$name"; then
    lock_cache
  fi
  if ! entry_exists "$name"; then
    require_space 300000 "$cache" "Emscripten's libraries"
    new=$(begin_entry "$name")
    emcc_environment=("EM_CACHE=$new" "EM_FROZEN_CACHE=")
    cat >"$new/warm-up.cpp" <<'SOURCE'
#include <GLES3/gl3.h>
#include <cstdio>
#include <emscripten/html5.h>
#include <string>
int main(int count, char** texts) {
  emscripten_set_canvas_element_size("#canvas", count, count);
  glClear(GL_COLOR_BUFFER_BIT);
  std::string all;
  for (int i = 0; i < count; ++i) all += texts[i];
  std::puts(all.c_str());
}
SOURCE
    logged "Compiling Emscripten's libraries (about a minute)" "$logs/emcc-libraries.log" \
      warm_up_emcc "$new" || die "Emscripten's libraries cannot be compiled."
    rm -f "$new"/warm-up*
    finish_entry "$name"
  fi
  emcc_environment=("EM_CACHE=$emcc_cache" "EM_FROZEN_CACHE=")
  if ccache=$(in_toolchain / sh -c 'command -v ccache'); then
    emcc_environment+=("EM_COMPILER_WRAPPER=$ccache" "${ccache_environment[@]}")
  fi
  # An Emscripten SDK brings the Closure Compiler that fits it; a distribution's emcc brings none.
  if [ "$emcc_kind" = root ] || ! sdk_has_closure; then
    emcc_environment+=("EM_CLOSURE_COMPILER=$web_minifier")
  fi
}

sdk_has_closure() {
  [ -e "$(dirname "$(readlink -f "$(command -v emcc)")")/node_modules/google-closure-compiler" ]
}

# The page's kind of program, and the command-line tool's.
warm_up_emcc() {
  local flags=(-Oz -flto -fno-exceptions -fno-rtti -sMALLOC=emmalloc)
  in_toolchain "$1" em++ "${flags[@]}" -sENVIRONMENT=web -sFILESYSTEM=0 -sMIN_WEBGL_VERSION=2 \
    -sMAX_WEBGL_VERSION=2 -sGL_TRACK_ERRORS=0 -sGL_ENABLE_GET_PROC_ADDRESS=0 \
    -sMIN_CHROME_VERSION=103 -sMIN_FIREFOX_VERSION=113 -sMIN_SAFARI_VERSION=160400 \
    warm-up.cpp -o warm-up-page.js &&
    in_toolchain "$1" em++ "${flags[@]}" -sENVIRONMENT=node -sNODERAWFS=1 -sEXIT_RUNTIME=1 \
      warm-up.cpp -o warm-up-tool.js
}

# zopfli runs where CMake runs: the root folder has it, beside an emcc on PATH it is the machine's
# own.
need_zopfli() {
  if [ "$emcc_kind" = path ] && ! has zopfli && can_apt_install; then
    apt_install "zopfli, which packs the page" zopfli
  fi
}

need_web_tools() {
  local program
  find_emcc
  npm_entry closure "$project/scripts"
  # The native program where there is one for this machine; it starts faster than the one in Java.
  web_minifier=$npm_modules/.bin/google-closure-compiler
  for program in "$npm_modules"/google-closure-compiler-*/compiler; do
    if [ -x "$program" ]; then web_minifier=$program; fi
  done
  need_zopfli
  make_emcc_cache
}
