#!/usr/bin/env bats
# Editing: every byte that an edit does not name stays as it is.

bats_require_minimum_version 1.5.0
load helper

# iniget ARGUMENT...: $output, $stderr and $status of a run
iniget() {
  run --separate-stderr "$OSBOX" iniget "$@"
}

# text FILE TEXT: a file, as printf's %b reads it
text() {
  printf '%b' "$2" >"$1"
}

# is FILE TEXT: the file's bytes
is() {
  text want.is "$2"
  diff -u <(cat -A want.is) <(cat -A "$1")
}

# edit OLD NEW ARGUMENT...: an edit of f.ini, which succeeds without a word, turns OLD into NEW
edit() {
  local new=$2
  text f.ini "$1"
  shift 2
  iniget "$@"
  [ "$output$stderr" = "" ]
  [ "$status" -eq 0 ]
  is f.ini "$new"
}

# refuse CODE MESSAGE OLD ARGUMENT...: the edit fails with the code and the message, and leaves f.ini alone
refuse() {
  local code=$1 message=$2 old=$3
  text f.ini "$3"
  shift 3
  iniget "$@"
  [ "$output" = "" ]
  [ "$stderr" = "iniget: $message" ]
  [ "$status" -eq "$code" ]
  is f.ini "$old"
  [ "$(find . -name '.*osbox*')" = "" ]
}

# there_and_back TEXT NEW OPTION...: another value for [s] x, then the old one: the same bytes
there_and_back() {
  local old
  text f.ini "$1"
  old=$("$OSBOX" iniget --raw "${@:3}" f.ini s x; echo .)
  old=${old%$'\n'.}
  "$OSBOX" iniget "${@:3}" set -- f.ini s x "$2"
  ! cmp -s f.ini <(printf '%b' "$1")
  [ "$("$OSBOX" iniget --raw "${@:3}" f.ini s x; echo .)" = "$2"$'\n'. ]
  "$OSBOX" iniget "${@:3}" --raw set -- f.ini s x "$old"
  is f.ini "$1"
}

# comment_and_back TEXT ARGUMENT...: comment, then uncomment: the same bytes
comment_and_back() {
  text f.ini "$1"
  "$OSBOX" iniget "${@:2:$#-2}" comment f.ini s ${!#:+"${!#}"}
  ! cmp -s f.ini <(printf '%b' "$1")
  iniget "${@:2:$#-2}" has f.ini s "${!#:-x}"
  [ "$status" -eq 1 ]
  "$OSBOX" iniget "${@:2:$#-2}" uncomment f.ini s ${!#:+"${!#}"}
  is f.ini "$1"
}

# -- set -------------------------------------------------------------------------------------------

@test "set changes one line and nothing else" {
  edit '# top\n[s]\n  x  =  1  \n; c\ny:2\n\n\n[t]\nx=1\n' '# top\n[s]\n  x  =  new  \n; c\ny:2\n\n\n[t]\nx=1\n' set f.ini s x new
  edit '[s]\nx:1\n' '[s]\nx:new\n' set f.ini s x new
  edit '[s]\nLong Name = 1\n' '[s]\nLong Name = new\n' set f.ini s 'long name' new
  edit '[s]\nx\t=\t1\n' '[s]\nx\t=\tnew\n' set f.ini s x new
}

@test "set keeps CR LF, CR, BOM and a missing final newline" {
  edit '[s]\r\nx = 1\r\ny = 2\r\n' '[s]\r\nx = a\r\n\tb\r\ny = 2\r\n' set f.ini s x $'a\nb'
  edit '[s]\rx = 1\ry = 2\r' '[s]\rx = new\ry = 2\r' set f.ini s x new
  edit '\xef\xbb\xbf[s]\nx = 1\n' '\xef\xbb\xbf[s]\nx = new\n' --encoding utf-8-sig set f.ini s x new
  edit '[s]\nx = 1' '[s]\nx = new' set f.ini s x new
  edit '[s]\nx = 1' '[s]\nx = 1\ny = 2' set f.ini s y 2
  edit '[s]\r\nx = 1' '[s]\r\nx = 1\r\ny = 2' set f.ini s y 2
  edit '[s]\nx = \xe4\n' '[s]\nx = \xe4\ny = \xf6\n' --encoding latin-1 set f.ini s y $'\xc3\xb6'
}

@test "set of an encoding that has a BOM and two bytes" {
  printf '[s]\nx = 1\n' | iconv -t UTF-16LE | { printf '\xff\xfe'; cat; } >f.ini
  "$OSBOX" iniget --encoding utf-16 set f.ini s x new
  printf '[s]\nx = new\n' | iconv -t UTF-16LE | { printf '\xff\xfe'; cat; } | cmp - f.ini
}

@test "a new option copies its neighbours' style, a new section stands at the end" {
  edit '[s]\nx=1\n\n[t]\ny = 1\n' '[s]\nx=1\nnew=2\n\n[t]\ny = 1\n' set f.ini s new 2
  edit '[s]\n\tx : 1\n' '[s]\n\tx : 1\n\tnew : 2\n' set f.ini s new 2
  edit '[s]\nx=1\n\n; about t\n[t]\ny = 1\n' '[s]\nx=1\nnew=2\n\n; about t\n[t]\ny = 1\n' set f.ini s new 2
  edit '[s]\n' '[s]\nnew = 2\n' set f.ini s new 2
  edit '[s]\nx=1\n' '[s]\nx=1\n\n[t]\nnew=2\n' set f.ini t new 2
  edit '' '[s]\nx = 1\n' set f.ini s x 1
  edit '# only a comment\n' '# only a comment\n\n[s]\nx = 1\n' set f.ini s x 1
  edit '[s]\nx = 1\n' '[s]\nx = 1\n\n[DEFAULT]\nd = 1\n' set f.ini DEFAULT d 1
}

@test "set makes the file" {
  iniget set new.ini s x 1
  [ "$status" -eq 0 ]
  is new.ini '[s]\nx = 1\n'
  [ "$(stat -c %a new.ini)" = "$(printf '%o' $((0666 & ~0$(umask))))" ]
}

@test "values grow and shrink, line for line" {
  edit '[s]\nx = 1\ny = 2\n' '[s]\nx = a\n\tb\n\n\tc\ny = 2\n' set f.ini s x $'a\nb\n\nc'
  edit '[s]\nx = 1\n    2\n    3\ny = 2\n' '[s]\nx = 1\n    2\n    3\n    4\ny = 2\n' set f.ini s x $'1\n2\n3\n4'
  edit '[s]\nx = 1\n    2\n    3\ny = 2\n' '[s]\nx = new\ny = 2\n' set f.ini s x new
  edit '[s]\nx = 1\n  2\n\t3\ny = 2\n' '[s]\nx = 1\n  new\n\t3\ny = 2\n' set f.ini s x $'1\nnew\n3'
  edit '[s]\nx =\n  a\n  b\n' '[s]\nx =\n  a\n  c\n' set f.ini s x $'\na\nc'
  edit '[s]\nx = 1\n  2\n# note\n  3\ny = 2\n' '[s]\nx = 1\n  new\n# note\n  3\ny = 2\n' set f.ini s x $'1\nnew\n3'
}

@test "a comment behind a value stays" {
  edit '[s]\nx = 1 ; why\ny = 2\n' '[s]\nx = new ; why\ny = 2\n' --inline-comment-prefix ';' set f.ini s x new
  edit '[s]\nx = 1 ; why\n' '[s]\nx = a ; why\n\tb\n' --inline-comment-prefix ';' set f.ini s x $'a\nb'
  refuse 3 "f.ini: [s] x would read back as 'a'" '[s]\nx = 1 ; why\n' --inline-comment-prefix ';' set f.ini s x 'a ; b'
}

@test "repeated keys: the one that counts is changed" {
  edit '[s]\nx = 1\nx = 2\n' '[s]\nx = 1\nx = new\n' --no-strict set f.ini s x new
  edit '[s]\nx = 1\n[s]\nx = 2\n' '[s]\nx = 1\n[s]\nx = new\n' --no-strict set f.ini s x new
  refuse 3 "While reading from 'f.ini' [line  3]: option 'x' in section 's' already exists (try --no-strict)" \
    '[s]\nx = 1\nx = 2\n' set f.ini s x new
}

@test "DEFAULT: an inherited option is added to the section, not changed" {
  edit '[DEFAULT]\nx = 1\n[s]\ny = 2\n' '[DEFAULT]\nx = 1\n[s]\ny = 2\nx = new\n' set f.ini s x new
  edit '[DEFAULT]\nx = 1\n[s]\n' '[DEFAULT]\nx = new\n[s]\n' set f.ini DEFAULT x new
  edit '[common]\nx = 1\n[s]\n' '[common]\nx = new\n[s]\n' --default-section common set f.ini common x new
}

@test "options without value" {
  edit '[s]\nx\ny = 2\n' '[s]\nx = new\ny = 2\n' --allow-no-value set f.ini s x new
  edit '[s]\nx = 1\n' '[s]\nx\n' --allow-no-value set f.ini s x
  edit '[s]\nx = 1\n' '[s]\nx = 1\ny\n' --allow-no-value set f.ini s y
  text f.ini '[s]\nx = 1\n'
  iniget set f.ini s x
  [ "$status" -ne 0 ]
  is f.ini '[s]\nx = 1\n'
}

@test "set there and back gives the same bytes" {
  for value in new '' $'one\ntwo'; do
    there_and_back '[s]\nx = 1\ny = 2\n' "$value"
    there_and_back '[s]\nx=1\ny=2\n' "$value"
    there_and_back '[s]\nX : 1  \n' "$value"
    there_and_back '[s]\r\nx = 1\r\n' "$value"
    there_and_back '[s]\nx = 1' "$value"
    there_and_back '\xef\xbb\xbf[s]\nx = 1\n' "$value" --encoding utf-8-sig
    there_and_back '[s]\nx = 0\nx = 1\n' "$value" --no-strict
    there_and_back '[s]\nx = %(y)s %%\ny = 2\n' "$value"
  done
  for value in new $'one\ntwo'; do
    there_and_back '[s]\n\tx\t=\t1\t\n' "$value"
    there_and_back '[s]\nx = 1 ; c\n' "$value" --inline-comment-prefix ';'
    there_and_back '[s]\nx =\ny = 2\n' "$value"
    there_and_back '[s]\nx = \ny = 2\n' "$value"
    there_and_back '[s]\nx=\n' "$value"
    there_and_back '[s]\nx:' "$value"
  done
  there_and_back '[s]\nx = a\n    b\n\tc\n' $'1\n2\n3'
  there_and_back '[s]\nx =\n    b\n\n  # c\n\tc\n' $'\n2\n\n3'
}

@test "setting the value that is there writes nothing" {
  text f.ini '[s]\nx = 1\n'
  touch -d '2001-01-01' f.ini
  before=$(stat -c '%i %Y' f.ini)
  "$OSBOX" iniget set f.ini s x 1
  [ "$(stat -c '%i %Y' f.ini)" = "$before" ]
}

@test "values that look like syntax are fine where they read back" {
  for value in '# c' '; c' '[t]' 'a = b' ':' '= x' "'" '"' $'\x01' $'\xc2\xa0x'$'\xe2\x80\x8b' $'a\x1c''b'; do
    text f.ini '[s]\nx = 1\ny = 2\n'
    iniget --raw set -- f.ini s x "$value"
    if [ "$value" = $'\xc2\xa0x'$'\xe2\x80\x8b' ]; then
      [ "$status" -eq 3 ] # a no-break space would be stripped
    else
      [ "$stderr" = "" ]
      [ "$("$OSBOX" iniget --raw f.ini s x)" = "$value" ]
      [ "$("$OSBOX" iniget --raw f.ini s y)" = 2 ]
    fi
  done
}

@test "what would not read back is refused, with the reason" {
  refuse 3 "f.ini: [s] x would read back as 'a'" '[s]\nx = 1\n' set f.ini s x ' a'
  refuse 3 "f.ini: [s] x would read back as 'a'" '[s]\nx = 1\n' set f.ini s x 'a '
  refuse 3 "f.ini: [s] x would read back as 'a'" '[s]\nx = 1\n' set f.ini s x $'a\n'
  refuse 3 "f.ini: [s] x would read back as 'a'" '[s]\nx = 1\n' set f.ini s x $'a\n# b'
  refuse 3 "f.ini: [s] a=b would not read back" '[s]\nx = 1\n' set f.ini s a=b 1
  refuse 3 "f.ini: [s] #a would not read back" '[s]\nx = 1\n' set f.ini s '#a' 1
  for name in $'a\nb' '' ' a'; do
    text f.ini '[s]\nx = 1\n'
    iniget set f.ini s "$name" 1
    [ "$status" -eq 3 ]
    is f.ini '[s]\nx = 1\n'
  done
  for section in $'a\nb' ''; do
    text f.ini '[s]\nx = 1\n'
    iniget set f.ini "$section" x 1
    [ "$status" -eq 3 ]
    is f.ini '[s]\nx = 1\n'
  done
}

@test "references are checked as ConfigParser.set checks them, not with --raw" {
  refuse 3 "f.ini: invalid interpolation syntax in '50%' at position 2 (write %% for %, or try --raw)" \
    '[s]\nx = 1\n' set f.ini s x '50%'
  edit '[s]\nx = 1\n' '[s]\nx = 50%%\n' set f.ini s x 50%%
  edit '[s]\nx = 1\n' '[s]\nx = 50%\n' --raw set f.ini s x 50%
  edit '[s]\nx = 1\n' '[s]\nx = %(y)s\n' set f.ini s x '%(y)s'
  edit '[s]\nx = 1\n' '[s]\nx = 50%\n' --interpolation extended set f.ini s x 50%
}

@test "--existing sets only what is there" {
  edit '[s]\nx = 1\n' '[s]\nx = 2\n' --existing set f.ini s x 2
  refuse 1 "f.ini: No option 'z' in section: 's'" '[s]\nx = 1\n' --existing set f.ini s z 2
  refuse 1 "f.ini: No section: 't'" '[s]\nx = 1\n' --existing set f.ini t x 2
  iniget --existing set none.ini s x 1
  [ "$status" -eq 4 ]
  [ ! -e none.ini ]
}

@test "a value or name that is not UTF-8 is refused" {
  text f.ini '[s]\nx = 1\n'
  for words in $'s x \xff' $'s \xff 1' $'\xff x 1'; do
    # shellcheck disable=SC2086  # a list of words
    iniget set f.ini $words
    [ "$status" -eq 2 ]
    [[ $stderr = *"not UTF-8: '\\xff'" ]]
    is f.ini '[s]\nx = 1\n'
  done
}

# -- add, del, add-section, rename ----------------------------------------------------------------------

@test "add: one more value of a repeated option" {
  edit '[s]\nx=1\n  c\ny=1\nx=3\nz=1\n' '[s]\nx=1\n  c\ny=1\nx=3\nx=2\nz=1\n' --no-strict add f.ini s x 2
  edit '[s]\r\nx = 1\r\n' '[s]\r\nx = 1\r\nx = 1\r\n' --no-strict add f.ini s x 1
  edit '[s]\nx = 1' '[s]\nx = 1\nx = a\n\tb' --no-strict add f.ini s x $'a\nb'
  edit '[s]\nX : 1\n' '[s]\nX : 1\nX : 2\n' --no-strict add f.ini s X 2
  edit '[s]\nx=1\n' '[s]\nx=1\nnew=2\n' add f.ini s new 2
  edit '[s]\nx=1\n' '[s]\nx=1\n\n[t]\nnew=2\n' add f.ini t new 2
  text f.ini '[s]\nx = 1\n'
  iniget add f.ini s x 2
  [ "$status" -eq 1 ]
  [[ $stderr = "iniget: f.ini: Option 'x' in section 's' already exists"* ]]
  is f.ini '[s]\nx = 1\n'
  iniget add f.ini s x
  [ "$status" -eq 2 ]
}

@test "del: an option with its lines, a section with its own" {
  edit '[s]\nx = 1\n  2\n# c\n  3\ny = 2\n' '[s]\n# c\ny = 2\n' del f.ini s x
  edit '[s]\nx = 1\ny = 2\n' '[s]\nx = 1\n' del f.ini s y
  edit '[s]\nx = 1\ny = 2' '[s]\nx = 1' del f.ini s y
  edit '[s]\nx = 1\n[t]\nx = 1\n' '[t]\nx = 1\n' del f.ini s
  edit '[s]\nx = 1\n\n# about t\n[t]\ny = 1\n' '# about t\n[t]\ny = 1\n' del f.ini s
  edit '[s]\nx = 1\n\n# about t\n[t]\ny = 1\n' '[s]\nx = 1\n\n# about t\n' del f.ini t
  edit '[s]\nx = 1\ny = 1\nx = 2\n' '[s]\ny = 1\n' --no-strict del f.ini s x
  edit '[s]\nx = 1\n[t]\n[s]\ny = 1\n' '[t]\n' --no-strict del f.ini s
  refuse 1 "f.ini: No option 'z' in section: 's'" '[s]\nx = 1\n' del f.ini s z
  refuse 1 "f.ini: No section: 't'" '[s]\nx = 1\n' del f.ini t
  refuse 1 "f.ini: No option 'd' in section: 's'" '[DEFAULT]\nd = 1\n[s]\nx = 1\n' del f.ini s d
}

@test "del never makes another option's value longer" {
  text f.ini '[s]\nx = 1\n[t]\n  y = 1\n'
  iniget del f.ini t
  is f.ini '[s]\nx = 1\n'
  text f.ini '[s]\nx = 1\n[t]\n  [u]\nz = 1\n'
  iniget del f.ini t
  [ "$status" -eq 3 ]
  is f.ini '[s]\nx = 1\n[t]\n  [u]\nz = 1\n'
}

@test "add-section" {
  edit '[s]\nx = 1\n' '[s]\nx = 1\n\n[t]\n' add-section f.ini t
  edit '' '[t]\n' add-section f.ini t
  refuse 1 "f.ini: Section 's' already exists" '[s]\nx = 1\n' add-section f.ini s
}

@test "rename" {
  edit '[ s ] # c\nx = 1\n' '[t] # c\nx = 1\n' rename f.ini ' s ' t
  edit '[s]\n  X  : 1\n   2\n' '[s]\n  new  : 1\n   2\n' rename f.ini s x new
  edit '[s]\nx = 1\nx = 2\n' '[s]\nnew = 1\nnew = 2\n' --no-strict rename f.ini s x new
  edit '[s]\nx = 1\n' '[s]\nX = 1\n' rename f.ini s x X
  refuse 1 "f.ini: Section 't' already exists" '[s]\n[t]\n' rename f.ini s t
  refuse 1 "f.ini: Option 'y' in section 's' already exists" '[s]\nx = 1\ny = 1\n' rename f.ini s x y
  refuse 1 "f.ini: No section: 'u'" '[s]\n' rename f.ini u t
  refuse 1 "f.ini: No option 'u' in section: 's'" '[s]\nx = 1\n' rename f.ini s u t
  refuse 3 "f.ini: [s] a=b would not read back" '[s]\nx = 1\n' rename f.ini s x a=b
}

# -- comment, uncomment ----------------------------------------------------------------------------

@test "comment and uncomment" {
  edit '[s]\nx = 1\ny = 2\n' '[s]\n#x = 1\ny = 2\n' comment f.ini s x
  edit '[s]\n#x = 1\ny = 2\n' '[s]\nx = 1\ny = 2\n' uncomment f.ini s x
  edit '[s]\n# x = 1\ny = 2\n' '[s]\nx = 1\ny = 2\n' uncomment f.ini s x
  edit '[s]\n;x = 1\ny = 2\n' '[s]\nx = 1\ny = 2\n' uncomment f.ini s x
  edit '[s]\n;X = 1\ny = 2\n' '[s]\nX = 1\ny = 2\n' uncomment f.ini s x
  edit '#[s]\n#x = 1\n[t]\ny = 2\n' '[s]\nx = 1\n[t]\ny = 2\n' uncomment f.ini s
  edit '[s]\nx = 1\n' '[s]\nREMx = 1\n' --comment-prefix REM comment f.ini s x
  refuse 1 "f.ini: No option 'z' in section: 's'" '[s]\nx = 1\n' comment f.ini s z
  refuse 1 "f.ini: No commented option 'z' in section: 's'" '[s]\nx = 1\n' uncomment f.ini s z
  refuse 1 "f.ini: No section: 't'" '[s]\nx = 1\n' comment f.ini t
  refuse 1 "f.ini:2: Option 'x' in section 's' already exists" '[s]\nx = 1\n#x = 2\n' uncomment f.ini s x
}

@test "uncomment leaves other comments alone" {
  edit '[s]\n#x = 1\n# about y\ny = 2\n' '[s]\nx = 1\n# about y\ny = 2\n' uncomment f.ini s x
  edit '[s]\n  #x = 1\n  # about y\n  y = 2\n' '[s]\n  x = 1\n  # about y\n  y = 2\n' uncomment f.ini s x
  edit '[s]\n# x = 1\n# about y\n#y = 2\n' '[s]\nx = 1\n# about y\n#y = 2\n' uncomment f.ini s x
  edit '[s]\n# x = 1\n#\n# about y\n' '[s]\nx = 1\n#\n# about y\n' uncomment f.ini s x
  edit '[s]\n# x = 1\n#   2\n#   3\n# y\n' '[s]\nx = 1\n  2\n  3\n# y\n' uncomment f.ini s x
}

@test "comment, then uncomment gives the same bytes: an option" {
  comment_and_back '[s]\nx = 1\n# about y\ny = 2\n' x
  comment_and_back '[s]\nx = 1\n 2\n# about y\n#y = 2\n' x
  comment_and_back '[s]\nx = 1\ny = 2\n' x
  comment_and_back '[s]\r\nx = 1\r\n  2\r\ny = 2\r\n' x
  comment_and_back '[s]\nx = 1' x
  comment_and_back '[s]\nx = 1\n    2\n\t3\ny = 2\n' x
  comment_and_back '[s]\n  x = 1\ny = 2\n' x
  comment_and_back '[s]\nx = 1\n  2\n\n  3\ny = 2\n' x
  comment_and_back '[s]\nx =\n  # c\n  1\n  2\n# d\n  3\n\n# e\ny = 2\n' x
}

@test "comment, then uncomment gives the same bytes: a section" {
  comment_and_back '[s]\nx = 1\n# c\n\ny = 2\n\n# about t\n[t]\nz = 1\n' ''
  comment_and_back '[s]\n  x = 1\n  y = 2\n[t]\n' ''
  comment_and_back '[a]\n[s]\nx = 1\n  2\n\n  3' ''
}

# -- batches ---------------------------------------------------------------------------------------

@test "apply: many edits, one write" {
  text f.ini '[s]\nx = 1\ny = 2\n[t]\nz = 1\n'
  cat >edits <<'END'
# a comment, then an empty line

set s x "two words"
set s new 'it''s'
set s lines $'a\nb'
set s joined a\ b
add s added 1
  del s y
add-section u
rename t v
rename v z zz
comment v zz
uncomment v zz
END
  run --separate-stderr bash -c '"$OSBOX" iniget apply f.ini <edits'
  [ "$stderr" = "" ]
  [ "$status" -eq 0 ]
  is f.ini '[s]\nx = two words\nnew = its\nlines = a\n\tb\njoined = a b\nadded = 1\n[v]\nzz = 1\n\n[u]\n'
}

@test "apply: all or nothing, and the error names the batch's line" {
  text f.ini '[s]\nx = 1\n'
  cases=("del s z|1|<stdin>:3: No option 'z' in section: 's'"
    "set s|2|<stdin>:3: set takes SECTION OPTION [VALUE]"
    "frob s x|2|<stdin>:3: no such operation: 'frob'"
    "set s 'x|3|<stdin>:3:7: No closing quotation"
    "set s x 50%|3|<stdin>:3: invalid interpolation syntax in '50%' at position 2 (write %% for %, or try --raw)"
    "add-section s|1|<stdin>:3: Section 's' already exists")
  for case in "${cases[@]}"; do
    IFS='|' read -r line code message <<<"$case"
    printf 'set s x 2\n\n%s\nset s y 3\n' "$line" >edits
    run --separate-stderr bash -c '"$OSBOX" iniget apply f.ini <edits'
    [ "$stderr" = "iniget: $message" ]
    [ "$status" -eq "$code" ]
    is f.ini '[s]\nx = 1\n'
  done
}

@test "apply: an error behind a word that spans lines names the line it stands on" {
  text f.ini '[s]\nx = 1\n'
  printf 'set s x "a\nb\nc"\ndel s nope\n' >edits
  run --separate-stderr bash -c '"$OSBOX" iniget apply f.ini <edits'
  [ "$stderr" = "iniget: <stdin>:4: No option 'nope' in section: 's'" ]
}

@test "apply: an empty batch, --existing, --dry-run, a new file" {
  text f.ini '[s]\nx = 1\n'
  "$OSBOX" iniget apply f.ini </dev/null
  is f.ini '[s]\nx = 1\n'
  run --separate-stderr bash -c 'echo "set s y 1" | "$OSBOX" iniget --existing apply f.ini'
  [ "$status" -eq 1 ]
  run --separate-stderr bash -c 'echo "set s y 1" | "$OSBOX" iniget -n apply f.ini'
  [ "$status" -eq 0 ]
  [ "${lines[-1]}" = "+y = 1" ]
  is f.ini '[s]\nx = 1\n'
  run --separate-stderr bash -c 'echo "set s y 1" | "$OSBOX" iniget apply new.ini'
  is new.ini '[s]\ny = 1\n'
  iniget apply -
  [ "$status" -eq 2 ]
}

# -- merge -----------------------------------------------------------------------------------------

@test "merge sets in FILE what the others say, in their order" {
  text f.ini '# mine\n[s]\nx=1\ny=1\n'
  text a.ini '[DEFAULT]\nd = 1\n[s]\nx = 2\nnew = 2\n[empty]\n'
  text b.ini '[s]\nx = 3\n[t]\nlines = a\n b\n'
  iniget merge f.ini a.ini b.ini
  [ "$stderr" = "" ]
  is f.ini '# mine\n[s]\nx=3\ny=1\nnew=2\n\n[DEFAULT]\nd=1\n\n[empty]\n\n[t]\nlines=a\n\tb\n'
  iniget merge f.ini nope.ini
  [ "$status" -eq 4 ]
  text bad.ini 'stray\n'
  cp f.ini before.ini
  iniget merge f.ini a.ini bad.ini
  [ "$status" -eq 3 ]
  cmp before.ini f.ini
  run --separate-stderr bash -c 'printf "[s]\nx = 9\n" | "$OSBOX" iniget merge f.ini -'
  [ "$("$OSBOX" iniget f.ini s x)" = 9 ]
}

# -- dry runs, standard input ----------------------------------------------------------------------

@test "--dry-run prints what patch(1) turns into the same file" {
  needs patch
  for i in {1..30}; do printf 'k%d = %d\n' "$i" "$i"; done >body
  { printf '# top\n[a]\n'; cat body; printf '[b]\n'; cat body; } >long.ini
  cases=('set|a|k1|new' 'set|a|k30|new' 'set|b|k15|two
lines' 'set|b|new|1' 'set|c|new|1' 'del|a|k2' 'del|a' 'del|b' 'comment|b|k30' 'rename|a|z' 'set|b|k30|x' 'add-section|q')
  for end in '' 'no newline'; do
    for case in "${cases[@]}"; do
      IFS='|' read -r -d '' -a words <<<"$case|" || true
      unset 'words[-1]'
      cp long.ini f.ini
      [ -z "$end" ] || printf '%s' "last = $end" >>f.ini
      cp f.ini patched.ini
      "$OSBOX" iniget --dry-run "${words[0]}" f.ini "${words[@]:1}" >change.diff
      cmp f.ini patched.ini
      patch -s patched.ini change.diff
      "$OSBOX" iniget "${words[0]}" f.ini "${words[@]:1}"
      cmp f.ini patched.ini
    done
  done
}

@test "--dry-run of no change prints nothing; of a new file, all of it" {
  text f.ini '[s]\nx = 1\n'
  iniget -n set f.ini s x 1
  [ "$status" -eq 0 ]
  [ "$output" = "" ]
  iniget -n set new.ini s x 1
  [ "$output" = "--- new.ini
+++ new.ini
@@ -0,0 +1,2 @@
+[s]
+x = 1" ]
  [ ! -e new.ini ]
  text f.ini '[s]\r\nx = 1'
  "$OSBOX" iniget -n set f.ini s x 2 >change
  is change '--- f.ini\n+++ f.ini\n@@ -1,2 +1,2 @@\n [s]\r\n-x = 1\n\\ No newline at end of file\n+x = 2\n\\ No newline at end of file\n'
}

@test "FILE -: the edited text goes to standard output" {
  run --separate-stderr bash -c 'printf "[s]\nx=1\n" | "$OSBOX" iniget set - s x 2'
  [ "$output" = "[s]
x=2" ]
  run --separate-stderr bash -c 'printf "[s]\nx=1\n" | "$OSBOX" iniget -n set - s x 2'
  [ "${lines[0]}" = "--- <stdin>" ]
  run --separate-stderr bash -c 'printf "[s]\nx=1\n" | "$OSBOX" iniget del - s y'
  [ "$status" -eq 1 ]
  [ "$output" = "" ]
}

# -- the file --------------------------------------------------------------------------------------

@test "mode, owner, symlink, attributes and ACL stay" {
  text real.ini '[s]\nx = 1\n'
  chmod 640 real.ini
  ln -s real.ini link.ini
  ln -s link.ini link2.ini
  setfattr -n user.note -v hello real.ini 2>/dev/null && attributes=1
  setfacl -m u:65534:r real.ini 2>/dev/null && acl=$(getfacl -c real.ini)
  [ "$(id -u)" -ne 0 ] || chown 65534:65534 real.ini
  before=$(stat -c '%a %u %g' real.ini)
  "$OSBOX" iniget set link2.ini s x 2
  [ -L link.ini ]
  [ -L link2.ini ]
  [ "$(stat -c '%a %u %g' real.ini)" = "$before" ]
  [ -z "${attributes-}" ] || [ "$(getfattr --only-values -n user.note real.ini)" = hello ]
  [ -z "${acl-}" ] || [ "$(getfacl -c real.ini)" = "$acl" ]
  is real.ini '[s]\nx = 2\n'
  [ "$(find . -name '.*osbox*')" = "" ]
}

@test "a link in another directory is followed" {
  mkdir d
  text d/real.ini '[s]\nx = 1\n'
  ln -s d/real.ini link.ini
  "$OSBOX" iniget set link.ini s x 2
  is d/real.ini '[s]\nx = 2\n'
  [ -L link.ini ]
  ln -s loop loop
  iniget set loop s x 2
  [ "$status" -eq 4 ]
  [ "$stderr" = "iniget: loop: Too many levels of symbolic links" ]
}

@test "--write inplace keeps the inode and hard links, atomic makes a new file" {
  text f.ini '[s]\nx = 1\n'
  ln f.ini hard.ini
  inode=$(stat -c %i f.ini)
  "$OSBOX" iniget --write inplace set f.ini s x 'a longer value'
  [ "$(stat -c %i f.ini)" = "$inode" ]
  is hard.ini '[s]\nx = a longer value\n'
  "$OSBOX" iniget --write=inplace set f.ini s x 2
  is hard.ini '[s]\nx = 2\n'
  "$OSBOX" iniget --write atomic set f.ini s x 3
  is hard.ini '[s]\nx = 2\n'
  is f.ini '[s]\nx = 3\n'
}

@test "--no-wait gives up while another writer has the file" {
  needs flock
  text f.ini '[s]\nx = 1\n'
  : >.f.ini.osbox-new
  exec 8<.f.ini.osbox-new
  flock 8
  iniget --no-wait set f.ini s x 2
  [ "$status" -eq 1 ]
  [ "$stderr" = "iniget: f.ini: Resource temporarily unavailable (another writer has the file)" ]
  is f.ini '[s]\nx = 1\n'
  iniget f.ini s x # readers never wait
  [ "$output" = 1 ]
  "$OSBOX" iniget set f.ini s x 3 8<&- &
  writer=$!
  sleep 0.2
  is f.ini '[s]\nx = 1\n'
  flock -u 8
  wait "$writer"
  is f.ini '[s]\nx = 3\n'
}

@test "what a killed writer left is cleared away" {
  text f.ini '[s]\nx = 1\n'
  echo litter >.f.ini.osbox-new
  iniget --no-wait set f.ini s x 2
  [ "$status" -eq 0 ]
  is f.ini '[s]\nx = 2\n'
  [ ! -e .f.ini.osbox-new ]
}

@test "many writers at once lose nothing" {
  for writer in 1 2 3 4; do
    for key in 1 2 3 4 5; do "$OSBOX" iniget set f.ini "s$writer" "k$key" 1 || echo "$writer $key" >>failed; done &
  done
  wait
  [ ! -e failed ]
  [ "$("$OSBOX" iniget -f lines f.ini | wc -l)" -eq 20 ]
}
