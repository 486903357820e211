#!/usr/bin/env bats
# Reading: verbs, layers, and the options that say how a file is read.

bats_require_minimum_version 1.5.0
load helper

setup() {
  osbox_setup
  cat >app.ini <<'END'
# the app
[DEFAULT]
home = /srv
Level: 3

[db]
port = 5432
path = %(home)s/db
empty =
hosts = one

  two
# not of the value
  three

[web ui]
port = 80
bad = 50%
END
  printf '[db]\nport = 1\nnew = n\n[extra]\nhome = /x\n' >over.ini
}

# iniget ARGUMENT...: $output, $stderr and $status of a run
iniget() {
  run --separate-stderr "$OSBOX" iniget "$@"
}

# says TEXT ARGUMENT...: the run succeeds and prints the text, and nothing else
says() {
  local expected=$1
  shift
  iniget "$@"
  [ "$stderr" = "" ]
  [ "$output" = "$expected" ]
  [ "$status" -eq 0 ]
}

# refuses CODE TEXT ARGUMENT...: the run ends with the code, prints nothing and tells the text
refuses() {
  local code=$1 expected=$2
  shift 2
  iniget "$@"
  [ "$output" = "" ]
  [ "$stderr" = "$expected" ]
  [ "$status" -eq "$code" ]
}

# -- one value -------------------------------------------------------------------------------------

@test "FILE SECTION OPTION is the value, with or without the verb" {
  says 5432 app.ini db port
  says 5432 get app.ini db port
  says /srv/db app.ini db path
  says 3 app.ini db level
  says "" app.ini db empty
  says "one

two
three" app.ini db hosts
}

@test "names: options in any case, sections as they are written" {
  says 5432 app.ini db PORT
  says 80 app.ini "web ui" port
  refuses 1 "iniget: app.ini: No section: 'DB' (did you mean 'db'?)" app.ini DB port
  refuses 1 "iniget: app.ini: No option 'prot' in section: 'db' (did you mean 'port'?)" app.ini db prot
  refuses 1 "iniget: app.ini: No option 'zzz' in section: 'db'" app.ini db zzz
  printf '[s]\n\xc3\x84 = umlaut\n' >u.ini
  says umlaut u.ini s $'\xc3\xa4'
}

@test "DEFAULT is in every section, and a section of its own" {
  says /srv app.ini db home
  says /srv app.ini DEFAULT home
  says "home = /srv
level = 3" app.ini DEFAULT
  refuses 1 "iniget: app.ini: No section: 'default'" app.ini default home
}

@test "--raw leaves references alone" {
  says '%(home)s/db' --raw app.ini db path
  says '50%' -r app.ini "web ui" bad
}

@test "a reference that cannot be resolved names line, --raw and a dialect" {
  refuses 3 "iniget: app.ini:18: '%' must be followed by '%' or '(', found: '%' (try --raw or --dialect plain)" \
    app.ini "web ui" bad
  printf '[Desktop Entry]\nExec=foo %%U\n' >foo.desktop
  refuses 3 "iniget: foo.desktop:2: '%' must be followed by '%' or '(', found: '%U' (try --raw or --dialect desktop)" \
    foo.desktop "Desktop Entry" Exec
}

@test "--default is printed where section or option is missing, unchanged" {
  says x --default x app.ini db nope
  says x -d x app.ini nope nope
  says "" -d "" app.ini db nope
  says 5432 -d x app.ini db port
  says maybe -d maybe --type bool app.ini db nope
  refuses 4 "iniget: nope.ini: No such file or directory" -d x nope.ini db port
  iniget -d x app.ini "web ui" bad
  [ "$status" -eq 3 ]
}

@test "--var and --define" {
  says /v/db --var home=/v app.ini db path
  says 9 --var port=9 app.ini db port
  says 9 --var PORT=9 app.ini db port
  says "a=b" --var new=a=b app.ini db new
  says 2 --var x=1 --var x=2 app.ini db x
  says 7 --define new=7 app.ini db new
  says /srv --define home=/d app.ini db home
  says "db
web ui" --define new=7 sections app.ini
}

# -- many values -----------------------------------------------------------------------------------

@test "FILE SECTION and items: DEFAULT's options first, in the order of the file" {
  says "home = /srv
level = 3
port = 5432
path = /srv/db
empty = 
hosts = one
	
	two
	three" app.ini db
  first=$output
  iniget items app.ini db
  [ "$output" = "$first" ]
  refuses 1 "iniget: app.ini: No section: 'nope'" items app.ini nope
}

@test "FILE and dump: all sections, each with its own options" {
  "$OSBOX" iniget --raw app.ini >shown
  cat >want <<'END'
[DEFAULT]
home = /srv
level = 3

[db]
port = 5432
path = %(home)s/db
empty = 
hosts = one
	
	two
	three

[web ui]
port = 80
bad = 50%

END
  diff -u want shown
  "$OSBOX" iniget --raw dump app.ini >shown
  diff -u want shown
}

@test "an error prints nothing on stdout, in any format" {
  for format in raw json jsonl sh csv lines ini nul; do
    iniget --format "$format" app.ini
    [ "$status" -eq 3 ]
    [ "$output" = "" ]
  done
}

@test "sections and options, all or by a pattern" {
  says "db
web ui" sections app.ini
  says "web ui" sections app.ini 'w*'
  says "port
path
empty
hosts
home
level" options app.ini db
  says "port
path" options app.ini db 'p*'
  says "home
level" options app.ini DEFAULT
  refuses 1 "iniget: app.ini: No section: 'dbx' (did you mean 'db'?)" options app.ini dbx
}

@test "has answers by its exit code alone" {
  for there in db DEFAULT "db port" "db PORT" "db home" "DEFAULT home"; do
    # shellcheck disable=SC2086  # a list of words
    iniget has app.ini $there
    [ "$status" -eq 0 ]
    [ "$output$stderr" = "" ]
  done
  for missing in DB "db nope" "nope port" "DEFAULT port"; do
    # shellcheck disable=SC2086  # a list of words
    iniget has app.ini $missing
    [ "$status" -eq 1 ]
    [ "$output$stderr" = "" ]
  done
  refuses 4 "iniget: nope.ini: No such file or directory" has nope.ini db
}

@test "--glob: SECTION and OPTION are patterns" {
  says "[db]
port = 5432
path = /srv/db

[web ui]
port = 80" -g app.ini '[dw]*' 'p*'
  says "[db] port = 5432
[web ui] port = 80" --glob --format lines app.ini '*' 'p?rt'
  iniget -g app.ini 'x*'
  [ "$status" -eq 1 ]
  [ "$output" = "" ]
  iniget -g app.ini '*' 'x*'
  [ "$status" -eq 1 ]
  [ "$output" = "" ]
}

@test "--glob resolves only what it shows" {
  says "[db]
path = /srv/db" -g app.ini '*' 'pa*'
}

@test "--all gives every value of a repeated option, in order" {
  printf '[s]\nx = 1\ny = 2\nx = 3\n[s]\nx = 4\n' >rep.ini
  says "1
3
4" --all rep.ini s x
  says 4 --no-strict rep.ini s x
  says '["1", "3", "4"]' -a --format json rep.ini s x
  says '["2"]' -a --format json rep.ini s y
  says "x = 1
x = 3
x = 4
y = 2" -a rep.ini s
  says "5432
1" -a --over over.ini app.ini db port
  says /srv/db -a app.ini db path
  says '%(home)s/db' -a --raw app.ini db path
}

@test "--all of many options takes linear time" {
  { echo '[s]'; seq -f 'k%.0f = v' 20000; } >many.ini
  timeout 20 "$OSBOX" iniget --all --format lines many.ini s >shown
  [ "$(wc -l <shown)" -eq 20000 ]
}

@test "--sorted orders sections and options by name" {
  printf '[c]\nz = 1\na = 2\n[b]\nq = 1\n[DEFAULT]\nm = 1\n' >s.ini
  says "b
c" --sorted sections s.ini
  says '{"DEFAULT": {"m": "1"}, "b": {"m": "1", "q": "1"}, "c": {"a": "2", "m": "1", "z": "1"}}' \
    --sorted --format json s.ini
}

# -- files and layers ------------------------------------------------------------------------------

@test "FILE - is standard input" {
  run --separate-stderr bash -c 'printf "[s]\nx = 1\n" | "$OSBOX" iniget - s x'
  [ "$output" = 1 ]
  run --separate-stderr bash -c 'printf "stray\n" | "$OSBOX" iniget - s x'
  [ "$status" -eq 3 ]
  [[ $stderr = *"file: '<stdin>', line: 1"* ]]
  run --separate-stderr bash -c '"$OSBOX" iniget --over - app.ini db port <over.ini'
  [ "$output" = 1 ]
}

@test "a file that is called like a verb is written ./get" {
  cp app.ini get
  says 5432 ./get db port
  says 5432 get get db port
}

@test "options stand anywhere, -- ends them" {
  says 5432 app.ini db port --raw
  says 5432 -- app.ini db port
  printf '[s]\n-x = minus\n' >minus.ini
  says minus minus.ini s -- -x
}

@test "--over: later files win, each strict on its own" {
  says 1 --over over.ini app.ini db port
  says /srv/db --over over.ini app.ini db path
  says n --over over.ini app.ini db new
  printf '[db]\nport = 2\n[DEFAULT]\nhome = /o\n' >over2.ini
  says 2 --over over.ini --over over2.ini app.ini db port
  says /o/db --over over2.ini app.ini db path
  refuses 4 "iniget: nope: No such file or directory" --over nope app.ini db port
}

@test "--origin tells the file and line that won" {
  says "app.ini:7:	5432" --origin app.ini db port
  says "over.ini:2:	1" -o --over over.ini app.ini db port
  says "app.ini:8:	/srv/db" -o --over over.ini app.ini db path
  says '{"value": "5432", "file": "app.ini", "line": 7}' -o -f json app.ini db port
  says '{"section": "db", "option": "port", "value": "5432", "file": "app.ini", "line": 7}' \
    -o -f jsonl app.ini db port
  says "section,option,value,file,line
db,port,5432,app.ini,7" -o -f csv app.ini db port
  says "app.ini:7: [db] port = 5432" -o -f lines app.ini db port
  says '{"value": "x", "file": null, "line": null}' -o -f json -d x app.ini db nope
  "$OSBOX" iniget -o -f nul app.ini db port | tr '\0' '|' >shown
  [ "$(cat shown)" = "app.ini|7|5432|" ]
}

@test "--origin with --all: each value has its own" {
  says "app.ini:7:	5432
over.ini:2:	1" -o -a --over over.ini app.ini db port
  says '[{"value": "5432", "file": "app.ini", "line": 7}, {"value": "1", "file": "over.ini", "line": 2}]' \
    -o -a --json --over over.ini app.ini db port
  says "port='5432
1'" -o -a --format sh --over over.ini app.ini db port
}

@test "--dropins: one file of /etc, /run, /usr, then FILE.d/*.conf by base name" {
  mkdir -p r/etc/a.conf.d r/run/a.conf.d r/usr/lib/a.conf.d r/usr/local/lib/a.conf.d
  printf '[a]\nx = usr\nusr = 1\n' >r/usr/lib/a.conf
  printf '[a]\nx = etc\netc = 1\n' >r/etc/a.conf
  printf '[a]\nx = 10usr\ny = 10\n' >r/usr/lib/a.conf.d/10.conf
  printf '[a]\nx = 20usr\nz = usr\n' >r/usr/lib/a.conf.d/20.conf
  printf '[a]\nx = 20run\nz = run\n' >r/run/a.conf.d/20.conf
  printf '[a]\nx = 30usr\n' >r/usr/lib/a.conf.d/30.conf
  : >r/etc/a.conf.d/30.conf
  printf '[a]\nx = 40usr\n' >r/usr/lib/a.conf.d/40.conf
  ln -s /dev/null r/etc/a.conf.d/40.conf
  printf '[a]\nx = hidden\n' >r/etc/a.conf.d/.50.conf
  printf 'not read\n' >r/etc/a.conf.d/README
  mkdir r/etc/a.conf.d/60.conf
  printf '[a]\nlocal = 1\n' >r/usr/local/lib/a.conf.d/05.conf
  says "r/run/a.conf.d/20.conf:2:	x = 20run
r/etc/a.conf:3:	etc = 1
r/usr/local/lib/a.conf.d/05.conf:2:	local = 1
r/usr/lib/a.conf.d/10.conf:3:	y = 10
r/run/a.conf.d/20.conf:3:	z = run" --origin --dropins --root r /etc/a.conf a
  rm r/etc/a.conf
  says 1 --dropins --root r /etc/a.conf a usr
  says 40usr --dropins r/usr/lib/a.conf a x
  refuses 4 "iniget: r/etc/b.conf: No such file or directory" --dropins --root r /etc/b.conf a x
}

@test "--dropins beside a file anywhere" {
  mkdir app.ini.d
  printf '[db]\nport = 7\n' >app.ini.d/1.conf
  says 7 --dropins app.ini db port
  says 5432 app.ini db port
}

# -- grammar ---------------------------------------------------------------------------------------

@test "--interpolation none, basic, extended, legacy" {
  printf '[s]\na = %%(b)s\nc = ${t:d}\nb = 1\n[t]\nd = 2\n' >i.ini
  says 1 i.ini s a
  says 1 --interpolation basic i.ini s a
  says '%(b)s' --interpolation none i.ini s a
  says '${t:d}' i.ini s c
  says 2 --interpolation extended i.ini s c
  says 1 --interpolation legacy i.ini s a
}

@test "--strict and --no-strict" {
  printf '[s]\nx = 1\nx = 2\n' >d.ini
  refuses 3 "iniget: While reading from 'd.ini' [line  3]: option 'x' in section 's' already exists (try --no-strict)" \
    d.ini s x
  says 2 --no-strict d.ini s x
  iniget --no-strict --strict d.ini s x
  [ "$status" -eq 3 ]
  printf '[s]\nx = 1\n[s]\n' >d.ini
  refuses 3 "iniget: While reading from 'd.ini' [line  3]: section 's' already exists (try --no-strict)" d.ini s x
  says 1 --no-strict d.ini s x
}

@test "--allow-no-value" {
  printf '[s]\nflag\nx = 1\n' >n.ini
  iniget n.ini s flag
  [ "$status" -eq 3 ]
  [ "${stderr_lines[0]}" = "iniget: Source contains parsing errors: 'n.ini'" ]
  [[ ${stderr_lines[1]} = $'\t[line  2]: '"'flag\\n'"* ]]
  says "" --allow-no-value n.ini s flag
  says null --allow-no-value --json n.ini s flag
  says '{"DEFAULT": {}, "s": {"flag": null, "x": "1"}}' --allow-no-value --raw --format json n.ini
  iniget --allow-no-value has n.ini s flag
  [ "$status" -eq 0 ]
}

@test "--delimiter" {
  printf '[s]\na => 1\nb = 2\n' >e.ini
  says "1" --delimiter '=>' --delimiter = e.ini s a
  says "2" --delimiter '=>' --delimiter = e.ini s b
  says "> 1" --delimiter = --delimiter '=>' e.ini s a
  says "b = 2" --delimiter '=>' --allow-no-value options e.ini s 'b*'
}

@test "--comment-prefix, --no-comments, --inline-comment-prefix" {
  printf '[s]\n# a = 1\nREM b = 2\nc = 3 // d\n' >c.ini
  says "c = 3 // d
rem b = 2" --sorted c.ini s
  says "# a = 1
c = 3 // d" --comment-prefix REM c.ini s
  says "# a = 1
rem b = 2
c = 3 // d" --no-comments c.ini s
  says 3 --inline-comment-prefix // c.ini s c
  says 3 --inline-comment-prefix '#' --inline-comment-prefix // c.ini s c
}

@test "--no-empty-lines" {
  printf '[s]\nx = 1\n\n  2\n' >b.ini
  says "1

2" b.ini s x
  iniget --no-empty-lines b.ini s x
  [ "$status" -eq 3 ]
  printf '[s]\nx = 1\n\ny = 2\n' >b.ini
  says 1 --no-empty-lines b.ini s x
}

@test "--case, --default-section" {
  printf '[common]\nK = 1\n[s]\nk = 2\n' >k.ini
  says "common
s" sections k.ini
  says s --default-section common sections k.ini
  says "K = 1
k = 2" --case --default-section common k.ini s
  refuses 1 "iniget: k.ini: No option 'K' in section: 's' (did you mean 'k'?)" --case k.ini s K
}

@test "--encoding" {
  printf '\xef\xbb\xbf[s]\nx = 1\n' >bom.ini
  refuses 3 "iniget: File contains no section headers.
file: 'bom.ini', line: 1
'\\ufeff[s]\\n' (a byte order mark: try --encoding utf-8-sig)" bom.ini s x
  says 1 --encoding utf-8-sig bom.ini s x
  printf '[s]\nx = \xe4\n' >l1.ini
  refuses 3 "iniget: l1.ini: 'utf-8' codec can't decode byte 0xe4 in position 8: invalid continuation byte (try --encoding latin-1)" \
    l1.ini s x
  says $'\xc3\xa4' --encoding latin-1 l1.ini s x
  says $'\xc3\xa4' --encoding ISO-8859-1 l1.ini s x
  printf '\xff\xfe[\0s\0]\0\n\0x\0=\0001\0' >u16.ini
  says 1 --encoding utf-16 u16.ini s x
  iniget --encoding no-such app.ini db port
  [ "$status" -ne 0 ]
  [[ $stderr = *"unknown encoding: no-such"* ]]
}

@test "CR LF, CR, no final newline, blanks that only Unicode knows" {
  printf '[s]\r\nx = 1\r\n  2\r\n' >crlf.ini
  says "1
2" crlf.ini s x
  printf '[s]\rx = 1\ry = 2' >cr.ini
  says 2 cr.ini s y
  printf '[s]\nx =\xc2\xa01\xe3\x80\x80\n' >nbsp.ini
  says 1 nbsp.ini s x
}

@test "an empty file has no sections" {
  : >empty.ini
  says "" empty.ini
  says '{"DEFAULT": {}}' -f json empty.ini
  says "" sections empty.ini
  refuses 1 "iniget: empty.ini: No section: 's'" empty.ini s x
}

@test "a value beyond the cap of references is refused, a long one is not" {
  { echo '[s]'; echo 'a = xxxxxxxxxxxxxxxx'; for ((i = 1; i <= 7; i++)); do
    printf 'b%d = ' "$i"
    for ((k = 0; k < 10; k++)); do printf '%%(%s)s' "$([ "$i" -gt 1 ] && echo "b$((i - 1))" || echo a)"; done
    echo
  done; } >bomb.ini
  iniget bomb.ini s b7
  [ "$status" -eq 3 ]
  [ "$stderr" = "iniget: bomb.ini:9: Interpolation cap exceeded: the value would grow past 16777216 bytes (try --raw or --dialect plain)" ]
  { printf '[s]\nx = '; head -c 17000000 /dev/zero | tr '\0' y; } >long.ini
  [ "$("$OSBOX" iniget --raw long.ini s x | wc -c)" -eq 17000001 ]
  [ "$("$OSBOX" iniget long.ini s x | wc -c)" -eq 17000001 ]
}
