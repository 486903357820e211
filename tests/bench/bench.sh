#!/usr/bin/env bash
# Every ratio that the issues' Proof tables name, whole processes against whole processes, side by side
# in one run: the measured figure, the limit, ok or FAIL. Peers that are missing are installed from
# Debian where that is possible, and skipped otherwise. Figures of a busy machine mean little.
set -u
cd "$(dirname "$0")/../.." || exit 1

PYTHON=${PYTHON:-/usr/bin/python3}
out=$PWD/build/bench
failed=0 skipped=0
iniget=$out/iniget strerror=$out/strerror

# -- peers ----------------------------------------------------------------------------------------

as_root() {
  if [ "$(id -u)" -eq 0 ]; then "$@"; else sudo -n "$@"; fi
}

has_peer() { # has_peer COMMAND-OR-FILE
  [ -e "$1" ] || command -v "$1" >/dev/null
}

install_peer() { # install_peer COMMAND-OR-FILE PACKAGE
  has_peer "$1" && return
  command -v apt-get >/dev/null &&
    DEBIAN_FRONTEND=noninteractive as_root apt-get install -y -qq --no-install-recommends "$2" >"$out/apt.log" 2>&1
  has_peer "$1"
}

# -- what is measured -----------------------------------------------------------------------------

build() {
  mkdir -p "$out" &&
    # Fresh copies, as the empty program is: what the page cache makes of an old file is not ours.
    cp --remove-destination build/osbox "$iniget" && cp --remove-destination build/osbox "$strerror" &&
    musl-gcc -std=c11 -D_GNU_SOURCE -O2 -Wall -Wextra -static -s -o "$out/pairs" tests/bench/pairs.c &&
    echo 'int main(void) { return 0; }' |
    musl-gcc -O2 -static -s -x c -o "$out/empty" -
}

# 24 MB, 400,000 keys, 60 bytes a line.
generate() { # generate FILE SECTIONS KEYS-A-SECTION
  [ -s "$1" ] || awk -v sections="$2" -v keys="$3" 'BEGIN {
    for (s = 0; s < sections; s++) {
      printf "[section%d]\n", s
      for (k = 0; k < keys; k++)
        printf "option_%06d = the value of option %06d in section %04d\n", k, k, s
    }
  }' >"$1"
}

# -- rows -----------------------------------------------------------------------------------------

show() { # show WHAT FIGURE LIMIT VERDICT DETAIL
  printf '%-46s %10s  %-10s %-7s %s\n' "$@"
}

skip() { # skip WHAT WHY
  skipped=$((skipped + 1))
  show "$1" - - skipped "$2"
}

judge() { # judge WHAT FIGURE LIMIT DETAIL: LIMIT is "<= 1.15" or ">= 3"
  local verdict=ok
  awk "BEGIN { exit !($2 $3) }" || { verdict=FAIL && failed=$((failed + 1)); }
  show "$1" "$2" "$3" "$verdict" "$4"
}

# Both print the same, and how often ours is faster than the peer's is the figure.
faster() { # faster WHAT LIMIT PAIRS OURS... -- PEER...
  local what=$1 limit=$2 pairs=$3 a b ratio least most
  shift 3
  if ! read -r a b ratio least most _ _ < <("$out/pairs" "$pairs" "$@"); then
    failed=$((failed + 1))
    show "$what" - "$limit" FAIL 'a command failed'
    return
  fi
  judge "$what" "$(awk "BEGIN { printf \"%.2f\", 1 / $ratio }")" "$limit" \
    "$(awk "BEGIN { printf \"%s against %s us, %.2f..%.2f, %d pairs\", $a, $b, 1 / $most, 1 / $least, $pairs }")"
}

slower() { # slower WHAT LIMIT PAIRS OURS... -- PEER...
  local what=$1 limit=$2 pairs=$3 a b ratio least most
  shift 3
  read -r a b ratio least most _ _ < <("$out/pairs" "$pairs" "$@") || return
  judge "$what" "$(printf %.3f "$ratio")" "$limit" "$a against $b us, $least..$most, $pairs pairs"
}

memory() { # memory WHAT LIMIT FILE COMMAND...
  local what=$1 limit=$2 file=$3 size peak
  shift 3
  size=$(stat -c %s "$file")
  read -r _ _ _ _ _ peak _ < <("$out/pairs" 3 "$@" -- "$out/empty") || return
  judge "$what" "$(awk "BEGIN { printf \"%.2f\", $peak * 1024 / $size }")" "$limit" \
    "$((peak / 1024)) MiB, a file of $((size / 1048576)) MiB"
}

same_output() { # same_output WHAT OURS PEER
  [ "$2" = "$3" ] && return
  failed=$((failed + 1))
  show "$1" - - FAIL "they differ: '$2' and '$3'"
}

# -- groups of rows -------------------------------------------------------------------------------

start_up() {
  slower 'start-up: iniget --version / empty program' '<= 1.15' 4000 "$iniget" --version -- "$out/empty"
  slower 'start-up: strerror --version / empty program' '<= 1.15' 4000 "$strerror" --version -- "$out/empty"
}

large_file() { # large_file NAME SECTIONS KEYS
  local name=$1 file=$out/$1.ini section=section$(($2 - 1)) option ours
  printf -v option option_%06d $(($3 - 1))
  generate "$file" "$2" "$3"
  ours=$("$iniget" "$file" "$section" "$option")
  local get=("$iniget" "$file" "$section" "$option")
  memory "peak memory / file, $name" '<= 3' "$file" "${get[@]}"
  if install_peer confget confget; then
    same_output "confget, $name" "$ours" "$(confget -f "$file" -s "$section" "$option")"
    faster "get the last key, $name: confget" '> 1' 41 "${get[@]}" -- confget -f "$file" -s "$section" "$option"
  else
    skip "get the last key, $name: confget" 'no confget'
  fi
  if install_peer /usr/include/ini.h libinih-dev &&
    gcc -O2 -Wall -Wextra -o "$out/peer_inih" tests/bench/peer_inih.c -linih; then
    same_output "inih, $name" "$ours" "$("$out/peer_inih" "$file" "$section" "$option")"
    faster "get the last key, $name: inih" '>= 3' 41 "${get[@]}" -- "$out/peer_inih" "$file" "$section" "$option"
  else
    skip "get the last key, $name: inih" 'no libinih-dev'
  fi
  same_output "python3, $name" "$ours" "$("$PYTHON" tests/bench/peer_python.py "$file" "$section" "$option")"
  faster "get the last key, $name: python3" '>= 50' 15 "${get[@]}" -- \
    "$PYTHON" tests/bench/peer_python.py "$file" "$section" "$option"
}

small_file() {
  local file=$out/small.ini
  printf '[core]\nbare = false\n\n[db]\nhost = localhost\nport = 5432\n' >"$file"
  local get=("$iniget" "$file" db port)
  if install_peer git git; then
    same_output git "$("${get[@]}")" "$(git config -f "$file" db.port)"
    faster 'get from a small file: git config' '>= 3' 1000 "${get[@]}" -- git config -f "$file" db.port
  else
    skip 'get from a small file: git config' 'no git'
  fi
  if install_peer crudini crudini; then
    same_output crudini "$("${get[@]}")" "$(crudini --get "$file" db port)"
    faster 'get from a small file: crudini' '>= 40' 51 "${get[@]}" -- crudini --get "$file" db port
  else
    skip 'get from a small file: crudini' 'no crudini'
  fi
}

errno_names() {
  if install_peer errno moreutils; then
    same_output errno "$("$strerror" ENOENT)" "$(LC_ALL=C errno ENOENT)"
    faster 'strerror ENOENT: errno of moreutils' '> 1' 2000 "$strerror" ENOENT -- errno ENOENT
    faster 'strerror --list: errno of moreutils' '> 1' 1000 "$strerror" --list -- errno --list
  else
    skip 'strerror ENOENT: errno of moreutils' 'no moreutils'
  fi
}

build || { echo 'bench: the runner cannot be built' >&2 && exit 1; }
show what measured limit verdict 'medians, least..greatest ratio'
start_up
small_file
errno_names
large_file '400 sections' 400 1000
large_file '1 section' 1 400000
printf 'bench: %d rows failed, %d skipped\n' "$failed" "$skipped"
[ "$failed" -eq 0 ]
