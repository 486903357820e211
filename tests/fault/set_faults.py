#!/usr/bin/python3
"""Writing verbs of iniget with every system call killed, failed or shortened in turn.

After each: the file is the old or the new one in content, mode, owner, attributes and ACL; exit code 0 only with
the new one; otherwise 4 and one line on stderr; nothing is left beside the file but what a kill leaves, and that
is gone after the next run, which succeeds.
"""

import os
from dataclasses import dataclass
from pathlib import Path

import faultlib
from faultlib import INIGET, INTERRUPTIBLE, SIZED

SAMPLE = faultlib.sample()
BATCH = b"".join(b"set s%d key%d 'changed %d'\n" % (n % 10, n, n) for n in range(40)) + b"add-section more\ndel s9\n"
FOLLOW_UP = ("after", "it", "works")


@dataclass
class Scenario:
    name: str
    verb: str
    words: tuple
    old: bytes | None = SAMPLE  # None: there is no file
    stdin: bytes = b""
    link: bool = False
    litter: bool = False  # of a writer that was killed before
    inplace: bool = False

    @property
    def path(self):
        return "link.ini" if self.link else "app.ini"

    def target(self, directory):
        return directory / ("sub/app.ini" if self.link else "app.ini")

    def argv(self):
        return [*INIGET, *(("--write", "inplace") if self.inplace else ()), self.verb, self.path, *self.words]

    def prepare(self, directory):
        target = self.target(directory)
        if self.link:
            (directory / "sub").mkdir()
            (directory / self.path).symlink_to("sub/app.ini")
        if self.old is not None:
            target.write_bytes(self.old)
            dress(target)
            os.link(target, directory / "other-name")
        if self.litter:
            (target.parent / ".app.ini.osbox-new").write_bytes(SAMPLE + SAMPLE[:-10])


SCENARIOS = [
    Scenario("set", "set", ("s5", "key7", "changed")),
    Scenario("set to what it is", "set", ("s5", "key7", "value 5 7")),
    Scenario("set behind a symlink", "set", ("s5", "key7", "changed"), link=True),
    Scenario("set past litter", "set", ("s5", "key7", "changed"), litter=True),
    Scenario("new file", "set", ("s", "key", "value"), old=None),
    Scenario("new file behind a symlink", "set", ("s", "key", "value"), old=None, link=True),
    Scenario("add-section", "add-section", ("more",)),
    Scenario("del option", "del", ("s5", "key7")),
    Scenario("del section", "del", ("s5",)),
    Scenario("apply", "apply", (), stdin=BATCH),
    Scenario("inplace set", "set", ("s5", "key7", "a value that is longer than before"), inplace=True),
    Scenario("inplace del", "del", ("s5",), inplace=True),
    Scenario("inplace new file", "set", ("s", "key", "value"), old=None, inplace=True),
]


def dress(path):
    """Give a file all that is to be kept."""
    if os.geteuid() == 0:
        os.chown(path, 1234, 4321)
    os.chmod(path, 0o640)
    if ATTRIBUTES:
        os.setxattr(path, "user.osbox", b"kept \x00 bytes")
        os.setxattr(path, "system.posix_acl_access", faultlib.acl())


def attributes(path):
    """All that a rewrite keeps."""
    stat = path.stat()
    names = sorted(os.listxattr(path)) if ATTRIBUTES else []
    return stat.st_mode, stat.st_uid, stat.st_gid, [(n, os.getxattr(path, n)) for n in names]


def litter(target):
    return sorted(p.name for p in target.parent.iterdir() if p.name.startswith("."))


def content(target):
    return target.read_bytes() if target.exists() else None


@dataclass
class Expected:
    """What undisturbed runs make of a scenario."""

    calls: list
    new: bytes
    attributes: tuple
    followed: dict  # content before -> content after the follow-up


def follow_up(scenario, directory):
    return faultlib.call([*INIGET, "set", scenario.path, *FOLLOW_UP], directory)


def observe(scenario, base):
    directory, target = Path(base), scenario.target(Path(base))
    scenario.prepare(directory)
    old_followed = None
    done, calls = faultlib.trace(scenario.argv(), directory, scenario.stdin)
    new = content(target)
    if done.returncode != 0 or done.stderr or new is None or (new == scenario.old) != ("to what" in scenario.name):
        raise AssertionError(f"{scenario.name}: undisturbed: {done}")
    found = attributes(target)
    follow_up(scenario, directory)
    new_followed = content(target)
    target.write_bytes(scenario.old or b"")
    follow_up(scenario, directory)
    old_followed = content(target)
    return Expected(calls, new, found, {scenario.old: old_followed, new: new_followed, b"": old_followed})


def judge_file(scenario, expected, directory, code):
    target = scenario.target(directory)
    found = content(target)
    if code == 0 and found != expected.new:
        yield "exit 0, but the new content is not there"
    # A file that --write inplace has just made is empty before it is written.
    if found not in (scenario.old, expected.new) and not (scenario.inplace and found == b""):
        yield f"neither old nor new: {len(found or b'')} bytes"
    if found is not None and attributes(target) != expected.attributes:
        yield f"{attributes(target)}, not {expected.attributes}"
    if scenario.link and (not (directory / "link.ini").is_symlink() or os.readlink(directory / "link.ini") != "sub/app.ini"):
        yield "the symlink is gone"
    if scenario.inplace and scenario.old is not None and not target.samefile(directory / "other-name"):
        yield "not the same inode"


def judge_end(call, how, done):
    """Exit code and stderr of a run that was not killed."""
    retried = how == faultlib.failing("EINTR") and call[0] in INTERRUPTIBLE
    if done.returncode not in (0, 4):
        yield f"exit {done.returncode}: {done.stderr}"
    if "-f" in how:  # writing to stderr fails, too
        return
    if done.returncode != 0 and (retried or how == ("-s",)):
        yield f"exit {done.returncode}: {done.stderr}, where it was to go on"
    if done.returncode != 0 and not faultlib.one_line(done.stderr):
        yield f"exit {done.returncode}, stderr {done.stderr}"
    if done.returncode == 0 and done.stderr:
        yield f"exit 0, stderr {done.stderr}"


def judge_litter(may_stay, target):
    left = litter(target)
    allowed = [".app.ini.osbox-new"] if may_stay else []
    if left and left != allowed:
        yield f"left behind: {left}"


def judge_follow_up(scenario, expected, directory):
    target = scenario.target(directory)
    before = content(target)
    done = follow_up(scenario, directory)
    if done.returncode != 0 or done.stderr:
        yield f"the next run: exit {done.returncode}, {done.stderr}"
    if content(target) != expected.followed.get(before):
        yield "the next run's content is wrong"
    if attributes(target) != expected.attributes:
        yield f"after the next run {attributes(target)}, not {expected.attributes}"
    if litter(target):
        yield f"the next run left {litter(target)}"


def make_case(scenario, expected, at, how):
    call = expected.calls[at - 1]

    def case(directory):
        scenario.prepare(directory)
        done = faultlib.disturb(scenario.argv(), directory, at, how, scenario.stdin)
        killed = done.returncode == 128 + 9
        if killed != (how[0] in ("-a", "-b")):
            yield f"exit {done.returncode}"
        if not killed:
            yield from judge_end(call, how, done)
        yield from judge_file(scenario, expected, directory, done.returncode)
        cannot_clean = killed or "-f" in how or call[0] in ("unlink", "unlinkat")
        yield from judge_litter(cannot_clean or (scenario.litter and done.returncode), scenario.target(directory))
        yield from judge_follow_up(scenario, expected, directory)

    return f"{scenario.name}: call {at} ({' '.join(call[:3])}) {' '.join(how)}", case


def hows(scenario, calls, at, full):
    """What to do to one call. A kill may tear a file that is written in place, as the mode's help says, and so
    may a disk that fails for good."""
    name = calls[at - 1][0]
    if not scenario.inplace:
        yield ("-b",)
        if full and name != "exit_group":
            yield ("-a",)
            yield (*faultlib.failing("EIO"), "-f")
    if name != "exit_group":
        yield from (faultlib.failing(e) for e in faultlib.errnos_for(calls, at, full))
    if name in SIZED:
        yield ("-s",)


def cases_of(scenario, expected, full):
    for at in range(1, len(expected.calls) + 1):
        for how in hows(scenario, expected.calls, at, full):
            yield make_case(scenario, expected, at, how)


def observe_all():
    base = Path(faultlib.scratch())
    try:
        for number, scenario in enumerate(SCENARIOS):
            directory = base / str(number)
            directory.mkdir()
            yield scenario, observe(scenario, directory)
    finally:
        faultlib.shutil.rmtree(base)


def main():
    global ATTRIBUTES
    full = faultlib.options(__doc__).full
    faultlib.build_harness()
    os.umask(0o022)
    base = faultlib.scratch()
    ATTRIBUTES = faultlib.keeps_attributes(base)
    os.rmdir(base)
    cases = [c for s, e in observe_all() for c in cases_of(s, e, full)]
    notes = [] if ATTRIBUTES else ["the file system holds no attributes: xattrs and ACL not checked"]
    if os.geteuid() != 0:
        notes.append("not root: another owner not checked")
    faultlib.run("set_faults", cases, notes)


ATTRIBUTES = False

if __name__ == "__main__":
    main()
