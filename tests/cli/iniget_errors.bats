#!/usr/bin/env bats
# Exit codes, messages, closed descriptors, full disks, hostile arguments.

bats_require_minimum_version 1.5.0
load helper

setup() {
  osbox_setup
  printf '[s]\nx = 1\n' >f.ini
}

# iniget ARGUMENT...: $output, $stderr and $status of a run
iniget() {
  run --separate-stderr "$OSBOX" iniget "$@"
}

# shell COMMAND: the same of a shell's command
shell() {
  run --separate-stderr bash -c "iniget() { \"\$OSBOX\" iniget \"\$@\"; }; $1"
}

# usage TEXT ARGUMENT...: wrong usage, with this last line
usage() {
  local expected=$1
  shift
  iniget "$@"
  [ "$status" -eq 2 ]
  [ "$output" = "" ]
  [ "${stderr_lines[0]}" = "Usage: iniget [OPTIONS] FILE [SECTION [OPTION]]" ]
  [ "${stderr_lines[-1]}" = "iniget: error: $expected" ]
}

# fails CODE TEXT ARGUMENT...: nothing on stdout, the text on stderr
fails() {
  local code=$1 expected=$2
  shift 2
  iniget "$@"
  [ "$output" = "" ]
  [ "$stderr" = "iniget: $expected" ]
  [ "$status" -eq "$code" ]
}

# -- usage: 2 --------------------------------------------------------------------------------------

@test "wrong usage ends with 2" {
  for words in '' 'get' 'f.ini s x more' 'items f.ini' 'dump f.ini s' 'sections' 'options f.ini' 'has f.ini' \
    'lint' 'diff f.ini' 'set f.ini s' 'set f.ini s x 1 2' 'add f.ini s x' 'del f.ini' 'add-section f.ini' 'rename f.ini s' \
    'comment f.ini' 'uncomment f.ini' 'merge f.ini' 'apply' 'apply f.ini g.ini' '--nonsense f.ini' \
    '-f' '-t' '--write here set f.ini s x 2' '--over'; do
    # shellcheck disable=SC2086  # a list of words
    iniget $words
    [ "$status" -eq 2 ]
    [ "$output" = "" ]
    [ "${stderr_lines[0]}" = "Usage: iniget [OPTIONS] FILE [SECTION [OPTION]]" ]
  done
  [ "$(cat f.ini)" = $'[s]\nx = 1' ]
}

@test "usage messages say what is expected" {
  usage "set takes FILE SECTION OPTION [VALUE]" set f.ini s
  usage "no such option: --raww (did you mean --raw?)" --raww f.ini
  usage "no such option: --form (did you mean --format?)" --form json f.ini
  usage "FILE cannot be -: the batch is read from there" apply -
}

# -- no: 1 -----------------------------------------------------------------------------------------

@test "what is missing ends with 1, and the nearest name is told" {
  printf '[alpha]\nport = 1\n[beta]\n' >n.ini
  fails 1 "n.ini: No section: 'alhpa' (did you mean 'alpha'?)" n.ini alhpa port
  fails 1 "n.ini: No option 'prt' in section: 'alpha' (did you mean 'port'?)" n.ini alpha prt
  fails 1 "n.ini: No section: 'zzzzz'" n.ini zzzzz
}

# -- malformed: 3 ----------------------------------------------------------------------------------

@test "a file that cannot be read as INI ends with 3 and Python's text" {
  printf 'stray\n' >bad.ini
  iniget bad.ini s
  [ "$status" -eq 3 ]
  [ "$output" = "" ]
  [[ $stderr = "iniget: File contains no section headers.
file: 'bad.ini', line: 1
'stray\\n' (try "*"--dialect plain)" ]]
  printf '[s]\nword\n= 1\n' >bad.ini
  iniget bad.ini
  [ "$status" -eq 3 ]
  [[ $stderr = "iniget: Source contains parsing errors: 'bad.ini'
	[line  2]: 'word\\n'
	[line  3]: '= 1\\n'"* ]]
}

@test "control characters of files and names are escaped on stderr" {
  printf '[s]\n\x1b[31mword\n' >$'e\x1b\n.ini'
  iniget $'e\x1b\n.ini' s
  [ "$status" -eq 3 ]
  [[ $stderr != *$'\x1b'* ]]
  fails 1 'f.ini: No option '"'y\\x1b'"' in section: '"'s'" f.ini s $'y\x1b'
  fails 4 'e\x0a\xff: No such file or directory' $'e\n\xff'
}

# -- the system: 4 ---------------------------------------------------------------------------------

@test "files that are not there, not files, not ours" {
  fails 4 "nope.ini: No such file or directory" nope.ini s x
  fails 4 ".: Is a directory" . s x
  fails 4 "f.ini/x: Not a directory" f.ini/x s x
  fails 4 "nodir/f.ini: No such file or directory" set nodir/f.ini s x 1
  fails 4 ".: Is a directory" set . s x 1
  for file in /dev/null /dev/full; do
    iniget set "$file" s x 1
    [ "$status" -eq 4 ]
  done
  mkfifo fifo
  run timeout 10 "$OSBOX" iniget set fifo s x 1
  [ "$status" -eq 4 ]
}

@test "a file of somebody else's" {
  # As root, another user has to try.
  chmod 755 . "$BATS_TEST_TMPDIR"
  chmod 000 f.ini
  as() { "$@"; }
  if [ "$(id -u)" -eq 0 ]; then
    needs setpriv
    as() { setpriv --reuid 65534 --regid 65534 --clear-groups "$@"; }
  fi
  as test -x "$OSBOX" && as test -x . || skip "nobody has no way here"
  run --separate-stderr as "$OSBOX" iniget f.ini s x
  [ "$status" -eq 4 ]
  [ "$stderr" = "iniget: f.ini: Permission denied" ]
  chmod 444 f.ini
  run --separate-stderr as "$OSBOX" iniget f.ini s x
  [ "$output" = 1 ]
  if [ "$(id -u)" -eq 0 ]; then # it may not write in this directory
    run --separate-stderr as "$OSBOX" iniget set f.ini s x 2
    [ "$status" -eq 4 ]
    [ "$stderr" = "iniget: f.ini: Permission denied" ]
    [ "$(cat f.ini)" = $'[s]\nx = 1' ]
  fi
}

@test "stdout that is closed or full is no success" {
  for command in 'f.ini s x' 'f.ini' '--json f.ini' 'sections f.ini' '-n set f.ini s x 2' '--help' '--version' \
    'set - s x 2 <f.ini'; do
    shell "iniget $command >&-"
    [ "$status" -eq 4 ]
    [ "$stderr" = "iniget: standard output: Bad file descriptor" ]
    shell "iniget $command >/dev/full"
    [ "$status" -eq 4 ]
    [ "$stderr" = "iniget: standard output: No space left on device" ]
  done
  printf 'word\n' >bad.ini
  shell 'iniget lint bad.ini >/dev/full'
  [ "$status" -eq 4 ]
  shell 'iniget diff f.ini /dev/null >/dev/full'
  [ "$status" -eq 4 ]
}

@test "what has nothing to print needs no stdout" {
  shell 'iniget has f.ini s x >&- <&-'
  [ "$status" -eq 0 ]
  shell 'iniget set f.ini s x 2 >&- <&- 2>&-'
  [ "$status" -eq 0 ]
  [ "$(cat f.ini)" = $'[s]\nx = 2' ]
}

@test "stdin that is closed" {
  for command in '- s x' 'apply f.ini' 'merge f.ini -' 'set - s x 1' '--over - f.ini s x' 'lint -'; do
    shell "iniget $command <&-"
    [ "$status" -eq 4 ]
    [ "$stderr" = "iniget: <stdin>: Bad file descriptor" ]
  done
  [ "$(cat f.ini)" = $'[s]\nx = 1' ]
}

@test "closed descriptors never let a message into a file" {
  for closed in '<&-' '>&-' '2>&-' '<&- >&-' '<&- 2>&-' '>&- 2>&-' '<&- >&- 2>&-'; do
    for command in "set f.ini s x ' a'" 'set f.ini s x 50%' 'del f.ini s nope' 'apply f.ini' 'f.ini s nope'; do
      shell "iniget $command $closed"
      [ "$status" -ne 0 ] || [ "$command" = 'apply f.ini' ]
      [ "$(cat f.ini)" = $'[s]\nx = 1' ]
      [ "$(find . -name '.*osbox*')" = "" ]
    done
  done
}

@test "a reader that goes away is no error message" {
  { echo '[s]'; seq -f 'k%.0f = v' 20000; } >big.ini
  shell 'iniget --format lines big.ini | head -n 1; echo "${PIPESTATUS[0]}"'
  [ "$stderr" = "" ]
  [ "${lines[0]}" = "[s] k1 = v" ]
}

@test "a full disk leaves the old file" {
  shell '(ulimit -f 1; iniget set f.ini s x "$(head -c 100000 /dev/zero | tr "\0" y)")'
  [ "$status" -eq 4 ]
  [ "$stderr" = "iniget: f.ini: File too large" ]
  [ "$(cat f.ini)" = $'[s]\nx = 1' ]
  [ "$(find . -name '.*osbox*')" = "" ]
}

@test "a memory limit is told" {
  { printf '[s]\nx = '; head -c 60000000 /dev/zero | tr '\0' y; echo; } >big.ini
  shell '(ulimit -v 30000; iniget --raw big.ini s x >/dev/null)'
  [ "$status" -eq 4 ]
  [ "${#stderr_lines[@]}" -eq 1 ]
}

# -- hostile arguments -----------------------------------------------------------------------------

@test "arguments that are not UTF-8" {
  iniget f.ini $'\xff' x
  [ "$status" -eq 1 ]
  [[ $stderr = "iniget: f.ini: No section: '\\xff'"* ]]
  iniget f.ini s $'\xff'
  [ "$status" -eq 1 ]
  [[ $stderr = "iniget: f.ini: No option '\\xff' in section: 's'"* ]]
  [ "$("$OSBOX" iniget -d $'\xff' f.ini s nope)" = $'\xff' ]
  cp f.ini $'\xff.ini'
  [ "$("$OSBOX" iniget $'\xff.ini' s x)" = 1 ]
  "$OSBOX" iniget set $'\xff.ini' s x 2
  [ "$("$OSBOX" iniget $'\xff.ini' s x)" = 2 ]
}

@test "empty arguments" {
  iniget '' s x
  [ "$status" -eq 4 ]
  iniget set '' s x 1
  [ "$status" -eq 4 ]
  iniget f.ini '' x
  [ "$status" -eq 1 ]
  iniget f.ini s ''
  [ "$status" -eq 1 ]
  for option in --delimiter --comment-prefix --inline-comment-prefix; do
    iniget "$option" '' f.ini s x
    [ "$status" -eq 2 ]
  done
}

@test "a --var or --define without = is wrong usage" {
  iniget --var f.ini s x
  [ "$status" -eq 2 ]
  iniget --define x f.ini s x
  [ "$status" -eq 2 ]
}

@test "patterns that blow up elsewhere" {
  { echo '[s]'; head -c 3000 /dev/zero | tr '\0' a; echo ' = 1'; } >deep.ini
  run timeout 10 "$OSBOX" iniget -g deep.ini s '*a*a*a*a*a*a*a*a*a*a*a*a*b'
  [ "$status" -eq 1 ]
}

@test "an option that the verb has no use for is wrong usage" {
  for words in '--over f.ini set f.ini s x 2' '--existing f.ini s x' '-n f.ini s x' \
    '-d 1 f.ini s' '--root / f.ini s x' '--prefix a f.ini s x'; do
    # shellcheck disable=SC2086  # a list of words
    iniget $words
    [ "$status" -eq 2 ]
    [ "$(cat f.ini)" = $'[s]\nx = 1' ]
  done
}

@test "--type checks what set writes" {
  iniget --type int set f.ini s x abc
  [ "$status" -eq 3 ]
  [[ $stderr = "iniget: f.ini: invalid literal for int() with base 10: 'abc'"* ]]
  [ "$(cat f.ini)" = $'[s]\nx = 1' ]
  "$OSBOX" iniget --type size set f.ini s x 64K
  [ "$(cat f.ini)" = $'[s]\nx = 64K' ]
}

# -- help ------------------------------------------------------------------------------------------

@test "--help names every verb, option, dialect, format, type and exit code" {
  iniget --help
  [ "$status" -eq 0 ]
  [ "$stderr" = "" ]
  for word in get items dump sections options has lint diff set add del add-section rename comment uncomment merge apply \
    --raw --default --type --all --var --glob --origin --format --json --prefix --mangle --over --dropins --root \
    --existing --dry-run --write --no-wait --dialect --interpolation --strict --no-strict --allow-no-value --delimiter \
    --comment-prefix --no-comments --inline-comment-prefix --no-empty-lines --case --default-section --define \
    --sorted --encoding python plain git systemd desktop php krb5 jsonl csv lines nul duration size; do
    [[ $output = *[\ ,-]"$word"* ]]
  done
  help=$output
  iniget -h
  [ "$output" = "$help" ]
  for width in 40 60 100 200; do
    run env COLUMNS=$width "$OSBOX" iniget --help
    [ "$status" -eq 0 ]
  done
}

@test "--version" {
  iniget --version
  [ "$status" -eq 0 ]
  [[ $output = "iniget (osbox) "[0-9]* ]]
}
