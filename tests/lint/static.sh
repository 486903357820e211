#!/usr/bin/env bash
# cppcheck has nothing to say about the sources.
set -u
# shellcheck source=tests/lint/lib/report.sh
. "$(dirname "$0")/lib/report.sh"

# Left out: style, a matter of taste; includes of the system, which cppcheck need not read; what it
# says about itself.
analyse() {
  cppcheck --quiet --std=c11 --language=c --enable=warning,performance,portability --inline-suppr \
    --suppress=missingIncludeSystem --suppress=toomanyconfigs --suppress=normalCheckLevelMaxBranches \
    --max-configs=4 -D_GNU_SOURCE -D__x86_64__ -D__SSE2__ -Iinclude -j "$(nproc)" \
    --template='{file}:{line}: {severity}: {message} [{id}]' --error-exitcode=1 "$@"
}

files=$(sources applets core | grep '\.c$')
# shellcheck disable=SC2086  # a list of words
analyse $files 2>&1 | tee "$scratch/said"
checked=$(wc -w <<<"$files")
failures=$(wc -l <"$scratch/said")
finish static
