#!/usr/bin/python3
"""Reading verbs of iniget with every system call failed or shortened in turn.

After each: the exit code and the output of an undisturbed run, or exit code 4 and one line on stderr. A call that was
interrupted or cut short is no reason to fail.
"""

from pathlib import Path

import faultlib
from faultlib import INIGET, INTERRUPTIBLE, SIZED

FILES = {
    "app.ini": faultlib.sample(),
    "large.ini": faultlib.sample(40, 200),
    "other.ini": faultlib.sample().replace(b"value 5 7\n", b"another\n"),
    "refs.ini": b"[a]\nroot = /srv\ndata = %(root)s/data\n[b]\nlist = one, two\n",
    "twice.ini": b"[a]\nk = 1\nk = 2\n\n[a]\nk = 3\n",
    "app.ini.d/10-more.conf": b"[s5]\nkey7 = dropped in\n",
    "app.ini.d/20-more.conf": b"[s5]\nkey8 = dropped in, too\n",
    "root/etc/unit.conf": b"[s]\nk = 1\n",
    "root/usr/lib/unit.conf.d/10.conf": b"[s]\nk = 2\n",
    "root/run/unit.conf.d/20.conf": b"[s]\nl = 3\n",
}
FORMATS = ("raw", "json", "jsonl", "sh --mangle", "csv", "lines", "ini", "nul")

# Words, and what stands on standard input.
COMMANDS = [
    ("get app.ini s5 key7", b""),
    ("get - s5 key7", FILES["app.ini"]),
    ("get refs.ini a data", b""),
    ("get --type list refs.ini b list", b""),
    ("get --all twice.ini a k", b""),
    ("get --glob app.ini s* key1*", b""),
    ("get --default none app.ini s5 missing", b""),
    ("get --over other.ini app.ini s5 key7", b""),
    ("get --dropins app.ini s5 key7", b""),
    ("items --dropins --origin --root root /etc/unit.conf s", b""),
    ("dump large.ini", b""),
    *((f"dump --format {f} app.ini", b"") for f in FORMATS),
    ("sections app.ini", b""),
    ("options app.ini s5", b""),
    ("has app.ini s5 key7", b""),
    ("has app.ini s5 missing", b""),
    ("lint app.ini", b""),
    ("lint twice.ini", b""),
    ("diff app.ini other.ini", b""),
    ("diff app.ini app.ini", b""),
    ("set --dry-run app.ini s5 key7 changed", b""),
    ("set - s5 key7 changed", FILES["app.ini"]),
    ("--help", b""),
    ("--version", b""),
]


def prepare(directory):
    for name, content in FILES.items():
        (directory / name).parent.mkdir(parents=True, exist_ok=True)
        (directory / name).write_bytes(content)


def judge(call, how, usual, done):
    must_go_on = how == ("-s",) or (how == faultlib.failing("EINTR") and call[0] in INTERRUPTIBLE)
    told = f"exit {done.returncode}, {len(done.stdout)} bytes, stderr {done.stderr}"
    if done.returncode == 4 and not must_go_on:
        if not faultlib.one_line(done.stderr):
            yield f"not one line on stderr: {told}"
    elif (done.returncode, done.stdout) != (usual.returncode, usual.stdout):
        yield f"not exit {usual.returncode} with {len(usual.stdout)} bytes: {told}"
    elif done.stderr:
        yield f"stderr though nothing was wrong: {told}"


def make_case(words, stdin, call, usual, at, how):
    def case(directory):
        prepare(directory)
        done = faultlib.disturb([*INIGET, *words.split()], directory, at, how, stdin)
        yield from judge(call, how, usual, done)

    return f"{words}: call {at} ({' '.join(call[:3])}) {' '.join(how)}", case


def cases_of(words, stdin, directory, full):
    usual, calls = faultlib.trace([*INIGET, *words.split()], directory, stdin)
    if usual.stderr:
        raise AssertionError(f"{words}: undisturbed: {usual}")
    for at in range(1, len(calls)):  # the last one is exit
        hows = [faultlib.failing(e) for e in faultlib.errnos_for(calls, at, full)]
        hows += [("-s",)] if calls[at - 1][0] in SIZED else []
        for how in hows:
            yield make_case(words, stdin, calls[at - 1], usual, at, how)


def main():
    full = faultlib.options(__doc__).full
    faultlib.build_harness()
    base = Path(faultlib.scratch())
    try:
        prepare(base)
        cases = [c for words, stdin in COMMANDS for c in cases_of(words, stdin, base, full)]
    finally:
        faultlib.shutil.rmtree(base)
    faultlib.run("get_faults", cases)


if __name__ == "__main__":
    main()
