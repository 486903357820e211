"""Fixed cases of the configparser oracle: the corners of the format, each under a name.

Most come from shared/spec/ini.md section 3, whose numbers stand beside them. A corner is a text to
read_string, the constructor's arguments, and operations; the whole state is compared afterwards.
"""

CORNERS = {}


def corner(name, text, *operations, **config):
    first = [("read_string", text, None)] if text is not None else []
    CORNERS[name] = (config, first + list(operations))


def chain(n, last, form="x%d = %%(x%d)s"):
    """x0 refers to x1 and so on to x<n>: n references."""
    return "[s]\n" + "".join((form + "\n") % (i, i + 1) for i in range(n)) + "x%d = %s\n" % (n, last)


LEGACY_FORMATS = ["% %", "%5%", "%(x)%", "%%", "%l%", "%(x)ls", "%(x)hhs", "%(x)*d", "%*s", "%*d", "%(x).*s", "%",
                  "%(x)", "%(x", "%(x)5", "%(x).", "%(x)-+ #0s|", "%(x)05s|", "%(x).0s|", "%(x)c", "%(x)a", "%(x)i",
                  "%(x)x", "%(x)e", "%(x)u", "%(x)b", "%é", "%(x)é", "%((x))s", "%(x)s%s", "%s", "%d", "%r", "%c",
                  "%(x).99999999999s", "%(x)r", "%(gone)%", "%\x7f", "%(x)\U0001f600"]

# 1: the leftmost delimiter; at one place the order of the list decides
corner("leftmost", "[s]\nhttp://x=1\na=b:c\nd:e=f\n")
corner("order", "[s]\na => b\nc = d\n", delimiters=("=", "=>"))
corner("order-long-first", "[s]\na => b\nc = d\n", delimiters=("=>", "="))
corner("blank-delimiter", "[s]\na  b\nc d e\nf\n g h\n", ("write", True), delimiters=(" ",))
corner("tab-delimiter", "[s]\na\tb\nc \t d\ne f\n", delimiters=("\t",))
corner("padded-delimiter", "[s]\na = b\nc  =  d\ne=f\ng = = h\n", delimiters=(" = ",))
corner("blank-or-equals", "[s]\na = b\nc d = e\nf  =g\nh=i j\n", delimiters=(" ", "="))
corner("equals-or-blank", "[s]\na = b\nc d = e\nf  =g\nh=i j\n", delimiters=("=", " "))
corner("tail-blank-delimiter", "[s]\na  = b\nc=d\ne= f\n", delimiters=("= ", "="))
corner("overlap", "[s]\nxab1\nyaab2\nza\n", delimiters=("ab", "a"))
corner("overlap-short-first", "[s]\nxab1\nyaab2\nza\n", delimiters=("a", "ab"))
corner("doubled", "[s]\na == b\nc = d\ne === f\n", delimiters=("==", "="))
corner("non-ascii-delimiter", "[s]\na é b\ncédée\n", delimiters=("é",))
corner("regex-delimiter", "[s]\na.b|c\nd|e.f\ngh\n", delimiters=(".", "|"))
corner("space-u3000", "[s]\na\u3000b\nc \u3000 d\n", delimiters=("\u3000",))
corner("nul-delimiter", "[s]\na\x00b\nc=d\n", delimiters=("\x00", "="))
corner("empty-delimiter", "[s]\na=b\n", delimiters=("",))
corner("empty-delimiter-twice", "[s]\na=b\nc=d\n", delimiters=("", "="), allow_no_value=True)
corner("empty-delimiter-last", "[s]\na=b\n=c\n d\n", delimiters=("=", ""), strict=False)
corner("no-delimiter", "[s]\na=b\n", ("write", True), delimiters=())
corner("no-delimiter-no-value", "[s]\na=b\nc\n", ("write", False), delimiters=(), allow_no_value=True, strict=False)
corner("no-value-blank-delimiter", "[s]\na b\nc\nd  e\n", delimiters=(" ",), allow_no_value=True)

# 2, 3: collected errors, and the errors that cut a parse short
corner("collected", "[s]\nstray\ngood=1\n  more\n[t]\n it's\n=1\nb=2\n")
corner("empty-key", "[s]\n=1\n  more\na=2\n", ("options", "s"), ("get", "s", "", {}))
corner("empty-key-twice", "[s]\n=1\n:2\na=2\n")
corner("empty-key-twice-lax", "[s]\n=1\n:2\n a=2\n", strict=False)
corner("empty-key-no-value", "[s]\na\n=\n  b\n", allow_no_value=True)
corner("repr-in-error", "[s]\nit's \"x\"\n\x00\x7f\u200b\U0001f600\ttab\n")
corner("no-newline-in-error", "[s]\nstray")
corner("crlf-in-error", None, ("read_text", b"[s]\r\nstray\r\nmore\r", None))
corner("line-100", "[s]\n" + "\n" * 97 + "stray\nmore\n")
corner("duplicate-masks", "[s]\nstray\na=1\na=2\n")
corner("missing-masks", "\nx = 1\n[s]\n")
corner("missing-after-comment", "# c\n ; d\n\n  it's = 1\n")
corner("missing-stray", "stray\n")
corner("duplicate-section", "[s]\na=1\n[t]\n[s]\nb=2\n")
corner("duplicate-after-join", "[s]\na=1\n  2\n\n[t]\nb=1\n\n[s]\n", ("get", "s", "a", {}), ("get", "t", "b", {}))

corner("empty-source", None, ("read_string", "[s]\nstray\na=1\n", ""), ("read_string", "[t]\na=1\na=2\n", ""), ("read_string", "x", ""), ("read_text", b"[u]\nstray\nb", ""), ("read_dict", [("v", [("a", "1"), ("a", "2")])], ""))

# 4: headers
corner("header-greedy", "[a]b]\nx=1\n[c] junk=1\nx=2\n[d] [e]\nx=3\n")
corner("header-blanks", "[ s ]\nx=1\n[\t]\nx=2\n")
corner("header-empty", "[s]\n[]\n")
corner("header-empty-key", "[s]\n[] = 1\n[x = 2\n] = 3\n")
corner("header-equals", "[a]=1\nx=1\n")
corner("header-unclosed", "[s]\n[a\n")
corner("header-indented", "  [s]\n  a=1\n   b=2\n\t[t]\nc=3\n")
corner("header-inline", "[s] ; c]\nx=1\n[t;u]\nx=2\n", inline_comment_prefixes=(";",))
corner("header-nul", "[\x00]\nx=1\n[é\u2028]\ny=2\n")
corner("header-bracket", "[]]\nx=1\n[[]\ny=2\n[]a]\nz=3\n")

# 5, 6: continuation lines
corner("tab-is-one", "[s]\n a=1\n\tb=2\n  c\n\t\td\n")
corner("nbsp-counts", "[s]\na=1\n\u00a0b=2\n\x1cc\n\x85d\n")
corner("header-in-value", "[s]\na=1\n  [t]\n  b=2\n[t]\n  [u]\n  c=3\n")
corner("dedent", "[s]\n    a=1\n      b\n   c=2\n    d\n  e=3\n")
corner("after-header", "[s]\n    a=1\n[t]\n  b\n")
corner("error-keeps-option", "[s]\na=1\nstray\n  more\n")
corner("zero-width-is-text", "[s]\na=1\n\u200bb=2\n\ufeffc=3\n")

# 7, 8, 9: blank and comment lines in values
corner("blanks-in-value", "[s]\na=1\n\n  2\n\n\n[t]\nb=\n  x\n\nc=\n\n  y\n\n\n")
corner("comment-in-value", "[s]\na=1\n# c\n  2\n    ; d\n\n  3\n")
corner("blank-with-blanks", "[s]\na=1\n \n\t\n  2\n \x0b\n")
corner("comment-round-trip", "[s]\na=1\n  # not here\n  x\n", ("set", "s", "a", "1\n# gone\n2"))
corner("no-empty-lines", "[s]\na=1\n\n  2\n", empty_lines_in_values=False)
corner("no-empty-lines-comment", "[s]\na=1\n# c\n  2=3\n  4\n", empty_lines_in_values=False)
corner("no-empty-lines-indent", "[s]\na=1\n\n  b=2\n   3\n  c=4\n", empty_lines_in_values=False)
corner("no-empty-lines-header", "\n[s]\n\n  a=1\n", empty_lines_in_values=False)
corner("rstrip-join", "[s]\na=\n\n\nb=\u3000\nc=1\n  \u200b\n\n")

# 10: inline comments
corner("inline-off", "[s]\na=1 ; x\nb=2 # y\n")
corner("inline", "[s]\na=1;x\nb=1 ;x\nd= ;x\n;e\n  ;f\ng ; h = i\n", inline_comment_prefixes=(";",))
corner("inline-earliest", "[s]\na=1 # x ; y\nb=1 ; x # y\n", inline_comment_prefixes=(";", "#"))
corner("inline-rounds", "[s]\nk=v a;b ;c #d\nl=a#b #c ;d\n", inline_comment_prefixes=(";", "#"))
corner("inline-rounds-order", "[s]\nk=v a;b ;c #d\nl=a#b #c ;d\n", inline_comment_prefixes=("#", ";"))
corner("inline-prefix-of-other", "[s]\na=1 ## b\nb=1 x# ## c\n", inline_comment_prefixes=("#", "##"))
corner("inline-words", "[s]\na=1 REM b\nREM c\nREMOTE=1\nd=xREM REM\n", inline_comment_prefixes=("REM",))
corner("inline-slashes", "[s]\nurl=http://x // c\n//d\n", inline_comment_prefixes=("//",))
corner("inline-overlapping", "[s]\na=b;;; c\nd= ;;;\ne=f ;;\n", inline_comment_prefixes=(";;",))
corner("inline-empty", "[s]\na=1\n", inline_comment_prefixes=("",))
corner("inline-blank", "[s]\na=1  #c\nb=2 #d\n", inline_comment_prefixes=(" #",))
corner("inline-in-value", "[s]\na=1\n  2 ;c\n  ;d\n\n  3\n", inline_comment_prefixes=(";",))
corner("inline-nbsp", "[s]\na=1\u00a0;c\nb=2\u200b;d\nc=é;e\n", inline_comment_prefixes=(";",))
corner("inline-valueless", "[s]\na ;b\nc;d\n", inline_comment_prefixes=(";",), allow_no_value=True)
corner("inline-and-full", "[s]\na=1 ;x\n#y\n;z\n", inline_comment_prefixes=(";",), comment_prefixes=("#",))

# 11: comment prefixes
corner("prefix-startswith", "[s]\nREMOTE=1\nREM x\nrem=2\n", comment_prefixes=("REM",))
corner("prefix-none", "[s]\n#a=1\n;b=2\n", comment_prefixes=())
corner("prefix-empty", "[s]\na=1\n", comment_prefixes=("",))
corner("prefix-blank", "[s]\n # a=1\n#b=2\n", comment_prefixes=(" #",))
corner("prefix-bracket", "[s]\na=1\n", comment_prefixes=("[",))
corner("prefix-non-ascii", "[s]\né a=1\ne=2\n", comment_prefixes=("é",))

# 12, 13: strictness, DEFAULT
corner("overlay", "[s]\na=1\nb=2\n[t]\n", ("read_string", "[s]\na=3\n[u]\n", None), ("read_dict", [("s", [("A", "4")])], None))
corner("case-duplicate", "[s]\nKey=1\nkEY=2\n")
corner("case-kept", "[s]\nKey=1\nkEY=2\n", optionxform="str")
corner("default-twice", "[DEFAULT]\na=1\n[s]\n[DEFAULT]\nb=2\n")
corner("default-duplicate", "[DEFAULT]\na=1\n[s]\n[DEFAULT]\na=2\n")
corner("default-case", "[default]\na=1\n[s]\n", ("get", "s", "a", {}))
corner("lax-overrides", "[s]\na=1\n  x\n[t]\n[s]\na=2\nb=3\n", strict=False)
corner("renamed-default", "[common]\na=1\n[DEFAULT]\nb=2\n[s]\n", ("items", "s", False, []), default_section="common")
corner("empty-default-name", "[s]\na=1\n", ("set", "", "b", "2"), ("items", "", False, []), default_section="")

# 14, 15, 16, 17: Unicode and line ends
corner("lower", "[s]\nİ=1\nΑΣ=2\nΑΣΑ=3\nẞ=4\nǅ=5\nÉ=6\n", ("get", "s", "ας", {}), ("get", "s", "i\u0307", {}))
corner("sigma", "[s]\nΣ=1\nΑΣ.=2\nΑΣ'Α=3\n.Σ=4\nΑ\u00adΣ=5\n")
corner("strip", "[s]\n\u3000a\x1f=\x1cb\x85\nc\u200b=\u200bd\ufeff\n\u2028e=f\u2029\n")
corner("line-ends", None, ("read_text", b"[s]\ra=1\r\nb=2\n\rc=3\x0bd\x0ce\n", None))
corner("separators", "[s]\na=1\x0bb\x0cc\x85d\u2028e\u2029f\x1cg\n")
corner("nul", "[s]\na\x00=\x00b\x00\n")
corner("bom", "\ufeff[s]\na=1\n")
corner("bom-file", None, ("read", [("f", b"\xef\xbb\xbf[s]\na=1\n")], None), ("read", [("f", b"\xef\xbb\xbf[s]\na=1\n")], "utf-8-sig"))
corner("cr-in-string", "[s]\r\na=1\rb\r\n  c\r\n")
corner("cr-in-lines", None, ("read_lines", ["[s]\r\n", "a=1\rb\r\n", "  c"], None))
corner("empty-lines", None, ("read_lines", ["[s]\n", "", "a=1", "", "  2"], None))
corner("no-lines", None, ("read_lines", [], None), ("read_string", "", None), ("read_text", b"", None))

# 18: files
corner("files", None, ("read", [("one", b"[a]\nx=1\n"), ("two", None), ("dir", "dir"), ("one", b"[a]\nx=1\n")], None))
corner("file-errors", None, ("read", [("it's", b"[a]\nstray\n"), ("two", b"[b]\n")], None), ("read", [("two", b"[b]\n")], None))
corner("file-undecodable", None, ("read", [("one", b"[a]\nx=\xff\n")], None), ("read", [("two", b"[b]\ny=\xc3\n[c]\n")], None))
corner("file-undecodable-end", None, ("read", [("one", b"[a]\nx=1\n\xe2\x82")], None))
corner("unknown-encoding", None, ("read", [], "no-such"), ("read", [("m", None)], "no-such"), ("read", [("f", b"")], "no-such"))
corner("latin-1", None, ("read", [("f", b"[\xe9]\nx=\xa0y\xa0\n")], "latin-1"), ("get", "é", "x", {}))
corner("utf-16", None, ("read", [("f", "[é]\nx=\U0001f600\n".encode("utf-16"))], "utf-16"))
corner("utf-16-no-bom", None, ("read", [("f", "[é]\nx=1\n".encode("utf-16-le"))], "utf-16"))
corner("non-ascii-name", None, ("read", [("é\udcff", b"[a]\nstray")], None))
corner("sources", None, ("read_file", b"x", None), ("read_file", b"x", "src"), ("readfp", b"x", None), ("read_lines", ["x"], None), ("read_text", b"x", None), ("read_text", b"x", "it's"))

# 19: None
corner("none", "[s]\na\nb=\nc=1\n", ("get", "s", "a", {}), ("get", "s", "b", {}), ("getint", "s", "a", {}), ("getfloat", "s", "a", {}), ("getboolean", "s", "a", {}), ("getconv", "len", "s", "a", {}), ("write", True), allow_no_value=True, converters=["len"])
corner("none-continued", "[s]\na\n  b\n", allow_no_value=True)
corner("none-blank-after", "[s]\na\n\n# c\nb=1\n", allow_no_value=True)
corner("none-referenced", "[s]\na\nb=%(a)s\n", ("get", "s", "b", {}), ("items", "s", False, []), allow_no_value=True)
corner("none-referenced-extended", "[s]\na\nb=${a}\nc=${s:a}\n", ("get", "s", "b", {}), ("get", "s", "c", {}), allow_no_value=True, interpolation="extended")
corner("none-referenced-legacy", "[s]\na\nb=%(a)s\n", ("get", "s", "b", {}), allow_no_value=True, interpolation="legacy")
corner("none-items", "[s]\na\n", ("items", "s", False, []), ("items", "s", True, []), allow_no_value=True)
corner("none-items-raw-parser", "[s]\na\n", ("items", "s", False, []), cls="RawConfigParser", allow_no_value=True)
corner("none-set", "[s]\n", ("set", "s", "a", None), ("s_setitem", "s", "a", None), ("read_dict", [("s", [("a", None)])], None))
corner("none-set-allowed", "[s]\n", ("set", "s", "a", None), ("s_setitem", "s", "b", None), ("write", True), allow_no_value=True)
corner("none-set-raw", "[s]\n", ("set", "s", "a", None), ("write", True), ("s_setitem", "s", "b", None), cls="RawConfigParser")
corner("none-section", "[s]\n", ("set", None, "a", "1"), ("has_option", None, "a"), ("remove_option", None, "a"))

# 20, 21: DEFAULT
corner("default-views", "[DEFAULT]\nd=1\nx=0\n[s]\nx=2\ny=3\n", ("sections",), ("has_section", "DEFAULT"), ("contains", "DEFAULT"), ("len",), ("keys",), ("options", "DEFAULT"), ("items", "DEFAULT", False, []), ("options", "s"), ("items", "s", False, []), ("remove_option", "s", "d"), ("has_option", "", "d"), ("has_option", "s", "d"), ("s_delitem", "s", "d"), ("s_keys", "s"), ("s_keys", "DEFAULT"), ("s_len", "DEFAULT"), ("add_section", "DEFAULT"), ("remove_section", "DEFAULT"), ("delitem", "DEFAULT"), ("pop", "DEFAULT", True))
corner("default-context", "[DEFAULT]\nname=%(who)s!\nwho=d\n[a]\nwho=a\n[b]\n", ("get", "a", "name", {}), ("get", "b", "name", {}), ("get", "DEFAULT", "name", {}))
corner("default-bad", "[DEFAULT]\nbad=%(gone)s\n[s]\ngood=1\n", ("get", "s", "good", {}), ("items", "s", False, []))
corner("empty-section-name", "[s]\n", ("add_section", ""), ("set", "", "a", "1"), ("get", "", "a", {}), ("has_option", "", "a"), ("setitem", "", [("b", "2")]), ("s_get", "", "b", {}), ("remove_option", "", "b"))

# 22, 23, 24: interpolation
corner("basic", "[s]\nX=v\na=%(X)s\nb=%%(x)s\nc=%(x)d\nd=%(x\ne=%\nf=100%\ng=%()s\nh=%(x)s%(x)s%%\ni=%(gone)s\nj=a%(x\n", *[("get", "s", k, {}) for k in "abcdefghij"])
corner("extended", "[s]\nx=v\na=${X}\nb=$$x\nc=${x\nd=$\ne=$x\nf=${}\ng=${t:x}${t:y}\nh=${s:gone}\ni=${gone:x}\nj=${a:b:c}z\nk=${:x}\nl=${s:}\nm=${DEFAULT:d}\n[t]\nx=w\ny=${x}\n[DEFAULT]\nd=1\n", *[("get", "s", k, {}) for k in "abcdefghijklm"], interpolation="extended")
corner("legacy", "[s]\nx=v\na=%(X)s\nb=%%(x)s\nc=%(x)d\nd=%(x\ne=50%\nf=%(x)5s|%(x)-5s|%(x).0s\ng=%(gone)s\nh=%(x)r\ni=%%\nj=%(a)s %d\nk=%(x)q\nl=%(x)s %\nm=%(a(b)c)s\nn=%()s\n", *[("get", "s", k, {}) for k in "abcdefghijklmn"], interpolation="legacy")
corner("legacy-operator", "[s]\nx=v\n" + "".join("k%d=%%(x)s%s\n" % (i, f) for i, f in enumerate(LEGACY_FORMATS)), *[("get", "s", "k%d" % i, {}) for i in range(len(LEGACY_FORMATS))], interpolation="legacy")
corner("legacy-operator-first", "[s]\nx=v\n" + "".join("k%d=%s%%(x)s\n" % (i, f) for i, f in enumerate(LEGACY_FORMATS)), *[("get", "s", "k%d" % i, {}) for i in range(len(LEGACY_FORMATS))], ("items", "s", False, [("v", "1")]), interpolation="legacy")
corner("legacy-mapping", "[DEFAULT]\nd='\n[s]\na=%s%(b)s\nb=1\n[t]\na=%r%(b)s\nb\n", ("get", "s", "a", {}), ("get", "s", "a", {"vars": [("V", "é")]}), ("get", "DEFAULT", "d", {"vars": [("d", "%s%(d)s")]}), ("items", "s", False, []), ("items", "t", False, [("b", "2"), ("c", None)]), interpolation="legacy", allow_no_value=True)
corner("no-interpolation", "[s]\na=%(x)s${y}%\n", ("get", "s", "a", {}), ("set", "s", "b", "%"), interpolation="none")
for n in (9, 10, 11):
    corner("chain-%d" % n, chain(n, "end"), ("get", "s", "x0", {}), ("items", "s", False, []))
    corner("chain-%d-extended" % n, chain(n, "end", "x%d = ${x%d}"), ("get", "s", "x0", {}), interpolation="extended")
    corner("chain-%d-legacy" % n, chain(n, "end"), ("get", "s", "x0", {}), interpolation="legacy")
    corner("chain-%d-percent" % n, chain(n, "%%"), ("get", "s", "x0", {}))
corner("loop", "[s]\na=%(b)s\nb=%(a)s\nc=x%(c)sy\n", ("get", "s", "a", {}), ("get", "s", "c", {}))
corner("loop-extended", "[s]\na=${t:a}\n[t]\na=${s:a}\n", ("get", "s", "a", {}), interpolation="extended")
corner("loop-legacy", "[s]\na=%(b)s\nb=%(a)s\n", ("get", "s", "a", {}), interpolation="legacy")
corner("breadth", "[s]\na=x\nb=%(a)s%(a)s%(a)s\nc=%(b)s%(b)s%(b)s\nd=%(c)s%(c)s%(c)s\n", ("get", "s", "d", {}))
corner("multi-line-reference", "[s]\na=1\n  %(b)s\nb=2\n  3\n", ("get", "s", "a", {}))
corner("reference-not-idempotent", "[s]\na=%(b)s\nbb=1\nb=2\n", ("get", "s", "a", {}), optionxform="double")

# 25: set
corner("set-syntax", "[s]\n", ("set", "s", "a", "50%"), ("set", "s", "a", "%%é%(x)s%"), ("set", "s", "a", "%(x)s%%"), ("set", "s", "a", "%("), ("set", "s", "a", "%()s"), ("set", "gone", "a", "%"), ("set", "gone", "a", "1"))
corner("set-syntax-extended", "[s]\n", ("set", "s", "a", "50$"), ("set", "s", "a", "$$é${x}$"), ("set", "s", "a", "${x}$$"), ("set", "s", "a", "${"), interpolation="extended")

# 26: conversions
corner("numbers", "[s]\na=1_000\nb= -5\nc=٣٤\nd=0x1f\ne=9223372036854775807\nf=9223372036854775808\ng=nan\nh=Infinity\ni=1e400\nj=1__0\nk=\u00a07\u00a0\nl=+-1\nm=\nn=1.5\no=-0\n", *[(get, "s", k, {}) for k in "abcdefghijklmno" for get in ("getint", "getfloat")])
corner("many-digits", "[s]\na=" + "1" * 4300 + "\nb=" + "1" * 4301 + "\nc=" + "0" * 4400 + "\n", *[(get, "s", k, {}) for k in "abc" for get in ("getint", "getfloat")])
corner("booleans", "[s]\na=1\nb=yes\nc=TRUE\nd=On\ne=0\nf=no\ng=False\nh=oFF\ni=y\nj=\nk=2\nl=it's\n", *[("getboolean", "s", k, {}) for k in "abcdefghijkl"])

# 27: fallback and vars
corner("fallback", "[s]\na=x\nb=%(gone)s\n", *[(get, "s", k, {"fallback": f}) for k in "abz" for get, f in (("get", None), ("get", "f"), ("getint", 7), ("getfloat", 7.5), ("getboolean", False))], ("get", "gone", "a", {"fallback": "%(x)s"}), ("getint", "gone", "a", {"fallback": -1}))
corner("proxy-get", "[s]\na=x\n", *[(get, "s", k, {}) for k in "az" for get in ("s_get", "s_getint", "s_getfloat", "s_getboolean")])
corner("vars", "[DEFAULT]\nd=%(A)s\n[s]\na=1\nb=%(a)s%(v)s\n", ("get", "s", "b", {"vars": [("V", "2"), ("A", "9")]}), ("get", "s", "v", {"vars": [("V", "%(a)s")]}), ("get", "s", "d", {"vars": [("a", None)]}), ("get", "s", "a", {"vars": [("a", None)]}), ("items", "s", False, [("v", "2"), ("a", "9")]), ("items", "s", True, [("v", "2"), ("a", "9")]), ("get", "gone", "v", {"vars": [("v", "1")]}), ("get", "s", "w", {"vars": [("w", "%(")]}))

# 28: quotes in messages
corner("quotes", "[it's]\nit's=\"1\"\n", ("get", "it's", "GONE'", {}), ("get", "it's \"x\"", "a", {}), ("getitem", "o'"), ("s_getitem", "it's", "O'"), ("add_section", "it's"))

# 29: write
corner("write", "[b]\nk=\nl=1\n  2\n\n  3\n[a]\n[DEFAULT]\nd=x\n", ("write", True), ("write", False))
corner("write-delimiter", "[s]\na:1\n", delimiters=(":", "="))
corner("write-odd", None, ("add_section", "n\nl"), ("set", "n\nl", "k\n", "a\r\nb\n\n"), ("set", "n\nl", "", " pad "))
corner("write-empty", None)

# 30, 31: dictionaries, defaults, converters
corner("read-dict", None, ("read_dict", [("s", [("A", "1"), ("b", "%")]), ("DEFAULT", [("d", "2")])], None))
corner("read-dict-duplicates", None, ("read_dict", [("s", []), ("s", [])], None), ("read_dict", [("DEFAULT", []), ("DEFAULT", [])], None), ("read_dict", [("t", [("a", "1"), ("A", "2")])], "it's"))
corner("read-dict-lax", None, ("read_dict", [("s", [("a", "1"), ("A", "2")]), ("s", [("b", "1")])], None), strict=False)
corner("read-dict-raw", None, ("read_dict", [("s", [("a", None), ("b", "%")])], None), cls="RawConfigParser")
corner("defaults", "[s]\n", ("items", "s", False, []), defaults=[("A", "1"), ("b", "%(a)s")])
corner("defaults-bad-syntax", "[s]\n", ("items", "s", False, []), defaults=[("A", "50%")])
corner("defaults-none", "", defaults=[("a", None)])
corner("defaults-none-raw", "", defaults=[("a", None)], cls="RawConfigParser")
corner("defaults-duplicate", "", defaults=[("a", "1"), ("A", "2")])
corner("defaults-duplicate-raw", "", defaults=[("a", "1"), ("A", "2")], cls="RawConfigParser")
corner("defaults-xform-twice", "", defaults=[("t", "")], optionxform="double")
corner("defaults-xform-once", "", defaults=[("t", "")], optionxform="double", cls="RawConfigParser")
corner("converters", "[s]\na=x,y\n", ("getconv", "list", "s", "a", {}), ("getconv", "fails", "s", "a", {}), ("getconv", "list", "s", "z", {"fallback": "f"}), ("getconv", "list", "s", "z", {}), ("getconv", "fails", "s", "z", {"fallback": "f"}), ("getconv", "nope", "s", "a", {}), converters=["list", "fails"])
corner("converter-without-name", "", converters=[""])

# the mapping protocol
corner("mapping", "[a]\nx=1\n[b]\n[DEFAULT]\nd=0\n", ("getitem", "gone"), ("getitem", "DEFAULT"), ("setitem", "a", [("y", "2")]), ("setitem", "c", [("z", "3")]), ("setitem", "DEFAULT", [("e", "4")]), ("setdefault", "a", [("q", "5")]), ("setdefault", "f", [("q", "5")]), ("update", [("b", [("r", "6")]), ("g", [])]), ("delitem", "gone"), ("delitem", "b"), ("pop", "gone", True), ("pop", "gone", False), ("pop", "c", False), ("popitem",), ("clear",), ("popitem",))
corner("setitem-duplicate", "[a]\nx=1\ny=2\n", ("setitem", "a", [("k", "1"), ("K", "2")]), ("setitem", "b", [("k", "%")]), ("update", [("a", [("m", "1")]), ("a", [("n", "2")])]))
corner("proxy", "[a]\nx=1\ny=2\n[DEFAULT]\nd=0\n", ("s_popitem", "a"), ("s_pop", "a", "y"), ("s_pop", "a", "gone"), ("s_pop", "a", "gone", None), ("s_pop", "a", "d", "f"), ("s_popitem", "a"), ("s_clear", "a"), ("s_update", "a", [("m", "1"), ("n", "%")]), ("s_setdefault", "a", "m", "9"), ("s_setdefault", "a", "o", "9"), ("s_clear", "DEFAULT"), ("s_popitem", "DEFAULT"), ("s_clear", "a"))
corner("proxy-removed", "[a]\nx=1\n", ("s_len", "a"), ("remove_section", "a"), ("s_len", "a"), ("s_keys", "a"), ("s_get", "a", "x", {}), ("s_getint", "a", "x", {}), ("s_getitem", "a", "x"), ("s_contains", "a", "x"), ("s_setitem", "a", "x", "1"), ("s_delitem", "a", "x"), ("s_popitem", "a"), ("s_clear", "a"), ("s_setdefault", "a", "x", "1"), ("add_section", "a"), ("s_setitem", "a", "x", "2"), ("s_getitem", "a", "x"))
corner("proxy-clear-shadow", "[DEFAULT]\nb=%(b)s\na=%(gone)s\n[s]\nb=1\n", ("s_clear", "s"))
corner("proxy-clear-shadow-sorted", "[DEFAULT]\nb=2\na=1\n[s]\nb=1\nc=3\n", ("s_clear", "s"), dict_type="sorted")
corner("proxy-clear-bad", "[a]\nx=1\ny=%(gone)s\nz=2\n", ("s_clear", "a"), ("s_popitem", "a"))
corner("sorted", "[b]\nz=1\na=2\n[a]\ny=1\nB=2\n[DEFAULT]\nm=0\na=9\n", ("sections",), ("options", "b"), ("items", "b", False, []), ("s_keys", "b"), ("popitem",), ("s_popitem", "b"), dict_type="sorted")
corner("raw-set", "[s]\n", ("set", "s", "a", "%"), ("get", "s", "a", {}), cls="RawConfigParser")
corner("raw-with-basic", "[s]\na=%(b)s\n", ("get", "s", "a", {}), ("set", "s", "c", "%"), cls="RawConfigParser", interpolation="basic")

# the caller's own functions
corner("xform-to-nothing", "[s]\nnil=1\n  2\nx=3\na=4\n", strict=False, optionxform="blank")
corner("xform-to-nothing-strict", "[s]\nnil=1\n  2\nx=3\n", optionxform="blank")
corner("xform-fails", "[s]\na=1\nbad!=2\nb=3\n", ("get", "s", "bad!", {}), ("has_option", "s", "z"), ("set", "s", "z", "1"), ("remove_option", "s", "z"), ("items", "s", False, [("z", "1")]), optionxform="fails")
corner("hooks-mark", "[s]\na=1\nb\n", ("get", "s", "a", {}), ("items", "s", False, []), ("write", True), allow_no_value=True, interpolation="mark")
corner("hooks-lookup", "[DEFAULT]\nd=0\n[s]\na=1\nb=@a\nc=@d\ne=@gone\n", ("items", "s", False, [("v", "1")]), ("get", "s", "v", {"vars": [("v", "@w"), ("w", "2")]}), interpolation="lookup")
corner("hooks-none", "[s]\na=nil\nb=1\n", ("set", "s", "b", "nil"), ("get", "s", "c", {"vars": [("c", "nil")]}), ("write", True), allow_no_value=True, interpolation="none-values")
corner("hooks-fail", "[s]\na=why?\nb=w!\n", ("get", "s", "a", {}), ("items", "s", False, []), ("set", "s", "c", "no!"), ("write", True), interpolation="picky")
corner("hooks-read", "[s]\na=1\n", ("read_string", "[t]\nb=2\n", None), ("set", "s", "c", " 3 "), ("read_dict", [("u", [("d", " 4 ")])], None), interpolation="grow")

# the scanner
corner("scan", None, ("scan", "[s]\na=1\n  b\n\n# c\nd\n=\n  e\n[t\n", False), ("scan", "stray\n[s]\r\na=1\r\rb", True), ("scan", "", True), ("scan", "\n", True), ("scan", "\r\n\n\r", True), ("scan", "a=\r\n", False))
