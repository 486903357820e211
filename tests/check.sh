#!/usr/bin/env bash
# Run the tests and count them: check.sh [--full] [SUITE...]. Without --full every row runs with a
# small budget and a fixed seed. The last line is "N passed, N failed" (", N skipped").
set -u
cd "$(dirname "$0")/.." || exit 1

full=
suites=()
for word in "$@"; do
  if [ "$word" = --full ]; then full=1; else suites+=("$word"); fi
done
[ ${#suites[@]} -gt 0 ] || suites=(build lint unit oracle cli fault fuzz)

export PYTHON=${PYTHON:-/usr/bin/python3} PYTHONDONTWRITEBYTECODE=1
passed=0 failed=0 skipped=0
jobs=$(nproc)
log=$(mktemp)
trap 'rm -f "$log"' EXIT

say() { printf '%s\n' "$*"; }

count() { # count PASSED FAILED
  passed=$((passed + $1))
  failed=$((failed + $2))
}

# One command is one test; its output is shown when it fails.
try() { # try NAME COMMAND...
  local name=$1 start=$SECONDS
  shift
  if "$@" >"$log" 2>&1; then
    count 1 0
    say "ok     $name ($((SECONDS - start)) s) $(tail -n 1 "$log" | cut -c 1-100)"
  else
    count 0 1
    say "FAILED $name"
    tail -n 60 "$log"
  fi
}

make_quietly() { make --no-print-directory -j"$jobs" "$@"; }

suite_build() {
  try 'build, static' make_quietly
  try 'build, libosbox' make_quietly lib
  try 'build, clang and glibc' make_quietly VARIANT=clang CC=clang LIBC=glibc build/clang/osbox
}

suite_lint() {
  local script
  for script in tests/lint/*.sh tests/lint/*.py; do
    if [ "${script##*.}" = py ]; then try "$script" "$PYTHON" "$script"; else try "$script" "$script"; fi
  done
}

suite_unit() {
  try 'build, unit tests' make_quietly VARIANT=asan CC=gcc unit-programs
  local test
  for test in build/asan/unit/test_*; do
    "$test" >"$log" 2>&1
    local code=$? ok bad
    ok=$(grep -c '^\[       OK \]' "$log")
    bad=$(grep -c '^\[  FAILED  \] test_' "$log")
    [ $code -eq 0 ] || [ "$bad" -gt 0 ] || bad=1
    count "$ok" "$bad"
    if [ $code -eq 0 ]; then say "ok     $test: $ok tests"; else say "FAILED $test"; tail -n 60 "$log"; fi
  done
}

suite_oracle() {
  make_quietly lib >/dev/null
  local name cases
  for name in text num codecs errno_table optparse_engine ini_output; do
    cases=4000
    [ -z "$full" ] || cases=100000
    try "oracle, $name" "$PYTHON" "tests/oracle/$name.py" --cases $cases --seed 1
  done
  cases=4000
  [ -z "$full" ] || cases=100000
  try 'oracle, configparser' "$PYTHON" tests/oracle/configparser_api.py --cases $cases --seed 1
  local limit=(--limit 300)
  [ -z "$full" ] || limit=()
  try 'oracle, real input' "$PYTHON" tests/oracle/real_input.py "${limit[@]}"
}

suite_cli() {
  local file
  for file in tests/cli/*.bats; do
    bats --tap "$file" >"$log" 2>&1
    local code=$? ok bad skip
    ok=$(grep -c '^ok ' "$log")
    bad=$(grep -c '^not ok ' "$log")
    skip=$(grep -c '^ok .* # skip' "$log")
    [ $code -eq 0 ] || [ "$bad" -gt 0 ] || bad=1
    count $((ok - skip)) "$bad"
    skipped=$((skipped + skip))
    grep '# skip' "$log"
    if [ $code -eq 0 ]; then say "ok     $file: $ok tests"; else say "FAILED $file"; grep -A 20 '^not ok' "$log" | head -n 80; fi
  done
  try 'examples in docs' "$PYTHON" tests/cli/docs_examples.py
}

suite_fault() {
  local script
  for script in tests/fault/*.py tests/fault/*.sh; do
    [ -x "$script" ] || continue
    try "$script" "$script" ${full:+--full}
  done
}

suite_fuzz() {
  if [ -n "$full" ]; then
    try 'fuzz, 60 s a target' tests/fuzz/fuzz.sh --seconds 60
  else
    try 'fuzz, corpora' tests/fuzz/fuzz.sh --replay
  fi
}

for suite in "${suites[@]}"; do
  say "-- $suite"
  "suite_$suite"
done
if [ "$skipped" -gt 0 ]; then
  say "$passed passed, $failed failed, $skipped skipped"
else
  say "$passed passed, $failed failed"
fi
[ "$failed" -eq 0 ]
