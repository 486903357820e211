#!/usr/bin/env bash
# The README's tour on real input, each command shown before its output.
set -u
cd "$(dirname "$0")/.." || exit 1
osbox=$PWD/build/osbox
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir "$work/bin" && "$osbox" --install --symlink "$work/bin" || exit 1
PATH=$work/bin:$PWD/build:$PATH
cd "$work" || exit 1

show() {
  printf '\n$ %s\n' "$1"
  eval "$1" 2>&1
}

cat >app.ini <<'EOF'
[DEFAULT]
home = /srv

[db]
# the primary
port = 5432
path = %(home)s/db
timeout = 1h 30min
EOF

show 'osbox --list'
show 'cat app.ini'
show 'iniget app.ini db path'
show 'iniget --type duration app.ini db timeout'
show 'iniget --default 10 app.ini db pool'
show 'iniget app.ini db prot'
show 'iniget --format json app.ini'
# shellcheck disable=SC2016  # show() evaluates it
show 'eval "$(iniget --format sh --prefix db_ app.ini db)"; echo "$db_port"'
show 'iniget --dry-run set app.ini db port 5433'
show 'iniget set app.ini db port 5433 && iniget --origin app.ini db port'
show 'iniget lint app.ini && echo clean'
for unit in /usr/lib/systemd/system/*.service /lib/systemd/system/*.service; do
  [ -r "$unit" ] || continue
  show "iniget --dialect systemd $unit Service"
  break
done
show 'strerror 2 EACCES'
show 'strerror --search timed out'
