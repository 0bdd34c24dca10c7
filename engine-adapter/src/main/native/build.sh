#!/bin/sh
# Compiles jcompose-monitor into the folder $1; does nothing when it is newer than its sources.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
out=$1/jcompose-monitor
[ -x "$out" ] && [ -z "$(find "$here/src" "$0" -newer "$out")" ] && exit 0
mkdir -p "$1"
cd "$here"
${CC:-gcc} -std=gnu17 -O2 -static -Wall -Wextra -Wno-unused-parameter -Werror -ffile-prefix-map="$here"=. -Wl,--build-id=none -s \
  -o "$out" src/*.c
