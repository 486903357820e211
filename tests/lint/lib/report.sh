# What the shell checks of tests/lint share: they begin at the top of the tree, say `FILE:LINE: MESSAGE`
# for each failure, and end with `NAME: N checked, F failures`.
# shellcheck shell=bash
cd "$(dirname "${BASH_SOURCE[0]}")/../../.." || exit 1
checked=0 failures=0
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT

# Run a check of one thing; what it prints is its message.
check() { # check FILE:LINE COMMAND...
  local what=$1
  shift
  checked=$((checked + 1))
  "$@" >"$scratch/said" 2>&1 && return
  [ -s "$scratch/said" ] || printf '%s: failed: %s\n' "$what" "$*"
  sed "/^[^ ]*:[0-9]/!s|^|$what: |" "$scratch/said"
  failures=$((failures + 1))
}

finish() { # finish NAME
  printf '%s: %d checked, %d failures\n' "$1" "$checked" "$failures"
  [ "$failures" -eq 0 ]
  exit
}

sources() { # sources FOLDER...: the C files below them
  find "$@" -name '*.[ch]' | sort
}
