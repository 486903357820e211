#!/usr/bin/python3
"""iniget with every allocation failed in turn: alone, and with all that follow it.

After each: the exit code and the output of an undisturbed run (an allocation that was not needed), or exit code 4 and
"out of memory" in one line on stderr, with the target as it was and nothing beside it. The product's sources are
built anew for it, so that all their memory comes from the heap: see malloc_wrap.c. --full does the same under ASan and
UBSan, where a leak is no fault, for iniget leaves its memory to exit.
"""

import os
import subprocess
from pathlib import Path

import faultlib

BUILD = faultlib.ROOT / "build/memfault"
WRAPPED = ("malloc", "calloc", "realloc", "aligned_alloc", "osb_arena_init")
FORMATS = ("raw", "json", "jsonl", "sh --mangle", "csv", "lines", "ini", "nul")

# Lines longer than what stands on the stack, names that need quoting, and repeated, referring, typed values.
REFS = b"""[DEFAULT]
root = /srv
Mixed Case = x
[paths]
home = %(root)s/home
data = %(home)s/data/%(mixed case)s
deep = %(data)s/%(data)s/%(data)s
long = """ + b"word " * 400 + b"""
lines = one
    two
    three "quoted" 'text' \\ $dollar `back` \t tab
wide = """ + b"wide " * 100 + b"""
    and more
list = a, "b c", d
size = 10M
duration = 1h 30min
where = ~/here
"""
DIRTY = b"k = early\n[a]\nk = 1\nk = 2\nbad line\n[b]\nref = %(gone)s\n[a]\nk = 3\n; " + b"c" * 3000 + b"\n"
TWICE = b"".join(b"[a]\nk = %d\nother = %d\n" % (n, n) for n in range(30))
SAMPLE = faultlib.sample(12, 12)
OTHER = SAMPLE.replace(b"value 5 7\n", b"another\n").replace(b"[s7]", b"[t7]")
LARGE = b"[only]\n" + b"".join(b"key number %d = value of key number %d\n" % (n, n) for n in range(34000))
BATCH = b"".join(b"set s%d key%d 'changed %d'\n" % (n % 10, n, n) for n in range(30)) + b"""add-section more
del s9
rename s8 r8
rename s7 key1 'key one'
comment s6 key1
comment s5
set more long '""" + b"x" * 5000 + b"'\n"
FILES = {
    "refs.ini": REFS, "dirty.ini": DIRTY, "twice.ini": TWICE, "app.ini": SAMPLE, "other.ini": OTHER, "large.ini": LARGE,
    "bom.ini": b"\xff\xfe" + SAMPLE.decode().encode("utf-16-le"), "odd.ini": SAMPLE.replace(b"value 5", b"value %% \xc3\xa9"),
    "latin.ini": b"[a]\nk = caf\xe9\n", "off.ini": SAMPLE.replace(b"key3 =", b"#key3 ="),
    "ext.ini": b"[a]\nx = 1\n[b]\ny = ${a:x}${a:x}\nz = ${y}" + b"${y}" * 40 + b"\n",
    "git.ini": b'[a "b c"]\n\tk = "quoted \\" value" ; c\n\tflag\n' * 20,
    "unit.service": b"[Service]\nExec=a \\\n  b\nExec=c\nExec=\nExec=d %U\n" * 10,
    "app.ini.d/10.conf": b"[s5]\nkey7 = dropped in\n", "app.ini.d/20.conf": b"[s5]\nkey8 = " + b"y" * 2000 + b"\n",
}  # fmt: skip

WRONG_USAGE = "--fromat json app.ini"
READING = [
    "get app.ini s5 key7", "get refs.ini paths data", "get refs.ini paths long", "get refs.ini paths deep",
    "get --raw refs.ini paths deep", "get --all twice.ini a k", "get --glob app.ini s* key1*", "get large.ini only key\\ number\\ 7",
    "get --type size refs.ini paths size", "get --type duration refs.ini paths duration", "get --type path refs.ini paths where",
    "get --type list --format json refs.ini paths list", "get --type bool --default yes refs.ini paths gone",
    "get --var root=/other --define more=1 refs.ini paths data", "get --sorted --case refs.ini paths", "get refs.ini paths gone",
    "get refs.ini path home", "get --over other.ini app.ini s5 key7", "get --dropins app.ini s5 key8",
    "get --interpolation extended ext.ini b z", "get --interpolation legacy refs.ini paths deep", "get --encoding utf-16 bom.ini s5 key7",
    "get --dialect git git.ini a.b\\ c k", "get --dialect systemd --all unit.service Service Exec", "get dirty.ini a k",
    "get unit.service Service Exec", "get --delimiter = --delimiter : --comment-prefix # --inline-comment-prefix ; app.ini s5 key7",
    *(f"items --format {f} refs.ini paths" for f in FORMATS), "items --origin --dropins app.ini s5",
    *(f"dump --format {f} refs.ini" for f in FORMATS), "dump --origin app.ini", "dump --case --origin app.ini", "dump --case --format ini refs.ini", "dump --all --format json twice.ini",
    "dump large.ini", "dump --sorted --raw dirty.ini", "sections --format json app.ini", "options --format sh app.ini s5",
    "has app.ini s5 key7", "has app.ini s5 gone", "has app.ini s5 KEY7", "has --case app.ini s5 key7", "get --origin app.ini s5 KEY7", "lint app.ini", "lint dirty.ini", "lint --format json dirty.ini twice.ini", "lint latin.ini",
    "diff app.ini app.ini", "diff app.ini other.ini", "diff --format json app.ini other.ini", "diff --format jsonl app.ini refs.ini",
    "--help", "--version", WRONG_USAGE,
]  # fmt: skip

WRITING = [
    "set app.ini s5 key7 changed", "set app.ini new key value", "set new.ini new key value", "set refs.ini paths data %(root)s/d",
    "set refs.ini paths long " + "x" * 5000, "set --dry-run app.ini s5 key7 changed", "set --write inplace app.ini s5 key7 changed",
    "set large.ini only key\\ number\\ 7 changed", "set --encoding utf-16 bom.ini s5 key7 changed", "set odd.ini s5 key7 %%%%\\ x",
    "merge --case app.ini other.ini",  "set --dialect git git.ini a.b\\ c k2 new", "add --dialect systemd unit.service Service Exec more", "set app.ini s5 bad=key x", "set --existing app.ini s5 keys7 x", "set dirty.ini a k 1",
    "del app.ini s5 key7", "del app.ini s5", "add-section app.ini more", "add-section app.ini s5", "rename app.ini s5 r5", "rename app.ini s5 key7 k7",
    "comment app.ini s5 key7", "comment app.ini s5", "uncomment off.ini s5 key3", "merge app.ini other.ini refs.ini", "apply app.ini",
    "apply --dry-run app.ini",
]  # fmt: skip


# -- the variant -------------------------------------------------------------------------------------


def make(variant, goal, *settings):
    where = BUILD / variant
    subprocess.run(["make", "-s", f"-j{os.cpu_count()}", f"O={where.relative_to(faultlib.ROOT)}", f"VARIANT={variant}",
                    "CFLAGS=-O1 -g -include tests/fault/heap_only.h", *settings, f"{where.relative_to(faultlib.ROOT)}/{goal}"],
                   cwd=faultlib.ROOT, stdout=subprocess.DEVNULL, check=True)  # fmt: skip
    return where / goal


def build(variant, *settings):
    """Compile the tree into build/memfault/VARIANT, linked with malloc_wrap.c."""
    wrapper = make(variant, "tests/fault/malloc_wrap.o", *settings)
    product = BUILD / variant / "osbox"
    if product.exists() and product.stat().st_mtime < wrapper.stat().st_mtime:
        product.unlink()
    wraps = ",".join(f"--wrap={name}" for name in WRAPPED)
    return make(variant, "osbox", *settings, f"LDFLAGS=-Wl,{wraps} {wrapper}")


# -- a run -------------------------------------------------------------------------------------------


def words_of(command):
    """Split at blanks; a backslash keeps one."""
    return [word.replace("\0", " ") for word in command.replace("\\ ", "\0").split()]


def files_of(command):
    """The files that a command names, and their drop-ins."""
    words = words_of(command)
    return {name: FILES[name] for name in FILES if name in words or name.partition(".d/")[0] in words}


def prepare(directory, files):
    for name, content in files.items():
        (directory / name).parent.mkdir(exist_ok=True)
        (directory / name).write_bytes(content)


def contents(directory):
    return {str(p.relative_to(directory)): p.read_bytes() for p in directory.rglob("*") if p.is_file()}


def run(binary, command, directory, **environment):
    quiet = {"PATH": "/usr/bin:/bin", "HOME": "/home/somebody", "ASAN_OPTIONS": "detect_leaks=0"}
    stdin = BATCH if command.startswith("apply") else b""
    return faultlib.call([str(binary), "iniget", *words_of(command)], directory, stdin, env=quiet | environment)


def count_allocations(binary, command, directory):
    """An undisturbed run: how it ends, the files after it, and how often it allocates (None: it is broken)."""
    prepare(directory, files_of(command))
    count_file = f"{directory}.count"
    done = run(binary, command, directory, FAIL_COUNT=count_file)
    usual = (2,) if command == WRONG_USAGE else (0, 1, 3)
    if done.returncode not in usual or b"Sanitizer" in done.stderr or b"runtime error" in done.stderr:
        return done, {}, None
    with open(count_file, encoding="ascii") as text:
        count = int(text.read())
    os.unlink(count_file)
    return done, contents(directory), count


def tells(command, stderr):
    """One line of ours about memory; lint goes on to the next file, and may tell of each."""
    most = len(files_of(command)) if command.startswith("lint") else 1
    lines = stderr.splitlines(keepends=True)
    return 1 <= len(lines) <= most and all(faultlib.one_line(line) and b"memory" in line for line in lines)


def judge(command, usual, done):
    told = f"exit {done.returncode}, {len(done.stdout)} bytes, stderr {done.stderr[:300]}"
    if done.returncode == 4:
        if not tells(command, done.stderr):
            yield f"not one line that tells: {told}"
    elif done.returncode != usual.returncode or done.stdout != usual.stdout:
        yield f"not exit {usual.returncode} with {len(usual.stdout)} bytes: {told}"
    elif bool(done.stderr) != bool(usual.stderr) or done.stderr.count(b"\n") > usual.stderr.count(b"\n"):
        yield f"not stderr {usual.stderr[:300]}: {told}"


def make_case(binary, command, usual, after, mode, n):
    def case(directory):
        before = files_of(command)
        prepare(directory, before)
        done = run(binary, command, directory, **{mode: str(n)})
        yield from judge(command, usual, done)
        found, wanted = contents(directory), before if done.returncode == 4 else after
        for name in found.keys() | wanted.keys():
            if found.get(name) != wanted.get(name):
                yield f"exit {done.returncode}, and {name} is not as it should be"

    return f"{binary.parent.name}: {command[:60]}: {mode}={n}", case


def points(count, most):
    """The allocations to fail: all, or the first half of `most` and as many spread over the others."""
    if count <= most:
        return range(1, count + 1)
    first = most // 2
    return [*range(1, first + 1), *(first + (count - first) * n // first for n in range(1, first + 1))]


def cases_of(binary, base, most):
    for number, command in enumerate(READING + WRITING):
        directory = base / f"{binary.parent.name}{number}"
        directory.mkdir()
        usual, after, count = count_allocations(binary, command, directory)
        faultlib.shutil.rmtree(directory)
        if count is None:
            yield f"{binary.parent.name}: {command}", lambda _, told=usual: [f"undisturbed: {told}"]
            continue
        for n in points(count, most):
            for mode in ("FAIL_AT", "FAIL_FROM"):
                yield make_case(binary, command, usual, after, mode, n)


def main():
    full = faultlib.options(__doc__).full
    binaries = [build("static")]
    if full:
        binaries.append(build("asan", "CC=gcc"))
    base = Path(faultlib.scratch())
    try:
        cases = [case for binary in binaries for case in cases_of(binary, base, 2000 if full else 200)]
    finally:
        faultlib.shutil.rmtree(base)
    faultlib.run("memory", cases)


if __name__ == "__main__":
    main()
