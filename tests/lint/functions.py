#!/usr/bin/python3
"""Functions are short and files are rooms: docs/DESIGN.md, "Functions are short".

Of core/ and applets/: median under 20 lines, none over 80; files' median under 250, none over 800
unless it is a table (NAME_table.c, NAME_tables.c); const tables at file scope do not count. Of tests/:
the two upper limits.
"""

import json
import re
import statistics
import subprocess

from lib.report import ROOT, Report, tree

FUNCTION_MEDIAN, FUNCTION_MAX = 20, 80
FILE_MEDIAN, FILE_MAX = 250, 800
IS_TABLE = re.compile(r"_tables?\.c$")


def functions(paths):
    """(path, first line, lines, name) of each function, as Universal Ctags sees them."""
    tags = subprocess.run(
        ["ctags", "--output-format=json", "--language-force=C", "--kinds-C=f", "--fields=+ne", "-f", "-",
         *map(str, paths)], capture_output=True, check=True, text=True)
    for line in tags.stdout.splitlines():
        tag = json.loads(line)
        if "end" in tag:
            yield tag["path"], tag["line"], tag["end"] - tag["line"] + 1, tag["name"]


def check_functions(report, paths):
    lengths = []
    for path, line, length, name in functions(paths):
        lengths.append(length)
        if length > FUNCTION_MAX:
            report.fail(path, line, f"{name} has {length} lines; {FUNCTION_MAX} is the most")
    report.checked += len(lengths)
    return lengths


# A const table at file scope, from its first line to the closing brace in column 1 or its end.
TABLE = re.compile(rb"^(?:static )?const [^;{}()]*= \{.*?\};$", re.M | re.S)


def logic_lines(text):
    return text.count(b"\n") - sum(t.group().count(b"\n") for t in TABLE.finditer(text))


def check_files(report, paths):
    lengths = []
    for path in paths:
        length = logic_lines(path.read_bytes())
        lengths.append(length)
        if length > FILE_MAX and not IS_TABLE.search(path.name):
            report.fail(path, FILE_MAX, f"{length} lines; {FILE_MAX} is the most")
    report.checked += len(lengths)
    return lengths


def check_median(report, what, lengths, limit):
    median = statistics.median(lengths)
    print(f"{what}: {len(lengths)}, median {median:g} lines, longest {max(lengths)}")
    if median >= limit:
        report.fail(ROOT / "core", 0, f"{what}: the median must be under {limit} lines")


def main():
    report = Report("functions")
    code = list(tree("applets", "core", suffixes={".c", ".h"}))
    check_median(report, "functions", check_functions(report, code), FUNCTION_MEDIAN)
    check_median(report, "files", check_files(report, code), FILE_MEDIAN)
    others = list(tree("include", "tests", suffixes={".c", ".h"}))
    check_functions(report, others)
    check_files(report, others)
    report.finish()


main()
