#!/usr/bin/python3
"""iniget where there is no room: full disks, file size limits, closed descriptors.

The old file is intact, nothing lies beside it, the exit code is 4 with one line on stderr; never 0 with less than all
of the output.
"""

import os
import resource
import subprocess
from pathlib import Path

import faultlib
from faultlib import INIGET

SAMPLE = faultlib.sample()
SET = ["set", "app.ini", "s5", "key7", "changed"]
CHANGED = SAMPLE.replace(b"value 5 7\n", b"changed\n")
TWICE = b"[a]\nk = 1\nk = 2\n"
PRINTING = ["get app.ini s5 key7", "items app.ini s5", "dump app.ini", "dump --format json app.ini", "sections app.ini",
            "options app.ini s5", "lint twice.ini", "diff app.ini other.ini", "set -n app.ini s5 key7 changed", "--help",
            "--version"]


def prepare(directory):
    (directory / "app.ini").write_bytes(SAMPLE)
    (directory / "twice.ini").write_bytes(TWICE)
    (directory / "other.ini").write_bytes(CHANGED)


def refused(done):
    if done.returncode != 4 or not faultlib.one_line(done.stderr):
        yield f"not exit 4 with one line: exit {done.returncode}, stderr {done.stderr}"


def only(directory, content):
    """The file holds this (None: is not there), and nothing that we did not make is beside it."""
    target = directory / "app.ini"
    found = target.read_bytes() if target.exists() else None
    if found != content:
        yield f"the file holds {len(found or b'')} bytes, not {len(content or b'')}"
    left = [p.name for p in directory.iterdir() if p.name.startswith(".")]
    if left:
        yield f"left behind: {left}"


def run_to(stdout, words, directory):
    return subprocess.run([*INIGET, *words], cwd=directory, stdin=subprocess.DEVNULL, stdout=stdout,
                          stderr=subprocess.PIPE, timeout=faultlib.TIMEOUT)


# -- output that cannot be written ------------------------------------------------------------------


def full_output(words):
    def case(directory):
        prepare(directory)
        with open("/dev/full", "wb") as full:
            yield from refused(run_to(full, words.split(), directory))

    return f"{words} >/dev/full", case


# -- file size limits -------------------------------------------------------------------------------


def limited(words, limit, old):
    """old: what the file holds before, and so after; None: there is none."""

    def case(directory):
        if old is not None:
            (directory / "app.ini").write_bytes(old)
        done = subprocess.run([*INIGET, *words], cwd=directory, capture_output=True, timeout=faultlib.TIMEOUT,
                              preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit)))
        yield from refused(done)
        yield from only(directory, old)

    return f"{' '.join(words)[:60]}, file size limit {limit}", case


def limit_cases():
    inplace = ["--write", "inplace"]
    for limit in (0, 1, 4096, len(SAMPLE) - 100):
        yield limited(SET, limit, SAMPLE)
        yield limited([*inplace, *SET], limit, SAMPLE)
    longer = ["set", "app.ini", "s5", "key7", "x" * 5000]
    yield limited(longer, len(SAMPLE), SAMPLE)
    yield limited([*inplace, *longer], len(SAMPLE), SAMPLE)
    yield limited(["set", "app.ini", "s", "k", "v"], 0, None)
    yield limited(["set", "app.ini", "s", "k", "v"], 3, None)


# -- closed descriptors -----------------------------------------------------------------------------


def closed(words, descriptors, content, code):
    """A file that is opened as 1 or 2 must not get what is meant for stdout or stderr."""

    def case(directory):
        prepare(directory)
        shut = "".join(f" {n}>&-" for n in descriptors)
        done = subprocess.run(["/bin/sh", "-c", f'exec "$@"{shut}', "sh", *INIGET, *words], cwd=directory,
                              capture_output=True, stdin=subprocess.DEVNULL, timeout=faultlib.TIMEOUT)
        if done.returncode != code:
            yield f"exit {done.returncode}, not {code}; stderr {done.stderr}"
        yield from only(directory, content)

    return f"{' '.join(words)[:60]} without {descriptors}", case


def closed_cases():
    bad_batch = ["apply", "app.ini"]
    for descriptors in ((0,), (1,), (2,), (0, 1), (1, 2), (0, 2), (0, 1, 2)):
        for mode in ("atomic", "inplace"):
            yield closed(["--write", mode, *SET], descriptors, CHANGED, 0)
            yield closed(["--write", mode, "set", "app.ini", "s5", "bad=key", "x"], descriptors, SAMPLE, 3)
        yield closed(bad_batch, descriptors, SAMPLE, 4 if 0 in descriptors else 0)
        yield closed(["get", "app.ini", "s5", "key7"], descriptors, SAMPLE, 4 if 1 in descriptors else 0)
        yield closed(["get", "app.ini", "s5", "gone"], descriptors, SAMPLE, 1)


# -- a full disk ------------------------------------------------------------------------------------


def mount_small(directory):
    """A file system of 64 KiB; the reason where that cannot be had."""
    directory.mkdir()
    done = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=64k", "osbox-fault", str(directory)], capture_output=True)
    return done.stderr.decode(errors="replace").strip() if done.returncode else None


def fill(path):
    with open(path, "wb", buffering=0) as filler:
        try:
            while True:
                filler.write(b"\0" * 4096)
        except OSError:
            return


def on_full_disk(words, old, code=4, output=False):
    def case(directory):
        disk = directory / "disk"
        trouble = mount_small(disk)
        if trouble is not None:
            return [trouble]
        try:
            if old is not None:
                (disk / "app.ini").write_bytes(old)
            fill(disk / "filler")
            with open(disk / "out" if output else "/dev/null", "wb") as out:
                done = run_to(out, words, disk)
            return [*(refused(done) if code else ()), *only(disk, old)]
        finally:
            subprocess.run(["umount", str(disk)], check=True)

    return f"{' '.join(words)[:60]} on a full disk", case


def disk_cases():
    yield on_full_disk(SET, SAMPLE)
    yield on_full_disk(["set", "app.ini", "s", "k", "v"], None)
    yield on_full_disk(["--write", "inplace", "set", "app.ini", "s5", "key7", "x" * 9000], SAMPLE)
    yield on_full_disk(["--write", "inplace", "set", "app.ini", "s", "k", "v"], None)
    yield on_full_disk(["dump", "app.ini"], SAMPLE, output=True)


def cannot_mount():
    base = Path(faultlib.scratch())
    try:
        trouble = mount_small(base / "disk")
        if trouble is None:
            subprocess.run(["umount", str(base / "disk")], check=True)
        return trouble
    finally:
        faultlib.shutil.rmtree(base)


def main():
    faultlib.options(__doc__)
    trouble = cannot_mount()
    cases = [*(full_output(w) for w in PRINTING), *limit_cases(), *closed_cases()]
    cases += disk_cases() if trouble is None else []
    faultlib.run("limits", cases, [f"full disk: skipped, no tmpfs to be had ({trouble})"] if trouble else [])


if __name__ == "__main__":
    main()
