#!/usr/bin/env bash
# Compile and run the C example of every page in docs/: the first ```c block must print the ```text
# block that follows it.
set -u
cd "$(dirname "$0")/../.." || exit 1
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
checked=0 failures=0

block() { # block LANGUAGE FILE: the first such block
  awk -v want="\`\`\`$1" '$0 == want && !seen { inside = seen = 1; next } /^```/ { inside = 0 } inside' "$2"
}

for page in docs/*.md; do
  block c "$page" >"$work/example.c"
  [ -s "$work/example.c" ] || continue
  checked=$((checked + 1))
  block text "$page" >"$work/expected"
  if ! gcc -std=c11 -Wall -Wextra -Werror -Iinclude -o "$work/example" "$work/example.c" build/libosbox.so -Wl,-rpath,"$PWD/build" 2>"$work/log" ||
    ! "$work/example" >"$work/printed" || ! diff -u "$work/expected" "$work/printed"; then
    cat "$work/log"
    echo "FAILED: the example in $page"
    failures=$((failures + 1))
  fi
done
echo "docs_c: $checked examples, $failures failures"
[ "$failures" -eq 0 ]
