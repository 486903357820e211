"""Python's side of the configparser oracle: a case's operations done by CPython's own module.

Also what both sides must share: the caller's functions (optionxform, converters, interpolation
hooks), which the library gets as callbacks.
"""

import collections.abc
import configparser
import io
import os
import warnings

warnings.simplefilter("ignore", DeprecationWarning)


class TooBig(BaseException):
    """The case's interpolation grows past what is worth waiting for."""


class Pairs(list):
    """(key, value) pairs passed as a dict, so that keys may repeat."""

    def items(self):
        return list(self)


class Sorted(collections.abc.MutableMapping):
    """A dict_type that iterates in the order of its keys."""

    def __init__(self, other=()):
        self.data = dict(other)

    def __getitem__(self, key):
        return self.data[key]

    def __setitem__(self, key, value):
        self.data[key] = value

    def __delitem__(self, key):
        del self.data[key]

    def __iter__(self):
        return iter(sorted(self.data))

    def __len__(self):
        return len(self.data)

    def __contains__(self, key):
        return key in self.data

    def copy(self):
        return Sorted(self.data)

    def __repr__(self):  # LegacyInterpolation's bare "%s" prints it
        return repr(self.data)


Sorted.__name__ = "dict"  # what messages call it


# -- the caller's functions ----------------------------------------------------------------------


def xform_fails(option):
    if "!" in option or option == "z":
        raise ValueError("bad option name")
    return option.lower()


OPTIONXFORMS = {
    "str": str,
    "upper": str.upper,
    "blank": lambda option: "" if option in ("nil", "x", "bad!") else option.lower(),
    "double": lambda option: option + option[-1:],  # not idempotent
    "reverse": lambda option: option[::-1],
    "fails": xform_fails,
}


def convert_len(value):
    return -1 if value is None else len(value)


def convert_fails(value):
    raise ValueError("not convertible")


CONVERTERS = {"len": convert_len, "list": lambda value: len((value or "").split(",")), "wörd": convert_len,
              "fails": convert_fails, "": convert_len}


def refuse(mark, error):
    """A hook that raises for a value with that mark in it."""
    def hook(section, option, value, lookup=None):
        if value is not None and mark in value:
            raise error
        return value
    return hook


def hook_lookup(section, option, value, lookup):
    if not value or value[0] != "@":
        return value
    found = lookup(value[1:])
    return "missing " + value if found is KeyError else found


def hook_mark(section, option, value, lookup=None):
    return "<%s|%s|%s>" % (section, option, value)


def hook_none(section, option, value, lookup=None):
    return None if value == "nil" else value


# name -> {hook: function(section, option, value[, lookup])}; lookup gives KeyError for a missing key.
HOOKS = {
    "pass": {},
    "mark": {"get": hook_mark, "write": hook_mark},
    "lookup": {"get": hook_lookup},
    "none-values": {"get": hook_none, "set": hook_none, "read": hook_none, "write": hook_none},
    "picky": {"get": refuse("?", configparser.InterpolationSyntaxError("o", "s", "no questions")),
              "set": refuse("!", ValueError("no shouting")), "write": refuse("w!", TypeError("unwritable"))},
    "grow": {"set": lambda s, o, v: v.strip(), "read": lambda s, o, v: None if v is None else v + "+"},
}


class Hooked(configparser.Interpolation):
    """A caller's own interpolation, made of HOOKS."""

    def __init__(self, hooks):
        self.hooks = hooks

    def before_get(self, parser, section, option, value, defaults):
        hook = self.hooks.get("get")
        return hook(section, option, value, lambda key: defaults.get(key, KeyError)) if hook else value

    def before_set(self, parser, section, option, value):
        hook = self.hooks.get("set")
        return hook(section, option, value) if hook else value

    def before_read(self, parser, section, option, value):
        hook = self.hooks.get("read")
        return hook(section, option, value) if hook else value

    def before_write(self, parser, section, option, value):
        hook = self.hooks.get("write")
        return hook(section, option, value) if hook else value


# -- interpolations that give up ------------------------------------------------------------------

BUDGET = 20000
steps = 0


def step():
    global steps
    steps += 1
    if steps > BUDGET:
        raise TooBig


class Basic(configparser.BasicInterpolation):
    def _interpolate_some(self, *args):
        step()
        super()._interpolate_some(*args)


class Extended(configparser.ExtendedInterpolation):
    def _interpolate_some(self, *args):
        step()
        super()._interpolate_some(*args)


class Legacy(configparser.LegacyInterpolation):
    @staticmethod
    def _interpolation_replace(match, parser):
        step()
        return configparser.LegacyInterpolation._interpolation_replace(match, parser)


INTERPOLATIONS = {"none": None, "basic": Basic(), "extended": Extended(), "legacy": Legacy()}
INTERPOLATIONS.update((name, Hooked(hooks)) for name, hooks in HOOKS.items())


# -- the parser ------------------------------------------------------------------------------------

classes = {}


def parser_class(name, optionxform):
    """The class, with optionxform overridden (an attribute set later would miss the defaults)."""
    base = getattr(configparser, name)
    if optionxform is None:
        return base
    key = (name, optionxform)
    if key not in classes:
        function = OPTIONXFORMS[optionxform]
        classes[key] = type(name, (base,), {"optionxform": lambda self, option: function(option)})
    return classes[key]


def arguments(config):
    """The constructor's keyword arguments."""
    args = {k: v for k, v in config.items() if k not in ("cls", "optionxform", "memory")}
    if "defaults" in args:
        args["defaults"] = Pairs(args["defaults"])
    if "dict_type" in args:
        args["dict_type"] = Sorted
    if "converters" in args:
        args["converters"] = {name: CONVERTERS[name] for name in args["converters"]}
    if "interpolation" in args:
        args["interpolation"] = INTERPOLATIONS[args["interpolation"]]
    elif config.get("cls") != "RawConfigParser":
        args["interpolation"] = INTERPOLATIONS["basic"]
    return args


def decode_error(content, encoding):
    """The UnicodeDecodeError of a whole content, or None: CPython's own decodes chunk by chunk."""
    if isinstance(content, bytes):
        try:
            content.decode(encoding)
        except UnicodeDecodeError as e:
            return e
        except LookupError:
            pass
    return None


class PythonSide:
    """One parser. stop tells why what follows can no longer be compared."""

    def __init__(self, config):
        global steps
        steps = 0
        self.config = config
        self.stop = None
        self.proxies = {}
        cls = parser_class(config.get("cls", "ConfigParser"), config.get("optionxform"))
        self.parser = cls(**arguments(config))

    # -- reading

    def reading(self, method, *args):
        """Call a method that reads. After a parse that was cut short CPython leaves the values as
        lists of lines; join them as osbox does, and as CPython's next read would."""
        try:
            return method(*args)
        except Exception as e:
            if type(e) is not configparser.ParsingError:
                if "read" in HOOKS.get(self.config.get("interpolation"), ()):
                    self.stop = "before_read did or did not see the values of a parse cut short"
                else:
                    self.parser._join_multiline_values()
            raise

    def undecodable(self, error, method, *args):
        """Raise the whole content's error in place of the chunk's."""
        try:
            method(*args)
        except Exception:
            pass
        if error.end == len(error.object):
            self.stop = "CPython parses up to a character cut short by the end of the file"
        raise error

    def read(self, files, encoding):
        encoding = encoding or "utf-8"
        names = [name for name, content in files]
        for i, (name, content) in enumerate(files):
            error = decode_error(content, encoding)
            if error:
                self.reading(self.parser.read, names[:i], encoding)
                self.undecodable(error, self.parser.read, [name], encoding)
        return self.reading(self.parser.read, names, encoding)

    def read_fd(self, method, data, source):
        error = decode_error(data, "utf-8")
        with open("data", encoding="utf-8") as f:
            lines = (line for line in f)  # has no name, as a descriptor has none
            if error:
                self.undecodable(error, method, lines, source)
            self.reading(method, lines, source)

    def read_file(self, data, source):
        self.read_fd(self.parser.read_file, data, source)

    def readfp(self, data, source):
        self.read_fd(self.parser.readfp, data, source)

    def read_text(self, data, source):
        error = decode_error(data, "utf-8")
        if error:
            raise error
        self.reading(self.parser.read_file, (line for line in io.StringIO(data.decode(), None)), source)

    def read_string(self, text, source):
        self.reading(self.parser.read_string, text, *[] if source is None else [source])

    def read_lines(self, lines, source):
        self.reading(self.parser.read_file, lines, source)

    def read_dict(self, dictionary, source):
        dictionary = Pairs((section, Pairs(options)) for section, options in dictionary)
        self.parser.read_dict(dictionary, *[] if source is None else [source])

    # -- sections and options

    def sections(self):
        return self.parser.sections()

    def add_section(self, section):
        self.parser.add_section(section)

    def has_section(self, section):
        return self.parser.has_section(section)

    def remove_section(self, section):
        return self.parser.remove_section(section)

    def options(self, section):
        return self.parser.options(section)

    def defaults(self):
        return list(self.parser.defaults().items())

    def has_option(self, section, option):
        return self.parser.has_option(section, option)

    @staticmethod
    def options_of_get(opts):
        return dict(opts, vars=Pairs(opts["vars"])) if "vars" in opts else opts

    def get(self, section, option, opts):
        return self.parser.get(section, option, **self.options_of_get(opts))

    def getint(self, section, option, opts):
        return self.int64(self.parser.getint(section, option, **self.options_of_get(opts)))

    def getfloat(self, section, option, opts):
        return repr(self.parser.getfloat(section, option, **self.options_of_get(opts)))

    def getboolean(self, section, option, opts):
        return self.parser.getboolean(section, option, **self.options_of_get(opts))

    def getconv(self, name, section, option, opts):
        return getattr(self.parser, "get" + name)(section, option, **self.options_of_get(opts))

    @staticmethod
    def int64(value):
        if value is not None and not -2**63 <= value < 2**63:
            raise OverflowError("Python int too large to convert to C long")
        return value

    def items(self, section, raw, vars_):
        return self.parser.items(section, raw=raw, vars=Pairs(vars_))

    def set(self, section, option, value):
        self.parser.set(section, option, value)

    def remove_option(self, section, option):
        return self.parser.remove_option(section, option)

    def write(self, space):
        out = io.StringIO()
        self.parser.write(out, space)
        return out.getvalue()

    # -- the mapping

    def getitem(self, key):
        return self.parser[key].name

    def setitem(self, key, options):
        self.parser[key] = Pairs(options)

    def delitem(self, key):
        del self.parser[key]

    def contains(self, key):
        return key in self.parser

    def len(self):
        return len(self.parser)

    def keys(self):
        return list(self.parser)

    def pop(self, key, fallback):
        # The proxy that pop returns has lost its section, so look first.
        options = self.parser.items(key, raw=True) if key in self.parser else None
        if fallback and self.parser.pop(key, None) is None:
            return "fallback"
        if not fallback:
            self.parser.pop(key)
        return options

    def popitem(self):
        found = [(section, self.parser.items(section, raw=True)) for section in self.parser.sections()[:1]]
        key, _ = self.parser.popitem()
        assert found[0][0] == key
        return found[0]

    def clear(self):
        self.parser.clear()

    def update(self, dictionary):
        self.parser.update([(section, Pairs(options)) for section, options in dictionary])

    def setdefault(self, key, options):
        self.parser.setdefault(key, Pairs(options))
        return key

    # -- section proxies, kept for as long as the parser

    def proxy(self, name):
        if name not in self.proxies:
            self.proxies[name] = self.parser[name]
        return self.proxies[name]

    def s_getitem(self, section, option):
        return self.proxy(section)[option]

    def s_setitem(self, section, option, value):
        self.proxy(section)[option] = value

    def s_delitem(self, section, option):
        del self.proxy(section)[option]

    def s_contains(self, section, option):
        return option in self.proxy(section)

    def s_len(self, section):
        return len(self.proxy(section))

    def s_keys(self, section):
        return list(self.proxy(section))

    def s_get(self, section, option, opts):
        return self.proxy(section).get(option, **self.options_of_get(opts))

    def s_getint(self, section, option, opts):
        return self.int64(self.proxy(section).getint(option, **self.options_of_get(opts)))

    def s_getfloat(self, section, option, opts):
        return repr(self.proxy(section).getfloat(option, **self.options_of_get(opts)))

    def s_getboolean(self, section, option, opts):
        return self.proxy(section).getboolean(option, **self.options_of_get(opts))

    def s_pop(self, section, option, *fallback):
        return self.proxy(section).pop(option, *fallback)

    def s_popitem(self, section):
        return self.proxy(section).popitem()

    def s_clear(self, section):
        self.proxy(section).clear()

    def s_update(self, section, options):
        self.proxy(section).update(options)

    def s_setdefault(self, section, option, value):
        return self.proxy(section).setdefault(option, value)

    # -- the grammar, as RawConfigParser._read goes through it

    def scan(self, text, universal):
        scanner = Scanner(self.parser)
        return [scanner.line(line) for line in split_lines(text, universal)]


def split_lines(text, universal):
    """(text, newline) of each line."""
    found, line = [], ""
    i = 0
    while i < len(text):
        newline = 1 if text[i] == "\n" else 0
        if universal and text[i] == "\r":
            newline = 2 if text[i + 1:i + 2] == "\n" else 1
        if newline:
            found.append((line, newline))
            line = ""
        else:
            line += text[i]
        i += newline or 1
    if line:
        found.append((line, 0))
    return found


class Scanner:
    """The classes of lines, by the parser's own rules and regular expressions. It goes on where
    _read would raise; an empty key drops its option."""

    def __init__(self, parser):
        self.parser = parser
        self.in_section = self.in_option = False
        self.indent_level = 0

    def comment_start(self, line):
        """Where a comment begins, or None."""
        p = self.parser
        inline = dict.fromkeys(p._inline_comment_prefixes, -1)
        starts = []
        while not starts and inline:
            inline = {prefix: line.find(prefix, at + 1) for prefix, at in inline.items()}
            inline = {prefix: at for prefix, at in inline.items() if at != -1}
            starts = [at for at in inline.values() if at == 0 or line[at - 1].isspace()]
        if line.strip().startswith(p._comment_prefixes):
            return 0
        return min(starts, default=None)

    def line(self, line_and_newline):
        line, newline = line_and_newline
        mark = self.comment_start(line)
        value = line[:mark].strip()
        first = self.parser.NONSPACECRE.search(line)
        indent = first.start() if first else 0
        if value:
            found = self.content(value, indent)
        else:
            if not self.parser._empty_lines_in_values:
                self.indent_level = float("inf")
            found = ("blank" if mark is None else "comment",)
        return (line, newline) + found

    def content(self, value, indent):
        if self.in_section and self.in_option and indent > self.indent_level:
            return "continuation", indent, value
        self.indent_level = indent
        header = self.parser.SECTCRE.match(value)
        if header:
            self.in_section, self.in_option = True, False
            return "header", indent, header["header"]
        option = self.parser._optcre.match(value)
        if not self.in_section:
            return ("headless",)
        if not option:
            return ("error",)
        key = option["option"].rstrip()
        self.in_option = key != ""
        return "option", indent, key, option["value"].strip() if option["vi"] is not None else None
