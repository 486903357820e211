#!/bin/sh
# Install what building and testing need: on Debian with apt-get, on Alpine with apk; as root or
# through sudo. What is there already is left alone.
set -eu

as_root() {
  if [ "$(id -u)" -eq 0 ]; then "$@"; else sudo "$@"; fi
}

debian='gcc clang make musl-tools python3 libcmocka-dev bats git strace busybox dash zsh fish mandoc
  shellcheck cppcheck clang-format libclang-rt-14-dev attr acl universal-ctags patch file
  util-linux procps binutils'
alpine='gcc clang make musl-dev python3 cmocka-dev bats git strace busybox dash bash zsh fish mandoc
  shellcheck cppcheck clang-extra-tools compiler-rt attr acl ctags patch file util-linux procps
  binutils linux-headers'

missing_debian() {
  for p in $debian; do
    dpkg-query -W -f '${Status}' "$p" 2>/dev/null | grep -q 'ok installed' || printf '%s ' "$p"
  done
}

if command -v apt-get >/dev/null; then
  wanted=$(missing_debian)
  [ -n "$wanted" ] || exit 0
  as_root apt-get update -qq
  # shellcheck disable=SC2086  # a list of words
  DEBIAN_FRONTEND=noninteractive as_root apt-get install -y -qq --no-install-recommends $wanted
elif command -v apk >/dev/null; then
  # shellcheck disable=SC2086  # a list of words
  as_root apk add -q $alpine
else
  echo 'deps: neither apt-get nor apk is here; install by hand:' "$debian" >&2
fi
