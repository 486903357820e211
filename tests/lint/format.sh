#!/usr/bin/env bash
# Every C file is as clang-format would write it. Tables that a script makes say so themselves, with
# `clang-format off`.
set -u
# shellcheck source=tests/lint/lib/report.sh
. "$(dirname "$0")/lib/report.sh"

for file in $(sources applets core include tests); do
  check "$file:1" clang-format --dry-run -Werror "$file"
done
finish format
