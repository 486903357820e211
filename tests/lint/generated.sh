#!/usr/bin/env bash
# The generated files that are committed are what would be generated now (`make generate` makes them),
# and the programs they are for can read them.
set -u
# shellcheck source=tests/lint/lib/report.sh
. "$(dirname "$0")/lib/report.sh"

PYTHON=${PYTHON:-/usr/bin/python3}
shopt -s nullglob

is_fresh() { # is_fresh FORM APPLET FILE
  build/osbox --generate "$1" "$2" >"$scratch/fresh" || return 1
  cmp -s "$3" "$scratch/fresh" && return
  echo "$3:1: is missing or stale: make generate"
  diff -u "$3" "$scratch/fresh" | head -n 20
  return 1
}

# Of an applet that is gone, say.
has_applet() { # has_applet NAME
  [ "$1" = osbox ] || [ -e "applets/$1.c" ] || ! echo "no applet has the name $1"
}

check Makefile:1 make --no-print-directory build/osbox
for file in applets/*.c; do applets+=("$(basename "$file" .c)"); done
for name in osbox "${applets[@]}"; do
  check "docs/man/$name.1:1" is_fresh man "$name" "docs/man/$name.1"
  for shell in bash:"$name" zsh:"_$name" fish:"$name.fish"; do
    file=docs/completions/${shell%%:*}/${shell#*:}
    check "$file:1" is_fresh "${shell%%:*}" "$name" "$file"
  done
done

for file in docs/man/*.1; do
  check "$file:1" has_applet "$(basename "$file" .1)"
  check "$file:1" mandoc -Tlint -W warning "$file"
done
for file in docs/completions/bash/*; do
  check "$file:1" has_applet "${file##*/}"
  check "$file:1" bash -n "$file"
done
for file in docs/completions/zsh/_*; do
  check "$file:1" has_applet "${file##*/_}"
  check "$file:1" zsh -n "$file"
done
for file in docs/completions/fish/*.fish; do
  check "$file:1" has_applet "$(basename "$file" .fish)"
  check "$file:1" fish --no-config -n "$file"
done

for script in core/*/gen_*.py; do
  check "$script:1" "$PYTHON" -B "$script" --check
done
finish generated
