#!/usr/bin/env bats
# iniget --format: what each looks like, byte for byte, and shell output that survives eval.

bats_require_minimum_version 1.5.0
load helper

setup() {
  osbox_setup
  printf '%b' '[DEFAULT]\nroot = /srv\n\n[a b]\nplain = 1\nquote = it"s, \\\\ ok\nlines = x\n  y\nempty =\nnone\n' >f.ini
}

# prints EXPECTED ARGUMENT...: stdout, byte for byte; EXPECTED as printf's %b reads it
prints() {
  printf '%b' "$1" >expected
  shift
  "$OSBOX" iniget --raw --allow-no-value "$@" >printed
  diff -u <(cat -A expected) <(cat -A printed)
}

# -- what each looks like --------------------------------------------------------------------------

@test "raw" {
  prints '1\n' f.ini 'a b' plain
  prints 'x\ny\n' f.ini 'a b' lines
  prints '\n' f.ini 'a b' empty
  prints '\n' f.ini 'a b' none
  prints 'root = /srv\nplain = 1\nquote = it"s, \\\\ ok\nlines = x\n\ty\nempty = \nnone\n' --format raw f.ini 'a b'
  prints '[DEFAULT]\nroot = /srv\n\n[a b]\nplain = 1\nquote = it"s, \\\\ ok\nlines = x\n\ty\nempty = \nnone\n\n' -f raw f.ini
  prints '1\n2\n' --all --over <(printf '[a b]\nplain = 2\n') f.ini 'a b' plain
}

@test "json" {
  prints '"1"\n' --format json f.ini 'a b' plain
  prints '"x\\ny"\n' --json f.ini 'a b' lines
  prints '""\n' --json f.ini 'a b' empty
  prints 'null\n' -j f.ini 'a b' none
  prints '{"root": "/srv", "plain": "1", "quote": "it\\"s, \\\\\\\\ ok", "lines": "x\\ny", "empty": "", "none": null}\n' -j f.ini 'a b'
  prints '{"DEFAULT": {"root": "/srv"}, "a b": {"root": "/srv", "plain": "1", "quote": "it\\"s, \\\\\\\\ ok", "lines": "x\\ny", "empty": "", "none": null}}\n' -j f.ini
}

@test "json of any text is Python's" {
  # shellcheck disable=SC2016  # Python's
  "${PYTHON:-/usr/bin/python3}" -c '
value = "".join(map(chr, range(1, 0x300))) + "\u2028\ufeff\U0001f600"
value = value.replace("\n", "").replace("\r", "").strip()
open("any.ini", "w", encoding="utf-8").write("[s]\nv = " + value + "\n\0 = \0\n")
import json, configparser
p = configparser.RawConfigParser()
p.read("any.ini", encoding="utf-8")
open("expected", "wb").write((json.dumps(dict(p["s"]), ensure_ascii=False) + "\n").encode())
'
  "$OSBOX" iniget --raw --json any.ini s >printed
  cmp expected printed
}

@test "jsonl" {
  prints '{"section": "a b", "option": "lines", "value": "x\\ny"}\n' -f jsonl f.ini 'a b' lines
  prints '{"section": "DEFAULT", "option": "root", "value": "/srv"}
{"section": "a b", "option": "root", "value": "/srv"}
{"section": "a b", "option": "plain", "value": "1"}
{"section": "a b", "option": "quote", "value": "it\\"s, \\\\\\\\ ok"}
{"section": "a b", "option": "lines", "value": "x\\ny"}
{"section": "a b", "option": "empty", "value": ""}
{"section": "a b", "option": "none", "value": null}\n' -f jsonl f.ini
}

@test "csv" {
  prints 'section,option,value\na b,plain,1\n' -f csv f.ini 'a b' plain
  prints 'section,option,value\na b,root,/srv\na b,plain,1\na b,quote,"it""s, \\\\ ok"\na b,lines,"x\ny"\na b,empty,""\na b,none,\n' -f csv f.ini 'a b'
}

@test "lines" {
  prints '[a b] plain = 1\n' -f lines f.ini 'a b' plain
  prints '[DEFAULT] root = /srv\n[a b] root = /srv\n[a b] plain = 1\n[a b] quote = it"s, \\\\\\\\ ok\n[a b] lines = x\\ny\n[a b] empty = \n[a b] none\n' -f lines f.ini
}

@test "ini" {
  prints '[a b]\nplain = 1\n\n' -f ini f.ini 'a b' plain
  prints '[a b]\nroot = /srv\nplain = 1\nquote = it"s, \\\\ ok\nlines = x\n\ty\nempty = \nnone\n\n' -f ini f.ini 'a b'
}

@test "ini is what ConfigParser.write writes" {
  "${PYTHON:-/usr/bin/python3}" -c '
import configparser
p = configparser.ConfigParser(allow_no_value=True)
p.read("f.ini")
p.write(open("expected", "w"))
'
  "$OSBOX" iniget --raw --allow-no-value -f ini f.ini >printed
  cmp expected printed
}

@test "nul" {
  "$OSBOX" iniget -r --allow-no-value -f nul f.ini 'a b' lines >printed
  printf 'x\ny\0' | cmp - printed
  "$OSBOX" iniget -r --allow-no-value -f nul f.ini 'a b' >printed
  printf 'root\0/srv\0plain\0001\0quote\0it"s, \\\\ ok\0lines\0x\ny\0empty\0\0none\0\0' | cmp - printed
  "$OSBOX" iniget -r --allow-no-value -f nul f.ini >printed
  printf 'DEFAULT\0root\0/srv\0a b\0root\0/srv\0' | cmp -n 31 - printed
}

@test "sh" {
  prints 'plain=1\n' -f sh f.ini 'a b' plain
  prints "root=/srv\nplain=1\nquote='it\"s, \\\\\\\\ ok'\nlines='x\ny'\nempty=''\nnone=''\n" -f sh f.ini 'a b'
  sed -i 's/a b/ab/' f.ini
  prints 'c_DEFAULT_root=/srv\nc_ab_root=/srv\nc_ab_plain=1\n' --prefix c_ --glob -f sh f.ini '*' '[pr]*[tn]'
}

@test "names: sections and options in each format" {
  prints 'a b\n' sections f.ini
  prints '["a b"]\n' --json sections f.ini
  prints '"a b"\n' -f jsonl sections f.ini
  prints 'name\na b\n' -f csv sections f.ini
  prints '[a b]\n' -f ini sections f.ini
  prints 'plain\nroot\n' -f lines options f.ini 'a b' '[pr]*[tn]'
  "$OSBOX" iniget --raw --allow-no-value -f nul options f.ini 'a b' >printed
  printf 'plain\0quote\0lines\0empty\0none\0root\0' | cmp - printed
}

@test "many values of one option" {
  printf '[s]\nx = 1\nx = a, b\n' >many.ini
  prints '1\na, b\n' -a many.ini s x
  prints '["1", "a, b"]\n' -a -j many.ini s x
  prints '{"section": "s", "option": "x", "value": ["1", "a, b"]}\n' -a -f jsonl many.ini s x
  prints "x='1\na, b'\n" -a -f sh many.ini s x
  prints 'section,option,value\ns,x,1\ns,x,"a, b"\n' -a -f csv many.ini s x
  prints '[s] x = 1\n[s] x = a, b\n' -a -f lines many.ini s x
  prints '{"x": ["1", "a, b"]}\n' -a -j many.ini s
}

@test "an unknown format is wrong usage" {
  run --separate-stderr "$OSBOX" iniget -f yaml f.ini
  [ "$status" -eq 2 ]
  [ "${stderr_lines[-1]}" = "iniget: error: option -f: invalid choice: 'yaml' (choose from 'raw', 'json', 'jsonl', 'sh', 'csv', 'lines', 'ini', 'nul')" ]
}

@test "output to a pipe is byte-exact, to a terminal control characters are escaped" {
  needs script
  printf '[s]\nx = a\x1b[31mb\n' >esc.ini
  [ "$("$OSBOX" iniget esc.ini s x)" = $'a\x1b[31mb' ]
  script -qec "$OSBOX iniget esc.ini s x" /dev/null >shown
  [ "$(tr -d '\r' <shown)" = 'a\x1b[31mb' ]
}

# -- eval ------------------------------------------------------------------------------------------

# nasty.ini with the options v0, v1..., and in `expected` their values, a NUL behind each.
write_nasty() {
  "${PYTHON:-/usr/bin/python3}" - <<'END'
import configparser
values = r"""" ' '' a'b \ \\ \n \' $HOME ${x} $(id) `id` $((1)) -n -- - * ? [a-z] {a,b} ~ ~root !x !! #x
a#b a;b a&b a|b a>b a<b (x) a=b = ^ %s %% $'x' if ;exit\ 3 ';exit\ 3;' &&exit\ 3""".split()
values += ["", "a  b", "a\tb", "a\\\n\tb", "x\n\tEOF\n\ty", "a\n\n\tb", "\x7f", "\u00e9", "e\u0301", "\u2028",
           "\ufeff", "\U0001f600", "\u202e"]
values += [f"a{chr(c)}b" for c in range(1, 32) if c not in (10, 13)]
with open("nasty.ini", "w", encoding="utf-8", newline="") as file:
    file.write("[s]\n" + "".join(f"v{i} = {value}\n" for i, value in enumerate(values)))
parser = configparser.RawConfigParser()
parser.read("nasty.ini", encoding="utf-8")
with open("expected", "wb") as file:
    file.write("".join(value + "\0" for value in parser["s"].values()).encode())
END
}

# The values that a shell has after eval; $1 is what it does before.
write_shell() {
  cat >shell.sh <<END
text=\$("\$OSBOX" iniget --raw --format sh nasty.ini s)
count=\$(grep -c '^v[0-9]' nasty.ini)
$1
eval "\$text" || exit 1
set +euf
unset IFS
i=0
while [ "\$i" -lt "\$count" ]; do
  eval "value=\\\$v\$i"
  printf '%s\\0' "\$value"
  i=\$((i + 1))
done
END
}

@test "--format sh is safe under eval in every shell" {
  needs dash busybox
  write_nasty
  write_shell :
  for shell in dash bash "bash --posix" "busybox sh"; do
    # shellcheck disable=SC2086  # a command and its option
    $shell shell.sh >printed
    cmp expected printed
  done
}

@test "--format sh with other settings of the shell" {
  needs dash
  write_nasty
  for before in 'set -f' 'IFS=v=1' 'set -eu' 'cd /' 'LC_ALL=C' 'set -o noclobber'; do
    write_shell "$before"
    for shell in dash bash; do
      $shell shell.sh >printed
      cmp expected printed
    done
  done
}

@test "--format sh: names that no shell can hold are told, the others shown" {
  printf '[s]\ngood = 1\na-b = 2\nx y = 3\n1st = 4\n\xc3\xa9 = 5\nlast = 6\n' >names.ini
  run --separate-stderr "$OSBOX" iniget -f sh names.ini s
  [ "$status" -eq 1 ]
  [ "$output" = "good=1
last=6" ]
  [ "${stderr_lines[0]}" = "iniget: 'a-b' is no name for a shell variable (try --mangle)" ]
  [ "${#stderr_lines[@]}" -eq 4 ]
  run --separate-stderr "$OSBOX" iniget --mangle -f sh names.ini s
  [ "$status" -eq 0 ]
  [ "$stderr" = "" ]
  [ "$output" = "good=1
a_b=2
x_y=3
_1st=4
__=5
last=6" ]
}

@test "--format sh: two names that become one are told" {
  printf '[s]\na-b = 1\na_b = 2\n' >names.ini
  run --separate-stderr "$OSBOX" iniget --mangle -f sh names.ini s
  [ "$status" -eq 1 ]
  [ "$output" = "a_b=1" ]
  [ "$stderr" = "iniget: shell variable 'a_b' cannot hold both 'a-b' in section 's' and 'a_b' in section 's'" ]
}

@test "--format sh does not touch the shell's own variables" {
  printf '[s]\nPATH = /evil\nIFS = x\nLD_PRELOAD = /evil.so\nmine = 1\n' >names.ini
  run --separate-stderr "$OSBOX" iniget --case -f sh names.ini s
  [ "$status" -eq 1 ]
  [ "$output" = "mine=1" ]
  [ "${stderr_lines[0]}" = "iniget: 'PATH' is a variable of the shell's own (try --prefix)" ]
  run --separate-stderr "$OSBOX" iniget --case --prefix app_ -f sh names.ini s
  [ "$status" -eq 0 ]
  [ "${lines[0]}" = "app_PATH=/evil" ]
}

@test "a NUL byte is told where an output cannot show it" {
  printf '[s]\nx = a\0b\ny = 1\n' >nul.ini
  run --separate-stderr "$OSBOX" iniget -f sh nul.ini s
  [ "$status" -eq 1 ]
  [ "$output" = "y=1" ]
  [ "$stderr" = "iniget: 'x' in section 's' has a NUL byte in its value, which no shell variable can hold" ]
  run --separate-stderr "$OSBOX" iniget -f nul nul.ini s
  [ "$status" -eq 1 ]
  [ "$stderr" = "iniget: 'x' in section 's' has a NUL byte in it, which this output cannot show" ]
  [ "$("$OSBOX" iniget -j nul.ini s x)" = '"a\u0000b"' ]
}
