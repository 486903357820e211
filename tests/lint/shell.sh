#!/usr/bin/env bash
# Every shell script, and every bats file, passes shellcheck.
set -u
# shellcheck source=tests/lint/lib/report.sh
. "$(dirname "$0")/lib/report.sh"

scripts() {
  find . \( -name .git -o -name build -o -path ./docs/completions \) -prune -o \
    -type f \( -name '*.sh' -o -name '*.bash' -o -name '*.bats' -o -path './.ci/*' \) -print | sort
}

# SC2317 takes a function that is called through its name in "$@" for dead code. In bats files, each
# test is a subshell on purpose (SC2030, SC2031), bats itself sets $stderr (SC2154), and what stands in
# quotes is meant as it stands, for another shell or for no shell (SC1003, SC2016, SC2088); nor are
# words behind > commands (SC2238).
while read -r file; do
  excused=SC2317
  [[ $file != *.bats ]] || excused=SC2317,SC2030,SC2031,SC2154,SC1003,SC2016,SC2088,SC2238
  check "${file#./}:1" shellcheck -e "$excused" -x -P SCRIPTDIR -f gcc "${file#./}"
done < <(scripts)
finish shell
