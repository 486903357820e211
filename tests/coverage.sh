#!/usr/bin/env bash
# Line and branch coverage of core/ and applets/ by the unit and command line tests.
set -eu
cd "$(dirname "$0")/.."
make --no-print-directory -j"$(nproc)" VARIANT=cov CC=gcc build/cov/osbox unit-programs >/dev/null
find build/cov -name '*.gcda' -delete
for test in build/cov/unit/test_*; do "$test" >/dev/null 2>&1 || true; done
OSBOX=$PWD/build/cov/osbox bats tests/cli >/dev/null || true
find build/cov/core build/cov/applets -name '*.gcda' -print0 |
  xargs -0 gcov --branch-probabilities --no-output 2>/dev/null |
  awk '/^File/ { file = $2; gsub(/\x27/, "", file) }
       /^Lines executed/ && file ~ /^(core|applets)/ {
         split($0, part, /[:% ]+/); lines[file] = part[3]; total[file] = part[5] }
       /^Branches executed/ && file ~ /^(core|applets)/ { split($0, part, /[:% ]+/); branches[file] = part[3] }
       END { for (f in lines) { printf "%6.1f %% lines  %6.1f %% branches  %s\n", lines[f], branches[f], f
                                done += lines[f] * total[f]; all += total[f] }
             printf "%6.1f %% of %d lines\n", done / all, all }' | sort -n
