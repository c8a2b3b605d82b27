# shellcheck shell=bash
# Everything that the commands share. A command sources this one file.

lib=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
readonly lib

source "$lib/common.sh"
source "$lib/cache.sh"
source "$lib/tools.sh"
source "$lib/libraries.sh"
source "$lib/emscripten.sh"
source "$lib/build.sh"
