#!/usr/bin/env bats
# iniget lint and diff.

bats_require_minimum_version 1.5.0
load helper

# iniget ARGUMENT...: $output, $stderr and $status of a run
iniget() {
  run --separate-stderr "$OSBOX" iniget "$@"
}

# finds TEXT ARGUMENT...: lint of f.ini prints the text and exits with 1, or 0 where it is empty
finds() {
  local expected=$1
  shift
  iniget lint f.ini "$@"
  [ "$stderr" = "" ]
  [ "$output" = "$expected" ]
  [ "$status" -eq "$([ -z "$expected" ] && echo 0 || echo 1)" ]
}

# -- lint ------------------------------------------------------------------------------------------

@test "a clean file: no output, exit 0" {
  printf '# c\n[DEFAULT]\nd = 1\n[s]\nx = %%(d)s\n  more\n' >f.ini
  finds ""
  : >f.ini
  finds ""
}

@test "all problems at once, in the order of the lines" {
  printf '%b' 'pre = 1\n[a]\nx = 1\n  X = 2\nx = 2\n[b]\n[a]\ny = 50%\nz = %(nope)s\nword\n= v\n[]\n' >f.ini
  finds "f.ini:1:1: no section header before: 'pre = 1' [missing-header]
f.ini:4:3: this looks like an option but is indented, and so part of the value of 'x' [unreachable-line]
f.ini:5:1: option 'x' in section 'a' already exists, at line 3 [duplicate-option]
f.ini:7:1: section 'a' already exists, at line 2 [duplicate-section]
f.ini:8:5: '%' must be followed by '%' or '(', found: '%' [bad-reference]
f.ini:9:5: Bad value substitution: option 'z' in section 'a' contains an interpolation key 'nope' which is not a valid option name. Raw value: '%(nope)s' [bad-reference]
f.ini:10:1: neither a section header nor an option: 'word' [no-delimiter]
f.ini:11:1: an option without a name: '= v' [empty-name]
f.ini:12:1: neither a section header nor an option: '[]' [no-delimiter]"
}

@test "columns count characters" {
  printf '[s]\n\xc3\xa4\xc3\xb6 = 50%%\n' >f.ini
  finds "f.ini:2:6: '%' must be followed by '%' or '(', found: '%' [bad-reference]"
}

@test "bytes that are not UTF-8" {
  printf '[s]\nx = \xff\n' >f.ini
  finds "f.ini:2:5: 'utf-8' codec can't decode byte 0xff in position 8: invalid start byte [encoding]"
  finds "" --encoding latin-1
}

@test "the grammar decides" {
  printf '[s]\nx = 1\nx = 2\nflag\ny = 50%%\n' >f.ini
  finds "f.ini:2:1: option 'x' in section 's' is overridden at line 3 [unreachable-option]" \
    --no-strict --allow-no-value --interpolation none
  finds "f.ini:2:1: option 'x' in section 's' is overridden at line 3 [unreachable-option]" -D plain
  finds "f.ini:4:1: neither a section header nor an option: 'flag' [no-delimiter]" -D systemd
}

@test "several files, -, a file that is not there" {
  printf '[s]\nword\n' >f.ini
  printf 'stray\n' >g.ini
  iniget lint f.ini g.ini
  [ "$status" -eq 1 ]
  [ "$output" = "f.ini:2:1: neither a section header nor an option: 'word' [no-delimiter]
g.ini:1:1: no section header before: 'stray' [missing-header]" ]
  run --separate-stderr bash -c '"$OSBOX" iniget lint - <g.ini'
  [ "$output" = "<stdin>:1:1: no section header before: 'stray' [missing-header]" ]
  iniget lint f.ini nope.ini g.ini
  [ "$status" -eq 4 ]
  [ "$stderr" = "iniget: nope.ini: No such file or directory" ]
  [ "${#lines[@]}" -eq 2 ]
}

@test "lint --json" {
  printf '[s]\nword\n= 1\n' >f.ini
  finds '[{"file": "f.ini", "line": 2, "column": 1, "code": "no-delimiter", "message": "neither a section header nor an option: '"'word'"'"},
 {"file": "f.ini", "line": 3, "column": 1, "code": "empty-name", "message": "an option without a name: '"'= 1'"'"}]' --json
  printf '[s]\n' >f.ini
  iniget lint --json f.ini
  [ "$status" -eq 0 ]
  [ "$output" = "[]" ]
}

@test "lint of a file that is nothing but repeats takes linear time" {
  { echo '[s]'; yes 'x = 1' | head -n 50000; } >f.ini
  run timeout 20 "$OSBOX" iniget lint f.ini
  [ "$status" -eq 1 ]
  [ "${#lines[@]}" -eq 49999 ]
  run timeout 20 "$OSBOX" iniget --no-strict lint f.ini
  [ "$status" -eq 1 ]
}

# -- diff ------------------------------------------------------------------------------------------

@test "diff compares what files mean" {
  printf '[s]\nx = 1\ny = 2\n[t]\n' >a.ini
  printf '; c\n[t]\n\n[s]\nY:2\nX=1' >b.ini
  iniget diff a.ini b.ini
  [ "$status" -eq 0 ]
  [ "$output" = "" ]
  iniget --case diff a.ini b.ini
  [ "$status" -eq 1 ]
}

@test "diff shows old and new" {
  printf '[DEFAULT]\nd = 1\n[s]\nx = 1\ny = a\n b\n[gone]\nq = 1\n' >a.ini
  printf '[s]\nx = 2\nnew = %%(x)s\n[fresh]\n' >b.ini
  iniget diff a.ini b.ini
  [ "$status" -eq 1 ]
  [ "$output" = '-[DEFAULT] d = 1
-[s] x = 1
+[s] x = 2
-[s] y = a\nb
-[gone]
-[gone] q = 1
+[s] new = %(x)s
+[fresh]' ]
}

@test "diff --json" {
  printf '[s]\nx = 1\n[gone]\n' >a.ini
  printf '[s]\nx = 2\nnew = 1\n' >b.ini
  iniget --json diff a.ini b.ini
  [ "$status" -eq 1 ]
  [ "$output" = '[{"section": "s", "option": "x", "old": "1", "new": "2"},
 {"section": "gone", "old": null},
 {"section": "s", "option": "new", "new": "1"}]' ]
  iniget --json diff a.ini a.ini
  [ "$status" -eq 0 ]
  [ "$output" = "[]" ]
}

@test "diff: errors are no difference" {
  printf '[s]\n' >a.ini
  printf 'stray\n' >bad.ini
  iniget diff a.ini nope.ini
  [ "$status" -eq 4 ]
  iniget diff a.ini bad.ini
  [ "$status" -eq 3 ]
}
