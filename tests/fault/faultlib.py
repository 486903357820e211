"""What the fault scripts share: the harness, a directory for each case, the tally.

A script collects cases, each a label and a function that takes an empty directory and returns a list of
complaints, and hands them to run(). `--full` asks for all of them, else a small budget will do.
"""

import argparse
import concurrent.futures
import errno
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
OSBOX = os.environ.get("OSBOX", str(ROOT / "build/osbox"))
INIGET = [OSBOX, "iniget"]
PTRACE = ROOT / "build/fault/ptrace"
ERRNOS = ("EIO", "ENOSPC", "EINTR", "EMFILE", "EACCES", "EDQUOT", "EROFS")
# Of the calls that are made, those the kernel may interrupt: a program is to try them again.
INTERRUPTIBLE = {"open", "openat", "read", "write", "flock", "fsync", "close"}
SIZED = {"read", "write", "pwrite"}
TIMEOUT = 60  # seconds; only a hang takes that long


def options(description):
    parser = argparse.ArgumentParser(description=description)
    parser.add_argument("--full", action="store_true", help="every case, not a small budget")
    return parser.parse_args()


def build_harness():
    source = ROOT / "tests/fault/ptrace.c"
    if PTRACE.exists() and PTRACE.stat().st_mtime > source.stat().st_mtime:
        return
    PTRACE.parent.mkdir(parents=True, exist_ok=True)
    fresh = f"{PTRACE}.{os.getpid()}"  # scripts may run side by side
    flags = "-std=c11 -D_GNU_SOURCE -O2 -Wall -Wextra -Werror -Wshadow".split()
    subprocess.run(["gcc", *flags, "-o", fresh, str(source)], check=True)
    os.rename(fresh, PTRACE)


def keeps_attributes(directory):
    """Whether the file system holds user attributes and ACLs."""
    probe = Path(directory) / f".osbox-probe-{os.getpid()}"
    try:
        probe.touch()
        os.setxattr(probe, "user.osbox", b"x")
        os.setxattr(probe, "system.posix_acl_access", acl())
        return True
    except OSError:
        return False
    finally:
        probe.unlink(missing_ok=True)


def scratch():
    """A directory to work in: in memory where that will do, for fsync of a disk is slow."""
    for directory in (os.environ.get("TMPDIR"), "/dev/shm"):
        if directory and os.access(directory, os.W_OK) and keeps_attributes(directory):
            return tempfile.mkdtemp(prefix="osbox-fault-", dir=directory)
    return tempfile.mkdtemp(prefix="osbox-fault-")


def acl():
    """An access ACL that chmod alone could not make: read for user 1. Source: acl(5), linux/posix_acl_xattr.h"""
    entries = ((0x01, 6, 0xFFFFFFFF), (0x02, 4, 1), (0x04, 4, 0xFFFFFFFF), (0x10, 4, 0xFFFFFFFF), (0x20, 0, 0xFFFFFFFF))
    packed = b"".join(t.to_bytes(2, "little") + p.to_bytes(2, "little") + i.to_bytes(4, "little") for t, p, i in entries)
    return (2).to_bytes(4, "little") + packed


def sample(sections=10, keys=50):
    """An INI file of 500 keys."""
    lines = ["# sample\n", "[DEFAULT]\n", "root = /srv\n"]
    for s in range(sections):
        lines += [f"\n[s{s}]\n", "; options\n"]
        lines += [f"key{k} = value {s} {k}\n" for k in range(keys)]
    return "".join(lines).encode()


def call(argv, cwd, stdin=b"", **more):
    return subprocess.run(argv, cwd=cwd, input=stdin, capture_output=True, timeout=TIMEOUT, **more)


def trace(argv, cwd, stdin=b""):
    """Run undisturbed; the calls, each a list of name, arguments, result."""
    log = str(cwd) + ".log"
    done = call([str(PTRACE), "-o", log, *argv], cwd, stdin)
    with open(log, encoding="utf-8", errors="surrogateescape") as lines:
        calls = [line.rstrip("\n").split("\t") for line in lines]
    os.unlink(log)
    return done, calls


def disturb(argv, cwd, at, how, stdin=b""):
    """Run with call number `at` disturbed; how is options of the harness."""
    return call([str(PTRACE), "-k", str(at), *how, *argv], cwd, stdin)


def failing(name):
    return ("-e", str(getattr(errno, name)))


def errnos_for(calls, at, full):
    """The errors to try at a call: all, or EIO, EINTR where it is real, and one of the others in turn."""
    if full:
        return ERRNOS
    others = [e for e in ERRNOS if e not in ("EIO", "EINTR")]
    chosen = ["EIO", others[at % len(others)]]
    return chosen + ["EINTR"] if calls[at - 1][0] in INTERRUPTIBLE else chosen


def one_line(stderr):
    return stderr.count(b"\n") == 1 and stderr.endswith(b"\n") and stderr.startswith(b"iniget: ")


def run(name, cases, notes=()):
    """Run the cases, tell their complaints and the closing line, and exit."""
    base = scratch()

    def run_one(numbered):
        number, (label, case) = numbered
        directory = Path(base) / str(number)
        directory.mkdir()
        try:
            complaints = list(case(directory))
        except Exception as e:  # a case that cannot be judged has failed
            complaints = [f"{type(e).__name__}: {e}"]
        shutil.rmtree(directory)
        return [f"{name}: {label}: {c}" for c in complaints]

    failures = 0
    try:
        with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
            for complaints in pool.map(run_one, enumerate(cases)):
                failures += bool(complaints)
                print(*complaints, sep="\n", end="\n" if complaints else "")
    finally:
        shutil.rmtree(base, ignore_errors=True)
    for note in notes:
        print(f"{name}: {note}")
    print(f"{name}: {len(cases)} cases, {failures} failures")
    sys.exit(1 if failures else 0)
