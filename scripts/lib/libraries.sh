# shellcheck shell=bash
# Sources of the libraries (scripts/cmake/libraries.cmake says which, at which commit), fetched once
# per machine. By CMake's FetchContent where its repositories can be reached; elsewhere, with apt,
# Debian's unchanged upstream archives of the same versions. Either way the result is one folder in
# the cache with imgui/ sdl2/ json/ doctest/, and CMake gets it as FETCHCONTENT_SOURCE_DIR_<NAME>.

# name, Debian's source package, and the suites that have the version
readonly debian_sources=(
  "imgui imgui 1.92.2b"
  "sdl2 libsdl2 2.32.4"
  "json nlohmann-json3 3.11.3"
  "doctest doctest 2.4.11"
)
readonly debian_suites="trixie forky sid"

# The variables that override a repository or a commit, as arguments for CMake.
library_overrides() {
  local name variable
  for name in IMGUI SDL2 JSON DOCTEST; do
    for variable in TEARDOWN_${name}_REPOSITORY TEARDOWN_${name}_COMMIT; do
      if [ -n "${!variable:-}" ]; then printf '%s\n' "-D$variable=${!variable}"; fi
    done
  done
}

# Can git reach the repository that the first library comes from? Never asks for a password.
repository_reachable() {
  local repository
  repository=${TEARDOWN_IMGUI_REPOSITORY:-$(
    sed -n 's/^declare_library(imgui [^ ]* //p' "$project/scripts/cmake/libraries.cmake"
  )}
  has git && GIT_TERMINAL_PROMPT=0 timeout 20 git ls-remote --quiet "$repository" HEAD \
    >/dev/null 2>&1
}

fetch_by_git() {
  local new=$1 name overrides
  mapfile -t overrides < <(library_overrides)
  logged "Fetching the libraries from their repositories" "$logs/libraries.log" \
    cmake -G Ninja -S "$project/scripts/cmake/fetch" -B "$new/fetch" \
    "-DFETCHCONTENT_BASE_DIR=$new/fetch" "${overrides[@]}" ||
    die "The libraries cannot be fetched from their repositories."
  for name in imgui sdl2 json doctest; do
    mv "$new/fetch/$name-src" "$new/$name"
    rm -rf "$new/$name/.git"
  done
  rm -rf "$new/fetch"
}

# The mirror that this machine's own apt uses for Debian itself, so that no address stands here.
debian_mirror() {
  local codename
  # shellcheck source=/dev/null
  codename=$(. /etc/os-release && printf '%s' "${VERSION_CODENAME:-none}")
  # shellcheck disable=SC2016 # apt expands these
  apt-get indextargets --format '$(RELEASE) $(REPO_URI)' 'Created-By: Packages' 2>/dev/null |
    awk -v codename="$codename" '
      $1 == codename || $1 ~ /^(stable|oldstable|testing|sid)$/ { print $2; exit }'
}

readonly debian_keyring=/usr/share/keyrings/debian-archive-keyring.gpg

# The upstream part of a Debian version: 2.32.4+dfsg-1 is 2.32.4.
upstream_version() {
  local version=${1#*:}
  version=${version%-*}
  printf '%s' "${version%%+*}"
}

# candidates PACKAGE WANTED APT-OPTION...: the versions to try, best first: the wanted one, then
# newer ones of the same major.minor series.
candidates() {
  local package=$1 wanted=$2 version upstream series
  shift 2
  series=$(printf '%s' "$wanted" | cut -d. -f1,2)
  apt-cache "$@" showsrc --only-source "$package" 2>/dev/null | sed -n 's/^Version: //p' |
    while read -r version; do
      upstream=$(upstream_version "$version")
      if [ "$upstream" = "$wanted" ]; then
        printf '0 %s\n' "$version"
      elif [[ $upstream == "$series".* ]] && version_at_least "$upstream" "$wanted"; then
        printf '1 %s\n' "$version"
      fi
    done | sort -k1,1n -k2,2V -u | cut -d' ' -f2
}

fetch_by_apt() {
  local new=$1 mirror apt entry name package wanted version archive
  mirror=$(debian_mirror)
  if [ -z "$mirror" ] || [ ! -r "$debian_keyring" ]; then
    die "The libraries cannot be fetched: no route to their repositories, and no Debian mirror."
  fi
  need "unpacking the libraries" "tar xz-utils" tar xz
  apt=$new/apt
  mkdir -p "$apt/sources" "$apt/lists/partial" "$apt/download"
  printf 'Types: deb-src\nURIs: %s\nSuites: %s\nComponents: main\nSigned-By: %s\n' \
    "$mirror" "$debian_suites" "$debian_keyring" >"$apt/sources/debian.sources"
  # An apt configuration of its own: the system's lists and sources are not touched. The versions
  # are pinned, so an old list is as good as a new one, and a mirror that lags behind does no harm.
  local options=(
    -o "Dir::Etc::SourceList=/dev/null" -o "Dir::Etc::SourceParts=$apt/sources"
    -o "Dir::State::Lists=$apt/lists" -o "APT::Sandbox::User=$(id -un)" -o "Acquire::Retries=2"
    -o "Acquire::Check-Valid-Until=false"
  )
  logged "Reading Debian's list of sources" "$logs/libraries.log" apt-get "${options[@]}" update ||
    die "The libraries cannot be fetched: neither their repositories nor the Debian mirror answer."
  for entry in "${debian_sources[@]}"; do
    read -r name package wanted <<<"$entry"
    archive=''
    while read -r version && [ -z "$archive" ]; do
      mkdir -p "$apt/download/$name"
      (cd "$apt/download/$name" &&
        logged "Fetching $package $version" "$logs/libraries.log" \
          apt-get "${options[@]}" --download-only --tar-only --only-source \
          source "$package=$version") || continue
      archive=$(find "$apt/download/$name" -name '*.orig.tar.*' -not -name '*.asc')
      [ "$(upstream_version "$version")" = "$wanted" ] ||
        say "    $wanted is gone from Debian; $version is taken in its place"
    done < <(candidates "$package" "$wanted" "${options[@]}")
    [ -n "$archive" ] ||
      die "The library $name ($wanted) cannot be fetched: Debian's sources have no such version" \
        "now."
    mkdir "$new/$name"
    tar -xf "$archive" --strip-components=1 -C "$new/$name"
  done
  rm -rf "$apt"
}

library_entry() {
  printf 'libraries-%s' "$(hash_of "$(
    grep -v '^ *#' "$project/scripts/cmake/libraries.cmake"
    library_overrides
  )")"
}

# Sets library_arguments, what CMake needs to use the sources in the cache.
library_arguments=()
need_libraries() {
  local name new folder library
  name=$(library_entry)
  if ! entry_exists "$name"; then
    need "fetching the libraries" "cmake ninja-build git" cmake ninja git
    lock_cache
  fi
  if ! entry_exists "$name"; then
    require_space 800000 "$cache" "Fetching the libraries"
    new=$(begin_entry "$name")
    if repository_reachable; then
      fetch_by_git "$new"
    elif has apt-get && has apt-cache; then
      fetch_by_apt "$new"
    else
      die "The libraries cannot be fetched: there is no route to their repositories."
    fi
    finish_entry "$name"
  fi
  folder=$(entry_path "$name")
  library_arguments=()
  for library in IMGUI SDL2 JSON DOCTEST; do
    library_arguments+=("-DFETCHCONTENT_SOURCE_DIR_$library=$folder/${library,,}")
  done
}
