#!/usr/bin/env bats
# iniget --type: checked values in their canonical form.

# shellcheck disable=SC2088  # a tilde is for iniget to expand

bats_require_minimum_version 1.5.0
load helper

setup() {
  osbox_setup
}

# typed TYPE VALUE: $output, $stderr and $status of a value read as that type
typed() {
  local indented=${2//$'\n'/$'\n' }
  printf '[s]\nv = %s\n' "$indented" >v.ini
  run --separate-stderr "$OSBOX" iniget --raw --type "$1" v.ini s v
}

# gives TYPE VALUE TEXT
gives() {
  typed "$1" "$2"
  [ "$stderr" = "" ]
  [ "$output" = "$3" ]
  [ "$status" -eq 0 ]
}

# refuses TYPE VALUE TEXT
refuses() {
  typed "$1" "$2"
  [ "$output" = "" ]
  [ "$stderr" = "iniget: v.ini:2: $3 ([s] v)" ]
  [ "$status" -eq 3 ]
}

@test "str is the value" {
  gives str " a  b " "a  b"
  gives str "" ""
}

@test "int: Python's int(), of any size, in decimal" {
  gives int 42 42
  gives int " -007 " -7
  gives int +5 5
  gives int 1_000 1000
  gives int 123456789012345678901234567890 123456789012345678901234567890
  gives int $'\xd9\xa3' 3
  for value in "" 0x1f 1.0 1__0 _1 "1 2" one; do
    refuses int "$value" "invalid literal for int() with base 10: '$value'"
  done
}

@test "float: Python's float() and repr()" {
  gives float 1 1.0
  gives float 1e3 1000.0
  gives float 0.1 0.1
  gives float 1e16 1e+16
  gives float -0 -0.0
  gives float .5 0.5
  gives float 1_0.2_5 10.25
  gives float inf inf
  gives float -Infinity -inf
  gives float NaN nan
  gives float 1e999 inf
  for value in "" 1,5 1e "1 e3" 0x1p3; do
    refuses float "$value" "could not convert string to float: '$value'"
  done
}

@test "bool: configparser's words, as true or false" {
  for word in 1 yes true on YES True oN; do
    gives bool "$word" true
  done
  for word in 0 no false off NO False oFF; do
    gives bool "$word" false
  done
  for word in "" 2 y t 01 enabled; do
    refuses bool "$word" "Not a boolean: $word"
  done
}

@test "an option without a value: bool is true, list is empty, int is an error" {
  printf '[s]\nv\n' >n.ini
  run "$OSBOX" iniget --allow-no-value --type bool n.ini s v
  [ "$output" = true ]
  run "$OSBOX" iniget --allow-no-value --type list n.ini s v
  [ "$output" = "" ]
  [ "$status" -eq 0 ]
  run "$OSBOX" iniget --allow-no-value --type int n.ini s v
  [ "$status" -eq 3 ]
}

@test "path: ~ is HOME, relative to the file's directory" {
  export HOME=/home/me
  gives path /a/b /a/b
  gives path '~' /home/me
  gives path '~/x' /home/me/x
  gives path 'a/~' a/~
  refuses path '' "'' is not a path: it is empty"
  mkdir -p d/e
  printf '[s]\nv = ../x\nw = ~root\n' >d/e/p.ini
  run "$OSBOX" iniget -t path d/e/p.ini s v
  [ "$output" = d/e/../x ]
  run "$OSBOX" iniget -t path "$PWD/d/e/p.ini" s v
  [ "$output" = "$PWD/d/e/../x" ]
  cp d/e/p.ini base.ini
  run "$OSBOX" iniget -t path --over d/e/p.ini base.ini s v # of the file that won
  [ "$output" = d/e/../x ]
  run bash -c '"$OSBOX" iniget -t path - s v <d/e/p.ini'
  [ "$output" = ../x ]
  unset HOME
  typed path '~/x'
  [ "$status" -eq 3 ]
}

@test "size: bytes" {
  gives size 0 0
  gives size 512 512
  gives size 64K 65536
  gives size 64k 65536
  gives size 64KiB 65536
  gives size 64ki 65536
  gives size 64kB 64000
  gives size '2 GB' 2000000000
  gives size 1.5MiB 1572864
  gives size 0.3K 307
  gives size 1T 1099511627776
  gives size 1P 1125899906842624
  gives size 7E 8070450532247928832
  gives size 9223372036854775807 9223372036854775807
  for value in "" -1 K 1X "1 K K" 1e3 9223372036854775808 8E 1,5K; do
    typed size "$value"
    [ "$status" -eq 3 ]
    [ "$output" = "" ]
    [[ $stderr = "iniget: v.ini:2: '$value' is not a size: "*" ([s] v)" ]]
  done
}

@test "duration: seconds" {
  gives duration 90 90
  gives duration "1h 30min" 5400
  gives duration 1h30min 5400
  gives duration 1.5d 129600
  gives duration 500ms 0.5
  gives duration 1us 0.000001
  gives duration "2 weeks" 1209600
  gives duration 1week 604800
  gives duration 1y 31557600
  gives duration 1month 2629800
  gives duration "1hour 1m 1sec" 3661
  gives duration "1h 30" 3630
  gives duration infinity infinity
  for value in "" -1 1x h soon 1e3s; do
    typed duration "$value"
    [ "$status" -eq 3 ]
    [ "$output" = "" ]
    [[ $stderr = "iniget: v.ini:2: '$value' is not a duration: "*" ([s] v)" ]]
  done
}

@test "list: lines where there are several, else what commas separate" {
  gives list 'a, b ,,c' "a
b
c"
  gives list $'\na, b\n\nc' "a, b
c"
  gives list one one
  gives list "" ""
  gives list , ""
  printf '[s]\nv = a b, c\n' >v.ini
  run "$OSBOX" iniget -t list -f json v.ini s v
  [ "$output" = '["a b", "c"]' ]
  printf '[s]\nv =\n' >v.ini
  run "$OSBOX" iniget -t list -f json v.ini s v
  [ "$output" = '[]' ]
  printf '[s]\nv = a, b\n' >v.ini
  "$OSBOX" iniget -t list -f nul v.ini s v | tr '\0' '|' >shown
  [ "$(cat shown)" = "a|b|" ]
}

@test "a whole section is converted, or told which option is wrong" {
  printf '[s]\na = 1K\nb = 2\n' >v.ini
  run "$OSBOX" iniget -t size -f lines v.ini s
  [ "$output" = "[s] a = 1024
[s] b = 2" ]
  printf '[s]\na = 1K\nb = x\n' >v.ini
  run --separate-stderr "$OSBOX" iniget -t size -f lines v.ini s
  [ "$status" -eq 3 ]
  [ "$output" = "" ]
  [[ $stderr = *"([s] b)" ]]
}

@test "each value of --all is converted" {
  printf '[s]\nv = 1K\nv = 2K\n' >v.ini
  run "$OSBOX" iniget --all -t size v.ini s v
  [ "$output" = "1024
2048" ]
}

@test "an unknown type is wrong usage" {
  run --separate-stderr "$OSBOX" iniget -t number v.ini s v
  [ "$status" -eq 2 ]
  [ "${stderr_lines[-1]}" = "iniget: error: option -t: invalid choice: 'number' (choose from 'str', 'int', 'float', 'bool', 'path', 'size', 'duration', 'list')" ]
}
