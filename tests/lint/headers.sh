#!/usr/bin/env bash
# Every public header compiles alone, and twice, as plain C11, with gcc and with clang; so does every
# private one, under the flags of the build.
set -u
# shellcheck source=tests/lint/lib/report.sh
. "$(dirname "$0")/lib/report.sh"

compile() { # compile CC HEADER FLAG...
  local cc=$1 header=$2
  shift 2
  printf '#include %s\n#include %s\ntypedef int not_empty;\n' "$header" "$header" |
    "$cc" -std=c11 -Wall -Wextra -Wpedantic -Werror -Iinclude "$@" -fsyntax-only -x c -
}

for cc in gcc clang; do
  for header in include/osbox/*.h; do
    check "$header:1" compile $cc "<${header#include/}>"
  done
  for header in core/*/*.h; do
    check "$header:1" compile $cc "\"$header\"" -I. -D_GNU_SOURCE -Wno-unused-function
  done
done
finish headers
