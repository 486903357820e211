#!/usr/bin/python3
"""Write unicode_tables.c from the Unicode data of the Python that runs this.

    gen_unicode.py            rewrite unicode_tables.c beside this script
    gen_unicode.py --check    exit 1 when it is not what would be written

What the tables say is asked of str's own methods, so that libosbox and CPython cannot differ.
"""

import pathlib
import sys
import unicodedata

VERSION = "14.0.0"  # OSB_UNICODE_VERSION of <osbox/text.h>
TABLES = pathlib.Path(__file__).with_name("unicode_tables.c")
CODE_POINTS = range(sys.maxunicode + 1)
WIDTH = 100  # .clang-format's ColumnLimit


def is_cased(c):
    """Cased, and no Case_Ignorable: before a capital sigma it makes that one final."""
    return (c + "Σ").lower().endswith("ς")


def is_ignorable(c):
    """Case_Ignorable: the search for a cased character before a sigma passes over it."""
    return ("A" + c + "Σ").lower().endswith("ς") and not is_cased(c)


def inversion_list(member):
    """The code points at which member() changes."""
    edges, inside = [], False
    for cp in CODE_POINTS:
        if member(chr(cp)) != inside:
            edges.append(cp)
            inside = not inside
    return edges


def zeros():
    """The digits of value 0, after making sure that 1 to 9 follow each and no others exist."""
    digits = {cp: unicodedata.decimal(chr(cp)) for cp in CODE_POINTS if chr(cp).isdecimal()}
    found = [cp for cp, value in digits.items() if value == 0]
    assert digits == {zero + value: value for zero in found for value in range(10)}
    return found


def lowerings():
    """(first, span, step, delta) rows for all that lower() maps to another single character."""
    rows = []
    for cp in CODE_POINTS:
        lower = chr(cp).lower()
        if len(lower) > 1:
            assert (cp, lower) == (0x130, "i\u0307"), "text_lower.c knows this one only"
        elif ord(lower) != cp:
            add_lowering(rows, cp, ord(lower) - cp)
    return rows


def add_lowering(rows, cp, delta):
    """Extend the last row by cp, or begin a new one."""
    if rows:
        first, span, step, last_delta = rows[-1]
        gap = cp - (first + span)
        if delta == last_delta and (gap == step or (span == 0 and gap <= 2)):
            rows[-1] = (first, span + gap, gap, delta)
            return
    rows.append((cp, 0, 1, delta))


def filled(items):
    """The items, with commas, in lines as wide as the house allows."""
    lines = ["   "]
    for item in items:
        if len(lines[-1]) + len(item) + 2 > WIDTH:
            lines.append("   ")
        lines[-1] += f" {item},"
    return "\n".join(lines)


def table(c_type, name, items):
    return (f"\nconst {c_type} base_unicode_{name}[] = {{\n{filled(items)}\n}};\n"
            f"const size_t base_unicode_{name}_count = {len(items)};\n")


def generated():
    assert unicodedata.unidata_version == VERSION, f"run by a Python with Unicode {VERSION}"
    sets = {"unprintable": inversion_list(lambda c: not c.isprintable()),
            "space": inversion_list(str.isspace),
            "ignorable": inversion_list(is_ignorable),
            "cased": inversion_list(is_cased),
            "zeros": zeros()}
    text = (f"/* Unicode {VERSION}, as CPython 3.11 has it. Made by gen_unicode.py: do not edit. */\n"
            '#include "unicode.h"\n\n// clang-format off\n')
    for name, code_points in sets.items():
        text += table("uint32_t", name, [f"0x{cp:X}" for cp in code_points])
    rows = [f"{{0x{first:X}, {span}, {step}, {delta}}}" for first, span, step, delta in lowerings()]
    return text + table("unicode_lowering", "lowerings", rows)


def main():
    if sys.argv[1:] == ["--check"]:
        stale = not TABLES.exists() or TABLES.read_text(encoding="utf-8") != generated()
        sys.exit(f"{TABLES} is stale: run {sys.argv[0]}" if stale else 0)
    if sys.argv[1:]:
        sys.exit(__doc__)
    TABLES.write_text(generated(), encoding="utf-8")


main()
