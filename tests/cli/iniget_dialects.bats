#!/usr/bin/env bats
# iniget --dialect: what each reads, and what it writes.

# shellcheck disable=SC1003  # backslashes before a quote are what they are

bats_require_minimum_version 1.5.0
load helper

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

# edit NEW ARGUMENT...: an edit of the file f turns it into NEW, as printf's %b reads it
edit() {
  printf '%b' "$1" >want
  shift
  iniget "$@"
  [ "$output$stderr" = "" ]
  [ "$status" -eq 0 ]
  diff -u <(cat -A want) <(cat -A f)
}

# refuse ARGUMENT...: the edit ends with 3 and leaves the file f alone
refuse() {
  cp f before
  iniget "$@"
  [ "$status" -eq 3 ]
  [ "$output" = "" ]
  [ "$stderr" != "" ]
  cmp before f
}

@test "an unknown dialect is wrong usage" {
  iniget -D yaml f
  [ "$status" -eq 2 ]
  [ "${stderr_lines[-1]}" = "iniget: error: option -D: invalid choice: 'yaml' (choose from 'python', 'plain', 'git', 'systemd', 'desktop', 'php', 'krb5')" ]
}

# -- plain -----------------------------------------------------------------------------------------

@test "plain: lines and nothing else" {
  printf '%b' 'Top = 1\n; c\n# c\n\n[s]\nName = a # b\n  Indented = %(x)s\nName = 2\nflag\ncolon: 1\nempty =\n[S]\nq = "x"\n' >f
  says '{"": {"Top": "1"}, "s": {"Name": "2", "Indented": "%(x)s", "flag": null, "colon: 1": null, "empty": ""}, "S": {"q": "\"x\""}}' \
    -D plain --json f
  says 1 -D plain f '' Top
  says 'a # b
2' -D plain --all f s Name
  says '
s
S' -D plain sections f
  iniget -D plain f s name
  [ "$status" -eq 1 ]
}

@test "plain: DEFAULT is a section like others, a byte order mark is passed over" {
  printf '\xef\xbb\xbf[DEFAULT]\na = 1\n[s]\nb = 2\n' >f
  says "b = 2" -D plain f s
  says "DEFAULT
s" -D plain sections f
  edit '\xef\xbb\xbf[DEFAULT]\na = new\n[s]\nb = 2\n' -D plain set f DEFAULT a new
}

@test "plain: editing" {
  printf 'A=1\n# c\n B = 2\n[s]\nx=1\nx=2\n' >f
  edit 'A=new\n# c\n B = 2\n[s]\nx=1\nx=2\n' -D plain set f '' A new
  edit 'A=new\n# c\n B = 2\n C = 3\n[s]\nx=1\nx=2\n' -D plain set f '' C 3
  edit 'A=new\n# c\n B = 2\n C = 3\n[s]\nx=1\nx=3\n' -D plain set f s x 3
  edit '# c\n B = 2\n C = 3\n[s]\nx=1\nx=3\n' -D plain del f '' A
  edit '# c\n B = 2\n C = 3\n[s]\n#x=1\n#x=3\n' -D plain comment f s x
  refuse -D plain set f s x $'two\nlines'
  rm f
  edit 'A = 1\n' -D plain set f '' A 1
}

@test "plain: the section without a name may become empty, and is always there" {
  printf 'A=1\n' >f
  edit '#A=1\n' -D plain comment f '' A
  edit 'A=1\n' -D plain uncomment f '' A
  edit '' -D plain del f '' A
  printf '# c\nA=1\nB=2\n[s]\n' >f
  edit '# c\n#A=1\nB=2\n[s]\n' -D plain comment f '' A
  edit '# c\nA=1\nB=2\n[s]\n' -D plain uncomment f '' A
}

@test "plain: what is no line of its own is an error" {
  printf '[s]\n= 1\n' >f
  iniget -D plain f s
  [ "$status" -eq 3 ]
}

# -- git -------------------------------------------------------------------------------------------

# What git and iniget read in the file f, as sorted KEY=VALUE records.
same_as_git() {
  git config -f f --list -z | sort -z | tr '\n\0' '=\n' >by_git
  "$OSBOX" iniget -D git --all --json f | "${PYTHON:-/usr/bin/python3}" -c '
import json, sys
for section, options in json.load(sys.stdin).items():
    for option, values in options.items():
        for value in values:
            print(f"{section}.{option}" if value is None else f"{section}.{option}=" + value.replace("\n", "="))
' | LC_ALL=C sort >by_iniget
  diff -u <(LC_ALL=C sort by_git) by_iniget
}

@test "git: reads what git config reads" {
  needs git
  cat >f <<'END'
# comment
; comment
[core]
	bare = false
	FileMode
	editor = vim -c \"x\" ; comment
	quoted = "a ; b # c"  # comment
	partly = a" b "c
	escapes = \t|\b|\\|\"
	lines = one\ntwo
	joined = one \
two\
 three
	empty =
	spaced  =   a  b   
	a-b = 1
[remote "origin"]
	url = git@example.org:x.git
	fetch = +refs/heads/*
	fetch = +refs/tags/*
[Remote "Mixed Case.dots"]
	URL = u
[branch "with \"quotes\" and \\ back"]
	x = 1
[old.Style]
	y = 1
[core]
	bare = true
END
  same_as_git
  says true -D git f core bare
  says "+refs/heads/*
+refs/tags/*" -D git --all f remote.origin fetch
  says u -D git f 'remote.Mixed Case.dots' url
  says u -D git f 'REMOTE.Mixed Case.dots' URL
  says 1 -D git f old.style y
  says true -D git --type bool f core filemode
}

@test "git: an option on its header's line is read or refused, not lost" {
  needs git
  printf '[c]; comment\nd = 1\n' >f
  same_as_git
  printf '[a "b"] url = x\n[e] f\n' >f
  iniget -D git f a.b url
  [ "$status" -eq 3 ] || same_as_git
}

@test "git: a comment ends a value that a backslash continued" {
  needs git
  printf '[a]\nk = v\\\n; c\nurl = u\nl = \\\n  w\n' >f
  same_as_git
}

@test "git: set writes what git config reads back" {
  needs git
  printf '[core]\n\tbare = false\n' >f
  for value in plain 'a b' ' lead' 'trail ' 'a;b' 'a#b' '"' '\' 'a\nb' $'two\nlines' $'a\tb' '' "'" 'é' '=' '[x]' \
    $'\b' '$x' ' ' '""' '\\' 'x\'; do
    "$OSBOX" iniget -D git set f core value "$value"
    [ "$(git config -f f --get core.value; echo .)" = "$value"$'\n'. ]
    [ "$("$OSBOX" iniget -D git f core value; echo .)" = "$value"$'\n'. ]
  done
  [ "$(git config -f f core.bare)" = false ]
}

@test "git: reads what git config writes" {
  needs git
  for value in plain ' lead' 'trail ' 'a;b#c' '"' '\' $'two\nlines' $'a\tb' ''; do
    git config -f f 'sub.A "b" \c.key' "$value"
    [ "$("$OSBOX" iniget -D git f 'sub.A "b" \c' key; echo .)" = "$value"$'\n'. ]
  done
}

@test "git: add is git config --add" {
  needs git
  printf '[remote "o"]\n\tfetch = 1\n\turl = u\n' >f
  edit '[remote "o"]\n\tfetch = 1\n\tfetch = "+2;"\n\turl = u\n' -D git add f remote.o fetch '+2;'
  [ "$(git config -f f --get-all remote.o.fetch)" = $'1\n+2;' ]
}

@test "git: subsections are made as git writes them" {
  needs git
  : >f
  edit '[remote "a.b"]\nurl = u\n' -D git set f remote.a.b url u || true
  [ "$(git config -f f remote.a.b.url)" = u ]
  "$OSBOX" iniget -D git set f 'branch.with "quotes" and \' x 1
  [ "$(git config -f f 'branch.with "quotes" and \.x')" = 1 ]
  "$OSBOX" iniget -D git rename f remote.a.b remote.new
  [ "$(git config -f f remote.new.url)" = u ]
  "$OSBOX" iniget -D git del f remote.new
  [ "$("$OSBOX" iniget -D git sections f)" = 'branch.with "quotes" and \' ]
}

@test "git: names that git would choke on are refused" {
  printf '[core]\n\tbare = false\n' >f
  for name in bad_key 1key 'a b' 'a.b' -x é; do
    refuse -D git set f -- core "$name" v
  done
  for section in co_re 'a b' 'é'; do
    refuse -D git set f "$section" k v
  done
}

@test "git: an open quote and an unknown escape are errors" {
  printf '[a]\nk = "v\nq = 1\n' >f
  iniget -D git f a k
  [ "$status" -eq 3 ]
  printf '[a]\nk = a\\qb\n' >f
  iniget -D git f a k
  [ "$status" -eq 3 ]
}

# -- systemd ---------------------------------------------------------------------------------------

@test "systemd: repeated keys add up, an empty one starts afresh, backslashes join" {
  cat >f <<'END'
[Unit]
Description=a %U, 50%
# comment
After=a.target
After=b.target \
# comment in between
; and another
   c.target

[Service]
ExecStart=/bin/a
ExecStart=
ExecStart=/bin/b "x y" ; no comment
Environment=A=1
Environment=B=2
Empty=
END
  says 'a %U, 50%' -D systemd f Unit Description
  says '/bin/b "x y" ; no comment' -D systemd f Service ExecStart
  says 'A=1
B=2' -D systemd f Service Environment
  says '["/bin/a", "", "/bin/b \"x y\" ; no comment"]' -D systemd --all --json f Service ExecStart
  says '' -D systemd f Service Empty
  run "$OSBOX" iniget -D systemd f Unit After
  [ "$(tr -s ' \n' ' ' <<<"$output")" = "a.target b.target c.target " ]
  iniget -D systemd f unit description
  [ "$status" -eq 1 ]
  says "" -D systemd lint f
}

@test "systemd: what is no line of a unit file is an error" {
  for text in 'Key=1\n' '[A]\nword\n' '[A\nx=1\n'; do
    printf '%b' "$text" >f
    iniget -D systemd f A x
    [ "$status" -eq 3 ]
  done
}

@test "systemd: editing" {
  printf '%b' '[Service]\nExecStart=/bin/a \\\n  -x\nExecStart=\nExecStart=/bin/b\nUser=me\n' >f
  edit '[Service]\nExecStart=/bin/c\nUser=me\n' -D systemd set f Service ExecStart /bin/c
  edit '[Service]\nExecStart=/bin/c\nUser=me\nGroup=us\n' -D systemd set f Service Group us
  edit '[Service]\nExecStart=/bin/c\n#User=me\nGroup=us\n' -D systemd comment f Service User
  edit '[Service]\nExecStart=/bin/c\nUser=me\nGroup=us\n' -D systemd uncomment f Service User
  edit '[Service]\nExecStart=/bin/c\nGroup=us\n' -D systemd del f Service User
  edit '[Service]\nExecStart=/bin/c\nExecStart=/bin/d\nGroup=us\n' -D systemd add f Service ExecStart /bin/d
  refuse -D systemd set f Service ExecStart 'ends with \'
  refuse -D systemd set f Service ExecStart $'two\nlines'
}

@test "systemd: 100,000 repeats take linear time and memory" {
  { echo '[s]'; yes 'x=value' | head -n 100000; } >f
  [ "$(ulimit -v 1000000; timeout 20 "$OSBOX" iniget -D systemd f s x | wc -l)" -eq 100000 ]
  (ulimit -v 1000000; timeout 20 "$OSBOX" iniget -D systemd set f s x 1)
  says 1 -D systemd f s x
}

@test "systemd: comment takes all of a repeated key, uncomment brings all back" {
  printf '[S]\nEnv=1\nEnv=2\nz=1\nEnv=3\n' >f
  edit '[S]\n#Env=1\n#Env=2\nz=1\n#Env=3\n' -D systemd comment f S Env
  edit '[S]\nEnv=1\nEnv=2\nz=1\nEnv=3\n' -D systemd uncomment f S Env
}

@test "systemd: joined lines keep their indent, a byte order mark is passed over" {
  # As `systemd-analyze verify` shows the value of Restart that it cannot parse.
  printf '\xef\xbb\xbf[Service]\nRestart=foo \\\n# c\n   bar\\\n  baz  \n' >f
  says 'foo     bar   baz' -D systemd f Service Restart
}

@test "systemd: drop-ins make one unit" {
  mkdir -p r/etc/systemd/system/a.service.d r/usr/lib/systemd/system
  printf '[Service]\nExecStart=/bin/a\nUser=a\n' >r/usr/lib/systemd/system/a.service
  printf '[Service]\nExecStart=\nExecStart=/bin/b\n' >r/etc/systemd/system/a.service.d/override.conf
  says "ExecStart = /bin/b
User = a" -D systemd --dropins --root r /usr/lib/systemd/system/a.service Service
}

# -- desktop ---------------------------------------------------------------------------------------

@test "desktop: escapes, languages, percent signs" {
  cat >f <<'END'
[Desktop Entry]
Name=Foo
Name[de]=Fu\sBar
Exec=foo %U
Comment=one\ntwo\tthree\\four
Keywords=a;b;
; not=a comment
END
  says 'foo %U' -D desktop f "Desktop Entry" Exec
  says 'Fu Bar' -D desktop f "Desktop Entry" 'Name[de]'
  says $'one\ntwo\tthree\\four' -D desktop f "Desktop Entry" Comment
  says 'a comment' -D desktop f "Desktop Entry" '; not'
  iniget -D desktop f "Desktop Entry" name
  [ "$status" -eq 1 ]
}

@test "desktop: editing" {
  printf '[Desktop Entry]\nName=Foo\n' >f
  edit '[Desktop Entry]\nName=Foo\nName[de]=Fu\n' -D desktop set f "Desktop Entry" 'Name[de]' Fu
  edit '[Desktop Entry]\nName=Foo\nName[de]=\\sa b\\nc\\\\\n' -D desktop set f "Desktop Entry" 'Name[de]' $' a b\nc\\'
  says $' a b\nc\\' -D desktop f "Desktop Entry" 'Name[de]'
}

# -- php -------------------------------------------------------------------------------------------

@test "php: quotes, comments, words" {
  cat >f <<'END'
; comment
engine = On
short = off
memory_limit = 128M ; comment
double = "a ; b"
single = 'it "s'
escaped = "say \"hi\" C:\\x"
none = None
ext[] = one
ext[] = two
map[k] = v
[Session]
save = yes
END
  says 1 -D php f '' engine
  says '' -D php f '' short
  says 128M -D php f '' memory_limit
  says 'a ; b' -D php f '' double
  says 'it "s' -D php f '' single
  says 'say "hi" C:\x' -D php f '' escaped
  says '' -D php f '' none
  says 'one
two' -D php --all f '' 'ext[]'
  says v -D php f '' 'map[k]'
  says 1 -D php f Session save
  says true -D php --type bool f Session save
}

@test "php: editing" {
  printf '; top\nmemory_limit = 128M ; why\n[s]\nname = "old"\n' >f
  edit '; top\nmemory_limit = 128M ; why\n[s]\nname = "a;b"\n' -D php set f s name 'a;b'
  edit "; top\nmemory_limit = 128M ; why\n[s]\nname = '\$HOME'\n" -D php set f s name '$HOME'
  says '$HOME' -D php f s name
  edit "; top\nmemory_limit = 128 ; why\n[s]\nname = '\$HOME'\n" -D php set f '' memory_limit 128
  refuse -D php set f s name $'two\nlines'
}

@test "php: what needs no quotes gets none where there were none" {
  printf 'memory_limit = 128M\nerror_reporting = E_ALL\n' >f
  edit 'memory_limit = 256M\nerror_reporting = E_ALL\n' -D php set f '' memory_limit 256M
  edit 'memory_limit = 256M\nerror_reporting = E_ALL & ~E_NOTICE\n' -D php set f '' error_reporting 'E_ALL & ~E_NOTICE'
}

@test "php: a value that is not understood is an error" {
  for text in 'm = "multi\nline"\n' 'e = "pre"CONST\n'; do
    printf '%b' "$text" >f
    iniget -D php f
    [ "$status" -eq 3 ]
  done
}

# -- krb5 ------------------------------------------------------------------------------------------

@test "krb5: subsections in braces, the first of a repeated key" {
  cat >f <<'END'
# comment
[libdefaults]
	default_realm = A.ORG
	default_realm = B.ORG
	quoted = "a b"
[realms]
	A.ORG = {
		kdc = k1
		kdc = k2
		sub = {
			deep = 1
		}
	}
	B.ORG = {
		kdc = k3
	}
[domain_realm]
	.a.org = A.ORG
END
  says A.ORG -D krb5 f libdefaults default_realm
  says 'a b' -D krb5 f libdefaults quoted
  says k1 -D krb5 f realms/A.ORG kdc
  says 'k1
k2' -D krb5 --all f realms/A.ORG kdc
  says 1 -D krb5 f realms/A.ORG/sub deep
  says A.ORG -D krb5 f domain_realm .a.org
  says 'libdefaults
realms
realms/A.ORG
realms/A.ORG/sub
realms/B.ORG
domain_realm' -D krb5 sections f
}

@test "krb5: editing" {
  printf '%b' '[realms]\n\tA.ORG = {\n\t\tkdc = k1\n\t}\n[x]\ny = 1\n' >f
  edit '[realms]\n\tA.ORG = {\n\t\tkdc = new\n\t}\n[x]\ny = 1\n' -D krb5 set f realms/A.ORG kdc new
  edit '[realms]\n\tA.ORG = {\n\t\tkdc = new\n\t\tadmin = a\n\t}\n[x]\ny = 1\n' -D krb5 set f realms/A.ORG admin a
  edit '[realms]\n\tA.ORG = {\n\t\tkdc = new\n\t\tadmin = a\n\t}\n[x]\ny = " b"\n' -D krb5 set f x y ' b'
  refuse -D krb5 set f realms/B.ORG kdc k
  edit '[realms]\n\tA.ORG = {\n\t\tkdc = new\n\t\tkdc = 2\n\t\tadmin = a\n\t}\n[x]\ny = " b"\n' -D krb5 add f realms/A.ORG kdc 2
  refuse -D krb5 add-section f realms/B.ORG
  refuse -D krb5 del f realms/A.ORG
  refuse -D krb5 comment f realms/A.ORG
}

# -- options over dialects -------------------------------------------------------------------------

@test "a grammar option changes a dialect" {
  printf 'a => %%(b)s\nb => 2\nA => 3\n' >f
  says 2 -D plain --delimiter '=>' --interpolation basic f '' a
  says '%(b)s' -D plain --delimiter '=>' f '' a
  printf '[s]\nx = 1 -- c\n' >f
  says 1 -D plain --inline-comment-prefix -- f s x
}

@test "--strict refuses repeats in every dialect" {
  printf '[s]\nA=1\nA=2\n' >f
  for dialect in plain git systemd desktop php krb5; do
    iniget --strict -D "$dialect" f s
    [ "$status" -ne 0 ]
    [ "$output" = "" ]
  done
}
