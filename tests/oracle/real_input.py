#!/usr/bin/python3
"""iniget on the configuration files of this machine, held against python3's ConfigParser.

Reading: `iniget dump --raw --format json FILE` prints what json.dumps makes of ConfigParser's
sections, byte for byte; where ConfigParser raises, iniget exits with 3 and tells the same text.
Editing, on a copy: another value changes the lines of that value and no other, and the old value
set again, or a comment taken back, gives the old bytes. The files of systemd, desktop entries and
plain settings are edited in their own dialects too.

    real_input.py [--limit N] [--dir DIR]... [--seed S] [--options N] [--verbose]

The last line is "real_input: N files, D differences".
"""

import argparse
import collections
import configparser
import hashlib
import json
import os
import pathlib
import random
import re
import stat
import subprocess
import sys
import tempfile

TREE = pathlib.Path(__file__).resolve().parents[2]
OSBOX = os.path.abspath(os.environ.get("OSBOX", TREE / "build" / "osbox"))
ROOTS = ("/etc", "/usr", "/lib", "/var", "/opt", "/root")
SUFFIXES = (".ini", ".desktop", ".service", ".cfg", ".conf")
MAX_SIZE = 4 << 20
NEW_VALUE = "osbox was here"
DIALECTS = {".desktop": "desktop", ".service": "systemd", ".conf": "plain"}


# -- the files --------------------------------------------------------------------------------------

def find_files(roots):
    """Regular files with the right suffix, each inode once, in the order of their paths."""
    seen = set()
    for root in roots:
        for folder, folders, names in os.walk(root):
            folders.sort()
            for name in sorted(names):
                path = os.path.join(folder, name)
                if not name.endswith(SUFFIXES):
                    continue
                try:
                    st = os.lstat(path)
                except OSError:
                    continue
                if stat.S_ISREG(st.st_mode) and st.st_size < MAX_SIZE and os.access(path, os.R_OK) \
                        and (st.st_dev, st.st_ino) not in seen:
                    seen.add((st.st_dev, st.st_ino))
                    yield path


def sample(paths, limit):
    """The same N files for the same machine, from all over it."""
    if limit is None or len(paths) <= limit:
        return paths
    return sorted(sorted(paths, key=lambda p: hashlib.sha256(os.fsencode(p)).digest())[:limit])


# -- both sides -------------------------------------------------------------------------------------

def iniget(*arguments):
    return subprocess.run([OSBOX, "iniget", *arguments], stdin=subprocess.DEVNULL,
                          capture_output=True, check=False)


class Lines:
    """The lines of a file, counted as they are read."""

    def __init__(self, file):
        self.file = file
        self.number = 0

    def __iter__(self):
        for line in self.file:
            self.number += 1
            yield line


class Spans(configparser.RawConfigParser):
    """Notes the first and last line, from 1, of each option's value."""

    def __init__(self):
        self.lines = None
        self.spans = {}
        spans = self

        class Value(list):
            """The lines of one value, as RawConfigParser._read collects them."""

            span = None

            def append(self, line):
                super().append(line)
                if line:
                    self.span[1] = spans.lines.number

        class Options(dict):
            """One section's options."""

            def __setitem__(self, option, value):
                if isinstance(value, list):
                    value = Value(value)
                    value.span = spans.spans[id(self), option] = [spans.lines.number] * 2
                super().__setitem__(option, value)

        super().__init__(dict_type=Options, delimiters=("=", ":"))

    def read_counted(self, path):
        with open(path, encoding="utf-8") as file:
            self.lines = Lines(file)
            self.read_file(self.lines, source=path)

    def values(self):  # not the mapping's: (section, option, value, first line, last line)
        """Every option that stands in the file, in its order."""
        sections = {self.default_section: self._defaults, **self._sections}
        found = [(section, option, value, *self.spans[id(options), option])
                 for section, options in sections.items() for option, value in options.items()]
        return sorted(found, key=lambda value: value[3])


def parse(path):
    """A ConfigParser that has read the file."""
    parser = configparser.ConfigParser()
    with open(path, encoding="utf-8") as file:
        parser.read_file(file, source=path)
    return parser


def content(parser):
    return {section: dict(parser.items(section, raw=True)) for section in parser}


def shown(text):
    """A text as iniget shows it on stderr: control characters escaped."""
    return re.sub(r"[\0-\x08\x0b-\x1f\x7f-\x9f]", lambda c: f"\\x{ord(c[0]):02x}", text)


def error_texts(path, error):
    """The texts that iniget may give where python3 raised this error."""
    data = pathlib.Path(path).read_bytes()
    try:
        data.decode("utf-8")
    except UnicodeDecodeError as whole:
        # CPython's positions are those of the block it read; and it can stop at a duplicate before
        # it has read the block with the bad byte. iniget looks at the whole file first.
        return [str(whole)]
    return [shown(str(error))]


# -- the checks -------------------------------------------------------------------------------------

class Run:
    """The differences found, and what was looked at."""

    def __init__(self, options):
        self.options = options
        self.counts = collections.Counter()
        self.differences = 0

    def differ(self, path, what, *details):
        self.differences += 1
        print(f"{path}: {what}", *(f"    {detail!r}" for detail in details), sep="\n")

    def check_file(self, path, work):
        self.counts["files"] += 1
        ran = iniget("dump", "--raw", "--format", "json", "--", path)
        try:
            parser = parse(path)
        except (configparser.Error, UnicodeDecodeError) as error:
            self.counts["refused"] += 1
            self.check_refusal(path, ran, error)
            return
        expected = json.dumps(content(parser), ensure_ascii=False) + "\n"
        self.counts["read"] += 1
        if ran.returncode != 0 or ran.stdout != expected.encode() or ran.stderr:
            self.differ(path, "dump", expected[:200], ran.stdout[:200], ran.stderr, ran.returncode)
            return
        Editor(self, path, work).check()

    def check_dialect(self, path, work):
        """There and back in the dialect that the file's name speaks of."""
        dialect = DIALECTS.get(os.path.splitext(path)[1])
        if not dialect:
            return
        ran = iniget("--dialect", dialect, "--all", "--format", "jsonl", "--", path)
        if ran.returncode != 0:
            self.counts["foreign"] += 1
            return
        self.counts["dialects"] += 1
        records = [json.loads(line) for line in ran.stdout.decode().split("\n")[:-1]]
        rng = random.Random(f"{self.options.seed} {path}")
        for record in rng.sample(records, min(len(records), self.options.options)):
            ForeignEditor(self, path, work, dialect).check(record)

    def check_refusal(self, path, ran, error):
        wanted = error_texts(path, error)
        told = ran.stderr.decode("utf-8", "backslashreplace")
        if ran.returncode != 3 or ran.stdout or not any(text in told for text in wanted):
            self.differ(path, "error", *wanted, told, ran.returncode)


class Copy:
    """A copy of a file, to be edited."""

    def __init__(self, run, path, work, *options):
        self.run = run
        self.path = path
        self.options = options
        self.copy = os.path.join(work, "copy.ini")
        self.old = pathlib.Path(path).read_bytes()

    def renew(self):
        pathlib.Path(self.copy).write_bytes(self.old)

    def do(self, what, *arguments):
        """One edit, which must succeed."""
        ran = iniget(*self.options, what, "--", self.copy, *arguments)
        if ran.returncode == 0 and not ran.stdout and not ran.stderr:
            return True
        self.run.differ(self.path, f"{what} {arguments}", ran.stderr, ran.returncode)
        return False

    def restored(self, what):
        new = pathlib.Path(self.copy).read_bytes()
        if new != self.old:
            self.run.differ(self.path, f"not restored by {what}", *self.difference(new))
        return new == self.old

    def difference(self, new):
        """Where old and new part, for people."""
        at = len(os.path.commonprefix([self.old, new]))
        return self.old[max(0, at - 80):at + 80], new[max(0, at - 80):at + 80]


class ForeignEditor(Copy):
    """The edits of one file in another dialect than Python's."""

    def __init__(self, run, path, work, dialect):
        super().__init__(run, path, work, "--dialect", dialect)

    def check(self, record):
        """One line is another after set, none after set and back, and after comment and back."""
        section, option, values = record["section"], record["option"], record["value"]
        if len(values) != 1 or values[0] is None or "\0" in section + option + values[0]:
            return
        self.run.counts["edits"] += 1
        self.renew()
        if self.do("set", section, option, NEW_VALUE) and self.check_lines(section, option) and \
                self.do("set", section, option, values[0]):
            self.restored(f"{self.options} set {section!r} {option!r}")
        self.run.counts["comments"] += 1
        self.renew()
        if self.do("comment", section, option) and self.do("uncomment", section, option):
            self.restored(f"{self.options} uncomment {section!r} {option!r}")

    def check_lines(self, section, option):
        """A value in one line stays in one."""
        old = self.old.split(b"\n")
        new = pathlib.Path(self.copy).read_bytes().split(b"\n")
        changed = sum(a != b for a, b in zip(old, new))
        joined = any(line.rstrip().endswith(b"\\") for line in old)
        if not joined and (len(old) != len(new) or changed != 1):
            self.run.differ(self.path, f"{self.options} set {section!r} {option!r} changed {changed} lines")
            return False
        return not joined  # a value of several lines, made one, cannot be what it was


class Editor(Copy):
    """The edits of one file."""

    def __init__(self, run, path, work):
        super().__init__(run, path, work, "--raw")
        spans = Spans()
        spans.read_counted(path)
        self.values = [value for value in spans.values() if not self.unspeakable(value)]
        # As text files have it: LF, CR LF and CR end a line.
        self.lines = re.findall(rb"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+\Z", self.old)

    @staticmethod
    def unspeakable(value):
        """No command line holds a NUL."""
        return "\0" in "".join(value[:3])

    def choose(self):
        """First, last, first multi-line, first empty, and some by seed."""
        values = self.values
        wanted = [values[:1], values[-1:], [v for v in values if "\n" in v[2]][:1],
                  [v for v in values if not v[2]][:1]]
        rng = random.Random(f"{self.run.options.seed} {self.path}")
        wanted.append(rng.sample(values, min(len(values), self.run.options.options)))
        chosen = []
        for value in sum(wanted, []):
            if value not in chosen:
                chosen.append(value)
        return chosen

    def check(self):
        for value in self.choose():
            self.renew()
            if self.check_set(value):
                self.check_comment(value)

    def check_set(self, value):
        """Another value of the same shape and back again; then one of another shape."""
        section, option, text, _, _ = value
        same_shape = re.sub(r".+", NEW_VALUE, text) or NEW_VALUE
        self.run.counts["edits"] += 1
        if not self.do("set", section, option, same_shape) or \
                not self.check_change(value, same_shape) or \
                not self.do("set", section, option, text) or \
                not self.restored(f"set {section!r} {option!r}"):
            return False
        other = NEW_VALUE if "\n" in text else f"{NEW_VALUE}\nand here\n\nand there"
        if not self.do("set", section, option, other) or not self.check_change(value, other) or \
                not self.do("set", section, option, text):
            return False
        parsed = content(parse(self.copy))
        if parsed != content(parse(self.path)):
            self.run.differ(self.path, f"values after set and back of {section!r} {option!r}")
            return False
        self.renew()
        return True

    def check_change(self, value, new_text):
        """Only the lines of the value changed, and it reads back."""
        section, option, text, first, last = value
        new = pathlib.Path(self.copy).read_bytes()
        before, after = b"".join(self.lines[:first - 1]), b"".join(self.lines[last:])
        ok = new.startswith(before) and new.endswith(after) and len(new) >= len(before + after)
        if ok and text and "\n" not in text + new_text:
            line = self.lines[first - 1]
            ok = new == before + self.replace_value(line, text, new_text) + after
        if not ok:
            self.run.differ(self.path, f"set {section!r} {option!r} changed more than its value",
                            *self.difference(new))
            return False
        expected = content(parse(self.path))
        for name, options in expected.items():
            inherits = section == "DEFAULT" and (name, option) not in self.own()
            if name == section or inherits:
                options[option] = new_text
        got = content(parse(self.copy))
        if got != expected:
            self.run.differ(self.path, f"set {section!r} {option!r} {new_text!r} reads back as",
                            got.get(section, {}).get(option))
        return got == expected

    def own(self):
        return {(section, option) for section, option, *_ in self.values}

    @staticmethod
    def replace_value(line, text, new_text):
        """The line with another value: what stands before and behind it stays."""
        line = line.decode("utf-8")
        end = len(line.rstrip())
        return (line[:end - len(text)] + new_text + line[end:]).encode("utf-8")

    def check_comment(self, value):
        """An option turned into a comment is gone, and comes back as it was."""
        section, option = value[:2]
        self.run.counts["comments"] += 1
        if not self.do("comment", section, option):
            return
        after = Spans()
        after.read_counted(self.copy)
        left = [kept[:3] for kept in after.values() if not self.unspeakable(kept)]
        if left != [kept[:3] for kept in self.values if kept != value]:
            self.run.differ(self.path, f"comment {section!r} {option!r} changed other options")
        elif self.do("uncomment", section, option):
            self.restored(f"uncomment {section!r} {option!r}")


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("--limit", type=int, help="at most N files, always the same ones")
    parser.add_argument("--dir", action="append", default=[], help="look below DIR too")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--options", type=int, default=2, help="random options to edit in each file")
    parser.add_argument("--verbose", action="store_true", help="name each file")
    options = parser.parse_args()
    run = Run(options)
    paths = sample(list(find_files([*ROOTS, *options.dir])), options.limit)
    memory = "/dev/shm" if os.access("/dev/shm", os.W_OK) else None
    with tempfile.TemporaryDirectory(dir=memory) as work:
        for path in paths:
            if options.verbose:
                print(path, flush=True)
            run.check_file(path, work)
            run.check_dialect(path, work)
    counts = run.counts
    print(f"{counts['read']} read, {counts['refused']} refused as python3 refuses them, "
          f"{counts['dialects']} read in their dialect, {counts['foreign']} not, "
          f"{counts['edits']} edits, {counts['comments']} comments")
    print(f"real_input: {counts['files']} files, {run.differences} differences")
    sys.exit(run.differences > 0)


if __name__ == "__main__":
    main()
