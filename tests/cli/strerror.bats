#!/usr/bin/env bats

bats_require_minimum_version 1.5.0
load helper

# strerror ARGUMENT...: $output, $stderr and $status of a run
strerror() {
  run --separate-stderr "$OSBOX" strerror "$@"
}

@test "explains numbers and names in any case" {
  strerror 2 EACCES eNoSpC
  [ "$status" -eq 0 ]
  [ "$output" = "ENOENT 2 No such file or directory
EACCES 13 Permission denied
ENOSPC 28 No space left on device" ]
  [ "$stderr" = "" ]
}

@test "keeps the name that was asked for" {
  strerror EWOULDBLOCK EDEADLK 35
  [ "${lines[0]}" = "EWOULDBLOCK 11 Resource temporarily unavailable" ]
  [ "${lines[1]}" = "EDEADLK 35 Resource deadlock avoided" ]
  [ "${lines[2]}" = "EDEADLOCK 35 Resource deadlock avoided" ]
}

@test "reads numbers as they are pasted" {
  for form in -2 0x2 0X02 002 0xfffffffe 4294967294 0xfffffffffffffffe 18446744073709551614 \
    errno=2 "errno 2" "[Errno 2]" "(os error 2)" "error: -2" "Errno: ENOENT"; do
    strerror "$form"
    [ "$status" -eq 0 ]
    [ "$output" = "ENOENT 2 No such file or directory" ]
  done
  strerror -- -2
  [ "$output" = "ENOENT 2 No such file or directory" ]
}

@test "says what is unknown and goes on" {
  strerror 4711 2 ENOET
  [ "$status" -eq 1 ]
  [ "$output" = "ENOENT 2 No such file or directory" ]
  [ "$stderr" = "strerror: unknown error number 4711
strerror: unknown error name 'ENOET'; did you mean ENOENT?" ]
}

@test "numbers outside every table are unknown" {
  for number in 41 134 65538 4294967298 18446744073709551000 99999999999999999999 -0 0x; do
    strerror "$number"
    [ "$status" -eq 1 ]
    [ "$output" = "" ]
    [ "${#stderr_lines[@]}" -eq 1 ]
  done
}

@test "0 is no error" {
  strerror 0
  [ "$status" -eq 1 ]
  [ "$stderr" = "strerror: 0 is no error: Success" ]
}

@test "points to the machine that has a name, and to --search" {
  strerror EPROCLIM
  [ "$status" -eq 1 ]
  [ "$stderr" = "strerror: unknown error name 'EPROCLIM' on linux-generic; linux-sparc has it" ]
  strerror "broken pipe"
  [ "$status" -eq 1 ]
  [ "$stderr" = "strerror: unknown error name 'broken pipe'; --search looks in the texts" ]
  strerror xylophone
  [ "$stderr" = "strerror: unknown error name 'xylophone'" ]
  strerror ""
  [ "$status" -eq 1 ]
  [ "$stderr" = "strerror: unknown error name ''" ]
}

@test "-l lists all" {
  strerror -l
  [ "$status" -eq 0 ]
  [ "${#lines[@]}" -eq 134 ]
  [ "${lines[0]}" = "EPERM 1 Operation not permitted" ]
  [ "${lines[10]}" = "EAGAIN 11 Resource temporarily unavailable" ]
  [ "${lines[11]}" = "EWOULDBLOCK 11 Resource temporarily unavailable" ]
  [ "${lines[133]}" = "EHWPOISON 133 Memory page has hardware error" ]
  all=$output
  strerror --list
  [ "$output" = "$all" ]
}

@test "-s finds all words in name or text, in any case" {
  strerror -s DIRECTORY no
  [ "$status" -eq 0 ]
  [ "$output" = "ENOENT 2 No such file or directory
ENOTDIR 20 Not a directory
ENOTEMPTY 39 Directory not empty" ]
  strerror --search "no such file"
  [ "$output" = "ENOENT 2 No such file or directory" ]
  strerror noent --search
  [ "$output" = "ENOENT 2 No such file or directory" ]
  strerror -s "$(printf 'bro\xe2\x84\xaaen')" # the Kelvin sign is a k in lower case
  [ "$output" = "EPIPE 32 Broken pipe" ]
}

@test "-s without a match is a no" {
  strerror -s directory pipe
  [ "$status" -eq 1 ]
  [ "$output" = "" ]
  [ "$stderr" = "strerror: no error has all these words" ]
  strerror -s xylophone
  [ "$stderr" = "strerror: no error has this word" ]
}

@test "--table uses another machine's numbers" {
  strerror --table linux-mips ENOSYS 89
  [ "$output" = "ENOSYS 89 Function not implemented
ENOSYS 89 Function not implemented" ]
  strerror --table=linux-alpha EAGAIN
  [ "$output" = "EAGAIN 35 Resource temporarily unavailable" ]
  strerror --table linux-parisc -v EREFUSED
  [ "$output" = "EREFUSED 239 Connection refused [ConnectionRefusedError] (also ECONNREFUSED)" ]
  strerror --table linux-sparc EPROCLIM
  [ "$output" = "EPROCLIM 67 Too many processes" ]
  strerror --table linux-powerpc EDEADLOCK
  [ "$output" = "EDEADLOCK 58 Resource deadlock avoided" ]
  strerror --table linux-generic 2
  [ "$output" = "ENOENT 2 No such file or directory" ]
}

@test "-v adds the exception and the other names" {
  strerror -v 11 EPERM
  [ "${lines[0]}" = "EAGAIN 11 Resource temporarily unavailable [BlockingIOError] (also EWOULDBLOCK)" ]
  [ "${lines[1]}" = "EPERM 1 Operation not permitted [PermissionError]" ]
}

@test "single fields" {
  strerror -n EPIPE; [ "$output" = "32" ]
  strerror --number EPIPE; [ "$output" = "32" ]
  strerror -N 32; [ "$output" = "EPIPE" ]
  strerror --name 32; [ "$output" = "EPIPE" ]
  strerror -t 32; [ "$output" = "Broken pipe" ]
  strerror --text 32; [ "$output" = "Broken pipe" ]
  strerror -e 32; [ "$output" = "BrokenPipeError" ]
  strerror --exception 5; [ "$output" = "OSError" ]
  strerror -n -t 32; [ "$output" = "Broken pipe" ]
}

@test "--json is one array" {
  strerror --json 11 ENOET 2
  [ "$status" -eq 1 ]
  [ "$output" = '[
{"number": 11, "name": "EAGAIN", "aliases": ["EWOULDBLOCK"], "text": "Resource temporarily unavailable", "exception": "BlockingIOError"},
{"number": 2, "name": "ENOENT", "aliases": [], "text": "No such file or directory", "exception": "FileNotFoundError"}
]' ]
  strerror --json -s xylophone
  [ "$status" -eq 1 ]
  [ "$output" = "[]" ]
}

@test "--json agrees with python3" {
  "$OSBOX" strerror --json --list | "${PYTHON:-/usr/bin/python3}" -c '
import errno, json, os, sys
found = json.load(sys.stdin)
for e in found:
    assert e["text"] == os.strerror(e["number"]), e
    assert e["exception"] == type(OSError(e["number"], "")).__name__, e
    if e["name"] != "EHWPOISON":
        assert getattr(errno, e["name"]) == e["number"], e
assert len(found) == len([n for n in dir(errno) if n.startswith("E")]) + 1
'
}

@test "usage errors" {
  strerror
  [ "$status" -eq 2 ]
  [ "${stderr_lines[-1]}" = "strerror: error: an error number or name is needed" ]
  strerror -l 2
  [ "$status" -eq 2 ]
  [ "${stderr_lines[-1]}" = "strerror: error: --list takes no arguments" ]
  strerror -l -s
  [ "$status" -eq 2 ]
  strerror -s
  [ "$status" -eq 2 ]
  [ "${stderr_lines[-1]}" = "strerror: error: --search needs at least one WORD" ]
  strerror --table windows 2
  [ "$status" -eq 2 ]
  [[ ${stderr_lines[-1]} = *"option --table: invalid choice: 'windows' (choose from 'linux-generic', "* ]]
  strerror --nonsense
  [ "$status" -eq 2 ]
  [ "$output" = "" ]
}

@test "long options are not abbreviated" {
  strerror --lis
  [ "$status" -eq 2 ]
}

@test "--help and --version" {
  strerror --help
  [ "$status" -eq 0 ]
  [ "${lines[0]}" = "Usage: strerror [OPTION]... NUMBER|NAME..." ]
  [[ $output = *"--search"* ]]
  [ "$stderr" = "" ]
  strerror --version
  [ "$status" -eq 0 ]
  [ "$stderr" = "" ]
}

@test "an argument that is not UTF-8" {
  strerror "$(printf 'EN\xff\xfeT')"
  [ "$status" -eq 1 ]
  [ "$output" = "" ]
  [ "${#stderr_lines[@]}" -eq 1 ]
  strerror -s "$(printf '\xff')"
  [ "$status" -eq 1 ]
}

@test "a closed or full stdout is no success" {
  run --separate-stderr sh -c '"$1" strerror 2 >&-' sh "$OSBOX"
  [ "$status" -eq 4 ]
  [ "${#stderr_lines[@]}" -eq 1 ]
  run --separate-stderr sh -c '"$1" strerror -l >/dev/full' sh "$OSBOX"
  [ "$status" -eq 4 ]
  [[ $stderr = *"No space left on device"* ]]
}

@test "a closed stdin does not matter" {
  run --separate-stderr sh -c '"$1" strerror -n EIO <&-' sh "$OSBOX"
  [ "$status" -eq 0 ]
  [ "$output" = "5" ]
}
