#!/usr/bin/env bash
# The product: static, stripped, without constructors or a path of the machine that built it; cheap to
# start; and the same bytes wherever it is built.
set -u
# shellcheck source=tests/lint/lib/report.sh
. "$(dirname "$0")/lib/report.sh"

MOST_SYSCALLS=12 # execve and exit_group included
binary=$PWD/build/osbox

has_no_segment() { # has_no_segment TYPE
  ! readelf -lW "$binary" | grep -E "^ *$1 "
}

has_no_section() { # has_no_section NAME
  ! readelf -SW "$binary" | grep -F " $1 "
}

# One is the C runtime's own, which does nothing here.
has_no_constructor() {
  local bytes
  bytes=$(readelf -SW "$binary" | awk '{ for (i = 1; i < NF; i++)
    if ($i == "INIT_ARRAY") print $(i + 3) }')
  [ $((16#${bytes:-0})) -le 8 ] || ! echo "INIT_ARRAY has 0x$bytes bytes"
}

has_no_path() { # has_no_path PATH
  ! grep -a -o -F -- "$1" "$binary"
}

few_syscalls() { # few_syscalls WORD...
  local trace=$scratch/trace n
  strace -o "$trace" -- "$scratch/iniget" "$@" >/dev/null || return
  n=$(grep -vc '^+++' "$trace")
  [ "$n" -le "$MOST_SYSCALLS" ] || ! cat "$trace"
}

# In folders whose names have different lengths.
build_elsewhere() { # build_elsewhere FOLDER
  mkdir -p "$1" && tar -c --exclude=./.git --exclude=./build . | tar -x -C "$1" || return
  make -C "$1" --no-print-directory -j"$(nproc)" build/osbox >"$scratch/make" 2>&1 && return
  ! tail -n 20 "$scratch/make"
}

is_reproducible() {
  local one=$scratch/a two=$scratch/another/place
  build_elsewhere "$one" && build_elsewhere "$two" && cmp "$one/build/osbox" "$two/build/osbox"
}

check build/osbox:0 make --no-print-directory build/osbox
check build/osbox:0 has_no_segment INTERP
check build/osbox:0 has_no_segment DYNAMIC
check build/osbox:0 has_no_section .symtab
check build/osbox:0 has_no_section .debug_info
check build/osbox:0 has_no_constructor
check build/osbox:0 has_no_path "$PWD"
check build/osbox:0 has_no_path "${TMPDIR:-/tmp}/tmp."

ln -s "$binary" "$scratch/iniget"
printf '[db]\nport = 5432\n' >"$scratch/small.ini"
check build/osbox:0 few_syscalls --version
check build/osbox:0 few_syscalls "$scratch/small.ini" db port
check build/osbox:0 is_reproducible
finish binary
