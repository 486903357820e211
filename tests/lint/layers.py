#!/usr/bin/python3
"""Includes point downward only.

A module is a folder of core/ with its public header, or an applet. It may include what stands in a
layer below its own, and itself. A private header is its folder's alone. No file is part of a circle.
"""

import re

from lib.report import ROOT, Report, tree

# From the bottom up; what stands on the same line does not know each other. docs/DESIGN.md, "Layers".
LAYERS = [
    ["base"],
    ["ospath", "time", "codecs", "errno"],
    ["io", "msvcrt", "fcntl", "signal", "os"],
    ["subprocess", "configparser", "optparse", "datetime", "mmap"],
    ["logging", "winreg", "commands"],
    ["ini"],
    ["applet"],
    ["applets"],
    ["main"],
]
LAYER_OF = {module: n for n, modules in enumerate(LAYERS) for module in modules}

# Headers of base that are not called base.h. errno.h is among them because error.c needs its table.
BASE_HEADERS = {"bytes", "error", "buf", "arena", "pool", "map", "text", "num", "fdio", "lock",
                "replace", "errno"}

INCLUDE = re.compile(r'^\s*#\s*include\s*(<([^>]+)>|"([^"]+)")')


def module_of_header(name):
    return "base" if name in BASE_HEADERS else name


def module_of(path):
    parts = path.relative_to(ROOT).parts
    if parts[0] == "include":
        return module_of_header(path.stem)
    return parts[1] if parts[0] == "core" else parts[0]


def includes(path):
    """(line, the header's name, whether it stands in quotes) of each #include."""
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        found = INCLUDE.match(line)
        if found:
            yield number, found[2] or found[3], found[3] is not None


def resolve(path, name, quoted):
    """The file of the tree that an #include means, or None."""
    if quoted and (path.parent / name).exists():
        return (path.parent / name).resolve()
    public = ROOT / "include" / name
    if not quoted and public.exists():
        return public
    return None


def judge_private(path, target):
    """A header outside include/ is for its own folder."""
    return None if target.parent == path.parent else "a private header of another folder"


def judge_public(path, name):
    """What is wrong with an include of <osbox/name.h>, or None."""
    mine, theirs = module_of(path), module_of_header(name)
    if mine not in LAYER_OF or theirs not in LAYER_OF:
        unknown = mine if mine not in LAYER_OF else theirs
        return f"module {unknown} has no place among the layers (tests/lint/layers.py)"
    if mine == theirs:
        return None
    if LAYER_OF[theirs] > LAYER_OF[mine]:
        return f"upward: {theirs} stands above {mine}"
    if LAYER_OF[theirs] == LAYER_OF[mine]:
        return f"sideways: {theirs} stands beside {mine}"
    return None


def judge(path, name, quoted, target):
    if name.endswith(".c"):
        return "a source file is not included"
    if name == "yaml.h" and module_of(path) != "logging":
        return "libyaml is for one file of core/logging"
    if target is None:
        return "no such file beside it" if quoted else None
    if target.parent == ROOT / "include/osbox":
        return judge_public(path, target.stem)
    return judge_private(path, target)


def judge_test(path, name, quoted):
    """Tests see what users see."""
    if quoted and "core/" in name or quoted and "applets/" in name:
        return "tests include public headers only"
    return None


def find_circle(graph):
    """The files of one circle of includes, or None."""
    done, trail = set(), []

    def visit(path):
        if path in trail:
            return trail[trail.index(path):] + [path]
        if path in done:
            return None
        trail.append(path)
        for target in graph.get(path, ()):
            circle = visit(target)
            if circle:
                return circle
        done.add(trail.pop())
        return None

    for path in graph:
        circle = visit(path)
        if circle:
            return circle
    return None


def main():
    report, graph = Report("layers"), {}
    for path in tree("applets", "core", "include", suffixes={".c", ".h"}):
        for line, name, quoted in includes(path):
            report.checked += 1
            target = resolve(path, name, quoted)
            if target:
                graph.setdefault(path, []).append(target)
            wrong = judge(path, name, quoted, target)
            if wrong:
                report.fail(path, line, f"{name}: {wrong}")
    for path in tree("tests", suffixes={".c", ".h"}):
        for line, name, quoted in includes(path):
            report.checked += 1
            wrong = judge_test(path, name, quoted)
            if wrong:
                report.fail(path, line, f"{name}: {wrong}")
    circle = find_circle(graph)
    if circle:
        names = " -> ".join(str(path.relative_to(ROOT)) for path in circle)
        report.fail(circle[0], 1, f"a circle: {names}")
    report.finish()


main()
