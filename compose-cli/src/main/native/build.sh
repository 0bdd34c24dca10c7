#!/bin/sh
# Compiles the launcher into the file $1; does nothing when it is newer than its source.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
[ -x "$1" ] && [ -z "$(find "$here" -newer "$1")" ] && exit 0
mkdir -p "$(dirname "$1")"
cd "$here"
${CC:-gcc} -std=gnu17 -O2 -static -Wall -Wextra -Werror -ffile-prefix-map="$here"=. -Wl,--build-id=none -s \
  -o "$1" launch.c
