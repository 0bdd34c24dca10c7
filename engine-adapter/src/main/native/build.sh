#!/bin/sh
# Compiles jcompose-monitor into the folder $1; does nothing when it is newer than its sources. With SANITIZE=1 it becomes
# a test build under the address and undefined-behaviour sanitizers: see ../../test/native/sanitizers.c.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
out=$1/jcompose-monitor
[ -x "$out" ] && [ -z "$(find "$here/src" "$0" -newer "$out")" ] && exit 0
mkdir -p "$1"
cd "$here"
how='-O2 -static -s'
[ -z "${SANITIZE:-}" ] || how='-O1 -g -fsanitize=address,undefined -fno-sanitize-recover=all -static-libasan -static-libubsan ../../test/native/sanitizers.c'
${CC:-gcc} -std=gnu17 -Wall -Wextra -Wno-unused-parameter -Werror -ffile-prefix-map="$here"=. -Wl,--build-id=none \
  -o "$out" src/*.c $how
