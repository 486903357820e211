#!/usr/bin/env bash
# Eight writers with twenty keys each, all at once on one file: each key must be kept, no run may fail, and who reads
# meanwhile finds a whole file. In half of the rounds four more writers are killed at some system call of each of
# their runs.
set -u

here=$(cd "$(dirname "$0")" && pwd)
osbox=${OSBOX:-$here/../../build/osbox}
ptrace=$here/../../build/fault/ptrace
writers=8 keys=20 victims=4 rounds=1
RANDOM=1
[ "${1-}" = --full ] && rounds=10

# The directory of scratch() in faultlib.py, for the same reason; and its harness.
base=$(cd "$here" && /usr/bin/python3 -c 'import faultlib; faultlib.build_harness(); print(faultlib.scratch())') || exit 1
trap 'rm -rf "$base"' EXIT
cases=0 failures=0

write_keys() { # FILE WRITER MODE
    local mode=$3
    [ "$mode" != mixed ] || { (($2 % 2)) && mode=inplace || mode=atomic; }
    for ((k = 0; k < keys; k++)); do
        "$osbox" iniget --write "$mode" set "$1" "writer$2" "key$k" "value $2 $k" || echo "writer $2, key $k: exit $?"
    done
}

read_along() { # FILE
    for ((k = 0; k < 100; k++)); do
        "$osbox" iniget dump "$1" >/dev/null || echo "a reader: exit $?"
    done
}

# A run that ends before it comes to the call is not killed; then its key must be kept, too.
be_killed() { # FILE VICTIM
    for ((k = 0; k < keys; k++)); do
        "$ptrace" -k $((RANDOM % 80 + 1)) -b "$osbox" iniget set "$1" "victim$2" "key$k" "value $2 $k"
        case $? in
            0) echo "[victim$2] key$k = value $2 $k" >>"$1.survived" ;;
            137) echo "$2 $k" >>"$1.killed" ;;
            *) echo "victim $2, key $k: exit $?" ;;
        esac
    done
}

expected() { # FILE
    for ((w = 0; w < writers; w++)); do
        for ((k = 0; k < keys; k++)); do
            echo "[writer$w] key$k = value $w $k"
        done
    done
    [ -e "$1.survived" ] && cat "$1.survived"
}

complain() {
    echo "concurrency: $label: $*"
    bad=1
}

judge() { # FILE
    local lost litter
    [ -s "$1.told" ] && complain "$(head -n 3 "$1.told")"
    lost=$(comm -23 <(expected "$1" | sort -u) <("$osbox" iniget --format lines dump "$1" | sort) | wc -l)
    [ "$lost" -eq 0 ] || complain "$lost keys lost"
    [ "$killed" = 0 ] || [ -s "$1.killed" ] || complain "nobody was killed"
    "$osbox" iniget set "$1" after it works || complain "the next run: exit $?"
    litter=$(find "$(dirname "$(readlink -f "$1")")" -name '.*.osbox-new')
    [ -z "$litter" ] || complain "left behind: $litter"
}

round() { # LABEL FILE MODE KILLED
    local label=$1 file=$2 mode=$3 killed=$4 bad=0 pids=()
    for ((w = 0; w < writers; w++)); do
        write_keys "$file" "$w" "$mode" >>"$file.told" 2>&1 &
        pids+=($!)
    done
    for ((w = 0; w < killed; w++)); do
        be_killed "$file" "$w" >>"$file.told" 2>&1 &
        pids+=($!)
    done
    if [ -e "$file" ] && [ "$mode" = atomic ]; then
        read_along "$file" >>"$file.told" 2>&1 &
        pids+=($!)
    fi
    wait "${pids[@]}"
    judge "$file"
    cases=$((cases + 1)) failures=$((failures + bad))
}

for ((n = 0; n < rounds; n++)); do
    for killed in 0 $victims; do
        dir=$base/$n-$killed
        mkdir -p "$dir/sub" "$dir/new" "$dir/inplace" "$dir/mixed" "$dir/there"
        echo '[s]' | tee "$dir/there/app.ini" "$dir/sub/app.ini" "$dir/mixed/app.ini" >"$dir/inplace/app.ini"
        ln -s sub/app.ini "$dir/link.ini"
        round "existing file, $killed killed" "$dir/there/app.ini" atomic "$killed"
        round "new file, $killed killed" "$dir/new/app.ini" atomic "$killed"
        round "symlink, $killed killed" "$dir/link.ini" atomic "$killed"
        if [ ! -L "$dir/link.ini" ]; then
            echo "concurrency: the symlink is gone"
            failures=$((failures + 1))
        fi
    done
    # A kill may tear a file that is written in place.
    round "in place" "$base/$n-0/inplace/app.ini" inplace 0
    round "some in place" "$base/$n-0/mixed/app.ini" mixed 0
done

echo "concurrency: $cases cases, $failures failures"
[ "$failures" -eq 0 ]
