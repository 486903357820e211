#!/usr/bin/env bats

bats_require_minimum_version 1.5.0
load helper

# osbox ARGUMENT...: $output, $stderr and $status of a run
osbox() {
  run --separate-stderr "$OSBOX" "$@"
}

# inode NAME: what a hard link is known by
inode() {
  stat -c %d:%i "$1"
}

setup() {
  osbox_setup
  mkdir bin
}

# -- dispatch --------------------------------------------------------------------------------------

@test "the word after osbox, or the name it is called by, picks the applet" {
  needs_applet strerror
  osbox strerror 2
  [ "$output" = "ENOENT 2 No such file or directory" ]
  ln -s "$OSBOX" strerror
  run ./strerror 2
  [ "$output" = "ENOENT 2 No such file or directory" ]
  run bash -c 'exec -a /some/where/strerror "$OSBOX" 2'
  [ "$output" = "ENOENT 2 No such file or directory" ]
}

@test "by any other name it is osbox" {
  needs_applet strerror
  for name in osbox busybox strerror.real -strerror ""; do
    run bash -c 'exec -a "$1" "$OSBOX" strerror -n ENOENT' - "$name"
    [ "$output" = 2 ]
  done
}

@test "an unknown applet is told with the nearest name" {
  needs_applet strerror
  osbox strerrr 2
  [ "$status" -eq 2 ]
  [ "$output" = "" ]
  [ "$stderr" = "osbox: no such applet: strerrr (did you mean strerror?)" ]
  osbox $'no\nsuch\x1b\xffthing'
  [ "$status" -eq 2 ]
  [ "$stderr" = 'osbox: no such applet: no
such\x1b\xffthing (osbox --list names them)' ]
}

@test "without anything to do, or with too much, it says how it is used" {
  osbox
  [ "$status" -eq 2 ]
  [ "$output" = "" ]
  [ "${stderr_lines[0]}" = "Usage: osbox APPLET [ARGUMENT]..." ]
  [ "${stderr_lines[-1]}" = "osbox: error: no applet given" ]
  osbox --list --install bin
  [ "$status" -eq 2 ]
  [ "${stderr_lines[-1]}" = "osbox: error: more than one thing to do" ]
  osbox --list strerror
  [ "${stderr_lines[-1]}" = "osbox: error: too many arguments for --list" ]
  osbox --install
  [ "${stderr_lines[-1]}" = "osbox: error: --install needs a DIR" ]
  osbox --generate man
  [ "${stderr_lines[-1]}" = "osbox: error: --generate needs an APPLET" ]
  osbox --uninstall --force bin
  [ "${stderr_lines[-1]}" = "osbox: error: --symlink, --relative and --force go with --install" ]
  osbox --version --long
  [ "${stderr_lines[-1]}" = "osbox: error: --long goes with --list" ]
  [ "$status" -eq 2 ]
}

# -- what every applet shares ----------------------------------------------------------------------

@test "every applet has --help and --version" {
  for applet in $("$OSBOX" --list); do
    osbox "$applet" --version
    [ "$status" -eq 0 ]
    [[ "$output" =~ ^$applet\ \(osbox\)\ [0-9]+\.[0-9]+\.[0-9]+$ ]]
    osbox "$applet" --help
    [ "$status" -eq 0 ]
    [ "$stderr" = "" ]
    [[ "$output" == "Usage: $applet "* ]]
    [[ "$output" == *$'\n  --version'* ]]
    page=$output
    osbox --help "$applet"
    [ "$output" = "$page" ]
  done
}

@test "the help page is as wide as COLUMNS says" {
  for applet in osbox $("$OSBOX" --list); do
    for columns in 200 80 60; do
      widest=$(COLUMNS=$columns "$OSBOX" --help "$applet" | sed '/^Usage:/,/^$/d; /^Examples:/,$d' | wc -L)
      [ "$widest" -le $((columns - 2)) ]
    done
  done
  [ "$(COLUMNS=x "$OSBOX" --help)" = "$("$OSBOX" --help)" ]
  [ "$(COLUMNS=-7 "$OSBOX" --help)" = "$(COLUMNS=0 "$OSBOX" --help)" ]
}

@test "a wrong option is answered as optparse does, and a misspelt one gets advice" {
  for applet in $("$OSBOX" --list); do
    osbox "$applet" --hlep
    [ "$status" -eq 2 ]
    [ "$output" = "" ]
    [[ "$stderr" == "Usage: $applet "* ]]
    [[ "$stderr" == *$'\n\n'"$applet: error: no such option: --hlep (did you mean --help?)" ]]
    osbox "$applet" --version=1
    [ "$status" -eq 2 ]
    [ "${stderr_lines[-1]}" = "$applet: error: --version option does not take a value" ]
  done
  osbox --generate mam osbox
  [ "${stderr_lines[-1]}" = "osbox: error: option --generate: invalid choice: 'mam' (choose from 'man', 'bash', 'zsh', 'fish', 'json')" ]
}

@test "an abbreviated option is refused, but its whole name is told" {
  osbox --lic
  [ "$status" -eq 2 ]
  [ "${stderr_lines[-1]}" = "osbox: error: no such option: --lic (did you mean --licenses?)" ]
}

@test "bytes that are not UTF-8 and controls are shown as escapes" {
  osbox $'--a\xff\x1b[m'
  [ "$status" -eq 2 ]
  [ "${stderr_lines[-1]}" = 'osbox: error: no such option: --a\udcff\x1b[m' ]
}

@test "lost output is never success" {
  for arguments in --version --help --licenses --list "--generate man osbox"; do
    run --separate-stderr bash -c '"$OSBOX" $1 >/dev/full' - "$arguments"
    [ "$status" -eq 4 ]
    [ "$stderr" = "osbox: standard output: No space left on device" ]
    run --separate-stderr bash -c '"$OSBOX" $1 >&-' - "$arguments"
    [ "$status" -eq 4 ]
    [ "$stderr" = "osbox: standard output: Bad file descriptor" ]
  done
}

@test "a broken pipe is quiet" {
  run --separate-stderr bash -c 'trap "" PIPE; { sleep 0.2; "$OSBOX" --help; echo $? >code; } | true'
  [ "$stderr" = "" ]
  [ "$(cat code)" = 4 ]
  run --separate-stderr bash -c '{ sleep 0.2; "$OSBOX" --help; echo $? >code; } | true'
  [ "$stderr" = "" ]
  [ "$(cat code)" = 141 ]
}

@test "closed standard streams do no harm" {
  run bash -c '"$OSBOX" --version <&- 2>&-'
  [ "$status" -eq 0 ]
  run bash -c '"$OSBOX" --nothing <&- >&- 2>&-'
  [ "$status" -eq 2 ]
}

@test "--version of an applet takes six system calls" {
  needs strace
  needs_applet strerror
  strace -o calls "$OSBOX" strerror --version || skip "a sanitizer does not work under strace"
  run cut -d '(' -f 1 calls
  [ "${lines[*]}" = "execve arch_prctl set_tid_address write close exit_group +++ exited with 0 +++" ] ||
    skip "not the static musl binary: ${lines[*]}"
}

# -- what osbox tells ------------------------------------------------------------------------------

@test "--list names the applets in order, --long says what they do" {
  osbox --list
  [ "$status" -eq 0 ]
  [ "$output" = "$(sort -u <<<"$output")" ]
  names=$output
  osbox --list --long
  [ "$(cut -d ' ' -f 1 <<<"$output")" = "$names" ]
  needs_applet strerror
  [[ "$output" == *"strerror  explain error numbers and names"* ]]
}

@test "--help lists the applets" {
  osbox --help
  [ "$status" -eq 0 ]
  page=$output
  osbox -h
  [ "$output" = "$page" ]
  for applet in $("$OSBOX" --list); do
    [[ "$page" == *$'\n'"  $applet "* ]]
  done
  osbox --help nothing
  [ "$status" -eq 2 ]
  [ "$stderr" = "osbox: no such applet: nothing (osbox --list names them)" ]
}

@test "--version and --licenses" {
  osbox --version
  [ "$status" -eq 0 ]
  [[ "$output" =~ ^osbox\ [0-9.]+\ \(Python\ 3\.11,\ Unicode\ 14\.0\.0\)$ ]]
  osbox --licenses
  [ "$status" -eq 0 ]
  for text in "The osbox authors" "Permission is hereby granted" "Rich Felker, et al." \
    "Python Software Foundation" "Unicode, Inc." "GCC Runtime Library Exception"; do
    [[ "$output" == *"$text"* ]]
  done
  [[ "$output" == *"$(sed 1,2d "$BATS_TEST_DIRNAME/../../LICENSE")"* ]]
}

# -- --install, --uninstall ------------------------------------------------------------------------

@test "--install makes hard links to every applet, and again changes nothing" {
  cp "$OSBOX" osbox
  ./osbox --install bin
  [ "$(ls bin)" = "$("$OSBOX" --list)" ]
  for link in bin/*; do
    [ "$(inode "$link")" = "$(inode osbox)" ]
    run "$link" --version
    [[ "$output" == "${link#bin/} (osbox) "* ]]
  done
  run --separate-stderr ./osbox --install bin
  [ "$status" -eq 0 ]
  [ "$output$stderr" = "" ]
  [ "$(ls -A bin)" = "$("$OSBOX" --list)" ]
}

@test "--install takes names, aliases and osbox, and checks them first" {
  needs_applet strerror
  cp "$OSBOX" osbox.real
  ./osbox.real --install bin strerror osbox
  [ "$(ls bin)" = "osbox
strerror" ]
  run --separate-stderr ./osbox.real --install . strerror strerorr
  [ "$status" -eq 2 ]
  [ "$stderr" = "osbox: no such applet: strerorr (did you mean strerror?)" ]
  [ ! -e strerror ]
}

@test "--install --symlink links to the whole path, --relative to the way there" {
  needs_applet strerror
  mkdir -p opt/x usr/local/bin
  cp "$OSBOX" opt/x/osbox
  opt/x/osbox --install -s bin strerror
  [ "$(readlink bin/strerror)" = "$PWD/opt/x/osbox" ]
  opt/x/osbox --install --relative usr/local/bin strerror
  [ "$(readlink usr/local/bin/strerror)" = ../../../opt/x/osbox ]
  opt/x/osbox --install --relative opt/x/../../opt/x strerror
  [ "$(readlink opt/x/strerror)" = osbox ]
  opt/x/osbox --install --relative opt strerror
  [ "$(readlink opt/strerror)" = x/osbox ]
  for link in bin usr/local/bin opt/x opt; do
    run "$link/strerror" -n ENOENT
    [ "$output" = 2 ]
  done
}

@test "a link of one kind becomes the other kind, by a rename" {
  needs_applet strerror
  cp "$OSBOX" osbox
  ./osbox --install bin strerror
  ./osbox --install --symlink bin strerror
  [ "$(readlink bin/strerror)" = "$PWD/osbox" ]
  before=$(stat -c %i bin/strerror)
  ./osbox --install --symlink bin strerror
  [ "$(stat -c %i bin/strerror)" = "$before" ]
  ./osbox --install --relative bin strerror
  [ "$(readlink bin/strerror)" = ../osbox ]
  ./osbox --install bin strerror
  [ ! -L bin/strerror ]
  [ "$(inode bin/strerror)" = "$(inode osbox)" ]
  [ "$(ls -A bin)" = strerror ]
}

@test "a file that is not ours stays, unless --force" {
  needs_applet strerror
  needs_applet iniget
  cp "$OSBOX" osbox
  echo mine >bin/strerror
  run --separate-stderr ./osbox --install bin
  [ "$status" -eq 1 ]
  [ "$stderr" = "osbox: bin/strerror: is not a link to this binary (--force replaces it)" ]
  [ "$(cat bin/strerror)" = mine ]
  [ "$(inode bin/iniget)" = "$(inode osbox)" ]
  ln -sf /nowhere bin/strerror
  run ./osbox --install -s bin strerror
  [ "$status" -eq 1 ]
  [ "$(readlink bin/strerror)" = /nowhere ]
  run --separate-stderr ./osbox --install --force bin strerror
  [ "$status" -eq 0 ]
  [ "$(inode bin/strerror)" = "$(inode osbox)" ]
  rm bin/strerror
  mkdir bin/strerror
  run --separate-stderr ./osbox --install --force bin strerror
  [ "$status" -eq 4 ]
  [ "$stderr" = "osbox: bin/strerror: Is a directory" ]
  [ "$(ls -A bin)" = "iniget
strerror" ]
}

@test "the binary itself is never replaced by a link to itself" {
  needs_applet strerror
  cp "$OSBOX" bin/strerror
  run bash -c 'exec -a osbox bin/strerror --install --symlink --force bin strerror'
  [ "$status" -eq 0 ]
  [ ! -L bin/strerror ]
  run --separate-stderr bash -c 'exec -a osbox bin/strerror --uninstall bin strerror'
  [ "$status" -eq 1 ]
  [ "$stderr" = "osbox: bin/strerror: is the binary itself" ]
  run bash -c 'exec -a osbox bin/strerror --uninstall bin'
  [ "$status" -eq 0 ]
  [ -x bin/strerror ]
}

@test "--install tells what went wrong" {
  needs_applet strerror
  osbox --install nowhere
  [ "$status" -eq 4 ]
  [ "$stderr" = "osbox: nowhere: No such file or directory" ]
  osbox --install "$OSBOX"
  [ "$status" -eq 4 ]
  [ "$stderr" = "osbox: $OSBOX: Not a directory" ]
  osbox --install -s /proc strerror
  [ "$status" -eq 4 ]
  [ "${#stderr_lines[@]}" -eq 1 ]
  [[ "$stderr" == "osbox: /proc/strerror: "* ]]
}

@test "across file systems only symbolic links work, and it says so" {
  needs_applet strerror
  [ -w /dev/shm ] && [ "$(stat -c %d /dev/shm)" != "$(stat -c %d "$OSBOX")" ] || skip "no second file system"
  place=$(mktemp -d /dev/shm/osbox.XXXXXX)
  osbox --install "$place" strerror
  code=$status said=$stderr
  osbox --install -s "$place" strerror
  left=$(ls -A "$place")
  rm -r "$place"
  [ "$code" -eq 4 ]
  [ "$said" = "osbox: $place/strerror: Invalid cross-device link (try --symlink)" ]
  [ "$status" -eq 0 ]
  [ "$left" = strerror ]
}

@test "--uninstall removes links to this binary, and nothing else" {
  needs_applet strerror
  needs_applet iniget
  cp "$OSBOX" osbox
  cp "$OSBOX" other
  ./osbox --install bin strerror
  ./other --install bin iniget
  touch bin/file
  run --separate-stderr ./osbox --uninstall bin
  [ "$status" -eq 0 ]
  [ "$output$stderr" = "" ]
  [ "$(ls bin)" = "file
iniget" ]
  ./osbox --install --relative bin strerror
  run --separate-stderr ./osbox --uninstall bin strerror iniget
  [ "$status" -eq 1 ]
  [ "$stderr" = "osbox: bin/iniget: is not a link to this binary" ]
  run --separate-stderr ./osbox --uninstall bin strerror
  [ "$status" -eq 1 ]
  [ "$stderr" = "osbox: bin/strerror: there is no such link" ]
  [ "$(ls bin)" = "file
iniget" ]
}

@test "it finds itself without /proc, by a path or by PATH" {
  needs unshare
  needs_applet strerror
  cp "$OSBOX" osbox
  ! grep -q __asan "$OSBOX" || skip "a sanitizer needs /proc itself"
  unshare -m true 2>/dev/null || skip "no right to hide /proc"
  run unshare -m bash -c 'mount -t tmpfs none /proc && ./osbox --install -s bin strerror &&
    PATH="/nowhere:$PWD" && osbox --install -s bin iniget'
  [ "$status" -eq 0 ]
  [ "$(readlink bin/strerror)" = "$PWD/osbox" ]
  [ "$(readlink bin/iniget)" = "$PWD/osbox" ]
}

# -- --generate ------------------------------------------------------------------------------------

# generated KIND: what osbox prints of that kind for each applet, in files named KIND.APPLET
generated() {
  for applet in osbox $("$OSBOX" --list); do
    "$OSBOX" --generate "$1" "$applet" >"$1.$applet"
    [ -s "$1.$applet" ]
  done
}

@test "--generate man passes mandoc's lint" {
  needs mandoc
  generated man
  for page in man.*; do
    run mandoc -T lint -W warning "$page"
    [ "$status" -eq 0 ]
    [ "$output" = "" ]
  done
  mandoc -T ascii man.osbox | col -b >page
  grep -q 'osbox --install \[--symlink\]' page
  grep -q '^ *--generate=KIND$' page
}

@test "a man page holds every option of the help page" {
  needs mandoc
  generated man
  for page in man.*; do
    mandoc -T ascii "$page" | col -b >text
    for option in $("$OSBOX" --help "${page#man.}" | sed '/^Examples:/,$d' | grep -oE '^ +(-[a-zA-Z].*, )?--[a-z-]+' | grep -oE -- '--[a-z-]+'); do
      grep -qE -- "^ +(-.*, )?$option(=|$| )" text
    done
  done
}

# in_bash WORD...: what bash offers for the last word
in_bash() {
  run bash -c 'for file in bash.*; do . "./$file"; done
    COMP_WORDS=("$@") COMP_CWORD=$(($# - 1))
    function=$(complete -p "$1" | sed "s/.* -F \([^ ]*\) .*/\1/")
    "$function"
    printf "%s\n" "${COMPREPLY[@]}"' bash "$@"
}

@test "--generate bash: options, choices, applets and verbs" {
  needs_applet iniget
  needs_applet strerror
  generated bash
  in_bash iniget --form
  [ "$output" = --format ]
  in_bash iniget --format = js
  [ "$output" = "json
jsonl" ]
  in_bash iniget -f cs
  [ "$output" = csv ]
  in_bash iniget un
  [ "$output" = uncomment ]
  in_bash iniget --format json un
  [ "$output" = uncomment ]
  touch unfile
  in_bash iniget un
  [ "$output" = "uncomment
unfile" ]
  in_bash iniget get un
  [ "$output" = "" ]
  in_bash iniget -- --fo
  [ "$output" = "" ]
  in_bash osbox st
  [ "$output" = strerror ]
  in_bash osbox --install bin st
  [ "$output" = strerror ]
  in_bash osbox iniget --dialect = sy
  [ "$output" = systemd ]
  in_bash osbox --generate ""
  [ "$output" = "man
bash
zsh
fish
json" ]
}

@test "--generate bash passes shellcheck" {
  needs shellcheck
  generated bash
  shellcheck -s bash bash.*
}

# in_fish LINE: what fish offers at its end
in_fish() {
  run fish -c 'for file in fish.*; source ./$file; end; complete -C $argv[1]' "$1"
  output=$(cut -f 1 <<<"$output")
}

@test "--generate fish: options, choices, applets and verbs" {
  needs fish
  needs_applet iniget
  needs_applet strerror
  generated fish
  export HOME=$PWD
  in_fish 'iniget --fo'
  [ "$output" = --format ]
  in_fish 'iniget --format js'
  [ "$output" = "json
jsonl" ]
  in_fish 'iniget --format=cs'
  [ "$output" = --format=csv ]
  touch unfile
  in_fish 'iniget un'
  [ "$output" = "uncomment
unfile" ]
  in_fish 'iniget get un'
  [ "$output" = unfile ]
  in_fish 'osbox st'
  [ "$output" = strerror ]
  in_fish 'osbox iniget --dialect sy'
  [ "$output" = systemd ]
}

@test "--generate zsh: loads as a completion function" {
  needs zsh
  generated zsh
  mkdir functions
  for file in zsh.*; do
    zsh -n "$file"
    cp "$file" "functions/_${file#zsh.}"
  done
  for applet in osbox $("$OSBOX" --list); do
    run zsh -f -c 'fpath=($PWD/functions $fpath); autoload -Uz compinit; compinit -u -D
      autoload +X -Uz "_$1" && print -r -- "${_comps[$1]}"' zsh "$applet"
    [ "$output" = "_$applet" ]
  done
}

# in_zsh LINE: what stands in the line after TAB
in_zsh() {
  run /usr/bin/python3 "$BATS_TEST_DIRNAME/zsh_line.py" "$PWD/functions" "$1"
}

@test "--generate zsh: options, choices, applets and verbs" {
  needs zsh /usr/bin/python3
  needs_applet iniget
  needs_applet strerror
  generated zsh
  mkdir functions
  for file in zsh.*; do cp "$file" "functions/_${file#zsh.}"; done
  in_zsh 'iniget --form'
  [ "$output" = 'iniget --format=' ]
  in_zsh 'iniget --format=cs'
  [ "$output" = 'iniget --format=csv ' ]
  in_zsh 'iniget -f cs'
  [ "$output" = 'iniget -f csv ' ]
  in_zsh 'iniget unc'
  [ "$output" = 'iniget uncomment ' ]
  touch unfile
  in_zsh 'iniget get un'
  [ "$output" = 'iniget get unfile ' ]
  in_zsh 'osbox st'
  [ "$output" = 'osbox strerror ' ]
  in_zsh 'osbox iniget --dialect=sy'
  [ "$output" = 'osbox iniget --dialect=systemd ' ]
}

@test "--generate json describes all of an applet" {
  generated json
  for file in json.*; do
    run /usr/bin/python3 -c 'if True:
      import json, sys
      d = json.load(open(sys.argv[1]))
      assert d["name"] == sys.argv[1][5:], d["name"]
      assert list(d) == ["name", "release", "summary", "usage", "description", "verbs", "options",
                         "abbreviate", "interspersed", "exit_codes", "examples", "aliases", "see_also"]
      assert any(o["long"] == "--version" for o in d["options"])
      for o in d["options"]:
          assert (o["type"] in ("string", "int", "float", "choice")) if "type" in o else "metavar" not in o
          assert ("choices" in o) == (o.get("type") == "choice")' "$file"
    [ "$output" = "" ]
    [ "$status" -eq 0 ]
  done
}

@test "--generate of an unknown applet" {
  osbox --generate man nothing
  [ "$status" -eq 2 ]
  [ "$output" = "" ]
  [ "$stderr" = "osbox: no such applet: nothing (osbox --list names them)" ]
}
