#!/usr/bin/python3
"""Oracle of configparser: each case is one parser made twice, by CPython and by libosbox, and a row
of operations done to both. The outcome of each operation (value, or exception and its text) and in
the end the whole state and the written text must be the same.

    configparser_api.py [--cases N] [--seed S] [--case K] [-v]

--case K does the random case K alone, --case NAME the corner of that name. -v ends with a table of
the operations that were done.

Deviations that are meant, and where they are handled:
- Values are text or None: RawConfigParser holds no ints here. (None are generated.)
- A parse cut short (duplicate, missing header, continuation of a valueless option) leaves CPython's
  values as lists of lines; osbox joins them. (PythonSide.reading joins them too; where the caller's
  before_read would see them, the case ends.)
- The positions in a UnicodeDecodeError are the file's; CPython's are its chunk's, and it parses the
  lines before a character that the end of the file cuts short. (PythonSide.undecodable)
- getint gives an int64, else OverflowError. (PythonSide.int64)
- An interpolated value stops at 16 MiB. (PythonSide gives up long before; tested in unit tests.)
"""

import argparse
import collections
import mmap
import os
import pickle
import signal
import struct
import sys
import tempfile

import configparser_python
from configparser_cases import Generator
from configparser_corners import CORNERS

NAME = "configparser_api"
CHUNK = 500  # cases per child process
SECONDS = 20  # for one case
SHOWN = 20  # differences shown by one process; as many crashes end the run

Raised = collections.namedtuple("Raised", "kind message")


def attempt(f, *args):
    """The operation's value, or what it raised."""
    try:
        return f(*args)
    except Exception as e:
        kind = getattr(e, "kind", None) or type(e).__name__  # an OsbError has a kind
        return Raised(kind, str(e))


def same(python, osbox):
    """Equal in type as well: True is not 1."""
    return type(python) is type(osbox) and python == osbox


def prepare(operation):
    """Put the files in place that an operation reads."""
    if operation[0] == "read":
        for name, content in operation[1]:
            if isinstance(content, bytes):
                with open(name, "wb") as f:
                    f.write(content)
            elif content is None and os.path.exists(name):
                os.unlink(name)
    elif operation[0] in ("read_file", "readfp"):
        with open("data", "wb") as f:
            f.write(operation[1])


def final_operations(python):
    """What looks at the whole state."""
    yield ("sections",)
    yield ("defaults",)
    yield ("keys",)
    for section in python.parser:
        if section in python.parser._sections:
            yield ("options", section)
        yield ("items", section, True, [])
    yield ("write", True)
    yield ("write", False)


Difference = collections.namedtuple("Difference", "at operation python osbox")


class Runner:
    """Does cases; counts what it did."""

    def __init__(self, osbox_side, stats):
        self.osbox_side = osbox_side
        self.stats = stats

    def compare(self, operation, python, osbox):
        """Do one operation on both sides: (Python's outcome, osbox's)."""
        prepare(operation)
        name, args = operation[0], operation[1:]
        expected = attempt(getattr(python, name), *args)
        given = attempt(getattr(osbox, name), *args) if osbox else expected
        self.stats[name, expected.kind if isinstance(expected, Raised) else "ok"] += 1
        return expected, given

    def case(self, config, operations):
        """The first difference, or None."""
        python = osbox = None
        try:
            python = attempt(configparser_python.PythonSide, config)
            osbox = attempt(self.osbox_side, config) if self.osbox_side else None
            failed = isinstance(python, Raised)
            self.stats["new", python.kind if failed else "ok"] += 1
            if failed or isinstance(osbox, Raised):
                fine = osbox is None or same(python, osbox)
                return None if fine else Difference(-1, ("new",), python, osbox)
            return self.operations(operations, python, osbox)
        except configparser_python.TooBig:
            self.stats["case", "given up"] += 1
            return None
        finally:
            if osbox and not isinstance(osbox, Raised):
                osbox.close()

    def operations(self, operations, python, osbox):
        for at, operation in enumerate(operations):
            expected, given = self.compare(operation, python, osbox)
            if not same(expected, given):
                return Difference(at, operation, expected, given)
            if python.stop:
                self.stats["case", "stopped"] += 1
                return None
        for operation in final_operations(python):
            expected, given = self.compare(operation, python, osbox)
            if not same(expected, given):
                return Difference(len(operations), operation, expected, given)
        return None


# -- making a failing case small ----------------------------------------------------------------------


def smaller_texts(text):
    """The text without one line, then without one character."""
    newline = b"\n" if isinstance(text, bytes) else "\n"
    lines = text.split(newline)
    if len(lines) > 1:
        for i in range(len(lines)):
            yield newline.join(lines[:i] + lines[i + 1:])
    for i in range(len(text) if len(text) < 200 else 0):
        yield text[:i] + text[i + 1:]


def smaller_values(value):
    if isinstance(value, (str, bytes)) and len(value) > 0:
        yield from smaller_texts(value)
    elif isinstance(value, list):
        for i, member in enumerate(value):
            yield value[:i] + value[i + 1:]
            for smaller in smaller_values(member):
                yield value[:i] + [smaller] + value[i + 1:]
    elif isinstance(value, tuple):
        for i, member in enumerate(value):
            for smaller in smaller_values(member):
                yield value[:i] + (smaller,) + value[i + 1:]
    elif isinstance(value, dict):
        for key in value:
            yield {k: v for k, v in value.items() if k != key}


def smaller_cases(config, operations):
    for i in range(len(operations)):
        yield config, operations[:i] + operations[i + 1:]
    for key in config:
        yield {k: v for k, v in config.items() if k != key}, operations
    for i, operation in enumerate(operations):
        fixed = 2 if operation[0] == "read" else len(operation)  # not the name of an encoding
        for args in smaller_values(operation[1:fixed]):
            args += operation[fixed:]
            yield config, operations[:i] + [operation[:1] + args] + operations[i + 1:]
    for defaults in smaller_values(config.get("defaults")):
        yield dict(config, defaults=defaults), operations


def signature(difference):
    """What must stay the same while a case is made smaller."""
    def of(outcome):
        return outcome.kind if isinstance(outcome, Raised) else type(outcome)
    return difference.operation[0], of(difference.python), of(difference.osbox)


def shrink(runner, config, operations, found):
    """Take away what the difference does not need."""
    tries = 0
    again, wanted = True, signature(found)
    while again and tries < 3000:
        again = False
        for smaller in smaller_cases(config, operations):
            tries += 1
            try:
                difference = runner.case(*smaller)
            except Exception:
                continue
            if difference and signature(difference) == wanted:
                (config, operations), found, again = smaller, difference, True
                break
    return config, operations, found


def show(label, config, operations, difference):
    print("%s: case %s" % (NAME, label))
    print("    config %r" % (config,))
    for at, operation in enumerate(operations[:difference.at + 1]):
        if at < difference.at:
            print("    %r" % (operation,))
    print("  > %r" % (difference.operation,))
    print("    python %r" % (difference.python,))
    print("    osbox  %r" % (difference.osbox,), flush=True)


# -- the run -------------------------------------------------------------------------------------------


def case_of(label, seed):
    if isinstance(label, str):
        return CORNERS[label]
    return Generator("%d:%d" % (seed, label)).case()


def do_cases(labels, args, osbox_side, progress):
    """Do the cases in this process: (number of differences, statistics)."""
    stats, differences = collections.Counter(), 0
    runner = Runner(osbox_side, stats)
    for at, label in enumerate(labels):
        progress[:8] = struct.pack("q", at)
        signal.alarm(SECONDS)
        config, operations = case_of(label, args.seed)
        found = runner.case(config, operations)
        stats["case", "done"] += 1
        differences += found is not None
        if found and differences <= SHOWN:
            signal.alarm(3 * SECONDS)
            show(label, *shrink(Runner(osbox_side, collections.Counter()), config, operations, found))
    signal.alarm(0)
    return differences, stats


def in_child(f, *args):
    """f's result from a forked child: (wait status, result)."""
    sys.stdout.flush()
    read_end, write_end = os.pipe()
    pid = os.fork()
    if pid == 0:
        os.close(read_end)
        with os.fdopen(write_end, "wb") as out:
            pickle.dump(f(*args), out)
        sys.stdout.flush()
        os._exit(0)
    os.close(write_end)
    with os.fdopen(read_end, "rb") as result:
        dumped = result.read()
    status = os.waitpid(pid, 0)[1]
    return status, pickle.loads(dumped) if status == 0 else None


def do_chunk(labels, args, osbox_side, totals):
    """Do the cases in a child, and the rest in another where one kills it. Adds to totals."""
    progress = mmap.mmap(-1, 8)
    while labels:
        status, result = in_child(do_cases, labels, args, osbox_side, progress)
        if status == 0:
            totals["differences"] += result[0]
            totals["stats"].update(result[1])
            return
        done = struct.unpack("q", progress[:8])[0]
        print("%s: case %s: killed (wait status %d)\n    %r"
              % (NAME, labels[done], status, case_of(labels[done], args.seed)), flush=True)
        totals["differences"] += 1
        totals["crashes"] += 1
        if totals["crashes"] == SHOWN:
            sys.exit("%s: %d crashes: giving up" % (NAME, SHOWN))
        labels = labels[done + 1:]


def print_table(stats):
    """Per operation: how often, how many gave a value, and the most frequent errors."""
    names = sorted({name for name, outcome in stats})
    for name in names:
        outcomes = {outcome: n for (of, outcome), n in stats.items() if of == name}
        errors = sorted(((n, kind) for kind, n in outcomes.items() if kind != "ok"), reverse=True)
        shown = ", ".join("%s %d" % (kind, n) for n, kind in errors)
        print("%-16s %8d  ok %8d  %s" % (name, sum(outcomes.values()), outcomes.get("ok", 0), shown),
              file=sys.stderr)


def arguments():
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("--cases", type=int, default=20000, help="random cases, beside the corners")
    parser.add_argument("--seed", type=int, default=1, help="seed of the random cases")
    parser.add_argument("--case", help="do this case alone: a number, or a corner's name")
    parser.add_argument("--alone", action="store_true", help="Python alone, to see what the cases are like")
    parser.add_argument("-v", "--verbose", action="store_true", help="end with a table of the operations")
    return parser.parse_args()


def main():
    args = arguments()
    osbox_side = None
    if not args.alone:
        from configparser_osbox import OsboxSide as osbox_side
    labels = list(CORNERS) + list(range(args.cases))
    if args.case is not None:
        labels = [int(args.case) if args.case.isdigit() else args.case]
    totals = {"differences": 0, "crashes": 0, "stats": collections.Counter()}
    with tempfile.TemporaryDirectory() as directory:
        os.chdir(directory)
        os.mkdir("dir")
        for start in range(0, len(labels), CHUNK):
            do_chunk(labels[start:start + CHUNK], args, osbox_side, totals)
        os.chdir("/")
    if args.verbose:
        print_table(totals["stats"])
    print("%s: %d cases, %d differences" % (NAME, len(labels), totals["differences"]))
    return 1 if totals["differences"] else 0


if __name__ == "__main__":
    sys.exit(main())
