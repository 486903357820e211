#!/usr/bin/env bash
# package.sh deb|image VERSION: what `make deb` and `make image` make of build/osbox. Two runs give the
# same bytes.
set -eu
cd "$(dirname "$0")/.."
kind=$1 version=$2
stage=$(mktemp -d)
chmod 755 "$stage"
trap 'rm -rf "$stage"' EXIT
SOURCE_DATE_EPOCH=${SOURCE_DATE_EPOCH:-$(git log -1 --format=%ct 2>/dev/null || echo 0)}
export SOURCE_DATE_EPOCH

package_deb() {
  local arch
  arch=$(dpkg --print-architecture)
  make --no-print-directory -s install DESTDIR="$stage" PREFIX=/usr
  install -D -m 644 LICENSE "$stage/usr/share/doc/osbox/copyright"
  gzip -9n "$stage"/usr/share/man/man1/*.1
  mkdir "$stage/DEBIAN"
  cat >"$stage/DEBIAN/control" <<EOF
Package: osbox
Version: $version
Architecture: $arch
Maintainer: The osbox authors <osbox@localhost>
Section: utils
Priority: optional
Description: services of Python's standard library for the shell
 One static binary of applets: iniget reads, checks and edits INI files as
 Python's configparser does; strerror explains error numbers.
EOF
  find "$stage" -exec touch -h -d "@$SOURCE_DATE_EPOCH" {} +
  dpkg-deb --root-owner-group --build "$stage" "build/osbox_${version}_$arch.deb"
}

package_image() {
  mkdir -p "$stage/bin"
  install -m 755 build/osbox "$stage/bin/osbox"
  "$stage/bin/osbox" --install --symlink --relative "$stage/bin"
  tar --sort=name --owner=0 --group=0 --numeric-owner --mtime="@$SOURCE_DATE_EPOCH" \
    -C "$stage" -cf "build/osbox-$version-rootfs.tar" bin
  echo "build/osbox-$version-rootfs.tar: docker import build/osbox-$version-rootfs.tar osbox"
}

"package_$kind"
