#!/usr/bin/env bash
# Fuzz the parsers under ASan and UBSan: fuzz.sh [--seconds N] [TARGET...]. A target is the NAME of a
# fuzz_NAME.c; all of them by default. What is found on the way is kept in build/fuzz/corpus, what fails
# in build/fuzz/NAME-crash-...; a failure that is mended leaves its input in tests/fuzz/corpus.
#   --replay   run the committed corpora only
set -u
cd "$(dirname "$0")/../.." || exit 1

seconds=60 mode=search
targets=()
while [ $# -gt 0 ]; do
  case $1 in
    --seconds) seconds=$2 && shift ;;
    --replay) mode=replay ;;
    -*) sed -n '2,6s/^# //p' "$0" && exit 2 ;;
    *) targets+=("$1") ;;
  esac
  shift
done
if [ ${#targets[@]} -eq 0 ]; then
  for file in tests/fuzz/fuzz_*.c; do
    name=$(basename "$file" .c)
    targets+=("${name#fuzz_}")
  done
fi

# pointer-overflow is about NULL + 0, the end of an empty slice: C2y allows it, as all compilers do.
flags='-O1 -g -fsanitize=address,undefined -fno-sanitize=pointer-overflow'
flags+=' -fno-sanitize-recover=undefined -fno-omit-frame-pointer'
out=build/fuzz
limits=(-timeout=10 -rss_limit_mb=2048 -max_len=4096)

library() {
  make --no-print-directory -j"$(nproc)" VARIANT=fuzz CC=clang LIBC=glibc \
    CFLAGS="$flags -fsanitize=fuzzer-no-link" $out/libosbox.a
}

is_older() { # is_older FILE THAN...
  local file=$1 than
  shift
  for than in "$@"; do
    [ "$file" -nt "$than" ] || return 0
  done
  return 1
}

target() { # target NAME
  local source=tests/fuzz/fuzz_$1.c
  is_older "$out/$1" "$source" tests/fuzz/*.h $out/libosbox.a || return 0
  # shellcheck disable=SC2086  # a list of words
  clang -std=c11 -D_GNU_SOURCE -Iinclude -Wall -Wextra -Wshadow $flags -fsanitize=fuzzer \
    -o "$out/$1" "$source" $out/libosbox.a
}

replay() { # replay NAME
  "$out/$1" "${limits[@]}" tests/fuzz/corpus/"$1"/*
}

search() { # search NAME
  mkdir -p "$out/corpus/$1"
  "$out/$1" "${limits[@]}" -max_total_time="$seconds" -artifact_prefix="$out/$1-" \
    "$out/corpus/$1" "tests/fuzz/corpus/$1"
}

mkdir -p $out
library >$out/make.log 2>&1 || { cat $out/make.log && exit 1; }
failed=0
for name in "${targets[@]}"; do
  log=$out/$name.log
  if { target "$name" && $mode "$name"; } >"$log" 2>&1; then
    summary=$(grep -a -E '^Done' "$log" | tail -n 1)
    [ $mode = replay ] && summary="$(grep -a -c '^Executed ' "$log") inputs"
    printf 'ok     %s: %s\n' "$name" "$summary"
  else
    printf 'FAILED %s: %s\n' "$name" "$log"
    grep -a -v -E '^#[0-9]+\s+(NEW|REDUCE|pulse|INITED|RELOAD)|^INFO: ' "$log" | grep -a -v "# Uses:" | tail -n 40
    failed=$((failed + 1))
  fi
done
printf 'fuzz: %d targets, %d failures\n' "${#targets[@]}" "$failed"
[ $failed -eq 0 ]
