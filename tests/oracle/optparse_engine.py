#!/usr/bin/python3
"""The option engine against optparse.OptionParser: parsing, error texts, option lists, wrapping.

Meant differences, which the Python side is made to share:
  - integers outside int64 are an "invalid integer value" (optparse reads any size);
  - a table's parser may refuse abbreviated long options (optparse always takes them).
"""

import ctypes
import optparse
import os
import random
import sys
import textwrap

import osblib

STORE, STORE_CONST, STORE_TRUE, STORE_FALSE, APPEND, COUNT, CALLBACK, HELP, VERSION = range(9)
ACTIONS = ("store store_const store_true store_false append count callback help version").split()
NOTYPE, STRING, INT, FLOAT, CHOICE = range(5)
TYPES = [None, "string", "int", "float", "choice"]
SLOT = 32  # bytes of a dest: room for three words of any type

Callback = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.c_void_p, ctypes.c_char_p, ctypes.c_void_p,
                            ctypes.POINTER(osblib.Error))


class Option(ctypes.Structure):
    """osb_option."""

    _fields_ = [("short_name", ctypes.c_char), ("long_name", ctypes.c_char_p),
                ("action", ctypes.c_int), ("type", ctypes.c_int), ("dest", ctypes.c_size_t),
                ("nargs", ctypes.c_int), ("constant", ctypes.c_int),
                ("default_text", ctypes.c_char_p), ("choices", ctypes.POINTER(ctypes.c_char_p)),
                ("metavar", ctypes.c_char_p), ("help", ctypes.c_char_p),
                ("group", ctypes.c_char_p), ("callback", Callback)]


class Parser(ctypes.Structure):
    """osb_optparse."""

    _fields_ = [("options", ctypes.POINTER(Option)), ("standard", ctypes.POINTER(Option)),
                ("abbreviate", ctypes.c_bool), ("interspersed", ctypes.c_bool)]


class Arena(ctypes.Structure):
    """osb_arena, zeroed."""

    _fields_ = [("fields", ctypes.c_void_p * 6)]


class List(ctypes.Structure):
    """osb_optlist."""

    _fields_ = [("words", ctypes.POINTER(ctypes.c_char_p)), ("n", ctypes.c_size_t)]


parse = osblib.function("osb_optparse_parse", ctypes.c_int, ctypes.POINTER(Parser),
                        ctypes.POINTER(ctypes.c_int), ctypes.POINTER(ctypes.c_char_p),
                        ctypes.c_void_p, ctypes.POINTER(Arena),
                        ctypes.POINTER(ctypes.POINTER(Option)), ctypes.POINTER(osblib.Error))
format_options = osblib.function("osb_optparse_format_options", None, ctypes.POINTER(Parser),
                                 ctypes.c_size_t, ctypes.POINTER(osblib.Buf))
fill = osblib.function("osb_optparse_fill", None, ctypes.POINTER(osblib.Buf), osblib.Bytes,
                       ctypes.c_size_t, ctypes.c_size_t)
arena_free = osblib.function("osb_arena_free", None, ctypes.POINTER(Arena))
error_set = osblib.function("osb_error_set", ctypes.c_int, ctypes.POINTER(osblib.Error),
                            ctypes.c_int, ctypes.c_char_p)
VALUEERROR = next(k for k in range(100) if osblib.error_name(k) == b"ValueError")
TYPEERROR = next(k for k in range(100) if osblib.error_name(k) == b"TypeError")


# -- random tables -------------------------------------------------------------------------------

LONG = ("format form for max-size max-sizes raw r all zz1 zz2 no-interpolation a-b-c x_y verbose "
        "very-long-option-name-that-fills-the-line v default").split()
SHORT = "abcfnrvxzFZ19"
METAVARS = [None, None, None, "N", "FILE", "KEY=VALUE", "é", "A VERY LONG METAVAR INDEED"]
WORDS = ("the a value of-the file, goof-ball -- use the -b option! pre--post em--dash 'x'--y "
         "well-known a-b-c x-y-z --long-option=VALUE word/word-word self-contained: "
         "0-based 10-bit UTF-8 e-mail non-ASCII-é-ß 漢字-漢字 naïve--né “quoted” “a”--b — … "
         "%default (%default) supercalifragilisticexpialidocious-and-some-more---hyphens-here "
         "verylongwordwithoutanyhyphenatallwhichmustbecutsomewhere ----------------------------- "
         "-a- -ab-cd a-b-cd e-f-g-hi 1-b-cd a.b-c,d ab-12-cd _a-_b x\u00a0y I.e. E.g.--so end.").split(" ")
BLANKS = [" "] * 12 + ["  ", "\t", "\n", " \t ", "\r\n", "\x0b", "          "]


def sentence(rng, most):
    """Random words, the first never blank."""
    text = rng.choice(WORDS)
    for _ in range(rng.randrange(most)):
        text += rng.choice(BLANKS) + rng.choice(WORDS)
    return text


def names(rng, used):
    """A short name, a long name or both, not used before."""
    short = rng.choice(SHORT) if rng.random() < 0.6 else None
    long = rng.choice(LONG) if short is None or rng.random() < 0.6 else None
    if short in used or long in used:
        return None
    used.update({short, long} - {None})
    return short, long


def random_spec(rng, used, specs):
    """One option as a dict of optparse's words, or None."""
    pair = names(rng, used)
    if not pair:
        return None
    action = rng.choice([STORE] * 6 + [APPEND] * 3 + [CALLBACK] * 2 + list(range(9)))
    kind = NOTYPE
    if action in (STORE, APPEND, CALLBACK):
        kind = rng.choice([NOTYPE, STRING, STRING, INT, INT, FLOAT, CHOICE])
    choices = rng.choice([["r", "g"], ["json", "jsonl", "it's", "é"]]) if kind == CHOICE else None
    if kind == CHOICE and action != CALLBACK and rng.random() < 0.2:
        kind = NOTYPE  # choices alone imply the type
    spec = dict(short=pair[0], long=pair[1], action=action, type=kind, choices=choices, slot=len(specs),
                nargs=rng.choice([1, 1, 1, 2, 3]) if action in (STORE, APPEND, CALLBACK) else 1,
                const=rng.randrange(9), metavar=rng.choice(METAVARS),
                help=rng.choice([None, "", "x", sentence(rng, 30), sentence(rng, 8)]),
                group=rng.choice([None, None, "Output", "Not so often used ones"]))
    alike = [s for s in specs if all(s[k] == spec[k] for k in ("action", "type", "choices", "nargs"))]
    if alike and action in (STORE, STORE_CONST, STORE_TRUE, COUNT, APPEND) and rng.random() < 0.5:
        spec["slot"] = rng.choice(alike)["slot"]
    return spec


def random_specs(rng):
    used, specs = set(), []
    for _ in range(rng.randrange(9)):
        spec = random_spec(rng, used, specs)
        if spec:
            specs.append(spec)
    return specs


def effective_type(spec):
    if spec["action"] in (STORE, APPEND) and spec["type"] == NOTYPE:
        return CHOICE if spec["choices"] else STRING
    return spec["type"]


DEFAULTS = {STRING: None, INT: 7, FLOAT: 1.5}


def default(spec):
    """The default that both sides begin with."""
    if spec["action"] == STORE:
        kind = effective_type(spec)
        one = spec["choices"][0] if kind == CHOICE else DEFAULTS[kind]
        return one if spec["nargs"] == 1 else (one,) * spec["nargs"]
    return {STORE_CONST: 4, STORE_TRUE: False, STORE_FALSE: True, COUNT: 0}.get(spec["action"])


# -- Python's side -------------------------------------------------------------------------------

class Stop(Exception):
    """--help or --version was met."""


class Refused(Exception):
    """parser.error() was called."""


def check_int(option, opt, value):
    number = optparse.check_builtin(option, opt, value)
    if not -2**63 <= number < 2**63:
        raise optparse.OptionValueError(f"option {opt}: invalid integer value: {value!r}")
    return number


class PythonOption(optparse.Option):
    TYPE_CHECKER = dict(optparse.Option.TYPE_CHECKER, int=check_int)

    def take_action(self, action, dest, opt, value, values, parser):
        if action in ("help", "version"):
            raise Stop(parser.specs_of[self])
        super().take_action(action, dest, opt, value, values, parser)


class PythonParser(optparse.OptionParser):
    abbreviate = True

    def error(self, msg):
        raise Refused(msg)

    def _match_long_opt(self, opt):
        if not self.abbreviate and opt not in self._long_opt:
            raise optparse.BadOptionError(opt)
        return super()._match_long_opt(opt)


def python_callback(option, opt, value, parser, spec):
    for word in value if isinstance(value, tuple) else (value,):
        if word == "refuse":
            raise optparse.OptionValueError(f"option {opt}: refused 'x'")
        if word == "type":
            raise TypeError("wrong type")
    raw = parser.raw_words
    words = [None] if value is None else raw[-spec["nargs"]:]
    parser.called.extend((spec["slot"], word) for word in words)


def python_option(parser, spec):
    opts = (["-" + spec["short"]] if spec["short"] else []) + \
           (["--" + spec["long"]] if spec["long"] else [])
    attrs = {"action": ACTIONS[spec["action"]]}
    attrs["help"] = optparse.SUPPRESS_HELP if spec["help"] is None else spec["help"]
    attrs["metavar"] = spec["metavar"]
    if spec["type"] != NOTYPE:
        attrs["type"] = TYPES[spec["type"]]
    if spec["choices"]:
        attrs["choices"] = spec["choices"]
    if spec["action"] in (STORE, APPEND, CALLBACK):
        attrs["nargs"] = spec["nargs"]
    if spec["action"] in (STORE, STORE_CONST, STORE_TRUE, STORE_FALSE, APPEND, COUNT):
        attrs["default"] = default(spec)
    if spec["action"] == STORE_CONST:
        attrs["const"] = spec["const"]
    if spec["action"] == CALLBACK:
        attrs["callback"] = python_callback
        attrs["callback_args"] = (spec,)
    option = PythonOption(*opts, **attrs)
    if option.dest is not None:
        # What help shows comes from the names; where it is stored from the slot.
        if option.takes_value():
            option.metavar = spec["metavar"] or option.dest.upper()
        option.dest = f"d{spec['slot']}"
    parser.specs_of[option] = parser.specs.index(spec)
    return option


def python_parser(specs, width, abbreviate, interspersed):
    parser = PythonParser(add_help_option=False, prog="x",
                          formatter=optparse.IndentedHelpFormatter(width=width))
    parser.specs, parser.specs_of, groups = specs, {}, {}
    for spec in specs:
        where = parser
        if spec["group"]:
            if spec["group"] not in groups:
                groups[spec["group"]] = parser.add_option_group(spec["group"])
            where = groups[spec["group"]]
        where.add_option(python_option(parser, spec))
    parser.abbreviate, parser.allow_interspersed_args = abbreviate, interspersed
    return parser


class Words(list):
    """rargs that remembers the words options took, for what callbacks are given."""

    def __init__(self, words, taken):
        super().__init__(words)
        self.taken = taken

    def pop(self, *at):
        word = super().pop(*at)
        self.taken.append(word)
        return word

    def __getitem__(self, at):
        got = super().__getitem__(at)
        if isinstance(at, slice):
            self.taken.extend(got)
        return got


def python_parse(parser, argv):
    parser.called, parser.raw_words = [], []
    rargs, largs = Words(argv, parser.raw_words), []
    values = parser.get_default_values()
    parser.rargs, parser.largs, parser.values = rargs, largs, values
    try:
        parser._process_args(largs, rargs, values)
    except Stop as stop:
        return "stop", stop.args[0]
    except Refused as e:
        return "error", "OptionValueError", str(e)
    except (optparse.OptParseError, TypeError) as e:
        return "error", type(e).__name__, str(e)
    return "ok", dict(values.__dict__), largs + list(rargs), parser.called


# -- osbox's side --------------------------------------------------------------------------------

def raw(s):
    return None if s is None else os.fsencode(s)


class Table:
    """Specs as an osb_optparse; the first `standard` of them in the standard table."""

    def __init__(self, specs, standard, abbreviate, interspersed):
        self.specs, self.called, self.keep = specs, [], []
        self.standard = self.table(specs[:standard])
        self.options = self.table(specs[standard:])
        self.parser = Parser(self.options, self.standard, abbreviate, interspersed)
        if not standard and len(specs) % 2:
            self.parser.standard = None

    def table(self, specs):
        rows = [self.option(spec) for spec in specs] + [Option()]
        return (Option * len(rows))(*rows)

    def option(self, spec):
        row = Option(raw(spec["short"]) or b"\0", raw(spec["long"]), spec["action"], spec["type"],
                     spec["slot"] * SLOT, spec["nargs"] if spec["nargs"] > 1 else 0, spec["const"])
        shown = default(spec)
        row.default_text = None if shown is None else raw(str(shown))
        if spec["choices"]:
            words = [raw(c) for c in spec["choices"]] + [None]
            row.choices = (ctypes.c_char_p * len(words))(*words)
        row.metavar, row.help, row.group = (raw(spec[k]) for k in ("metavar", "help", "group"))
        row.callback = Callback(lambda _o, value, _r, error: self.call(spec, value, error))
        self.keep.append(row)
        return row

    def call(self, spec, value, error):
        if value == b"refuse":
            return error_set(error, VALUEERROR, b"refused 'x'")
        if value == b"type":
            return error_set(error, TYPEERROR, b"wrong type")
        self.called.append((spec["slot"], None if value is None else os.fsdecode(value)))
        return 0

    def index(self, option):
        """Which spec a *stop points at."""
        address = ctypes.addressof(option.contents)
        for table, first in ((self.standard, 0), (self.options, len(self.standard) - 1)):
            at = address - ctypes.addressof(table)
            if 0 <= at < ctypes.sizeof(table):
                return first + at // ctypes.sizeof(Option)
        raise AssertionError("stop is none of the options")


CTYPES = {STRING: ctypes.c_char_p, INT: ctypes.c_int64, FLOAT: ctypes.c_double, CHOICE: ctypes.c_int}
FLAGS = {STORE_CONST: ctypes.c_int, STORE_TRUE: ctypes.c_bool, STORE_FALSE: ctypes.c_bool,
         COUNT: ctypes.c_int}


def set_default(spec, memory):
    """Put the default into the result struct."""
    value, at = default(spec), spec["slot"] * SLOT
    if spec["action"] in FLAGS:
        FLAGS[spec["action"]].from_buffer(memory, at).value = value
    elif spec["action"] == STORE and effective_type(spec) in (INT, FLOAT):
        kind = CTYPES[effective_type(spec)]
        one = value if spec["nargs"] == 1 else value[0]
        (kind * spec["nargs"]).from_buffer(memory, at)[:] = [one] * spec["nargs"]


def decoded(spec, value):
    if isinstance(value, bytes):
        return os.fsdecode(value)
    return spec["choices"][value] if effective_type(spec) == CHOICE else value


NUMBERS = {INT: lambda s: optparse._parse_int(s), FLOAT: float}


def osbox_value(spec, memory):
    """What the result struct holds, in Python's terms."""
    at = spec["slot"] * SLOT
    if spec["action"] in FLAGS:
        return FLAGS[spec["action"]].from_buffer(memory, at).value
    if spec["action"] == STORE:
        words = (CTYPES[effective_type(spec)] * spec["nargs"]).from_buffer(memory, at)
        values = tuple(decoded(spec, word) for word in words)
    elif spec["action"] == APPEND:
        words = List.from_buffer(memory, at)
        convert = NUMBERS.get(effective_type(spec), lambda s: s)
        flat = [convert(os.fsdecode(words.words[i])) for i in range(words.n)]
        n = spec["nargs"]
        pieces = [tuple(flat[i:i + n]) for i in range(0, len(flat), n)]
        return None if not flat else [p[0] for p in pieces] if n == 1 else pieces
    else:
        return None  # a callback stores nothing
    return values[0] if spec["nargs"] == 1 else values


def osbox_parse(table, argv):
    memory = bytearray(SLOT * (len(table.specs) + 1))
    for spec in table.specs:
        set_default(spec, memory)
    block = (ctypes.c_char * len(memory)).from_buffer(memory)
    words = [b"x"] + [raw(word) for word in argv]
    argc, array = ctypes.c_int(len(words)), (ctypes.c_char_p * (len(words) + 1))(*words)
    stop, arena, error = ctypes.POINTER(Option)(), Arena(), osblib.Error()
    table.called = []
    result = parse(table.parser, argc, array, block, arena, stop, error)
    if result == -1:
        outcome = ("error", *osblib.error_of(error))
    elif stop:
        outcome = "stop", table.index(stop)
    else:
        values = {f"d{s['slot']}": osbox_value(s, memory) for s in table.specs
                  if s["action"] not in (HELP, VERSION) and
                  (s["action"] != CALLBACK or effective_type(s) != NOTYPE)}
        left = [os.fsdecode(word) for word in array[1:argc.value]]
        outcome = "ok", values, left, table.called
    arena_free(arena)
    return outcome


# -- the cases -----------------------------------------------------------------------------------

VALUES = ("1 0 -1 010 08 0x1f -0x10 0b101 0b 0b0b1 0o17 1_000 0_7 9223372036854775807 0xz 0X1F "
          "-9223372036854775808 9223372036854775808 99999999999999999999 ٣ 0٣ +5 1.5 1e3 nan inf "
          "-inf 1_0.5 .5 x r g json jsonl it's é refuse type a=b = \udcff\udcfe caf\udce9 \ud7ff'\" "
          "'\" \\ \x1b[m \u00a0 0x 0b- 0b-1 00 0_ 07_7").split(" ") + ["", " 5 ", "a b", "\n", "-"]


NOISE = VALUES + ["--", "-", "-q", "--nothing", "-é", "-\udcff", "--\udcff=1", "---", "--=", "--=x",
                  "-=", "-5", "-a-", "--é", "--format=", "--fo"]
GOOD = {STRING: VALUES, INT: ["1", "010", "0x1f", "-0", "0b11"], FLOAT: ["1.5", "-1e9", "inf", "3"]}


def random_value(rng, spec):
    """Mostly one that the option takes."""
    if rng.random() < 0.15 or not spec["nargs"]:
        return rng.choice(VALUES)
    return rng.choice(spec["choices"] or GOOD.get(effective_type(spec), VALUES))


def random_option(rng, spec, specs):
    """An option in some spelling, with the words it takes, more or less."""
    takes = effective_type(spec) != NOTYPE
    values = [random_value(rng, spec) for _ in range(spec["nargs"] if takes else 0)]
    attached = bool(values) if rng.random() < 0.5 else rng.random() < 0.1
    if spec["long"] and (not spec["short"] or rng.random() < 0.5):
        name = spec["long"]
        if rng.random() < 0.3:
            name = name[:rng.randrange(len(name) + 1)]
        word = "--" + name + ("=" if attached else "")
    else:
        flags = [s["short"] for s in specs if s["short"] and effective_type(s) == NOTYPE]
        word = "-" + "".join(rng.choice(flags) for _ in range(rng.randrange(3)) if flags)
        word += spec["short"]
    if attached:
        word += values.pop(0) if values else rng.choice(VALUES)
    return [word] + (values if rng.random() < 0.95 else values[:-1])


def random_argv(rng, specs):
    argv = []
    for _ in range(rng.randrange(6)):
        if specs and rng.random() < 0.8:
            argv += random_option(rng, rng.choice(specs), specs)
        else:
            argv.append(rng.choice(NOISE))
    return argv


def check_table(rng, tally, specs, argvs):
    abbreviate, interspersed = rng.random() < 0.6, rng.random() < 0.8
    width = rng.choice([0, 1, 10, 22, 24, 25, 30, 40, 60, 78, 78, 78, 120, 500])
    python = python_parser(specs, width, abbreviate, interspersed)
    table = Table(specs, rng.randrange(len(specs) + 1) if specs else 0, abbreviate, interspersed)
    if all(spec["help"] is None or spec["help"] == "" or spec["help"].strip() for spec in specs):
        tally.check(("help", specs, width), python.format_option_help(),
                    osblib.appended(lambda b: format_options(table.parser, width, b)))
    for argv in argvs:
        # by repr, so that nan is itself
        tally.check((argv, specs, abbreviate, interspersed), repr(python_parse(python, argv)),
                    repr(osbox_parse(table, argv)))


def check_fill(rng, tally):
    indent = rng.choice([0, 0, 2, 4])
    width = indent + rng.choice([1, 2, 5, 11, 20, 40, 78])  # below the indent textwrap may not end
    paragraphs = [rng.choice(["", "  ", "\t"]) + sentence(rng, 40).replace("\n", " ")
                  for _ in range(rng.randrange(1, 4))]
    blank = " " * indent
    python = "\n".join(textwrap.fill(p, width, initial_indent=blank, subsequent_indent=blank) + "\n"
                       for p in paragraphs)
    osbox = osblib.appended(fill, osblib.text("\n\n".join(paragraphs)), width, indent)
    tally.check(("fill", paragraphs, width, indent), python, osbox)


def corners():
    """Every value for every type, in each way of giving it; every spelling of every name."""
    base = dict(action=STORE, choices=None, nargs=1, const=0, metavar=None, help="x", group=None)
    specs = [dict(base, short=s, long=n, type=t, slot=i, nargs=c, choices=["r", "g"] if t == CHOICE else None)
             for i, (s, n, t, c) in enumerate([("s", "string", STRING, 1), ("i", "int", INT, 1),
                                               ("f", "float", FLOAT, 1), ("c", "choice", CHOICE, 1),
                                               ("p", "point", INT, 2), ("t", "triple", STRING, 3)])]
    specs.append(dict(base, short="v", long="verbose", type=NOTYPE, action=COUNT, slot=6))
    argvs = [[], ["--"], ["-"], ["--", "-s", "--"], ["-s", "--", "--", "-s"], ["-vvs"], ["-vvsv"]]
    for spec in specs:
        short, long = "-" + spec["short"], "--" + spec["long"]
        for value in VALUES:
            argvs += [[short, value], [short + value], [long, value], [f"{long}={value}"],
                      [short, value, value], [f"{long}={value}", value, value, value]]
        argvs += [[long[:n]] for n in range(2, len(long))] + [[short], [long], [short, "1"]]
    return specs, argvs


def main():
    args = osblib.arguments(__doc__)
    tally = osblib.Tally("optparse_engine")
    rng = random.Random(args.seed)
    for _ in range(4):
        check_table(rng, tally, *corners())
    while tally.cases < args.cases:
        specs = random_specs(rng)
        argvs = [random_argv(rng, specs) for _ in range(12)]
        check_table(rng, tally, specs, argvs)
        for _ in range(3):
            check_fill(rng, tally)
    return tally.close()


if __name__ == "__main__":
    sys.exit(main())
