#!/usr/bin/python3
"""The order in which iniget writes: what a power loss cannot break.

From the log of the system calls: the temporary is written, then synced, then renamed to the target, then the directory
is synced; no call writes to the target itself, and what the temporary is given after its content (owner, mode,
attributes) comes before its sync, too.
"""

from pathlib import Path

import faultlib
import set_faults

CHANGES = {"write", "pwrite", "writev", "ftruncate", "fchmod", "fchown", "fsetxattr", "fremovexattr"}


def opened(calls, name):
    """Where calls open a name, and as which descriptor."""
    for at, call in enumerate(calls):
        path = {"open": 1, "openat": 2}.get(call[0])
        if path and call[path] == name and int(call[-1]) >= 0:
            yield at, call[-1]


def positions(calls, names, descriptor, since):
    """Where the descriptor that was opened at `since` is used by calls of these names, until it is closed."""
    for at, call in enumerate(calls[since + 1:], since + 1):
        if call[:2] == ["close", descriptor]:
            return
        if call[0] in names and call[1] == descriptor and int(call[-1]) >= 0:
            yield at


def judge(calls, directory, temp, target):
    (temp_at, temp_fd), = opened(calls, temp)
    (dir_at, dir_fd), = opened(calls, directory)
    changed = list(positions(calls, CHANGES, temp_fd, temp_at))
    synced = list(positions(calls, {"fsync"}, temp_fd, temp_at))
    renamed = [at for at, c in enumerate(calls) if c[0].startswith("rename") and c[1:5] == [dir_fd, temp, dir_fd, target]]
    dir_synced = list(positions(calls, {"fsync"}, dir_fd, dir_at))
    if [len(synced), len(renamed), len(dir_synced)] != [1, 1, 1] or not changed:
        yield f"not one sync, rename, sync: {changed} {synced} {renamed} {dir_synced}"
    elif not max(changed) < synced[0] < renamed[0] < dir_synced[0]:
        yield f"written at {changed}, synced at {synced}, renamed at {renamed}, directory synced at {dir_synced}"
    for at, descriptor in opened(calls, target):
        touched = list(positions(calls, CHANGES, descriptor, at))
        if touched:
            yield f"the target itself is changed at {touched}"


def judge_inplace(calls, target):
    (at, descriptor), = opened(calls, target)
    changed = list(positions(calls, CHANGES, descriptor, at))
    synced = list(positions(calls, {"fsync"}, descriptor, at))
    if len(synced) != 1 or not changed or max(changed) > synced[0]:
        yield f"written at {changed}, synced at {synced}"


def make_case(scenario):
    def case(directory):
        scenario.prepare(directory)
        done, calls = faultlib.trace(scenario.argv(), directory, scenario.stdin)
        if done.returncode:
            return [f"{done}"]
        if scenario.inplace and scenario.old is not None:
            return judge_inplace(calls, "app.ini")
        return judge(calls, "sub/" if scenario.link else ".", ".app.ini.osbox-new", "app.ini")

    return scenario.name, case


def unchanged(directory):
    """Nothing is written when nothing changes."""
    scenario = next(s for s in set_faults.SCENARIOS if "to what it is" in s.name)
    scenario.prepare(directory)
    _, calls = faultlib.trace(scenario.argv(), directory)
    return [f"{c}" for c in calls if c[0] in CHANGES or c[0].startswith("rename")]


def main():
    faultlib.options(__doc__)
    faultlib.build_harness()
    probe = Path(faultlib.scratch())
    set_faults.ATTRIBUTES = faultlib.keeps_attributes(probe)
    probe.rmdir()
    cases = [make_case(s) for s in set_faults.SCENARIOS if "to what it is" not in s.name and not s.litter]
    faultlib.run("power_loss", [*cases, ("unchanged", unchanged)])


if __name__ == "__main__":
    main()
