"""errno_table: number, name, text and OSError subclass against python3's errno and os.strerror, and
every machine's numbers against the kernel headers that are installed (linux-libc-dev-*-cross)."""

import ctypes
import errno
import os
import random
import re
import subprocess
import sys

import osblib


class Entry(ctypes.Structure):
    _fields_ = [("number", ctypes.c_uint16), ("symbol", ctypes.c_uint16)]


EntryPtr = ctypes.POINTER(Entry)
table_name = osblib.function("osb_errno_table_name", ctypes.c_char_p, ctypes.c_int)
entries = osblib.function("osb_errno_entries", EntryPtr, ctypes.c_int,
                          ctypes.POINTER(ctypes.c_size_t))
by_number = osblib.function("osb_errno_by_number", EntryPtr, ctypes.c_int, ctypes.c_int)
by_name = osblib.function("osb_errno_by_name", EntryPtr, ctypes.c_int, osblib.Bytes)
name_of = osblib.function("osb_errno_name", ctypes.c_char_p, EntryPtr)
text_of = osblib.function("osb_errno_text", ctypes.c_char_p, EntryPtr)
kind_of = osblib.function("osb_errno_kind", ctypes.c_int, ctypes.c_int, EntryPtr)
strerror = osblib.function("osb_errno_strerror", None, ctypes.POINTER(osblib.Buf), ctypes.c_int)

HOST = 0

# Names that the kernel's headers have and Python 3.11's errno module has not: meant.
BEYOND_PYTHON = {"EHWPOISON"}

# The multiarch directories of the tables that have headers of their own.
HEADERS = {
    "linux-generic": "aarch64-linux-gnu",
    "linux-mips": "mips-linux-gnu",
    "linux-alpha": "alpha-linux-gnu",
    "linux-parisc": "hppa-linux-gnu",
    "linux-sparc": "sparc64-linux-gnu",
    "linux-powerpc": "powerpc-linux-gnu",
}


def listed(table):
    """{name: number} of a table, and its entries."""
    n = ctypes.c_size_t()
    first = entries(table, ctypes.byref(n))
    found = [ctypes.pointer(first[i]) for i in range(n.value)]
    return {name_of(e).decode(): e.contents.number for e in found}, found


def check_python(tally):
    numbers, found = listed(HOST)
    python = {n: getattr(errno, n) for n in dir(errno) if n.startswith("E")}
    tally.check("names", python, {n: v for n, v in numbers.items() if n not in BEYOND_PYTHON})
    for entry in found:
        name, number = name_of(entry).decode(), entry.contents.number
        tally.check(("text", name), os.strerror(number), text_of(entry).decode())
        kind = osblib.error_name(kind_of(HOST, entry)).decode()
        tally.check(("subclass", name), type(OSError(number, "")).__name__, kind)
        found_again = by_name(HOST, osblib.text(name.lower()))
        tally.check(("by_name", name), number, found_again.contents.number)


def check_number(tally, number):
    tally.check(("strerror", number), os.strerror(number), osblib.appended(strerror, number))
    entry = by_number(HOST, number)
    name = name_of(entry).decode() if entry else None
    if name not in BEYOND_PYTHON:
        tally.check(("errorcode", number), errno.errorcode.get(number), name)


def header_numbers(directory):
    """{name: number} of a machine's <asm/errno.h>; ENOTSUP as glibc adds it."""
    macros = subprocess.run(
        ["gcc", "-nostdinc", "-I", directory, "-dM", "-E", "-include", "asm/errno.h", "-x", "c",
         "/dev/null"], capture_output=True, text=True, check=True).stdout
    values = dict(re.findall(r"#define (E[A-Z0-9]+) (\w+)", macros))
    numbers = {}
    for name, value in values.items():
        while not value.isdigit():
            value = values[value]
        numbers[name] = int(value)
    numbers.setdefault("ENOTSUP", numbers["EOPNOTSUPP"])
    return numbers


def check_headers(tally):
    table = 0
    while name := table_name(table):
        directory = f"{os.environ.get('SYSROOT', '')}/usr/{HEADERS[name.decode()]}/include"
        if os.path.exists(f"{directory}/asm/errno.h"):
            tally.check((name.decode(), "headers"), header_numbers(directory), listed(table)[0])
        else:
            print(f"errno_table: {directory} is not installed, {name.decode()} not compared")
        table += 1


def main():
    args = osblib.arguments(__doc__, cases=2000)
    rng = random.Random(args.seed)
    tally = osblib.Tally("errno_table")
    check_python(tally)
    check_headers(tally)
    for number in range(-20, 1300):
        check_number(tally, number)
    for _ in range(args.cases):
        check_number(tally, rng.randint(-2**31, 2**31 - 1))
    return tally.close()


sys.exit(main())
