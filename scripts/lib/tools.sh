# shellcheck shell=bash
# Tools that a distribution provides: compilers, node, browsers. What is missing is installed with
# apt where that is possible, and named in one sentence where it is not.

# apt_install WHAT PACKAGE...: installs those that are not installed yet.
apt_install() {
  local what=$1 package missing=()
  shift
  for package in "$@"; do
    dpkg-query -W -f '${Status}' "$package" 2>/dev/null | grep -q ' installed$' ||
      missing+=("$package")
  done
  [ ${#missing[@]} -gt 0 ] || return 0
  lock_cache
  require_space 2000000 / "Installing $what"
  local apt=(without_locks apt-get -o DPkg::Lock::Timeout=900 -o Acquire::Retries=2)
  logged "Reading the package lists" "$logs/apt-update.log" "${apt[@]}" update || true
  DEBIAN_FRONTEND=noninteractive logged "Installing $what: ${missing[*]}" "$logs/apt-install.log" \
    "${apt[@]}" install -y --no-install-recommends "${missing[@]}" ||
    die "Installing $what failed: is there a network? (wanted: ${missing[*]})"
}

can_apt_install() { has apt-get && has dpkg-query && is_root; }

# need WHAT PACKAGES COMMAND...: makes sure that the commands are there, from the given packages.
need() {
  local what=$1 packages=$2 command missing=()
  shift 2
  for command in "$@"; do
    has "$command" || missing+=("$command")
  done
  [ ${#missing[@]} -gt 0 ] || return 0
  can_apt_install ||
    die "Not found: ${missing[*]} (for $what). Please install; in Debian: ${packages}."
  # shellcheck disable=SC2086 # a list of packages
  apt_install "what $what needs" $packages
}

compiles_expected() {
  "$1" -std=c++23 -x c++ -fsyntax-only - >/dev/null 2>&1 <<'SOURCE'
#include <expected>
std::expected<int, int> value = 1;
SOURCE
}

# Sets native_compiler, and native_arguments: what CMake is told of it.
native_compiler=''
native_arguments=()
need_native_tools() {
  need "building" "cmake ninja-build git" cmake ninja git
  find_native_compiler
  native_arguments=("-DCMAKE_CXX_COMPILER=$native_compiler")
  # Only saves time: where it cannot be had, everything is compiled.
  if ! has ccache && can_apt_install; then
    (apt_install "ccache, which keeps what was compiled" ccache) || say "    Going on without it."
  fi
  if has ccache; then
    export "${ccache_environment[@]}"
    native_arguments+=(-DCMAKE_CXX_COMPILER_LAUNCHER=ccache)
  fi
}

# What was compiled is kept for every checkout: paths inside one are relative to ccache, and the
# folder in which a compiler runs does not count. Debug information may then name the folders of
# another checkout, of the same sources.
readonly ccache_environment=("CCACHE_DIR=$cache/ccache" "CCACHE_MAXSIZE=1G"
  "CCACHE_BASEDIR=$project" "CCACHE_NOHASHDIR=1")

# $CXX if given, else clang 19, else any compiler here that knows <expected>.
find_native_compiler() {
  local candidate
  if [ -n "${CXX:-}" ]; then
    has "$CXX" || die "CXX names $CXX, which is not here."
    native_compiler=$CXX
    return
  fi
  if ! has clang++-19 && can_apt_install && apt-cache show clang-19 >/dev/null 2>&1; then
    apt_install "the compiler" clang-19 libclang-rt-19-dev
  fi
  for candidate in clang++-19 c++ g++ clang++; do
    if has "$candidate" && compiles_expected "$candidate"; then
      native_compiler=$candidate
      return
    fi
  done
  if can_apt_install; then
    apt_install "the compiler" clang-19 libclang-rt-19-dev
    native_compiler=clang++-19
    return
  fi
  die "No C++23 compiler with <expected> is here; please install clang 19 or later, or g++ 12" \
    "or later."
}

need_analysis_tools() {
  need "checking the sources" "clang-format-19 clang-tidy-19 shellcheck" \
    clang-format-19 clang-tidy-19 shellcheck
}

need_node() {
  need "scripts of the page and its tests" "nodejs npm" node npm
  local version
  version=$(node --version)
  version_at_least "${version#v}" 18.0.0 ||
    die "node $version is too old; please install node 18 or later."
}

need_browsers() {
  local packages="chromium firefox-esr xvfb xauth libgl1-mesa-dri libegl1 webkit2gtk-driver"
  if can_apt_install; then
    # shellcheck disable=SC2086 # a list of packages
    apt_install "the browsers that the tests drive" $packages
  else
    need "the tests in browsers" "$packages" chromium firefox-esr xvfb-run WebKitWebDriver
  fi
}

# npm_entry NAME FOLDER: installs the packages of FOLDER's lock into the cache, once per lock, and
# sets npm_modules to where they are. The checkout stays clean, and a second checkout finds them.
npm_modules=''
npm_entry() {
  local name folder=$2 new
  need_node
  name=npm-$1-$(hash_of "$(node --version | cut -d. -f1) $(cat "$folder/package-lock.json")")
  npm_modules=$(entry_path "$name")/node_modules
  if entry_exists "$name"; then return; fi
  lock_cache
  if entry_exists "$name"; then return; fi
  new=$(begin_entry "$name")
  cp "$folder/package.json" "$folder/package-lock.json" "$new/"
  logged "Installing the npm packages for $1" "$logs/npm-$1.log" \
    npm ci --prefix "$new" --no-audit --no-fund --ignore-scripts ||
    die "The npm packages for $1 cannot be installed: is there a network?"
  finish_entry "$name"
}

# The browser tests find their packages as node always does, through a link beside them.
need_browser_test_modules() {
  local link=$project/tests/browser/node_modules
  npm_entry browser-tests "$project/tests/browser"
  # A folder that somebody made with npm is theirs, and does as well.
  if [ ! -d "$link" ] || [ -L "$link" ]; then
    ln -sfn "$npm_modules" "$link"
  fi
}
