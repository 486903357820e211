"""iniget's output, typed values and batches against Python: json.dumps, csv, shlex, int, float,
ConfigParser's booleans, and exact fractions for sizes and durations."""

import configparser
import csv
import ctypes
import fractions
import io
import json
import random
import shlex
import sys

import osblib

RAW, JSON, JSONL, SH, CSV, LINES, INI, NUL = range(8)
SCALAR, ITEMS, TREE = range(3)
STR, INT, FLOAT, BOOL, PATH, SIZE, DURATION, LIST = range(8)


class Arena(ctypes.Structure):
    """osb_arena. Freed with the Python object."""

    _fields_ = [("fields", ctypes.c_void_p * 6)]

    def __del__(self):
        osblib.lib.osb_arena_free(ctypes.byref(self))


class Map(ctypes.Structure):
    """osb_map."""

    _fields_ = [("entries", ctypes.c_void_p), ("slots", ctypes.c_void_p),
                ("numbers", ctypes.c_uint32 * 5), ("expected", ctypes.c_size_t), ("pool", ctypes.c_void_p)]


class Record(ctypes.Structure):
    """osb_ini_record."""

    _fields_ = [("section", osblib.Bytes), ("option", osblib.Bytes),
                ("values", ctypes.POINTER(osblib.Bytes)), ("nvalues", ctypes.c_size_t),
                ("is_list", ctypes.c_bool), ("source", osblib.Bytes), ("line", ctypes.c_uint32),
                ("origins", ctypes.c_void_p)]


class Emitter(ctypes.Structure):
    """osb_ini_emitter."""

    _fields_ = [("output", ctypes.c_int), ("shape", ctypes.c_int), ("prefix", osblib.Bytes),
                ("mangle", ctypes.c_bool), ("delimiter", osblib.Bytes), ("origin", ctypes.c_bool),
                ("out", ctypes.POINTER(osblib.Buf)), ("section", osblib.Bytes),
                ("sections", ctypes.c_size_t), ("records", ctypes.c_size_t), ("shell_names", Map),
                ("arena", Arena)]


class Batch(ctypes.Structure):
    """osb_ini_batch."""

    _fields_ = [("rest", osblib.Bytes), ("line", ctypes.c_uint32)]


start = osblib.function("osb_ini_emit_start", None, ctypes.POINTER(Emitter))
begin_section = osblib.function("osb_ini_emit_section", None, ctypes.POINTER(Emitter), osblib.Bytes)
emit = osblib.function("osb_ini_emit", ctypes.c_int, ctypes.POINTER(Emitter),
                       ctypes.POINTER(Record), ctypes.POINTER(osblib.Error))
finish = osblib.function("osb_ini_emit_finish", None, ctypes.POINTER(Emitter))
convert = osblib.function("osb_ini_convert", ctypes.c_int, ctypes.c_int, osblib.Bytes, osblib.Bytes,
                          osblib.Bytes, ctypes.POINTER(osblib.Buf), ctypes.POINTER(osblib.Error))
batch_next = osblib.function(
    "osb_ini_batch_next", ctypes.c_int, ctypes.POINTER(Batch), ctypes.POINTER(Arena),
    ctypes.POINTER(osblib.Bytes), ctypes.POINTER(ctypes.c_size_t), ctypes.POINTER(ctypes.c_uint32),
    ctypes.POINTER(osblib.Error))

# -- output ----------------------------------------------------------------------------------------


def osbox_output(output, tree, delimiter=" = "):
    """A dict of dicts as the library shows it."""
    buf = osblib.Buf()
    e = Emitter(output=output, shape=TREE, delimiter=osblib.text(delimiter),
                out=ctypes.pointer(buf))
    start(ctypes.byref(e))
    for section, options in tree.items():
        begin_section(ctypes.byref(e), osblib.text(section))
        for option, value in options.items():
            one = (osblib.Bytes * 1)(osblib.text(value))
            record = Record(section=osblib.text(section), option=osblib.text(option), values=one,
                            nvalues=1)
            osblib.call(emit, ctypes.byref(e), ctypes.byref(record))
    finish(ctypes.byref(e))
    return osblib.string(buf)


def python_csv(tree):
    """The rows that the library's CSV must give; csv knows no None."""
    rows = [["section", "option", "value"]]
    return rows + [[s, o, v or ""] for s, options in tree.items() for o, v in options.items()]


def python_ini(tree):
    """RawConfigParser.write; the tree's texts are none that it changes."""
    parser = configparser.RawConfigParser(allow_no_value=True)
    parser.optionxform = str
    parser.read_dict(tree)
    out = io.StringIO()
    parser.write(out)
    return out.getvalue()


def unescape(line):
    """What a line of LINES stands for."""
    out, rest = "", line
    while rest:
        escaped = rest[0] == "\\"
        out += {"n": "\n", "r": "\r", "\\": "\\"}[rest[1]] if escaped else rest[0]
        rest = rest[2 if escaped else 1:]
    return out


def compare_output(tally, tree):
    tally.check(("json", tree), json.dumps(tree, ensure_ascii=False) + "\n",
                osbox_output(JSON, tree))
    records = [{"section": s, "option": o, "value": v}
               for s, options in tree.items() for o, v in options.items()]
    tally.check(("jsonl", tree),
                "".join(json.dumps(r, ensure_ascii=False) + "\n" for r in records),
                osbox_output(JSONL, tree))
    rows = list(csv.reader(io.StringIO(osbox_output(CSV, tree), newline=""), strict=True))
    tally.check(("csv", tree), python_csv(tree), rows)
    lines = [f"[{r['section']}] {r['option']}" + ("" if r["value"] is None else f" = {r['value']}")
             for r in records]
    tally.check(("lines", tree), lines,
                [unescape(line) for line in osbox_output(LINES, tree).split("\n")[:-1]])
    fields = [part or "" for r in records for part in r.values()]
    tally.check(("nul", tree), fields, osbox_output(NUL, tree).split("\0")[:-1])
    tally.check(("ini", tree), python_ini(tree), osbox_output(INI, tree))
    tally.check(("raw", tree), python_ini(tree), osbox_output(RAW, tree))


def random_text(rng, alphabet, most):
    return "".join(rng.choice(alphabet) for _ in range(rng.randrange(most)))


def random_tree(rng):
    value = "ab \"'\\,;\n\r\t\x0b\x1b\x7f\x85\u00e9\u2028\ufeff\U0001F600=:[]#%$"
    name = "abcAB\"\\ ,\u00e9\x01"
    return {
        random_text(rng, name, 6) + "s": {
            random_text(rng, name, 6) + "k": rng.choice((None, random_text(rng, value, 12)))
            for _ in range(rng.randrange(4))
        }
        for _ in range(rng.randrange(4))
    }


# -- typed values ----------------------------------------------------------------------------------


def osbox_value(kind, value):
    buf = osblib.Buf()
    osblib.call(convert, kind, osblib.text(value), osblib.text("/home"), osblib.text(""),
                ctypes.byref(buf))
    return osblib.string(buf)


def python_bool(value):
    if value is None:
        return "true"
    if value.lower() not in configparser.RawConfigParser.BOOLEAN_STATES:
        raise ValueError("Not a boolean: %s" % value)
    return str(configparser.RawConfigParser.BOOLEAN_STATES[value.lower()]).lower()


def python_list(value):
    parts = value.split("\n" if "\n" in value else ",")
    return "".join(part.strip() + "\0" for part in parts if part.strip())


PYTHON = {INT: lambda s: str(int(s)), FLOAT: lambda s: repr(float(s)), BOOL: python_bool,
          LIST: python_list}

CORNERS = ("", " ", "1", "-0", " 12 ", "1_0", "0x1", "1e5", "nan", "inf", "yes", "ON", "fAlse", "y",
           "\u0130", "\u0661", "a,b", "a,\nb", "\n", ",", "9" * 30, "9" * 4301, "1\0", "\u3000x\u3000")


def compare_types(tally, value):
    for kind, python in PYTHON.items():
        if kind == LIST and "\0" in value:
            continue  # refused: no element can have one
        tally.check((kind, value), osblib.attempt(python, value),
                    osblib.attempt(osbox_value, kind, value))


SIZES = {"": 1, "B": 1}
SIZES.update({p + "i" * i + "B" * b: 1000**n if b > i else 1024**n
              for n, p in enumerate("KMGTPE", 1) for i in (0, 1) for b in (0, 1)})
DURATIONS = {"us": 1, "ms": 1000, "s": 10**6, "": 10**6, "min": 6 * 10**7, "h": 36 * 10**8,
             "d": 864 * 10**8, "w": 7 * 864 * 10**8, "month": 2629800 * 10**6,
             "y": 31557600 * 10**6}


def random_number(rng):
    digits = str(rng.randrange(10**rng.randrange(1, 22)))
    return digits + rng.choice(("", "", "." + str(rng.randrange(10**rng.randrange(1, 40)))))


def checked(number):
    if number > 2**63 - 1:
        raise ValueError("too much")
    return number


def without_text(outcome):
    return outcome.kind if isinstance(outcome, osblib.Raised) else outcome


def compare_quantities(tally, rng):
    number, unit = random_number(rng), rng.choice(list(SIZES))
    written = number + rng.choice(("", " ")) + rng.choice((unit, unit.lower(), unit.upper()))
    expected = osblib.attempt(lambda: str(checked(int(fractions.Fraction(number) * SIZES[unit]))))
    tally.check(("size", written), without_text(expected),
                without_text(osblib.attempt(osbox_value, SIZE, written)))
    parts = [(random_number(rng), rng.choice(list(DURATIONS)))
             for _ in range(rng.choice((1, 1, 2, 3)))]
    written = " ".join(n + u for n, u in parts)
    total = sum(int(fractions.Fraction(n) * DURATIONS[u]) for n, u in parts)
    expected = osblib.attempt(
        lambda: f"{checked(total) // 10**6}.{total % 10**6:06}".rstrip("0").rstrip("."))
    tally.check(("duration", written), without_text(expected),
                without_text(osblib.attempt(osbox_value, DURATION, written)))


# -- batches ---------------------------------------------------------------------------------------


def osbox_words(text):
    batch, arena = Batch(rest=osblib.text(text), line=1), Arena()
    words, n, line = (osblib.Bytes * 6)(), ctypes.c_size_t(), ctypes.c_uint32()
    found = []
    while osblib.call(batch_next, ctypes.byref(batch), ctypes.byref(arena), words,
                      ctypes.byref(n), ctypes.byref(line)):
        found += [osblib.string(words[i].value()) for i in range(n.value)]
    return found


def compare_batch(tally, rng):
    """Without what shlex has no idea of: joined lines, \\$ and \\` in double quotes, $'...', and
    more than 6 words."""
    text = random_text(rng, "ab''\"\"\\ \n\t\u00e9#", 24).replace("\\\n", "\\a\n").replace("#", "a#")
    expected = osblib.attempt(shlex.split, text, False)
    made = osblib.attempt(osbox_words, text)
    if not (isinstance(made, osblib.Raised) and "at most 6" in made.message):
        tally.check(("batch", text), without_text(expected), without_text(made))


def main():
    args = osblib.arguments(__doc__)
    tally = osblib.Tally("ini_output")
    rng = random.Random(args.seed)
    for value in CORNERS:
        compare_types(tally, value)
    compare_output(tally, {})
    for _ in range(args.cases // 10):
        compare_output(tally, random_tree(rng))
        compare_types(tally, random_text(rng, "01_-+.eEinfayrust, \n\u0661\u00a0", 8))
        compare_quantities(tally, rng)
        compare_batch(tally, rng)
    return tally.close()


if __name__ == "__main__":
    sys.exit(main())
