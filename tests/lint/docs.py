#!/usr/bin/python3
"""The pages are there, their links lead somewhere, and nothing names the machine it was written on."""

import re
import urllib.parse

from lib.report import ROOT, Report, tree

# Folders of core/ that no user of the library meets as a module.
WITHOUT_PAGE = {"base", "applet", "main"}

FENCE = re.compile(r"^\s*(```|~~~)")
LINK = re.compile(r"(?<!\\)\[(?:[^\]\\`]|\\.|`[^`]*`)*\]\(\s*<?([^)\s>]+)[^)]*\)|^\[[^\]]+\]:\s*(\S+)")
HEADING = re.compile(r"^#+\s+(.*?)\s*#*$")

# Paths that exist on one machine only, and hosts that packages are fetched from: both belong to the
# reader's own settings.
MACHINE = re.compile(
    rb"(?<![\w.])/work/|/tmp/tmp\.|\b(?:deb|security|archive)\.debian\.org\b|\barchive\.ubuntu\.com\b"
    rb"|\bdl-cdn\.alpinelinux\.org\b|\bpypi\.org\b|\bfiles\.pythonhosted\.org\b|\bregistry[-\w]*\.[a-z]"
    rb"|\bproxy\.golang\.org\b|\bcrates\.io\b|\bghcr\.io\b|\bquay\.io\b|\bdocker\.io\b")


def check_page(report, path, page):
    report.checked += 1
    if not (ROOT / page).exists():
        report.fail(path, 1, f"{page} is missing")


def check_pages(report):
    for source in sorted((ROOT / "applets").glob("*.c")):
        check_page(report, source, f"docs/{source.stem}.md")
        report.checked += 1
        if not list((ROOT / "tests/cli").glob(f"{source.stem}*.bats")):
            report.fail(source, 1, f"tests/cli/{source.stem}.bats is missing")
    for folder in sorted((ROOT / "core").iterdir()):
        header = ROOT / f"include/osbox/{folder.name}.h"
        if folder.name not in WITHOUT_PAGE and header.exists():
            check_page(report, header, f"docs/{folder.name}.md")


def prose(path):
    """(number, line) outside fenced and indented code."""
    fenced = False
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if FENCE.match(line):
            fenced = not fenced
        elif not fenced and not line.startswith(("    ", "\t")):
            yield number, line


def anchors(path):
    """The #names of a page's headings, as GitHub makes them."""
    names = []
    for _, line in prose(path):
        found = HEADING.match(line)
        if found:
            plain = re.sub(r"[^\w\- ]", "", found[1].lower()).replace(" ", "-")
            names.append(f"{plain}-{names.count(plain)}" if plain in names else plain)
    return names


def judge_link(path, link):
    if re.match(r"[a-z]+:", link):
        return None
    place, _, anchor = urllib.parse.unquote(link).partition("#")
    target = (path.parent / place) if place else path
    if not target.exists():
        return f"{link}: leads nowhere"
    if anchor and target.suffix == ".md" and anchor not in anchors(target):
        return f"{link}: no such heading"
    return None


def check_links(report, path):
    for number, line in prose(path):
        for found in LINK.finditer(line):
            report.checked += 1
            wrong = judge_link(path, found[1] or found[2])
            if wrong:
                report.fail(path, number, wrong)


def check_machine(report, path):
    report.checked += 1
    for number, line in enumerate(path.read_bytes().split(b"\n"), 1):
        found = MACHINE.search(line)
        here = str(ROOT).encode()
        if found or (here in line and len(here) > 5):
            what = found[0] if found else here
            report.fail(path, number, f"names a machine: {what.decode('latin-1')}")


def main():
    report = Report("docs")
    check_pages(report)
    for path in tree():
        if path.suffix == ".md":
            check_links(report, path)
        if path.name != "docs.py":
            check_machine(report, path)
    report.finish()


main()
