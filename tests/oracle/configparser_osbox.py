"""osbox's side of the configparser oracle: the same operations done by libosbox through ctypes.

Structs mirror include/osbox/configparser.h. Results come as the same plain values that PythonSide
gives, errors as osblib.OsbError.
"""

import ctypes
import os
import re

import osblib
from configparser_python import CONVERTERS, HOOKS, OPTIONXFORMS
from osblib import Buf, Bytes, string, text

P, SIZE, BOOL, INT = ctypes.c_void_p, ctypes.c_size_t, ctypes.c_bool, ctypes.c_int


class Strings(ctypes.Structure):
    _fields_ = [("items", P), ("n", SIZE)]


class Item(ctypes.Structure):
    _fields_ = [("key", Bytes), ("value", Bytes)]


class Items(ctypes.Structure):
    _fields_ = [("items", P), ("n", SIZE)]


class DictSection(ctypes.Structure):
    _fields_ = [("name", Bytes), ("options", Items)]


class Section(ctypes.Structure):
    _fields_ = [("cp", P), ("name", Bytes)]


class GetOpts(ctypes.Structure):
    _fields_ = [("raw", BOOL), ("vars", Items), ("fallback", P)]


class Arena(ctypes.Structure):
    _fields_ = [("fields", P * 5), ("next_size", SIZE)]


BeforeGet = ctypes.CFUNCTYPE(INT, P, P, Bytes, Bytes, Bytes, P, P, ctypes.POINTER(BOOL), P)
Before = ctypes.CFUNCTYPE(INT, P, P, Bytes, Bytes, Bytes, P, ctypes.POINTER(BOOL), P)
Convert = ctypes.CFUNCTYPE(INT, P, Bytes, ctypes.POINTER(ctypes.c_int64), P)
OptionXform = ctypes.CFUNCTYPE(INT, P, Bytes, P, P)


class Interpolation(ctypes.Structure):
    _fields_ = [("before_get", BeforeGet), ("before_set", Before), ("before_read", Before),
                ("before_write", Before), ("ctx", P)]


class Converter(ctypes.Structure):
    _fields_ = [("name", ctypes.c_char_p), ("convert", Convert), ("ctx", P)]


class Opts(ctypes.Structure):
    _fields_ = [("defaults", Items), ("dict_type", INT), ("allow_no_value", BOOL), ("delimiters", Strings),
                ("comment_prefixes", Strings), ("inline_comment_prefixes", Strings), ("strict", BOOL),
                ("empty_lines_in_values", BOOL), ("default_section", Bytes), ("interpolation", P),
                ("converters", P), ("nconverters", SIZE), ("optionxform", OptionXform),
                ("optionxform_ctx", P), ("interpolation_max", SIZE), ("raw_parser", BOOL),
                ("only_section", Bytes)]


class Grammar(ctypes.Structure):
    _fields_ = [("delimiters", Strings), ("comment_prefixes", Strings), ("inline_comment_prefixes", Strings),
                ("allow_no_value", BOOL), ("empty_lines_in_values", BOOL), ("universal_newlines", BOOL),
                ("flat", BOOL), ("joins", P), ("comments_in_joined", BOOL), ("headerless", BOOL)]


class Line(ctypes.Structure):
    _fields_ = [("kind", INT), ("empty_key", BOOL), ("has_value", BOOL), ("number", ctypes.c_uint32),
                ("indent", ctypes.c_uint32), ("whole", Bytes), ("newline", SIZE), ("name", Bytes),
                ("value", Bytes)]


LINE_KINDS = ["blank", "comment", "header", "option", "continuation", "headless", "error"]


# -- calls -----------------------------------------------------------------------------------------

error = osblib.Error()  # of the last call; one for all of them
error_free = osblib.function("osb_error_free", None, P)
buf_add = osblib.function("osb_buf_add", None, P, Bytes)
error_set = osblib.function("osb_error_set", INT, P, INT, ctypes.c_char_p, ctypes.c_char_p)
lookup_get = osblib.function("osb_lookup_get", BOOL, P, Bytes, ctypes.POINTER(Bytes))
arena_free = osblib.function("osb_arena_free", None, P)
KINDS = re.findall(r'X\(\w+, "(\w+)"', (osblib.TREE / "include/osbox/error.h").read_text())
KINDS = {name: kind for kind, name in enumerate(KINDS, 1)}


def fallible(name, *argtypes):
    """A function that returns 0 or -1 and takes an error last: raises OsbError."""
    f = osblib.function(name, INT, *argtypes, P)

    def call(*args):
        if f(*args, ctypes.byref(error)) == -1:
            kind, message = osblib.error_of(error)
            error_free(ctypes.byref(error))
            raise osblib.OsbError(kind, message, None)
    return call


def parser_function(name, *argtypes):
    return fallible("osb_configparser_" + name, P, *argtypes)


def section_function(name, *argtypes):
    return fallible("osb_section_" + name, ctypes.POINTER(Section), *argtypes)


new = fallible("osb_configparser_new", P, ctypes.POINTER(P))
new_on = fallible("osb_configparser_new_on", P, P, SIZE, ctypes.POINTER(P))
new_safe = fallible("osb_safeconfigparser_new", P, ctypes.POINTER(P))
free = osblib.function("osb_configparser_free", None, P)
READ = parser_function("read", P, SIZE, Bytes, P)
READ_FILE = parser_function("read_file", INT, Bytes)
READFP = parser_function("readfp", INT, Bytes)
READ_LINES = parser_function("read_lines", P, SIZE, Bytes)
READ_STRING = parser_function("read_string", Bytes, Bytes)
READ_TEXT = parser_function("read_text", Bytes, Bytes)
READ_DICT = parser_function("read_dict", P, SIZE, Bytes)
SECTIONS = parser_function("sections", P)
ADD_SECTION = parser_function("add_section", Bytes)
HAS_SECTION = osblib.function("osb_configparser_has_section", BOOL, P, Bytes)
REMOVE_SECTION = osblib.function("osb_configparser_remove_section", BOOL, P, Bytes)
OPTIONS = parser_function("options", Bytes, P)
DEFAULTS = parser_function("get_defaults", P)
HAS_OPTION = parser_function("has_option", Bytes, Bytes, P)
GET = parser_function("get", Bytes, Bytes, P, P)
TYPED = {kind: (parser_function("get" + kind, Bytes, Bytes, P, P, P),
                section_function("get" + kind, Bytes, P, P, P, P), ctype)
         for kind, ctype in (("int", ctypes.c_int64), ("float", ctypes.c_double), ("boolean", BOOL))}
GETCONV = parser_function("getconv", ctypes.c_char_p, Bytes, Bytes, P, P, P)
ITEMS = parser_function("items", Bytes, BOOL, Items, P)
SET = parser_function("set", Bytes, Bytes, Bytes)
REMOVE_OPTION = parser_function("remove_option", Bytes, Bytes, P)
GETITEM = parser_function("getitem", Bytes, P)
SETITEM = parser_function("setitem", Bytes, Items)
DELITEM = parser_function("delitem", Bytes)
CONTAINS = osblib.function("osb_configparser_contains", BOOL, P, Bytes)
LEN = osblib.function("osb_configparser_len", SIZE, P)
KEYS = parser_function("keys", P)
POP = parser_function("pop", Bytes, BOOL, P, P, P)
POPITEM = parser_function("popitem", P, P, P)
CLEAR = osblib.function("osb_configparser_clear", None, P)
UPDATE = parser_function("update", P, SIZE)
SETDEFAULT = parser_function("setdefault", Bytes, Items, P)
S_GETITEM = section_function("getitem", Bytes, P)
S_SETITEM = section_function("setitem", Bytes, Bytes)
S_DELITEM = section_function("delitem", Bytes)
S_CONTAINS = section_function("contains", Bytes, P)
S_LEN = section_function("len", P)
S_KEYS = section_function("keys", P)
S_GET = section_function("get", Bytes, P, P)
S_POP = section_function("pop", Bytes, P, P, P)
S_POPITEM = section_function("popitem", P, P, P)
S_CLEAR = section_function("clear")
S_UPDATE = section_function("update", Items)
S_SETDEFAULT = section_function("setdefault", Bytes, Bytes, P)
WRITE = parser_function("write", P, BOOL)
SCAN_START = osblib.function("osb_ini_scan_start", None, P, P)
SCAN_FEED = osblib.function("osb_ini_scan_feed", None, P, Bytes)
SCAN_NEXT = osblib.function("osb_ini_scan_next", BOOL, P, P)
SCAN_DROP = osblib.function("osb_ini_scan_drop_option", None, P)


# -- values across the border ----------------------------------------------------------------------


def strings_of(found):
    return [string(s) for s in (Bytes * found.n).from_address(found.items)] if found.n else []


def items_of(found):
    if not found.n:
        return []
    return [(string(item.key), string(item.value)) for item in (Item * found.n).from_address(found.items)]


class Keeper:
    """Arrays for the library; they live as long as the keeper."""

    def __init__(self):
        self.kept = []

    def keep(self, thing):
        self.kept.append(thing)
        return thing

    def array(self, kind, members):
        return self.keep((kind * len(members))(*members))

    def strings(self, members):
        return Strings(ctypes.addressof(self.array(Bytes, [self.keep(text(m)) for m in members])), len(members))

    def items(self, pairs):
        found = [Item(self.keep(text(k)), self.keep(text(v))) for k, v in pairs]
        return Items(ctypes.addressof(self.array(Item, found)), len(found))

    def dictionary(self, sections):
        found = [DictSection(self.keep(text(name)), self.items(options)) for name, options in sections]
        return self.array(DictSection, found), len(found)


def callback(kind, f):
    """f as a C function of that kind; f takes all but the error. What it raises becomes the error."""
    def shielded(*args):
        try:
            f(*args[:-1])
        except Exception as e:
            return error_set(args[-1], KINDS[type(e).__name__], b"%s", str(e).encode())
        return 0
    return kind(shielded)


def give(value, out, none):
    none[0] = value is None
    if value is not None:
        buf_add(out, text(value))


def hook_of(function):
    def hook(ctx, cp, section, option, value, out, none):
        give(function(string(section), string(option), string(value)), out, none)
    return callback(Before, hook)


def get_hook_of(function):
    def hook(ctx, cp, section, option, value, lookup, out, none):
        def find(key):
            found = Bytes()
            return string(found) if lookup_get(lookup, text(key), ctypes.byref(found)) else KeyError
        give(function(string(section), string(option), string(value), find), out, none)
    return callback(BeforeGet, hook)


def interpolation_of(hooks):
    made = Interpolation()
    if "get" in hooks:
        made.before_get = get_hook_of(hooks["get"])
    for name in ("set", "read", "write"):
        if name in hooks:
            setattr(made, "before_" + name, hook_of(hooks[name]))
    return made


def optionxform_of(function):
    return callback(OptionXform, lambda ctx, option, out: buf_add(out, text(function(string(option)))))


def converter_of(name, function):
    def convert(ctx, value, ret):
        ret[0] = function(string(value))
    return Converter(name.encode(), callback(Convert, convert), None)


def address_of(symbol):
    return ctypes.addressof(ctypes.c_char.in_dll(osblib.lib, symbol))


INTERPOLATIONS = {"none": "osb_no_interpolation", "basic": "osb_basic_interpolation",
                  "extended": "osb_extended_interpolation", "legacy": "osb_legacy_interpolation"}
INTERPOLATIONS = {name: address_of(symbol) for name, symbol in INTERPOLATIONS.items()}
hooked = {name: interpolation_of(hooks) for name, hooks in HOOKS.items()}
INTERPOLATIONS.update((name, ctypes.addressof(made)) for name, made in hooked.items())
optionxforms = {name: optionxform_of(function) for name, function in OPTIONXFORMS.items()}
converters = {name: converter_of(name, function) for name, function in CONVERTERS.items()}


def opts_of(config, keeper):
    """The constructor's options; None where all are the defaults."""
    config = {k: v for k, v in config.items() if k != "memory"}
    raw = config.pop("cls", None) == "RawConfigParser"
    if not config and not raw:
        return None
    opts = Opts()
    start = "osb_rawconfigparser_defaults" if raw else "osb_configparser_defaults"
    ctypes.memmove(ctypes.byref(opts), address_of(start), ctypes.sizeof(opts))
    for name, value in config.items():
        if name in ("delimiters", "comment_prefixes", "inline_comment_prefixes"):
            value = keeper.strings(value)
        elif name == "defaults":
            value = keeper.items(value)
        elif name == "dict_type":
            value = 1
        elif name == "default_section":
            value = keeper.keep(text(value))
        elif name == "interpolation":
            value = INTERPOLATIONS[value]
        elif name == "optionxform":
            value = optionxforms[value]
        elif name == "converters":
            opts.nconverters = len(value)
            value = ctypes.addressof(keeper.array(Converter, [converters[c] for c in value]))
        setattr(opts, name, value)
    return opts


def address_or_null(thing):
    return None if thing is None else ctypes.byref(thing)


class OsboxSide:
    """One parser; method for method what PythonSide is."""

    def __init__(self, config):
        self.keeper = Keeper()
        self.proxies = {}
        self.parser = P()
        self.config = config
        opts = address_or_null(self.keeper.keep(opts_of(config, self.keeper)))
        ret = ctypes.byref(self.parser)
        if config.get("cls") == "SafeConfigParser":
            new_safe(opts, ret)
        elif "memory" in config:
            mem = self.keeper.keep(ctypes.create_string_buffer(config["memory"] + 1))
            new_on(opts, mem, config["memory"], ret)
        else:
            new(opts, ret)

    def close(self):
        free(self.parser)
        self.parser = P()

    def result(self, function, kind, *args):
        """Call with a result of that ctypes kind last."""
        ret = kind()
        function(self.parser, *args, ctypes.byref(ret))
        return ret

    # -- reading

    def read(self, files, encoding):
        names = (ctypes.c_char_p * len(files))(*[os.fsencode(name) for name, content in files])
        read_ok = Strings()
        READ(self.parser, self.keeper.keep(names), len(files), text(encoding), ctypes.byref(read_ok))
        return strings_of(read_ok)

    def read_fd(self, function, source):
        fd = os.open("data", os.O_RDONLY)
        try:
            function(self.parser, fd, self.keeper.keep(text(source)))
        finally:
            os.close(fd)

    def read_file(self, data, source):
        self.read_fd(READ_FILE, source)

    def readfp(self, data, source):
        self.read_fd(READFP, source)

    def read_text(self, data, source):
        READ_TEXT(self.parser, self.keeper.keep(text(data)), self.keeper.keep(text(source)))

    def read_string(self, string_, source):
        READ_STRING(self.parser, text(string_), text(source))

    def read_lines(self, lines, source):
        members = [text(line) for line in lines]
        READ_LINES(self.parser, (Bytes * len(members))(*members), len(members), text(source))

    def read_dict(self, dictionary, source):
        keeper = Keeper()
        READ_DICT(self.parser, *keeper.dictionary(dictionary), text(source))

    # -- sections and options

    def sections(self):
        return strings_of(self.result(SECTIONS, Strings))

    def add_section(self, section):
        ADD_SECTION(self.parser, text(section))

    def has_section(self, section):
        return HAS_SECTION(self.parser, text(section))

    def remove_section(self, section):
        return REMOVE_SECTION(self.parser, text(section))

    def options(self, section):
        return strings_of(self.result(OPTIONS, Strings, text(section)))

    def defaults(self):
        return items_of(self.result(DEFAULTS, Items))

    def has_option(self, section, option):
        return self.result(HAS_OPTION, BOOL, text(section), text(option)).value

    @staticmethod
    def opts_of_get(opts, keeper):
        """osb_get_opts; NULL where it would be empty."""
        if not opts:
            return None
        made = keeper.keep(GetOpts(raw=opts.get("raw", False), vars=keeper.items(opts.get("vars", ()))))
        fallback = opts.get("fallback", 0)
        if fallback is None or isinstance(fallback, str):
            made.fallback = ctypes.addressof(keeper.keep(text(fallback)))
        return ctypes.byref(made)

    def get(self, section, option, opts):
        keeper = Keeper()
        return string(self.result(GET, Bytes, text(section), text(option), self.opts_of_get(opts, keeper)))

    def typed(self, kind, section, option, opts):
        function, _, ctype = TYPED[kind]
        keeper = Keeper()
        fallback = ctypes.byref(ctype(opts["fallback"])) if "fallback" in opts else None
        return self.result(function, ctype, text(section), text(option), self.opts_of_get(opts, keeper),
                           fallback).value

    def getint(self, section, option, opts):
        return self.typed("int", section, option, opts)

    def getfloat(self, section, option, opts):
        return repr(self.typed("float", section, option, opts))

    def getboolean(self, section, option, opts):
        return self.typed("boolean", section, option, opts)

    def getconv(self, name, section, option, opts):
        keeper, ret, used_fallback = Keeper(), ctypes.c_int64(), BOOL()
        GETCONV(self.parser, name.encode(), text(section), text(option), self.opts_of_get(opts, keeper),
                ctypes.byref(ret), ctypes.byref(used_fallback))
        return opts["fallback"] if used_fallback else ret.value

    def items(self, section, raw, vars_):
        keeper = Keeper()
        return items_of(self.result(ITEMS, Items, text(section), raw, keeper.items(vars_)))

    def set(self, section, option, value):
        SET(self.parser, text(section), text(option), text(value))

    def remove_option(self, section, option):
        return self.result(REMOVE_OPTION, BOOL, text(section), text(option)).value

    def write(self, space):
        out = Buf()
        WRITE(self.parser, ctypes.byref(out), space)
        return string(out)

    # -- the mapping

    def getitem(self, key):
        return string(self.result(GETITEM, Section, text(key)).name)

    def setitem(self, key, options):
        keeper = Keeper()
        SETITEM(self.parser, text(key), keeper.items(options))

    def delitem(self, key):
        DELITEM(self.parser, text(key))

    def contains(self, key):
        return CONTAINS(self.parser, text(key))

    def len(self):
        return LEN(self.parser)

    def keys(self):
        return strings_of(self.result(KEYS, Strings))

    def pop(self, key, fallback):
        arena, found, ret = Arena(), BOOL(), Items()
        try:
            POP(self.parser, text(key), fallback, ctypes.byref(arena), ctypes.byref(ret), ctypes.byref(found))
            return items_of(ret) if found else "fallback"
        finally:
            arena_free(ctypes.byref(arena))

    def popitem(self):
        arena, key, ret = Arena(), Bytes(), Items()
        try:
            POPITEM(self.parser, ctypes.byref(arena), ctypes.byref(key), ctypes.byref(ret))
            return string(key), items_of(ret)
        finally:
            arena_free(ctypes.byref(arena))

    def clear(self):
        CLEAR(self.parser)

    def update(self, dictionary):
        keeper = Keeper()
        UPDATE(self.parser, *keeper.dictionary(dictionary))

    def setdefault(self, key, options):
        keeper = Keeper()
        return string(self.result(SETDEFAULT, Section, text(key), keeper.items(options)).name)

    # -- section proxies, kept for as long as the parser

    def proxy(self, name):
        if name not in self.proxies:
            self.proxies[name] = self.result(GETITEM, Section, text(name))
        return ctypes.byref(self.proxies[name])

    def of_proxy(self, function, kind, section, *args):
        ret = kind()
        function(self.proxy(section), *args, ctypes.byref(ret))
        return ret

    def s_getitem(self, section, option):
        return string(self.of_proxy(S_GETITEM, Bytes, section, text(option)))

    def s_setitem(self, section, option, value):
        S_SETITEM(self.proxy(section), text(option), text(value))

    def s_delitem(self, section, option):
        S_DELITEM(self.proxy(section), text(option))

    def s_contains(self, section, option):
        return self.of_proxy(S_CONTAINS, BOOL, section, text(option)).value

    def s_len(self, section):
        return self.of_proxy(S_LEN, SIZE, section).value

    def s_keys(self, section):
        return strings_of(self.of_proxy(S_KEYS, Strings, section))

    def s_get(self, section, option, opts):
        keeper = Keeper()
        return string(self.of_proxy(S_GET, Bytes, section, text(option), self.opts_of_get(opts, keeper)))

    def s_typed(self, kind, section, option, opts):
        _, function, ctype = TYPED[kind]
        keeper, ret, none = Keeper(), ctype(), BOOL()
        fallback = ctypes.byref(ctype(opts["fallback"])) if "fallback" in opts else None
        function(self.proxy(section), text(option), self.opts_of_get(opts, keeper), fallback,
                 ctypes.byref(ret), ctypes.byref(none))
        return None if none else ret.value

    def s_getint(self, section, option, opts):
        return self.s_typed("int", section, option, opts)

    def s_getfloat(self, section, option, opts):
        return repr(self.s_typed("float", section, option, opts))

    def s_getboolean(self, section, option, opts):
        return self.s_typed("boolean", section, option, opts)

    def s_pop(self, section, option, *fallback):
        arena, keeper = Arena(), Keeper()
        given = ctypes.byref(keeper.keep(text(*fallback))) if fallback else None
        try:
            return string(self.of_proxy(S_POP, Bytes, section, text(option), given, ctypes.byref(arena)))
        finally:
            arena_free(ctypes.byref(arena))

    def s_popitem(self, section):
        arena, key, ret = Arena(), Bytes(), Bytes()
        try:
            S_POPITEM(self.proxy(section), ctypes.byref(arena), ctypes.byref(key), ctypes.byref(ret))
            return string(key), string(ret)
        finally:
            arena_free(ctypes.byref(arena))

    def s_clear(self, section):
        S_CLEAR(self.proxy(section))

    def s_update(self, section, options):
        keeper = Keeper()
        S_UPDATE(self.proxy(section), keeper.items(options))

    def s_setdefault(self, section, option, value):
        return string(self.of_proxy(S_SETDEFAULT, Bytes, section, text(option), text(value)))

    # -- the grammar

    def scan(self, source, universal):
        keeper = Keeper()
        c = dict({"delimiters": ("=", ":"), "comment_prefixes": ("#", ";"), "inline_comment_prefixes": ()},
                 **self.config)
        grammar = Grammar(keeper.strings(c["delimiters"]), keeper.strings(c["comment_prefixes"]),
                          keeper.strings(c["inline_comment_prefixes"]), c.get("allow_no_value", False),
                          c.get("empty_lines_in_values", True), universal)
        scanner, line, found = ctypes.create_string_buffer(1024), Line(), []
        SCAN_START(scanner, ctypes.byref(grammar))
        SCAN_FEED(scanner, keeper.keep(text(source)))
        while SCAN_NEXT(scanner, ctypes.byref(line)):
            if line.empty_key:
                SCAN_DROP(scanner)
            assert line.number == len(found) + 1
            found.append((string(line.whole), line.newline) + self.content(line))
        return found

    @staticmethod
    def content(line):
        kind = LINE_KINDS[line.kind]
        if kind == "header":
            return kind, line.indent, string(line.name)
        if kind == "option":
            return kind, line.indent, string(line.name), string(line.value) if line.has_value else None
        if kind == "continuation":
            return kind, line.indent, string(line.value)
        return (kind,)
