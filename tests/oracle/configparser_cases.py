"""Random cases for the configparser oracle.

A case is (config, operations), both plain data whose repr() can be pasted back: config holds the
constructor's arguments that differ from the defaults, an operation is (method, argument...) of
configparser_python.PythonSide and configparser_osbox.OsboxSide.

Names are drawn from a small vocabulary per case, so that operations, references and texts meet.
"""

import random

SECTIONS = ["a", "b", "s", "A", "sec", "a b", "x:y", "DEFAULT", "default", "common"]
ODD_SECTIONS = ["", " s ", "a]b", "[", "it's", "é", "İ", "%", "a\tb", "n\nl", 'q"', "\x00", "\U0001f600",
                "\udc80"]
KEYS = ["x", "y", "z", "key", "Key", "KEY", "path", "host", "port", "x1", "x2", "x3"]
ODD_KEYS = ["a b", "é", "É", "İ", "ΑΣ", "ας", "ßẞ", "it's", "", "nil", "bad!", "rem", "x)", "(", "x:y", "#c",
            "k\tt", "s%", "n\nl", "\x00", "\udcff", "ǅ", "[k"]
WORDS = ["v", "value", "/usr/bin", "hello world", "a=b", "c:d", "it's", 'say "hi"', "été", "ΑΣ", "x" * 40,
         "nil", "why?", "a!b", "@x", "1", "0", "\\", "{}", "[in]", "trail ", "-", "\x00", "\U0001f600", "None"]
NUMBERS = ["1", "0", "-5", "+7", " 12 ", "1_000", "1__0", "_1", "0x1f", "007", "٣٤", "9223372036854775807",
           "9223372036854775808", "-9223372036854775808", "-9223372036854775809", "1e3", "3.14", ".5", "5.",
           "nan", "-inf", "Infinity", "1e400", "4_2.0_1", "1.", "e5", "0.1", "123456789.123456789", "--1",
           "1 2", "\u00a01\u00a0"]
BOOLEANS = ["yes", "No", "TRUE", "false", "on", "OFF", "1", "0", "y", "2", "ON ", "truE"]
INLINE_TAILS = [" ; c", " # c", ";c", "#c", " // c", " REM c", "\t; c", " ;", "a;b #c ;d", " #;", " ; a # b"]

DELIMITERS = [("=",), (":",), (":", "="), ("=>",), ("=", "=>"), ("=>", "="), (":=", "=", ":"), ("é",),
              ("==", "="), ("=", "=="), (" ",), ("\t",), (" ", "="), ("=", " "), (" = ",), ("ab", "a"),
              ("a", "ab"), (".", "|"), ("-->",), ("->", "-"), ("\u3000",), ("#",), ("x",), ("", "="), ("=", ""),
              ("\x00", "="), ("= ", "="), (" =", "="), ("]", "="), ("\U0001f600",), ("",), ()]
COMMENTS = [("#",), (";",), (), ("REM",), ("//", "#"), ("rem ", ";"), ("[",), ("é",), (" #",), ("#", "##"),
            ("x",), ("",)]
INLINES = [(";",), ("#",), ("#", ";"), (";", "#"), ("//",), ("REM",), (";", ";;"), ("//", "#", ";"), (" #",),
           ("\t",), ("é",), ("x", "v"), ("##", "#"), ("",)]
INTERPOLATIONS = ["basic"] * 6 + ["extended"] * 6 + ["none"] * 3 + ["legacy"] * 3 + \
    ["mark", "lookup", "none-values", "picky", "grow", "pass"]
OPTIONXFORMS = ["str", "upper", "blank", "double", "fails", "reverse"]
CONVERTERS = ["len", "list", "wörd", "fails"]
DEFAULT_SECTIONS = ["common", "a", "", "s", "D", "it's"]
LINE_ENDS = ["\n"] * 12 + ["\r\n"] * 4 + ["\r", "mixed"]
BLANKS = ["", "", "", "", " ", "\t", "  ", "\u00a0", "\x1c", "\x85", "\x0b", "\x0c", "\u200b", "\u3000"]
ENCODINGS = [None] * 12 + ["utf-8", "UTF8", "utf-8-sig", "latin-1", "ascii", "utf-16", "utf-16-le", "utf-32",
                           "no-such"]
BAD_BYTES = [b"\xff", b"\xc3", b"\xc3(", b"\xe2\x82", b"\xed\xa0\x80", b"\xf0\x9f\x98", b"\xf5\x80\x80\x80",
             b"\xc0\xaf", b"\x80", b"\xf4\x90\x80\x80"]


class Generator:
    """One case's random choices."""

    def __init__(self, seed):
        self.rng = random.Random(seed)
        self.known_sections, self.known_keys = [], []  # what the texts so far hold
        self.config = self.make_config()
        self.sections = self.vocabulary(SECTIONS, ODD_SECTIONS, 3)
        self.keys = self.vocabulary(KEYS, ODD_KEYS, 5)

    def chance(self, p):
        return self.rng.random() < p

    def pick(self, choices):
        return choices[int(self.rng.random() * len(choices))]

    def vocabulary(self, plain, odd, n):
        """n names, mostly plain ones; twice as many odd ones in every fourth case."""
        share = 0.4 if self.chance(0.2) else 0.04
        return [self.pick(odd) if self.chance(share) else self.pick(plain) for _ in range(n)]

    # -- the constructor -------------------------------------------------------------------------

    def make_config(self):
        config = {}
        if self.chance(0.3):
            config["cls"] = "RawConfigParser"
        elif self.chance(0.05):
            config["cls"] = "SafeConfigParser"
        for name, p, choices in (("dict_type", 0.15, ["sorted"]), ("allow_no_value", 0.3, [True]),
                                 ("delimiters", 0.4, DELIMITERS), ("comment_prefixes", 0.25, COMMENTS),
                                 ("inline_comment_prefixes", 0.3, INLINES), ("strict", 0.3, [False]),
                                 ("empty_lines_in_values", 0.25, [False]),
                                 ("default_section", 0.12, DEFAULT_SECTIONS),
                                 ("interpolation", 0.7, INTERPOLATIONS),
                                 ("optionxform", 0.2, OPTIONXFORMS), ("memory", 0.1, [0, 100, 4096])):
            if self.chance(p):
                config[name] = self.pick(choices)
        for name, alphabet in (("delimiters", " \t=:xa\u00a0"), ("comment_prefixes", "#;/r[x"),
                               ("inline_comment_prefixes", "#; /vx")):
            if self.chance(0.04):
                config[name] = self.marks(alphabet)
        self.tame(config)
        if self.chance(0.2):
            config["converters"] = [c for c in CONVERTERS if self.chance(0.6)]
        if self.chance(0.01):
            config["converters"] = [""]
        self.config = config
        self.sections, self.keys = SECTIONS[:4], KEYS  # until the case has its own
        if self.chance(0.25):
            config["defaults"] = self.pairs(self.rng.randint(0, 4), none=0.03)
        return config

    def marks(self, alphabet):
        """One to three delimiters or prefixes of up to three characters."""
        return tuple("".join(self.pick(alphabet) for _ in range(self.rng.randint(1, 3)))
                     for _ in range(self.rng.randint(1, 3)))

    def tame(self, config):
        """Options under which every text fails or is empty are good for a few cases only."""
        for name, dull in (("delimiters", ((), ("",), ("", "="), ("=", ""))), ("comment_prefixes", (("",),)),
                           ("inline_comment_prefixes", (("",),))):
            if config.get(name) in dull and self.chance(0.8):
                del config[name]

    @property
    def syntax(self):
        """The reference syntax that the parser will understand."""
        default = "none" if self.config.get("cls") == "RawConfigParser" else "basic"
        return self.config.get("interpolation", default)

    # -- names and values ------------------------------------------------------------------------

    def section(self):
        if self.chance(0.04):
            return self.pick(ODD_SECTIONS)
        if self.chance(0.1):
            return self.config.get("default_section", "DEFAULT")
        if self.known_sections and self.chance(0.75):
            return self.pick(self.known_sections)
        return self.pick(self.sections)

    def key(self):
        if self.chance(0.04):
            return self.pick(ODD_KEYS)
        if self.known_keys and self.chance(0.6):
            return self.pick(self.known_keys)
        key = self.pick(self.keys)
        return key.swapcase() if self.chance(0.1) else key

    def conversion(self):
        """A conversion of the % operator, which is what LegacyInterpolation understands."""
        key = "" if self.chance(0.2) else "(%s)" % self.key()
        flags = "".join(self.pick("-+ #0") for _ in range(self.pick([0, 0, 0, 1, 2])))
        width = self.pick(["", "", "", "5", "12", "*", "0"])
        precision = self.pick(["", "", "", ".2", ".", ".0", ".*"])
        kind = self.pick(["s", "s", "s", "r", "a", "c", "d", "i", "u", "o", "x", "e", "G", "%", "b", "é", " ", "ls",
                          "hs", "Ld", "hhs", ""])
        return "%" + key + flags + width + precision + kind

    def reference(self):
        """A reference to an option, now and then a broken one."""
        key, section, syntax = self.key(), self.section(), self.syntax
        if syntax == "legacy" and self.chance(0.25):
            return self.conversion()
        if self.chance(0.05):
            syntax = self.pick(["basic", "extended"])
        if syntax == "extended":
            odd = ["$", "${", "${%s" % key, "${}", "$x", "${a:b:%s}" % key, "${%s:}" % section, "${:%s}" % key,
                   "$(x)", "${ %s }" % key]
            good = ["${%s}" % key, "${%s}" % key, "${%s:%s}" % (section, key), "$$"]
        else:
            odd = ["%", "%(", "%(" + key, "%()s", "%x", "%(" + key + ")d", "%(" + key + ")", "% ", "%(a(b)c)s",
                   "%(" + key + ")5s", "%(" + key + ")r"]
            good = ["%(" + key + ")s"] * 3 + ["%%"]
        return self.pick(odd) if self.chance(0.06) else self.pick(good)

    def value(self, references=True):
        roll = self.rng.random()
        if roll < 0.34 and references and self.syntax != "none":
            tail = self.reference() if self.chance(0.3) else self.pick(WORDS)
            return self.pick(["", "pre ", "x"]) + self.reference() + self.pick(["", "/", " "]) + tail
        if roll < 0.62:
            return self.pick(WORDS)
        if roll < 0.75:
            return self.pick(NUMBERS)
        if roll < 0.84:
            return self.pick(BOOLEANS)
        if roll < 0.92:
            return self.pick(WORDS) + self.pick(INLINE_TAILS)
        return ""

    def pairs(self, n, none=0.06):
        """Options as (key, value); keys repeat now and then."""
        found = []
        for _ in range(n):
            key = self.key()
            if key.lower() in [k.lower() for k, v in found] and self.chance(0.95):
                continue
            found.append((key, None if self.chance(none) else self.value()))
        return found

    def dictionary(self, n):
        sections = []
        for _ in range(n):
            name = self.section()
            if name not in [s for s, o in sections] or self.chance(0.05):
                sections.append((name, self.pairs(self.rng.randint(0, 3), none=0.03)))
        return sections

    # -- texts -----------------------------------------------------------------------------------

    def text(self):
        """A text that parses in most cases; a dirty one has faults here and there."""
        if self.chance(0.04):
            return self.chain()
        return TextGenerator(self, dirty=self.chance(0.3)).text()

    def chain(self):
        """References nested to about the limit of ten, or in a circle."""
        n = self.rng.randint(8, 12)
        last = self.pick(["end", "%", "$", "%(x1)s", "${x1}", "", "%(gone)s", "${gone:x}", None])
        basic = self.syntax != "extended"
        lines = ["[a]"]
        for i in range(1, n):
            lines.append(("x%d = %%(x%d)s" if basic else "x%d = ${x%d}") % (i, i + 1))
        lines.append("x%d" % n if last is None else "x%d = %s" % (n, last))
        self.known_sections, self.known_keys = ["a"], ["x1", "x2", "x3", "x1"]
        return "\n".join(lines) + "\n"

    def data(self):
        """A file's content: the text in UTF-8, in every tenth case with bytes changed."""
        data = self.text().encode("utf-8", "surrogatepass" if self.chance(0.3) else "replace")
        if self.chance(0.1):
            data = self.mutated(data)
        if self.chance(0.03):
            at = self.pick([len(data), self.rng.randint(0, len(data))])
            data = data[:at] + self.pick(BAD_BYTES) + data[at:]
        return data

    def mutated(self, text):
        """One to three slices deleted, doubled, swapped or overwritten; str or bytes."""
        scraps = ["=", ":", "[", "]", "\n", " ", "\t", "%", "$", ";", "#", "\r", "\x00", "\n\n", "\n ", "%(x)s"]
        for _ in range(self.rng.randint(1, 3)):
            at = self.rng.randint(0, len(text))
            end = min(len(text), at + self.rng.choice((1, 1, 1, 2, 5, 20)))
            scrap = self.pick(scraps)
            scrap = scrap if isinstance(text, str) else scrap.encode()
            middle = self.pick([text[:0], text[at:end] * 2, scrap, scrap + text[at:end], text[at:end][::-1]])
            text = text[:at] + middle + text[end:]
        return text

    # -- operations ------------------------------------------------------------------------------

    def files(self, encoding):
        """(name, content) of files to read; None is a missing file, "dir" a directory."""
        found = []
        for i in range(self.pick([0, 1, 1, 1, 1, 1, 2, 3])):
            name = self.pick(["f", "g", "it's", "é.ini"]) + str(i)
            data = self.data()
            if encoding not in (None, "no-such") and self.chance(0.85):
                data = data.decode("utf-8", "replace").encode(encoding, "replace")
            found.append(self.pick([(name, None), ("dir", "dir")]) if self.chance(0.15) else (name, data))
        return found

    def read(self):
        """An operation that reads a source."""
        roll = self.rng.random()
        source = self.pick([None] * 20 + ["src", "it's", "é", "<?>", ""])
        if roll < 0.4:
            text = self.text()
            if self.chance(0.08):
                text = self.mutated(text)
            return ("read_string", text, source)
        if roll < 0.62:
            return ("read_text", self.data(), source)
        if roll < 0.8:
            encoding = self.pick(ENCODINGS)
            return ("read", self.files(encoding), encoding)
        if roll < 0.88:
            return (self.pick(["read_file", "readfp"]), self.data(), source)
        if roll < 0.93:
            return ("read_lines", self.text().splitlines(self.chance(0.8)), source)
        return ("read_dict", self.dictionary(self.rng.randint(0, 3)), source)

    def get_opts(self, fallback):
        opts = {}
        if self.chance(0.25):
            opts["raw"] = True
        if self.chance(0.25):
            opts["vars"] = self.pairs(self.rng.randint(0, 3))
        if self.chance(0.35):
            opts["fallback"] = fallback
        return opts

    def get(self, prefix=""):
        """get or a typed form, of the parser or (prefix "s_") of a section proxy."""
        kind, fallback = self.pick([("", "fb"), ("", None), ("", ""), ("int", -3), ("float", 2.5),
                                    ("boolean", True), ("", "%(x)s"), ("conv", "fb")])
        if kind == "conv":
            name = self.pick(self.config.get("converters") or [None])
            if self.chance(0.02):
                name = "nope"
            if name and not prefix:
                return ("getconv", name, self.section(), self.key(), self.get_opts(fallback))
            kind, fallback = "boolean", False
        return (prefix + "get" + kind, self.section(), self.key(), self.get_opts(fallback))

    def values(self):
        """A value for a call: None and line ends too."""
        if self.chance(0.12):
            return self.pick([None, None, "l1\nl2", "\n", "a\n\n b\n", "r\rr", "\udc80", " pad "])
        return self.value()

    def parser_operation(self):
        section, key, value = self.section(), self.key(), self.values()
        odd_section = None if self.chance(0.05) else section
        vars_ = self.pairs(2) if self.chance(0.2) else []
        return self.pick([
            ("sections",), ("add_section", section), ("add_section", self.pick(SECTIONS)),
            ("has_section", section), ("remove_section", section), ("options", section), ("options", section),
            ("defaults",), ("has_option", odd_section, key), ("has_option", section, key),
            ("items", section, self.chance(0.3), vars_), ("items", section, False, vars_),
            ("items", section, False, []), ("set", odd_section, key, value), ("set", section, key, value),
            ("set", section, key, value), ("remove_option", odd_section, key), ("remove_option", section, key),
            ("write", self.chance(0.5))])

    def mapping_operation(self):
        section, options = self.section(), self.pairs(self.rng.randint(0, 3))
        return self.pick([
            ("getitem", section), ("setitem", section, options), ("setitem", section, options),
            ("delitem", section), ("contains", section), ("len",), ("keys",), ("pop", section, True),
            ("pop", section, False), ("popitem",), ("clear",), ("update", self.dictionary(2)),
            ("setdefault", section, options)])

    def proxy_operation(self):
        section, key, value = self.section(), self.key(), self.values()
        return self.pick([
            ("s_getitem", section, key), ("s_setitem", section, key, value), ("s_delitem", section, key),
            ("s_contains", section, key), ("s_len", section), ("s_keys", section), ("s_pop", section, key),
            ("s_pop", section, key, self.pick(["fb", None])), ("s_popitem", section), ("s_clear", section),
            ("s_update", section, self.pairs(2)), ("s_setdefault", section, key, value)])

    def operation(self):
        roll = self.rng.random()
        if roll < 0.12:
            return self.read()
        if roll < 0.4:
            return self.get()
        if roll < 0.5:
            return self.get("s_")
        if roll < 0.73:
            return self.parser_operation()
        if roll < 0.83:
            return self.mapping_operation()
        if roll < 0.97:
            return self.proxy_operation()
        return ("scan", self.mutated(self.text()) if self.chance(0.3) else self.text(), self.chance(0.5))

    def case(self):
        operations = [self.read()] if self.chance(0.95) else []
        operations += [self.operation() for _ in range(self.rng.randint(3, 12))]
        return self.config, operations


class TextGenerator:
    """One text. It keeps what it has used, so as to repeat names only where that may be."""

    def __init__(self, generator, dirty):
        self.g, self.dirty = generator, dirty
        self.strict = generator.config.get("strict", True)
        self.used_sections, self.used_keys = set(), set()
        self.lines = []

    def fault(self, p):
        return self.dirty and self.g.chance(p)

    def text(self):
        g = self.g
        if self.fault(0.04):
            self.lines.append(g.pick(["\ufeff", "x = 1", "stray", " [late]", "=1"]))
        for _ in range(g.pick([0, 0, 0, 1, 2])):
            self.filler()
        for _ in range(g.pick([0, 1, 1, 1, 2, 2, 2, 3, 4]) or self.dirty):
            self.header()
            for _ in range(g.rng.randint(0, 5)):
                self.line()
        return self.joined()

    def joined(self):
        g, ends = self.g, self.g.pick(LINE_ENDS)
        text = "".join(line + (g.pick(["\n", "\r\n", "\r"]) if ends == "mixed" else ends) for line in self.lines)
        if g.chance(0.15):
            text = text.rstrip("\r\n")
        return ("\ufeff" if self.fault(0.05) else "") + text

    def filler(self):
        """A blank or comment line."""
        g = self.g
        prefixes = g.config.get("comment_prefixes", ("#", ";"))
        if g.chance(0.5) or not prefixes:
            self.lines.append(g.pick(BLANKS[:13]) if self.dirty else g.pick(BLANKS[:9]))
        else:
            self.lines.append(g.pick(["", "", "  ", "\t"]) + g.pick(prefixes) + g.pick([" c", "", "x=1", " [s]"]))

    def header(self):
        g = self.g
        name = g.section()
        if self.strict and not self.fault(0.1):
            default = g.config.get("default_section", "DEFAULT")
            tries = 0
            while name in self.used_sections and name != default and tries < 8:
                name = g.pick(SECTIONS)
                tries += 1
        self.used_sections.add(name)
        self.used_keys = set()
        oddity = self.fault(0.15)
        tail = g.pick([" ; c", " # c", "x", "=1", " junk]", "]", " "]) if oddity or g.chance(0.03) else ""
        indent = g.pick([" ", "\t"]) if oddity and g.chance(0.4) else ""
        name = name.replace("\n", "").replace("\r", "") or ("" if self.dirty else "e")
        g.known_sections.append(name)
        self.lines.append("%s[%s]%s" % (indent, name, tail))

    def fresh_key(self):
        g = self.g
        key = g.key()
        if not self.strict or self.fault(0.05):
            return key
        for _ in range(8):
            if key.lower() not in self.used_keys:
                break
            key = g.pick(KEYS) + str(len(self.used_keys))
        self.used_keys.add(key.lower())
        return key

    def line(self):
        g, roll = self.g, self.g.rng.random()
        if roll < 0.15:
            self.filler()
        elif self.fault(0.06):
            self.lines.append(g.pick(["stray", "= 1", ":", "[]", "[", "]", " x", "\u00a0= 2", "[un", "no delim here"]))
        else:
            self.option()

    def option(self):
        g = self.g
        key = self.fresh_key()
        if not self.dirty:
            key = self.harmless(key)
        g.known_keys.append(key)
        indent = g.pick(["", " ", "\t", "  "]) if self.fault(0.2) else ""
        delimiters = g.config.get("delimiters", ("=", ":"))
        if g.config.get("allow_no_value") and g.chance(0.15) or self.fault(0.04):
            self.lines.append(indent + key)
            if self.fault(0.1):
                self.lines.append("    more")
            return
        delimiter = g.pick(delimiters) if delimiters and g.chance(0.97) else "="
        if len(delimiters) > 1 and g.chance(0.1):
            delimiter += g.pick(delimiters)
        before, after = g.pick([("", ""), (" ", " "), ("", " "), (" ", ""), ("  ", "\t")])
        value = g.value()
        self.lines.append(indent + key + before + delimiter + after + value)
        if g.chance(0.2):
            self.continuation(indent, references=g.syntax != "legacy" and g.chance(0.5))

    def harmless(self, key):
        """The key without what would make the line a comment, a header or an error."""
        key = key.strip().lstrip("[").replace("\n", "").replace("\r", "")
        prefixes = self.g.config.get("comment_prefixes", ("#", ";"))
        inline = self.g.config.get("inline_comment_prefixes", ())
        bad = not key or any(p and key.startswith(p) for p in prefixes + inline)
        bad = bad or any(d and key.startswith(d.strip()) for d in self.g.config.get("delimiters", ("=", ":")))
        return "q%d" % len(self.lines) if bad else key

    def continuation(self, indent, references):
        g = self.g
        for _ in range(g.rng.randint(1, 3)):
            deeper = indent + g.pick(["  ", "\t", "    ", " ", "\u00a0"])
            roll = g.rng.random()
            if roll < 0.15:
                self.filler()
            elif self.fault(0.2):
                self.lines.append(indent + "same indent")
            else:
                value = g.value(references)
                self.lines.append(deeper + (value if value.strip() else "more"))
